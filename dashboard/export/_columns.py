"""What every file shares: the order of columns, and values that a spreadsheet cannot take for a formula."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard import wording

MEASURES = (
    "aantal",
    "teller",
    "noemer",
    "waarde",
    "laag",
    "hoog",
    "n",
    "p25",
    "p50",
    "p75",
    "verwacht",
    "verschil",
    "begroot",
    "uitputting",
    "cumulatief",
    "in_risico",
    "gevolgd",
)
VERDICT_KEYS = (
    "contract",
    "kpi",
    "kwartaal",
    "cijfer",
    "waarde",
    "laag",
    "hoog",
    "n",
    "norm",
    "richting",
    "oordeel",
    "zekerheid",
    "reeks",
    "stap",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every key of the rows: dimensions as they come, then the measures in their fixed order."""
    seen = dict.fromkeys(key for row in rows for key in row)
    return [key for key in seen if key not in MEASURES] + [key for key in MEASURES if key in seen]


def plain(value: Any) -> Any:
    """A value without a trap: hidden in a word, text that a spreadsheet would run as a formula marked as text."""
    if wording.is_hidden(value):
        return "verborgen"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
