"""The frame around every page: heading, menu, filters, light or dark, and where the numbers come from."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard import wording
from dashboard.access import Person
from dashboard.components.parts import aria
from dashboard.state import FILTERS, View

CHOICES: dict[str, list[str]] = {
    "doelgroep": ["asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"],
    "leerroute": ["B1", "onderwijs", "Z"],
}
_LABELS = {"gemeente": "Gemeente", "doelgroep": "Doelgroep", "leerroute": "Leerroute", "cohort": "Jaar van start"}


def frame(menu: list[tuple[str, str]], facts: dict[str, Any] | None, person: Person | None = None) -> Any:
    """The whole page without its content. `facts` of the momentopname; None when nothing was loaded. `person`: who
    looks, with a banner when nobody had to log in."""
    links = [dcc.Link(name, href=path, className="menu-link", id={"type": "menu", "pad": path}) for path, name in menu]
    example = bool(facts and facts["voorbeeld"])
    return dmc.MantineProvider(
        [
            dcc.Location(id="adres", refresh="callback-nav"),
            html.A("Naar de inhoud", href="#inhoud", className="overslaan"),
            _demo() if person is not None and person.demo else None,
            html.Header(
                [
                    html.Div(
                        [
                            html.Span("Inburgeringsmonitor", className="merk"),
                            html.Span("VOORBEELD: verzonnen gegevens", className="voorbeeld") if example else None,
                        ],
                        className="merkregel",
                    ),
                    _who(person) if person is not None and not person.demo else None,
                    dmc.ColorSchemeToggle(
                        lightIcon="☀", darkIcon="☾", color="gray", size="lg",
                        **aria("Wissel tussen licht en donker"),
                    ),
                ],
                className="kop",
            ),
            html.Div(
                [
                    html.Nav(links, className="menu", **aria("Hoofdmenu")),
                    html.Div(
                        [
                            html.Div(_filters(facts) if facts else None, id="filters"),
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
        ],
        theme={"primaryColor": "blue", "fontFamily": "system-ui, 'Segoe UI', Roboto, 'Source Sans Pro', sans-serif"},
        defaultColorScheme="auto",
    )  # fmt: skip


def _demo() -> Any:
    text = (
        "Inloggen is niet ingesteld: het dashboard werkt alleen op deze computer, en wie hier zit ziet alles. "
        "Hoe u inloggen instelt, staat in docs/toegang.md."
    )
    return html.P(text, className="zonder-inloggen", role="note")


def _who(person: Person) -> Any:
    """Who is logged in, as what, and the way out."""
    roles = ", ".join(sorted(person.rollen))
    return html.Span([f"{person.naam} ({roles}) · ", html.A("Uitloggen", href="/uitloggen")], className="wie")


def _filters(facts: dict[str, Any]) -> Any:
    newest = facts["peildatum"]
    data = {
        **{name: list(values) for name, values in CHOICES.items()},
        "gemeente": [{"value": code, "label": name} for code, name in facts["gemeenten"]],
        "cohort": [str(year) for year in range(2022, newest.year + 1)],
    }
    boxes: list[Any] = [
        dmc.MultiSelect(
            id={"type": "filter", "naam": name}, label=_LABELS[name], data=data[name], placeholder="alle",
            clearable=True, searchable=name == "gemeente", hidePickedOptions=True, size="sm", className="filter",
            nothingFoundMessage="Niet gevonden", clearButtonProps=_wipe(f"Wis {_LABELS[name]}"),
        )
        for name in FILTERS
    ]  # fmt: skip
    days = [{"value": day.isoformat(), "label": wording.day(day)} for day in reversed(list(_quarter_ends(newest)))]
    boxes.append(
        dmc.Select(
            id="peildatum", label="Peildatum", data=days, placeholder=wording.day(newest), clearable=True, size="sm",
            className="filter", clearButtonProps=_wipe("Wis de peildatum"),
        )
    )  # fmt: skip
    reset = html.Button("Alles wissen", id="wis", className="wis")
    return html.Div([*boxes, reset], className="filterbalk", role="group", **aria("Filters"))


def _wipe(label: str) -> Any:
    return aria(label)


def _quarter_ends(newest: Any) -> Any:
    from datetime import date, timedelta

    year, month = 2022, 4
    while (day := date(year, month, 1) - timedelta(days=1)) <= newest:
        yield day
        year, month = (year + 1, 1) if month == 10 else (year, month + 3)


def footer(facts: dict[str, Any] | None, view: View) -> list[Any]:
    """Of when the numbers are and which momentopname they come from."""
    if facts is None:
        return []
    day = view.peildatum or facts["peildatum"]
    return [html.Span(f"Peildatum {wording.day(day)} · momentopname {facts['id']} · programma {facts['programma']}")]


def begin() -> Any:
    """What a new user sees before anything was loaded."""
    return html.Div(
        [
            html.H1("Welkom", className="pagina-titel"),
            html.P("Er is nog niets geladen. Zo begint u:", className="pagina-vraag"),
            html.Ol(
                [
                    html.Li(
                        ["Maak een leeg werkboek: ", html.Code("inburgering sjabloon gemeente --uit gegevens.xlsx")]
                    ),
                    html.Li("Vul de bladen personen en trajecten. Daarmee werken Instroom en De reis al."),
                    html.Li(["Laad de map waarin het werkboek staat: ", html.Code("inburgering laad MAP")]),
                    html.Li(["Of probeer het eerst met verzonnen gegevens: ", html.Code("inburgering start")]),
                ],
                className="lijst",
            ),
        ]
    )
