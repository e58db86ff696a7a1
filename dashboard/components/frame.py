"""The frame around every page: heading, menu, filters, light or dark, and where the numbers come from."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import wording
from dashboard.access import Person
from dashboard.components.filterbar import filter_bar, find_figure
from dashboard.components.parts import aria
from dashboard.state import View
from dashboard.texts import LANGUAGES, language, t


def frame(menu: list[tuple[str, str]], facts: dict[str, Any] | None, person: Person | None = None) -> Any:
    """The whole page without its content. `facts` of the momentopname; None when nothing was loaded. `person`: who
    looks, with a banner when nobody had to log in."""
    links = [dcc.Link(name, href=path, className="menu-link", id={"type": "menu", "pad": path}) for path, name in menu]
    example = bool(facts and facts["voorbeeld"])
    return dmc.MantineProvider(
        [
            dcc.Location(id="adres", refresh="callback-nav"),
            html.A(t("Naar de inhoud"), href="#inhoud", className="overslaan"),
            _demo() if person is not None and person.demo else None,
            html.Header(
                [
                    html.Div(
                        [
                            html.Span("Inburgeringsmonitor", className="merk"),
                            html.Span(t("VOORBEELD: verzonnen gegevens"), className="voorbeeld") if example else None,
                        ],
                        className="merkregel",
                    ),
                    find_figure(),
                    _who(person) if person is not None and not person.demo else None,
                    *_languages(),
                    dmc.ColorSchemeToggle(
                        lightIcon="☀", darkIcon="☾", color="gray", size="lg",
                        **aria(t("Wissel tussen licht en donker")),
                    ),
                ],
                className="kop",
            ),
            html.Div(
                [
                    html.Nav(links, className="menu", **aria(t("Hoofdmenu"))),
                    html.Div(
                        [
                            html.Div(filter_bar(facts) if facts else None, id="filters"),
                            html.Main(
                                dcc.Loading(html.Div(id="inhoud-blok"), type="dot", delay_show=300),
                                id="inhoud", tabIndex=-1,
                            ),
                            html.Footer(id="voet", className="voet"),
                        ],
                        className="kolom",
                    ),
                ],
                className="vlak",
            ),
            _for_scripts(),
        ],
        theme={"primaryColor": "blue", "fontFamily": "system-ui, 'Segoe UI', Roboto, 'Source Sans Pro', sans-serif"},
        defaultColorScheme="auto",
    )  # fmt: skip


def _demo() -> Any:
    text = t(
        "Inloggen is niet ingesteld: het dashboard werkt alleen op deze computer, en wie hier zit ziet alles. "
        "Hoe u inloggen instelt, staat in docs/toegang.md."
    )
    return html.P(text, className="zonder-inloggen", role="note")


def _who(person: Person) -> Any:
    """Who is logged in, as what, and the way out."""
    roles = ", ".join(sorted(person.rollen))
    return html.Span([f"{person.naam} ({roles}) · ", html.A(t("Uitloggen"), href="/uitloggen")], className="wie")


def _languages() -> list[Any]:
    """The other languages, each by its own name; the view stays the same."""
    return [
        html.A(name, href=f"?taal={code}", lang=code, hrefLang=code, className="taal", **{"data-taal": code})  # pyright: ignore[reportArgumentType]
        for code, name in LANGUAGES.items()
        if code != language()
    ]


def _for_scripts() -> Any:
    """What the scripts of the page say, in its language: they read it here (assets/*.js)."""
    said = {
        "data-gevonden-een": t("1 cijfer gevonden."),
        "data-gevonden": t("{n} cijfers gevonden."),
        "data-gekopieerd": t("De link is gekopieerd."),
        "data-zelf-kopieren": t("Kopiëren kan hier niet. Neem de link over: {adres}"),
        "data-bijgewerkt": t("Bijgewerkt."),
    }
    return html.Div(id="teksten", hidden=True, **said)  # pyright: ignore[reportArgumentType]


def footer(facts: dict[str, Any] | None, view: View) -> list[Any]:
    """Of when the numbers are and which momentopname they come from."""
    if facts is None:
        return []
    day = view.peildatum or facts["peildatum"]
    told = t(
        "Peildatum {dag} · momentopname {id} · programma {programma}",
        dag=wording.day(day), id=facts["id"], programma=facts["programma"],
    )  # fmt: skip
    return [html.Span(told)]


def begin() -> Any:
    """What a new user sees before anything was loaded."""
    return html.Div(
        [
            html.H1(t("Welkom"), className="pagina-titel"),
            html.P(t("Er is nog niets geladen. Zo begint u:"), className="pagina-vraag"),
            html.Ol(
                [
                    html.Li(
                        [t("Maak een leeg werkboek: "), html.Code("inburgering sjabloon gemeente --uit gegevens.xlsx")]
                    ),
                    html.Li(t("Vul de bladen personen en trajecten. Daarmee werken Instroom en De reis al.")),
                    html.Li([t("Laad de map waarin het werkboek staat: "), html.Code("inburgering laad MAP")]),
                    html.Li([t("Of probeer het eerst met verzonnen gegevens: "), html.Code("inburgering start")]),
                ],
                className="lijst",
            ),
        ]
    )
