"""The momentopnamen: look at an earlier one, or let it count again."""

from typing import Any

from dash import dcc, html

from dashboard import access, wording
from dashboard.components.parts import aria
from dashboard.pages.context import Context
from dashboard.state import View
from dashboard.texts import t, tn


def snapshots(context: Context) -> Any:
    """A line per momentopname: looking back is for who sees figures, letting one count again is for beheer."""
    rights = access.current()
    if rights.mag("beheer"):
        found = [(info.id, info.gemaakt, info.huidig) for info in context.desk.snapshots()]
    else:
        now = context.desk.current_id()
        found = [(id, made, id == now) for id, made in context.desk.moments()]
    items = [
        _line(id, f"{wording.day(made)} {made:%H:%M}", current, rights.mag("beheer")) for id, made, current in found
    ]
    return html.Div(
        [
            html.P(
                t(
                    "Een momentopname is de stand van alle geladen leveringen. Zij verandert nooit meer. Kijken naar "
                    "een eerdere verandert niets; laten tellen geldt voor iedereen."
                )
            ),
            html.Ul(items, className="tijdlijn", id="momentopname-lijst"),
            html.Div(id="momentopname-melding", role="status"),
            html.P(_kept(len(found)), className="opmerking"),
        ]
    )


def _kept(count: int) -> str:
    return tn("{n} momentopname bewaard.", "{n} momentopnamen bewaard.", count, n=wording.number(count))


def _line(id: str, made: str, current: bool, may: bool) -> html.Li:
    look = dcc.Link(t("Bekijk"), href="/" + View(momentopname=id).write())
    switch = html.Button(
        t("Laat deze tellen"), id={"type": "momentopname-zet", "id": id}, className="wis",
        **aria(t("Laat {id} tellen", id=id)),
    )  # fmt: skip
    return html.Li(
        [
            html.Span(made, className="tijdlijn-dag"),
            html.Div([html.B(id), t(" · telt nu")] if current else [html.B(id)]),
            html.Span([look, " ", switch] if may and not current else [] if current else [look]),
        ]
    )
