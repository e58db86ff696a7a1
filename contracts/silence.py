"""A supplier that does not report: how many quarters in a row, and what was agreed for that (`rapportage.gevolg`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.agenda import Report
from contracts.assess import step
from contracts.model import Agreement, Stap


@dataclass(frozen=True)
class Silence:
    """`reeks` reports in a row that did not come in time to be waited for; `stap` of the ladder, and what follows."""

    reeks: int
    stap: str | None
    volgende: Stap | None


def silence(agreement: Agreement, owed: Sequence[Report], day: date) -> Silence:
    """As it stands on a day: a report whose last day has not passed is waited for, and counts neither way."""
    streak = 0
    for one in owed:
        if one.ontvangen is not None and one.ontvangen <= day:
            streak = 0
        elif one.termijn < day:
            streak += 1
    ladder = sorted(agreement.rapportage.gevolg, key=lambda one: one.na)
    return Silence(streak, step(ladder, streak), next((one for one in ladder if one.na > streak), None))
