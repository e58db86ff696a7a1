"""Colours with a meaning: a leerroute, doelgroep or outcome has the same colour on every page, in charts and in print.

Chosen by computation: each keeps 3 to 1 with the white and with the dark card, and any two that can stand together
keep apart for every common kind of colour blindness (tests/dashboard/test_palette.py measures it). No meaning rests on
colour alone: each mark also carries its name.
"""

ACCENT = "#3475c4"
MUTED = "#c3ccd6"  # who is still under way: the rest of a whole, not a result
MARK = "#c78707"  # what was expected, agreed or planned beside what was counted
QUIET = "#7d8894"  # lines that help to read: whiskers, means, limits
INK, SOFT, GRID = "#1b2733", "#51606f", "#d9e0e7"  # letters, small print, lines behind the marks
SERIES = (ACCENT, "#d27e2a", "#9b6072", "#9990ab", "#4296fb", "#b55422", "#c78707", "#866b7a")

_OWN = {
    ("leerroute", "B1"): ACCENT,
    ("leerroute", "onderwijs"): "#9b6072",
    ("leerroute", "Z"): "#d27e2a",
    ("doelgroep", "asielstatushouder"): ACCENT,
    ("doelgroep", "nareiziger"): "#4296fb",
    ("doelgroep", "gezinsmigrant"): "#d27e2a",
    ("doelgroep", "overige migrant"): "#9990ab",
}
_GOOD, _OTHER_WAY, _AWAY, _BAD = ACCENT, "#4296fb", "#9990ab", "#b55422"
_ENDS = {
    "afgerond": _GOOD,
    "voldaan": _GOOD,
    "werk": _GOOD,
    "ontheven of vrijgesteld": _OTHER_WAY,
    "studie": _OTHER_WAY,
    "overstap": "#c78707",
    "vertrokken": _AWAY,
    "verhuizing": _AWAY,
    "vertrokken of overleden": _AWAY,
    "uitval": _BAD,
    "niet voldaan": _BAD,
    "overig": "#866b7a",
    "nog bezig": MUTED,
}


def colour_of(dimension: str, value: object, place: int = 0) -> str:
    """The colour of a value of a dimension; without one of its own that of its place in the series."""
    if dimension in ("einde", "reden_einde"):
        return _ENDS.get(str(value), SERIES[place % len(SERIES)])
    return _OWN.get((dimension, str(value)), SERIES[place % len(SERIES)])


def ink_on(colour: str) -> str:
    """Letters that can be read on a colour: dark or white, whichever differs more."""
    light = _luminance(colour) + 0.05
    return INK if light / (_luminance(INK) + 0.05) > 1.05 / light else "#ffffff"


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def see_through(colour: str, share: float) -> str:
    """The colour with a share (0-1) of it left."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
