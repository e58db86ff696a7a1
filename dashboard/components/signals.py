"""Signals as people meet them: what is seen, why, how sure, and what to do; like with like on one card."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.wording import signals as wording
from dashboard.wording import unbroken

_INSIDE = "Breng dit niet naar buiten: het gaat om weinig mensen."
MOST = 3  # sentences on one card before "en nog"
CERTAINTIES = {"zeker": "zeker", "mogelijk": "kan toeval zijn", "geen interval": "zekerheid onbekend"}


def signal_card(
    group: Sequence[Any], names: Mapping[str, str], titles: Mapping[str, str], goal: str, href: str, where: str
) -> html.Article:
    """One card for the signals of one declaration, the surest first. `where` names the page that `href` leads to."""
    first = group[0]
    said = [tuple(unbroken(text) for text in wording.sentences(one, names, titles)) for one in group]
    lines = [html.P(said[0][0], className="zin")]
    if len(group) > 1:
        shown = [html.Li(seen) for seen, _ in said[:MOST]]
        more = len(group) - MOST
        rest = [html.Li(f"En nog {more} van deze signalen.")] if more > 0 else []
        lines = [html.Ul([*shown, *rest], className="lijst")]
    private = any(one.deelbaar is False for one in group[:MOST])
    return html.Article(
        [
            html.P(goal, className="doel"),
            html.Div(
                [html.H3(first.verklaring.titel, className="kaart-titel"), _badge(first.zekerheid)],
                className="kaart-kop",
            ),
            *lines,
            html.P(said[0][1], className="opmerking"),
            html.P([html.B("Advies: "), first.verklaring.advies], className="zin"),
            html.P(_INSIDE, className="opmerking") if private else None,
            dcc.Link(f"Bekijk {where}", href=href, className="verder"),
        ],
        className="kaart tegel signaal",
    )


def signal_lines(signals: Sequence[Any], names: Mapping[str, str], titles: Mapping[str, str]) -> html.Ul:
    """Signals as lines in a list of other things: the sentence with how sure."""
    items = []
    for one in signals:
        seen, _ = wording.sentences(one, names, titles)
        sure = "" if one.zekerheid == "zeker" else f" ({CERTAINTIES.get(one.zekerheid, one.zekerheid)})"
        items.append(html.Li(f"{seen}{sure}"))
    return html.Ul(items, className="lijst")


def _badge(certainty: str) -> html.Span:
    kind = "oordeel let-op" if certainty == "zeker" else "oordeel"
    return html.Span(CERTAINTIES.get(certainty, certainty), className=kind)
