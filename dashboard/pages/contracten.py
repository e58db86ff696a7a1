"""Contracten: every agreement at a glance, and what is overdue."""

from typing import Any

from dash import dcc, html

import contracts
from contracts import record
from dashboard import wording
from dashboard.components import empty, page_title, plain_table, section
from dashboard.components.verdicts import badge, example_note
from dashboard.pages import contract
from dashboard.pages.context import Context
from data.vandaag import vandaag

_HIDDEN = (
    "{} contracten ziet u niet: die gelden ook voor gemeenten die niet de uwe zijn, en een oordeel over een deel "
    "van de deelnemers zou een ander oordeel zijn. Vraag uw beheerder als u ze toch nodig hebt."
)


def render(context: Context) -> Any:
    """All contracts, or one when its id follows in the address."""
    return contract.render(context, context.rest) if context.rest else _all(context)


def _all(context: Context) -> Any:
    verdicts = context.desk.verdicts(context.snapshot, context.view)
    hidden = context.desk.hidden_contracts()
    if hidden and not verdicts:
        return html.Div([page_title("Contracten", ""), html.P(_HIDDEN.format(hidden))])
    if not verdicts:
        return html.Div(
            [page_title("Contracten", ""), empty("Er zijn geen afspraken.", "Zet ze als YAML in de map afspraken.")]
        )
    quarter = wording.quarter(verdicts[0].kwartaal)
    breached = sum(one.oordeel == "voldoet niet" for one in verdicts)
    sure = sum(one.oordeel == "voldoet niet" and one.zekerheid == "zeker" for one in verdicts)
    cards = [
        _card(context, agreement, [one for one in verdicts if one.contract == agreement.id])
        for agreement in context.desk.agreements.values()
    ]
    return html.Div(
        [
            page_title(
                "Contracten",
                f"{quarter.capitalize()}: {breached} afspraken zijn niet gehaald, waarvan {sure} zeker.",
            ),
            example_note(context.desk.agreements.values()),
            html.P(_HIDDEN.format(hidden), className="opmerking") if hidden else None,
            html.P(
                [
                    html.A("Een rapportage controleren en laden", href="/kwartaal/"),
                    " · ",
                    html.A("Agenda", href="/kwartaal/agenda"),
                ],
                className="meenemen",
            ),
            section("Acties die te laat zijn", _overdue(context)),
            html.Div(cards, className="kaarten"),
        ]
    )


def _overdue(context: Context) -> Any:
    """Actions after their day, of all contracts, until they are closed."""
    late = [one for one in record.actions(context.desk.entries(), vandaag()) if one.status == "te laat"]
    if not late:
        return html.P("Er is geen actie te laat.")
    titles = {one.id: one.titel for one in context.desk.agreements.values()}
    rows = [
        [titles.get(one.contract, one.contract), wording.day(one.actie.voor), one.actie.eigenaar, one.actie.wat]
        for one in late
    ]
    return plain_table(["Contract", "Had klaar moeten zijn op", "Wie", "Wat"], rows, left=4, label="Te late acties")


def _card(context: Context, agreement: contracts.Agreement, verdicts: list[contracts.Verdict]) -> Any:
    href = f"/contracten/{agreement.id}{context.view.write()}"
    rows = [
        html.Li(
            [badge(one), html.Span(one.titel, className="kpi-naam"), html.Span(_short(one), className="kpi-waarde")]
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


def _short(verdict: contracts.Verdict) -> str:
    if verdict.waarde is None:
        return "–"
    value = wording.verdict_value(verdict, verdict.waarde)
    return value if verdict.norm is None else f"{value} (norm {wording.verdict_value(verdict, verdict.norm)})"
