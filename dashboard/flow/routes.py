"""The addresses of the flow. Each form answers with a page of its own, so that going back never sends it twice."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import flask

import contracts
import etl
from contracts import record
from dashboard import access, report, wording
from dashboard.access import Desk
from dashboard.flow.agenda import item_text
from dashboard.flow.page import page
from dashboard.flow.talk import add_talk
from dashboard.flow.uploads import Uploads
from dashboard.state import View
from dashboard.texts import DUTCH, mark, speaking, t, tn
from dashboard.wording.own import of_agreements
from data.fouten import Gebruiksfout
from data.vandaag import vandaag

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 200


def add_flow(server: flask.Flask, desk: Desk, leveringen: Path | None) -> None:
    """Add the pages under /kwartaal. Without a folder of deliveries a report can be checked, but not loaded."""
    pages = flask.Blueprint("kwartaal", __name__, url_prefix="/kwartaal", template_folder="templates")
    uploads = Uploads()
    _check(pages, desk, uploads, leveringen)
    add_talk(pages, desk)
    _files(pages, desk)
    pages.register_error_handler(Gebruiksfout, lambda fault: page("fout.html", status=400, meldingen=fault.meldingen))
    pages.register_error_handler(413, _too_large)
    pages.register_error_handler(404, lambda fault: page("fout.html", status=404, meldingen=[_GONE]))
    server.register_blueprint(pages)


_GONE = mark(
    "Deze pagina of dit bestand is er niet (meer). Een rapportage die niet is geladen, bewaren wij een half uur."
)


def _too_large(fault: Exception) -> Any:
    most = (flask.request.max_content_length or 0) // 1024 // 1024
    return page("fout.html", status=413, meldingen=[t("Wat u stuurt is groter dan {n} MB.", n=most)])


def _check(pages: flask.Blueprint, desk: Desk, uploads: Uploads, leveringen: Path | None) -> None:
    @pages.get("/")
    @access.needs("controleren")
    def begin() -> Any:
        return page("begin.html", contracten=list(desk.agreements.values()))

    @pages.post("/controleer")
    @access.needs("controleren", groot=True)
    def check() -> Any:
        given = flask.request.files.get("bestand")
        if given is None or not given.filename:
            raise Gebruiksfout(mark("Kies eerst een bestand."))
        token = uploads.add(given.filename, given.read(), desk.terms(), access.current().sleutel, desk.layouts())
        return flask.redirect(flask.url_for("kwartaal.checked", token=token), 303)

    @pages.get("/rapportage/<token>")
    @access.needs("controleren")
    def checked(token: str) -> Any:
        upload = uploads.get(token, access.current().sleutel) or flask.abort(404)
        verdicts: list[contracts.Verdict] = []
        snapshot = desk.snapshot()
        seen = upload.contract in desk.agreements
        if upload.loaded is not None and snapshot is not None and seen and upload.kwartaal:
            every = desk.verdicts(snapshot, View(), "alle")
            verdicts = [one for one in every if (one.contract, one.kwartaal) == (upload.contract, upload.kwartaal)]
        agreement = desk.agreements.get(upload.contract or "")
        mag_laden = access.current().mag("laden")
        return page(
            "gecontroleerd.html", upload=upload, token=token, agreement=agreement, file=upload.report, most=_MOST,
            kan_laden=leveringen is not None and mag_laden, mag_laden=mag_laden, verdicts=verdicts,
            findings=_findings(desk, upload) if verdicts else [],
            eigen_woorden=of_agreements([agreement] if agreement else []),
            story=lambda one: wording.verdict_story(one, contracts.reason(desk.agreements[one.contract], one)),
        )  # fmt: skip

    @pages.get("/rapportage/<token>/gemerkt.xlsx")
    @access.needs("controleren", vastleggen="export")
    def marked(token: str) -> Any:
        upload = uploads.get(token, access.current().sleutel) or flask.abort(404)
        file = upload.report
        file.pad = upload.path
        with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
            written = etl.write_marked(etl.LoadReport(None, [file]), Path(folder))
            if not written:
                flask.abort(404)
            return _attachment(written[0].read_bytes(), written[0].name, _XLSX)

    @pages.post("/rapportage/<token>/laad")
    @access.needs("laden", vastleggen="laden")
    def load(token: str) -> Any:
        upload = uploads.get(token, access.current().sleutel) or flask.abort(404)
        if leveringen is None:
            raise Gebruiksfout(mark("Start het dashboard met --leveringen MAP om hier te kunnen laden."))
        if upload.loaded is None:
            _all_there(desk, leveringen)
            with uploads.among(token, leveringen):
                upload.loaded = etl.load([leveringen], store=desk.store, contracts=desk.terms(), layouts=desk.layouts())
        return flask.redirect(flask.url_for("kwartaal.checked", token=token), 303)

    @pages.post("/rapportage/<token>/vergeet")
    @access.needs("controleren")
    def forget(token: str) -> Any:
        if uploads.get(token, access.current().sleutel) is not None:
            uploads.forget(token)
        return flask.redirect(flask.url_for("kwartaal.begin"), 303)


def _all_there(desk: Desk, leveringen: Path) -> None:
    """Loading builds on the folder alone: what is loaded now must be in it, or it would be lost."""
    if not leveringen.is_dir():
        raise Gebruiksfout(t("De map met leveringen {map} bestaat niet.", map=leveringen))
    snapshot = desk.snapshot()
    if snapshot is None:
        return
    names = [one.bestand for one in desk.deliveries(snapshot).bestanden if one.status == "geladen"]
    gone = [name for name in names if not (leveringen / name).exists()]
    if gone:
        raise Gebruiksfout(
            tn(
                "In de map met leveringen ontbreekt {n} bestand dat nu wel is geladen: {naam}. "
                "Zet het terug, of laad met: inburgering laad MAP MAP.",
                "In de map met leveringen ontbreken {n} bestanden die nu wel zijn geladen, zoals {naam}. "
                "Zet ze terug, of laad met: inburgering laad MAP MAP.",
                len(gone), n=wording.number(len(gone)), naam=gone[0],
            )
        )  # fmt: skip


def _findings(desk: Desk, upload: Any) -> list[tuple[str, int]]:
    snapshot = desk.snapshot()
    if snapshot is None:
        return []
    found = desk.findings(snapshot, upload.contract)
    return [(kind, count) for _, quarter, kind, count in found if quarter == upload.kwartaal]


def _files(pages: flask.Blueprint, desk: Desk) -> None:
    @pages.get("/gespreksbladen/<contract>.<kind>")
    @access.needs("contracten", zwaar=True, vastleggen="rapport")
    def sheets(contract: str, kind: str) -> Any:
        snapshot = desk.snapshot()
        if snapshot is None or contract not in desk.agreements or kind not in ("pdf", "xlsx"):
            flask.abort(404)
        with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
            target = Path(folder) / "gesprek.pdf"
            with speaking(DUTCH):  # the pages for a talk with a supplier
                report.make(
                    f"contract:{contract}", target, snapshot=snapshot, agreements=desk.agreements,
                    voor=desk.voor_contract(contract), logboek=desk.entries(contract), store=desk.kept(contract),
                )  # fmt: skip
            content = target.with_suffix(f".{kind}").read_bytes()
        example = "VOORBEELD-" if desk.facts(snapshot)["voorbeeld"] else ""
        return _attachment(
            content, f"{example}gesprek-{contract}.{kind}", "application/pdf" if kind == "pdf" else _XLSX
        )

    @pages.get("/agenda")
    @access.needs("contracten")
    def agenda() -> Any:
        return page("agenda.html", items=_items(desk), titels=_titles(desk), tekst=item_text)

    @pages.get("/agenda.ics")
    @access.needs("contracten")
    def calendar() -> Any:
        text = contracts.to_ics(_items(desk), _titles(desk))
        return _attachment(text.encode(), "agenda.ics", "text/calendar; charset=utf-8")


def _titles(desk: Desk) -> dict[str, str]:
    return {one.id: one.titel for one in desk.agreements.values()}


def _items(desk: Desk) -> list[contracts.Item]:
    today: date = vandaag()
    actions = record.actions(desk.entries(), today)
    span = {"today": today, "first": today, "last": today + timedelta(days=730)}
    snapshot = desk.snapshot()
    if snapshot is None:
        return contracts.agenda(desk.agreements, None, actions, **span)
    with snapshot.connect() as connection:
        return contracts.agenda(desk.agreements, connection, actions, **span)


def _attachment(content: bytes, name: str, kind: str) -> flask.Response:
    response = flask.Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
