"""Gather: which checked rows of the deliveries can go straight to their table, and which need a closer look.

A row is *clean* when it has no fault, its contract and person are known, and no other row can have its key. Whether
others can is told from 64-bit hashes of the keys, sorted: equal keys have equal hashes, and a chance equality only
means that those rows are looked at in vain. Of all other rows only hashes and their place are looked at (`Looked`);
`resolve` judges those, and then all rows that count go to their table in one pass.

Rows that other rows keep out of their table (same key, unknown person) are noted in the schema `bouw` of the
momentopname, so that the next load looks only at what it touches.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import duckdb
import numpy as np

from etl.cache import Checked, CheckedPart
from etl.check import CONTRACT_ON_FRONT, fault
from etl.files import Delivery
from etl.judge import IDENTICAL, REPLACED
from etl.layout import Layout, standard

HOUSEKEEPING = {
    "levering": "INTEGER", "blad": "VARCHAR", "rapport": "BOOLEAN", "stand": "DATE", "deel": "INTEGER",
    "_rij": "INTEGER", "_fout": "SMALLINT",
}  # fmt: skip
Looked = dict[str, np.ndarray]
_MOST = 0.5
_LARGE = 100_000  # rows of a piece, of which looking ahead is worth a question of its own
ROW = 0xFFFF_FFFF  # of a place: the number of the row
_STRETCHES = 16  # a power of two
PLACE = "(r.deel::BIGINT << 32 | r._rij)"  # of a row, in the order of files, sheets and rows
# rows that are not in their table because of other rows; `persoon` of those with a fault only
KEPT = "h UBIGINT, persoon BIGINT, levering INTEGER, blad VARCHAR, _rij INTEGER, _fout SMALLINT, _staat TINYINT"
_SQL_TYPE = {
    "bsn": "BIGINT", "datum": "DATE", "maand": "DATE", "getal": "DOUBLE", "geheel": "BIGINT", "janee": "BOOLEAN",
}  # fmt: skip
# persons first: the others ask who is known; the largest last: while it is read, the others are built
TABLES = tuple(sorted((name for name in standard() if name != "rapportage.uren"), key=lambda name: name == "uren"))


@dataclass(frozen=True)
class Source:
    """A delivery with its checked frames. `levering` is a number that its name alone decides, `plaats` its order."""

    levering: int
    delivery: Delivery
    checked: Checked
    stand: date | None
    oud: bool = False
    plaats: int = 0


@dataclass(frozen=True)
class Piece:
    """One part of a delivery, for the table that it fills. `deel` is its place in the order of files and sheets."""

    source: Source
    part: CheckedPart
    deel: int

    @property
    def report(self) -> bool:
        """Whether it comes from a supplier's report."""
        return self.part.tabel.startswith("rapportage.")

    @property
    def name(self) -> tuple[int, str | None]:
        """What it is called, whatever its place."""
        return self.source.levering, self.part.blad


@dataclass(frozen=True)
class Ahead:
    """Of a piece that was read: the hashes of its keys, sorted, and the rows whose person or contract is unknown."""

    hashes: np.ndarray
    unknown: Looked | None


