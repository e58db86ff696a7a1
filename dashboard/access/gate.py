"""The gate before every address: the right host, a known person, the right that the address asks for, its own forms."""

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from getpass import getuser
from typing import Any
from urllib.parse import urlsplit

import flask
from dash import dcc, html
from markupsafe import Markup, escape
from plotly.io.json import to_json_plotly

from dashboard.access.limits import Limiter
from dashboard.access.people import Geweigerd, Person, current
from dashboard.access.rights import ADRESSEN, IEDEREEN, ROLLEN
from dashboard.access.sessions import Sessions
from dashboard.texts import mark, t
from data.instellingen import Inloggen

HEALTH = ("beheer.alive", "beheer.ready")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
SMALL = 1024 * 1024  # what is sent with a form or a callback; an upload may be larger
_SAFE = ("GET", "HEAD", "OPTIONS")
_CALLBACK = "/_dash-update-component"


@dataclass
class Gate:
    """What the gate knows: the settings, the sessions, and how often each one asked."""

    inloggen: Inloggen
    sessions: Sessions
    limiter: Limiter
    callbacks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def secure(self) -> bool:
        """Whether the browser speaks to us over https."""
        return self.inloggen.adres.startswith("https://")

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; a browser lets no other site or address set one that begins so."""
        return "__Host-inburgering" if self.secure else "inburgering"

    def person(self) -> Person | None:
        """Who asks, by the browser's cookie; without login: the demo user."""
        if not self.inloggen.aan:
            return demo_person()
        session = self.sessions.find(flask.request.cookies.get(self.cookie))
        return session.person if session else None


def demo_person() -> Person:
    """Whoever sits at this computer. They may do everything, as they could with the command line."""
    try:
        name = os.environ.get("USER") or getuser()
    except (KeyError, OSError):  # a container whose user has no name
        name = "demo"
    return Person(name, frozenset(ROLLEN), None, demo=True, sleutel="demo")


def add_gate(server: flask.Flask, gate: Gate) -> None:
    """Put the gate before every address of a server."""
    server.extensions["toegang"] = gate
    server.jinja_env.globals.update(csrf_veld=csrf_veld, wie=current)
    server.before_request_funcs.setdefault(None, []).insert(0, lambda: _pass(server, gate))


def right_of(server: flask.Flask, endpoint: str) -> str | None:
    """The right that an address asks for: as its view declares, or as the table says; None: nobody may."""
    return getattr(server.view_functions.get(endpoint), "recht", None) or ADRESSEN.get(endpoint)


def _pass(server: flask.Flask, gate: Gate) -> Any:
    request = flask.request
    _host(gate)
    if request.endpoint is None:
        return None  # there is no such address: what follows says so
    request.max_content_length = SMALL
    right = right_of(server, request.endpoint)
    person = gate.person()
    if right == IEDEREEN:
        if request.method not in _SAFE:
            _same_site(gate)
        return None
    if person is None:
        return _to_login()
    flask.g.persoon = person
    if right is None or not person.mag(right):
        raise Geweigerd
    view = server.view_functions[request.endpoint]
    kind = "lezen" if request.method in _SAFE or request.endpoint == _CALLBACK else "schrijven"
    kind = "zwaar" if getattr(view, "zwaar", False) else kind
    if not (person.demo and kind == "lezen") and not gate.limiter.allow(kind, person.sleutel):
        flask.abort(429)
    if request.method not in _SAFE:
        if getattr(view, "groot", False):
            request.max_content_length = server.config.get("MAX_CONTENT_LENGTH")
        _same_site(gate)
        if request.endpoint == _CALLBACK:
            _as_dash_sends(gate)
        else:
            _own_form(gate, person)
    return None


def _host(gate: Gate) -> None:
    """Only the names that we have. Any other name is a page elsewhere that had its name point at this computer (DNS
    rebinding), or one that wants its own name in our answers."""
    given, mine = urlsplit(f"//{flask.request.host}"), urlsplit(gate.inloggen.adres)
    name = f"[{given.hostname}]" if ":" in (given.hostname or "") else given.hostname
    health = flask.request.endpoint in HEALTH  # asked from this computer, whatever our name outside is
    if gate.inloggen.aan and not (health and name in LOCAL):
        good = given.netloc.lower() == mine.netloc.lower()
    else:
        good = name in LOCAL
    if not good:
        flask.abort(400)


