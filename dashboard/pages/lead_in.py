"""What stands above every page: what one looks at, with a way to undo each choice, and what was not understood."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard import wording
from dashboard.components.filterbar import BESIDE, key_text
from dashboard.components.parts import aria, notice
from dashboard.pages.context import Context
from dashboard.state import FILTERS
from dashboard.texts import t


def lead_in(context: Context, path: str, known: Sequence[str]) -> Any:
    """The notices and the choices of a view; nothing when all is as usual."""
    chosen, idle = _chosen(context, known)
    shown = html.Div([*_notices(context, path), _choices(chosen, idle, path)], className="aanhef", role="status")
    stores = [
        dcc.Store(id="kent", data=list(known)),  # the browser switches off what is not in it
        dcc.Store(id="gekozen", data=key_text([text for text, _ in chosen])),
    ]
    return html.Div([shown, *stores])


def _notices(context: Context, path: str) -> list[Any]:
    view, found = context.view, []
    if view.vreemd:
        strange = ", ".join(view.vreemd)
        found.append(notice([t("Dit in het adres kennen wij niet; het telt niet mee: {delen}.", delen=strange)]))
    if view.momentopname and view.momentopname != context.snapshot.id:
        found.append(notice([t("De momentopname {id} is er niet meer. U ziet de huidige.", id=view.momentopname)]))
    elif view.momentopname and view.momentopname != context.desk.current_id():
        made = dict(context.desk.moments()).get(context.snapshot.id)
        said = t("U kijkt naar een eerdere momentopname ({id}). ", id=context.snapshot.id)
        if made:
            said = t(
                "U kijkt naar een eerdere momentopname van {dag} ({id}). ",
                dag=wording.day(made), id=context.snapshot.id,
            )  # fmt: skip
        back = dcc.Link(t("Terug naar de huidige"), href=path + replace(view, momentopname=None).write())
        found.append(notice([said, back]))
    return found


def _chosen(context: Context, known: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Each choice in words with the address without it, and the names of filters that this page does not know."""
    view, found, idle = context.view, [], []
    for name, values in view.filters.items():
        if name in known or name not in FILTERS:
            found.append((wording.chosen(name, values, context.names, context.titles), view.without(name).write()))
        else:
            idle.append(wording.title_of(name).lower())
    if view.van or view.tot:
        day = context.day
        text = wording.period(view.van or wording.FIRST_DAY, min(view.tot or day, day))
        found.append((text, replace(view, van=None, tot=None).write()))
    if view.peildatum:
        text = t("bekeken op {dag}", dag=wording.day(view.peildatum))
        found.append((text, replace(view, peildatum=None).write()))
    if view.naast:
        name = t(BESIDE[view.naast]) if view.naast in BESIDE else context.names.get(view.naast, view.naast)
        found.append((t("vergeleken met {naam}", naam=name), replace(view, naast=None).write()))
    return found, idle


def _choices(chosen: Sequence[tuple[str, str]], idle: Sequence[str], path: str) -> Any:
    """A chip per choice; a click takes it away."""
    if not chosen and not idle:
        return None
    chips = [_chip(text, path + search) for text, search in chosen]
    parts: list[Any] = [html.Ul(chips, className="chips", **aria(t("Wat u heeft gekozen")))] if chips else []
    if idle:
        told = t("Telt op deze pagina niet mee: {namen}.", namen=", ".join(idle))
        parts.append(html.P(told, className="opmerking"))
    return html.Div(parts, className="keuze")


def _chip(text: str, href: str) -> html.Li:
    cross = html.Span(" ×", **aria(hidden=True))
    return html.Li(dcc.Link([text, cross], href=href, className="chip", title=t("Haal weg: {keuze}", keuze=text)))
