"""The signals of a view, for the first page: what to adjust or evaluate, what to talk about, what to repair."""

from dataclasses import replace
from typing import Any

from dash import html

import metrics
from dashboard import wording
from dashboard.components.signals import signal_card, signal_lines
from dashboard.pages.context import Context
from dashboard.state import FIRST_DAY
from dashboard.texts import mark, t, tn
from dashboard.wording.signals import not_judged

_SHOWN = 4
_ADJUST = (mark("vervroegde evaluatie"), mark("bijstellen"))
_TOLD_ELSEWHERE = ("rijen_geweigerd", "verschillen_met_aanbieders")  # the page says these itself
_UNSAID = ("te weinig gegevens", "geen gegevens", "verborgen")


def attention(context: Context) -> Any:
    """What deserves an adjustment or an early evaluation: one sentence, then a card per signal."""
    groups = _groups(context, _ADJUST)
    unsaid = len({one.verklaring.id for one in _all(context) if one.status in _UNSAID} - set(groups))
    cards = [_card(context, group) for group in groups.values()]
    more = len(cards) - _SHOWN
    later = html.Details(
        [html.Summary(tn("Toon nog {n} signaal", "Toon nog {n} signalen", more, n=more)),
         html.Div(cards[_SHOWN:], className="kaarten signalen")]
    )  # fmt: skip
    return html.Div(
        [
            html.P(_summary(list(groups.values()), unsaid)),
            *[html.P(text, className="opmerking") for text in not_judged(_all(context))],
            html.Div(cards[:_SHOWN], className="kaarten signalen") if cards else None,
            later if more > 0 else None,
        ]
    )


def talks(context: Context) -> Any:
    """Signals for a talk with a supplier; nothing when there are none."""
    return _lines(context, "gesprek met aanbieder", t("Signalen uit de cijfers"))


def repairs(context: Context) -> Any:
    """Signals about the data themselves; nothing when there are none."""
    return _lines(context, "gegevens herstellen", t("Signalen over de gegevens"))


def _all(context: Context) -> Any:
    return context.desk.signals(context.snapshot, context.view)


def _groups(context: Context, consequences: tuple[str, ...]) -> dict[str, list[Any]]:
    """The signals with these consequences, by declaration, in the order of the evaluation."""
    found: dict[str, list[Any]] = {}
    for one in _all(context):
        if one.status == "signaal" and one.verklaring.gevolg in consequences:
            found.setdefault(one.verklaring.id, []).append(one)
    return found


def _card(context: Context, group: list[Any]) -> Any:
    definition = metrics.catalogue()[group[0].verklaring.cijfer]
    about = f"{t(definition.subdoel)} · {t(group[0].verklaring.gevolg)}"
    return signal_card(group, context.names, context.titles, about, href_of(context, group))


def href_of(context: Context, group: list[Any]) -> str:
    """The figure behind signals, as the signal sees it: its period, and of a single one its own rows."""
    first, view = group[0], context.view
    definition = metrics.catalogue()[first.verklaring.cijfer]
    found = first.uitkomst
    if (found.van, found.tot) != (FIRST_DAY, FIRST_DAY) and set(definition.mogelijk) & {"jaar", "kwartaal", "maand"}:
        view = replace(view, van=max(found.van, FIRST_DAY), tot=found.tot)
    if len(group) == 1:
        for name, value in found.dims.items():
            if name in definition.filterbaar and isinstance(value, str | int):
                view = view.narrowed(name, value)
    per = tuple(name for name in first.verklaring.per if name in definition.mogelijk) if len(group) > 1 else ()
    return f"/cijfer/{definition.id}{replace(view, per=per).write()}"


def strongest(context: Context) -> list[list[Any]]:
    """The signals to adjust or evaluate for, by declaration: what is sure first, then what asks for an evaluation, then
    people before money; else in the order of the evaluation."""

    def weight(group: list[Any]) -> tuple[bool, bool, bool]:
        first = group[0]
        money = metrics.catalogue()[first.verklaring.cijfer].subdoel == "kosten"
        return first.zekerheid != "zeker", first.verklaring.gevolg != "vervroegde evaluatie", money

    return sorted(_groups(context, _ADJUST).values(), key=weight)


def _summary(groups: list[list[Any]], unsaid: int) -> str:
    sure = sum(group[0].zekerheid == "zeker" for group in groups)
    rest = len(groups) - sure
    if not groups:
        text = t("Er zijn nu geen signalen om bij te stellen of eerder te evalueren.")
    else:
        many = len(groups)
        said = [tn("Er is {n} signaal.", "Er zijn {n} signalen.", many, n=wording.number(many)), t("Geen is zeker.")]
        if sure:
            said[1] = tn("{n} daarvan is zeker.", "{n} daarvan zijn zeker.", sure, n=wording.number(sure))
        if sure and rest:
            said.append(t("Bij {n} kan toeval een rol spelen.", n=wording.number(rest)))
        text = " ".join(said)
    if not unsaid:
        return text
    few = tn(
        "Over {n} punt is nog te weinig bekend.", "Over {n} punten is nog te weinig bekend.",
        unsaid, n=wording.number(unsaid),
    )  # fmt: skip
    return f"{text} {few}"


def _lines(context: Context, consequence: str, heading: str) -> Any:
    groups = _groups(context, (consequence,))
    shown = [one for id, group in groups.items() if id not in _TOLD_ELSEWHERE for one in group]
    if not shown:
        return None
    return html.Div([html.H3(heading, className="kaart-titel"), signal_lines(shown, context.names, context.titles)])
