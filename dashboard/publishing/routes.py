"""The addresses of making a report. A form gives a job; its page shows how far it is, then what can be taken along."""

from datetime import date
from typing import Any

import flask

from dashboard import access, jobs, report, wording
from dashboard.access import Desk
from dashboard.operation import audit
from dashboard.texts import mark, t
from data.fouten import Gebruiksfout

_KINDS = {"evaluatie": mark("Evaluatie voor de raad"), "kwartaal": mark("Kwartaalbericht")}
_TYPES = {
    "pdf": "application/pdf", "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json",
    "jsonld": "application/ld+json",
}  # fmt: skip
_NAMES = {
    "*.pdf": mark("Het verslag (PDF)"), "*-samenvatting.pdf": mark("De samenvatting van twee bladzijden (PDF)"),
    "*.xlsx": mark("Alle tabellen (werkboek)"), "*.html": mark("Het verslag als webpagina"),
}  # fmt: skip


def add_publishing(server: flask.Flask, desk: Desk, queue: jobs.Queue) -> None:
    """Add the pages under /verslag."""
    pages = flask.Blueprint("verslag", __name__, url_prefix="/verslag", template_folder="templates")
    _choose(pages, desk, queue)
    _follow(pages, queue)
    pages.register_error_handler(Gebruiksfout, lambda fault: _page("fout.html", status=400, meldingen=fault.meldingen))
    pages.register_error_handler(404, lambda fault: _page("fout.html", status=404, meldingen=[_GONE]))
    server.register_blueprint(pages)


_GONE = mark("Dit verslag is er niet (meer). Wij bewaren het een uur. Maak het opnieuw: het wordt hetzelfde.")


def _page(template: str, status: int = 200, **facts: Any) -> flask.Response:
    return flask.make_response(flask.render_template(f"verslag/{template}", wording=wording, **facts), status)


def _choose(pages: flask.Blueprint, desk: Desk, queue: jobs.Queue) -> None:
    @pages.get("/")
    @access.needs("cijfers")
    def choose() -> Any:
        snapshot = desk.snapshot()
        if snapshot is None:
            return _page("fout.html", status=404, meldingen=[mark("Er is nog niets geladen. Laad eerst een levering.")])
        return _page(
            "kies.html", soorten=_KINDS, hoofdstukken=report.CHAPTERS, feiten=desk.facts(snapshot), taken=queue.mine(),
            vast=report.FIXED,
        )  # fmt: skip

    @pages.post("/maak")
    @access.needs("cijfers")
    def make() -> Any:
        order, snapshot = _order(desk), desk.snapshot()
        if snapshot is None:
            raise Gebruiksfout(mark("Er is nog niets geladen."))
        voor, agreements, sources = desk.to_report()

        def work(show: jobs.Progress) -> report.Made:
            return report.build(order, snapshot, agreements, voor, sources, show)

        job = queue.add(_KINDS[order.soort], work)
        return flask.redirect(flask.url_for("verslag.job", id=job.id), 303)


def _order(desk: Desk) -> report.Order:
    """What the form asks for, inside what who asks may see."""
    form = flask.request.form
    if form.get("soort") not in _KINDS:
        raise Gebruiksfout(mark("Kies een evaluatie of een kwartaalbericht."))
    mine = desk.voor().gemeenten
    towns = tuple(form.getlist("gemeente"))
    if mine is not None and not set(towns) <= mine:
        raise Gebruiksfout(mark("U kunt alleen een verslag maken over uw eigen gemeenten."))
    days = {name: _day(form.get(name, "")) for name in ("van", "tot", "peildatum")}
    return report.Order(
        form["soort"], days["van"], days["tot"], days["peildatum"], towns or tuple(sorted(mine or ())),
        tuple(form.getlist("hoofdstuk")),
    ).checked()  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError:
        raise Gebruiksfout(t("'{datum}' is geen datum. Schrijf bijvoorbeeld 2024-06-30.", datum=text[:20])) from None


def _follow(pages: flask.Blueprint, queue: jobs.Queue) -> None:
    @pages.get("/taak/<id>")
    @access.needs("cijfers")
    def job(id: str) -> Any:
        found = queue.get(id) or flask.abort(404)
        files = (
            [(name, _NAMES.get(name, name.rpartition("/")[2])) for name in found.result.files] if found.result else []
        )
        return _page(
            "taak.html", taak=found, bestanden=[one for one in files if one[0] in _NAMES],
            data=[one for one in files if one[0] not in _NAMES], plek=lambda name: name.replace("*", "verslag"),
        )  # fmt: skip

    @pages.post("/taak/<id>/stop")
    @access.needs("cijfers")
    def stop(id: str) -> Any:
        queue.cancel(id)
        return flask.redirect(flask.url_for("verslag.job", id=id), 303)

    @pages.get("/taak/<id>/bekijk")
    @access.needs("cijfers")
    def look(id: str) -> Any:
        made = _made(queue, id)
        return flask.Response(made.files["*.html"], mimetype="text/html")

    @pages.get("/taak/<id>/bestand/<path:name>")
    @access.needs("cijfers")
    def take(id: str, name: str) -> Any:
        made = _made(queue, id)
        content = made.files.get(name.replace("verslag", "*", 1)) or flask.abort(404)
        facts = made.content
        audit(
            "rapport", wie=access.current().naam, soort=facts["soort"], momentopname=facts["momentopname"],
            peildatum=facts["datum"], gemeenten=list(made.publication.towns) or ["alle"],
            hash=report.stamp(content),
        )  # fmt: skip
        example = "VOORBEELD-" if facts["voorbeeld"] else ""
        response = flask.Response(content, mimetype=_TYPES[name.rpartition(".")[2]])
        file = f"{example}{facts['soort']}-{facts['momentopname']}{name.replace('verslag', '', 1).replace('/', '-')}"
        response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        response.headers["Cache-Control"] = "no-store"
        return response


def _made(queue: jobs.Queue, id: str) -> report.Made:
    found = queue.get(id)
    if found is None or found.result is None:
        flask.abort(404)
    made: report.Made = found.result
    return made