@dataclass
class Table:
    """One table of the warehouse while it is built.

    `added` are the pieces that come, `again` earlier ones of which rows are judged again, `looked` the rows of both
    that need a closer look (`eigen`: with a fault of their own). `total` is the sum of the hashes of the keys of
    `added`, those with a fault of their own left out. `ahead` is what is known already of some of those (`look_ahead`).
    """

    name: str
    added: list[Piece] = field(default_factory=list)
    again: list[Piece] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    total: int = 0
    ahead: "dict[tuple[int, str | None], Ahead]" = field(default_factory=dict)

    @cached_property
    def layout(self) -> Layout:
        """Its columns and rules."""
        return standard()[self.name]

    @property
    def target(self) -> str:
        """The table in the warehouse."""
        return self.name.removeprefix("rapportage.")

    @property
    def raw(self) -> str:
        """The rows of a small table while they are judged (`answers`)."""
        return "raw_" + self.name.replace(".", "_")

    @property
    def kept(self) -> str:
        """Which rows are not in their table because of other rows, with the hash of their key."""
        return "bouw." + self.raw

    @cached_property
    def columns(self) -> dict[str, str]:
        """The columns of the rows and their SQL types."""
        columns: dict[str, str] = {}
        for column, spec in self.layout.kolommen.items():
            if column == "bsn":
                columns["persoon"] = "BIGINT"
            elif column == "geboortedatum":
                columns |= {"geboortejaar": "SMALLINT", "_vergelijk": "BIGINT"}
            elif spec.type == "kenmerkwaarde":
                columns |= {"waarde": "DOUBLE", "datum": "DATE", "tekst": "VARCHAR"}
            else:
                columns[column] = _SQL_TYPE.get(spec.type, "VARCHAR")
        if self.name.startswith("rapportage."):
            columns |= {"contract": "VARCHAR", "kwartaal": "VARCHAR"}
        return columns

    @property
    def key(self) -> list[str]:
        """The columns that identify a row; none when every row stands alone."""
        return ["persoon" if column == "bsn" else column for column in self.layout.sleutel]

    @property
    def stored(self) -> list[str]:
        """The columns that enter the warehouse."""
        return [column for column in self.columns if column != "_vergelijk"]

    def hash(self, alias: str, *, small: bool = False) -> str:
        """The hash of the key. Contracts are compared without case; `small`: they are written small, as what was read
        is."""
        parts = [f"lower({alias}.{one})" if one == "contract" and not small else f"{alias}.{one}" for one in self.key]
        return f"hash({', '.join(parts)})"


def begin(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the table of kept rows; it stays when it is there already."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table.kept} ({KEPT})")


