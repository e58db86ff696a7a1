"""Files to take along: the same answer as on screen, as CSV or XLSX, by an address that reproduces it."""

from typing import Any

import flask

import metrics
from dashboard import access, export
from dashboard.access import Desk
from dashboard.pages import publiceren
from dashboard.pages.context import Context
from dashboard.state import View
from data.fouten import Gebruiksfout

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add_downloads(server: flask.Flask, desk: Desk) -> None:
    """Add the addresses /bestand/<figure>.csv and .xlsx, and /bestand/publicatie.xlsx."""

    @server.get("/bestand/<name>.<kind>")
    @access.needs("publicatie")
    def download(name: str, kind: str) -> Any:
        snapshot = desk.snapshot()
        if snapshot is None or kind not in _KINDS:
            return flask.abort(404)
        view = View.read(flask.request.query_string.decode())
        per = [one for one in flask.request.args.get("per", "").split(",") if one]
        try:
            if name == "publicatie":
                answers = publiceren.answers(Context(desk, snapshot, view))
            elif name in metrics.catalogue():
                answers = [desk.answer(snapshot, name, view, per)]
            else:
                return flask.abort(404)
        except Gebruiksfout as fault:
            return flask.Response("\n".join(fault.meldingen), status=400, mimetype="text/plain")
        content = export.to_csv(answers).encode("utf-8-sig") if kind == "csv" else export.to_xlsx(answers)
        example = "VOORBEELD-" if desk.facts(snapshot)["voorbeeld"] else ""
        response = flask.Response(content, mimetype=_KINDS[kind])
        response.headers["Content-Disposition"] = f'attachment; filename="{example}{name}-{snapshot.id}.{kind}"'
        return response
