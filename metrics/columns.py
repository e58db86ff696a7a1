"""The units of one figure as columns of numbers in memory: a small question counted over them takes a tenth of the time
that a database needs to understand it.

Dimensions are codes of their values (0: empty). What a column cannot hold exactly is left out, and who asks for it
counts in the database instead: the answer is the same either way.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np

_EIGHT = 100_000_000  # amounts are whole numbers of hundred millionths: a sum does not depend on its order
_EPOCH = date(1970, 1, 1)
_NO_DAY = -(2**31)
_FULL = 4096  # combinations that are counted beside each other, also those that do not occur
_LARGEST = 2**62
_MOST_FLAGS = 64_000_000  # combinations times persons
_EXACT = 2**52  # up to here every whole number has a float of its own
_FEW = 2**22  # rows of which numbers of 31 bits add up to less than that
_MOST = 50_000_000  # rows whose amounts can be added up without passing the largest number
_WHOLE = ("teller", "noemer", "aantal", "duur", "waarde")
_AMOUNTS = ("teller", "noemer", "bedrag")
_TOGETHER = ("gemeente", "leerroute", "doelgroep", "cohort")  # rows with the same of these lie together
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")


Places = np.ndarray | slice | None  # of rows; None: all


@dataclass(frozen=True)
class Dimension:
    """Codes of the rows, and the value of each code; that of 0 is None."""

    codes: np.ndarray
    values: tuple[Any, ...]

    def passing(self, wanted: Collection[Any]) -> np.ndarray:
        """Per code whether its value is wanted; an empty one never is."""
        return np.array([one is not None and one in wanted for one in self.values], dtype=bool)


@dataclass(frozen=True)
class Numbers:
    """Whole numbers, 0 where empty; `there` is None when none is empty."""

    values: np.ndarray
    there: np.ndarray | None


@dataclass(frozen=True)
class Columns:
    """The columns that could be read, by name. `amounts` are in hundred millionths; `floats` are never added up.

    Rows are in the order of what people filter on most, so that those of a choice lie together: in block i (the rows
    from `starts[i]`) the code of such a dimension is `blocks[name][i]`.
    """

    size: int
    dims: Mapping[str, Dimension]
    whole: Mapping[str, Numbers]
    amounts: Mapping[str, np.ndarray]
    floats: Mapping[str, Numbers]
    blocks: Mapping[str, np.ndarray]
    starts: np.ndarray
    days: np.ndarray | None = None
    persons: np.ndarray | None = None  # codes; the last is for an empty one
    many_persons: int = 0
    first: int = 0  # of all days
    last: int = 0

    def chosen(self, filters: Sequence[tuple[str, Collection[Any]]], period: tuple[date, date] | None) -> Places:
        """The places of the rows that pass all filters and lie in the period; None when that is all of them."""
        passing = [(name, self.dims[name].passing(wanted)) for name, wanted in filters]
        places = self._of_blocks([one for one in passing if one[0] in self.blocks])
        keep: list[np.ndarray] = [
            passes[_taken(self.dims[name].codes, places)] for name, passes in passing if name not in self.blocks
        ]
        if period is not None and self.days is not None and self.size:
            first, last = ((day - _EPOCH).days for day in period)
            days = _taken(self.days, places)
            keep += [days >= first] if first > self.first else []
            keep += [days <= last] if last < self.last else []
        if not keep:
            return places
        inside = np.flatnonzero(keep[0] if len(keep) == 1 else np.logical_and.reduce(keep))
        if places is None:
            return inside
        return inside + places.start if isinstance(places, slice) else places[inside]

    def _of_blocks(self, passing: Sequence[tuple[str, np.ndarray]]) -> Places:
        """The places of the blocks that pass: one stretch when they lie together."""
        if not passing:
            return None
        keep = np.logical_and.reduce([passes[self.blocks[name]] for name, passes in passing])
        chosen = np.flatnonzero(keep)
        if len(chosen) == len(keep):
            return None
        if not len(chosen) or chosen[-1] - chosen[0] + 1 == len(chosen):
            ends = (int(self.starts[chosen[0]]), int(self.starts[chosen[-1] + 1])) if len(chosen) else (0, 0)
            return slice(*ends)
        first, sizes = self.starts[chosen], self.starts[chosen + 1] - self.starts[chosen]
        return np.arange(sizes.sum()) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)

    def grouped(self, dims: Sequence[str], places: Places) -> "Divided | None":
        """The rows at these places, divided by their combinations of dimensions; None when those are too many."""
        sizes = [len(self.dims[name].values) for name in dims]
        if math.prod(sizes) > _LARGEST:
            return None
        code: np.ndarray | None = None
        for name, size in zip(dims, sizes, strict=True):
            mine = self.dims[name].codes
            mine = _taken(mine, places).astype(np.int64)
            code = mine if code is None else code * size + mine
        rows, kinds = _many(places, self.size), None
        if code is not None and math.prod(sizes) > max(_FULL, 2 * rows):  # most of them do not occur
            kinds, code = np.unique(code, return_inverse=True)
        return Divided(self, tuple(dims), tuple(sizes), places, code, rows, kinds)


def _taken(values: np.ndarray, places: Places) -> np.ndarray:
    return values if places is None else values[places]


def _many(places: Places, size: int) -> int:
    if isinstance(places, slice):
        return places.stop - places.start
    return size if places is None else len(places)


@dataclass
class Divided:
    """Rows divided by a code each (None: all in one). Every measure is an array with a number per code."""

    columns: Columns
    dims: tuple[str, ...]
    sizes: tuple[int, ...]
    places: Places
    code: np.ndarray | None
    rows: int
    kinds: np.ndarray | None = None  # of each code the combination that it stands for; None: itself
    _counts: np.ndarray | None = field(default=None, repr=False)

    @property
    def many(self) -> int:
        """How many codes there can be."""
        return math.prod(self.sizes) if self.kinds is None else len(self.kinds)

    def taken(self, values: np.ndarray) -> np.ndarray:
        """A column at the places of these rows."""
        return _taken(values, self.places)

    def count(self, where: np.ndarray | None = None) -> np.ndarray:
        """How many rows, or how many of those where it is true."""
        if where is None:
            if self._counts is None:
                self._counts = (
                    np.array([self.rows]) if self.code is None else np.bincount(self.code, minlength=self.many)
                )
            return self._counts
        if self.code is None:
            return np.array([np.count_nonzero(where)])
        return np.bincount(self.code[where], minlength=self.many)

    def total(self, values: np.ndarray) -> np.ndarray:
        """The exact sum of whole numbers of these rows."""
        if self.code is None:
            return np.array([values.sum(dtype=np.int64)])
        if values.dtype != np.int64 and self.rows < _FEW:  # what a float can hold exactly is added up quickest
            return np.bincount(self.code, values, self.many).astype(np.int64)
        found = np.zeros(self.many, dtype=np.int64)
        np.add.at(found, self.code, values.astype(np.int64, copy=False))
        return found

    def persons(self) -> np.ndarray | None:
        """How many different persons; None when that takes too much room."""
        codes, many = self.columns.persons, self.columns.many_persons
        if codes is None or self.many * (many + 1) > _MOST_FLAGS:
            return None
        seen = np.zeros((self.many, many + 1), dtype=bool)
        seen[0 if self.code is None else self.code, self.taken(codes)] = True
        return seen[:, :many].sum(axis=1)

    def present(self) -> np.ndarray:
        """The codes that occur; the only one when there are no dimensions, also when nothing is in it."""
        return np.flatnonzero(self.count()) if self.dims else np.array([0])

    def named(self, code: int) -> dict[str, Any]:
        """The dimensions that a code stands for."""
        values: list[Any] = []
        code = code if self.kinds is None else int(self.kinds[code])
        for name, size in zip(reversed(self.dims), reversed(self.sizes), strict=True):
            code, mine = divmod(code, size)
            values.append(self.columns.dims[name].values[mine])
        return dict(zip(self.dims, reversed(values), strict=True))


def read(connection: duckdb.DuckDBPyConnection, table: str, dims: Collection[str], types: Mapping[str, str]) -> Columns:
    """The columns of a table. `dims`: the names that its rows may be divided by; `types`: those of texts as numbers."""
    kinds = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}
    asked, bound = {}, {}
    for name, kind in kinds.items():
        if name in types:
            asked[name] = f"enum_code({name}) + 1"
        elif name == "afloop":
            bound["afloop"] = [
                row[0]
                for row in connection.execute(
                    f"SELECT DISTINCT afloop FROM {table} WHERE afloop IS NOT NULL ORDER BY afloop"
                ).fetchall()
            ]
            asked[name] = "coalesce(list_position($afloop, afloop), 0)"
        elif name == "datum" and kind == "DATE":
            asked[name] = "datum - DATE '1970-01-01'"
        elif (kind in _INTEGERS and (name in dims or name in ("persoon", *_WHOLE))) or (
            kind == "DOUBLE" and name in (*_AMOUNTS, "waarde")
        ):
            asked[name] = name
    text = ", ".join(f"{column} AS {name}" for name, column in asked.items())
    together = [name for name in _TOGETHER if name in asked and name in dims]
    order = f" ORDER BY {', '.join(together)}" if together else ""
    found: Any = connection.execute(f"SELECT {text or 1} FROM {table}{order}", bound).fetchnumpy()
    made = _Made(len(next(iter(found.values()))))
    for name in asked:
        column: Any = found[name]
        values, empty = np.ma.getdata(column), np.ma.getmaskarray(column)
        if name in types:
            texts = connection.execute(f"SELECT unnest(enum_range(NULL::{types[name]}))::VARCHAR").fetchall()
            made.dimension(name, np.where(empty, 0, values), [text for (text,) in texts])
        elif name == "afloop":
            made.dimension(name, values, bound["afloop"])
        elif name == "datum":
            made.days = np.where(empty, _NO_DAY, values).astype(np.int32)
        elif name == "persoon":
            made.persoon(values, empty)
        elif name in dims:
            different, codes = np.unique(values[~empty], return_inverse=True)
            every = np.zeros(made.size, dtype=np.int64)
            every[~empty] = codes + 1
            made.dimension(name, every, different.tolist())
        else:
            made.measure(name, values, empty)
    if not made.size:  # no text of it could be made a number
        for name in dims:
            if name in kinds and name not in asked:
                made.dimension(name, np.zeros(0, dtype=np.int64), ())
    return made.done(together)


class _Made:
    """The columns that were read so far."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.days: np.ndarray | None = None
        self._persons: np.ndarray | None = None
        self._many = 0
        self._dims: dict[str, Dimension] = {}
        self._whole: dict[str, Numbers] = {}
        self._amounts: dict[str, np.ndarray] = {}
        self._floats: dict[str, Numbers] = {}

    def dimension(self, name: str, codes: np.ndarray, values: Sequence[Any]) -> None:
        kind = np.uint8 if len(values) < 256 else np.uint16 if len(values) < 65536 else np.int32
        self._dims[name] = Dimension(codes.astype(kind), (None, *values))

    def persoon(self, values: np.ndarray, empty: np.ndarray) -> None:
        different, codes = np.unique(values[~empty], return_inverse=True)
        self._many = len(different)
        self._persons = np.full(self.size, self._many, dtype=np.int32)
        self._persons[~empty] = codes

    def measure(self, name: str, values: np.ndarray, empty: np.ndarray) -> None:
        there = ~empty if empty.any() else None
        if values.dtype.kind == "i":
            numbers = np.where(empty, 0, values)
            self._whole[name] = Numbers(numbers.astype(_smallest(numbers)), there)
            return
        full = np.where(empty, 0.0, values)
        if name == "waarde":
            self._floats[name] = Numbers(full, there)
            return
        scaled = np.rint(full * _EIGHT)
        if self.size < _MOST and (np.abs(scaled) < _EXACT).all() and (scaled / _EIGHT == full).all():
            self._amounts[name] = scaled.astype(np.int64)

    def done(self, together: Sequence[str]) -> Columns:
        new = np.zeros(self.size, dtype=bool)
        new[:1] = True
        for name in together:
            codes = self._dims[name].codes
            new[1:] |= codes[1:] != codes[:-1]
        starts = np.flatnonzero(new)
        blocks = {name: self._dims[name].codes[starts] for name in together}
        ends = (int(self.days.min()), int(self.days.max())) if self.days is not None and self.size else (0, 0)
        return Columns(
            self.size, self._dims, self._whole, self._amounts, self._floats, blocks, np.append(starts, self.size),
            self.days, self._persons, self._many, *ends,
        )  # fmt: skip


def _smallest(numbers: np.ndarray) -> type[np.signedinteger[Any]]:
    """The smallest type that holds them all."""
    ends = (int(numbers.min(initial=0)), int(numbers.max(initial=0)))
    fitting = (
        kind for kind in (np.int8, np.int16, np.int32) if np.iinfo(kind).min <= ends[0] <= ends[1] <= np.iinfo(kind).max
    )
    return next(fitting, np.int64)


def written(total: int) -> float:
    """A sum of hundred millionths as the database writes it as a number."""
    if abs(total) <= 2 * _EXACT:
        return total / _EIGHT
    whole, rest = divmod(abs(total), _EIGHT)
    return math.copysign(float(whole) + rest / _EIGHT, total)
