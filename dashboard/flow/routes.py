"""The addresses of the flow. Each form answers with a page of its own, so that going back never sends it twice."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import flask
from pydantic import ValidationError

import contracts
import etl
from contracts import record
from contracts.record.views import to_record
from dashboard import access, report, wording
from dashboard.access import Desk
from dashboard.flow.uploads import MAX_BYTES, Uploads
from dashboard.state import View
from data.fouten import Gebruiksfout
from data.vandaag import vandaag

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 200


def add_flow(server: flask.Flask, desk: Desk, leveringen: Path | None) -> None:
    """Add the pages under /kwartaal. Without a folder of deliveries a report can be checked, but not loaded."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_BYTES
    pages = flask.Blueprint("kwartaal", __name__, url_prefix="/kwartaal", template_folder="templates")
    uploads = Uploads()
    _check(pages, desk, uploads, leveringen)
    _talk(pages, desk)
    _files(pages, desk)
    pages.before_request(_same_site)
    pages.register_error_handler(Gebruiksfout, lambda fault: _page("fout.html", status=400, meldingen=fault.meldingen))
    too_large = f"Het bestand is groter dan {MAX_BYTES // 1024 // 1024} MB."
    pages.register_error_handler(413, lambda fault: _page("fout.html", status=413, meldingen=[too_large]))
    pages.register_error_handler(404, lambda fault: _page("fout.html", status=404, meldingen=[_GONE]))
    server.register_blueprint(pages)


_GONE = "Deze pagina of dit bestand is er niet (meer). Een rapportage die niet is geladen, bewaren wij een half uur."


def _same_site() -> Any:
    """A form is only taken from our own pages: what another site sends is refused (cross-site request forgery)."""
    if flask.request.method != "POST":
        return None
    site = flask.request.headers.get("Sec-Fetch-Site")
    own = flask.request.host_url.rstrip("/")
    if site == "same-origin" or (site is None and flask.request.headers.get("Origin") == own):
        return None
    return _page("fout.html", status=403, meldingen=["Dit formulier kwam niet van deze site en is geweigerd."])


def _page(template: str, status: int = 200, **facts: Any) -> Any:
    return flask.make_response(flask.render_template(f"kwartaal/{template}", wording=wording, **facts), status)


def _check(pages: flask.Blueprint, desk: Desk, uploads: Uploads, leveringen: Path | None) -> None:
    @pages.get("/")
    @access.needs("controleren")
    def begin() -> Any:
        return _page("begin.html", contracten=list(desk.agreements.values()))

    @pages.post("/controleer")
    @access.needs("controleren", groot=True)
    def check() -> Any:
        given = flask.request.files.get("bestand")
        if given is None or not given.filename:
            raise Gebruiksfout("Kies eerst een bestand.")
        token = uploads.add(given.filename, given.read(), desk.terms(), access.current().sleutel)
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
        return _page(
            "gecontroleerd.html", upload=upload, token=token, agreement=agreement, file=upload.report, most=_MOST,
            kan_laden=leveringen is not None and mag_laden, mag_laden=mag_laden, verdicts=verdicts,
            findings=_findings(desk, upload) if verdicts else [],
            story=lambda one: wording.verdict_story(one, contracts.reason(desk.agreements[one.contract], one)),
        )  # fmt: skip

    @pages.get("/rapportage/<token>/gemerkt.xlsx")
    @access.needs("controleren")
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
    @access.needs("laden")
    def load(token: str) -> Any:
        upload = uploads.get(token, access.current().sleutel) or flask.abort(404)
        if leveringen is None:
            raise Gebruiksfout("Start het dashboard met --leveringen MAP om hier te kunnen laden.")
        if upload.loaded is None:
            _all_there(desk, leveringen)
            uploads.save(token, leveringen)
            upload.loaded = etl.load([leveringen], store=desk.store, contracts=desk.terms())
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
        raise Gebruiksfout(f"De map met leveringen {leveringen} bestaat niet.")
    snapshot = desk.snapshot()
    if snapshot is None:
        return
    names = [one.bestand for one in desk.deliveries(snapshot).bestanden if one.status == "geladen"]
    gone = [name for name in names if not (leveringen / name).exists()]
    if gone:
        raise Gebruiksfout(
            f"In de map met leveringen ontbreken {len(gone)} bestanden die nu wel zijn geladen, zoals {gone[0]}. "
            "Zet ze terug, of laad met: inburgering laad MAP MAP."
        )


def _findings(desk: Desk, upload: Any) -> list[tuple[str, int]]:
    snapshot = desk.snapshot()
    if snapshot is None:
        return []
    found = desk.findings(snapshot, upload.contract)
    return [(kind, count) for _, quarter, kind, count in found if quarter == upload.kwartaal]


