"""When is a row a signal, and how sure is that: rules on numbers alone.

A row gives one of: signaal · rustig · te weinig gegevens · geen gegevens · verborgen. A signal is `zeker` only when the
whole 95 % interval lies on the wrong side of the limit; `mogelijk` when it does not; `geen interval` when there is none
(a ratio of sums); a counted fact is `zeker`.
"""

import math
from collections.abc import Mapping
from typing import Any

from metrics.insight.chance import binomial_test
from metrics.insight.scope import shown

SIGNAL, QUIET, FEW, NOTHING, HIDDEN = "signaal", "rustig", "te weinig gegevens", "geen gegevens", "verborgen"
LEFT_OUT = "niet beoordeeld"
SURE, MAYBE, NO_INTERVAL = "zeker", "mogelijk", "geen interval"
Row = Mapping[str, Any]
Verdict = tuple[str, str]


def seen(row: Row, key: str, min_n: int) -> str | None:
    """Why nothing can be said about a row, or None when something can."""
    value, size = row.get(key), row.get("noemer", row.get("n"))
    if size == 0:
        return NOTHING
    if (value is not None and not shown(value)) or (size is not None and not shown(size)):
        return HIDDEN
    if value is None:
        return NOTHING
    return FEW if size is not None and size < min_n else None


def against_limit(row: Row, limit: float, side: str, min_n: int) -> Verdict:
    """A value beside a limit. `side` onder: too low is a signal; boven: too high; beide: either."""
    if why := seen(row, "waarde", min_n):
        return why, ""
    value, low, high = row["waarde"], row.get("laag"), row.get("hoog")
    below, above = value < limit and side != "boven", value > limit and side != "onder"
    if not below and not above:
        return QUIET, ""
    if low is None or high is None or not shown(low) or not shown(high):
        return SIGNAL, NO_INTERVAL
    return SIGNAL, SURE if (high < limit if below else low > limit) else MAYBE


def against_expected(row: Row, expected: float | None, side: str, difference: float, min_n: int) -> Verdict:
    """A share beside the share expected. A difference that may be chance counts from `difference` on."""
    if expected is None:
        return NOTHING, ""
    verdict, certainty = against_limit(row, expected, side, min_n)
    if verdict == SIGNAL and certainty != SURE and abs(row["waarde"] - expected) < difference:
        return QUIET, ""
    return verdict, certainty


def against_before(row: Row, before: Row, soort: str, side: str, difference: float, min_n: int) -> Verdict:
    """This period beside the one before it, equally long.

    Shares: the interval of the difference from both intervals (Newcombe 1998, method 10). Numbers: exact, given their
    sum (Przyborowski & Wilenski 1940).
    """
    key = "aantal" if soort == "aantal" else "waarde"
    why = seen(row, key, min_n) or seen(before, key, min_n)
    if why:
        return why, ""
    now, then = row[key], before[key]
    if soort == "aantal" and now + then < min_n:
        return FEW, ""
    down, up = now < then and side != "boven", now > then and side != "onder"
    if not down and not up:
        return QUIET, ""
    if soort == "aantal":
        sure = binomial_test(now, now + then, 0.5) < 0.05
        large = abs(now - then) >= difference * max(then, 1)
    else:
        high, low = (row, before) if up else (before, row)
        margin = math.hypot(high["waarde"] - high["laag"], low["hoog"] - low["waarde"])
        sure = abs(now - then) > margin
        large = abs(now - then) >= difference
    if sure:
        return SIGNAL, SURE
    return (SIGNAL, MAYBE) if large else (QUIET, "")


def outside(row: Row, side: str) -> Verdict:
    """A number that came beside the interval in which it was expected."""
    value, low, high = row.get("aantal"), row.get("laag"), row.get("hoog")
    if value is not None and not shown(value):
        return HIDDEN, ""
    if value is None or low is None or high is None:
        return FEW, ""
    if (value < low and side != "boven") or (value > high and side != "onder"):
        return SIGNAL, SURE
    return QUIET, ""


def over_budget(row: Row, part_of_year: float, margin: float) -> Verdict:
    """What was spent of a budget beside the part of the year that is past. More than all of it is certain."""
    if not row.get("begroot") or not shown(row.get("waarde")):
        return NOTHING, ""
    used = row["waarde"] / row["begroot"]
    if used > 1:
        return SIGNAL, SURE
    return (SIGNAL, MAYBE) if used > part_of_year + margin else (QUIET, "")
