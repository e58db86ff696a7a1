"""The sentence with which a page begins: the answer to its question, written from the data."""

from collections import defaultdict
from datetime import date

import metrics
from dashboard import wording
from dashboard.pages.context import Context
from dashboard.texts import t
from dashboard.wording.answers import NOTHING


def lead(context: Context, id: str) -> str:
    """What the page's first figure says, and what changed since the year before."""
    if id not in metrics.catalogue():
        return ""
    answer = context.answer(id)
    about = wording.about(answer.filters, context.names, context.titles)
    return " ".join(
        part for part in (wording.summary(answer, answer, context.names, about), _since(context, id)) if part
    )


def _since(context: Context, id: str) -> str | None:
    """A chosen period is an answer by itself."""
    return None if context.view.van or context.view.tot else since_last_year(context, id)


def last_year(context: Context) -> int:
    """The last whole year on the peildatum."""
    day: date = context.view.peildatum or context.desk.facts(context.snapshot)["peildatum"]
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def since_last_year(context: Context, id: str) -> str | None:
    """The last whole year beside the one before, and whether the difference can be chance."""
    definition = metrics.catalogue()[id]
    soort = definition.soort
    if "jaar" not in definition.mogelijk or definition.eigen or soort not in ("aantal", "aandeel"):
        return None
    last = last_year(context)
    rows = {row["jaar"]: row for row in context.answer(id, ("jaar",)).rijen}
    if last not in rows or last - 1 not in rows:
        return None
    now = wording.number(rows[last]["aantal"]) if soort == "aantal" else wording.share(rows[last])
    beside = wording.compare(soort, rows[last], rows[last - 1], str(last - 1))[1]
    return t("In {jaar}: {nu}. {vergeleken}", jaar=last, nu=now, vergeleken=beside)


def budgets(context: Context) -> dict[tuple[int, str], tuple[float, float]]:
    """(spent, planned) in euros per year and budget, sorted; planned is 0 when nothing was."""
    totals: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in context.answer("kosten").rijen:
        totals[row["jaar"], row["budget"]][0] += row["waarde"]
        totals[row["jaar"], row["budget"]][1] += row.get("begroot") or 0
    return {key: (totals[key][0], totals[key][1]) for key in sorted(totals)}


def spent(totals: dict[tuple[int, str], tuple[float, float]], year: int) -> str:
    """What a year cost beside its budget, in a sentence."""
    mine = [pair for (when, _), pair in totals.items() if when == year]
    if not mine:
        return t(NOTHING)
    row = {"waarde": sum(pair[0] for pair in mine), "begroot": sum(pair[1] for pair in mine) or None}
    said = wording.sentence("kosten", "bedrag", row)
    return t("In {jaar}: {zin}", jaar=year, zin=said[:1].lower() + said[1:])
