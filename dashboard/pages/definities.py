"""Definities: what each figure counts, why, and where that comes from."""

from typing import Any

from dash import html

import metrics
from dashboard.components import page_title
from dashboard.pages.context import Context

_SOORT = {
    "aantal": "een aantal", "aandeel": "een deel van een groep", "gemiddelde": "een gemiddelde",
    "kwartielen": "de middelste waarde", "tijd_tot": "de tijd tot iets gebeurt", "incidentie": "de afloop na een tijd",
    "verhouding": "een verhouding", "bedrag": "een bedrag",
}  # fmt: skip


def render(context: Context | None) -> Any:
    """All definitions; works without any delivery."""
    del context
    articles = [
        html.Article(
            [
                html.H2(one.titel, className="kaart-titel"),
                html.P(one.vraag, className="zin"),
                html.P(" ".join(one.definitie.split())),
                html.P(
                    f"Het is {_SOORT[one.soort]}. Bron: {'; '.join(one.bron)}. Naam: {one.id}.", className="opmerking"
                ),
            ],
            className="kaart",
            id=one.id,
        )
        for one in metrics.catalogue().values()
    ]
    return html.Div([page_title("Definities", "Wat telt elk cijfer precies?"), html.Div(articles, className="kaarten")])
