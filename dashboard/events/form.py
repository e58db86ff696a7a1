"""The form of events in the dashboard: add one, take one back; every mistake is told beside the form."""

from datetime import date
from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, no_update
from pydantic import ValidationError

from dashboard import access
from dashboard.access import Desk
from dashboard.events.model import Event
from dashboard.events.store import add, now, withdraw
from dashboard.operation import audit
from dashboard.pages.context import Context
from dashboard.pages.gebeurtenissen import listed
from dashboard.state import View
from dashboard.texts import mark, t
from data.fouten import Gebruiksfout

_WRONG = {
    "titel": mark("Geef een titel van hoogstens 60 tekens."),
    "toelichting": mark("De toelichting mag hoogstens 400 tekens zijn."),
    "datum": mark("Kies een datum."),
    "soort": mark("Kies een soort."),
}
_NOTHING = (no_update, no_update, no_update, no_update)


def add_events(app: dash.Dash, desk: Desk) -> None:
    """Tie the form and the keys to take back to the table."""

    @app.callback(
        Output("gebeurtenis-lijst", "children"),
        Output("gebeurtenis-melding", "children"),
        Output("gebeurtenis-titel", "value"),
        Output("gebeurtenis-toelichting", "value"),
        Input("gebeurtenis-toevoegen", "n_clicks"),
        Input({"type": "gebeurtenis-terug", "kenmerk": ALL}, "n_clicks"),
        State("gebeurtenis-datum", "value"),
        State("gebeurtenis-soort", "value"),
        State("gebeurtenis-titel", "value"),
        State("gebeurtenis-toelichting", "value"),
        prevent_initial_call=True,
    )
    def change(clicked: Any, taken: list[Any], day: Any, kind: Any, title: Any, text: Any) -> Any:
        person, snapshot = access.require("cijfers"), desk.snapshot()
        if snapshot is None or not (clicked or any(taken)):
            return _NOTHING
        context = Context(desk, snapshot, View())
        trigger = ctx.triggered_id
        try:
            if trigger == "gebeurtenis-toevoegen":
                event = written(day, kind, title, text, person.naam)
                audit("vastgelegd", wie=person.naam, soort="gebeurtenis")
                add(desk.werkmap, event, context.example)
                return listed(context), t("Toegevoegd: {naam}.", naam=event.titel), "", ""
            if isinstance(trigger, dict) and ctx.triggered[0]["value"]:
                audit("vastgelegd", wie=person.naam, soort="gebeurtenis vervallen")
                withdraw(desk.werkmap, str(trigger["kenmerk"]), person.naam, now())
                told = t("De gebeurtenis is vervallen. In het bestand blijft zij staan.")
                return listed(context), told, *_NOTHING[:2]
        except Gebruiksfout as fault:
            return no_update, " ".join(t(one) for one in fault.meldingen), no_update, no_update
        return _NOTHING


def written(day: Any, kind: Any, title: Any, text: Any, who: str) -> Event:
    """The event that a form holds. Raises Gebruiksfout with a sentence per mistake."""
    wrong = [] if day else [_WRONG["datum"]]
    wrong += [] if str(title or "").strip() else [mark("Geef een titel.")]
    try:
        when = date.fromisoformat(str(day)[:10]) if day else None
    except ValueError:
        when, wrong = None, [*wrong, _WRONG["datum"]]
    if wrong:
        raise Gebruiksfout(wrong)
    try:
        return Event(datum=when, soort=kind or "overig", titel=title, toelichting=text or "", wie=who[:80], op=now())
    except ValidationError as fault:
        fields = dict.fromkeys(str(one["loc"][0]) for one in fault.errors() if one["loc"])
        raise Gebruiksfout([_WRONG.get(field, t("{veld} klopt niet.", veld=field)) for field in fields]) from None
