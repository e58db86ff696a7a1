"""Units kept ready: whom a figure counts on a day does not depend on a filter or a split, and seldom on a period.

Those only choose among the units. So the units of a figure are written out once, with every dimension that it can
be split by, in a database in memory beside the momentopname; each question is then counted over that table, exactly and
by the same SQL as always, for medians and incidences too. A key holds whose figures may be seen: what was made for one
municipality is never read for another.

Kept is what was asked a second time (a single question is quicker without), as long as there is room.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from metrics.catalogue import outputs
from metrics.connection import Connection, Snapshot, ticket
from metrics.definition import AFTERWARDS, TWO_YEARS, Definition
from metrics.query import Question, contracts_of, reads_period, units
from metrics.rights import Bevoegdheid
from metrics.shadow import TIME_SQL

_PATIENCE = 2  # questions of one figure before its units are kept
_ROOM = 80_000_000  # values (rows times columns) kept in all: some 350 MB, a value takes 4 bytes on average
_LARGEST = 8_000_000  # values of one figure
_ENUM = 1_000  # different texts of one column that are written as numbers
_MEMORY = "1GB"  # what a figure with more units than this takes, is counted without
_IDLE = 16  # connections that wait for the next question
_CONTRACTS = "_contracts"
Key = tuple[str, str, date, frozenset[str] | None, tuple[date, date]]
_ALWAYS = (date.min, date.max)


@dataclass(frozen=True)
class Table:
    """Where the units of one figure are, and how many values that is."""

    name: str
    values: int
    types: tuple[str, ...] = ()


class Shelf:
    """The units that are kept of one momentopname. Threads may share it; each takes a connection of its own."""

    def __init__(self, path: Path, *, room: int = _ROOM, patience: int = _PATIENCE) -> None:
        self._path, self._room, self._patience = path, room, patience
        self._root: duckdb.DuckDBPyConnection | None = None  # opened when something is kept for the first time
        self._idle: list[duckdb.DuckDBPyConnection] = []
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Table | None] = OrderedDict()  # None: too many, or being made
        self._asked: dict[Key, int] = {}
        self._made = 0

    @property
    def values(self) -> int:
        """How many values are kept."""
        with self._lock:
            return sum(one.values for one in self._kept.values() if one)

    def source(self, question: Question, voor: Bevoegdheid, days: tuple[date, date, date]) -> "Source | None":
        """A connection on which the units of this question are ready; None when they are not kept. `days`: the
        peildatum and the period."""
        definition, (day, start, end) = question.definition, days
        period = (start, min(end, day)) if reads_period(definition.id, definition.sql) else _ALWAYS
        tables = {"": self._table((definition.id, definition.sql, day, voor.gemeenten, period), definition)}
        if "contract" in _needed(question) and "contract" not in outputs(definition.id):
            tables[_CONTRACTS] = self._table((_CONTRACTS, "", day, voor.gemeenten, _ALWAYS), None)
        ready = {name: table.name for name, table in tables.items() if table is not None}
        return Source(self, ready) if len(ready) == len(tables) else None

    def lend(self) -> duckdb.DuckDBPyConnection:
        """A connection for one thread. `give_back` lets the next one use it: opening costs as much as a question."""
        try:
            return self._idle.pop()
        except IndexError:
            connection = self._open().cursor()
            connection.execute("USE bron")
            return connection

    def give_back(self, connection: duckdb.DuckDBPyConnection) -> None:
        """End of a loan."""
        if len(self._idle) < _IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def keep(self, definition: Definition, voor: Bevoegdheid, day: date) -> None:
        """Write the units of a figure out before anybody asks, unless they hang on the period."""
        key = (definition.id, definition.sql, day, voor.gemeenten, _ALWAYS)
        if not reads_period(definition.id, definition.sql):
            with self._lock:
                self._asked[key] = max(self._asked.get(key, 0), self._patience - 1)
            self._table(key, definition)

    def _open(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._root is None:
                root = duckdb.connect(":memory:", config={"temp_directory": "", "memory_limit": _MEMORY})
                file = str(self._path).replace("'", "''")
                root.execute(f"ATTACH '{file}' AS bron (READ_ONLY)")
                root.execute("SET enable_external_access = false")
                root.execute("SET lock_configuration = true")
                self._root = root
            return self._root

    def _table(self, key: Key, definition: Definition | None) -> Table | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            self._asked[key] = self._asked.get(key, 0) + 1
            if self._asked[key] < self._patience:
                if len(self._asked) > 4096:  # of days that nobody looks at any more
                    self._asked.clear()
                return None
            self._kept[key] = None  # whoever asks meanwhile counts without
            self._made += 1
            name = f"e{self._made}"
        table = None
        try:
            table = self._write(name, key, definition)
        except duckdb.Error:  # no room: this figure is counted without, as always
            pass
        finally:
            with self._lock:
                self._kept[key] = table
                self._tidy()
        return table

    def _write(self, name: str, key: Key, definition: Definition | None) -> Table | None:
        """Write the units out; texts that come back often become numbers, which takes a tenth of the room."""
        _, _, day, gemeenten, (first, last) = key
        text = contracts_of() if definition is None else f"{units(_widest(definition))} SELECT * FROM _u"
        bound = {"peildatum": day, "alle": gemeenten is None, "gemeenten": sorted(gemeenten or ())}
        bound |= {"van": first, "tot": last}
        with self._open().cursor() as connection:
            connection.execute("USE bron")
            used = {one: value for one, value in bound.items() if f"${one}" in text}
            connection.execute(f"CREATE TABLE memory.main.{name}_ AS {text}", used)
            kinds = connection.execute(f"DESCRIBE memory.main.{name}_").fetchall()
            rows = connection.execute(f"SELECT count(*) FROM memory.main.{name}_").fetchall()[0][0]
            values = rows * len(kinds)
            try:
                if values > min(_LARGEST, self._room):
                    return None
                texts = [
                    column for column, kind, *_ in kinds if kind == "VARCHAR" and _is_dimension(definition, column)
                ]
                few = {column: kind for column in texts if (kind := self._numbered(connection, name, column))}
                columns = [f"{column}::{few[column]} AS {column}" if column in few else column for column, *_ in kinds]
                connection.execute(
                    f"CREATE TABLE memory.main.{name} AS SELECT {', '.join(columns)} FROM memory.main.{name}_"
                )
            finally:
                connection.execute(f"DROP TABLE memory.main.{name}_")
        return Table(name, values, tuple(few.values()))

    @staticmethod
    def _numbered(connection: Connection, name: str, column: str) -> str | None:
        """A type that holds the texts of a column as numbers; None when there are too many."""
        texts = f"SELECT DISTINCT {column} FROM memory.main.{name}_ WHERE {column} IS NOT NULL"
        if not 0 < connection.execute(f"SELECT count(*) FROM ({texts})").fetchall()[0][0] <= _ENUM:
            return None
        connection.execute(f"CREATE TYPE memory.main.{name}_{column} AS ENUM ({texts})")
        return f"memory.main.{name}_{column}"

    def _tidy(self) -> None:
        """Let go of what was not asked for the longest, until the rest fits."""
        total = sum(one.values for one in self._kept.values() if one)
        while total > self._room or len(self._kept) > 1024:
            _, oldest = self._kept.popitem(last=False)
            if oldest is None or self._root is None:
                continue
            total -= oldest.values
            with self._root.cursor() as connection:
                connection.execute(f"DROP TABLE memory.main.{oldest.name}")
                for kind in oldest.types:
                    connection.execute(f"DROP TYPE {kind}")


class Source:
    """A connection that has the units of one figure: `units` gives the SQL that chooses among them."""

    def __init__(self, shelf: Shelf, tables: Mapping[str, str]) -> None:
        self._shelf, self._connection, self._tables = shelf, shelf.lend(), tables

    def execute(self, query: str, parameters: Any = None, /) -> Any:
        """As of the connection itself."""
        return self._connection.execute(query, parameters)

    def close(self) -> None:
        """Let another use the connection."""
        self._shelf.give_back(self._connection)

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def units(self, question: Question, without: Sequence[str] = ()) -> str:
        """As `metrics.query.units`: the units that count, by the name of _u."""
        own, dims = outputs(question.definition.id), question.dims
        where = ["u.datum BETWEEN $van AND $tot"] if "datum" in own else []
        columns, joins = ["u.*"], ""
        for name in (name for name, _ in question.filters if name not in (*without, *AFTERWARDS)):
            if name == "contract" and name not in own:
                chosen = f"SELECT persoon FROM {self._name(_CONTRACTS)} WHERE list_contains($f_contract, contract)"
                where.append(f"u.persoon IN ({chosen})")
                where += ["list_contains($f_contract, c.contract)"] if name in dims else []
            else:
                where.append(f"list_contains($f_{name}, u.{name})")
        if "contract" in dims and "contract" not in own:
            joins = f" LEFT JOIN {self._name(_CONTRACTS)} AS c ON u.persoon = c.persoon"
            columns.append("c.contract AS contract")
        if TWO_YEARS in dims and TWO_YEARS not in own:
            columns.append(f"{TIME_SQL[TWO_YEARS]} AS {TWO_YEARS}")
        condition = f" WHERE {' AND '.join(where)}" if where else ""
        text = f"WITH _u AS (SELECT {', '.join(columns)} FROM {self._name('')} AS u{joins}{condition})"
        # who a division looks up among the persons, stands in the same rows
        return f"{text}, personen AS (SELECT persoon, doelgroep FROM _u)" if question.definition.verdeling else text

    def _name(self, which: str) -> str:
        return f"memory.main.{self._tables[which]}"


def _needed(question: Question) -> set[str]:
    return {*question.dims, *(name for name, _ in question.filters)}


def _widest(definition: Definition) -> Question:
    """The question that has every dimension as a column."""
    own = outputs(definition.id)
    every = tuple(name for name in definition.mogelijk if name != "contract" or name in own)
    return Question(definition, (), every)


def _is_dimension(definition: Definition | None, column: str) -> bool:
    return column == "contract" if definition is None else column in definition.mogelijk


class _Place:
    """Equal for the same file, so that it can be the key of a shelf."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.path, self.key = Path(snapshot.path), ticket(snapshot)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Place) and self.key == other.key


@lru_cache(maxsize=2)
def _opened(place: _Place) -> Shelf:
    return Shelf(place.path)


def shelf(snapshot: Snapshot) -> Shelf:
    """The shelf of a momentopname; those of the two that were asked last are kept."""
    return _opened(_Place(snapshot))
