"""A figure as people meet it: a sentence first, then the picture, then the numbers, with help at hand."""

from typing import Any

from dash import dcc, html

import metrics
from dashboard import wording
from dashboard.components.parts import aria, plain_table
from dashboard.figures import chart

_SMALL = 20
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
_GOALS = {"kosten": "geld", "handhaving": "naleving", "gegevens": "gegevens"}


def figure_card(
    answer: metrics.Answer,
    total: metrics.Answer | None,
    names: dict[str, str],
    *,
    search: str,
    left_out: list[str],
    heading: Any = html.H3,
) -> html.Article:
    """One figure. `total` is the same figure without a split, for the sentence; `search` reproduces the view."""
    definition = answer.definition
    drawn = chart(answer, names)
    note = []
    if left_out:
        note = [html.P(f"Let op: dit cijfer kent het filter {' en '.join(left_out)} niet.", className="opmerking")]
    return html.Article(
        [
            html.Div([heading(definition.titel, className="kaart-titel"), _help(answer)], className="kaart-kop"),
            *[html.P(sentence, className="zin") for sentence in sentences(total or answer, names)],
            *note,
            _graph(drawn, definition) if drawn else None,
            _details(answer, names),
            _downloads(answer, search),
        ],
        className="kaart",
        id=f"cijfer-{definition.id}",
    )


def sentences(answer: metrics.Answer, names: dict[str, str]) -> list[str]:
    """What the answer says, in at most three sentences."""
    definition = answer.definition
    rows = answer.rijen
    if definition.soort == "incidentie":
        rows = [row for row in rows if row["einde"] in ("afgerond", "voldaan", "uitval")] or rows
        rows = [row for row in rows if row["waarde"] is not None][-2:] or rows[:1]
    if not rows:
        return ["Hierover is nog niets geleverd, of niemand past bij deze filters."]
    if len(rows) > 3:
        return []
    found = []
    for row in rows:
        about = ", ".join(wording.dimension(name, row[name], names) for name in answer.dims)
        found.append(wording.sentence(definition.id, definition.soort, row, titel=definition.titel, voor=about))
    if definition.klaar:
        found.append("Dit gaat alleen over wie al klaar is; wie nog bezig is, telt nog niet mee.")
    return found


def _graph(drawn: dict[str, Any], definition: metrics.Definition) -> html.Div:
    graph = dcc.Graph(
        figure=drawn, config={"displayModeBar": False, "responsive": True, "locale": "nl"},
        style={"height": f"{drawn['layout']['height']}px"},
    )  # fmt: skip
    label = f"Grafiek: {definition.titel}. De getallen staan in de tabel hieronder."
    return html.Div(graph, role="img", className="grafiek", **aria(label))


def _help(answer: metrics.Answer) -> html.Details:
    definition = answer.definition
    better = {"hoger": "Hoger is beter.", "lager": "Lager is beter.", "geen": "Hoger is hier niet beter of slechter."}
    lines = [
        html.P(" ".join(definition.definitie.split())),
        html.P(better[definition.richting]),
        html.P(f"Periode {wording.period(answer.van, answer.tot)}, bekeken op {wording.day(answer.peildatum)}."),
        html.P(f"Bron: {'; '.join(definition.bron)}."),
    ]
    name = f"Uitleg bij {definition.titel}"
    return html.Details(
        [html.Summary("?", **aria(name)), html.Div(lines, className="uitleg-tekst")], className="uitleg"
    )


def _details(answer: metrics.Answer, names: dict[str, str]) -> html.Details | None:
    if not answer.rijen:
        return None
    head, rows, left = table_of(answer, names)
    label = f"Tabel: {answer.definition.titel}"
    return html.Details(
        [html.Summary("Toon als tabel"), plain_table(head, rows, left=left, label=label)], open=len(answer.rijen) == 1
    )


def table_of(answer: metrics.Answer, names: dict[str, str]) -> tuple[list[str], list[list[str]], int]:
    """(headings, rows of text, number of columns with words)."""
    soort = answer.definition.soort
    dims = [*answer.dims, *(("horizon", "einde") if soort == "incidentie" else ())]
    first = answer.rijen[0] if answer.rijen else {}
    measures = [name for name in _MEASURES[soort] if name in first or (name == "grenzen" and "laag" in first)]
    head = [wording.title_of(name) for name in dims]
    head += ["Grenzen (95 %)" if name == "grenzen" else wording.title_of(name) for name in measures]
    rows = []
    for row in answer.rijen:
        cells = [
            wording.horizon(row[name]) if name == "horizon" else wording.dimension(name, row[name], names)
            for name in dims
        ]
        rows.append([*cells, *(measure(name, row, answer.definition) for name in measures)])
    return head, rows, len(dims)


def measure(name: str, row: dict[str, Any], definition: metrics.Definition) -> str:
    """One number of a row; under twenty people no percentage."""
    soort = definition.soort
    small = soort == "aandeel" and isinstance(row.get("noemer"), int) and row["noemer"] < _SMALL
    if small and name in ("waarde", "grenzen"):
        return "–"
    if name == "grenzen":
        low, high = row.get("laag"), row.get("hoog")
        if wording.is_hidden(low):
            return wording.HIDDEN
        if low is None or high is None:
            return "–"
        if soort == "gemiddelde":
            return f"{wording.number(low, 1)} tot {wording.number(high, 1)}"
        return f"{wording.percentage(low)} tot {wording.percentage(high)}"
    if soort == "verhouding" and name == "waarde" and definition.eenheid == "euro" and row["waarde"] is not None:
        return wording.euros(row["waarde"])
    return wording.cell(name, row.get(name), soort)


def _downloads(answer: metrics.Answer, search: str) -> html.Div:
    per = ",".join(answer.per)
    extra = (search + ("&" if search else "?") + f"per={per}") if per else search
    links = [
        html.A(kind.upper(), href=f"/bestand/{answer.cijfer}.{kind}{extra}", download="", className="bestand")
        for kind in ("csv", "xlsx")
    ]
    return html.Div(["Meenemen: ", *links], className="meenemen")


def money_card(title: str, rows: list[tuple[str, float, float | None]], label: str) -> html.Article:
    """Amounts beside their budget: (what, spent, budget)."""
    body = []
    for name, spent, planned in rows:
        part = wording.percentage(spent / planned) if planned else "–"
        body.append([name, wording.euros(spent), wording.euros(planned) if planned else "–", part])
    table = plain_table(["", "Uitgegeven", "Begroot", "Besteed deel"], body, label=label)
    return html.Article([html.H3(title, className="kaart-titel"), table], className="kaart")
