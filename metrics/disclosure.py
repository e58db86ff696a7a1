"""The publication guard: what is published tells nothing about a group under the threshold, not by subtraction either.

Primary: a count, a numerator, its complement, or an n from 1 up to the threshold is hidden. Secondary: further groups
are hidden until no hidden count can be derived from totals, parts and what is left over, in all answers of one
publication together (Hundepool et al. 2012, chapter 4). The smallest group goes first, totals last.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from metrics.answer import VERBORGEN, Answer
from metrics.audit import ranges
from metrics.groups import Cell, Family, Relation, families, relations, small

THRESHOLD = 5
PERCENTAGE_FROM = 20  # "7 van de 9" says more than 78 % of so few
_SHOWN = {"horizon", "einde", "begroot"}
_PERCENTAGES = ("waarde", "laag", "hoog", "verschil")


def publish(answers: Sequence[Answer], *, drempel: int = THRESHOLD) -> list[Answer]:
    """The same answers with what may not be shown replaced by VERBORGEN. Ask for everything that is published at once:
    only then totals in one answer are weighed against parts in another.
    """
    published = [replace(answer, rijen=[dict(row) for row in answer.rijen]) for answer in answers]
    hidden: set[int] = set()
    for family in families(published):
        _protect(family, relations(family, drempel), drempel)
        hidden |= {id(row) for cell in family.cells.values() if cell.hidden for row in cell.rows}
    for answer in published:
        if answer.definition.personen:
            _cover(answer, hidden, drempel)
    return published


def _protect(family: Family, sums: list[Relation], threshold: int) -> None:
    """Hide groups until nothing hidden can be derived. Ends: every round hides one more."""
    for cell in family.cells.values():
        cell.hidden = small(cell.values, threshold)
    while True:
        for relation in sums:
            _weigh(relation, threshold)
        derived = next(_derivable(family, sums, threshold), None)
        if derived is None:
            break
        candidates = [cell for relation in sums if derived in relation.all for cell in relation.all if not cell.hidden]
        if not candidates:
            # no neighbour is left to hide: go one step further through the sums
            candidates = [cell for relation in sums for cell in relation.all if not cell.hidden]
        if not candidates:
            break
        _smallest(candidates).hidden = True
    for relation in sums:  # a whole without rows of its own (routeverdeling) is shown by its parts
        if relation.total.hidden and not relation.total.rows:
            for part in relation.parts:
                part.hidden = True


def _weigh(relation: Relation, threshold: int) -> None:
    """The plain rule for one sum: at least two hidden parts, together large enough, or a total that is hidden too."""
    hidden = [cell for cell in relation.parts if cell.hidden]
    shown = [cell for cell in relation.parts if not cell.hidden]
    if relation.total.hidden:
        if not hidden and shown:
            _smallest(shown).hidden = True
        return
    while hidden and (len(hidden) < 2 or sum(cell.size for cell in hidden) < threshold):
        filled = [cell for cell in shown if cell.size > 0]
        if not filled:
            relation.total.hidden = True
            return
        chosen = _smallest(filled)
        chosen.hidden = True
        shown.remove(chosen)
        hidden.append(chosen)


def _derivable(family: Family, sums: list[Relation], threshold: int) -> Iterator[Cell]:
    """Hidden groups of which a reader can derive a count too closely."""
    open_sums = [relation for relation in sums if any(cell.hidden for cell in relation.all)]
    cells = list({id(cell): cell for relation in open_sums for cell in relation.all if cell.hidden}.values())
    if not cells:
        return
    for place in range(len(cells[0].values)):
        for cell, (low, high) in zip(cells, ranges(cells, open_sums, place), strict=True):
            value = cell.values[place]
            needed = threshold - 1 if 0 < value < threshold else 1
            if high - low < needed - 1e-6:
                yield cell


def _smallest(cells: Iterable[Cell]) -> Cell:
    """The group to hide first: shown rows before totals that others rest on, small before large."""
    return min(cells, key=lambda cell: (cell.size == 0, cell.size, str(cell.box)))


def _cover(answer: Answer, hidden: set[int], threshold: int) -> None:
    """Replace what may not be shown in the rows of one answer."""
    soort = answer.definition.soort
    for row in answer.rijen:
        # how many have been followed long enough tells of the few who have not: it is not published
        for key in ("gevolgd", "n") if soort == "aandeel" else ("gevolgd",):
            row.pop(key, None)
        if id(row) in hidden:
            _hide(answer, row, [key for key in row if key not in _SHOWN])
        elif soort == "aandeel" and row["noemer"] and row["noemer"] < PERCENTAGE_FROM:
            _hide(answer, row, [key for key in _PERCENTAGES if key in row])
        elif soort == "incidentie" and row["n"] and row["n"] < PERCENTAGE_FROM:
            _hide(answer, row, ["waarde", "laag", "hoog", "in_risico"])
        elif soort == "gemiddelde" and any(0 < count < threshold for count in row.get("verdeling", ())):
            row["verdeling"] = VERBORGEN
            if small((row["teller"], row["noemer"] - row["teller"]), threshold):
                _hide(answer, row, ["teller"])
    if soort == "incidentie":
        _cover_ends(answer, threshold)


def _cover_ends(answer: Answer, threshold: int) -> None:
    """A share that stands for a few people is hidden; and one more on the same day, for together they are 1."""
    days: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in answer.rijen:
        days[(*(row[name] for name in answer.dims), row["horizon"])].append(row)
    for rows in days.values():
        known = [row for row in rows if isinstance(row["waarde"], int | float)]
        few = [row for row in known if 0 < row["in_risico"] < threshold]
        few = known if few else [row for row in known if 1e-9 < row["waarde"] * row["n"] < threshold - 1e-9]
        rest = sorted((row for row in known if row not in few and row["waarde"] > 0), key=lambda row: row["waarde"])
        if (few and sum(row["waarde"] * row["n"] for row in few) < threshold) or len(few) == 1:
            few += rest[:1]
        for row in few:
            _hide(answer, row, ["waarde", "laag", "hoog", "in_risico"])


def _hide(answer: Answer, row: dict[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        if key not in answer.dims and not (key == "verwacht" and answer.definition.verdeling):
            row[key] = VERBORGEN
