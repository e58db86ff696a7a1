"""One contract: this quarter with its reasons, what to do, what was recorded, the course, money, and what differs."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

import contracts
from contracts import record
from dashboard import wording
from dashboard.components import page_title, plain_table, section
from dashboard.components.parts import aria
from dashboard.components.verdicts import badge, example_note
from dashboard.pages.context import Context
from dashboard.report.talk import money_sentences
from data.vandaag import vandaag

_HEAD = ["Afspraak", "Waarde", "Grenzen (95 %)", "Norm", "Oordeel", "Reeks", "Afgesproken stap"]
_ACTIONS = ["Nummer", "Stand", "Voor", "Wie", "Wat", "Resultaat"]


def render(context: Context, id: str) -> Any:
    """The page of one contract, or a sentence that it is not there."""
    agreement = context.desk.agreements.get(id)
    if agreement is None:
        return html.Div(
            [
                page_title("Contract", f"Het contract {id} bestaat niet."),
                dcc.Link("Alle contracten", href="/contracten"),
            ]
        )
    course = [one for one in context.desk.verdicts(context.snapshot, context.view, "alle") if one.contract == id]
    course = [one for one in course if one.oordeel != "niet van toepassing"]
    quarters = list(dict.fromkeys(one.kwartaal for one in course))
    last = [one for one in course if quarters and one.kwartaal == quarters[-1]]
    day = context.view.peildatum or context.desk.facts(context.snapshot)["peildatum"]
    rows = [
        [
            one.titel, wording.verdict_value(one, one.waarde), wording.verdict_interval(one),
            wording.verdict_value(one, one.norm), badge(one), str(one.reeks), one.stap or "–",
        ]
        for one in last
    ]  # fmt: skip
    when = wording.quarter(quarters[-1]).capitalize() if quarters else "Dit kwartaal"
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
            page_title(agreement.titel, _facts(agreement)),
            html.P(contracts.gate(agreement, day).zin, className="opmerking"),
            example_note([agreement]),
            _ways(id),
            section(
                when,
                plain_table(_HEAD, rows, label=f"Oordelen, {when}")
                if rows else html.P("Er is nog niets te beoordelen."),
            ),
            section("Waarom", _reasons(agreement, last)),
            section("Gesprekken en acties", _record(context, id)),
            section("Het verloop", _course(course, quarters)),
            section("Geld", _money(context, agreement, day)),
            section("Met wie deze aanbieder werkt", _mix(context, agreement, day)),
            section(
                "Verschillen met de eigen gegevens",
                plain_table(["Kwartaal", "Verschil", "Aantal"], findings[:24], left=2, label="Verschillen")
                if findings else html.P("Geen verschillen gevonden."),
            ),
            section("Toelichting van de aanbieder", html.Ul(notes) if notes else html.P("Geen toelichting ontvangen.")),
        ]
    )  # fmt: skip


def _facts(agreement: contracts.Agreement) -> str:
    term = agreement.looptijd
    parcels = f" Percelen: {', '.join(one.titel for one in agreement.percelen)}." if agreement.percelen else ""
    return (
        f"{agreement.aanbieder}. Looptijd {wording.day(term.van)} tot en met {wording.day(term.einde)}. "
        f"Rapportage binnen {agreement.rapportage.termijn_dagen} dagen na het kwartaal. "
        f"Normen: {agreement.bron}.{parcels}"
    )


def _ways(id: str) -> Any:
    """What a contract manager does next."""
    return html.P(
        [
            html.A("Gespreksbladen (PDF)", href=f"/kwartaal/gespreksbladen/{id}.pdf"), " · ",
            html.A("Hetzelfde als werkboek", href=f"/kwartaal/gespreksbladen/{id}.xlsx"), " · ",
            html.A("Rapportage controleren en laden", href="/kwartaal/"), " · ",
            html.A("Gesprek vastleggen", href=f"/kwartaal/gesprek/{id}"),
        ],
        className="meenemen",
    )  # fmt: skip


def _reasons(agreement: contracts.Agreement, last: list[contracts.Verdict]) -> Any:
    """Every sentence about every verdict, behind the first one."""
    return html.Div(
        [
            html.Details(
                [html.Summary(story[0]), html.Ul([html.Li(text) for text in story[1:]], className="lijst")]
                if len(story) > 1
                else [html.Summary(story[0])]
            )
            for one in last
            for story in [wording.verdict_story(one, contracts.reason(agreement, one))]
        ]
    )


def _record(context: Context, id: str) -> Any:
    entries = context.desk.entries(id)
    actions = record.actions(entries, vandaag())
    rows = [
        [str(one.nummer), one.status, wording.day(one.actie.voor), one.actie.eigenaar, one.actie.wat,
         one.sluiting.resultaat if one.sluiting else "–"]
        for one in actions
    ]  # fmt: skip
    talks = [
        html.Li(
            f"{wording.day(one.gesprek.datum)}, met {', '.join(one.gesprek.aanwezigen)}"
            f"{' (verbeterd)' if one.gecorrigeerd else ''}. {one.gesprek.verslag}"
        )
        for one in record.talks(entries)[:8]
    ]
    return html.Div(
        [
            plain_table(_ACTIONS, rows, left=6, label="Acties") if rows else html.P("Er zijn geen acties vastgelegd."),
            html.Ul(talks, className="lijst") if talks else html.P("Er is nog geen gesprek vastgelegd."),
        ]
    )


def _money(context: Context, agreement: contracts.Agreement, day: Any) -> Any:
    spent = context.desk.money(context.snapshot, agreement.id, day)
    rows = [
        [str(one["jaar"]), wording.euros(one["betaald"]), wording.euros(one["samen"]),
         "–" if one["begroot"] is None else wording.euros(one["begroot"])]
        for one in spent.per_jaar
    ]  # fmt: skip
    head = ["Jaar", "Betaald", "Voor deze kosten samen", "Begroot"]
    return html.Div(
        [
            html.Ul([html.Li(text) for text in money_sentences(spent)], className="lijst"),
            plain_table(head, rows, label="Geld per jaar") if rows else None,
        ]
    )


def _mix(context: Context, agreement: contracts.Agreement, day: Any) -> Any:
    shares = [one for one in context.desk.mix(context.snapshot, agreement.id, day) if one.ander_totaal]
    if not shares:
        return html.P("Hiervan is geen groep bekend.")
    rows = [
        [
            wording.title_of(one.dimensie),
            wording.dimension(one.dimensie, None if one.waarde == "None" else one.waarde),
            f"{wording.number(one.aantal)} van de {wording.number(one.totaal)}",
            "–" if one.deel is None else wording.percentage(one.deel),
            "–" if one.ander_deel is None else wording.percentage(one.ander_deel),
        ]
        for one in shares
    ]
    head = ["Kenmerk", "Groep", "Aantal", "Hier", "Vergelijkbare contracten samen"]
    note = "Een aanbieder met een moeilijkere groep haalt minder snel een norm. Kijk hiernaar voordat u vergelijkt."
    return html.Div([html.P(note, className="opmerking"), plain_table(head, rows, left=2, label="De groep")])


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
            *(wording.verdict_value(one, one.waarde) for one in course if one.kpi == kpi),
        ]
        for kpi in dict.fromkeys(one.kpi for one in course)
    ]
    table = plain_table(head, rows, label="Waarden per kwartaal")
    return dmc.Stack([html.Div(lines, className="kaarten"), html.Details([html.Summary("Toon als tabel"), table])])