def _talk(pages: flask.Blueprint, desk: Desk) -> None:
    def known(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(contract: str) -> Any:
            return view(desk.agreements.get(contract) or flask.abort(404))

        return checked

    @pages.get("/gesprek/<contract>")
    @access.needs("contracten")
    @known
    def talk(agreement: contracts.Agreement) -> Any:
        snapshot = desk.snapshot()
        every = desk.verdicts(snapshot, View()) if snapshot else []
        verdicts = [one for one in every if one.contract == agreement.id]
        entries = desk.entries(agreement.id)
        return _page(
            "gesprek.html", agreement=agreement, verdicts=verdicts, vandaag=vandaag().isoformat(),
            straks=(vandaag() + timedelta(days=28)).isoformat(), kwartaal=verdicts[0].kwartaal if verdicts else None,
            acties=record.actions(entries, vandaag()), gesprekken=record.talks(entries),
            verteld={one.kwartaal for one in entries if one.soort == "oordelen"},
        )  # fmt: skip

    @pages.post("/gesprek/<contract>")
    @access.needs("contracten")
    @known
    def write_talk(agreement: contracts.Agreement) -> Any:
        form = flask.request.form
        present = tuple(one.strip() for one in form.get("aanwezigen", "").split(",") if one.strip())
        content = _entry(record.Gesprek, datum=form.get("datum"), aanwezigen=present, verslag=form.get("verslag", ""))
        action = None
        if form.get("wat", "").strip():
            action = _entry(record.Actie, wat=form["wat"], eigenaar=form.get("eigenaar"), voor=form.get("voor"))
        book, snapshot = desk.logboek(), desk.snapshot()
        told: list[contracts.Verdict] = []
        if form.get("verteld") and snapshot is not None:
            told = [one for one in desk.verdicts(snapshot, View()) if one.contract == agreement.id]
        kwartaal = told[0].kwartaal if told else form.get("kwartaal") or None
        written = book.write(agreement.id, content, wie=_who(), kwartaal=kwartaal)
        if action is not None:
            book.write(agreement.id, action, wie=_who(), verwijst=written.nummer)
        if told and snapshot is not None:
            shown = record.Oordelen(momentopname=snapshot.id, oordelen=tuple(to_record(one) for one in told))
            book.write(agreement.id, shown, wie=_who(), kwartaal=kwartaal)
        return flask.redirect(flask.url_for("kwartaal.talk", contract=agreement.id) + "#vastgelegd", 303)

    @pages.post("/actie/<contract>")
    @access.needs("contracten")
    @known
    def write_action(agreement: contracts.Agreement) -> Any:
        form = flask.request.form
        content = _entry(record.Actie, wat=form.get("wat"), eigenaar=form.get("eigenaar"), voor=form.get("voor"))
        desk.logboek().write(agreement.id, content, wie=_who())
        return flask.redirect(flask.url_for("kwartaal.talk", contract=agreement.id) + "#vastgelegd", 303)

    @pages.post("/sluit/<contract>")
    @access.needs("contracten")
    @known
    def close(agreement: contracts.Agreement) -> Any:
        form, book = flask.request.form, desk.logboek()
        number = form.get("nummer", "")
        content = _entry(record.Sluiting, datum=vandaag(), resultaat=form.get("resultaat"))
        still = {one.nummer for one in record.actions(book.entries(agreement.id), vandaag()) if one.sluiting is None}
        if not number.isdigit() or int(number) not in still:
            raise Gebruiksfout("Deze actie is al gesloten, of bestaat niet.")
        book.write(agreement.id, content, wie=_who(), verwijst=int(number))
        return flask.redirect(flask.url_for("kwartaal.talk", contract=agreement.id) + "#vastgelegd", 303)


def _entry(make: Any, **facts: Any) -> Any:
    try:
        return make(**facts)
    except ValidationError as fault:
        fields = ", ".join(dict.fromkeys(str(one["loc"][0]) for one in fault.errors() if one["loc"]))
        raise Gebruiksfout(
            f"Dit is nog niet vastgelegd. Vul goed in: {fields}. Ga terug om het te verbeteren."
        ) from None


def _who() -> str:
    return access.current().naam


def _files(pages: flask.Blueprint, desk: Desk) -> None:
    @pages.get("/gespreksbladen/<contract>.<kind>")
    @access.needs("contracten")
    def sheets(contract: str, kind: str) -> Any:
        snapshot = desk.snapshot()
        if snapshot is None or contract not in desk.agreements or kind not in ("pdf", "xlsx"):
            flask.abort(404)
        with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
            target = Path(folder) / "gesprek.pdf"
            report.make(
                f"contract:{contract}", target, snapshot=snapshot, agreements=desk.agreements,
                voor=desk.voor_contract(contract), logboek=desk.entries(contract),
            )  # fmt: skip
            content = target.with_suffix(f".{kind}").read_bytes()
        example = "VOORBEELD-" if desk.facts(snapshot)["voorbeeld"] else ""
        return _attachment(
            content, f"{example}gesprek-{contract}.{kind}", "application/pdf" if kind == "pdf" else _XLSX
        )

    @pages.get("/agenda")
    @access.needs("contracten")
    def agenda() -> Any:
        return _page("agenda.html", items=_items(desk), titels=_titles(desk))

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
