"""A funnel of suppliers: how far from the mean may one lie before chance no longer explains it?

Limits by Spiegelhalter 2005 ("Funnel plots for comparing institutional performance", appendix A.1): exact binomial,
interpolated. Standardised figures: indirect standardisation (observed / expected over strata), with the exact
distribution of the observed number (a sum of binomials) instead of an approximation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from metrics.insight.chance import binomial, central, sum_of_binomials, two_sided

LEVELS = {"95": 0.95, "998": 0.998}
_CHANCE = 1 - LEVELS["95"]
FEWEST = 5  # under this many cases a supplier is not placed
SUPPLIERS = 3  # with fewer there is no mean to compare with
COVERED = 0.5  # at least this part of the cases has a counterpart elsewhere


def lower_limit(mean: float, n: int, tail: float) -> float:
    """The share such that chance makes less than it of `mean` with n cases with a probability of at most `tail`."""
    course = np.cumsum(binomial(n, mean))
    place = int(np.searchsorted(course, tail - 1e-12))
    place = min(place, n)
    before = float(course[place - 1]) if place else 0.0
    step = float(course[place]) - before
    inside = (float(course[place]) - tail) / step if step > 0 else 0.0
    return min(1.0, max(0.0, (place - inside) / n))


def limits(mean: float, n: int) -> dict[str, float]:
    """The control limits around a mean for n cases (n ≥ 1): laag_95, hoog_95, laag_998, hoog_998.

    An upper limit is the lower one of who did not succeed. So what lies outside has, on either side, an exact tail
    probability under half of what the limit leaves out; five of five is never outside when chance easily does that.
    """
    found = {}
    for name, level in LEVELS.items():
        found[f"laag_{name}"] = lower_limit(mean, n, (1 - level) / 2)
        found[f"hoog_{name}"] = 1 - lower_limit(1 - mean, n, (1 - level) / 2)
    return found


def funnel(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows {naam, teller, noemer} placed in a funnel around their own mean; sorted by name.

    Adds `gemiddelde`, the limits and `plaats`: binnen | buiten 95 % | buiten 99,8 % | te weinig gegevens |
    niet te vergelijken (fewer than three suppliers with enough cases). Beyond the 95 % limits one in twenty lies by
    chance alone: `vals_alarm` is the chance that at least one of those placed does.
    """
    known = sorted((dict(row) for row in rows), key=lambda row: str(row["naam"]))
    placed = [row for row in known if row["noemer"] >= FEWEST]
    cases = sum(row["noemer"] for row in known)
    mean = sum(row["teller"] for row in known) / cases if cases else None
    for row in known:
        row["waarde"] = row["teller"] / row["noemer"] if row["noemer"] else None
        row["gemiddelde"] = mean
        row |= limits(mean, row["noemer"]) if mean is not None and row["noemer"] else {}
        row["vals_alarm"] = 1 - LEVELS["95"] ** len(placed) if placed else None
        if row["noemer"] < FEWEST:
            row["plaats"] = "te weinig gegevens"
        elif len(placed) < SUPPLIERS:
            row["plaats"] = "niet te vergelijken"
        else:
            row["plaats"] = _place(row["waarde"], row)
    return known


def _place(share: float, bounds: Mapping[str, Any]) -> str:
    for name, word in (("998", "buiten 99,8 %"), ("95", "buiten 95 %")):
        if share < bounds[f"laag_{name}"] - 1e-12 or share > bounds[f"hoog_{name}"] + 1e-12:
            return word
    return "binnen"


def standardise(rows: Iterable[Mapping[str, Any]], unit: str, strata: Sequence[str]) -> list[dict[str, Any]]:
    """Per value of `unit`: what it reached beside what the mean would have reached with the same people.

    `rows` hold `unit`, the strata, teller and noemer. The expected number is the sum over strata of the cases times the
    share of all units together in that stratum (indirect standardisation). Only strata where another unit has cases
    too count (`gedekt` is that part of the cases); in the others a unit would be compared with itself.

    Gives `waargenomen` and `verwacht` (numbers of the covered cases), `verhouding` (observed / expected),
    `gestandaardiseerd` (that times the mean of all; a share, so at most 1), `verwacht_laag`, `verwacht_hoog` (where
    95 % of chance lies, in numbers), `kans` (exact p-value) and `oordeel`: hoger | lager | kan toeval zijn |
    te weinig gegevens | niet te vergelijken. The uncertainty of the mean itself is not in it, which errs to the side of
    "kan toeval zijn" for a large unit and to the other side for a small one beside few others.
    """
    cells: dict[tuple[Any, ...], dict[Any, tuple[int, int]]] = defaultdict(dict)
    for row in rows:
        key = tuple(row[name] for name in strata)
        teller, noemer = cells[key].get(row[unit], (0, 0))
        cells[key][row[unit]] = (teller + row["teller"], noemer + row["noemer"])
    everyone = [counts for units in cells.values() for counts in units.values()]
    cases = sum(noemer for _, noemer in everyone)
    mean = sum(teller for teller, _ in everyone) / cases if cases else None
    found = []
    for name in sorted({name for units in cells.values() for name in units}, key=str):
        mine = [(units[name], units) for units in cells.values() if name in units]
        total = sum(noemer for (_, noemer), _ in mine)
        covered = [
            (counts, sum(t for t, _ in units.values()) / sum(n for _, n in units.values()))
            for counts, units in mine
            if counts[1] and any(n for other, (_, n) in units.items() if other != name)
        ]
        found.append({"naam": name, "noemer": total} | _against(covered, total, mean))
    return found


def _against(covered: Sequence[tuple[tuple[int, int], float]], total: int, mean: float | None) -> dict[str, Any]:
    n = sum(noemer for (_, noemer), _ in covered)
    observed = sum(teller for (teller, _), _ in covered)
    expected = sum(noemer * share for (_, noemer), share in covered)
    part = n / total if total else 0.0
    row: dict[str, Any] = {"gedekt": part, "waargenomen": observed, "verwacht": expected, "verhouding": None}
    row |= dict.fromkeys(("gestandaardiseerd", "verwacht_laag", "verwacht_hoog", "kans"))
    if total < FEWEST or n == 0:
        row["verwacht"] = expected if n else None
        return row | {"oordeel": "te weinig gegevens" if total < FEWEST else "niet te vergelijken"}
    chances = sum_of_binomials([(noemer, share) for (_, noemer), share in covered])
    low, high = central(chances, LEVELS["95"])
    ratio = observed / expected if expected else None
    row |= {"verhouding": ratio, "verwacht_laag": low, "verwacht_hoog": high, "kans": two_sided(observed, chances)}
    if ratio is not None and mean is not None:
        row["gestandaardiseerd"] = min(1.0, ratio * mean)
    if n < FEWEST or part < COVERED:
        return row | {"oordeel": "niet te vergelijken"}
    if row["kans"] >= _CHANCE:
        return row | {"oordeel": "kan toeval zijn"}
    return row | {"oordeel": "hoger" if observed > expected else "lager"}
