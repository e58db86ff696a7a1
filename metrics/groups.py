"""The finest groups that a reader can tell apart, for everything that a publication counts of one kind of unit.

A box is a set of units by their features. Features that no published box looks at together are independent for a
reader, so the finest groups are kept per clique of features, with equal totals where cliques meet: exactly what the
boxes tell, and no more (Lauritzen 1996, chapter 2: decomposable models).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from metrics.days import FIRST_DAY
from metrics.populations import Box, Side

MOST = 60_000  # more groups than this in one clique, and the publication is judged in smaller pieces


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


class Groups:
    """The finest groups, as columns. `columns` gives those of a box; `equal` pairs of columns with equal totals."""

    def __init__(self, boxes: Iterable[Box], tables: Sequence[Table], always: Iterable[str] = ()) -> None:
        boxes = list(dict.fromkeys([*boxes, *(box for table in tables for box in (table.whole, *table.rows))]))
        sides: dict[str, dict[Side, None]] = {}
        for box in boxes:
            for name, side in box:
                sides.setdefault(name, {})[side] = None
        features = {name: Feature(list(found), name in set(always)) for name, found in sides.items()}
        self.features = {name: feature for name, feature in features.items() if not feature.empty}
        self.cliques = _cliques([self._names(box) for box in boxes])
        self._tables = tables
        self.size = 0
        self._places: list[tuple[dict[str, np.ndarray], int]] = []
        for clique in self.cliques:
            pieces = self._pieces(sorted(clique))
            count = len(next(iter(pieces.values()))) if pieces else 1
            self._places.append((pieces, self.size))
            self.size += count
        self.equal = [pair for one, other in _tree(self.cliques) for pair in self._meet(one, other)]

    def _names(self, box: Box) -> frozenset[str]:
        return frozenset(name for name, _ in box if name in self.features)

    def columns(self, box: Box) -> np.ndarray:
        """The columns of the groups that make up a box."""
        names = self._names(box)
        place = min(
            (number for number, clique in enumerate(self.cliques) if names <= clique),
            key=lambda number: (len(next(iter(self._places[number][0].values()), ())), number),
        )
        pieces, first = self._places[place]
        return first + np.flatnonzero(self._inside(box, pieces))

    def holds(self, outer: Box, inner: Box) -> bool:
        """Whether every unit of one box is in the other."""
        mine = dict(inner)
        return all(
            name in mine and not (self.features[name].masks[mine[name]] & ~self.features[name].masks[side]).any()
            for name, side in outer
            if name in self.features
        )

    def _inside(self, box: Box, pieces: dict[str, np.ndarray]) -> np.ndarray:
        count = len(next(iter(pieces.values()))) if pieces else 1
        found = np.ones(count, dtype=bool)
        for name, side in box:
            if name in pieces:
                found &= self.features[name].masks[side][pieces[name]]
        return found

    def _pieces(self, names: list[str]) -> dict[str, np.ndarray]:
        """Every combination of pieces that a table does not tell to be empty, built up one feature at a time."""
        told = [
            (self._names(table.whole) | frozenset(name for row in table.rows for name in self._names(row)), table)
            for table in self._tables
        ]
        told = [(needed, table) for needed, table in told if needed <= set(names)]
        pieces: dict[str, np.ndarray] = {}
        left = list(names)
        order: list[str] = []
        for needed, _ in sorted(told, key=lambda one: -len(one[1].rows)):
            order += [name for name in sorted(needed) if name not in order]
        order += [name for name in left if name not in order]
        done: set[int] = set()
        for name in order:
            size = self.features[name].size
            count = len(next(iter(pieces.values()))) if pieces else 1
            if count * size > 20 * MOST:
                raise TooManyGroups
            pieces = {one: np.repeat(values, size) for one, values in pieces.items()}
            pieces[name] = np.tile(np.arange(size), count)
            for number, (needed, table) in enumerate(told):
                if number not in done and needed <= set(pieces):
                    done.add(number)
                    pieces = self._without_empty(table, pieces)
            if len(pieces[name]) > MOST:
                raise TooManyGroups
        return pieces

    def _without_empty(self, table: Table, pieces: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        somewhere = ~self._inside(table.whole, pieces)
        for row in table.rows:
            somewhere |= self._inside(row, pieces)
        return {name: values[somewhere] for name, values in pieces.items()}

    def _meet(self, one: int, other: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """Columns of two cliques with equal totals: one pair per combination of what they share."""
        shared = sorted(self.cliques[one] & self.cliques[other])
        sides = []
        for number in (one, other):
            pieces, first = self._places[number]
            count = len(next(iter(pieces.values()))) if pieces else 1
            code = np.zeros(count, dtype=np.int64)
            for name in shared:
                code = code * self.features[name].size + pieces[name]
            sides.append((code, first))
        (left, first), (right, second) = sides
        return [
            (first + np.flatnonzero(left == code), second + np.flatnonzero(right == code))
            for code in np.union1d(left, right)
        ]


def _segments(sides: Sequence[Side], always: bool) -> list[Any]:
    """The stretches of days between all first and last days; an empty one stands for no such day."""
    spans = [span for side in sides for span in side if isinstance(span, tuple)]
    cuts = {max(first, FIRST_DAY) for first, _ in spans} | {last + timedelta(days=1) for _, last in spans if last > FIRST_DAY}
    cuts = {cut for cut in cuts if cut >= FIRST_DAY} | {FIRST_DAY}
    ordered = sorted(cuts)
    found: list[Any] = [(first, after - timedelta(days=1)) for first, after in pairwise(ordered)]
    return found if always and found else [*found, ()]


def _covers(side: Side, segment: tuple[date, date]) -> bool:
    return any(first <= segment[0] and segment[1] <= last for first, last in side)


def _cliques(together: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The maximal cliques of the graph of features that occur together, after filling in by least neighbours."""
    near: dict[str, set[str]] = {}
    for names in together:
        for name in names:
            near.setdefault(name, set()).update(names - {name})
    found: list[frozenset[str]] = []
    while near:
        name = min(near, key=lambda one: (len(near[one]), one))
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
