"""In which unit each number of a figure is written: one place, for the screen, the terminal, the report and XLSX."""

from typing import Any, Literal

Unit = Literal["aandeel", "punt", "euro", "aantal", "maanden", "getal"]
_PEOPLE = ("aantal", "n", "in_risico", "gevolgd", "teller", "noemer")
_SHARES = ("waarde", "laag", "hoog")


def unit_of(key: str, definition: Any) -> Unit:
    """The unit of a key of a row, by the kind of its figure (`soort`, `eenheid`, `verdeling` of the definition)."""
    soort = definition.soort
    if key == "uitputting":
        return "aandeel"
    if key == "horizon":
        return "maanden"
    if key == "verschil":
        return "punt"  # the figure itself counts in percentage points
    if soort == "bedrag":
        return "euro" if key not in _PEOPLE else "aantal"
    if soort == "verhouding" and definition.eenheid == "euro":
        return "euro" if key in ("waarde", "teller") else "aantal"
    if key == "verwacht":
        return "aandeel" if definition.verdeling else "aantal"
    if key in _SHARES and soort in ("aandeel", "incidentie", "verhouding"):
        return "aandeel"
    return "aantal" if key in _PEOPLE else "getal"
