"""What goes with every answer: what a browser may do with it, and a page in Dutch when something is wrong."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import flask
from dash.exceptions import DependencyException
from werkzeug.exceptions import HTTPException

from dashboard.access.gate import Gate
from dashboard.access.people import Geweigerd, known
from dashboard.operation import audit
from data.fouten import Gebruiksfout

_SAID = {
    400: ("Dat begrijpen wij niet", "Het adres of formulier is niet goed. Ga terug en probeer het opnieuw."),
    401: ("U bent niet ingelogd", "Log in en probeer het opnieuw."),
    403: ("Dat mag u niet", "Dit mag u niet zien of doen. Hebt u dit nodig? Vraag het uw beheerder."),
    404: ("Deze pagina bestaat niet", "Dit adres kennen wij niet."),
    405: ("Dat kan hier niet", "Op dit adres kan dit niet. Ga terug en probeer het opnieuw."),
    408: ("Dat duurde te lang", "Probeer het opnieuw."),
    413: ("Dat is te groot", "Wat u stuurt is te groot."),
    429: ("Dat is te vaak", "U vraagt te veel in korte tijd. Wacht een minuut en probeer het opnieuw."),
    500: ("Er ging iets mis", "Dat ligt aan ons. Probeer het opnieuw, of vraag uw beheerder."),
    503: ("Dat kan nu even niet", "Probeer het over een paar minuten opnieuw."),
}
_FILES = (  # of the program itself: the same for everybody
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "_dash_assets.static", "/_favicon.ico",
)  # fmt: skip
_OFF = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")


def add_web(server: flask.Flask, gate: Gate, hashes: Callable[[], Sequence[str]]) -> None:
    """Add the headers and the pages for what is wrong. `hashes`: of the inline scripts that Dash itself writes."""
    policy: list[str] = []

    @server.after_request
    def secure(response: Any) -> Any:
        if not policy:
            policy.append(_policy(gate, hashes()))
        headers = response.headers
        headers["Content-Security-Policy"] = policy[0]
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"  # without any, a browser does not tell us its origin either
        headers["Permissions-Policy"] = ", ".join(f"{one}=()" for one in _OFF)
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if gate.secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if flask.request.endpoint not in _FILES or response.status_code >= 400:
            headers["Cache-Control"] = "no-store"
        headers.pop("Server", None)
        return response

    @server.errorhandler(Geweigerd)
    def refused(fault: Geweigerd) -> Any:
        person, rule = known(), flask.request.url_rule
        audit("geweigerd", wie=person.naam if person else "onbekend", route=rule.rule if rule else "")
        return page(403, [fault.melding])

    server.register_error_handler(Gebruiksfout, lambda fault: page(400, fault.meldingen))
    server.register_error_handler(DependencyException, lambda fault: page(404))  # a file that Dash does not have

    @server.errorhandler(HTTPException)
    def wrong(fault: HTTPException) -> Any:
        if fault.code is None or fault.code < 400:
            return fault
        response = page(fault.code)
        if isinstance(fault.get_response(), flask.Response) or fault.code == 405:
            allow = fault.get_response().headers.get("Allow")
            if allow:
                response.headers["Allow"] = allow
        return response


def page(status: int, meldingen: Sequence[str] = ()) -> flask.Response:
    """A page that says what is wrong; a line of text for what is no browser. Nothing of the question comes back."""
    head, usual = _SAID.get(status, _SAID[500 if status >= 500 else 400])
    told = list(meldingen) or [usual]
    if flask.request.accept_mimetypes.accept_html and flask.request.endpoint != "/_dash-update-component":
        content = flask.render_template("toegang/fout.html", kop=head, meldingen=told)
        return flask.Response(content, status=status, mimetype="text/html")
    return flask.Response("\n".join(told) + "\n", status=status, mimetype="text/plain")


def _policy(gate: Gate, hashes: Sequence[str]) -> str:
    """Nothing from elsewhere, no script in a page but Dash's own by its hash, and framed by nobody. A form may end at
    the provider: logging out does."""
    issuer = urlsplit(gate.inloggen.uitgever)
    provider = f" {issuer.scheme}://{issuer.netloc}" if gate.inloggen.aan else ""
    scripts = " ".join(one if one.startswith("'") else f"'{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        f"frame-ancestors 'none'; base-uri 'none'; form-action 'self'{provider}; object-src 'none'"
    )
