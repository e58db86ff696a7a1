"""The web app: one frame, a page per address, and the address holds the whole view."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import dash
import flask
from dash import ALL, Input, Output, State, dcc, html

import metrics
from dashboard import access
from dashboard.access import Desk
from dashboard.bundle import PLACE, add_bundle
from dashboard.components.filterbar import periods
from dashboard.components.frame import begin, footer, frame
from dashboard.compression import add_compression
from dashboard.downloads import add_downloads
from dashboard.events.form import add_events
from dashboard.figures.routes import add_pictures
from dashboard.filters import add_filters
from dashboard.flow import add_flow
from dashboard.jobs import Queue
from dashboard.operation.web import add_operation
from dashboard.pages import PAGES, WITHOUT_DATA, Context, Found, bar_facts, find, knows, lead_in, meant, page_of
from dashboard.publishing import add_publishing
from dashboard.state import CHOICES, FIRST_DAY, View
from dashboard.switching import add_switching
from dashboard.texts import add_language, language, t
from dashboard.typeface import add_typeface
from data import instellingen
from data.fouten import Gebruiksfout
from data.vandaag import vandaag

WARM = "inburgering-voorwerk"
_FOR_CHARTS = ("/_dash-component-suites/dash/dcc/async-graph.js", PLACE)
_WITHOUT_CHARTS = ("/", "/contracten", "/publiceren", "/gegevens", "/definities", "/termijnen", "/gebeurtenissen")
_FILTERED = ("/", "/instroom", "/de-reis", "/resultaat", "/geld")
_INDEX = """<!DOCTYPE html>
<html lang="{taal}">
  <head>{%metas%}<!--vooraf--><title>{%title%}</title>{%favicon%}{%css%}</head>
  <body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


class _App(dash.Dash):
    """Dash, whose first answer says its language to a screen reader, and names what a page with charts asks for only
    later: it comes in the meantime."""

    def interpolate_index(self, *args: Any, **parts: Any) -> str:
        """The whole first answer."""
        when = "prefetch" if flask.request.path in _WITHOUT_CHARTS else "preload"
        links = "".join(f'<link rel="{when}" as="script" href="{address}">' for address in _FOR_CHARTS)
        page = super().interpolate_index(*args, **parts)
        return page.replace("<!--vooraf-->", links, 1).replace("{taal}", language(), 1)


def create_app(werkmap: Path, afspraken: Path | None = None, leveringen: Path | None = None) -> dash.Dash:
    """The app for one work folder; reports that are uploaded are kept in `leveringen`.

    Raises Gebruiksfout when the agreements hold mistakes.
    """
    desk = Desk(Path(werkmap), afspraken)
    chosen = instellingen.lees(Path(werkmap))
    inloggen = chosen.inloggen
    sessions = access.Sessions(inloggen.sessie_uren, inloggen.sessiesleutel.get_secret_value())
    gate = access.Gate(inloggen, sessions, access.Limiter())
    app = _App(
        __name__, title="Inburgeringsmonitor", update_title="", serve_locally=True, suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )  # fmt: skip
    app.index_string = _INDEX
    gate.callbacks = app.callback_map
    access.add_gate(app.server, gate)

    def layout() -> Any:
        # Dash asks for the layout once by itself, before anybody does
        person = access.known()
        try:
            snapshot = desk.snapshot() if person else None
        except Gebruiksfout:  # none can be read: the frame stands, and the page says why
            snapshot = None
        menu = [(path, t(PAGES[path][0])) for path in access.pages_of(person, PAGES)]
        return frame(menu, bar_facts(desk, snapshot) if snapshot else None, person)

    app.layout = layout
    _pages(app, desk)
    add_filters(app)
    add_events(app, desk)
    add_switching(app, desk)
    add_operation(app.server, Path(werkmap))
    add_downloads(app.server, desk)
    add_pictures(app.server, desk)
    add_typeface(app.server)
    add_bundle(app.server)
    add_compression(app.server)
    add_flow(app.server, desk, leveringen)
    app.server.config["MAX_CONTENT_LENGTH"] = chosen.server.max_upload_mb * 1024 * 1024
    add_publishing(app.server, desk, Queue())
    access.add_login(app.server, gate)
    access.add_web(app.server, gate, app.csp_hashes)
    add_language(app.server, secure=gate.secure)
    first, *others = PAGES
    app.server.extensions[WARM] = lambda: [
        partial(_work_out, desk, first),
        *(partial(_prepare, desk, id) for id in metrics.catalogue()),
        *(partial(_work_out, desk, path) for path in others),
        *(partial(_work_out, desk, path, search) for search in _single(desk) for path in _FILTERED),
    ]
    return app


