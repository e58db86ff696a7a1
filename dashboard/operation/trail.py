"""What is done in the browser stands in the audit log: one place, after every answer, so no address can forget it.

A file that someone takes along is written down before it is handed out; can't that be written, the file stays here.
What was loaded or recorded has happened by then; when it can't be written down, the operator's log tells it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask

import etl
from dashboard.operation import logs
from dashboard.operation.audit import audit
from dashboard.operation.web import page
from data.fouten import Gebruiksfout

_FACTS = ("name", "kind", "contract", "kpi")  # places in an address that were found to be ours when it is answered
_WRITES = {"/kwartaal/gesprek/": "gesprek", "/kwartaal/actie/": "actie", "/kwartaal/sluit/": "sluiting",
           "/kwartaal/verbeter/": "correctie"}  # fmt: skip
_LOADS = "/kwartaal/rapportage/<token>/laad"


def add_trail(server: flask.Flask, werkmap: Path, who: Callable[[], str]) -> None:
    """Follow what is taken along, loaded and recorded. `who` gives the name of who asks."""

    @server.after_request
    def leave(response: flask.Response) -> flask.Response:
        rule = flask.request.url_rule
        if rule is None or flask.request.endpoint == "static":
            return response
        if response.status_code == 200 and (_attached(response) or rule.rule.startswith("/api/")):
            try:
                audit("export", wie=who(), momentopname_nu=_current(werkmap), **_facts(rule.rule))
            except Gebruiksfout as fault:
                return page(503, fault.meldingen)
        elif flask.request.method == "POST" and response.status_code < 500 and rule.rule == _LOADS:
            event = "laden" if response.status_code == 303 else "laden_mislukt"
            _after(event, who, momentopname_nu=_current(werkmap), route=rule.rule)
        elif flask.request.method == "POST" and response.status_code == 303:
            kind = next((kind for begin, kind in _WRITES.items() if rule.rule.startswith(begin)), None)
            if kind is not None:
                _after("vastgelegd", who, soort=kind, **_facts(rule.rule))
        return response


def _attached(response: flask.Response) -> bool:
    return response.headers.get("Content-Disposition", "").startswith("attachment")


def _facts(rule: str) -> dict[str, Any]:
    given = flask.request.view_args or {}
    named = {"name": "cijfer", "kind": "soort"}
    return {"route": rule, **{named.get(one, one): given[one] for one in _FACTS if one in given}}


def _after(event: str, who: Callable[[], str], **facts: Any) -> None:
    try:
        audit(event, wie=who(), **facts)
    except Gebruiksfout as fault:
        logs.tell(fault.meldingen[0], "fout", gebeurtenis=event, **facts)


def _current(werkmap: Path) -> str | None:
    return etl.Store(werkmap).current_id()
