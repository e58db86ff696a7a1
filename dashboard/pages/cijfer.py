"""One figure with all that belongs to it: the answer, how sure, whether it may be shown, and what it rests on."""

import difflib
from contextlib import suppress
from dataclasses import replace
from typing import Any

from dash import dcc, html

import metrics
from dashboard import access, wording
from dashboard.components import page_title, section
from dashboard.components.card import downloads, graph, headline, table_of
from dashboard.components.drill import row_href, splits, with_links
from dashboard.components.parts import aria, notice, own_words, plain_table
from dashboard.figures import chart
from dashboard.pages.beside import comparison
from dashboard.pages.context import Context
from dashboard.pages.courses import how_long, ordinary
from dashboard.pages.origin import origin
from dashboard.pages.showable import showable
from dashboard.state import View
from dashboard.texts import mark, t, tn
from dashboard.wording.letters import inside
from data.fouten import Gebruiksfout

_HOMES = {
    mark("instroom"): ("/instroom", "Instroom"),
    mark("tijdigheid"): ("/de-reis", "De reis"),
    mark("snelheid"): ("/de-reis", "De reis"),
    mark("maatwerk"): ("/de-reis", "De reis"),
    mark("kwaliteit"): ("/resultaat", "Resultaat"),
    mark("dualiteit"): ("/resultaat", "Resultaat"),
    mark("kosten"): ("/geld", "Geld"),
    mark("handhaving"): ("/resultaat", "Resultaat"),
    mark("gegevens"): ("/gegevens", "Gegevens"),
}
_TIMES = ("kwartaal", "jaar")
_BETTER = {
    "hoger": mark("Hoger is beter."),
    "lager": mark("Lager is beter."),
    "geen": mark("Hoger is hier niet beter of slechter."),
}
_MOST_ROWS = 300


def home(id: str) -> str:
    """The page of the menu that a figure belongs to."""
    definition = metrics.catalogue().get(id)
    return _HOMES[definition.subdoel][0] if definition else "/definities"


def home_of(subgoal: str) -> str | None:
    """The page of the menu with the figures of a sub-goal; None for what is none."""
    return _HOMES[subgoal][0] if subgoal in _HOMES else None


def render(context: Context) -> Any:
    """The page of one figure; of an unknown one which are meant."""
    definition = metrics.catalogue().get(context.rest)
    if definition is None:
        return _unknown(context)
    id, view = definition.id, context.view
    per = tuple(name for name in view.per if name in definition.mogelijk)
    total = context.answer(id)
    answer = context.answer(id, per) if per else total
    drawn = answer if per or definition.eigen or chart(total, context.names) else _over_time(context, definition)
    path, name = _HOMES[definition.subdoel]
    about = wording.about(total.filters, context.names, context.titles)
    title = t(definition.titel)
    if per:
        title = t("{titel} per {verdeling}", titel=title, verdeling=wording.label_of(per))
    return html.Article(
        [
            dcc.Link(f"← {t(name)}", href=path + view.plain().write()),
            html.P(t(definition.subdoel), className="doel"),
            page_title(title, t(definition.vraag), wording.summary(answer, total, context.names, about)),
            notice(lacks) if (lacks := context.lacks(id)) else None,
            headline(total),
            _left_out(context, id),
            _picture(context, definition, drawn, title),
            _numbers(context, definition, answer if answer.rijen else drawn, drawn),
            comparison(context, definition, total),
            section(t("Mag ik dit laten zien?"), showable(context, drawn if len(drawn.rijen) > 1 else answer, total)),
            *([how_long(context, definition), ordinary(context, definition)] if access.current().exact else []),
            section(t("Hoe zeker is dit?"), _sureness(context, definition, total)),
            section(t("Wat telt dit cijfer?"), _meaning(context, definition, total)),
            section(t("Waar komt het vandaan?"), origin(context, id)) if access.current().mag("gegevens") else None,
        ],
        className="cijfer-blad",
    )


def _unknown(context: Context) -> Any:
    near = difflib.get_close_matches(context.rest, metrics.catalogue(), 3, 0.4)
    links = [html.Li(dcc.Link(t(metrics.catalogue()[id].titel), href=f"/cijfer/{id}{View().write()}")) for id in near]
    return html.Div(
        [
            page_title(t("Dit cijfer bestaat niet"), t("Zoek bovenaan op naam, of kijk bij Definities.")),
            html.P(t("Bedoelt u:")) if links else None,
            html.Ul(links, className="lijst") if links else None,
            dcc.Link(t("Alle definities"), href="/definities" + View().write()),
        ]
    )


def _over_time(context: Context, definition: metrics.Definition) -> metrics.Answer:
    """A figure of one number is drawn over time when it can be."""
    for time in _TIMES:
        if time in definition.mogelijk and time not in definition.eigen:
            with suppress(Gebruiksfout):  # who reads publications only: it may not have been published so
                return context.answer(definition.id, (time,))
    return context.answer(definition.id)


def _left_out(context: Context, id: str) -> Any:
    names = context.desk.left_out(id, context.view)
    if not names:
        return None
    text = t("Let op: dit cijfer kent {namen} niet. Het gaat dus over iedereen.", namen=wording.label_of(names))
    return html.P(text, className="opmerking")


