"""The addresses for logging in and out."""

import hashlib
import hmac
import logging
from typing import Any
from urllib.parse import urlsplit

import flask

from dashboard.access.gate import Gate
from dashboard.access.oidc import Mislukt, Provider, person_of
from dashboard.access.people import needs
from dashboard.access.rights import IEDEREEN
from dashboard.access.sessions import Once
from dashboard.operation import audit
from dashboard.texts import mark, t

_log = logging.getLogger("inburgering")
_NOT_FOR_YOU = {
    "geen_rol": mark(
        "U bent ingelogd bij uw organisatie, maar u hebt in deze monitor nog geen rol. Vraag uw beheerder."
    ),
    "geen_gemeente": mark(
        "U bent ingelogd bij uw organisatie, maar er staat niet bij welke gemeente u hoort. Vraag uw beheerder."
    ),
}
_SORRY = mark("Het inloggen is niet gelukt. Probeer het nog eens.")


def add_login(server: flask.Flask, gate: Gate) -> None:
    """Add /inloggen, /inloggen/terug, /uitloggen and /uitgelogd."""
    pages = flask.Blueprint("inloggen", __name__, template_folder="templates")
    provider, attempts = Provider(gate.inloggen), Once()
    place = f"{gate.cookie}-poging"

    @pages.before_request
    def only_with_login() -> Any:
        if not gate.inloggen.aan:
            flask.abort(404)
        endpoint = flask.request.endpoint or ""
        who = flask.request.remote_addr or "?"
        if endpoint != "inloggen.gone" and not gate.limiter.allow("inloggen", who):
            flask.abort(429)
        return None

    @pages.get("/inloggen")
    @needs(IEDEREEN)
    def begin() -> Any:
        if gate.person() is not None:
            return flask.redirect(safe_path(flask.request.args.get("naar")))
        try:
            attempt = provider.attempt(safe_path(flask.request.args.get("naar")))
            address = provider.address(attempt)
        except Mislukt as fault:
            return _failed(fault.reden, 503)
        attempts.put(attempt.state, attempt)
        response = flask.redirect(address)
        # of this browser only: a code that somebody else was given is of no use in it (login CSRF)
        _set_cookie(gate, response, place, attempt.browser, 600)
        return response

    @pages.get("/inloggen/terug")
    @needs(IEDEREEN)
    def back() -> Any:
        asked = flask.request.args
        attempt = attempts.take(asked.get("state", ""))
        browser = flask.request.cookies.get(place, "")
        if attempt is None or not hmac.compare_digest(_hash(browser), _hash(attempt.browser)):
            return _failed("onbekende_poging", 400)
        if asked.get("iss", gate.inloggen.uitgever).rstrip("/") != gate.inloggen.uitgever:
            return _failed("uitgever_anders", 400)  # RFC 9207: an answer of another provider
        if "error" in asked or not asked.get("code"):
            return _failed("niet_toegestaan", 403)
        try:
            claims, token = provider.redeem(asked["code"], attempt)
            person = person_of(claims, gate.inloggen)
        except Mislukt as fault:
            return _failed(fault.reden, 403)
        gate.sessions.end(flask.request.cookies.get(gate.cookie))
        name = gate.sessions.begin(person, token)
        audit("inloggen", wie=person.naam, rol=sorted(person.rollen), gemeenten=sorted(person.gemeenten or {"alle"}))
        response = flask.redirect(attempt.naar, 303)
        _set_cookie(gate, response, gate.cookie, name, None)
        response.delete_cookie(place, path="/", secure=gate.secure, httponly=True, samesite="Lax")
        return response

    @pages.get("/uitloggen")
    @needs("ingelogd")
    def ask() -> Any:
        return flask.render_template("toegang/uitloggen.html")

    @pages.post("/uitloggen")
    @needs("ingelogd")
    def out() -> Any:
        session = gate.sessions.end(flask.request.cookies.get(gate.cookie))
        address = "/uitgelogd"
        if session is not None:
            audit("uitloggen", wie=session.person.naam)
            address = provider.end_address(session.bewijs) or address
        response = flask.redirect(address, 303)
        response.delete_cookie(gate.cookie, path="/", secure=gate.secure, httponly=True, samesite="Lax")
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    @pages.get("/uitgelogd")
    @needs(IEDEREEN)
    def gone() -> Any:
        return flask.render_template("toegang/uitgelogd.html")

    def _failed(reason: str, status: int) -> Any:
        audit("inloggen_geweigerd", wie="onbekend", reden=reason)
        _log.warning("Inloggen is niet gelukt (%s).", reason)
        text = t(_NOT_FOR_YOU.get(reason, _SORRY))
        return flask.render_template("toegang/mislukt.html", melding=text), status

    server.register_blueprint(pages)


def safe_path(asked: str | None) -> str:
    """A path on this site, whatever was asked: after logging in nobody is sent elsewhere (open redirect)."""
    path = asked or "/"
    parts = urlsplit(path)
    here = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    if not here or parts.scheme or parts.netloc or not path.isprintable() or len(path) > 2000:
        return "/"
    return "/" if parts.path.startswith(("/inloggen", "/uitloggen", "/uitgelogd")) else path


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _set_cookie(gate: Gate, response: Any, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", secure=gate.secure, httponly=True, samesite="Lax")
