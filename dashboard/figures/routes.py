"""The addresses of pictures: /download/<figure>.png and .svg, for the same view as the page."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import flask

import metrics
from dashboard import access, events, wording
from dashboard.access import Desk
from dashboard.downloads import misread
from dashboard.figures import budget_chart, chart, paper, pictures
from dashboard.file_name import file_name
from dashboard.places import municipalities
from dashboard.state import View
from dashboard.texts import language, t
from data.fouten import Gebruiksfout

_KINDS = {"png": "image/png", "svg": "image/svg+xml"}
_SCALE = {"png": 2, "svg": 1}  # a png for a slide or a letter: twice as sharp as a screen
_SPLITS = ("jaar", "kwartaal", "leerroute", "doelgroep", "gemeente")
_PAGE = """<!DOCTYPE html>
<html lang="{taal}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{geen} · Inburgeringsmonitor</title><link rel="stylesheet" href="/assets/stijl.css"></head>
<body><main id="inhoud" class="kolom"><h1 class="pagina-titel">{kop}</h1>{text}
<p><a href="/">{terug}</a></p></main></body></html>"""


def add_pictures(server: flask.Flask, desk: Desk) -> None:
    """Add the addresses /download/<figure>.png and .svg."""

    @server.get("/download/<name>.<kind>")
    @access.needs("publicatie", zwaar=True, vastleggen="export")
    def picture(name: str, kind: str) -> Any:
        view = View.read(flask.request.query_string.decode("utf-8", "replace"))
        snapshot = desk.snapshot(view.momentopname)
        if snapshot is None or kind not in _KINDS or name not in metrics.catalogue():
            return _sorry(404, [t("Dit plaatje bestaat niet.")])
        if fault := misread(desk, snapshot, view):
            return _sorry(400, [fault])
        names = municipalities()
        try:
            outside = bool(flask.request.args.get("publicatie"))
            found = _charted(desk, snapshot, name, view, view.per, names, outside=outside)
            if found is None:
                told = t("Van dit cijfer is met deze keuze geen grafiek te maken. De tabel werkt wel.")
                return _sorry(404, [told])
            answer, total, drawn = found
            invented = _example(desk, snapshot)
            words = _words(answer, total, names)
            sheet = paper.alone(drawn, **words, example=invented)
        except Gebruiksfout as fault:
            return _sorry(400, fault.meldingen)
        try:
            (content,) = pictures.draw([sheet], kind, width=paper.WIDTH, scale=_SCALE[kind])
        except pictures.GeenTekenaar as fault:
            return _sorry(503, fault.meldingen)
        if kind == "svg":
            told = " ".join([words["said"], *words["notes"], t(paper.EXAMPLE) if invented else ""]).strip()
            content = paper.described(content.decode(), words["title"], told).encode()
        called = file_name(name, view, snapshot.id, kind, example=invented, outside=outside)
        response = flask.Response(content, mimetype=_KINDS[kind])
        response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
        return response


def _charted(
    desk: Desk, snapshot: Any, id: str, view: View, asked: Sequence[str], names: dict[str, str], *, outside: bool
) -> tuple[metrics.Answer, metrics.Answer, dict[str, Any]] | None:
    """The answer, its whole, and its chart. When nothing was asked and the figure is one number: by the first split
    that shows. `outside`: after the publication guard."""
    possible = metrics.catalogue()[id].mogelijk
    for per in [asked] if asked else [[], *([one] for one in _SPLITS if one in possible)]:
        answer = desk.answer(snapshot, id, view, per)
        total = desk.answer(snapshot, id, view) if answer.per else answer
        if outside:
            guarded = desk.guarded([total, answer] if answer.per else [answer])
            total, answer = guarded[0], guarded[-1]
        # what happened is for who looks inside: it names suppliers
        marks = () if outside else events.shown(desk.werkmap, _example(desk, snapshot), answer.van, answer.tot)
        if (drawn := chart(answer, names, marks) or _beside_budget(answer)) is not None:
            return answer, total, drawn
    return None


def _example(desk: Desk, snapshot: Any) -> bool:
    return bool(desk.facts(snapshot)["voorbeeld"])


def _beside_budget(answer: metrics.Answer) -> dict[str, Any] | None:
    """Amounts in too many rows to draw one by one: per year, beside what was planned."""
    rows = [row for row in answer.rijen if isinstance(row.get("waarde"), int | float) and "begroot" in row]
    if answer.definition.soort != "bedrag" or "jaar" not in answer.dims or len(rows) < len(answer.rijen):
        return None
    years = sorted({row["jaar"] for row in rows})
    return budget_chart(
        [
            (
                str(year),
                sum(row["waarde"] for row in rows if row["jaar"] == year),
                sum(row["begroot"] or 0 for row in rows if row["jaar"] == year),
            )
            for year in years
        ]
    )


def _words(answer: metrics.Answer, total: metrics.Answer, names: Mapping[str, str]) -> dict[str, Any]:
    definition = answer.definition
    split = wording.label_of([name for name in answer.per if name not in definition.eigen])
    title = t(definition.titel)
    if split:
        title = t("{titel} per {verdeling}", titel=title, verdeling=split)
    apart = total.dims and definition.soort != "incidentie"  # the chart says all of them
    said = "" if apart else " ".join(wording.sentences(total, dict(names))[:2])
    chosen = [
        f"{wording.title_of(name)}: {', '.join(wording.dimension(name, one, names) for one in values)}"
        for name, values in answer.filters.items()
    ]
    size = _size(total)
    notes = [
        ". ".join([*chosen, t("Periode {periode}", periode=wording.period(answer.van, answer.tot))])
        + ". "
        + t("Peildatum {dag}.", dag=wording.day(answer.peildatum))
        + (f" n = {wording.number(size)}." if size is not None else ""),
        t(
            "Bron: leveringen van gemeente en aanbieders, momentopname {id}. Definitie: {bronnen}. "
            "Inburgeringsmonitor.",
            id=answer.momentopname,
            bronnen="; ".join(t(one) for one in definition.bron),
        ),
    ]
    if any(wording.is_hidden(value) for row in answer.rijen for value in row.values()):
        notes.insert(1, t("Groepen die te klein zijn, staan er niet bij."))
    return {"title": title, "said": said, "notes": notes}


def _size(total: metrics.Answer) -> int | None:
    """Of how many the figure speaks: the people, spells or answers behind its rows; None for money and when hidden."""
    if total.definition.soort == "bedrag" or not total.rijen:
        return None
    sizes = [row.get("noemer", row.get("n", row.get("aantal"))) for row in total.rijen]
    if total.definition.soort == "incidentie" or total.definition.verdeling:
        sizes = sizes[:1]  # every row is of the same people
    known = [one for one in sizes if isinstance(one, int)]
    return sum(known) if len(known) == len(sizes) else None


def _sorry(status: int, sentences: Sequence[str]) -> flask.Response:
    text = "".join(f"<p>{escape(t(one))}</p>" for one in sentences)
    page = _PAGE.format(
        text=text, taal=language(), geen=t("Geen plaatje"), kop=t("Dit plaatje kan nu niet"),
        terug=t("Naar het dashboard"),
    )  # fmt: skip
    return flask.Response(page, status=status, mimetype="text/html")