def collide(connection: duckdb.DuckDBPyConnection, table: Table, *, empty: bool) -> float:
    """Make `samen`, the hashes of keys that need a closer look, and `geraakt`, the rows of the table that they touch.

    Those are the keys that come more than once in what is added, or that are in the table already, or of which a row
    goes away (`weg`) or a person comes or goes (`anders`). `empty`: nothing is in the table yet. Gives how large a part
    of what is added has such a key, roughly.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE samen (h UBIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE nieuw (h UBIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE geraakt (rid BIGINT, h UBIGINT, levering INTEGER, rij INTEGER)")
    sound = [piece for piece in table.added if piece.part.paths]
    if not table.key:
        return 0
    later = [piece for piece in sound if piece.name not in table.ahead]
    hashes = [table.ahead[piece.name].hashes for piece in sound if piece.name in table.ahead]
    hashes += [_hashes(connection, table, later)] if later else []
    table.total = sum(map(total_of, hashes))
    _insert(connection, "samen", more_than_once(hashes))
    if not empty:
        _insert(connection, "nieuw", _different(np.sort(np.concatenate([np.empty(0, np.uint64), *hashes]))))
        _touched(connection, table)
    ((count,),) = connection.execute("SELECT count(*) FROM samen").fetchall()
    return 2 * count / max(sum(map(len, hashes)), 1)


def more_than_once(hashes: Sequence[np.ndarray]) -> np.ndarray:
    """Which hashes come more than once, each once, from arrays that are sorted each by itself.

    Hashes are spread evenly, so a sixteenth of what can be is a sixteenth of each array: those are compared one by one,
    in two threads.
    """
    ends = np.arange(1, _STRETCHES, dtype=np.uint64) << np.uint64(64 - _STRETCHES.bit_length() + 1)
    cuts = [[0, *np.searchsorted(one, ends), len(one)] for one in hashes]

    def stretch(number: int) -> np.ndarray:
        parts = [one[cut[number] : cut[number + 1]] for one, cut in zip(hashes, cuts, strict=True)]
        part = parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.uint64), *parts])
        if len(parts) > 1:
            part.sort()
        return _different(part[1:][part[1:] == part[:-1]])

    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(stretch, range(_STRETCHES))))


def _touched(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    h = table.hash("t")
    there = f"SELECT t.rowid, {h}, t.levering, t.rij FROM {table.target} AS t"
    kept = f"SELECT k.h FROM {table.kept} AS k"
    person = "persoon" in table.columns
    # a row that goes away can leave its key to another row
    connection.execute(
        f"INSERT INTO nieuw {kept} SEMI JOIN weg AS w ON w.levering = k.levering "
        f"UNION ALL SELECT {h} FROM {table.target} AS t SEMI JOIN weg AS w ON w.levering = t.levering"
    )
    bounds, values = _bounds(connection, table)
    connection.execute(
        f"INSERT INTO geraakt {there} SEMI JOIN nieuw AS n ON n.h = {h}{bounds} "
        f"UNION {there} SEMI JOIN weg AS w ON w.levering = t.levering"
        + (f" UNION {there} SEMI JOIN anders AS a ON a.persoon = t.persoon" if person else ""),
        values,
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE samen AS SELECT h FROM samen UNION {kept} SEMI JOIN nieuw AS n ON n.h = k.h "
        "UNION SELECT h FROM geraakt ANTI JOIN weg USING (levering)"
        + (f" UNION {kept} SEMI JOIN anders AS a ON a.persoon = k.persoon" if person else "")
    )


def _bounds(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, list[object]]:
    """Between which days the keys lie of what is added, when nothing goes away: of most of a table that is enough."""
    days = [column for column in table.key if table.columns[column] == "DATE"]
    sound = [piece for piece in table.added if piece.part.paths]
    if not days or not sound or connection.execute("SELECT count(*) FROM weg").fetchall() != [(0,)]:
        return "", []
    rows, values = rows_of(table, sound)
    ends = ", ".join(f"min(r.{day}), max(r.{day})" for day in days)
    (found,) = connection.execute(f"SELECT {ends} FROM {rows} AS r", values).fetchall()
    return " WHERE " + " AND ".join(f"t.{day} BETWEEN ? AND ?" for day in days), list(found)


def pull(connection: duckdb.DuckDBPyConnection, table: Table, pieces: Iterable[Piece], *, persons: bool) -> None:
    """Take every row that `collide` found out of the momentopname, to be judged again.

    `pieces` are all that count now: the rows are read again from what is kept of their delivery. Each row there that
    has such a key and no fault of its own was in the table or among the kept rows.
    """
    counted = "count(*) FILTER (_fout IS NULL AND _staat = {})"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE weer AS SELECT k.* FROM {table.kept} AS k SEMI JOIN samen USING (h)"
    )
    connection.execute(f"DELETE FROM {table.kept} WHERE h IN (SELECT h FROM samen)")
    connection.execute(
        "DELETE FROM weigeringen AS w USING weer AS k WHERE k._fout IS NOT NULL AND w.levering = k.levering "
        "AND w.blad IS NOT DISTINCT FROM k.blad AND w.rij = k._rij"
    )
    connection.execute(
        f"INSERT INTO geteld SELECT ?, levering, 0, -{counted.format(IDENTICAL)}, -{counted.format(REPLACED)}, "
        "-(count(*) FILTER (_fout IS NOT NULL)) FROM weer ANTI JOIN weg USING (levering) GROUP BY levering "
        "UNION ALL SELECT ?, levering, -count(*), 0, 0, 0 FROM geraakt ANTI JOIN weg USING (levering) "
        "GROUP BY levering",
        [table.name, table.name],
    )
    connection.execute(f"DELETE FROM {table.target} WHERE rowid IN (SELECT rid FROM geraakt)")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE weer AS SELECT levering, rij FROM geraakt ANTI JOIN weg USING (levering) "
        "UNION SELECT levering, _rij FROM weer ANTI JOIN weg USING (levering)"
    )
    wanted = {levering for (levering,) in connection.execute("SELECT DISTINCT levering FROM weer").fetchall()}
    table.again = [piece for piece in pieces if piece.source.levering in wanted and piece.part.paths]
    if table.again:
        known = "r.contract IS NULL OR c.laag IS NOT NULL" if "contract" in table.columns else "true"
        joins = (
            f" SEMI JOIN samen AS s ON s.h = {table.hash('r', small=True)} "
            "SEMI JOIN weer AS a ON a.levering = r.levering AND a.rij = r._rij"
        )
        table.looked.append(_look(connection, table, table.again, joins, known, persons=persons))


def total_of(hashes: np.ndarray) -> int:
    """The sum of hashes, in 64 bits."""
    return int(hashes.sum(dtype=np.uint64))


def _different(hashes: np.ndarray) -> np.ndarray:
    """Sorted hashes, each once (numpy.unique takes ten times as long: it sorts out values that are in no order)."""
    return hashes[np.r_[True, hashes[1:] != hashes[:-1]]] if len(hashes) else hashes


def _insert(connection: duckdb.DuckDBPyConnection, table: str, hashes: np.ndarray) -> None:
    if len(hashes):
        connection.register("hashes", {"h": hashes})
        connection.execute(f"INSERT INTO {table} SELECT h FROM hashes")
        connection.unregister("hashes")


def _hashes(connection: duckdb.DuckDBPyConnection, table: Table, pieces: Sequence[Piece]) -> np.ndarray:
    """The hashes of the keys, sorted."""
    rows, values = rows_of(table, pieces)
    found = connection.execute(f"SELECT {table.hash('r', small=True)} AS h FROM {rows} AS r", values).fetchnumpy()["h"]
    hashes = np.asarray(found, dtype=np.uint64)
    hashes.sort()
    return hashes


def rows_of(table: Table, pieces: Sequence[Piece], *, wrong: bool = False) -> tuple[str, list[object]]:
    """The rows of these pieces as one subquery; a report's rows get the contract and kwartaal of its front."""
    selects: list[str] = []
    values: list[object] = []
    for piece in pieces:
        checked = piece.source.checked
        given: dict[str, object] = {
            "levering": piece.source.levering, "blad": piece.part.blad, "rapport": piece.report,
            "stand": piece.source.stand, "deel": piece.deel,
        }  # fmt: skip
        if piece.report:
            given |= {"contract": checked.contract, "kwartaal": checked.kwartaal}
        if not wrong:
            given["_fout"] = None
        kinds = table.columns | HOUSEKEEPING
        columns = [f'?::{kind} AS "{name}"' if name in given else f'"{name}"::{kind} AS "{name}"'
                   for name, kind in kinds.items()]  # fmt: skip
        selects.append(f"SELECT {', '.join(columns)} FROM read_parquet(?)")
        files = piece.part.fouten if wrong else piece.part.paths
        values += [given[name] for name in kinds if name in given] + [[str(path) for path in files]]
    return f"({' UNION ALL '.join(selects)})", values


