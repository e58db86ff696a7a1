"""The record in the dashboard: a talk with its agreements, steps and documents, closing, and corrections.

Nothing is overwritten: what is sent here becomes new entries. A form that is not right comes back as it was typed, with
a sentence at each field. All of it works without a mouse and without JavaScript.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

import flask

import contracts
import metrics
from contracts import record
from contracts.record.views import to_record
from dashboard import access, wording
from dashboard.access import Desk
from dashboard.flow.forms import Form, digest_of, past_day, roles
from dashboard.flow.page import page
from dashboard.state import View
from dashboard.texts import mark, t
from dashboard.wording.own import of_agreements, of_entry
from data.fouten import Gebruiksfout
from data.vandaag import vandaag

ACTIONS = ("", "2", "3")  # what the fields of the first, second and third agreement end on
_QUARTERS = 8
_TERM = timedelta(days=28)
_MOST_PEOPLE = 500


@dataclass(frozen=True)
class Known:
    """What a form on one contract needs to know."""

    agreement: contracts.Agreement
    momentopname: str
    verdicts: tuple[contracts.Verdict, ...]

    @property
    def quarters(self) -> list[str]:
        found = {one.kwartaal for one in self.verdicts if one.oordeel != "niet van toepassing"}
        return sorted(found, reverse=True)[:_QUARTERS]

    def of(self, kwartaal: str) -> list[contracts.Verdict]:
        """The verdicts of one quarter."""
        return [one for one in self.verdicts if one.kwartaal == kwartaal]


def add_talk(pages: flask.Blueprint, desk: Desk) -> None:
    """Add the addresses of the record."""
    _record(pages, desk)
    _close(pages, desk)
    _correct(pages, desk)
    _people(pages, desk)


def _of(desk: Desk, contract: str) -> Known:
    agreement = desk.agreements.get(contract) or flask.abort(404)
    snapshot = desk.snapshot()
    every = desk.verdicts(snapshot, View(), "alle") if snapshot else []
    return Known(agreement, snapshot.id if snapshot else "", tuple(one for one in every if one.contract == contract))


def known(desk: Desk) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view that is given what is known of its contract; 404 without that contract."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(contract: str, **more: Any) -> Any:
            return view(_of(desk, contract), **more)

        return checked

    return decorate


def _there(known: Known) -> Any:
    return flask.redirect(flask.url_for("kwartaal.talk", contract=known.agreement.id) + "#vastgelegd", 303)


def _show(desk: Desk, known: Known, form: Form | None = None, *, closing: bool = False) -> Any:
    """The page of the record; with a form that is not right what was typed and what is wrong. `closing`: the form was
    that of an action, so that the talk is still to begin."""
    entries, today = desk.entries(known.agreement.id), vandaag()
    said = {one.kwartaal for one in entries if one.soort == "oordelen"}
    first = known.quarters[0] if known.quarters else ""
    start = {"datum": today.isoformat(), "aanwezigen": "contractmanager, aanbieder", "kwartaal": first}
    for end in ACTIONS:
        start |= {f"eigenaar{end}": "aanbieder", f"voor{end}": (today + _TERM).isoformat()}
    start["verteld"] = "ja" if first and first not in said else ""
    values = start if form is None else start | form.values if closing else form.values
    chosen = form["kwartaal"] if form is not None and form["kwartaal"] in known.quarters else first
    last = contracts.attention(known.of(chosen))
    return page(
        "gesprek.html", status=400 if form is not None and form.errors else 200, agreement=known.agreement,
        momentopname=known.momentopname, kwartalen=known.quarters, v=values,
        fouten=form.errors if form is not None else {}, acties=record.actions(entries, today),
        gesprekken=record.talks(entries), verteld=said, kpis=_kpis(known, chosen), rijen=ACTIONS,
        eigen_woorden=of_agreements([known.agreement]),
        bespreken=[(one, wording.verdict_sentence(one)) for one in (last[0].niet_gehaald if last else ())],
    )  # fmt: skip


def _kpis(known: Known, kwartaal: str) -> list[tuple[str, str]]:
    """(id, what to choose from) of every agreement, with the step that was agreed for now."""
    steps = {one.kpi: one.stap for one in known.of(kwartaal) if one.stap}
    titles = {kpi.id: kpi.titel for kpi in known.agreement.kpis}
    return [
        (id, t("{naam} (afgesproken: {stap})", naam=title, stap=steps[id]) if id in steps else title)
        for id, title in titles.items()
    ]


def _record(pages: flask.Blueprint, desk: Desk) -> None:
    @pages.get("/gesprek/<contract>")
    @access.needs("contracten")
    @known(desk)
    def talk(known: Known) -> Any:
        return _show(desk, known)

    @pages.post("/gesprek/<contract>")
    @access.needs("contracten", vastleggen="vastgelegd", groot=True)
    @known(desk)
    def write_talk(known: Known) -> Any:
        form, today = Form(flask.request.form), vandaag()
        past_day(form, "datum", today)
        content = form.entry(
            record.Gesprek, datum=form["datum"], aanwezigen=roles(form["aanwezigen"]), verslag=form["verslag"]
        )
        parts = [*_actions(form), *_step(form, known), *_document(form)]
        told = _told(form, known)
        if form.errors or content is None:
            return _show(desk, known, form)
        book, id, kwartaal = desk.logboek(), known.agreement.id, form["kwartaal"] or None
        written = book.write(id, content, wie=_who(), kwartaal=kwartaal)
        for one in parts:
            book.write(id, one, wie=_who(), kwartaal=kwartaal, verwijst=written.nummer)
        if told:
            shown = record.Oordelen(momentopname=known.momentopname, oordelen=tuple(to_record(one) for one in told))
            book.write(id, shown, wie=_who(), kwartaal=kwartaal)
        return _there(known)


def _actions(form: Form) -> Sequence[record.Actie]:
    found = []
    for end in ACTIONS:
        if form.filled(f"wat{end}"):
            places = {name: f"{name}{end}" for name in ("wat", "eigenaar", "voor")}
            one = form.entry(
                record.Actie, places, wat=form[f"wat{end}"], eigenaar=form[f"eigenaar{end}"], voor=form[f"voor{end}"]
            )
            found += [one] if one is not None else []
    return found


def _step(form: Form, known: Known) -> Sequence[record.Stapgezet]:
    if not form.filled("kpi", "stap", "toelichting"):
        return []
    if form["kpi"] not in {kpi.id for kpi in known.agreement.kpis}:
        form.wrong("kpi", mark("Kies de afspraak waar het om gaat."))
    one = form.entry(record.Stapgezet, kpi=form["kpi"], stap=form["stap"], toelichting=form["toelichting"])
    return [one] if one is not None else []


def _document(form: Form) -> Sequence[record.Document]:
    """A link, or the name and hash of a file: the file itself is read and not kept."""
    given = flask.request.files.get("bestand")
    has_file = given is not None and bool(given.filename)
    if not has_file and not form.filled("titel", "adres"):
        return []
    reference, digest = form["adres"], None
    if given is not None and has_file:
        reference, digest = str(given.filename).replace("\\", "/").rpartition("/")[2], digest_of(given.stream)
    elif not reference.startswith(("https://", "http://")):
        form.wrong("adres", mark("Kies een bestand, of vul een adres in dat begint met https://."))
    if digest and form.errors:
        form.wrong("bestand", mark("Kies het bestand opnieuw: een browser onthoudt dat niet."))
    one = form.entry(record.Document, {"verwijzing": "adres"}, titel=form["titel"], verwijzing=reference, sha256=digest)
    return [one] if one is not None else []


def _told(form: Form, known: Known) -> list[contracts.Verdict]:
    """The verdicts that were told, exactly those that were on the screen."""
    kwartaal = form["kwartaal"]
    if kwartaal and kwartaal not in known.quarters:
        form.wrong("kwartaal", mark("Kies een kwartaal uit de lijst."))
    if not form["verteld"] or not known.quarters:
        return []
    if form["momentopname"] != known.momentopname:
        form.wrong(
            "verteld",
            mark(
                "Er is intussen iets geladen: de oordelen kunnen anders zijn dan u vertelde. Kijk ze na en leg dan "
                "vast."
            ),
        )
        form.values["momentopname"] = known.momentopname
    return known.of(kwartaal)


def _close(pages: flask.Blueprint, desk: Desk) -> None:
    @pages.post("/actie/<contract>")
    @access.needs("contracten", vastleggen="vastgelegd")
    @known(desk)
    def write_action(known: Known) -> Any:
        form = Form(flask.request.form)
        content = form.entry(record.Actie, wat=form["wat"], eigenaar=form["eigenaar"], voor=form["voor"])
        if content is None:
            return _show(desk, known, form, closing=True)
        desk.logboek().write(known.agreement.id, content, wie=_who())
        return _there(known)

    @pages.post("/sluit/<contract>")
    @access.needs("contracten", vastleggen="vastgelegd")
    @known(desk)
    def close(known: Known) -> Any:
        form, book, id = Form(flask.request.form), desk.logboek(), known.agreement.id
        number = form["nummer"]
        still = {one.nummer for one in record.actions(book.entries(id), vandaag()) if one.sluiting is None}
        if not number.isdigit() or int(number) not in still:
            raise Gebruiksfout(mark("Deze actie is al gesloten, of bestaat niet."))
        content = form.entry(record.Sluiting, {"resultaat": f"resultaat-{number}"}, datum=vandaag(),
                             resultaat=form["resultaat"])  # fmt: skip
        if content is None:
            form.values[f"resultaat-{number}"] = form["resultaat"]
            return _show(desk, known, form, closing=True)
        book.write(id, content, wie=_who(), verwijst=int(number))
        return _there(known)


def _correct(pages: flask.Blueprint, desk: Desk) -> None:
    @pages.get("/logboek/<contract>")
    @access.needs("contracten")
    @known(desk)
    def book(known: Known) -> Any:
        entries = desk.entries(known.agreement.id)
        return page(
            "logboek.html", agreement=known.agreement, regels=list(reversed(entries)), stuk=desk.logboek().verify(),
            kan=_FIELDS, eigen_woorden=of_entry,
        )  # fmt: skip

    @pages.get("/verbeter/<contract>/<int:nummer>")
    @access.needs("contracten")
    @known(desk)
    def correct(known: Known, nummer: int) -> Any:
        first, latest = _entry(desk, known, nummer)
        facts = latest.inhoud.model_dump(mode="json")
        values = {name: ", ".join(facts[name]) if isinstance(facts[name], list) else facts[name] or ""
                  for name in _FIELDS[first.soort]}  # fmt: skip
        return _correction(known, first, Form(values))

    @pages.post("/verbeter/<contract>/<int:nummer>")
    @access.needs("contracten", vastleggen="vastgelegd")
    @known(desk)
    def write_correction(known: Known, nummer: int) -> Any:
        first, latest = _entry(desk, known, nummer)
        form = Form(flask.request.form)
        facts = latest.inhoud.model_dump(mode="json")
        before = dict(facts)
        for name in _FIELDS[first.soort]:
            facts[name] = list(roles(form[name])) if isinstance(facts[name], list) else form[name]
        if facts == before:
            form.wrong(_FIELDS[first.soort][0], mark("Er is niets veranderd. Verbeter een veld, of ga terug."))
        content = form.entry(type(first.inhoud), **facts)
        if content is None or form.errors:
            return _correction(known, first, form)
        desk.logboek().write(
            known.agreement.id, content, wie=_who(), kwartaal=first.kwartaal, verwijst=first.nummer, correctie=True
        )
        return flask.redirect(flask.url_for("kwartaal.book", contract=known.agreement.id), 303)


_FIELDS = {
    "gesprek": ("datum", "aanwezigen", "verslag"), "actie": ("wat", "eigenaar", "voor"),
    "sluiting": ("datum", "resultaat"), "stap": ("stap", "toelichting"), "document": ("titel", "verwijzing"),
}  # fmt: skip
# kinds of entries and states of actions, as the pages of the record show them by `t(code)`
_CODES = (
    mark("gesprek"), mark("actie"), mark("sluiting"), mark("stap"), mark("oordelen"), mark("document"), mark("open"),
    mark("te laat"), mark("gesloten"),
)  # fmt: skip


def _entry(desk: Desk, known: Known, nummer: int) -> tuple[record.Regel, record.Regel]:
    """(the entry, its last correction or itself); what was told to a supplier is not corrected here."""
    entries = desk.entries(known.agreement.id)
    first = next((one for one in entries if one.nummer == nummer), None) or flask.abort(404)
    if first.correctie or first.soort not in _FIELDS:
        raise Gebruiksfout(
            mark("Deze regel is zelf een verbetering; verbeter de eerste regel.") if first.correctie
            else mark("Wat aan een aanbieder is verteld, staat vast. Vertel de nieuwe oordelen in een nieuw gesprek.")
        )  # fmt: skip
    corrections = [one for one in entries if one.correctie and one.verwijst == nummer]
    return first, corrections[-1] if corrections else first


def _correction(known: Known, first: record.Regel, form: Form) -> Any:
    return page(
        "verbeter.html", status=400 if form.errors else 200, agreement=known.agreement, regel=first, v=form.values,
        fouten=form.errors, velden=_FIELDS[first.soort],
    )  # fmt: skip


def _people(pages: flask.Blueprint, desk: Desk) -> None:
    @pages.get("/personen/<contract>/<kpi>")
    @access.needs("contracten", vastleggen="export")
    @known(desk)
    def people(known: Known, kpi: str) -> Any:
        kwartaal, snapshot = flask.request.args.get("kwartaal", ""), desk.snapshot()
        verdict = next((one for one in known.of(kwartaal) if one.kpi == kpi), None)
        if verdict is None or snapshot is None:
            flask.abort(404)
        rows = desk.people(snapshot, verdict)
        names = [name for name in (rows[0] if rows else {}) if name not in ("contract",)]
        return page(
            "personen.html", agreement=known.agreement, verdict=verdict, rijen=rows[:_MOST_PEOPLE], namen=names,
            aantal=len(rows), titel=t(metrics.catalogue()[verdict.cijfer].titel),
        )  # fmt: skip


def _who() -> str:
    return access.current().naam
