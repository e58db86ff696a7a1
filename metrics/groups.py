"""The finest groups that a reader can tell apart, for everything that a publication counts of one kind of unit.

A box is a set of units by their features. Features that no published box looks at together are independent for a
reader, so the finest groups are kept per clique of features, with equal totals where cliques meet: exactly what the
boxes tell, and no more (Lauritzen 1996, chapter 2: decomposable models).
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from metrics.days import FIRST_DAY
from metrics.populations import Box, Side

MOST = 20_000  # more groups than this in one clique, and the publication is judged in smaller pieces


class TooManyGroups(ValueError):
    """What is published divides people too finely to be judged together."""


@dataclass(frozen=True, eq=False)
class Table:
    """A whole and the rows that divide it: who is in the whole is in one of the rows."""

    whole: Box
    rows: tuple[Box, ...]


class Feature:
    """One feature: the pieces of its domain that the boxes tell apart, and which of them each side holds."""

    def __init__(self, sides: Sequence[Side], always: bool) -> None:
        tokens: list[Any]
        if sides and isinstance(sides[0], tuple):
            tokens = _segments(sides, always)
            inside = [{token for token in tokens if token and _covers(side, token)} for side in sides]
        else:
            tokens = [*dict.fromkeys(value for side in sides for value in sorted(side, key=str)), _Other]
            inside = [set(side) for side in sides]
        signs = list(dict.fromkeys(tuple(token in one for one in inside) for token in tokens))
        self.size = len(signs)
        self.masks = {side: np.array([sign[place] for sign in signs]) for place, side in enumerate(sides)}

    @property
    def empty(self) -> bool:
        """Whether it tells nothing: every side holds everything."""
        return all(mask.all() for mask in self.masks.values())


class _Other:
    """Stands for every value that no box names."""


class _Clique:
    """Every combination of pieces of some features that no table tells to be empty: per feature a column of pieces."""

    def __init__(self, names: frozenset[str], pieces: dict[str, np.ndarray], size: int) -> None:
        self.names, self.pieces, self.size = names, pieces, size

    def inside(self, box: Box, features: dict[str, "Feature"]) -> np.ndarray:
        found = np.ones(self.size, dtype=bool)
        for name, side in box:
            if name in self.pieces:
                found &= features[name].masks[side][self.pieces[name]]
        return found

    def code(self, names: Iterable[str], features: dict[str, "Feature"]) -> np.ndarray:
        """One number per combination of pieces of these features."""
        code = np.zeros(self.size, dtype=np.int64)
        for name in sorted(names):
            code = code * features[name].size + self.pieces[name]
        return code

    def only(self, places: np.ndarray) -> "_Clique":
        size = int(places.sum()) if places.dtype == bool else len(places)
        return _Clique(self.names, {name: values[places] for name, values in self.pieces.items()}, size)


class Groups:
    """The finest groups, as columns. `columns` gives those of a box; `equal` pairs of columns with equal totals."""

    def __init__(self, boxes: Iterable[Box], tables: Sequence[Table], always: Iterable[str] = ()) -> None:
        boxes = list(dict.fromkeys(boxes))
        everything = [*boxes, *(box for table in tables for box in (table.whole, *table.rows))]
        sides: dict[str, dict[Side, None]] = {}
        for box in everything:
            for name, side in box:
                sides.setdefault(name, {})[side] = None
        features = {name: Feature(list(found), name in set(always)) for name, found in sides.items()}
        self.features = {name: feature for name, feature in features.items() if not feature.empty}
        self._tables = [
            (self._names(table.whole).union(*(self._names(row) for row in table.rows)), table) for table in tables
        ]
        together = [self._names(box) for box in boxes] + [names for names, _ in self._tables]
        sizes = {name: feature.size for name, feature in self.features.items()}
        cliques = [self._clique(names) for names in _cliques(together, sizes)]
        cliques, tree = self._joined(cliques, boxes)
        self.size = 0
        self._columns: dict[Box, np.ndarray] = {}
        first = []
        for place, (clique, mine) in enumerate(zip(cliques, _homes(cliques, boxes, self._names), strict=True)):
            shared = [cliques[one].names & cliques[other].names for one, other in tree if place in (one, other)]
            clique = cliques[place] = self._merged(clique, mine, shared)
            for box in mine:
                self._columns[box] = self.size + np.flatnonzero(clique.inside(box, self.features))
            first.append(self.size)
            self.size += clique.size
        self.equal: list[tuple[np.ndarray, np.ndarray]] = []
        for one, other in tree:
            names = cliques[one].names & cliques[other].names
            left, right = (cliques[place].code(names, self.features) for place in (one, other))
            codes = np.union1d(left, right)
            self.equal += zip(_places(left, codes, first[one]), _places(right, codes, first[other]), strict=True)

    def _names(self, box: Box) -> frozenset[str]:
        return frozenset(name for name, _ in box if name in self.features)

    def columns(self, box: Box) -> np.ndarray:
        """The columns of the groups that make up a box."""
        return self._columns[box]

    def within(self, boxes: Sequence[Box]) -> np.ndarray:
        """A matrix of yes and no: whether every unit of the second box is in the first."""
        missing = np.zeros((len(boxes), len(boxes)), dtype=np.float32)
        for name, feature in self.features.items():
            everything = np.ones(feature.size, dtype=bool)
            sides = [dict(box).get(name) for box in boxes]
            masks = np.array([everything if side is None else feature.masks[side] for side in sides])
            missing += (~masks).astype(np.float32) @ masks.T.astype(np.float32)
        return missing == 0

    def _clique(self, names: frozenset[str]) -> _Clique:
        """Built up one feature at a time, without what a table tells to be empty as soon as it can be told."""
        told = [(needed, table) for needed, table in self._tables if needed <= names]
        order: list[str] = []
        for needed, _ in sorted(told, key=lambda one: -len(one[1].rows)):
            order += [name for name in sorted(needed) if name not in order]
        order += [name for name in sorted(names) if name not in order]
        clique = _Clique(frozenset(), {}, 1)
        done: set[int] = set()
        for name in order:
            size = self.features[name].size
            if clique.size * size > 10 * MOST:
                raise TooManyGroups
            pieces = {one: np.repeat(values, size) for one, values in clique.pieces.items()}
            pieces[name] = np.tile(np.arange(size), clique.size)
            clique = _Clique(clique.names | {name}, pieces, clique.size * size)
            for number, (needed, table) in enumerate(told):
                if number not in done and needed <= clique.names:
                    done.add(number)
                    somewhere = ~clique.inside(table.whole, self.features)
                    for row in table.rows:
                        somewhere |= clique.inside(row, self.features)
                    clique = clique.only(somewhere)
            if clique.size > MOST:
                raise TooManyGroups
        return clique

    def _merged(self, clique: _Clique, boxes: Iterable[Box], shared: Iterable[frozenset[str]]) -> _Clique:
        """One for all combinations that no box and no neighbour tells apart."""
        dice = np.random.default_rng(1)
        sign = np.zeros(clique.size, dtype=np.uint64)
        for box in boxes:
            sign += clique.inside(box, self.features) * dice.integers(1, 2**63, dtype=np.uint64)
        for names in shared:
            code = clique.code(names, self.features).astype(np.uint64)
            sign += (code + np.uint64(1)) * dice.integers(1, 2**63, dtype=np.uint64)
        _, places = np.unique(sign, return_index=True)
        return clique.only(np.sort(places))

    def _joined(self, cliques: list[_Clique], boxes: Sequence[Box]) -> tuple[list[_Clique], list[tuple[int, int]]]:
        """Join neighbours that share nearly all of their features when that leaves fewer groups to tell apart."""
        tried: set[frozenset[str]] = set()
        while True:
            tree = _tree([clique.names for clique in cliques])
            homes = _homes(cliques, boxes, self._names)
            for one, other in tree:
                names = cliques[one].names | cliques[other].names
                shared = cliques[one].names & cliques[other].names
                if names in tried or not shared or len(names) > len(shared) + 4:
                    continue
                tried.add(names)
                try:
                    both = self._clique(names)
                except TooManyGroups:
                    continue
                around = [
                    names & cliques[place].names
                    for pair in tree if pair != (one, other) and {one, other} & set(pair)
                    for place in pair if place not in (one, other)
                ]  # fmt: skip
                count = self._merged(both, [*homes[one], *homes[other]], around).size
                apart = sum(
                    self._merged(
                        cliques[place], homes[place], [shared, *(near & cliques[place].names for near in around)]
                    ).size
                    for place in (one, other)
                )
                if count < apart:
                    cliques = [clique for place, clique in enumerate(cliques) if place not in (one, other)] + [both]
                    break
            else:
                return cliques, tree


def _places(mine: np.ndarray, codes: np.ndarray, first: int) -> list[np.ndarray]:
    """For each of these codes (sorted) where it is, in order, counted from `first`."""
    order = np.argsort(mine, kind="stable")
    return np.split(first + order, np.searchsorted(mine[order], codes[1:]))


def _homes(
    cliques: Sequence[_Clique], boxes: Iterable[Box], names_of: Callable[[Box], frozenset[str]]
) -> list[list[Box]]:
    """Each box at the smallest clique that knows all of its features."""
    homes: list[list[Box]] = [[] for _ in cliques]
    for box in boxes:
        names = names_of(box)
        fitting = (place for place, clique in enumerate(cliques) if names <= clique.names)
        homes[min(fitting, key=lambda place: (cliques[place].size, place))].append(box)
    return homes


def _segments(sides: Sequence[Side], always: bool) -> list[Any]:
    """The stretches of days between all first and last days; an empty one stands for no such day."""
    spans = [span for side in sides for span in side if isinstance(span, tuple)]
    cuts = {max(first, FIRST_DAY) for first, _ in spans} | {
        last + timedelta(days=1) for _, last in spans if last > FIRST_DAY
    }
    cuts = {cut for cut in cuts if cut >= FIRST_DAY} | {FIRST_DAY}
    ordered = sorted(cuts)
    found: list[Any] = [(first, after - timedelta(days=1)) for first, after in pairwise(ordered)]
    return found if always and found else [*found, ()]


def _covers(side: Side, segment: tuple[date, date]) -> bool:
    return any(first <= segment[0] and segment[1] <= last for first, last in side)


def _cliques(together: Iterable[frozenset[str]], sizes: Mapping[str, int]) -> list[frozenset[str]]:
    """The maximal cliques of the graph of features that occur together, after filling in, smallest product first."""
    near: dict[str, set[str]] = {}
    for names in together:
        for name in names:
            near.setdefault(name, set()).update(names - {name})
    found: list[frozenset[str]] = []
    while near:
        name = min(near, key=lambda one: (math.prod(sizes[other] for other in (one, *near[one])), one))
        clique = frozenset({name, *near[name]})
        if not any(clique <= other for other in found):
            found.append(clique)
        for one in near[name]:
            near[one] |= near[name] - {one}
            near[one].discard(name)
        del near[name]
    return found or [frozenset()]


def _tree(cliques: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """The join tree: each clique tied to the one that it shares most with."""
    tied: list[tuple[int, int]] = []
    inside = {0}
    while len(inside) < len(cliques):
        one, other = max(
            ((one, other) for one in inside for other in range(len(cliques)) if other not in inside),
            key=lambda pair: (len(cliques[pair[0]] & cliques[pair[1]]), -pair[0], -pair[1]),
        )
        tied.append((one, other))
        inside.add(other)
    return tied
