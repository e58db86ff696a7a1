"""Letting an earlier momentopname count again, from the page Gegevens."""

from typing import Any

import dash
from dash import ALL, Input, Output, ctx, no_update

from dashboard import access
from dashboard.access import Desk
from dashboard.operation import audit
from dashboard.texts import t
from data.fouten import Gebruiksfout


def add_switching(app: dash.Dash, desk: Desk) -> None:
    """Tie the keys of the list to the work folder. Who looks at a page keeps what they opened until they go on."""

    @app.callback(
        Output("momentopname-melding", "children"),
        Input({"type": "momentopname-zet", "id": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def switch(clicks: list[Any]) -> Any:
        person = access.require("beheer")
        trigger = ctx.triggered_id
        if not isinstance(trigger, dict) or not any(clicks):
            return no_update
        try:
            audit("momentopname", wie=person.naam, momentopname=str(trigger["id"]))
            desk.switch(str(trigger["id"]))
        except Gebruiksfout as fault:
            return " ".join(t(one) for one in fault.meldingen)
        return t("De momentopname {id} telt nu. Laad de pagina opnieuw om haar te zien.", id=trigger["id"])
