"""Contracten: which contract needs a talk this quarter and why, what is overdue, and every agreement at a glance."""

from typing import Any

from dash import html

import contracts
from contracts import record
from dashboard import wording
from dashboard.components import empty, page_title, section
from dashboard.components.parts import with_own
from dashboard.components.verdicts import example_note, matrix, overdue
from dashboard.pages import contract
from dashboard.pages.context import Context
from dashboard.texts import t, tn
from dashboard.wording import suppliers
from dashboard.wording.own import of_agreements
from data.vandaag import vandaag


def render(context: Context) -> Any:
    """All contracts, or one when its id follows in the address."""
    return contract.render(context, context.rest) if context.rest else _all(context)


def _all(context: Context) -> Any:
    agreements, hidden = context.desk.agreements, context.desk.hidden_contracts()
    course = context.desk.verdicts(context.snapshot, context.view, "alle")
    if hidden and not course:
        return html.Div([page_title(t("Contracten"), ""), html.P(_unseen(hidden))])
    if not course:
        return html.Div(
            [
                page_title(t("Contracten"), ""),
                empty(t("Er zijn geen afspraken."), t("Zet ze als YAML in de map afspraken.")),
            ]
        )
    kwartaal = max(one.kwartaal for one in course)
    order = contracts.attention(one for one in course if one.kwartaal == kwartaal)
    names = {one.id: f"{one.titel} ({t(one.aanbieder)})" for one in agreements.values()}
    example = any(one.bron == contracts.EXAMPLE_NORM for one in agreements.values())
    first = suppliers.talk_first(order, names, kwartaal, example=example)
    late = overdue(record.actions(context.desk.entries(), vandaag()), agreements)
    return html.Div(
        [
            page_title(
                t("Contracten"), t("Welk contract vraagt dit kwartaal om een gesprek, en waarom?"),
                with_own(first, of_agreements(agreements.values())),
            ),
            example_note(agreements.values()),
            html.P(_unseen(hidden), className="opmerking") if hidden else None,
            html.P(
                [
                    html.A(t("Een rapportage controleren en laden"), href="/kwartaal/"), " · ",
                    html.A(t("Agenda"), href="/kwartaal/agenda"),
                ],
                className="meenemen",
            ),
            section(t("Acties die te laat zijn"), late or html.P(t("Er is geen actie te laat."))),
            section(t("Alle afspraken"), matrix(course, agreements, order, search=context.view.write())),
        ]
    )  # fmt: skip


def _unseen(hidden: int) -> str:
    return tn(
        "{n} contract ziet u niet: dat geldt ook voor gemeenten die niet de uwe zijn, en een oordeel over een deel "
        "van de deelnemers zou een ander oordeel zijn. Vraag uw beheerder als u het toch nodig hebt.",
        "{n} contracten ziet u niet: die gelden ook voor gemeenten die niet de uwe zijn, en een oordeel over een deel "
        "van de deelnemers zou een ander oordeel zijn. Vraag uw beheerder als u ze toch nodig hebt.",
        hidden, n=wording.number(hidden),
    )  # fmt: skip
