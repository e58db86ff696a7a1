"""The course of one contract: a small line per agreement over the quarters, with the norm, and the same as a table."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

import contracts
from dashboard import wording
from dashboard.components import plain_table
from dashboard.components.parts import own_words, with_own
from dashboard.figures.base import sheet
from dashboard.figures.palette import ACCENT, SERIES, see_through
from dashboard.texts import DUTCH, language, t


def render(course: Sequence[contracts.Verdict], quarters: Sequence[str]) -> Any:
    """One small chart per KPI that has at least two values, and all values as a table."""
    kpis = list(dict.fromkeys(one.kpi for one in course))
    of_kpi = {kpi: [one for one in course if one.kpi == kpi] for kpi in kpis}
    lines = [_line(mine, quarters) for mine in of_kpi.values() if sum(one.waarde is not None for one in mine) > 1]
    head = [t("Afspraak"), *quarters]
    rows = [
        [own_words(mine[0].titel), *(_value(mine, quarter) for quarter in quarters)]
        for mine in of_kpi.values()
    ]  # fmt: skip
    table = plain_table(head, rows, label=t("Waarden per kwartaal"))
    legend = html.P(
        t(
            "Lijn met punten: de waarde. Lichte band: waar het echte cijfer vermoedelijk ligt (95 %). "
            "Streepjes: de norm."
        ),
        className="opmerking",
    )
    return dmc.Stack(
        [legend, html.Div(lines, className="kaarten"), html.Details([html.Summary(t("Toon als tabel")), table])]
    )


def _value(mine: Sequence[contracts.Verdict], quarter: str) -> str:
    one = next((one for one in mine if one.kwartaal == quarter), None)
    return "–" if one is None else wording.verdict_value(one, one.waarde)


def _line(mine: Sequence[contracts.Verdict], quarters: Sequence[str]) -> Any:
    last = mine[-1]
    factor = 100 if wording.is_share(last) else 1
    at = {one.kwartaal: one for one in mine}

    def values(name: str) -> list[float | None]:
        found = [getattr(at[one], name) if one in at else None for one in quarters]
        return [None if value is None else factor * value for value in found]

    traces: list[dict[str, Any]] = []
    if any(one.laag is not None for one in mine):
        quiet = {"type": "scatter", "mode": "lines", "x": list(quarters), "hoverinfo": "skip", "line": {"width": 0}}
        traces += [
            {**quiet, "y": values("laag")},
            {**quiet, "y": values("hoog"), "fill": "tonexty", "fillcolor": see_through(ACCENT, 0.16)},
        ]
    traces += [
        {
            "type": "scatter", "mode": "lines+markers", "name": t("waarde"), "x": list(quarters), "y": values("waarde"),
            "line": {"color": ACCENT, "width": 2}, "hoverinfo": "text",
            "hovertext": [f"{wording.quarter(one)}: {_value(mine, one)}" for one in quarters],
        },
        {
            "type": "scatter", "mode": "lines", "name": t("norm"), "x": list(quarters), "y": values("norm"),
            "line": {"color": SERIES[1], "dash": "dash", "width": 1.5, "shape": "hvh"}, "hoverinfo": "skip",
        },
    ]  # fmt: skip
    layout = sheet(190)
    layout["xaxis"] |= {"type": "category", "nticks": 6}
    layout["yaxis"] |= {"ticksuffix": " %" if language() == DUTCH else "%"} if factor == 100 else {}
    said = t(
        "Verloop van {naam}: van {eerst} in {begin} naar {laatst} in {einde}; norm {norm}. "
        "Alle waarden staan in de tabel.",
        naam=last.titel, eerst=_value(mine, mine[0].kwartaal), begin=mine[0].kwartaal,
        laatst=_value(mine, last.kwartaal), einde=last.kwartaal, norm=wording.verdict_value(last, last.norm),
    )  # fmt: skip
    name = f"verloop-{last.kpi}"
    graph = dcc.Graph(
        figure={"data": traces, "layout": layout}, config={"displayModeBar": False}, style={"height": "190px"}
    )
    return html.Article(
        [
            html.H3(own_words(last.titel), className="kaart-titel"),
            html.P(value_and_norm(last), className="opmerking"),
            html.Span(with_own(said, [last.titel]), id=name, hidden=True),  # a label cannot say that a part is Dutch
            html.Div(graph, role="img", **{"aria-labelledby": name}),  # pyright: ignore[reportArgumentType]
        ],
        className="kaart",
    )


def value_and_norm(verdict: contracts.Verdict) -> str:
    """78% · norm 80%."""
    facts = {name: wording.verdict_value(verdict, getattr(verdict, name)) for name in ("waarde", "norm")}
    return t("{waarde} · norm {norm}", **facts)
