"""Gebeurtenissen: what happened that can explain a figure; one can be added, and taken back."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import events, wording
from dashboard.components import page_title, section
from dashboard.components.parts import aria, notice, own_words
from dashboard.pages.context import Context
from dashboard.texts import DUTCH, language, t
from data.fouten import Gebruiksfout


def render(context: Context) -> Any:
    """The form, and the list in the order of time, the newest first."""
    return html.Div(
        [
            page_title(
                t("Gebeurtenissen"),
                t("Wat gebeurde er dat een cijfer kan verklaren?"),
                t("Deze gebeurtenissen staan als streepje in elke grafiek over de tijd."),
            ),
            section(t("Toevoegen"), _form()),
            section(t("Alle gebeurtenissen"), html.Div(listed(context), id="gebeurtenis-lijst")),
        ]
    )


def listed(context: Context) -> Any:
    """The events that stand, with a key to take each back; or what is wrong with the table."""
    try:
        own = {one.kenmerk for one in events.read(context.desk.werkmap)}
        found = events.read(context.desk.werkmap, context.example)
    except Gebruiksfout as fault:
        lines = [html.Li(own_words(text)) for text in fault.meldingen]
        told = t("In gebeurtenissen.yaml staat een fout. Tot die weg is, tonen de grafieken geen gebeurtenissen.")
        return notice([told, html.Ul(lines)])
    if not found:
        return html.P(t("Er is nog niets opgeschreven."))
    return html.Ul([_line(one, one.kenmerk in own) for one in reversed(found)], className="tijdlijn")


def _line(one: events.Event, own: bool) -> html.Li:
    said = f" ({t(events.KINDS[one.soort]).lower()})"
    who = t("Opgeschreven door {wie}.", wie=one.wie) if one.wie else ""
    label = t("Laat vervallen: {naam}", naam=one.titel)
    back = html.Button(
        t("Laat vervallen"), id={"type": "gebeurtenis-terug", "kenmerk": one.kenmerk}, className="wis", **aria(label)
    )
    told = " ".join(part for part in (who, "" if own else t("Hoort bij het voorbeeld.")) if part)
    note = [own_words(one.toelichting), " " if told else "", told] if one.toelichting else told
    return html.Li(
        [
            html.Span(wording.day(one.datum), className="tijdlijn-dag"),
            html.Div([html.B(own_words(one.titel)), said, html.P(note, className="opmerking") if note else None]),
            back if own else None,
        ]
    )


def _form() -> Any:
    kinds: Any = [{"value": name, "label": t(label)} for name, label in events.KINDS.items()]
    return html.Div(
        [
            dmc.DatePickerInput(
                id="gebeurtenis-datum", label=t("Datum"), size="sm", minDate="2010-01-01",
                valueFormat="DD-MM-YYYY" if language() == DUTCH else "D MMM YYYY", placeholder=t("kies een dag"),
            ),
            dmc.Select(id="gebeurtenis-soort", label=t("Soort"), data=kinds, value="beleid", size="sm"),
            dmc.TextInput(
                id="gebeurtenis-titel", label=t("Titel (kort, komt in de grafiek)"), size="sm", value=""
            ),
            dmc.Textarea(
                id="gebeurtenis-toelichting", label=t("Toelichting: wat gebeurde er, en waar staat dat?"), size="sm",
                autosize=True, minRows=2, value="",
            ),
            html.P(t("Schrijf geen namen of nummers van personen op."), className="opmerking"),
            html.Button(t("Voeg toe"), id="gebeurtenis-toevoegen", className="knop"),
            html.Div(id="gebeurtenis-melding", role="status"),
        ],
        className="kaart formulier",
    )  # fmt: skip
