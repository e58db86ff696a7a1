"""The fixed publication: what a reader sees, and what everybody sees of municipalities that are not their own.

It is computed and guarded once per momentopname, without filters and on the usual peildatum. Answers to questions that
are chosen freely could be subtracted from each other; rows of one publication cannot give a hidden one away.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import etl
import metrics
from dashboard.access.rights import PUBLICATIE
from dashboard.state import View
from data.fouten import Gebruiksfout

Key = tuple[str, frozenset[str]]


def published(snapshot: etl.Snapshot, gemeenten: frozenset[str] | None) -> dict[Key, metrics.Answer]:
    """Everything that is published of some municipalities (None: of all), by figure and split."""
    chosen = [(id, per) for id, per in PUBLICATIE if id in metrics.catalogue()]
    voor = metrics.Bevoegdheid(gemeenten)
    answers = metrics.publish([metrics.compute(id, snapshot, voor=voor, per=per)[0] for id, per in chosen])
    return {(id, frozenset(per)): replace(one, achter=()) for (id, per), one in zip(chosen, answers, strict=True)}


def answer_of(
    found: Mapping[Key, metrics.Answer], id: str, view: View, per: tuple[str, ...], usual: date
) -> metrics.Answer:
    """The published answer to a question, or the rows of one municipality in it.

    Raises Gebruiksfout for every other question: it was not published.
    """
    codes = {one.zfill(4) if one.isdigit() else one for one in view.filters.get("gemeente", ())}
    period = view.van or getattr(view, "tot", None)
    if period is not None or view.peildatum not in (None, usual) or set(view.filters) - {"gemeente"}:
        raise Gebruiksfout(
            "U ziet hier alleen wat is gepubliceerd. Dat is er zonder filters en op de gewone peildatum."
        )
    split = frozenset(per) | ({"gemeente"} if codes else set())
    answer = found.get((id, split))
    if answer is None:
        raise Gebruiksfout("Dit cijfer is op deze manier niet gepubliceerd. Kijk bij Publiceren wat er wel is.")
    if not codes:
        return answer
    rows = [dict(row) for row in answer.rijen if row["gemeente"] in codes]
    if "gemeente" not in per:
        if len(codes) > 1 or not rows:
            raise Gebruiksfout("Kies één gemeente. Of die gemeente heeft niets gepubliceerd.")
        for row in rows:
            del row["gemeente"]
    return replace(answer, filters={"gemeente": tuple(sorted(codes))}, per=per, rijen=rows)
