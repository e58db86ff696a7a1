"""Earlier quarters of one contract: what was told (read back), how it was then, how it is now, and why that differs."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

import contracts
from contracts.record import told
from dashboard import wording
from dashboard.components import plain_table
from dashboard.components.parts import aria, own_words
from dashboard.pages.context import Context
from dashboard.texts import mark, t
from dashboard.wording import suppliers
from dashboard.wording.verdicts import cause

_MOST = 8
_HEAD = (
    mark("Afspraak"), mark("Norm van toen"), mark("Verteld"), mark("Toen"), mark("Nu"), mark("Waarom anders"),
)  # fmt: skip


def render(context: Context, id: str, course: Sequence[contracts.Verdict], quarters: Sequence[str]) -> Any:
    """The quarter that is looked at, and the ways to the others: each is a peildatum of its own."""
    if not quarters:
        return html.P(t("Er is nog geen kwartaal beoordeeld."))
    kwartaal = quarters[-1]
    past = context.desk.past(context.snapshot, id, kwartaal)
    return html.Div(
        [
            html.P(suppliers.past_sentence(past), className="zin"),
            _changes(past, [one for one in course if one.kwartaal == kwartaal]),
            _origin(past),
            html.P(t("Een ander kwartaal bekijken, zoals het toen was:"), className="opmerking"),
            _ways(context, id, kwartaal),
        ]
    )


def _origin(past: contracts.Past) -> Any:
    said = []
    if past.verteld:
        said.append(
            t(
                "Verteld: teruggelezen uit het logboek, van {dag}, uit momentopname {id}. Dat verandert nooit meer.",
                dag=wording.day(past.verteld_op), id=past.verteld_uit,
            )
        )  # fmt: skip
    if past.toen:
        said.append(
            t(
                "Toen: opnieuw uitgerekend op de bewaarde momentopname {id}, met de norm van toen.",
                id=past.toen_uit,
            )
        )  # fmt: skip
    return html.P(" ".join(said), className="opmerking") if said else None


def _changes(past: contracts.Past, now: Sequence[contracts.Verdict]) -> Any:
    """A row per verdict that is other than it was; how many are the same stands in the sentence."""
    said = {one.toen.kpi: one for one in past.verteld}
    then = {one.toen.kpi: one for one in past.toen}
    current = {one.kpi: one for one in now}
    rows = []
    for kpi in dict.fromkeys([*said, *then]):
        changes = [one for one in (said.get(kpi), then.get(kpi)) if one is not None]
        if not any(one.anders for one in changes):
            continue
        causes = list(dict.fromkeys(cause for one in changes for cause in one.oorzaken))
        first = changes[0].toen
        rows.append(
            [
                own_words(first.titel or kpi),
                wording.verdict_value(first, first.norm),
                suppliers.verdict_short(said[kpi].toen) if kpi in said else "–",
                suppliers.verdict_short(then[kpi].toen) if kpi in then else "–",
                suppliers.verdict_short(current[kpi]) if kpi in current else t("staat niet meer in de afspraken"),
                "; ".join(cause(one) for one in causes) or t("onbekend"),
            ]
        )
    return plain_table([t(one) for one in _HEAD], rows, left=6, label=t("Verteld, toen en nu")) if rows else None


def _ways(context: Context, id: str, here: str) -> Any:
    """The last quarters, each with how many were told and whether that has changed since."""
    every = [one for one in context.desk.verdicts(context.snapshot, type(context.view)(), "alle") if one.contract == id]
    judged = {one.kwartaal for one in every if one.oordeel != "niet van toepassing"}
    entries = context.desk.entries(id)
    items = []
    for kwartaal in sorted(judged | {here}, reverse=True)[:_MOST]:
        was = told(entries, id, kwartaal)
        changed = sum(one.anders for one in contracts.told_and_now(was, every)) if was else 0
        note = ""
        if was:
            note = t(": verteld, {n} nu anders", n=wording.number(changed)) if changed else t(": verteld")
        day = contracts.last_day(kwartaal).isoformat()
        name = f"{wording.quarter(kwartaal)}{note}"
        if kwartaal == here:
            items.append(html.Li(html.B(name)))
            continue
        items.append(html.Li(dcc.Link(name, href=f"/contracten/{id}?peildatum={day}")))
    return html.Ul(items, className="keuze-kwartaal", **aria(t("Kwartalen")))
