"""For the first page: which contracts need a talk this quarter, why, and which actions are late."""

from typing import Any

from dash import dcc, html

import contracts
from contracts import record
from dashboard.components.parts import own_words, with_own
from dashboard.components.verdicts import example_note, overdue_lines
from dashboard.pages.context import Context
from dashboard.pages.signalen import talks
from dashboard.texts import t
from dashboard.wording import suppliers
from dashboard.wording.own import of_agreements
from data.vandaag import vandaag

_MOST = 4


def to_talk(context: Context) -> Any:
    """A line per contract, the first to talk with on top, each with a way to its reasons."""
    agreements = context.desk.agreements
    order = contracts.attention(context.desk.verdicts(context.snapshot, context.view))
    late = overdue_lines(record.actions(context.desk.entries(), vandaag()), agreements)
    items = [html.Li(_line(agreements[one.contract], one, context.view.write())) for one in order[:_MOST]]
    more = len(order) - len(items)
    every = t("Alle contracten, met nog {n} om over te praten", n=more) if more > 0 else t("Alle contracten")
    return html.Div(
        [
            html.Ol(items, className="lijst") if items else html.P(t("Geen contract vraagt nu om een gesprek.")),
            dcc.Link(every, href="/contracten" + context.view.write(), className="verder"),
            example_note(agreements.values()),
            html.Div([html.H3(t("Acties die te laat zijn"), className="kaart-titel"), late]) if late else None,
            talks(context),
        ]
    )


def _line(agreement: contracts.Agreement, one: contracts.Attention, search: str) -> list[Any]:
    """A contract with the way to it, who supplies it and why it asks for a talk."""
    link = dcc.Link(own_words(agreement.titel), href=f"/contracten/{one.contract}{search}")
    return [link, with_own(f" ({agreement.aanbieder}). {suppliers.reason_of(one)}", of_agreements([agreement]))]
