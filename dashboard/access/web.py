"""What goes with every answer: what a browser may do with it; and what is said to who may not have one."""

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import flask
from dash.exceptions import DashException, DependencyException

from dashboard.access.gate import Gate
from dashboard.access.people import Geweigerd, known
from dashboard.operation import audit
from dashboard.operation.web import page
from data.fouten import Gebruiksfout

FILES = (  # of the program itself: the same for everybody
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "_dash_assets.static", "/_favicon.ico",
    "typeface", "plotly",
)  # fmt: skip
# which parts of an address are told, and under which name; a code only, never what somebody made up
_FACTS = {"name": "cijfer", "kind": "soort", "contract": "contract", "kpi": "kpi", "id": "cijfer"}
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_OFF = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")


def add_web(server: flask.Flask, gate: Gate, hashes: Callable[[], Sequence[str]]) -> None:
    """Add the headers, and the answer to what is refused. `hashes`: of the inline scripts that Dash itself writes."""
    policy: list[str] = []

    @server.after_request
    def secure(response: Any) -> Any:
        response = _recorded(server, response)
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
        if flask.request.endpoint not in FILES or response.status_code >= 400:
            headers["Cache-Control"] = "no-store"
        headers.pop("Server", None)
        return response

    @server.errorhandler(Geweigerd)
    def refused(fault: Geweigerd) -> Any:
        person, rule = known(), flask.request.url_rule
        audit("geweigerd", wie=person.naam if person else "onbekend", route=rule.rule if rule else "")
        return page(403, [fault.melding])

    server.register_error_handler(DependencyException, lambda fault: page(404))  # a file that Dash does not have
    server.register_error_handler(DashException, lambda fault: page(400))  # a question that no page of ours asks


def _recorded(server: flask.Flask, response: Any) -> Any:
    """What is taken along or changed stands in the audit log before the answer goes out; else it does not go out."""
    request = flask.request
    event = getattr(server.view_functions.get(request.endpoint or ""), "vastleggen", "")
    person, rule = known(), request.url_rule
    if not event or response.status_code not in (200, 302, 303) or person is None or rule is None:
        return response
    parts = {_FACTS[name]: str(value) for name, value in (request.view_args or {}).items() if name in _FACTS}
    facts = {name: value for name, value in parts.items() if _CODE.fullmatch(value)}
    codes = sorted(set(re.findall(r"(?<!\d)\d{4}(?!\d)", request.args.get("gemeente", ""))))
    try:
        audit(event, wie=person.naam, route=rule.rule, gemeenten=codes or None, **facts)
    except Gebruiksfout as fault:
        return page(503, fault.meldingen)
    return response


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
