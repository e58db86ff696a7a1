"""The signals of a view, for the first page: what to adjust or evaluate, what to talk about, what to repair."""

from typing import Any

from dash import html

import metrics
from dashboard import wording
from dashboard.components.signals import signal_card, signal_lines
from dashboard.pages.context import Context

_SHOWN = 4
_ADJUST = ("vervroegde evaluatie", "bijstellen")
_TOLD_ELSEWHERE = ("rijen_geweigerd", "verschillen_met_aanbieders")  # the page says these itself
_UNSAID = ("te weinig gegevens", "geen gegevens", "verborgen")
_WHERE = {
    "instroom": ("/instroom", "Instroom"),
    "tijdigheid": ("/de-reis", "De reis"),
    "snelheid": ("/de-reis", "De reis"),
    "maatwerk": ("/de-reis", "De reis"),
    "kwaliteit": ("/resultaat", "Resultaat"),
    "dualiteit": ("/resultaat", "Resultaat"),
    "kosten": ("/geld", "Geld"),
    "handhaving": ("/resultaat", "Resultaat"),
    "gegevens": ("/gegevens", "Gegevens"),
}


def attention(context: Context) -> Any:
    """What deserves an adjustment or an early evaluation: one sentence, then a card per signal."""
    groups = _groups(context, _ADJUST)
    unsaid = len({one.verklaring.id for one in _all(context) if one.status in _UNSAID} - set(groups))
    cards = [_card(context, group) for group in groups.values()]
    more = len(cards) - _SHOWN
    later = html.Details(
        [html.Summary(f"Toon nog {wording.amount(more, 'signaal', 'signalen')}"),
         html.Div(cards[_SHOWN:], className="kaarten signalen")]
    )  # fmt: skip
    return html.Div(
        [
            html.P(_summary(list(groups.values()), unsaid)),
            html.Div(cards[:_SHOWN], className="kaarten signalen") if cards else None,
            later if more > 0 else None,
        ]
    )


def talks(context: Context) -> Any:
    """Signals for a talk with a supplier; nothing when there are none."""
    return _lines(context, "gesprek met aanbieder", "Signalen uit de cijfers")


def repairs(context: Context) -> Any:
    """Signals about the data themselves; nothing when there are none."""
    return _lines(context, "gegevens herstellen", "Signalen over de gegevens")


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
    goal = metrics.catalogue()[group[0].verklaring.cijfer].subdoel
    path, where = _WHERE[goal]
    about = f"{goal} · {group[0].verklaring.gevolg}"
    return signal_card(group, context.names, _titles(context), about, path + context.view.write(), where)


def _summary(groups: list[list[Any]], unsaid: int) -> str:
    sure = sum(group[0].zekerheid == "zeker" for group in groups)
    rest = len(groups) - sure
    if not groups:
        text = "Er zijn nu geen signalen om bij te stellen of eerder te evalueren."
    else:
        text = f"Er {'is' if len(groups) == 1 else 'zijn'} {wording.amount(len(groups), 'signaal', 'signalen')}."
        text += f" {wording.number(sure)} daarvan {'is' if sure == 1 else 'zijn'} zeker." if sure else " Geen is zeker."
        text += f" Bij {wording.number(rest)} kan toeval een rol spelen." if sure and rest else ""
    return f"{text} Over {wording.amount(unsaid, 'punt', 'punten')} is nog te weinig bekend." if unsaid else text


def _lines(context: Context, consequence: str, heading: str) -> Any:
    groups = _groups(context, (consequence,))
    shown = [one for id, group in groups.items() if id not in _TOLD_ELSEWHERE for one in group]
    if not shown:
        return None
    return html.Div([html.H3(heading, className="kaart-titel"), signal_lines(shown, context.names, _titles(context))])


def _titles(context: Context) -> dict[str, str]:
    return {id: one.titel for id, one in context.desk.agreements.items()}
