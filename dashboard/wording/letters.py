"""Capitals: a text at the beginning of a sentence, or in the middle of one. In English a name keeps its capital."""

from dashboard.texts import DUTCH, language

_NAMES = frozenset(
    (
        *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *("November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        *("Dutch", "Netherlands"),
    )
)


def capital(text: str) -> str:
    """As it begins a sentence."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """As it stands after a colon or in a sentence; an abbreviation (PIP, B1) keeps its capitals."""
    if language() != DUTCH:
        if text.split(" ", 1)[0].rstrip(".,:;") in _NAMES:
            return text
        if text.startswith("A "):  # in Dutch no word of one letter begins a sentence
            return f"a{text[1:]}"
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