def look_ahead(connection: duckdb.DuckDBPyConnection, table: Table, pieces: Iterable[Piece], *, persons: bool) -> None:
    """Look at large pieces as soon as their file was read, before it is known which other ones there are."""
    for piece in pieces:
        if piece.part.rijen > _LARGE and piece.part.paths and table.key:
            unknown = _unknown(table, persons=persons)
            looked = _look(connection, table, [piece], where=" OR ".join(unknown), persons=persons) if unknown else None
            table.ahead[piece.name] = Ahead(_hashes(connection, table, [piece]), looked)


def look(connection: duckdb.DuckDBPyConnection, table: Table, *, persons: bool, together: float) -> None:
    """Look closer at the added rows that are not clean.

    `persons`: whether the rows' person must be known. `together`: how large a part shares its key (`collide`).
    """
    sound = [piece for piece in table.added if piece.part.paths]
    wrong = [piece for piece in table.added if piece.part.fouten]
    joins, reasons = "", _unknown(table, persons=persons)
    if together > _MOST:
        reasons = ["true"]  # looking at the few others too is quicker than leaving them out
    elif together:
        joins = f" LEFT JOIN samen AS s ON s.h = {table.hash('r', small=True)}"
        reasons.append("s.h IS NOT NULL")
    else:
        for piece in sound:
            if (known := table.ahead.get(piece.name)) is not None and known.unknown is not None:
                rows = known.unknown["plek"] & ROW | (piece.deel << 32)
                table.looked.append(known.unknown | {"plek": rows})
        sound = [piece for piece in sound if piece.name not in table.ahead]
    table.ahead.clear()
    if sound and reasons:
        table.looked.append(_look(connection, table, sound, joins, " OR ".join(reasons), persons=persons))
    if wrong:
        table.looked.append(_look(connection, table, wrong, persons=persons, wrong=True))


