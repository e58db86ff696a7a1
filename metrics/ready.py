"""Units kept ready: whom a figure counts on a day does not depend on a filter or a split, and seldom on a period.

Those only choose among the units. So the units of a figure are written out once, with every dimension that it can
be split by, in a database in memory beside the momentopname; each question is then counted over that table, exactly and
by the same SQL as always, for medians and incidences too. A key holds whose figures may be seen: what was made for one
municipality is never read for another.

Kept is what was asked a second time (a single question is quicker without), as long as there is room.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from metrics.catalogue import outputs
from metrics.columns import Columns, Divided, read
from metrics.connection import Connection, Snapshot, ticket
from metrics.days import FIRST_DAY
from metrics.definition import AFTERWARDS, TWO_YEARS, Definition
from metrics.query import Question, contracts_of, reads_period, units
from metrics.rights import Bevoegdheid
from metrics.shadow import TIME_SQL

_PATIENCE = 2  # questions of one figure before its units are kept
# values (rows times columns) that are kept, of four bytes on average: what was asked, and what was written beforehand
_ROOM, _ROOM_AHEAD = 30_000_000, 110_000_000
_ROWS, _ROWS_AHEAD = 500_000, 4_000_000  # units of one figure: while somebody waits for an answer, and beforehand
_ENUM = 1_000  # different texts of one column that are written as numbers
_MEMORY = "1GB"  # what a figure with more units than this takes, is counted without
_TABLES, _QUESTIONS = 1024, 4096
_WAITING = 64  # figures that wait to be written by another
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
    ahead: bool = False  # written beforehand
    columns: Columns | None = None


class Shelf:
    """The units that are kept of one momentopname. Threads may share it; each takes a connection of its own."""

    def __init__(self, path: Path, *, room: int = _ROOM, patience: int = _PATIENCE) -> None:
        self._path, self._room, self._patience = path, room, patience
        self._root: duckdb.DuckDBPyConnection | None = None  # opened when something is kept for the first time
        self._idle: list[duckdb.DuckDBPyConnection] = []
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Table] = OrderedDict()
        self._not: set[Key] = set()  # too many, or being written by another
        self._asked: dict[Key, int] = {}
        self._made = 0
        self._wanted: list[tuple[Key, Definition | None]] = []
        self._tell: Callable[[], object] | None = None
        self._fixed: dict[str, list[Any]] = {}  # the texts come from the program: there are few

    @property
    def values(self) -> int:
        """How many values are kept."""
        with self._lock:
            return sum(one.values for one in self._kept.values())

    def source(self, question: Question, voor: Bevoegdheid, days: tuple[date, date, date]) -> "Source | None":
        """A connection on which the units of this question are ready; None when they are not kept. `days`: the
        peildatum and the period."""
        definition = question.definition
        tables = {"": self._table(_key(definition, voor, days), definition)}
        if "contract" in _needed(question) and "contract" not in outputs(definition.id):
            tables[_CONTRACTS] = self._table((_CONTRACTS, "", days[0], voor.gemeenten, _ALWAYS), None)
        ready = {name: table for name, table in tables.items() if table is not None}
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
        """Write the units of a figure out before anybody asks; those that hang on the period, of the usual one."""
        key = _key(definition, voor, (day, FIRST_DAY, day))
        with self._lock:
            if key in self._kept and self._kept[key].ahead:
                return
            self._not.add(key)
        self._make(key, definition, _ROWS_AHEAD)

    def fixed(self, text: str, connection: Connection) -> list[Any]:
        """The rows of a text without parameters, asked once."""
        if text not in self._fixed:
            self._fixed[text] = connection.execute(text).fetchall()
        return self._fixed[text]

    def behind(self, tell: Callable[[], object]) -> None:
        """From now on who asks does not wait for what is kept: `tell` is called when something waits to be written, by
        `write_asked`."""
        self._tell = tell

    def write_asked(self) -> bool:
        """Write out the units of one figure that was asked; False when none waits."""
        with self._lock:
            key, definition = self._wanted.pop(0) if self._wanted else (None, None)
        if key is None:
            return False
        self._make(key, definition, _ROWS)
        return True

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
            # who looks at a period looks at more than one page of it, and nobody waits for what is written behind
            patience = 1 if self._tell is not None and key[4] != _ALWAYS else self._patience
            if key in self._not or self._asked[key] < patience:
                if len(self._asked) > _QUESTIONS:  # of days that nobody looks at any more
                    self._asked.clear()
                    self._not.clear()
                return None
            if self._tell is not None and len(self._wanted) >= _WAITING:
                return None
            self._not.add(key)  # whoever asks meanwhile counts without
            if self._tell is not None:
                self._wanted.append((key, definition))
        if self._tell is None:
            return self._make(key, definition, _ROWS)
        self._tell()
        return None

    def _make(self, key: Key, definition: Definition | None, most: int) -> Table | None:
        try:
            table = self._write(key, definition, most)
        except duckdb.Error:  # no room: this figure is counted without, as always
            return None
        if table is not None:
            with self._lock:
                self._not.discard(key)
                doubled = self._kept.get(key)
                self._kept[key] = table
                self._tidy(doubled)
        return table

    def _write(self, key: Key, definition: Definition | None, most: int) -> Table | None:
        """Write the units out, when there are not too many; texts that come back often become numbers, which takes a
        tenth of the room."""
        _, _, day, gemeenten, (first, last) = key
        text = contracts_of() if definition is None else f"{units(_widest(definition))} SELECT * FROM _u"
        bound = {"peildatum": day, "alle": gemeenten is None, "gemeenten": sorted(gemeenten or ())}
        bound |= {"van": first, "tot": last}
        used = {one: value for one, value in bound.items() if f"${one}" in text}
        with self._lock:
            self._made += 1
            name = f"e{self._made}"
        with self._open().cursor() as connection:
            connection.execute("USE bron")
            rows = connection.execute(f"SELECT count(*) FROM ({text})", used).fetchall()[0][0]
            if rows > most:
                return None
            connection.execute(f"CREATE TABLE memory.main.{name}_ AS {text}", used)
            try:
                kinds = connection.execute(f"DESCRIBE memory.main.{name}_").fetchall()
                if rows * len(kinds) > (_ROOM_AHEAD if most == _ROWS_AHEAD else self._room):
                    return None
                texts = [one for one, kind, *_ in kinds if kind == "VARCHAR" and _is_dimension(definition, one)]
                few = {column: kind for column in texts if (kind := self._numbered(connection, name, column))}
                columns = [f"{column}::{few[column]} AS {column}" if column in few else column for column, *_ in kinds]
                connection.execute(
                    f"CREATE TABLE memory.main.{name} AS SELECT {', '.join(columns)} FROM memory.main.{name}_"
                )
            finally:
                connection.execute(f"DROP TABLE memory.main.{name}_")
            mine = None if definition is None else definition.mogelijk
            held = None if mine is None else read(connection, f"memory.main.{name}", mine, few)
        return Table(name, rows * len(kinds), tuple(few.values()), most == _ROWS_AHEAD, held)

    @staticmethod
    def _numbered(connection: Connection, name: str, column: str) -> str | None:
        """A type that holds the texts of a column as numbers; None when there are too many."""
        texts = f"SELECT DISTINCT {column} FROM memory.main.{name}_ WHERE {column} IS NOT NULL"
        if not 0 < connection.execute(f"SELECT count(*) FROM ({texts})").fetchall()[0][0] <= _ENUM:
            return None
        connection.execute(f"CREATE TYPE memory.main.{name}_{column} AS ENUM ({texts})")
        return f"memory.main.{name}_{column}"

    def _tidy(self, doubled: Table | None) -> None:
        """Let go of what was not asked for the longest, until the rest fits."""
        gone = [doubled] if doubled is not None else []
        for ahead, room in ((False, self._room), (True, _ROOM_AHEAD)):
            mine = [key for key, one in self._kept.items() if one.ahead == ahead]
            total, many = sum(self._kept[key].values for key in mine), len(mine)
            for key in mine:
                if total <= room and many <= _TABLES:
                    break
                gone.append(self._kept.pop(key))
                total, many = total - gone[-1].values, many - 1
        if self._root is not None and gone:
            with self._root.cursor() as connection:
                for table in gone:
                    connection.execute(f"DROP TABLE memory.main.{table.name}")
                    for kind in table.types:
                        connection.execute(f"DROP TYPE {kind}")


class Source:
    """A connection that has the units of one figure: `units` gives the SQL that chooses among them."""

    def __init__(self, shelf: Shelf, tables: Mapping[str, Table]) -> None:
        self._shelf, self._tables = shelf, tables
        self._connection: duckdb.DuckDBPyConnection | None = None  # most questions need none

    def execute(self, query: str, parameters: Any = None, /) -> Any:
        """As of the connection itself."""
        if self._connection is None:
            self._connection = self._shelf.lend()
        return self._connection.execute(query, parameters)

    def close(self) -> None:
        """Let another use the connection."""
        if self._connection is not None:
            self._shelf.give_back(self._connection)
            self._connection = None

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def fixed(self, text: str) -> list[Any]:
        """The rows of a text without parameters: a momentopname never changes."""
        return self._shelf.fixed(text, self)

    def groups(self, question: Question, parameters: Mapping[str, Any], without: Sequence[str] = ()) -> Divided | None:
        """The units that count, divided by the dimensions of a question, out of columns in memory; None when those do
        not hold all that is asked."""
        columns, own = self._tables[""].columns, outputs(question.definition.id)
        filters = [(name, values) for name, values in question.filters if name not in (*without, *AFTERWARDS)]
        if columns is None or not {*question.dims, *(name for name, _ in filters)} <= set(columns.dims):
            return None
        if "datum" in own and columns.days is None:
            return None
        period = (parameters["van"], parameters["tot"]) if "datum" in own else None
        return columns.grouped(question.dims, columns.chosen(filters, period))

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
        return f"memory.main.{self._tables[which].name}"


def _key(definition: Definition, voor: Bevoegdheid, days: tuple[date, date, date]) -> Key:
    day, start, end = days
    period = (start, min(end, day)) if reads_period(definition.id, definition.sql) else _ALWAYS
    return definition.id, definition.sql, day, voor.gemeenten, period


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
