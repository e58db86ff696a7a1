"""Gather: the checked rows of the deliveries go straight to their table, or first to the rows that need a closer look.

A row is *clean* when it has no fault, its contract and person are known, and no other row can have its key. Whether
others can is told from 64-bit hashes of the keys, sorted: equal keys have equal hashes, and a chance equality only
means that those rows are looked at in vain. All other rows go to the temporary table `raw_<table>` (see `resolve`).

Rows whose state depends on other rows (same key, unknown person) are kept in the schema `bouw` of the momentopname, so
that the next load looks only at what it touches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import duckdb
import numpy as np

from etl.cache import Checked, CheckedPart
from etl.check import CONTRACT_ON_FRONT, fault
from etl.files import Delivery
from etl.judge import IDENTICAL, LOADED, REPLACED
from etl.layout import Layout, standard

HOUSEKEEPING = {
    "levering": "INTEGER", "blad": "VARCHAR", "rapport": "BOOLEAN", "stand": "DATE", "deel": "INTEGER",
    "_rij": "INTEGER", "_fout": "SMALLINT",
}  # fmt: skip
KEPT = "h UBIGINT, persoon BIGINT, levering INTEGER, blad VARCHAR, _rij INTEGER, _fout SMALLINT, _staat TINYINT"
_SQL_TYPE = {
    "bsn": "BIGINT", "datum": "DATE", "maand": "DATE", "getal": "DOUBLE", "geheel": "BIGINT", "janee": "BOOLEAN",
}  # fmt: skip
# persons first: the others ask who is known
TABLES = tuple(name for name in standard() if name != "rapportage.uren")


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


@dataclass
class Table:
    """One table of the warehouse while it is built."""

    name: str
    added: list[Piece] = field(default_factory=list)

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
        """The rows that need a closer look."""
        return "raw_" + self.name.replace(".", "_")

    @property
    def kept(self) -> str:
        """Which rows have a state that depends on other rows, with the hash of their key."""
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

    def hash(self, alias: str) -> str:
        """The hash of the key; contracts are compared without case."""
        parts = [f"lower({alias}.{one})" if one == "contract" else f"{alias}.{one}" for one in self.key]
        return f"hash({', '.join(parts)})"


def begin(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the temporary tables of one table; the kept rows stay when they are there already."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in (table.columns | HOUSEKEEPING).items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table.raw} ({columns}, _staat TINYINT DEFAULT {LOADED})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table.kept} ({KEPT})")


def collide(connection: duckdb.DuckDBPyConnection, table: Table, *, empty: bool) -> bool:
    """Make `samen`, the hashes of keys that need a closer look, and `geraakt`, the rows of the table that they touch.

    Those are the keys that come more than once in what is added, or that are in the table already, or of which a row
    goes away (`weg`) or a person comes or goes (`anders`). `empty`: nothing is in the table yet. Gives whether there
    are any.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE samen (h UBIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE nieuw (h UBIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE geraakt (rid BIGINT, h UBIGINT, levering INTEGER, rij INTEGER)")
    sound = [piece for piece in table.added if piece.part.paths]
    if not table.key:
        return False
    hashes = _hashes(connection, table, sound) if sound else np.empty(0, np.uint64)
    hashes.sort()
    _insert(connection, "samen", _different(hashes[1:][hashes[1:] == hashes[:-1]]))
    if not empty:
        _insert(connection, "nieuw", _different(hashes))
        _touched(connection, table)
    row = connection.execute("SELECT count(*) FROM samen").fetchone()
    return row is not None and row[0] > 0


def _touched(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    h = table.hash("t")
    there = f"SELECT t.rowid, {h}, t.levering, t.rij FROM {table.target} AS t"
    kept = f"SELECT k.h FROM {table.kept} AS k"
    person = "persoon" in table.columns
    # a row that goes away can leave its key to another row
    connection.execute(f"INSERT INTO nieuw {kept} SEMI JOIN weg AS w ON w.levering = k.levering")
    connection.execute(
        f"INSERT INTO geraakt {there} SEMI JOIN nieuw AS n ON n.h = {h} "
        f"UNION {there} SEMI JOIN weg AS w ON w.levering = t.levering"
        + (f" UNION {there} SEMI JOIN anders AS a ON a.persoon = t.persoon" if person else "")
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE samen AS SELECT h FROM samen UNION {kept} SEMI JOIN nieuw AS n ON n.h = k.h "
        "UNION SELECT h FROM geraakt ANTI JOIN weg USING (levering)"
        + (f" UNION {kept} SEMI JOIN anders AS a ON a.persoon = k.persoon" if person else "")
    )


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
    again = [piece for piece in pieces if piece.source.levering in wanted and piece.part.paths]
    if again:
        rows, values = _rows(table, again)
        known = "r.contract IS NULL OR c.laag IS NOT NULL" if "contract" in table.columns else "true"
        joins = (
            f" SEMI JOIN samen AS s ON s.h = {table.hash('r')} "
            "SEMI JOIN weer AS a ON a.levering = r.levering AND a.rij = r._rij"
        )
        _append(connection, table, rows, values, joins, known, persons=persons)


def _different(hashes: np.ndarray) -> np.ndarray:
    """Sorted hashes, each once (numpy.unique takes ten times as long: it sorts out values that are in no order)."""
    return hashes[np.r_[True, hashes[1:] != hashes[:-1]]] if len(hashes) else hashes


def _insert(connection: duckdb.DuckDBPyConnection, table: str, hashes: np.ndarray) -> None:
    if len(hashes):
        connection.register("hashes", {"h": hashes})
        connection.execute(f"INSERT INTO {table} SELECT h FROM hashes")
        connection.unregister("hashes")


def _hashes(connection: duckdb.DuckDBPyConnection, table: Table, pieces: Sequence[Piece]) -> np.ndarray:
    rows, values = _rows(table, pieces)
    found = connection.execute(f"SELECT {table.hash('r')} AS h FROM {rows} AS r", values).fetchnumpy()["h"]
    return np.asarray(found, dtype=np.uint64)


def _rows(table: Table, pieces: Sequence[Piece], *, wrong: bool = False) -> tuple[str, list[object]]:
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
        kinds = table.columns | HOUSEKEEPING
        columns = [f'?::{kind} AS "{name}"' if name in given else f'"{name}"::{kind} AS "{name}"'
                   for name, kind in kinds.items()]  # fmt: skip
        selects.append(f"SELECT {', '.join(columns)} FROM read_parquet(?)")
        files = piece.part.fouten if wrong else piece.part.paths
        values += [given[name] for name in kinds if name in given] + [[str(path) for path in files]]
    return f"({' UNION ALL '.join(selects)})", values


def take(
    connection: duckdb.DuckDBPyConnection, table: Table, *, persons: bool, together: bool, clean: bool = True
) -> None:
    """Put the added rows where they belong and count what went straight.

    `persons`: whether the rows' person must be known. `together`: whether `samen` holds anything. Without `clean` all
    rows get a closer look.
    """
    sound = [piece for piece in table.added if piece.part.paths]
    wrong = [piece for piece in table.added if piece.part.fouten]
    straight = 0
    if sound and clean:
        straight = _straight(connection, table, sound, persons=persons, together=together)
    if straight < sum(piece.part.rijen - piece.part.geweigerd for piece in sound):
        _closer_look(connection, table, sound, persons=persons, together=together, all_rows=not clean)
    if wrong:
        _append(connection, table, *_rows(table, wrong, wrong=True), persons=persons)


def _straight(
    connection: duckdb.DuckDBPyConnection, table: Table, pieces: Sequence[Piece], *, persons: bool, together: bool
) -> int:
    known = "LEFT JOIN ids AS c ON c.laag = r.contract WHERE r.contract IS NULL OR c.laag IS NOT NULL"
    rows, values = _rows(table, pieces)
    names = ", ".join(f'"{column}"' for column in table.stored)
    chosen = ", ".join("c.contract" if column == "contract" else f'r."{column}"' for column in table.stored)
    inserted = connection.execute(
        f"INSERT INTO {table.target} ({names}, levering, rij) SELECT {chosen}, r.levering, r._rij FROM {rows} AS r "
        + (f"ANTI JOIN samen AS s ON s.h = {table.hash('r')} " if together else "")
        + ("SEMI JOIN personen AS p ON p.persoon = r.persoon " if persons else "")
        + (known if "contract" in table.columns else ""),
        values,
    ).fetchone()
    numbers = list({piece.source.levering for piece in pieces})
    connection.execute(
        f"INSERT INTO geteld SELECT ?, levering, count(*), 0, 0, 0 FROM {table.target} "
        "WHERE levering IN (SELECT unnest(?::INTEGER[])) GROUP BY levering",
        [table.name, numbers],
    )
    return int(inserted[0]) if inserted else 0


def _closer_look(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    pieces: Sequence[Piece],
    *,
    persons: bool,
    together: bool,
    all_rows: bool,
) -> None:
    """The rows that `_straight` left."""
    rows, values = _rows(table, pieces)
    joins, reasons = "", []
    if together:
        joins = f" LEFT JOIN samen AS s ON s.h = {table.hash('r')}"
        reasons.append("s.h IS NOT NULL")
    if persons:
        reasons.append("p.persoon IS NULL")
    if "contract" in table.columns:
        reasons.append("r.contract IS NOT NULL AND c.laag IS NULL")
    where = "true" if all_rows else " OR ".join(reasons) or "false"
    _append(connection, table, rows, values, joins, where, persons=persons)


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    rows: str,
    values: Sequence[object],
    joins: str = "",
    where: str = "true",
    *,
    persons: bool,
) -> None:
    """Rows for a closer look, with the faults that need other files: an unknown contract, an unknown person.

    CONTRACT_ONBEKEND goes before every code that comes later in the order; ids are compared without case. `p` and `c`
    in `where` are the person and the contract that a row's are found to be.
    """
    columns = list(table.layout.kolommen)
    chosen, fault_of = [], "r._fout"
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
        chosen.append("coalesce(c.contract, r.contract) AS contract")
    chosen.append(f"({fault_of})::SMALLINT AS _fout")
    connection.execute(
        f"INSERT INTO {table.raw} BY NAME SELECT r.* REPLACE ({', '.join(chosen)}) FROM {rows} AS r{joins} "
        f"WHERE {where}",
        values,
    )