def _unknown(table: Table, *, persons: bool) -> list[str]:
    """When a row's person or contract is not known."""
    reasons = ["p.persoon IS NULL"] if persons else []
    return reasons + (["r.contract IS NOT NULL AND c.laag IS NULL"] if "contract" in table.columns else [])


def _look(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    pieces: Sequence[Piece],
    joins: str = "",
    where: str = "true",
    *,
    persons: bool,
    wrong: bool = False,
) -> Looked:
    """What `resolve` must know of rows: their place, hashes of key and content, and the number of their fault or 0."""
    rows, values = rows_of(table, pieces, wrong=wrong)
    more, fault_of = faults(table, persons=persons)
    changed = "coalesce(r.mutatiedatum - DATE '1970-01-01', 0)::BIGINT" if table.name == "personen" else "0::BIGINT"
    person = "coalesce(r.persoon, 0)" if "persoon" in table.columns else "0"
    content = ", ".join(f'r."{name}"' for name in table.columns)
    found = connection.execute(
        f"SELECT {table.hash('r', small=True)} AS h, hash(r.{table.key[0]}) AS eerste, {changed} AS gewijzigd, "
        f"hash({content}) AS inhoud, {person}::BIGINT AS persoon, {PLACE} AS plek, "
        f"coalesce({fault_of}, 0)::SMALLINT AS fout FROM {rows} AS r{joins}{more} WHERE {where}",
        values,
    ).fetchnumpy()
    return {name: np.asarray(column) for name, column in found.items()} | {"eigen": np.full(len(found["h"]), wrong)}


def faults(table: Table, *, persons: bool) -> tuple[str, str]:
    """The joins, and the fault of a row with those that need other files: an unknown contract, an unknown person.

    CONTRACT_ONBEKEND goes before every code that comes later in the order; ids are compared without case. The joins
    give `p` and `c`, the person and the contract that a row's are found to be.
    """
    columns = list(table.layout.kolommen)
    joins, fault_of = "", "r._fout"
    if persons:
        joins += " LEFT JOIN personen AS p ON p.persoon = r.persoon"
        unknown = fault("PERSOON_ONBEKEND", columns.index("bsn"))
        fault_of = f"coalesce(r._fout, CASE WHEN p.persoon IS NULL THEN {unknown} END)"
    if "contract" in table.columns:
        joins += " LEFT JOIN ids AS c ON c.laag = r.contract"
        on_front = fault("CONTRACT_ONBEKEND", CONTRACT_ON_FRONT)
        own = fault("CONTRACT_ONBEKEND", columns.index("contract")) if "contract" in columns else on_front
        fault_of = (
            "CASE WHEN r.contract IS NOT NULL AND c.laag IS NULL "
            f"AND (r._fout IS NULL OR r._fout >= {fault('BUITEN_BEREIK', 0)}) "
            f"THEN CASE WHEN r.rapport THEN {on_front} ELSE {own} END ELSE {fault_of} END"
        )
    return joins, fault_of
