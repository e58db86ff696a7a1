"""Gebeurtenissen: what happened that can explain a figure; one can be added, and taken back."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import events, wording
from dashboard.components import page_title, section
from dashboard.components.parts import aria, notice
from dashboard.pages.context import Context
from data.fouten import Gebruiksfout


def render(context: Context) -> Any:
    """The form, and the list in the order of time, the newest first."""
    return html.Div(
        [
            page_title(
                "Gebeurtenissen",
                "Wat gebeurde er dat een cijfer kan verklaren?",
                "Deze gebeurtenissen staan als streepje in elke grafiek over de tijd.",
            ),
            section("Toevoegen", _form()),
            section("Alle gebeurtenissen", html.Div(listed(context), id="gebeurtenis-lijst")),
        ]
    )


def listed(context: Context) -> Any:
    """The events that stand, with a key to take each back; or what is wrong with the table."""
    try:
        own = {one.kenmerk for one in events.read(context.desk.werkmap)}
        found = events.read(context.desk.werkmap, context.example)
    except Gebruiksfout as fault:
        lines = [html.Li(text) for text in fault.meldingen]
        return notice(["In gebeurtenissen.yaml staat een fout. Tot die weg is, tonen de grafieken geen gebeurtenissen.",
                       html.Ul(lines)])  # fmt: skip
    if not found:
        return html.P("Er is nog niets opgeschreven.")
    return html.Ul([_line(one, one.kenmerk in own) for one in reversed(found)], className="tijdlijn")


def _line(one: events.Event, own: bool) -> html.Li:
    said = f" ({events.KINDS[one.soort].lower()})"
    who = f"Opgeschreven door {one.wie}." if one.wie else ""
    label = f"Laat vervallen: {one.titel}"
    back = html.Button(
        "Laat vervallen", id={"type": "gebeurtenis-terug", "kenmerk": one.kenmerk}, className="wis", **aria(label)
    )
    note = " ".join(part for part in (one.toelichting, who, "" if own else "Hoort bij het voorbeeld.") if part)
    return html.Li(
        [
            html.Span(wording.day(one.datum), className="tijdlijn-dag"),
            html.Div([html.B(one.titel), said, html.P(note, className="opmerking") if note else None]),
            back if own else None,
        ]
    )


def _form() -> Any:
    kinds: Any = [{"value": name, "label": label} for name, label in events.KINDS.items()]
    return html.Div(
        [
            dmc.DatePickerInput(
                id="gebeurtenis-datum", label="Datum", valueFormat="DD-MM-YYYY", size="sm", minDate="2010-01-01",
                placeholder="kies een dag",
            ),
            dmc.Select(id="gebeurtenis-soort", label="Soort", data=kinds, value="beleid", size="sm"),
            dmc.TextInput(
                id="gebeurtenis-titel", label="Titel (kort, komt in de grafiek)", size="sm", value=""
            ),
            dmc.Textarea(
                id="gebeurtenis-toelichting", label="Toelichting: wat gebeurde er, en waar staat dat?", size="sm",
                autosize=True, minRows=2, value="",
            ),
            html.P("Schrijf geen namen of nummers van personen op.", className="opmerking"),
            html.Button("Voeg toe", id="gebeurtenis-toevoegen", className="knop"),
            html.Div(id="gebeurtenis-melding", role="status"),
        ],
        className="kaart formulier",
    )  # fmt: skip
