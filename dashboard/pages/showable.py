"""Whether a figure may be shown outside: what the guard says of it for this view, and a sentence to quote."""

from dataclasses import replace
from typing import Any

from dash import html

import metrics
from dashboard import access, wording
from dashboard.components.card import file_href, picture_href, table_of
from dashboard.components.parts import plain_table
from dashboard.pages.context import Context
from dashboard.texts import mark, t, tn

_SMALL = 20
_EXAMPLE = mark("Let op: dit zijn verzonnen gegevens. Gebruik ze nooit naar buiten.")
_ALONE = mark(
    "Dit geldt voor dit cijfer alleen. Laat u meer cijfers samen zien? Gebruik dan Publiceren: daar worden zij samen "
    "gewogen."
)
_PERIODS = {"jaar": mark("per jaar"), "twee jaar": mark("per twee jaar"), "sinds 2022": mark("sinds 2022")}
_AREAS = {"IASZ": mark("Heemstede en Bloemendaal samen"), "regio": mark("de hele regio")}


def showable(context: Context, shown: metrics.Answer, total: metrics.Answer) -> Any:
    """The answer to the question, the sentence to quote, and the files that may go out. `shown` is what is on screen,
    `total` the figure without a split: they are weighed together."""
    if not shown.rijen and not total.rijen:
        return html.P(t("Er is niets om te laten zien."))
    if not access.current().exact:
        return html.P(t("Ja. U ziet hier alleen wat is gepubliceerd, en dat mag iedereen zien."), className="mag")
    apart = shown.per != total.per
    published = context.desk.guarded([total, shown] if apart else [total])
    whole, mine = published[0], published[-1]
    few = sum(_few(mine, row) for row in mine.rijen)
    lines = [_line(t("Dit cijfer:") if apart else "", *_verdict(whole))]
    if apart:
        about = t("De grafiek en tabel per {verdeling}:", verdeling=wording.label_of(mine.per))
        lines.append(_line(about, *_verdict(mine)))
    if few and not _hidden(mine):
        lines.append(html.P(t("Onder de 20 mensen noemt u geen percentage, maar de aantallen: 7 van de 9.")))
    coarser = _coarser(context, total) if _hidden(whole) == len(whole.rijen) else None
    return html.Div(
        [
            *lines,
            html.P(t(_EXAMPLE), className="opmerking") if context.example else None,
            coarser if coarser is not None else _quote(context, whole),
            _as_shown(context, mine) if _hidden(mine) else None,
            _files(context, mine),
            html.P(t(_ALONE), className="opmerking"),
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
        return t("niets."), t("Er is niets om te laten zien.")
    if hidden == rows:
        return t("nee."), t("De groep is te klein: wie dit leest, kan te veel over iemand te weten komen.")
    if hidden:
        why = tn(
            "{n} van de {totaal} regels blijft verborgen: daar is de groep te klein, of uit te rekenen. Gebruik de "
            "versie voor buiten.",
            "{n} van de {totaal} regels blijven verborgen: daar is de groep te klein, of uit te rekenen. Gebruik de "
            "versie voor buiten.",
            hidden, n=hidden, totaal=rows,
        )  # fmt: skip
        return t("ten dele."), why
    if rows == 1 and _few(answer, answer.rijen[0]):
        return t("ja, maar zonder percentage."), t("Het gaat om minder dan 20 mensen: noem de aantallen.")
    return t("ja."), t("Geen groep is te klein.")


def _coarser(context: Context, total: metrics.Answer) -> Any:
    """What may be said instead: the finest level that passes, named; None when even the coarsest does not."""
    found = context.desk.finest(context.snapshot, total.cijfer, context.view)
    if found is None or not found.getoond:
        return html.P(t("Ook over een langere periode, de hele regio en alle leerroutes is de groep te klein."))
    level = found.niveau
    steps = [
        _PERIODS.get(level.periode, ""), _AREAS.get(level.gebied, ""),
        mark("alle leerroutes samen") if level.leerroute == "alle" else "",
    ]  # fmt: skip
    named = ", ".join(t(step) for step in steps if step)
    said = html.P([t("Wat u wel mag laten zien: "), html.B(named or t("dit cijfer")), "."])
    area = _AREAS.get(level.gebied, "")
    return html.Div([said, _quote(context, found.antwoord, t(area) if area else "")])


def _quote(context: Context, published: metrics.Answer, area: str = "") -> Any:
    """`area` names the municipalities together."""
    filters = {name: values for name, values in published.filters.items() if not area or name != "gemeente"}
    about = wording.about(filters, context.names, context.titles)
    about = ", ".join(part for part in (about, area) if part)
    moment = wording.moment(published.van, published.tot, published.peildatum)
    if _hidden(published) and not wording.sentences(published, context.names):
        return html.P(t("In één zin is dit niet te zeggen. De tabel en grafiek voor buiten kunt u zo gebruiken."))
    text = wording.quote(published, context.names, about, moment)
    return html.Figure(
        [html.Figcaption(t("Zo kunt u het letterlijk zeggen:")), html.Blockquote(text)], className="citaat"
    )


def _as_shown(context: Context, published: metrics.Answer) -> Any:
    head, rows, left = table_of(published, context.names)
    label = t("Zoals het naar buiten mag")
    return html.Details([html.Summary(label), plain_table(head, rows, left=left, label=label)])


def _files(context: Context, published: metrics.Answer) -> Any:
    view = replace(context.view, per=published.per)
    hrefs = [(kind, file_href(published, view, kind)) for kind in ("csv", "xlsx")]
    hrefs += [(kind, picture_href(published, view, kind)) for kind in ("png", "svg")]
    links = [html.A(kind.upper(), href=outside(href), download="", className="bestand") for kind, href in hrefs]
    return html.Div([t("Voor buiten (na de bewaker): "), *links], className="meenemen")


def outside(href: str) -> str:
    """The same address, after the publication guard."""
    return href + ("&" if "?" in href else "?") + "publicatie=1"
