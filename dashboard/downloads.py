"""Files to take along: the same answer as on screen, as CSV or XLSX, by an address that reproduces it."""

import json
from typing import Any

import flask

import etl
import metrics
from dashboard import access, export
from dashboard.access import Desk
from dashboard.file_name import file_name
from dashboard.pages import publiceren
from dashboard.pages.context import Context
from dashboard.state import View
from dashboard.texts import DUTCH, speaking, t
from data.fouten import Gebruiksfout

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add_downloads(server: flask.Flask, desk: Desk) -> None:
    """Add /bestand/<figure>.csv and .xlsx, /bestand/publicatie.xlsx, and /api/cijfer/<figure>.json."""

    @server.get("/bestand/<name>.<kind>")
    @access.needs("publicatie", vastleggen="export")
    def download(name: str, kind: str) -> Any:
        view = View.read(flask.request.query_string.decode("utf-8", "replace"))
        snapshot = desk.snapshot(view.momentopname)
        if snapshot is None or kind not in _KINDS:
            return flask.abort(404)
        if fault := misread(desk, snapshot, view):
            return flask.Response(fault, status=400, mimetype="text/plain")
        outside = bool(flask.request.args.get("publicatie"))
        try:
            if name == "publicatie":
                answers = publiceren.answers(Context(desk, snapshot, view.plain()))
            elif name in metrics.catalogue():
                answers = [desk.answer(snapshot, name, view, view.per)]
                if outside:  # weighed with its whole, as the page says it
                    whole = [desk.answer(snapshot, name, view)] if answers[0].per else []
                    answers = desk.guarded([*whole, *answers])[-1:]
            else:
                return flask.abort(404)
        except Gebruiksfout as fault:
            return flask.Response("\n".join(t(one) for one in fault.meldingen), status=400, mimetype="text/plain")
        with speaking(DUTCH):  # a file is the same in every language
            content = export.to_csv(answers).encode("utf-8-sig") if kind == "csv" else export.to_xlsx(answers)
        called = file_name(
            name, view, snapshot.id, kind, example=bool(desk.facts(snapshot)["voorbeeld"]), outside=outside
        )
        response = flask.Response(content, mimetype=_KINDS[kind])
        response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
        return response

    @server.get("/api/cijfer/<name>.json")
    @access.needs("publicatie", vastleggen="export")
    def as_json(name: str) -> Any:
        view = View.read(flask.request.query_string.decode("utf-8", "replace"))
        snapshot = desk.snapshot(view.momentopname)
        if snapshot is None:
            return _json({"fout": [t("Er is nog niets geladen.")]}, 404)
        if name not in metrics.catalogue():
            return _json({"fout": [t("Dit cijfer bestaat niet. Zie de pagina Definities.")]}, 404)
        if fault := misread(desk, snapshot, view):
            return _json({"fout": [fault]}, 400)
        try:
            # a file may not silently tell of more people than was asked
            metrics.ask(metrics.catalogue()[name], view.filters, view.per)
            return _json(desk.answer(snapshot, name, view, view.per).to_json())
        except Gebruiksfout as fault:
            return _json({"fout": [t(one) for one in fault.meldingen]}, 400)


def misread(desk: Desk, snapshot: etl.Snapshot, view: View) -> str | None:
    """What an address held that we do not know: a page tells it, a file refuses, or it would be of other people."""
    if view.vreemd:
        return t("Dit in het adres kennen wij niet: {delen}.", delen=", ".join(view.vreemd))
    if view.momentopname and view.momentopname != snapshot.id:
        return t("De momentopname {id} is er niet (meer).", id=view.momentopname)
    return None


def _json(content: Any, status: int = 200) -> flask.Response:
    """The form of `inburgering cijfers --formaat json`, to the letter."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
    return flask.Response(text, status=status, mimetype="application/json")