def _single(desk: Desk) -> list[str]:
    """The views of one choice: what most people look at first. Of the periods that can be chosen the whole years."""
    with access.acting(access.demo_person()):
        snapshot = desk.snapshot()
        facts = desk.facts(snapshot) if snapshot else {"gemeenten": [], "peildatum": FIRST_DAY}
    towns = [code for code, _ in facts["gemeenten"]]
    years = [str(year) for year in range(FIRST_DAY.year, vandaag().year + 1)]
    every = {"gemeente": towns, **{name: CHOICES[name] for name in ("doelgroep", "leerroute")}, "cohort": years}
    return [
        *(View({name: (value,)}).write() for name, values in every.items() for value in values),
        *(
            View(van=van, tot=tot).write()
            for van, tot, _ in periods(facts["peildatum"])
            if tot == date(van.year, 12, 31) and van == date(van.year, 1, 1)
        ),
    ]


def _prepare(desk: Desk, id: str) -> None:
    """A figure for who may see everything: another filter is then quick."""
    with access.acting(access.demo_person()):
        desk.prepare(id)


def _work_out(desk: Desk, path: str, search: str = "") -> None:
    """A page for who may see everything: what it takes is then remembered."""
    with access.acting(access.demo_person()):
        _content(desk, path, find(path), View.read(search))


def _pages(app: dash.Dash, desk: Desk) -> None:
    @app.callback(
        Output("inhoud-blok", "children"),
        Output("voet", "children"),
        Output({"type": "menu", "pad": ALL}, "className"),
        Output({"type": "menu", "pad": ALL}, "href"),
        Input("adres", "pathname"),
        Input("adres", "search"),
        State({"type": "menu", "pad": ALL}, "id"),
    )
    def show(pathname: str | None, search: str | None, menu: list[dict[str, str]]) -> Any:
        path, view = pathname or "/", View.read(search)
        found = find(_home(path))
        try:
            content, facts = _content(desk, path, found, view)
        except access.Geweigerd as fault:
            content, facts = html.Div([html.H1(t("Dat mag u niet zien")), html.P(t(fault.melding))]), None
        except Gebruiksfout as fault:
            content, facts = html.Div([html.H1(t("Dat kan niet")), *[html.P(t(one)) for one in fault.meldingen]]), None
        here = page_of(found)
        classes = ["menu-link hier" if one["pad"] == here else "menu-link" for one in menu]
        hrefs = [one["pad"] + view.plain().write() for one in menu]
        return content, footer(facts, view), classes, hrefs


def _home(path: str) -> str:
    """Who may not see the first page begins at the first one of theirs."""
    mine = access.pages_of(access.current(), PAGES)
    return mine[0] if path == "/" and mine else path


def _content(desk: Desk, path: str, found: Found | None, view: View) -> tuple[Any, dict[str, Any] | None]:
    if found is None:
        told = t("Het adres {adres} kennen wij niet.", adres=path)
        other = meant(path)
        question = t("Bedoelt u de pagina {naam}?", naam=t(PAGES[other][0])) if other else t("Naar Vandaag")
        link = dcc.Link(question, href=(other or "/") + view.write())
        return html.Div([html.H1(t("Deze pagina bestaat niet")), html.P(told), link]), None
    access.require(access.PAGINAS.get(found.path, ""))
    snapshot = desk.snapshot(view.momentopname if access.current().mag("cijfers") else None)
    if snapshot is None:
        return (found.render(None) if found.path in WITHOUT_DATA else begin()), None
    context = Context(desk, snapshot, view if found.detail else view.plain(), found.rest)
    told = html.P(desk.told, className="melding", role="status") if desk.told else None
    page = html.Div([told, lead_in(context, found.address, knows(found)), found.render(context)])
    return page, desk.facts(snapshot)