def _picture(context: Context, definition: metrics.Definition, answer: metrics.Answer, title: str) -> Any:
    drawn = chart(answer, context.names, context.events)
    if drawn is None:
        return None
    linked = with_links(drawn, definition, context.view, answer)
    picture = graph(linked, title, f"blad-{definition.id}")
    if not drawn["layout"].get("shapes"):
        return picture
    told = "; ".join(f"{wording.day(one['datum'])} {one['titel']}" for one in context.events)
    link = dcc.Link(t("Alle gebeurtenissen"), href="/gebeurtenissen" + View().write())
    about = [t("In deze periode: "), own_words(told), ". ", link]
    return html.Div([picture, html.P(about, className="opmerking")])


def _numbers(
    context: Context, definition: metrics.Definition, answer: metrics.Answer, drawn: metrics.Answer
) -> html.Div:
    shown = drawn if len(drawn.rijen) > len(answer.rijen) else answer
    head, rows, left = table_of(shown, context.names)
    label = t("Tabel: {titel}", titel=t(definition.titel))
    cells: list[list[Any]] = [list(row) for row in rows[:_MOST_ROWS]]
    for row, values in zip(shown.rijen, cells, strict=False):
        href = row_href(definition, context.view, row, shown.dims)
        if href:
            values[0] = dcc.Link(values[0], href=href, title=t("Bekijk alleen dit"))
    more = len(rows) - len(cells)
    rest = tn(
        "En nog {n} regel; die staat in het bestand.", "En nog {n} regels; die staan in het bestand.", more, n=more
    )
    table = html.Details(
        [
            html.Summary(t("Tabel")),
            plain_table(head, cells, left=left, label=label),
            html.P(rest, className="opmerking") if more > 0 else None,
        ],
        open=True,
        className="blad-tabel",
    )
    return html.Div([_splits(context, definition, shown), table if rows else None, _take(context, shown)])


def _splits(context: Context, definition: metrics.Definition, shown: metrics.Answer) -> Any:
    """Links that split the figure, and one that takes the split away."""
    view = context.view
    links = []
    for name in splits(definition, view):
        here = name in shown.per
        target = f"/cijfer/{definition.id}{replace(view, per=() if here and view.per else (name,)).write()}"
        links.append(
            html.Li(
                dcc.Link(
                    wording.title_of(name).lower(),
                    href=target,
                    className="splits hier" if here else "splits",
                    title=t("Nu gekozen; klik om niet uit te splitsen") if here else None,
                )
            )
        )
    if not links:
        return None
    return html.Div(
        [html.Span(t("Splits uit naar: ")), html.Ul(links, className="chips", **aria(t("Splits uit naar")))],
        className="uitsplitsen",
    )


def _take(context: Context, shown: metrics.Answer) -> Any:
    """Everything to take along: files, the same as JSON, and a link that keeps giving this view."""
    fixed = replace(
        context.view, momentopname=context.snapshot.id, peildatum=shown.peildatum, per=context.view.per
    )  # fmt: skip
    link = f"/cijfer/{shown.cijfer}{fixed.write()}"
    json = f"/api/cijfer/{shown.cijfer}.json{replace(fixed, per=shown.per, naast=None).write()}"
    return html.Div(
        [
            downloads(shown, context.view, pictures=True),
            html.Div(
                [
                    html.A(t("Dezelfde cijfers als JSON"), href=json, className="bestand"),
                    html.Button(t("Kopieer de link naar deze weergave"), id="kopieer", className="wis"),
                    dcc.Store(id="kopieer-tekst", data=link),
                    html.Span(id="kopieer-melding", role="status", className="opmerking"),
                ],
                className="meenemen",
            ),
        ]
    )


def _sureness(context: Context, definition: metrics.Definition, total: metrics.Answer) -> Any:
    lines = wording.sureness(total, context.names)
    return html.Div([html.P(text) for text in lines])


def _meaning(context: Context, definition: metrics.Definition, total: metrics.Answer) -> Any:
    limits = [
        one for one in context.desk.declarations.values()
        if one.cijfer == definition.id and one.voorwaarde.norm is not None
    ]  # fmt: skip
    facts = [
        (t("Definitie"), " ".join(t(definition.definitie).split())),
        *wording.counted(total),
        (t("Richting"), t(_BETTER[definition.richting])),
        (t("Periode"), wording.period(total.van, total.tot)),
        (t("Peildatum"), wording.day(total.peildatum)),
        (t("Voor wie"), wording.about(total.filters, context.names, context.titles) or t("Iedereen")),
        *(
            (
                t("Signaalgrens"),
                f"{wording.cell('waarde', one.voorwaarde.norm, definition)} ({inside(t(one.titel))})",
            )
            for one in limits
        ),
        (t("Bron"), "; ".join(t(one) for one in definition.bron)),
        (t("Naam"), own_words(definition.id)),
    ]
    note = t("Een signaalgrens is een keuze van de monitor, geen officiële norm.") if limits else ""
    items = [part for name, text in facts for part in (html.Dt(name), html.Dd(text))]
    return html.Div([html.Dl(items, className="feiten"), html.P(note, className="opmerking") if note else None])
