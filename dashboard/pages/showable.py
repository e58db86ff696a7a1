"""Whether a figure may be shown outside: what the guard says of it for this view, and a sentence to quote."""

from dataclasses import replace
from typing import Any

from dash import html

import metrics
from dashboard import wording
from dashboard.components.card import file_href, table_of
from dashboard.components.parts import plain_table
from dashboard.pages.context import Context

_SMALL = 20
_EXAMPLE = "Let op: dit zijn verzonnen gegevens. Gebruik ze nooit naar buiten."
_ALONE = (
    "Dit geldt voor dit cijfer alleen. Laat u meer cijfers samen zien? Gebruik dan Publiceren: daar worden zij samen "
    "gewogen."
)


def showable(context: Context, shown: metrics.Answer, total: metrics.Answer) -> Any:
    """The answer to the question, the sentence to quote, and the files that may go out. `shown` is what is on screen,
    `total` the figure without a split: they are weighed together."""
    if not shown.rijen and not total.rijen:
        return html.P("Er is niets om te laten zien.")
    apart = shown.per != total.per
    published = context.desk.published(context.snapshot, [total, shown] if apart else [total])
    whole, mine = published[0], published[-1]
    hidden, few = _hidden(mine), sum(_few(mine, row) for row in mine.rijen)
    lines = [_line("Dit cijfer:" if apart else "", *_verdict(whole))]
    if apart:
        lines.append(_line(f"De grafiek en tabel per {wording.label_of(mine.per)}:", *_verdict(mine)))
    if few and not hidden:
        lines.append(html.P("Onder de 20 mensen noemt u geen percentage, maar de aantallen: 7 van de 9."))
    return html.Div(
        [
            *lines,
            html.P(_EXAMPLE, className="opmerking") if context.example else None,
            _quote(context, whole),
            _as_shown(context, mine) if hidden else None,
            _files(context, mine),
            html.P(_ALONE, className="opmerking"),
        ]
    )


def _line(about: str, verdict: str, why: str) -> html.P:
    said = html.B(verdict if about else verdict.capitalize())
    return html.P([f"{about} " if about else "", said, f" {why}"], className="mag")


def _hidden(answer: metrics.Answer) -> int:
    return sum(any(wording.is_hidden(value) for value in row.values()) for row in answer.rijen)


def _few(answer: metrics.Answer, row: dict[str, Any]) -> bool:
    noemer = row.get("noemer")
    return answer.definition.soort == "aandeel" and isinstance(noemer, int) and 0 < noemer < _SMALL


def _verdict(answer: metrics.Answer) -> tuple[str, str]:
    rows, hidden = len(answer.rijen), _hidden(answer)
    if not rows:
        return "Niets.", "Er is niets om te laten zien."
    if hidden == rows:
        return "nee.", "De groep is te klein: wie dit leest, kan te veel over iemand te weten komen."
    if hidden:
        part = f"{hidden} van de {rows} regels {'blijft' if hidden == 1 else 'blijven'} verborgen"
        return "ten dele.", f"{part}: daar is de groep te klein, of uit te rekenen. Gebruik de versie voor buiten."
    if rows == 1 and _few(answer, answer.rijen[0]):
        return "ja, maar zonder percentage.", "Het gaat om minder dan 20 mensen: noem de aantallen."
    return "ja.", "Geen groep is te klein."


def _quote(context: Context, published: metrics.Answer) -> Any:
    about = wording.about(published.filters, context.names, context.titles)
    moment = wording.moment(published.van, published.tot, published.peildatum)
    text = wording.quote(published, context.names, about, moment)
    return html.Figure([html.Figcaption("Zo kunt u het letterlijk zeggen:"), html.Blockquote(text)], className="citaat")


def _as_shown(context: Context, published: metrics.Answer) -> Any:
    head, rows, left = table_of(published, context.names)
    label = "Zoals het naar buiten mag"
    return html.Details([html.Summary(label), plain_table(head, rows, left=left, label=label)])


def _files(context: Context, published: metrics.Answer) -> Any:
    view = replace(context.view, per=published.per)
    links = [
        html.A(kind.upper(), href=outside(file_href(published, view, kind)), download="", className="bestand")
        for kind in ("csv", "xlsx")
    ]
    return html.Div(["Voor buiten (na de bewaker): ", *links], className="meenemen")


def outside(href: str) -> str:
    """The same address, after the publication guard."""
    return href + ("&" if "?" in href else "?") + "publicatie=1"
