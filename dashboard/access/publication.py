"""What is published of municipalities that are not one's own.

Somebody who knows their own people exactly can subtract them from every total with them in it. So what they see of
others is a publication about the others only: one set of tables per municipality, guarded together, without filters and
on the usual peildatum. Answers to questions that are chosen freely could be subtracted from each other.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import etl
import metrics
from dashboard.state import View
from dashboard.texts import mark
from data.fouten import Gebruiksfout

Tables = Mapping[str, metrics.Answer]


def of_others(snapshot: etl.Snapshot, gemeenten: frozenset[str]) -> Tables:
    """Everything that is published per municipality, of these alone, by figure."""
    chosen = [id for id, per in metrics.PUBLICATIE if per == ("gemeente",)]
    voor = metrics.Bevoegdheid(gemeenten)
    answers = metrics.compute(chosen, snapshot, voor=voor, per=("gemeente",))
    return {one.cijfer: replace(one, achter=()) for one in metrics.publish(answers)}


def row_of(found: Tables, id: str, view: View, per: tuple[str, ...], usual: date) -> metrics.Answer:
    """The rows of other municipalities in what was published. Raises Gebruiksfout for every other question."""
    codes = {one.zfill(4) if one.isdigit() else one for one in view.filters.get("gemeente", ())}
    period = view.van is not None or view.tot is not None or view.peildatum not in (None, usual)
    answer = found.get(id)
    if answer is None or period or set(view.filters) - {"gemeente"} or set(per) - {"gemeente"}:
        raise Gebruiksfout(
            mark(
                "Van andere gemeenten ziet u alleen wat is gepubliceerd: enkele cijfers per gemeente, zonder andere "
                "keuzes en op de gewone peildatum. Kies uw eigen gemeente."
            )
        )
    rows = [dict(row) for row in answer.rijen if row["gemeente"] in codes]
    if "gemeente" not in per:
        if len(codes) > 1 or not rows:
            raise Gebruiksfout(mark("Kies één andere gemeente; over deze keuze is niets gepubliceerd."))
        for row in rows:
            del row["gemeente"]
    return replace(answer, filters={"gemeente": tuple(sorted(codes))}, per=per, rijen=rows)
