"""A headline figure in little: the number, its course over the quarters, and the limit that asks for attention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

import metrics
from dashboard import wording
from dashboard.components.parts import aria
from dashboard.texts import t, tn

_SHOWN = 10  # quarters
_SMALL = 20
_MOST_ROWS = 6
_OF_PEOPLE = ("aandeel", "incidentie")  # a part of so many people: under twenty it is not drawn
_FEWEST = 4  # quarters about enough people: under it, a first and a last are no course


def tile(goal: str, title: str, href: str, parts: Sequence[Any]) -> html.Article:
    """A tile of the first page: the goal, the figure with a link to all about it, and what is said of it."""
    for part in parts:
        if isinstance(part, html.P) and isinstance(part.children, str):
            part.children = wording.unbroken(part.children)
    heading = html.H2(dcc.Link(title, href=href), className="tegel-titel")
    return html.Article([html.P(goal, className="doel"), heading, *parts], className="kaart tegel")


@dataclass(frozen=True)
class Quarter:
    """What a column shows: a quarter, its value, about how many people, and whether it can still change."""

    kwartaal: str
    waarde: float | None
    n: int | None
    voorlopig: bool = False


def course_bars(course: Any, definition: metrics.Definition, *, horizon: int | None = None) -> html.Div | None:
    """The last quarters as small columns. A quarter that can still change is open; one about few people is left out,
    and told when it lies between. `horizon`: the quarters are those of starting, the value is of so many days later."""
    points = _shown(course.punten, definition)
    if len(points) < _FEWEST:
        return None
    between = [one for one in course.punten if points[0].kwartaal <= one.kwartaal <= points[-1].kwartaal]
    skipped = len(between) - len(points)
    first, last = points[0], points[-1]
    facts = {
        "eerste": wording.cell(_key(definition), first.waarde, definition),
        "laatste": wording.cell(_key(definition), last.waarde, definition),
        "begin": wording.quarter(first.kwartaal),
        "eind": wording.quarter(last.kwartaal),
    }
    if horizon is not None:
        said = t(
            "Na {tijd}, naar het kwartaal van start: van {eerste} (start in het {begin}) naar {laatste} (start in het "
            "{eind}).",
            tijd=wording.horizon(horizon), **facts,
        )  # fmt: skip
    elif last.voorlopig:
        said = t("Van {eerste} in het {begin} naar {laatste} in het {eind} (kan nog veranderen).", **facts)
    else:
        said = t("Van {eerste} in het {begin} naar {laatste} in het {eind}.", **facts)
    if skipped:
        said = f"{said} {_gaps(skipped, few=definition.soort in _OF_PEOPLE)}"
    return html.Div([_columns(points, definition), html.P(said, className="opmerking")])


def course_rows(courses: Sequence[Any], definition: metrics.Definition, names: Mapping[str, str]) -> html.Div | None:
    """A course per value of the figure's own dimension, all on one scale; None when not one has enough quarters."""
    shown = [(one, _shown(one.punten, definition)) for one in courses]
    enough = [points for _, points in shown if len(points) >= _FEWEST]
    if not enough or len(courses) > _MOST_ROWS:
        return None
    top = max(point.waarde for points in enough for point in points) or 1
    rows = []
    for one, points in shown:
        name = ", ".join(wording.dimension(dim, value, names) for dim, value in one.dims.items())
        if len(points) < _FEWEST:
            few = html.Span(t("te weinig kwartalen met genoeg mensen"), className="verloop-tekst")
            rows.append(html.Li([html.Span(name, className="rij-naam"), few]))
            continue
        ends = [wording.cell(_key(definition), point.waarde, definition) for point in (points[0], points[-1])]
        text = t("van {eerste} naar {laatste}", eerste=ends[0], laatste=ends[1])
        rows.append(
            html.Li(
                [
                    html.Span(name, className="rij-naam"),
                    _columns(points, definition, top),
                    html.Span(text, className="verloop-tekst"),
                ]
            )
        )
    told = t(
        "Per kwartaal, van het {begin} tot en met het {eind}. Kwartalen met minder dan {n} mensen staan er niet bij.",
        begin=wording.quarter(min(points[0].kwartaal for points in enough)),
        eind=wording.quarter(max(points[-1].kwartaal for points in enough)), n=wording.number(_SMALL),
    )  # fmt: skip
    return html.Div([html.Ul(rows, className="verlopen"), html.P(told, className="opmerking")])


def _shown(points: Sequence[Any], definition: metrics.Definition) -> list[Any]:
    few = definition.soort in _OF_PEOPLE
    return [one for one in points if one.waarde is not None and (not few or (one.n or 0) >= _SMALL)][-_SHOWN:]


def _columns(points: Sequence[Any], definition: metrics.Definition, top: float | None = None) -> html.Div:
    most = top or max(point.waarde for point in points) or 1
    bars = [
        html.Span(
            style={"height": f"{max(4, 100 * point.waarde / most):.0f}%"},
            className="staaf voorlopig" if point.voorlopig else "staaf",
            title=f"{wording.quarter(point.kwartaal)}: {wording.cell(_key(definition), point.waarde, definition)}"
            + (t(" (kan nog veranderen)") if point.voorlopig else ""),
        )
        for point in points
    ]
    return html.Div(bars, className="verloop", **aria(hidden=True))


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
