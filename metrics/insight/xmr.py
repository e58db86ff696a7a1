"""XmR: which ups and downs of a row of values are ordinary, and which ask for an explanation.

Wheeler, "Understanding Variation" (1993) and "Making Sense of Data" (2003). The natural process limits are the mean
plus and minus 2.66 times the mean moving range; the upper limit of the ranges themselves is 3.268 times it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

SCALE = 2.66
RANGE_SCALE = 3.268
FEWEST = 8  # with fewer values limits say too little
RUN = 8
OUTSIDE = "buiten de grenzen"
ONE_SIDE = "acht op rij aan één kant"


@dataclass(frozen=True)
class Mark:
    """A value that is more than ordinary variation: its place in the row, and the rule that says so."""

    plaats: int
    regel: str


@dataclass(frozen=True)
class Chart:
    """The limits of a row of values, and what lies outside the ordinary. Empty limits: too few values."""

    n: int
    midden: float | None
    laag: float | None
    hoog: float | None
    bereik: float | None
    bereik_grens: float | None
    signalen: tuple[Mark, ...]

    @property
    def oordeel(self) -> str:
        """te kort | rustig | signaal"""
        if self.midden is None:
            return "te kort"
        return "signaal" if self.signalen else "rustig"


def process_behaviour(
    values: Sequence[float | None], *, lowest: float | None = None, highest: float | None = None
) -> Chart:
    """The chart of values in the order of time; None is a value that is not known.

    A moving range lies between neighbours that are both known. Two rules: a value outside the limits, and eight in a
    row on one side of the mean (a value on the mean, or an unknown one, ends the row; Wheeler's third rule, three of
    four near a limit, is left out: with few values it warns too often). `lowest` and `highest` bound the limits where
    values cannot lie beyond them (0 and 1 for a share).
    """
    known = [value for value in values if value is not None]
    ranges = [
        abs(after - before) for before, after in itertools.pairwise(values) if before is not None and after is not None
    ]
    if len(known) < FEWEST or not ranges:
        return Chart(len(known), None, None, None, None, None, ())
    mean = sum(known) / len(known)
    moving = sum(ranges) / len(ranges)
    low, high = mean - SCALE * moving, mean + SCALE * moving
    low = low if lowest is None else max(low, lowest)
    high = high if highest is None else min(high, highest)
    marks = [
        Mark(place, OUTSIDE)
        for place, value in enumerate(values)
        if value is not None and not low - 1e-12 <= value <= high + 1e-12
    ]
    marks += [Mark(place, ONE_SIDE) for place in _runs(values, mean)]
    marks.sort(key=lambda mark: (mark.plaats, mark.regel))
    return Chart(len(known), mean, low, high, moving, RANGE_SCALE * moving, tuple(marks))


def _runs(values: Sequence[float | None], mean: float) -> list[int]:
    """The places where a row on one side of the mean is eight long or longer."""
    found, side, length = [], 0, 0
    for place, value in enumerate(values):
        here = 0 if value is None or abs(value - mean) < 1e-12 else 1 if value > mean else -1
        length = length + 1 if here and here == side else int(here != 0)
        side = here
        if length >= RUN:
            found.append(place)
    return found
