"""Signals as people meet them: what is seen, why, how sure, and what to do; like with like on one card."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.texts import mark, t, tn
from dashboard.wording import signals as wording
from dashboard.wording import unbroken

_INSIDE = mark("Breng dit niet naar buiten: het gaat om weinig mensen.")
MOST = 3  # sentences on one card before "en nog"
_CERTAINTIES = {
    "zeker": mark("zeker"), "mogelijk": mark("kan toeval zijn"), "geen interval": mark("zekerheid onbekend"),
}  # fmt: skip


def signal_card(
    group: Sequence[Any], names: Mapping[str, str], titles: Mapping[str, str], goal: str, href: str
) -> html.Article:
    """One card for the signals of one declaration, the surest first. `href` is the page of its figure."""
    first = group[0]
    said = [tuple(unbroken(text) for text in wording.sentences(one, names, titles)) for one in group]
    lines = [html.P(said[0][0], className="zin")]
    if len(group) > 1:
        shown = [html.Li(seen) for seen, _ in said[:MOST]]
        more = len(group) - MOST
        rest = (
            [html.Li(tn("En nog {n} van deze signalen.", "En nog {n} van deze signalen.", more, n=more))]
            if more > 0
            else []
        )
        lines = [html.Ul([*shown, *rest], className="lijst")]
    private = any(one.deelbaar is False for one in group[:MOST])
    return html.Article(
        [
            html.P(goal, className="doel"),
            html.Div(
                [html.H3(t(first.verklaring.titel), className="kaart-titel"), _badge(first.zekerheid)],
                className="kaart-kop",
            ),
            *lines,
            html.P(said[0][1], className="opmerking"),
            html.P([html.B(t("Advies: ")), t(first.verklaring.advies)], className="zin"),
            html.P(t(_INSIDE), className="opmerking") if private else None,
            dcc.Link(t("Bekijk het cijfer"), href=href, className="verder"),
        ],
        className="kaart tegel signaal",
    )


def signal_lines(signals: Sequence[Any], names: Mapping[str, str], titles: Mapping[str, str]) -> html.Ul:
    """Signals as lines in a list of other things: the sentence with how sure."""
    items = []
    for one in signals:
        seen, _ = wording.sentences(one, names, titles)
        sure = "" if one.zekerheid == "zeker" else f" ({_certainty(one.zekerheid)})"
        items.append(html.Li(f"{seen}{sure}"))
    return html.Ul(items, className="lijst")


def _badge(certainty: str) -> html.Span:
    kind = "oordeel let-op" if certainty == "zeker" else "oordeel"
    return html.Span(_certainty(certainty), className=kind)


def _certainty(certainty: str) -> str:
    return t(_CERTAINTIES.get(certainty, certainty))
