"""Definities: what each figure counts, why, and on which tables it rests; with a search over all of it."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

import metrics
from dashboard.components import page_title, section
from dashboard.components.parts import own_words, with_own
from dashboard.pages.context import Context
from dashboard.texts import DUTCH, language, mark, t
from dashboard.wording.letters import capital

_SOORT = {
    "aantal": mark("Het is een aantal."), "aandeel": mark("Het is een deel van een groep."),
    "gemiddelde": mark("Het is een gemiddelde."), "kwartielen": mark("Het is de middelste waarde."),
    "tijd_tot": mark("Het is de tijd tot iets gebeurt."), "incidentie": mark("Het is de afloop na een tijd."),
    "verhouding": mark("Het is een verhouding."), "bedrag": mark("Het is een bedrag."),
}  # fmt: skip


def render(context: Context | None) -> Any:
    """All definitions by sub-goal; works without any delivery."""
    groups: dict[str, list[metrics.Definition]] = {}
    for one in metrics.catalogue().values():
        groups.setdefault(one.subdoel, []).append(one)
    search = context.view.plain().write() if context else ""
    sections = [
        html.Div(
            section(capital(t(goal)), html.Div([_card(one, search) for one in found], className="kaarten")),
            **_data("groep", goal),
        )
        for goal, found in groups.items()
    ]
    count = len(metrics.catalogue())
    said = t("Er zijn {n} cijfers, elk met één definitie.", n=count)
    return html.Div(
        [
            page_title(t("Definities"), t("Wat telt elk cijfer precies?"), said),
            dmc.TextInput(
                id="zoek-definitie", label=t("Zoek in titels, vragen, definities, tabellen en kolommen"), size="sm",
                placeholder=t("bijvoorbeeld examen, datum_pip of contract"), className="zoek-definitie",
            ),
            html.P(t("{n} cijfers.", n=count), id="zoek-melding", role="status", className="opmerking"),
            *sections,
        ]
    )  # fmt: skip


def _card(one: metrics.Definition, search: str) -> html.Article:
    tables = metrics.lineage(one.id)
    told = [one.titel, one.vraag, one.definitie, one.subdoel, *one.bron]
    words = [one.id, one.id.replace("_", " "), *told, *tables]
    words += [] if language() == DUTCH else [t(text) for text in told]
    words += [column for columns in tables.values() for column in columns]
    whole = t("alle rijen")
    rests = [
        html.Li([html.B(own_words(table)), with_own(f": {', '.join(columns) or whole}", [", ".join(columns)])])
        for table, columns in sorted(tables.items())
    ]
    return html.Article(
        [
            html.H3(dcc.Link(t(one.titel), href=f"/cijfer/{one.id}{search}"), className="kaart-titel"),
            html.P(t(one.vraag), className="zin"),
            html.P(" ".join(t(one.definitie).split())),
            html.P(with_own(f"{t(_SOORT[one.soort])} {_origin(one)}", [one.id]), className="opmerking"),
            html.Details(
                [html.Summary(t("Op welke tabellen en kolommen rust dit?")), html.Ul(rests, className="lijst")]
            ),
        ],
        className="kaart",
        id=one.id,
        **_data("zoek", " ".join(" ".join(words).lower().split())),
    )


def _origin(one: metrics.Definition) -> str:
    return t("Bron: {bronnen}. Naam: {naam}.", bronnen="; ".join(t(source) for source in one.bron), naam=one.id)


def _data(name: str, value: str) -> dict[str, Any]:
    """An attribute for the search in the page itself."""
    return {f"data-{name}": value}
