"""The numbers of a publication: what is shown or hidden as one, and which groups of units it tells about."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from metrics.answer import Answer
from metrics.days import span
from metrics.populations import Box, box, counts, numerator, overlapping, sides

_WITHOUT_WHOLE = {"taakstelling", "respons"}  # their rows exist because of something else than the people counted
_CONTRACT = " onder "
_MAIN, _FINER = 40.0, 4.0  # what hiding a total costs, and how much less each split makes it


@dataclass(eq=False)
class Number:
    """`boxes` are the groups whose sizes it tells; `least` is 1 when being in the table tells that somebody is there.

    `places`: the rows that show it and the part of the row that it is. `under`: with that one it is hidden too.
    """

    boxes: tuple[Box, ...]
    values: tuple[float, ...]
    least: float
    loss: float
    small: bool
    figures: set[str] = field(default_factory=set)
    places: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    under: "Number | None" = None

    @property
    def single(self) -> bool:
        """Whether it tells one size (a spread of marks tells ten)."""
        return len(self.boxes) == 1

    def rows(self) -> Iterator[tuple[Box, float, float]]:
        """Each box with its size and the least that it can be."""
        for one, value in zip(self.boxes, self.values, strict=True):
            yield one, value, min(self.least, value)


@dataclass(frozen=True, eq=False)
class Whole:
    """A whole that the rows of one table divide."""

    whole: Box
    rows: tuple[Box, ...]
    values: tuple[float, ...]
    figure: str


@dataclass
class Universe:
    """All numbers about one kind of unit in one momentopname. `whole`: units are counted; else hours are added up."""

    name: str
    groep: str
    numbers: list[Number] = field(default_factory=list)
    tables: list[Whole] = field(default_factory=list)
    inside: dict[Box, dict[Box, None]] = field(default_factory=dict)  # numerators, and where they can be

    @property
    def whole(self) -> bool:
        return self.groep != "uur"

    def parts(self) -> list["Universe"]:
        """The same per figure, without what ties figures together."""
        figures = sorted({figure for number in self.numbers for figure in number.figures})
        if len(figures) < 2:
            return []
        found = []
        for figure in figures:
            mine = [number for number in self.numbers if figure in number.figures]
            tables = [table for table in self.tables if table.figure == figure]
            found.append(Universe(f"{self.name} {figure}", self.groep, mine, tables, self.inside))
        return found


class _Builder:
    def __init__(self, threshold: int) -> None:
        self.threshold = threshold
        self.universes: dict[tuple[str, str], Universe] = {}
        self._known: dict[tuple[str, str, tuple[Box, ...]], Number] = {}

    def universe(self, answer: Answer, groep: str, under_contract: str = "") -> Universe:
        key = (answer.momentopname, groep + under_contract)
        return self.universes.setdefault(key, Universe(" ".join(key), groep))

    def finish(self) -> list[Universe]:
        """Who is not under a contract is what is left of all: where those are few, the number under it goes."""
        for (snapshot, name, boxes), number in self._known.items():
            groep, _, contract = name.partition(_CONTRACT)
            around = self._known.get((snapshot, groep, boxes)) if contract else None
            if around is not None:
                rest = (all_of - mine for all_of, mine in zip(around.values, number.values, strict=True))
                number.small = number.small or any(0 < value < self.threshold for value in rest)
        return [one for one in self.universes.values() if one.numbers]

    def number(
        self,
        answer: Answer,
        row: dict[str, Any],
        part: str,
        boxes: Sequence[Box],
        values: Sequence[float],
        *,
        groep: str = "",
        least: float = 0.0,
        small: bool | None = None,
        under: Number | None = None,
    ) -> Number:
        groep = groep or counts(answer.cijfer).groep
        under_contract, boxes = _apart(boxes)
        name = groep + under_contract
        key = (answer.momentopname, name, tuple(boxes))
        found = self._known.get(key)
        if small is None:
            small = any(0 < value < self.threshold for value in values)
        if found is not None and found.values != tuple(values):
            found = None  # the same people counted differently: the guard will see that it cannot be, and untie them
        if found is None:
            found = Number(tuple(boxes), tuple(values), least, 0.0, small)
            self._known[key] = found
            self.universe(answer, groep, under_contract).numbers.append(found)
        found.least, found.small = max(found.least, least), found.small or small
        found.loss = max(found.loss, _loss(answer, row, values))
        found.figures.add(answer.cijfer)
        found.places.append((row, part))
        if under is not None and found is not under:
            found.under = under
        return found

    def counted(self, answer: Answer, row: dict[str, Any], whole: Number) -> None:
        """Who counts in a numerator that only its own figure knows is one of those in a denominator."""
        what = counts(answer.cijfer)
        if not what.teller and not answer.definition.verdeling:
            apart, _ = _apart([box(sides(answer, row))])
            universe = self.universe(answer, what.groep, apart)
            key = box(numerator(answer, row))
            found = universe.inside.setdefault(key, {})
            found |= dict.fromkeys(whole.boxes)


def universes(answers: Sequence[Answer], threshold: int) -> list[Universe]:
    """Everything that these answers count, per kind of unit. Their rows are the answers' own dicts."""
    builder = _Builder(threshold)
    for answer in answers:
        if answer.cijfer == "spuk_saldo":
            _saldo(builder, answer)
        elif answer.definition.personen:
            _add(builder, answer)
    return builder.finish()


