"""Contracten: every agreement at a glance; per contract its course, what was agreed, and what differs."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

import contracts
from dashboard import wording
from dashboard.components import empty, page_title, plain_table, section
from dashboard.components.parts import aria
from dashboard.pages.context import Context

_SIGN = {
    "voldoet": ("✓", "goed"),
    "voldoet niet": ("✗", "fout"),
    "te weinig gegevens": ("…", "neutraal"),
    "rapportage ontbreekt": ("!", "let-op"),
    "niet van toepassing": ("–", "neutraal"),
    "geen norm ingesteld": ("○", "neutraal"),
}


def render(context: Context) -> Any:
    """All contracts, or one when its id follows in the address."""
    if context.rest:
        return _one(context, context.rest)
    verdicts = context.desk.verdicts(context.snapshot, context.view)
    if not verdicts:
        return html.Div(
            [page_title("Contracten", ""), empty("Er zijn geen afspraken.", "Zet ze als YAML in de map afspraken.")]
        )
    quarter = wording.quarter(verdicts[0].kwartaal)
    breached = sum(one.oordeel == "voldoet niet" for one in verdicts)
    sure = sum(one.oordeel == "voldoet niet" and one.zekerheid == "zeker" for one in verdicts)
    cards = [_card(context, agreement, [one for one in verdicts if one.contract == agreement.id])
             for agreement in context.desk.agreements.values()]  # fmt: skip
    return html.Div(
        [
            page_title(
                "Contracten",
                f"{quarter.capitalize()}: {breached} afspraken zijn niet gehaald, waarvan {sure} zeker.",
            ),
            _example_note(context.desk.agreements.values()),
            html.Div(cards, className="kaarten"),
        ]
    )


def _example_note(agreements: Any) -> Any:
    if any(one.bron == contracts.EXAMPLE_NORM for one in agreements):
        return html.P(
            "De normen zijn voorbeelden; daarom is er geen rood en groen. Zet uw eigen normen in de map afspraken.",
            className="opmerking",
        )
    return None


def _card(context: Context, agreement: contracts.Agreement, verdicts: list[contracts.Verdict]) -> Any:
    href = f"/contracten/{agreement.id}{context.view.write()}"
    rows = [
        html.Li(
            [_badge(one), html.Span(one.titel, className="kpi-naam"), html.Span(_short(one), className="kpi-waarde")]
        )
        for one in verdicts
    ]
    status = "" if agreement.status == "lopend" else f" · {agreement.status}"
    return html.Article(
        [
            html.H3(dcc.Link(agreement.titel, href=href), className="kaart-titel"),
            html.P(f"{agreement.aanbieder}{status}", className="opmerking"),
            html.Ul(rows, className="kpis") if rows else html.P("Nog geen oordeel."),
        ],
        className="kaart",
    )


def _badge(verdict: contracts.Verdict) -> Any:
    """Sign and word; a colour only when the norm is really agreed."""
    sign, kind = _SIGN[verdict.oordeel]
    example = verdict.bron == contracts.EXAMPLE_NORM and kind in ("goed", "fout")
    certainty = f" ({verdict.zekerheid})" if verdict.zekerheid else ""
    return html.Span(
        [html.Span(sign, **aria(hidden=True)), f" {verdict.oordeel}{certainty}"],
        className=f"oordeel {'neutraal' if example else kind}",
    )


def number(verdict: contracts.Verdict, value: float | None) -> str:
    """A value or norm of a verdict, as its figure is written."""
    if value is None:
        return "–"
    if verdict.soort in ("aandeel", "incidentie") or verdict.cijfer == "aanwezigheid":
        return wording.percentage(value)
    return wording.number(value, 1)


def _short(verdict: contracts.Verdict) -> str:
    if verdict.waarde is None:
        return "–"
    norm = f" (norm {number(verdict, verdict.norm)})" if verdict.norm is not None else ""
    return number(verdict, verdict.waarde) + norm


def _one(context: Context, id: str) -> Any:
    agreement = context.desk.agreements.get(id)
    if agreement is None:
        return html.Div(
            [
                page_title("Contract", f"Het contract {id} bestaat niet."),
                dcc.Link("Alle contracten", href="/contracten"),
            ]
        )
    course = [one for one in context.desk.verdicts(context.snapshot, context.view, "alle") if one.contract == id]
    quarters = list(dict.fromkeys(one.kwartaal for one in course))
    last = [one for one in course if quarters and one.kwartaal == quarters[-1]]
    head = ["Afspraak", "Waarde", "Grenzen (95 %)", "Norm", "Oordeel", "Reeks", "Afgesproken stap"]
    rows = [
        [
            one.titel, number(one, one.waarde),
            "–" if one.laag is None else f"{number(one, one.laag)} tot {number(one, one.hoog)}",
            number(one, one.norm), _badge(one), str(one.reeks), one.stap or "–",
        ]
        for one in last
    ]  # fmt: skip
    term = agreement.looptijd
    facts = (
        f"{agreement.aanbieder}. Looptijd {wording.day(term.van)} tot en met {wording.day(term.tot)}. "
        f"Rapportage binnen {agreement.rapportage.termijn_dagen} dagen na het kwartaal. "
        f"Normen: {agreement.bron}."
    )
    findings = [
        [quarter, kind, wording.number(count)]
        for _, quarter, kind, count in context.desk.findings(context.snapshot, id)
    ]
    notes = [
        html.Li(f"{wording.quarter(quarter)}: {text}") for quarter, text in context.desk.notes(context.snapshot, id)
    ]
    return html.Div(
        [
            dcc.Link("← Alle contracten", href="/contracten" + context.view.write()),
            page_title(agreement.titel, facts),
            _example_note([agreement]),
            section("Dit kwartaal", plain_table(head, rows, label="Oordelen van dit kwartaal")),
            section("Het verloop", _course(course, quarters)),
            section(
                "Verschillen met de eigen gegevens",
                plain_table(["Kwartaal", "Verschil", "Aantal"], findings[:24], left=2, label="Verschillen")
                if findings else html.P("Geen verschillen gevonden."),
            ),
            section("Toelichting van de aanbieder", html.Ul(notes) if notes else html.P("Geen toelichting ontvangen.")),
        ]
    )  # fmt: skip


def _course(course: list[contracts.Verdict], quarters: list[str]) -> Any:
    """One small line per KPI over the quarters, with the norm, and the values as a table."""
    lines = []
    for kpi in dict.fromkeys(one.kpi for one in course):
        mine = [one for one in course if one.kpi == kpi]
        values = [one.waarde for one in mine]
        if sum(value is not None for value in values) < 2:
            continue
        factor = 100 if mine[-1].soort in ("aandeel", "incidentie") or mine[-1].cijfer == "aanwezigheid" else 1
        norm = [None if one.norm is None else factor * one.norm for one in mine]
        figure = {
            "data": [
                {
                    "type": "scatter", "mode": "lines+markers", "name": "waarde", "x": quarters,
                    "y": [None if value is None else factor * value for value in values],
                    "line": {"color": "#1f5fa8", "width": 2},
                },
                {
                    "type": "scatter", "mode": "lines", "name": "norm", "x": quarters, "y": norm,
                    "line": {"color": "#d2691e", "dash": "dash", "width": 1.5},
                },
            ],
            "layout": {
                "height": 200, "margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "showlegend": False,
                "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "separators": ",.",
                "xaxis": {"type": "category", "automargin": True, "fixedrange": True, "nticks": 6},
                "yaxis": {"automargin": True, "fixedrange": True, "gridcolor": "rgba(128,140,155,0.25)"},
            },
        }  # fmt: skip
        lines.append(
            html.Article(
                [
                    html.H3(mine[-1].titel, className="kaart-titel"),
                    html.Div(
                        dcc.Graph(figure=figure, config={"displayModeBar": False}, style={"height": "200px"}),
                        role="img", **aria(f"Verloop van {mine[-1].titel}; de waarden staan in de tabel"),
                    ),
                ],
                className="kaart",
            )
        )  # fmt: skip
    head = ["Afspraak", *quarters]
    rows = [
        [
            next(one.titel for one in course if one.kpi == kpi),
            *(number(one, one.waarde) for one in course if one.kpi == kpi),
        ]
        for kpi in dict.fromkeys(one.kpi for one in course)
    ]
    table = plain_table(head, rows, label="Waarden per kwartaal")
    return dmc.Stack([html.Div(lines, className="kaarten"), html.Details([html.Summary("Toon als tabel"), table])])
