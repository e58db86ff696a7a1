"""Which groups of people a publication is about, and how their counts add up.

A group is a box: for some dimensions the values it holds, and an interval of days. Groups of one figure are compared
whatever answer they stand in: a year asked as a period is the same group as the row of that year.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from metrics.answer import Answer
from metrics.catalogue import outputs
from metrics.definition import AFTERWARDS, TIME

Values = tuple[float, ...]


@dataclass(frozen=True)
class Box:
    """The people with these values on these dimensions, on a day in this interval."""

    kept: tuple[tuple[str, frozenset[Any]], ...]
    van: date
    tot: date

    def within(self, other: "Box") -> bool:
        """Whether every member of this group is a member of the other."""
        if self.van < other.van or self.tot > other.tot:
            return False
        mine = dict(self.kept)
        return all(name in mine and mine[name] <= values for name, values in other.kept)


@dataclass(eq=False)
class Cell:
    """The counts of one group in one figure. `rows` are the rows that show them: none for what can only be derived."""

    box: Box
    values: Values
    hidden: bool = False
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def size(self) -> float:
        return sum(self.values)


@dataclass(frozen=True, eq=False)
class Relation:
    """A total and the parts that it is the sum of."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def all(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)


@dataclass(eq=False)
class Family:
    """All groups of one figure on one peildatum; a table holds groups without members in common."""

    cells: dict[Box, Cell] = field(default_factory=dict)
    tables: list[list[Cell]] = field(default_factory=list)

    def cell(self, box: Box, values: Values) -> Cell:
        return self.cells.setdefault(box, Cell(box, values))


def families(answers: Sequence[Answer]) -> list[Family]:
    """The groups of these answers, one family per figure and peildatum. Their rows are the answers' own dicts."""
    found: dict[tuple[Any, ...], Family] = {}
    for answer in answers:
        if not answer.definition.personen:
            continue
        family = found.setdefault((answer.cijfer, answer.peildatum, answer.momentopname), Family())
        table: dict[Box, Cell] = {}
        wholes: dict[Box, Cell] = {}
        split = answer.definition.verdeling
        for row in answer.rijen:
            box = _box(answer, row)
            cell = table[box] = family.cell(box, measures(answer, row))
            cell.rows.append(row)
            if split:
                around = Box(tuple(one for one in box.kept if one[0] != split), box.van, box.tot)
                wholes[around] = family.cell(around, (row["noemer"],))
        overlapping = "contract" in answer.dims and "contract" not in outputs(answer.cijfer)
        # a person stands under each of their contracts: such rows do not add up, each is a table of its own
        family.tables += [[cell] for cell in table.values()] if overlapping else [list(table.values())]
        if wholes:
            family.tables.append(list(wholes.values()))
    return list(found.values())


def relations(family: Family, threshold: int) -> list[Relation]:
    """Every sum that a reader can make: a total and the rows of a table inside it. What is left over when they do not
    fill the total is a group too, that nobody shows and everybody can derive; it counts when it is small."""
    found = []
    for total in list(family.cells.values()):
        for table in family.tables:
            parts = [cell for cell in table if cell is not total and cell.box.within(total.box)]
            if not parts or any(cell is total for cell in table):
                continue
            rest = tuple(value - sum(part.values[place] for part in parts) for place, value in enumerate(total.values))
            if any(value < 0 for value in rest):
                continue
            if any(rest):
                if not small(rest, threshold):
                    continue
                parts.append(Cell(total.box, rest, hidden=True))
            found.append(Relation(total, tuple(parts)))
    return found


def small(values: Values, threshold: int) -> bool:
    """Whether a count, or a share's numerator, complement or denominator, is about too few people."""
    return any(0 < value < threshold for value in (*values, sum(values)))


def measures(answer: Answer, row: dict[str, Any]) -> Values:
    """The counts of people in a row that add up over groups."""
    soort = answer.definition.soort
    if soort == "aantal":
        return (row["aantal"],)
    if answer.definition.verdeling:
        return (row["teller"],)
    if soort == "aandeel":
        return row["teller"], max(row["noemer"] - row["teller"], 0)
    return (row.get("n", row.get("noemer")) or 0,)


def _box(answer: Answer, row: dict[str, Any]) -> Box:
    kept: dict[str, frozenset[Any]] = {
        name: frozenset(values) for name, values in answer.filters.items() if name not in AFTERWARDS
    }
    kept |= {name: frozenset([row[name]]) for name in answer.dims}
    van, tot = answer.van, answer.tot
    for name in TIME:
        if name in kept and len(kept[name]) == 1:
            [value] = kept.pop(name)
            first, last = _span(value)
            van, tot = max(van, first), min(tot, last)
    return Box(tuple(sorted(kept.items())), van, tot)


def _span(value: Any) -> tuple[date, date]:
    """The first and last day of a year (2024), quarter (2024-K2) or month (2024-03)."""
    text = str(value)
    year = int(text[:4])
    if "K" in text:
        month, length = 3 * int(text[-1]) - 2, 3
    elif "-" in text:
        month, length = int(text[-2:]), 1
    else:
        month, length = 1, 12
    after = month + length
    last = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, 1), last