def _apart(boxes: Sequence[Box]) -> tuple[str, list[Box]]:
    """Someone may be under many contracts, so those numbers do not add up: each contract is a world of its own."""
    names = {name for one in boxes for name, _ in one if name.startswith("contract [")}
    if not names:
        return "", list(boxes)
    return _CONTRACT + " ".join(sorted(names)), [tuple(side for side in one if side[0] not in names) for one in boxes]


def _loss(answer: Answer, row: dict[str, Any], values: Sequence[float]) -> float:
    """Totals and recent main figures stay longest; among equals a small number goes before a large one."""
    finer = len(answer.dims) + 0.5 * sum(name != "gemeente" for name in answer.filters)
    years = [int(str(row[name])[:4]) for name in ("jaar", "tweejaar", "kwartaal", "maand", "cohort") if row.get(name)]
    recent = 1 + 0.05 * max(0, max(years, default=2022) - 2022)
    return _MAIN / _FINER**finer * recent + 0.2 * math.log10(1 + max(values, default=0))


def _add(builder: _Builder, answer: Answer) -> None:
    soort, split = answer.definition.soort, answer.definition.verdeling
    there = 1.0 if answer.dims and answer.cijfer not in _WITHOUT_WHOLE else 0.0
    tables: dict[tuple[Any, ...], list[tuple[Box, float]]] = defaultdict(list)
    kopie = (*counts(answer.cijfer).kopie, *(("contract",) if overlapping(answer) else ()))
    for row in answer.rijen:
        mine = sides(answer, row)
        here = box(mine)
        copy = tuple(row[name] for name in kopie)
        if soort == "aantal":
            builder.number(answer, row, "n", [here], [row["aantal"]], least=there)
            tables[copy].append((here, row["aantal"]))
        elif answer.cijfer == "taakstelling":
            builder.number(answer, row, "teller", [box(mine | numerator(answer, row))], [row["teller"]])
        elif answer.cijfer == "respons":
            _response(builder, answer, row, mine)
        elif answer.cijfer == "kosten_per_persoon":
            builder.number(answer, row, "n", [here], [row["noemer"]])
            tables[copy].append((here, row["noemer"]))
        elif split:
            around = box({name: side for name, side in mine.items() if name.split(" ")[0] != split})
            whole = builder.number(answer, row, "n", [around], [row["noemer"]], least=1.0)
            _numerator(builder, answer, row, here, whole, least=1.0)
            if split not in answer.filters:
                tables[copy].append((here, row["teller"]))
        elif soort == "verhouding":
            few = 0 < (row.get("n") or 0) < builder.threshold
            if counts(answer.cijfer).groep == "uur":
                builder.number(answer, row, "n", [here], [row["noemer"]], small=few)
                tables[copy].append((here, row["noemer"]))
            elif "n" in row:
                builder.number(answer, row, "n", [here], [row["n"]])
        else:
            size = row["noemer"] if soort == "aandeel" else row["n"]
            whole = builder.number(answer, row, "n", [here], [size], least=there)
            tables[copy].append((here, size))
            if soort in ("aandeel", "gemiddelde"):
                _numerator(builder, answer, row, box(mine | numerator(answer, row)), whole)
            if soort == "gemiddelde":
                marks = [box(mine | {"score": frozenset({score})}) for score in range(1, 11)]
                builder.number(answer, row, "verdeling", marks, row["verdeling"], under=whole)
            if soort == "incidentie":
                _at_risk(builder, answer, row, mine, whole)
    if answer.dims and answer.cijfer not in _WITHOUT_WHOLE:
        _wholes(builder, answer, kopie, tables)


