"""Who visits in the tests of access: browsers in which somebody is logged in; sessions are put in, the rest is real."""

import json
import os

from flask.testing import FlaskClient

from dashboard.access import Person
from dashboard.app import create_app

OWN, OTHER = "0397", "0392"  # Heemstede and Haarlem
ADDRESS = "https://monitor.voorbeeld.nl"
PEOPLE = {
    "beleid": Person("bea", frozenset({"beleid"}), frozenset({OWN})),
    "beleid elders": Person("ben", frozenset({"beleid"}), frozenset({OTHER})),
    "beleid regio": Person("bo", frozenset({"beleid"}), None),
    "contract": Person("co", frozenset({"contract"}), None),
    "contract deel": Person("cor", frozenset({"contract"}), frozenset({OWN})),
    "beheer": Person("han", frozenset({"beheer"}), None),
    "lezer": Person("lex", frozenset({"lezer"}), frozenset()),
    "geen rol": Person("gé", frozenset(), None),
}
SETTINGS = {
    "UITGEVER": "https://inloggen.voorbeeld.nl",
    "CLIENT_ID": "monitor",
    "ADRES": ADDRESS,
}


def app_with(werkmap, **settings):
    """The app of a work folder with settings for logging in."""
    names = {f"INBURGERING_INLOGGEN_{name}": value for name, value in settings.items()}
    os.environ.update(names)
    try:
        app = create_app(werkmap, leveringen=werkmap.parent / "leveringen")
        app.server.dash = app
        app._setup_server()  # Dash does this at the first request; then its callbacks are known
        return app
    finally:
        for name in names:
            del os.environ[name]


class Browser(FlaskClient):
    """Asks for everything under our own address, as a page, and sends forms as our own pages do."""

    csrf, address = "", ADDRESS

    def open(self, *arguments, **options):
        options.setdefault("base_url", self.address)
        options["headers"] = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"} | dict(options.get("headers", {}))
        return super().open(*arguments, **options)

    def send(self, path, **fields):
        """Send a form of our own."""
        return self.post(path, data={"csrf": self.csrf, **fields}, content_type="multipart/form-data")


def log_in(app, person):
    """A browser in which somebody is logged in; None: nobody."""
    client = Browser(app.server, app.server.response_class)
    if person is not None:
        gate = app.server.extensions["toegang"]
        name = gate.sessions.begin(person)
        client.set_cookie(gate.cookie, name, domain="monitor.voorbeeld.nl", secure=True)
        client.csrf = gate.sessions.csrf(gate.sessions.find(name).person)
    return client


def page(client, path, search=""):
    """What Dash's callback answers when somebody opens a page: (status, text)."""
    known = client.application.dash.callback_map
    output = next((one for one in known if "inhoud-blok" in one), "inhoud-blok.children")

    def places(one):
        """Where a value comes from or goes to; of a pattern: the one with the first name, for menu and filters."""
        if not one["id"].startswith("{"):
            return {"id": one["id"], "property": one["property"]}
        pattern = json.loads(one["id"])
        filled = {name: {"pad": "/", "naam": "gemeente"}[name] if value == ["ALL"] else value
                  for name, value in pattern.items()}  # fmt: skip
        return [{"id": filled, "property": one["property"], "value": filled}]

    parts = output.strip(".").split("...")
    outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
    body = {
        "output": output,
        "outputs": [places(one) for one in outputs],
        "inputs": [
            {"id": "adres", "property": "pathname", "value": path},
            {"id": "adres", "property": "search", "value": search},
        ],
        "changedPropIds": ["adres.pathname"],
        "state": [places(one) for one in known[output]["state"]] if output in known else [],
    }
    answer = client.post("/_dash-update-component", json=body)
    return answer.status_code, answer.text
