"""A figure as people meet it: a sentence first, then the picture, then the numbers, with help at hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

import metrics
from dashboard import wording
from dashboard.components.drill import figure_href, with_links
from dashboard.components.parts import aria, plain_table
from dashboard.figures import chart, told
from dashboard.state import View
from dashboard.texts import mark, t

_SMALL = 20
_MOST_STRIPS = 6
_MEASURES = {
    "aantal": ("aantal",),
    "aandeel": ("teller", "noemer", "waarde", "grenzen", "verwacht", "verschil"),
    "gemiddelde": ("n", "waarde", "grenzen"),
    "kwartielen": ("n", "p25", "p50", "p75"),
    "tijd_tot": ("n", "p25", "p50", "p75"),
    "incidentie": ("n", "waarde", "grenzen", "in_risico"),
    "verhouding": ("teller", "noemer", "waarde", "n"),
    "bedrag": ("waarde", "begroot", "uitputting"),
}
_BETTER = {
    "hoger": mark("Hoger is beter."),
    "lager": mark("Lager is beter."),
    "geen": mark("Hoger is hier niet beter of slechter."),
}
_UNITS = {"dagen": mark("dagen"), "maanden": mark("maanden"), "weken": mark("weken")}


def figure_card(
    answer: metrics.Answer,
    total: metrics.Answer | None,
    names: dict[str, str],
    *,
    view: View,
    left_out: list[str],
    again: bool = False,
    events: Sequence[dict[str, Any]] = (),
    beside: str | None = None,
    lacks: str | None = None,
) -> html.Article:
    """One figure. `total` is the same figure without a split, for the number and the sentence; `again` leaves them out
    when the page says them already. `events` are marked on a chart over time; `beside` is a comparison in words,
    `lacks` what was not delivered.
    """
    definition = answer.definition
    split = wording.label_of([name for name in answer.per if name not in definition.eigen])
    title = t(definition.titel)
    if split:
        title = t("{titel} per {verdeling}", titel=title, verdeling=split)
    shown = total or answer
    drawn = chart(answer, names, events)
    opened = not drawn and len(answer.rijen) > 1
    note = [html.P(lacks, className="opmerking")] if lacks else []
    if left_out:
        told = t("Let op: dit cijfer kent het filter {filters} niet.", filters=wording.label_of(left_out))
        note += [html.P(told, className="opmerking")]
    return html.Article(
        [
            html.Div(
                [
                    html.H3(
                        dcc.Link(title, href=figure_href(definition.id, view, answer.per)), className="kaart-titel"
                    ),
                    _help(answer),
                ],
                className="kaart-kop",
            ),
            None if again else headline(shown),
            *([] if again else [html.P(sentence, className="zin") for sentence in wording.sentences(shown, names)]),
            html.P(beside, className="opmerking naast") if beside and not again else None,
            *note,
            graph(with_links(drawn, definition, view, answer), title, _name_of(answer)) if drawn else None,
            _details(answer, names, opened=opened),
            downloads(answer, view),
        ],
        className=f"kaart {'kaart-grafiek' if drawn else 'kaart-tabel' if opened else 'kaart-getal'}",
        id=f"cijfer-{_name_of(answer)}",
    )


def _name_of(answer: metrics.Answer) -> str:
    return "-".join([answer.cijfer, *answer.per])


def headline(answer: metrics.Answer) -> html.Div | None:
    """The one number of a figure without dimensions, in people when there are few, with a strip for how sure it is."""
    if answer.dims or not answer.rijen:
        return None
    row, soort = answer.rijen[0], answer.definition.soort
    text = big_number(answer)
    if text is None:
        return None
    big, _, small = text.partition(" ") if soort == "incidentie" else (text, "", "")
    number = html.P([big, html.Span(f" {small}", className="groot-bij") if small else None], className="groot")
    sure = soort == "aandeel" and isinstance(row.get("laag"), float) and (row["noemer"] or 0) >= _SMALL
    return html.Div([number, strip(row) if sure else None], className="kerncijfer")


def row_strips(answer: metrics.Answer, names: dict[str, str]) -> html.Ul | None:
    """A share per value of one dimension, each with its strip; None when that does not fit in a tile."""
    rows = [row for row in answer.rijen if isinstance(row.get("laag"), float) and (row.get("noemer") or 0) >= _SMALL]
    if len(answer.dims) != 1 or not rows or len(rows) > _MOST_STRIPS:
        return None
    (dim,) = answer.dims
    lines = [
        html.Li(
            [
                html.Span(wording.dimension(dim, row[dim], names), className="rij-naam"),
                strip(row),
                html.B(wording.percentage(row["waarde"])),
            ]
        )
        for row in rows
    ]
    return html.Ul(lines, className="stroken")


def big_number(answer: metrics.Answer) -> str | None:
    """The number itself; None for a kind that has no single one, or when it is hidden or unknown."""
    row, soort = answer.rijen[0], answer.definition.soort
    if soort == "aantal":
        return wording.number(row["aantal"]) if isinstance(row["aantal"], int) else None
    if soort in ("aandeel", "verhouding"):
        if not isinstance(row.get("waarde"), int | float) or not row.get("noemer"):
            return None
        if soort == "aandeel" and row["noemer"] < _SMALL:
            return wording.share(row)
        return wording.measure("waarde", row, answer.definition)
    if soort in ("kwartielen", "tijd_tot") and isinstance(row.get("p50"), int | float):
        unit = answer.definition.eenheid
        number = wording.number(row["p50"], 0 if unit == "dagen" else 1)
        return f"{number} {t(_UNITS.get(unit, unit))}".strip()
    if soort == "incidentie":
        done = [one for one in answer.rijen if one["einde"] == answer.definition.einden[0]]
        known = [one for one in done if isinstance(one.get("waarde"), int | float)]
        if known:
            share, time = wording.percentage(known[-1]["waarde"]), wording.horizon(known[-1]["horizon"])
            return t("{deel} na {tijd}", deel=share, tijd=time)
    return None


def strip(row: dict[str, Any]) -> html.Div:
    """From 0 to 100: where the true share probably lies (the bar) and what was counted (the mark)."""
    low, high, value = (100 * row[name] for name in ("laag", "hoog", "waarde"))
    return html.Div(
        [
            html.Span(className="strook-interval", style={"left": f"{low:.2f}%", "width": f"{high - low:.2f}%"}),
            html.Span(className="strook-punt", style={"left": f"{value:.2f}%"}),
        ],
        className="strook",
        title=t("Het echte aandeel ligt waarschijnlijk {grenzen}.", grenzen=wording.interval(row["laag"], row["hoog"])),
        **aria(hidden=True),
    )


def graph(drawn: dict[str, Any], title: str, name: str) -> html.Div:
    """A chart; a click on a mark follows its link. `name` tells charts of one page apart."""
    picture = dcc.Graph(
        id={"type": "grafiek", "naam": name}, figure=drawn,
        config={"displayModeBar": False, "responsive": True, "locale": "nl"},
        style={"height": f"{drawn['layout']['height']}px"},
    )  # fmt: skip
    label = t(
        "Grafiek: {titel}. {gezegd} De getallen staan in de tabel hieronder.", titel=title, gezegd=told(drawn)
    ).replace("  ", " ")
    return html.Div(picture, role="img", className="grafiek", **aria(label))


def _help(answer: metrics.Answer) -> html.Details:
    definition, period = answer.definition, wording.period(answer.van, answer.tot)
    counted = " ".join(definition.definitie.split())
    lines = [
        html.P(t(counted)),
        html.P(t(_BETTER[definition.richting])),
        html.P(t("Periode {periode}, bekeken op {dag}.", periode=period, dag=wording.day(answer.peildatum))),
        html.P(t("Bron: {bronnen}.", bronnen="; ".join(t(one) for one in definition.bron))),
    ]
    name = t("Uitleg bij {titel}", titel=t(definition.titel))
    return html.Details(
        [html.Summary("?", **aria(name)), html.Div(lines, className="uitleg-tekst")], className="uitleg"
    )


def _details(answer: metrics.Answer, names: dict[str, str], *, opened: bool) -> html.Details | None:
    if not answer.rijen:
        return None
    head, rows, left = table_of(answer, names)
    label = t("Tabel: {titel}", titel=t(answer.definition.titel))
    table = plain_table(head, rows, left=left, label=label)
    return html.Details([html.Summary(t("Toon als tabel")), table], open=opened)


def table_of(answer: metrics.Answer, names: dict[str, str]) -> tuple[list[str], list[list[str]], int]:
    """(headings, rows of text, number of columns with words)."""
    soort = answer.definition.soort
    dims = [*answer.dims, *(("horizon", "einde") if soort == "incidentie" else ())]
    first = answer.rijen[0] if answer.rijen else {}
    measures = [name for name in _MEASURES[soort] if name in first or (name == "grenzen" and "laag" in first)]
    head = [wording.title_of(name) for name in dims]
    head += [t("Grenzen (95 %)") if name == "grenzen" else wording.title_of(name) for name in measures]
    rows = []
    for row in answer.rijen:
        cells = [
            wording.horizon(row[name]) if name == "horizon" else wording.dimension(name, row[name], names)
            for name in dims
        ]
        rows.append([*cells, *(wording.measure(name, row, answer.definition) for name in measures)])
    return head, rows, len(dims)


def downloads(answer: metrics.Answer, view: View, *, pictures: bool = False) -> html.Div:
    """The same answer as a file; with `pictures` its chart too."""
    links = [
        html.A(kind.upper(), href=file_href(answer, view, kind), download="", className="bestand")
        for kind in ("csv", "xlsx")
    ]
    if pictures:
        links += [
            html.A(kind.upper(), href=picture_href(answer, view, kind), download="", className="bestand")
            for kind in ("png", "svg")
        ]
    return html.Div([t("Meenemen: "), *links], className="meenemen")


def file_href(answer: metrics.Answer, view: View, kind: str) -> str:
    """The address of an answer as CSV or XLSX."""
    return f"/bestand/{answer.cijfer}.{kind}{replace(view, per=answer.per).write()}"


def picture_href(answer: metrics.Answer, view: View, kind: str) -> str:
    """The address of an answer's chart as PNG or SVG."""
    return f"/download/{answer.cijfer}.{kind}{replace(view, per=answer.per).write()}"


def money_card(title: str, rows: list[tuple[str, float, float]]) -> html.Article:
    """What was spent on a budget beside what was planned, per year: (year, spent, planned; 0 when nothing was)."""
    top = max(max(spent, planned) for _, spent, planned in rows) or 1
    lines = []
    for year, spent, planned in rows:
        of = t("; niets begroot")
        if planned:
            of = t(" van {begroot} ({deel})", begroot=wording.euros(planned), deel=wording.percentage(spent / planned))
        limit = [html.Span(className="balk-norm", style={"left": f"{100 * planned / top:.2f}%"})] if planned else []
        bar = html.Span(className="balk-vulling", style={"width": f"{max(0, 100 * spent / top):.2f}%"})
        text = html.Span([html.B(wording.euros(spent)), of], className="balk-tekst")
        lines.append(html.Li([html.Span(year, className="balk-jaar"), html.Div([bar, *limit], className="balk"), text]))
    legend = html.P(t("De balk is wat is uitgegeven, het streepje wat is begroot."), className="opmerking")
    return html.Article(
        [html.H3(title, className="kaart-titel"), html.Ul(lines, className="balken"), legend], className="kaart"
    )
