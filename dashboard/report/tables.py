"""Tables of a report, from published answers. A hidden number is one word here, explained under the table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import metrics
from dashboard import wording
from dashboard.report import blocks, said
from dashboard.report.pictures import short
from dashboard.report.publication import Publication

_COLUMNS = {
    "aantal": ("aantal",),
    "aandeel": ("teller", "noemer", "waarde", "grenzen"),
    "gemiddelde": ("n", "waarde", "grenzen"),
    "kwartielen": ("n", "p25", "p50", "p75"),
    "tijd_tot": ("n", "p25", "p50", "p75"),
    "verhouding": ("n", "waarde"),
    "bedrag": ("waarde",),
}
_SHARE_HEAD = {"waarde": "Aandeel"}
MOST = 40


def of(pub: Publication, answer: metrics.Answer | None, title: str) -> list[blocks.Block]:
    """A table with a row per row of the answer; of competing ends a column per horizon."""
    if answer is None or not answer.rijen or (not answer.dims and answer.definition.soort != "incidentie"):
        return []
    names, title = pub.names, pub.title(title, answer)
    if answer.definition.soort == "incidentie":
        return [_ends(answer, title)] if not answer.dims else []
    definition = answer.definition
    first = answer.rijen[0]
    columns = [name for name in _COLUMNS[definition.soort] if name == "grenzen" or name in first]
    if definition.soort == "aandeel" and not definition.interval:
        columns.remove("grenzen")
    if "verwacht" in first and definition.soort == "aandeel":
        columns.append("verwacht")
    dims = list(answer.dims)
    head = [_dimension(name) for name in dims] + [_head(name, definition) for name in columns]
    body = [
        [said.capital(wording.dimension(name, row[name], names)) for name in dims]
        + [short(wording.measure(name, row, definition)) for name in columns]
        for row in answer.rijen[:MOST]
    ]
    found = [blocks.table(title, head, body, left=len(dims))]
    if (more := len(answer.rijen) - MOST) > 0:
        found.append(blocks.paragraph(f"Nog {more} regels staan in het werkboek bij dit rapport.", "klein"))
    return found


def _dimension(name: str) -> str:
    return "Twee jaar" if name == "tweejaar" else wording.title_of(name)


def _head(name: str, definition: Any) -> str:
    if name == "grenzen":
        return "Grenzen (95 %)"
    if definition.soort == "aandeel" and name in _SHARE_HEAD:
        return _SHARE_HEAD[name]
    if definition.soort == "gemiddelde" and name == "waarde":
        return "Gemiddelde"
    if definition.soort == "verhouding" and name == "n":
        return "Mensen"
    if name == "waarde" and (definition.soort == "bedrag" or definition.eenheid == "euro"):
        return "Bedrag"
    return wording.title_of(name)


def _ends(answer: metrics.Answer, title: str) -> blocks.Block:
    horizons = list(dict.fromkeys(row["horizon"] for row in answer.rijen))
    ends = list(dict.fromkeys(row["einde"] for row in answer.rijen))
    by_place = {(row["horizon"], row["einde"]): row for row in answer.rijen}
    body = []
    for end in ends:
        cells = []
        for horizon in horizons:
            row = by_place.get((horizon, end), {})
            value = short(wording.cell("waarde", row.get("waarde"), answer.definition))
            bounds = said.bounds(answer.definition, row)
            cells.append(
                value if bounds in ("–", "verborgen") or value in ("verborgen", "–") else f"{value} ({bounds})"
            )
        body.append([said.capital(end), *cells])
    head = ["Uitkomst", *(f"Na {wording.horizon(horizon)}" for horizon in horizons)]
    return blocks.table(title, head, body, left=1)


def pivot(pub: Publication, answer: metrics.Answer | None, title: str) -> list[blocks.Block]:
    """A table of two dimensions: the first under each other, the second beside each other."""
    if answer is None or not answer.rijen or len(answer.dims) != 2:
        return of(pub, answer, title)
    names, title = pub.names, pub.title(title, answer)
    down, across = answer.dims
    columns = sorted({row[across] for row in answer.rijen}, key=str)
    lines = sorted({row[down] for row in answer.rijen}, key=str)
    cells = {(row[down], row[across]): row for row in answer.rijen}
    body = [
        [said.capital(wording.dimension(down, line, names))]
        + [_cell(answer.definition, cells.get((line, column))) for column in columns]
        for line in lines
    ]
    head = [_dimension(down), *(said.capital(wording.dimension(across, one, names)) for one in columns)]
    return [blocks.table(title, head, body, left=1, widths=[0, *(1 for _ in columns)])]


def _cell(definition: Any, row: Mapping[str, Any] | None) -> str:
    """A number with what it rests on, short enough for a cell."""
    if row is None:
        return "–"
    soort = definition.soort
    if soort == "aandeel":
        if (
            not isinstance(row.get("noemer"), int)
            or row["noemer"] < wording.WORDS_BELOW
            or not isinstance(row.get("waarde"), float)
        ):
            return short(wording.share(row))
        low, high = (wording.number(100 * row[key]) for key in ("laag", "hoog"))
        return f"{wording.percentage(row['waarde'])} van {wording.number(row['noemer'])} ({low} tot {high})"
    value = short(said.told(definition, row))
    if soort in ("gemiddelde", "verhouding") and isinstance(row.get("n"), int):
        key = short(wording.cell("waarde", row.get("waarde"), definition))
        return f"{key} ({wording.number(row['n'])})"
    return value


def singles(pub: Publication, ids: Sequence[str], title: str) -> list[blocks.Block]:
    """Figures without a split under each other: what, of how many, between which bounds, and about whom."""
    body = []
    for id in ids:
        answer = pub.get(id)
        if answer is None or answer.dims or answer.definition.soort == "incidentie":
            continue
        row = answer.rijen[0] if answer.rijen else {}
        definition = answer.definition
        value = short(said.told(definition, row)) if row else "niets geleverd"
        about = pub.about(id)
        name = definition.titel + (f" ({about})" if about else "")
        body.append([name, value, said.bounds(definition, row) if row else "–"])
    return [blocks.table(title, ["Cijfer", "Uitkomst", "Grenzen (95 %)"], body, left=1)] if body else []


def budgets(answer: metrics.Answer | None) -> list[dict[str, Any]]:
    """Costs added up per year and budget: the council decides on budgets, not on kinds of costs. A sum of which a part
    is hidden is hidden too."""
    totals: dict[tuple[Any, Any], list[Any]] = defaultdict(lambda: [0.0, None])
    for row in [] if answer is None else answer.rijen:
        total = totals[(row["jaar"], row["budget"])]
        if wording.is_hidden(row["waarde"]) or wording.is_hidden(total[0]):
            total[0] = metrics.VERBORGEN
            continue
        total[0] += row["waarde"]
        if isinstance(row.get("begroot"), int | float):
            total[1] = (total[1] or 0) + row["begroot"]
    return [
        {"jaar": year, "budget": budget, "waarde": spent, "begroot": planned}
        for (year, budget), (spent, planned) in sorted(totals.items())
    ]


def per_year(rows: Sequence[dict[str, Any]]) -> dict[int, tuple[float, float]]:
    """(spent, planned) per year over all budgets; a year of which a part is hidden is left out."""
    years: dict[int, tuple[float, float]] = {}
    gone = {row["jaar"] for row in rows if wording.is_hidden(row["waarde"])}
    for row in rows:
        if row["jaar"] in gone:
            continue
        spent, planned = years.get(row["jaar"], (0.0, 0.0))
        years[row["jaar"]] = (spent + row["waarde"], planned + (row["begroot"] or 0))
    return dict(sorted(years.items()))
