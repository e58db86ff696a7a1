"""Definities: what each figure counts, why, and on which tables it rests; with a search over all of it."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

import metrics
from dashboard.components import page_title, section
from dashboard.pages.context import Context

_SOORT = {
    "aantal": "een aantal", "aandeel": "een deel van een groep", "gemiddelde": "een gemiddelde",
    "kwartielen": "de middelste waarde", "tijd_tot": "de tijd tot iets gebeurt", "incidentie": "de afloop na een tijd",
    "verhouding": "een verhouding", "bedrag": "een bedrag",
}  # fmt: skip


def render(context: Context | None) -> Any:
    """All definitions by sub-goal; works without any delivery."""
    groups: dict[str, list[metrics.Definition]] = {}
    for one in metrics.catalogue().values():
        groups.setdefault(one.subdoel, []).append(one)
    search = context.view.plain().write() if context else ""
    sections = [
        html.Div(
            section(goal.capitalize(), html.Div([_card(one, search) for one in found], className="kaarten")),
            **_data("groep", goal),
        )
        for goal, found in groups.items()
    ]
    count = len(metrics.catalogue())
    said = f"Er zijn {count} cijfers, elk met één definitie."
    return html.Div(
        [
            page_title("Definities", "Wat telt elk cijfer precies?", said),
            dmc.TextInput(
                id="zoek-definitie", label="Zoek in titels, vragen, definities, tabellen en kolommen", size="sm",
                placeholder="bijvoorbeeld examen, datum_pip of contract", className="zoek-definitie",
            ),
            html.P(f"{count} cijfers.", id="zoek-melding", role="status", className="opmerking"),
            *sections,
        ]
    )  # fmt: skip


def _card(one: metrics.Definition, search: str) -> html.Article:
    tables = metrics.lineage(one.id)
    words = [one.id, one.id.replace("_", " "), one.titel, one.vraag, one.definitie, one.subdoel, *one.bron, *tables]
    words += [column for columns in tables.values() for column in columns]
    rests = [
        html.Li([html.B(table), f": {', '.join(columns) or 'alle rijen'}"]) for table, columns in sorted(tables.items())
    ]
    return html.Article(
        [
            html.H3(dcc.Link(one.titel, href=f"/cijfer/{one.id}{search}"), className="kaart-titel"),
            html.P(one.vraag, className="zin"),
            html.P(" ".join(one.definitie.split())),
            html.P(f"Het is {_SOORT[one.soort]}. Bron: {'; '.join(one.bron)}. Naam: {one.id}.", className="opmerking"),
            html.Details([html.Summary("Op welke tabellen en kolommen rust dit?"), html.Ul(rests, className="lijst")]),
        ],
        className="kaart",
        id=one.id,
        **_data("zoek", " ".join(" ".join(words).lower().split())),
    )


def _data(name: str, value: str) -> dict[str, Any]:
    """An attribute for the search in the page itself."""
    return {f"data-{name}": value}
