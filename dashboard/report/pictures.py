"""From a published answer to a drawing and what it says in words. What is hidden or too small is not drawn."""

from collections.abc import Mapping, Sequence
from typing import Any

import metrics
from dashboard import wording
from dashboard.figures.base import drawable, factor_of, has_interval, is_share, key_of
from dashboard.report import blocks, drawing, said
from dashboard.report.publication import Publication

_PERCENTS = [(0.0, "0"), (25.0, "25"), (50.0, "50"), (75.0, "75"), (100.0, "100 van de 100")]
_MOST = 16


def bars(pub: Publication, answer: metrics.Answer | None, title: str, *, mark: str = "") -> list[blocks.Block]:
    """Bars of an answer, one per row; nothing when fewer than two rows can be drawn. `mark` names what was expected."""
    if answer is None or not 2 <= len(answer.rijen) <= _MOST:
        return []
    definition, names, title = answer.definition, pub.names, pub.title(title, answer)
    rows = [_bar(definition, row, answer.dims, names) for row in answer.rijen]
    if sum(row.value is not None for row in rows) < 2:
        return []
    share = is_share(definition)
    svg = drawing.bars(rows, top=100.0 if share else None, ticks=_PERCENTS if share else (), mark=mark)
    return [
        blocks.chart(title, svg, _described("Liggende staven", title, [(row.name, row.text) for row in rows], rows))
    ]


def _bar(definition: Any, row: Mapping[str, Any], dims: Sequence[str], names: Mapping[str, str]) -> drawing.Bar:
    factor, can = factor_of(definition), drawable(definition.soort, dict(row))
    value = factor * row[key_of(definition.soort)] if can else None
    bounds = (factor * row["laag"], factor * row["hoog"]) if can and has_interval(dict(row)) else (None, None)
    want = row.get("verwacht")
    return drawing.Bar(
        said.capital(", ".join(wording.dimension(name, row[name], names) for name in dims)),
        value,
        short(said.told(definition, row)),
        *bounds,
        factor * want if isinstance(want, int | float) else None,
    )


def short(text: str) -> str:
    """The hidden state in one word, where a note beside it explains it."""
    return "verborgen" if text == wording.HIDDEN else text


def _described(kind: str, title: str, values: Sequence[tuple[str, str]], rows: Sequence[drawing.Bar]) -> str:
    known = [row for row in rows if row.value is not None]
    high, low = max(known, key=lambda row: row.value or 0), min(known, key=lambda row: row.value or 0)
    ends = f"Het hoogst is {high.name}, het laagst {low.name}. " if high.value != low.value else ""
    return f"{kind}: {title}. {ends}" + "; ".join(f"{name}: {text}" for name, text in values) + "."


def ends(pub: Publication, answer: metrics.Answer | None, title: str) -> list[blocks.Block]:
    """Competing ends, a whole bar per horizon; what is hidden is one part without a number."""
    if answer is None or answer.dims:
        return []
    title = pub.title(title, answer)
    horizons = list(dict.fromkeys(row["horizon"] for row in answer.rijen))
    rows, words = [], []
    for horizon in horizons:
        mine = [row for row in answer.rijen if row["horizon"] == horizon]
        known = [row for row in mine if isinstance(row["waarde"], int | float)]
        if not known:
            continue
        parts = [drawing.Part(row["einde"], row["waarde"], row["einde"]) for row in known]
        if len(known) < len(mine):
            rest = max(0.0, 1 - sum(row["waarde"] for row in known))
            parts.insert(len(parts) - 1, drawing.Part("niet getoond", rest, None))
        name = f"na {wording.horizon(horizon)}"
        rows.append((name, parts))
        words.append(f"{name}: " + ", ".join(f"{row['einde']} {wording.percentage(row['waarde'])}" for row in known))
    if not rows:
        return []
    alt = f"Gestapelde staven: {title}. {'; '.join(words)}. Samen is elke staaf het geheel."
    return [blocks.chart(title, drawing.stacks(rows), alt)]


def money(rows: Sequence[tuple[str, float, float | None]], title: str) -> list[blocks.Block]:
    """Amounts beside their budget: (name, spent, planned)."""
    if len(rows) < 2:
        return []
    drawn = [
        drawing.Bar(name, spent / 1000, wording.euros(spent), mark=planned and planned / 1000)
        for name, spent, planned in rows
    ]
    alt = "; ".join(
        f"{name}: {wording.euros(spent)}" + (f" van {wording.euros(planned)} begroot" if planned else "")
        for name, spent, planned in rows
    )
    return [blocks.chart(title, drawing.bars(drawn, mark="begroot"), f"Liggende staven: {title}. {alt}.")]
