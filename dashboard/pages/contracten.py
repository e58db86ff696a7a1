"""Contracten: which contract needs a talk this quarter and why, what is overdue, and every agreement at a glance."""

from typing import Any

from dash import html

import contracts
from contracts import record
from dashboard.components import empty, page_title, section
from dashboard.components.verdicts import example_note, matrix, overdue
from dashboard.pages import contract
from dashboard.pages.context import Context
from dashboard.wording import suppliers
from data.vandaag import vandaag

_HIDDEN = (
    "{} contracten ziet u niet: die gelden ook voor gemeenten die niet de uwe zijn, en een oordeel over een deel "
    "van de deelnemers zou een ander oordeel zijn. Vraag uw beheerder als u ze toch nodig hebt."
)


def render(context: Context) -> Any:
    """All contracts, or one when its id follows in the address."""
    return contract.render(context, context.rest) if context.rest else _all(context)


def _all(context: Context) -> Any:
    agreements, hidden = context.desk.agreements, context.desk.hidden_contracts()
    course = context.desk.verdicts(context.snapshot, context.view, "alle")
    if hidden and not course:
        return html.Div([page_title("Contracten", ""), html.P(_HIDDEN.format(hidden))])
    if not course:
        return html.Div(
            [page_title("Contracten", ""), empty("Er zijn geen afspraken.", "Zet ze als YAML in de map afspraken.")]
        )
    kwartaal = max(one.kwartaal for one in course)
    order = contracts.attention(one for one in course if one.kwartaal == kwartaal)
    names = {one.id: f"{one.titel} ({one.aanbieder})" for one in agreements.values()}
    example = any(one.bron == contracts.EXAMPLE_NORM for one in agreements.values())
    late = overdue(record.actions(context.desk.entries(), vandaag()), agreements)
    return html.Div(
        [
            page_title(
                "Contracten", "Welk contract vraagt dit kwartaal om een gesprek, en waarom?",
                suppliers.talk_first(order, names, kwartaal, example=example),
            ),
            example_note(agreements.values()),
            html.P(_HIDDEN.format(hidden), className="opmerking") if hidden else None,
            html.P(
                [
                    html.A("Een rapportage controleren en laden", href="/kwartaal/"), " · ",
                    html.A("Agenda", href="/kwartaal/agenda"),
                ],
                className="meenemen",
            ),
            section("Acties die te laat zijn", late or html.P("Er is geen actie te laat.")),
            section("Alle afspraken", matrix(course, agreements, order, search=context.view.write())),
        ]
    )  # fmt: skip
