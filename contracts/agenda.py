"""What comes when: reports, ends of contracts and keurmerken, evaluations, actions. As rows, and as iCalendar.

Source of the form: RFC 5545 (iCalendar); of the evaluations: policy document §4.2.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from contracts import quarters
from contracts.model import Agreement
from contracts.read import Agreements
from contracts.record import ActionView
from data.fouten import Gebruiksfout

EVALUATIONS = (date(2024, 1, 1), date(2026, 1, 1))  # and every two years on
EVERY_YEARS = 2
NOTICE = timedelta(days=182)  # so long before its end a contract asks for a decision
LATE, DUE, DONE = "te laat", "verwacht", "gedaan"


@dataclass(frozen=True)
class Item:
    """One thing on one day. `stand`: te laat, verwacht or gedaan. `contract` is empty for what concerns all."""

    datum: date
    soort: str
    contract: str | None
    tekst: str
    stand: str

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {
            "datum": self.datum.isoformat(), "soort": self.soort, "contract": self.contract, "tekst": self.tekst,
            "stand": self.stand,
        }  # fmt: skip


def agenda(
    agreements: Agreements,
    connection: duckdb.DuckDBPyConnection | None,
    actions: Iterable[ActionView],
    *,
    today: date,
    first: date,
    last: date,
) -> list[Item]:
    """Everything from `first` up to `last`, and what is overdue from before; sorted by day. Without a momentopname
    (`connection` None) no report is known to be in."""
    received = _received(connection)
    found = list(_evaluations(today, last))
    for agreement in agreements.values():
        found += [*_reports(agreement, received, today, last), *_ends(agreement, today)]
    for one in actions:
        if one.status != "gesloten":
            stand = LATE if one.actie.voor < today else DUE
            found.append(Item(one.actie.voor, "actie", one.contract, f"{one.actie.eigenaar}: {one.actie.wat}", stand))
    shown = [one for one in found if first <= one.datum <= last or (one.stand == LATE and one.datum <= last)]
    return sorted(shown, key=lambda one: (one.datum, one.contract or "", one.soort, one.tekst))


def evaluations(last: date) -> list[date]:
    """The moments of evaluation up to a day: as set (environment INBURGERING_EVALUATIE), then every two years."""
    given = os.environ.get("INBURGERING_EVALUATIE")
    try:
        days = sorted(date.fromisoformat(one.strip()) for one in given.split(",")) if given else list(EVALUATIONS)
    except ValueError:
        raise Gebruiksfout(
            "INBURGERING_EVALUATIE hoort datums te bevatten, bijvoorbeeld 2024-01-01,2026-01-01."
        ) from None
    while days and (following := _years_on(days[-1])) <= last:
        days.append(following)
    return [day for day in days if day <= last]


def _years_on(day: date) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + EVERY_YEARS)
    except ValueError:
        return day.replace(year=day.year + EVERY_YEARS, day=28)


def _evaluations(today: date, last: date) -> Iterable[Item]:
    for day in evaluations(last):
        yield Item(day, "evaluatie", None, "Evaluatie voor de gemeenteraad", DONE if day < today else DUE)


def _received(connection: duckdb.DuckDBPyConnection | None) -> dict[tuple[str, str], date]:
    if connection is None:
        return {}
    rows = connection.execute("SELECT contract, kwartaal, min(datum) FROM rapportages GROUP BY ALL").fetchall()
    return {(contract, kwartaal): first for contract, kwartaal, first in rows}


@dataclass(frozen=True)
class Report:
    """One report that a supplier owes: its last day, and the day of its first version when it is in."""

    kwartaal: str
    termijn: date
    ontvangen: date | None

    @property
    def dagen_te_laat(self) -> int:
        return max(0, (self.ontvangen - self.termijn).days) if self.ontvangen else 0


def reports(agreement: Agreement, connection: duckdb.DuckDBPyConnection | None, last: date) -> list[Report]:
    """Every report of the quarters of the looptijd that ended on or before a day."""
    return list(_owed(agreement, _received(connection), last))


def _owed(agreement: Agreement, received: dict[tuple[str, str], date], last: date) -> Iterable[Report]:
    if agreement.status == "in aanbesteding":
        return
    for kwartaal in quarters.ended(agreement.looptijd.van, min(agreement.looptijd.einde, last)):
        limit = quarters.last_day(kwartaal) + timedelta(days=agreement.rapportage.termijn_dagen)
        yield Report(kwartaal, limit, received.get((agreement.id, kwartaal)))


def _reports(agreement: Agreement, received: dict[tuple[str, str], date], today: date, last: date) -> Iterable[Item]:
    for one in _owed(agreement, received, last):
        stand = DONE if one.ontvangen else LATE if one.termijn < today else DUE
        yield Item(one.termijn, "rapportage", agreement.id, f"Rapportage over {one.kwartaal}", stand)


def _ends(agreement: Agreement, today: date) -> Iterable[Item]:
    term = agreement.looptijd
    may_extend = term.verlengbaar_tot is not None and term.verlengbaar_tot > term.einde
    days = [(term.einde, "einde contract", "Het contract eindigt")]
    if may_extend:
        text = f"Beslissen over verlengen (kan tot {term.verlengbaar_tot:%d-%m-%Y})"
        days.append((term.einde - NOTICE, "verlenging", text))
    else:
        days.append((term.einde - NOTICE, "aanbesteding", "Het contract eindigt over een half jaar: wat komt erna?"))
    for one in agreement.keurmerk.perioden if agreement.keurmerk else ():
        if one.tot is not None:
            days.append((one.tot, "keurmerk", f"De status {one.status} van het keurmerk eindigt"))
    for day, kind, text in days:
        yield Item(day, kind, agreement.id, text, DONE if day < today else DUE)


def to_ics(items: Iterable[Item], titles: dict[str, str]) -> str:
    """An iCalendar file with an all-day event per item that is not done; the same items give the same text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Inburgeringsmonitor//Agenda//NL", "CALSCALE:GREGORIAN"]
    seen: dict[str, int] = {}
    for one in items:
        if one.stand == DONE:
            continue
        key = f"{one.datum}|{one.soort}|{one.contract}|{one.tekst}"
        seen[key] = seen.get(key, 0) + 1  # two equal actions are two events, each with a UID of its own
        key += f"|{seen[key]}" if seen[key] > 1 else ""
        title = f"{titles[one.contract]}: {one.tekst}" if one.contract in titles else one.tekst
        lines += [
            "BEGIN:VEVENT",
            f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@inburgeringsmonitor",
            f"DTSTAMP:{one.datum:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.datum:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.datum + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(title)}",
            f"CATEGORIES:{_escape(one.soort)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _escape(text: str) -> str:
    for old, new in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(old, new)
    return "".join(character for character in text if character >= " " and character != "\x7f")


def _fold(line: str) -> str:
    """At most 75 octets a line, never in the middle of a character; what follows begins with a blank."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > (75 if not parts else 74):
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