def _own_origin(gate: Gate) -> str:
    if gate.inloggen.aan:
        mine = urlsplit(gate.inloggen.adres)
        return f"{mine.scheme}://{mine.netloc}"
    return flask.request.host_url.rstrip("/")


def _same_site(gate: Gate) -> None:
    """What another site sends is refused. A callback is JSON, which another site cannot send unasked."""
    site, origin = flask.request.headers.get("Sec-Fetch-Site"), flask.request.headers.get("Origin")
    callback = flask.request.endpoint == _CALLBACK and flask.request.is_json
    older = origin == _own_origin(gate) or (origin is None and callback)  # a browser that tells no more than Origin
    if not (older if site is None else site == "same-origin"):
        raise Geweigerd(mark("Dit formulier kwam niet van deze site en is geweigerd."))


def _as_dash_sends(gate: Gate) -> None:
    """A callback that the page has, with the number and kind of values that it has; anything else is no question."""
    body = flask.request.get_json(silent=True)
    if not isinstance(body, dict) or body.get("output") not in list(gate.callbacks):
        flask.abort(400)
    asked = gate.callbacks[body["output"]]
    for part, known_part in (("inputs", asked["inputs"]), ("state", asked.get("state", []))):
        given = body.get(part, [])
        if not isinstance(given, list) or len(given) != len(known_part):
            flask.abort(400)
        for one in given:
            if not all(_sound(item) for item in (one if isinstance(one, list) else [one])):
                flask.abort(400)
    outputs = body.get("outputs", [])
    for one in outputs if isinstance(outputs, list) else [outputs]:
        if not all(_sound(item) for item in (one if isinstance(one, list) else [one])):
            flask.abort(400)
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(_text(one) for one in changed):
        flask.abort(400)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _sound(item: Any) -> bool:
    """One value of a callback: where it comes from, and for an address or an id what it can be."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str | dict) or not _text(item.get("property")):
        return False
    value = item.get("value")
    if item["property"] == "id":
        return isinstance(value, dict) and value == item["id"] and all(_text(part) for part in value.values())
    return item["id"] != "adres" or value is None or _text(value)


def _own_form(gate: Gate, person: Person) -> None:
    """A form carries what only a page of this session knows."""
    given = flask.request.headers.get("X-CSRF-Token") or flask.request.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), gate.sessions.csrf(person).encode()):
        raise Geweigerd(mark("Deze pagina is te oud. Ga terug, laad de pagina opnieuw en probeer het nog eens."))


def _to_login() -> Any:
    request = flask.request
    if request.endpoint == _CALLBACK:
        return flask.Response(to_json_plotly(_ended()), mimetype="application/json")
    kind = request.accept_mimetypes.best_match(["application/json", "text/html"])
    if request.method == "GET" and kind == "text/html":
        path = request.full_path.rstrip("?") if request.query_string else request.path
        return flask.redirect(flask.url_for("inloggen.begin", naar=path))
    return flask.abort(401)


def _ended() -> dict[str, Any]:
    """What an open page shows when the session has ended under it: nothing but the way to log in."""
    text = html.Div([html.H1(t("U bent niet meer ingelogd")), html.A(t("Opnieuw inloggen"), href="/inloggen")])
    return {"multi": True, "response": {}, "sideUpdate": {"inhoud-blok": {"children": text}}}


def csrf_token() -> str:
    """What a form of who asks must carry."""
    gate: Gate = flask.current_app.extensions["toegang"]
    return gate.sessions.csrf(current())


def csrf_veld() -> Markup:
    """For a form in a Jinja template."""
    return Markup(f'<input type="hidden" name="csrf" value="{escape(csrf_token())}">')


def csrf_field() -> Any:
    """For an html.Form of Dash."""
    return dcc.Input(type="hidden", name="csrf", value=csrf_token())