def _numerator(
    builder: _Builder, answer: Answer, row: dict[str, Any], here: Box, whole: Number, least: float = 0.0
) -> None:
    teller, noemer = row["teller"], row["noemer"]
    rest = noemer - teller
    few = any(0 < value < builder.threshold for value in (teller, rest))
    alike = noemer < 2 * builder.threshold and noemer > 0 and not (teller and rest)
    builder.number(answer, row, "teller", [here], [teller], least=least, small=few or alike, under=whole)
    builder.counted(answer, row, whole)


def _response(builder: _Builder, answer: Answer, row: dict[str, Any], mine: dict[str, Any]) -> None:
    """Answers are those of tevredenheid in the same quarter; who did not answer is a group too."""
    whole = builder.number(answer, row, "n", [box(mine)], [row["noemer"]])
    first, last = span(row["kwartaal"])
    theirs = {**mine, "datum": ((first, min(last, answer.peildatum)),)}
    rest = row["noemer"] - row["teller"]
    few = any(0 < value < builder.threshold for value in (row["teller"], rest)) or whole.small
    builder.number(answer, row, "teller", [box(theirs)], [row["teller"]], groep="antwoord", small=few)


def _at_risk(builder: _Builder, answer: Answer, row: dict[str, Any], mine: dict[str, Any], whole: Number) -> None:
    """Who was followed up to each horizon, one within the other."""
    horizons = answer.definition.horizonnen
    longer = frozenset(range(horizons.index(row["horizon"]), len(horizons)))
    here = box(mine | {f"duur {answer.cijfer} {answer.peildatum}": longer})
    builder.number(answer, row, "in_risico", [here], [row["in_risico"]], under=whole)


def _saldo(builder: _Builder, answer: Answer) -> None:
    """A balance of so many times a tariff tells how many, to who knows the bookings."""
    behind = {}
    for one in answer.achter:
        for row in one.rijen:
            behind[tuple(row.get(name) for name in ("jaar", "gemeente", "doelgroep"))] = (row["aantal"], one, row)
    for row in answer.rijen:
        boxes, values = [], []
        for (jaar, gemeente, _), (value, one, theirs) in behind.items():
            if jaar == row["jaar"] and gemeente == row.get("gemeente"):
                boxes.append(box(sides(one, theirs)))
                values.append(value)
        if boxes:
            builder.number(answer, row, "n", boxes, values)


def _wholes(
    builder: _Builder,
    answer: Answer,
    kopie: Sequence[str],
    tables: dict[tuple[Any, ...], list[tuple[Box, float]]],
) -> None:
    """Every whole that the rows of one answer divide; a figure that repeats its units has several."""
    for copy, rows in tables.items():
        values = dict(rows)
        whole = box(sides(answer, dict(zip(kopie, copy, strict=True))))
        apart, boxes = _apart([whole, *values])
        universe = builder.universe(answer, counts(answer.cijfer).groep, apart)
        universe.tables.append(Whole(boxes[0], tuple(boxes[1:]), tuple(values.values()), answer.cijfer))
