"""A headline figure in little: the number, its course over the quarters, and the limit that asks for attention."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

import metrics
from dashboard import wording
from dashboard.components.parts import aria
from dashboard.texts import t, tn

_SHOWN = 10  # quarters
_SMALL = 20
_FEWEST = 4  # quarters about enough people: under it, a first and a last are no course


def tile(goal: str, title: str, href: str, parts: Sequence[Any]) -> html.Article:
    """A tile of the first page: the goal, the figure with a link to all about it, and what is said of it."""
    for part in parts:
        if isinstance(part, html.P) and isinstance(part.children, str):
            part.children = wording.unbroken(part.children)
    heading = html.H2(dcc.Link(title, href=href), className="tegel-titel")
    return html.Article([html.P(goal, className="doel"), heading, *parts], className="kaart tegel")


def course_bars(course: Any, definition: metrics.Definition) -> html.Div | None:
    """The last quarters as small columns. A quarter that can still change is open; one about few people is left out,
    and told when it lies between."""
    points = [
        point for point in course.punten
        if point.waarde is not None and (definition.soort != "aandeel" or (point.n or 0) >= _SMALL)
    ][-_SHOWN:]  # fmt: skip
    if len(points) < _FEWEST:
        return None
    between = [one for one in course.punten if points[0].kwartaal <= one.kwartaal <= points[-1].kwartaal]
    skipped = len(between) - len(points)
    top = max(point.waarde for point in points) or 1
    bars = [
        html.Span(
            style={"height": f"{max(4, 100 * point.waarde / top):.0f}%"},
            className="staaf voorlopig" if point.voorlopig else "staaf",
            title=f"{wording.quarter(point.kwartaal)}: {wording.cell(_key(definition), point.waarde, definition)}"
            + (t(" (kan nog veranderen)") if point.voorlopig else ""),
        )
        for point in points
    ]
    first, last = points[0], points[-1]
    facts = {
        "eerste": wording.cell(_key(definition), first.waarde, definition),
        "laatste": wording.cell(_key(definition), last.waarde, definition),
        "begin": wording.quarter(first.kwartaal),
        "eind": wording.quarter(last.kwartaal),
    }
    if last.voorlopig:
        said = t("Van {eerste} in het {begin} naar {laatste} in het {eind} (kan nog veranderen).", **facts)
    else:
        said = t("Van {eerste} in het {begin} naar {laatste} in het {eind}.", **facts)
    if skipped:
        said = f"{said} {_gaps(skipped, few=definition.soort == 'aandeel')}"
    return html.Div(
        [
            html.Div(bars, className="verloop", **aria(hidden=True)),
            html.P(said, className="opmerking"),
        ]
    )


def _key(definition: metrics.Definition) -> str:
    return "aantal" if definition.soort == "aantal" else "waarde"


def _gaps(skipped: int, *, few: bool) -> str:
    """How many quarters were left out, and why."""
    n = wording.number(skipped)
    if few:
        return tn(
            "Zonder {n} kwartaal met minder dan {grens} mensen.",
            "Zonder {n} kwartalen met minder dan {grens} mensen.",
            skipped, n=n, grens=_SMALL,
        )  # fmt: skip
    return tn("Zonder {n} kwartaal zonder gegevens.", "Zonder {n} kwartalen zonder gegevens.", skipped, n=n)
