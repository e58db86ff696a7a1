"""The web app: one frame, a page per address, and the address holds the whole view."""

from pathlib import Path
from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, html, no_update

from dashboard import access
from dashboard.access import Desk
from dashboard.components.frame import begin, footer, frame
from dashboard.downloads import add_downloads
from dashboard.flow import add_flow
from dashboard.pages import PAGES, WITHOUT_DATA, Context
from dashboard.state import FILTERS, View
from data import instellingen
from data.fouten import Gebruiksfout

_INDEX = """<!DOCTYPE html>
<html lang="nl">
  <head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
  <body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


def create_app(werkmap: Path, afspraken: Path | None = None, leveringen: Path | None = None) -> dash.Dash:
    """The app for one work folder; reports that are uploaded are kept in `leveringen`.

    Raises Gebruiksfout when the agreements hold mistakes.
    """
    desk = Desk(Path(werkmap), afspraken)
    inloggen = instellingen.lees(Path(werkmap)).inloggen
    sessions = access.Sessions(inloggen.sessie_uren, inloggen.sessiesleutel.get_secret_value())
    gate = access.Gate(inloggen, sessions, access.Limiter())
    app = dash.Dash(
        __name__, title="Inburgeringsmonitor", update_title="", serve_locally=True, suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )  # fmt: skip
    app.index_string = _INDEX
    access.add_gate(app.server, gate)

    def layout() -> Any:
        # Dash asks for the layout once by itself, before anybody does
        person, snapshot = access.known(), desk.snapshot() if access.known() else None
        menu = [
            (path, name) for path, (name, _) in PAGES.items() if person and person.mag(access.PAGINAS.get(path, ""))
        ]
        return frame(menu, desk.facts(snapshot) if snapshot else None, person)

    app.layout = layout
    _pages(app, desk)
    _filters(app)
    add_downloads(app.server, desk)
    add_flow(app.server, desk, leveringen)
    access.add_login(app.server, gate)
    access.add_web(app.server, gate, app.csp_hashes)
    return app


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
        found = find_page(_home(path))
        try:
            content, facts = _content(desk, path, found, view)
        except access.Geweigerd as fault:
            content, facts = html.Div([html.H1("Dat mag u niet zien"), html.P(fault.melding)]), None
        except Gebruiksfout as fault:
            content, facts = html.Div([html.H1("Dat kan niet"), *[html.P(one) for one in fault.meldingen]]), None
        here = found[0] if found else ""
        classes = ["menu-link hier" if one["pad"] == here else "menu-link" for one in menu]
        return content, footer(facts, view), classes, [one["pad"] + view.write() for one in menu]


def _home(path: str) -> str:
    """Who may not see the first page begins at the first one of theirs."""
    mine = access.pages_of(access.current(), PAGES)
    return mine[0] if path == "/" and mine else path


def find_page(path: str) -> tuple[str, str] | None:
    """(the page's path, what follows it), or None."""
    path = "/" + path.strip("/")
    if path in PAGES:
        return path, ""
    parent, _, rest = path.rpartition("/")
    return (parent, rest) if parent == "/contracten" else None


def _content(desk: Desk, path: str, found: tuple[str, str] | None, view: View) -> tuple[Any, dict[str, Any] | None]:
    if found is None:
        return html.Div([html.H1("Deze pagina bestaat niet"), html.P(f"Het adres {path} kennen wij niet.")]), None
    access.require(access.PAGINAS.get(found[0], ""))
    snapshot = desk.snapshot()
    render: Any = PAGES[found[0]][1]
    if snapshot is None:
        return (render(None) if found[0] in WITHOUT_DATA else begin()), None
    return render(Context(desk, snapshot, view, found[1])), desk.facts(snapshot)


def _filters(app: dash.Dash) -> None:
    @app.callback(
        Output("adres", "search"),
        Input({"type": "filter", "naam": ALL}, "value"),
        Input("peildatum", "value"),
        Input("wis", "n_clicks"),
        State({"type": "filter", "naam": ALL}, "id"),
        State("adres", "search"),
        prevent_initial_call=True,
    )
    def to_address(
        values: list[Any], day: str | None, wiped: Any, ids: list[dict[str, str]], search: str | None
    ) -> Any:
        del wiped
        before = View.read(search)
        if ctx.triggered_id == "wis":
            return "" if search else no_update
        chosen = {one["naam"]: tuple(value) for one, value in zip(ids, values, strict=True) if value}
        text = View(chosen, View.read(f"peildatum={day or ''}").peildatum, before.van).write()
        return no_update if text == before.write() else text

    @app.callback(
        Output({"type": "filter", "naam": ALL}, "value"),
        Output("peildatum", "value"),
        Input("adres", "search"),
        State({"type": "filter", "naam": ALL}, "id"),
    )
    def from_address(search: str | None, ids: list[dict[str, str]]) -> Any:
        view = View.read(search)
        assert set(FILTERS) >= set(view.filters)
        return (
            [list(view.filters.get(one["naam"], ())) for one in ids],
            view.peildatum.isoformat() if view.peildatum else None,
        )
