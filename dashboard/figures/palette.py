"""Colours with a meaning: a leerroute, doelgroep or outcome has the same colour on every page and in print.

The hues keep apart under the common kinds of colour blindness (after Okabe & Ito 2008) and differ in lightness too, so
that they survive a grey printer. No meaning rests on colour alone: each mark also carries its name.
"""

ACCENT = "#1f5fa8"
INK, SOFT, GRID = "#1b2733", "#51606f", "#d9e0e7"  # letters, small print, lines behind the marks
MUTED = "#c3ccd6"
SERIES = ("#1f5fa8", "#d2691e", "#2e8b6f", "#8a4fa3", "#a33b3b", "#6b7a1f", "#3f6f8f", "#7a5c3a")

_OWN = {
    ("leerroute", "B1"): "#1f5fa8",
    ("leerroute", "onderwijs"): "#2e8b6f",
    ("leerroute", "Z"): "#d2691e",
    ("doelgroep", "asielstatushouder"): "#1f5fa8",
    ("doelgroep", "nareiziger"): "#6aa6d6",
    ("doelgroep", "gezinsmigrant"): "#d2691e",
    ("doelgroep", "overige migrant"): "#e3a857",
}
_ENDS = {
    "afgerond": "#1f5fa8",
    "voldaan": "#1f5fa8",
    "werk": "#1f5fa8",
    "ontheven of vrijgesteld": "#2e8b6f",
    "studie": "#2e8b6f",
    "overstap": "#e3a857",
    "vertrokken": "#8a6fb0",
    "verhuizing": "#8a6fb0",
    "vertrokken of overleden": "#8a6fb0",
    "uitval": "#b8432f",
    "niet voldaan": "#b8432f",
    "overig": "#7d8894",
    "nog bezig": MUTED,
}
_ON_LIGHT = {MUTED, "#e3a857", "#6aa6d6"}  # dark letters on these


def colour_of(dimension: str, value: object, place: int = 0) -> str:
    """The colour of a value of a dimension; without one of its own that of its place in the series."""
    if dimension in ("einde", "reden_einde"):
        return _ENDS.get(str(value), SERIES[place % len(SERIES)])
    return _OWN.get((dimension, str(value)), SERIES[place % len(SERIES)])


def ink_on(colour: str) -> str:
    """Letters that can be read on a colour."""
    return "#1b2733" if colour in _ON_LIGHT else "#ffffff"


def see_through(colour: str, share: float) -> str:
    """The colour with a share (0-1) of it left."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
