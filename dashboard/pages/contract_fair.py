"""A fair comparison of one contract: with whom it works, what it reached with the same people, and the funnel."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import dcc, html

import contracts
from dashboard import wording
from dashboard.components import plain_table
from dashboard.components.parts import aria, own_words
from dashboard.figures.funnel import funnel_chart
from dashboard.pages.context import Context
from dashboard.texts import mark, t
from dashboard.wording import suppliers

_NOTE = mark("Een aanbieder met een moeilijkere groep haalt minder snel een norm. Kijk hiernaar voordat u vergelijkt.")
_FUNNEL = mark(
    "Elk teken is een contract: hoe meer mensen klaar zijn, hoe verder naar rechts. Tussen de lijnen verklaart toeval "
    "het verschil met het gemiddelde."
)


def render(context: Context, agreement: contracts.Agreement, day: date) -> Any:
    """The comparisons of this contract, and the mix of its people."""
    if agreement.onderdeel.dienst is not None:
        return html.P(t("Bij deze dienst zijn geen deelnemers bekend, dus ook geen groep om mee te vergelijken."))
    names = {one.id: one.titel for one in context.desk.agreements.values()}
    found = context.desk.beside(context.snapshot, agreement.id, day)
    mix = [one for one in context.desk.mix(context.snapshot, agreement.id, day) if one.ander_totaal]
    return html.Div(
        [
            *(_comparison(one, agreement.id, names) for one in found),
            html.P(t(_NOTE), className="opmerking"),
            _mix(mix) if mix else html.P(t("Over deze groep is nog niets bekend.")),
        ]
    )


def _comparison(beside: contracts.Beside, contract: str, names: dict[str, str]) -> Any:
    title = suppliers.what_of(beside)
    said = [html.P(text, className="zin") for text in suppliers.beside_sentences(beside, contract) if text]
    heading = html.H3(t("Afgerond: {wat}", wat=title), className="kaart-titel")
    if len(beside.rijen) < 2:
        return html.Article([heading, *said], className="kaart")
    drawn = funnel_chart(beside.rijen, names, contract) if beside.trechter else None
    rows: list[list[Any]] = [suppliers.beside_row(row, names, fair=beside.gelijk) for row in beside.rijen]
    rows = [[own_words(name), *others] for name, *others in rows]
    label = t("Vergelijking, {wat}", wat=title)
    chart = note = None
    if drawn is not None:
        height = {"height": f"{drawn['layout']['height']}px"}
        graph = dcc.Graph(figure=drawn, config={"displayModeBar": False}, style=height)
        funnel = t("Trechter, {wat}", wat=title)
        chart = html.Div(graph, role="img", **aria(f"{funnel}: {_spoken(beside, names)}"))
        note = html.P(t(_FUNNEL), className="opmerking")
    table = plain_table([t(one) for one in suppliers.BESIDE_HEAD], rows, label=label)
    return html.Article(
        [heading, *said, chart, note, table],
        className="kaart",
    )


def _spoken(beside: contracts.Beside, names: dict[str, str]) -> str:
    return "; ".join(f"{names.get(row['contract'], row['contract'])} {wording.share(row)}" for row in beside.rijen)


def _mix(shares: Sequence[contracts.Share]) -> Any:
    rows = [
        [
            wording.title_of(one.dimensie),
            wording.dimension(one.dimensie, None if one.waarde == "None" else one.waarde),
            t("{teller} van de {noemer}", teller=wording.number(one.aantal), noemer=wording.number(one.totaal)),
            "–" if one.deel is None else wording.percentage(one.deel),
            "–" if one.ander_deel is None else wording.percentage(one.ander_deel),
        ]
        for one in shares
    ]
    head = [t("Kenmerk"), t("Groep"), t("Aantal"), t("Hier"), t("Vergelijkbare contracten samen")]
    return plain_table(head, rows, left=2, label=t("Met wie deze aanbieder werkt"))
