"""Replace what may not be shown in the rows, and what rests on it: shares, bounds, means, quantiles, steps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from metrics.answer import VERBORGEN, Answer

PERCENTAGE_FROM = 20  # "7 van de 9" says more than 78 % of so few
_SHARE = ("waarde", "laag", "hoog", "verschil")
_STEP = ("waarde", "laag", "hoog")
_FIXED = {"horizon", "einde", "begroot"}
_QUANTILES = (("p25", 4), ("p50", 2), ("p75", 4))  # each stands for a part of everybody: a quarter, or half
Hidden = Mapping[int, set[str]]


def cover(answers: Sequence[Answer], hidden: Hidden, threshold: int) -> None:
    """`hidden`: per row (by its identity) the parts that may not be shown: n, teller, verdeling, in_risico."""
    for answer in answers:
        if answer.cijfer == "kosten":
            _costs(answer, threshold)
        if answer.definition.personen or answer.cijfer == "spuk_saldo":
            for row in answer.rijen:
                # how many have been followed long enough tells of the few who have not: it is not published
                for key in ("gevolgd", "n") if answer.definition.soort == "aandeel" else ("gevolgd",):
                    row.pop(key, None)
                _row(answer, row, hidden.get(id(row), set()), threshold)
            if answer.definition.soort == "incidentie":
                _steps(answer, threshold)


def _row(answer: Answer, row: dict[str, Any], parts: set[str], threshold: int) -> None:
    soort = answer.definition.soort
    few = bool(row.get("noemer")) and row["noemer"] < PERCENTAGE_FROM
    if answer.cijfer == "taakstelling":  # how many must be housed is public, and so is what is expected of it
        _hide(answer, row, ("teller", *_SHARE) if "teller" in parts else _SHARE if few else ())
    elif answer.cijfer == "formatie":
        _hide(answer, row, ("teller", "waarde", "n") if "n" in parts else ())
    elif "n" in parts:
        _hide(answer, row, [key for key in row if key not in _FIXED])
    elif soort == "aandeel":
        _hide(answer, row, ("teller", *_SHARE) if "teller" in parts else _SHARE if few else ())
    elif soort == "gemiddelde":
        spread = "verdeling" in parts or "teller" in parts
        _hide(answer, row, ["teller"] * ("teller" in parts) + ["verdeling"] * spread)
        # the bounds of a mean of few tell how far their marks lie apart
        _hide(answer, row, ("laag", "hoog") if row["n"] and row["n"] < PERCENTAGE_FROM else ())
    elif soort in ("kwartielen", "tijd_tot"):
        _hide(answer, row, [key for key, part in _QUANTILES if row["n"] and row["n"] < part * threshold])
    elif soort == "incidentie":
        _hide(answer, row, ["in_risico"] if "in_risico" in parts else [])
        if (row["n"] and row["n"] < PERCENTAGE_FROM) or "in_risico" in parts:
            _hide(answer, row, _STEP)


def _steps(answer: Answer, threshold: int) -> None:
    """A step that stands for a few people is hidden, since the last day shown too; and never one end alone, for
    together they are 1."""
    days: dict[tuple[Any, ...], dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in answer.rijen:
        days[tuple(row[name] for name in answer.dims)][row["horizon"]].append(row)
    for course in days.values():
        last: dict[str, float] = {}
        for horizon in sorted(course):
            known = [row for row in course[horizon] if isinstance(row["waarde"], int | float)]
            steps = {
                row["einde"]: abs(row["waarde"] - last.get(row["einde"], 1.0 if row is _open(course[horizon]) else 0.0))
                * row["n"]
                for row in known
            }
            few = [row for row in known if 1e-6 < steps[row["einde"]] < threshold - 1e-6]
            others = sorted((row for row in known if row not in few), key=lambda row: steps[row["einde"]])
            others = [row for row in others if steps[row["einde"]] > 1e-6]
            while few and others and (len(few) < 2 or sum(steps[row["einde"]] for row in few) <= threshold):
                few.append(others.pop(0))
            if few and len(few) < 2:
                few = known
            for row in few:
                _hide(answer, row, _STEP)
            last |= {row["einde"]: row["waarde"] for row in known if row["waarde"] is not VERBORGEN}


def _open(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return rows[-1]  # who is still under way comes last


def _costs(answer: Answer, threshold: int) -> None:
    """Amounts for a group of people are hidden for all groups of a municipality as soon as one of them is small."""
    sizes: dict[Any, list[int]] = defaultdict(list)
    for one in answer.achter:
        for row in one.rijen:
            sizes[row["gemeente"]].append(row["aantal"])
    for row in answer.rijen:
        if any(0 < size < threshold for size in sizes.get(row["gemeente"], ())):
            _hide(answer, row, ("waarde", "begroot", "uitputting"))


def _hide(answer: Answer, row: dict[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        if key in row and key not in answer.dims and not (key == "verwacht" and answer.definition.verdeling):
            row[key] = VERBORGEN
