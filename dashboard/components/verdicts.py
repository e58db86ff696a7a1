"""How a verdict is shown: sign and word first, a colour only when the norm is really agreed."""

from typing import Any

from dash import html

import contracts
from dashboard.components.parts import aria

_SIGN = {
    "voldoet": ("✓", "goed"),
    "voldoet niet": ("✗", "fout"),
    "te weinig gegevens": ("…", "neutraal"),
    "rapportage ontbreekt": ("!", "let-op"),
    "niet van toepassing": ("–", "neutraal"),
    "geen norm ingesteld": ("○", "neutraal"),
}


def example_note(agreements: Any) -> Any:
    """A line that says that norms are examples, when one is."""
    if any(one.bron == contracts.EXAMPLE_NORM for one in agreements):
        return html.P(
            "De normen zijn voorbeelden; daarom is er geen rood en groen. Zet uw eigen normen in de map afspraken.",
            className="opmerking",
        )
    return None


def badge(verdict: contracts.Verdict) -> Any:
    """Sign and word; a colour only when the norm is really agreed."""
    sign, kind = _SIGN[verdict.oordeel]
    example = verdict.bron == contracts.EXAMPLE_NORM and kind in ("goed", "fout")
    certainty = f" ({verdict.zekerheid})" if verdict.zekerheid else ""
    return html.Span(
        [html.Span(sign, **aria(hidden=True)), f" {verdict.oordeel}{certainty}"],
        className=f"oordeel {'neutraal' if example else kind}",
    )
