"""Resolve: the rows that need a closer look are judged exactly, and all rows that count go to their table in one pass.

A row's state is 1 geladen, 2 identiek or 3 vervangen; a row with a fault is refused.
"""

from collections.abc import Sequence

import duckdb
import numpy as np

from etl import codes
from etl.bulk import insert
from etl.check import CONTRACT_ON_FRONT, fault
from etl.codes import RANK
from etl.gather import PLACE, ROW, Looked, Piece, Table, rows_of, total_of
from etl.judge import LOADED, judge
from etl.layout import Layout, standard

_KINDS = {
    "h": np.uint64, "eerste": np.uint64, "gewijzigd": np.int64, "inhoud": np.uint64, "persoon": np.int64,
    "plek": np.int64, "fout": np.int16, "eigen": np.bool_,
}  # fmt: skip


def settle(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Judge the rows of a table that were looked at, and put each row where it belongs: the table, the kept rows, the
    refusals, the counts.

    Gives the sum, in 64 bits, of the hashes of the keys of what was added to the table. Raises RuntimeError when of one
    key two rows would count: a fault of ours.
    """
    rows = _judged(table)
    counts = (rows["fout"] == 0) & (rows["staat"] == LOADED)
    _once(rows["h"][counts], rows["eerste"][counts], table)
    added = table.total - total_of(rows["h"][~counts & ~rows["eigen"]])
    _fill(connection, table, table.added, "ANTI", rows["plek"][~counts & ~rows["eigen"]])
    if table.again:
        _fill(connection, table, table.again, "SEMI", rows["plek"][counts & _of(rows, table.again)])
    insert(connection, "geteld", _counted(table, rows))
    out = {name: rows[name][~counts] for name in ("h", "persoon", "deel", "rij", "fout", "staat")}
    del rows
    connection.execute("CREATE OR REPLACE TEMP TABLE delen (deel INTEGER, levering INTEGER, blad VARCHAR)")
    insert(connection, "delen", [[one.deel, one.source.levering, one.part.blad] for one in _all(table)])
    _keep(connection, table, out)
    _refuse(connection, table, out)
    return added % 2**64


def _once(key: np.ndarray, first: np.ndarray, table: Table) -> None:
    """Raise RuntimeError when two rows have one key."""
    ordered = np.sort(key)
    if (ordered[1:] != ordered[:-1]).all():
        return
    both = np.lexsort((first, key))
    key, first = key[both], first[both]
    if twice := int(((key[1:] == key[:-1]) & (first[1:] == first[:-1])).sum()):
        raise RuntimeError(f"key of {table.name} counts {twice} times twice")


def _all(table: Table) -> list[Piece]:
    return [*table.again, *table.added]


def _judged(table: Table) -> Looked:
    """The rows that were looked at, with their fault `fout` or 0, and their state `staat`.

    Contradictions within one stand are refused, the latest stand counts, equal rows are one. For personen the
    mutatiedatum comes before the stand.
    """
    rows: Looked = {
        name: np.concatenate([np.empty(0, kind), *(one[name] for one in table.looked)]) for name, kind in _KINDS.items()
    }
    table.looked.clear()
    deel = (rows["plek"] >> 32).astype(np.int32)
    # a row with a fault stands alone, under its place
    sound = rows["fout"] == 0
    key, first = (rows[name] if sound.all() else np.where(sound, rows[name], rows["plek"].view(np.uint64))
                  for name in ("h", "eerste"))  # fmt: skip
    stands = _moments(table)
    moment = stands[deel]
    if table.name == "personen":
        moment = rows["gewijzigd"] * (1 + len(stands)) + moment
    state, clash = judge(key, first, moment, rows["inhoud"], rows["plek"])
    columns, last = list(table.layout.kolommen), table.layout.sleutel[-1]
    place = 0 if table.name == "personen" else columns.index(last) if last in columns else CONTRACT_ON_FRONT
    rows["fout"][clash] = fault("DUBBEL_STRIJDIG", place)
    rij = (rows["plek"] & ROW).astype(np.int32)
    return rows | {"deel": deel, "rij": rij, "staat": state}


def _moments(table: Table) -> np.ndarray:
    """Per piece the number of its stand in the order of stands; 0 without one, which is before any."""
    stands = {one.deel: one.source.stand for one in _all(table)}
    order = {stand: number for number, stand in enumerate(sorted({one for one in stands.values() if one}), start=1)}
    moments = np.zeros(1 + max(stands, default=0), np.int32)
    for place, stand in stands.items():
        moments[place] = order[stand] if stand else 0
    return moments


def _counted(table: Table, rows: Looked) -> list[list[object]]:
    """Per piece how many rows count, are identical, are replaced, are refused: those looked at, and all others."""
    states = np.where(rows["fout"] != 0, 0, rows["staat"]).astype(np.int64)
    pieces = 1 + max((one.deel for one in _all(table)), default=0)
    numbers = np.bincount(rows["deel"] * 4 + states, minlength=4 * pieces).reshape(-1, 4)
    looked = np.bincount(rows["deel"][~rows["eigen"]], minlength=pieces)
    added = {one.deel for one in table.added}
    counted: list[list[object]] = []
    for one in _all(table):
        refused, loaded, identical, replaced = map(int, numbers[one.deel])
        straight = one.part.rijen - one.part.geweigerd - int(looked[one.deel]) if one.deel in added else 0
        counted.append([table.name, one.source.levering, loaded + straight, identical, replaced, refused])
    return counted


def _keep(connection: duckdb.DuckDBPyConnection, table: Table, out: Looked) -> None:
    """Note the rows that other rows keep out of the table."""
    fout = out["fout"]
    kept = (fout == 0) | (fout // 100 == RANK["DUBBEL_STRIJDIG"]) | (fout // 100 == RANK["PERSOON_ONBEKEND"])
    if not kept.any():
        return
    connection.register("kept", {name: column[kept] for name, column in out.items()})
    connection.execute(
        f"INSERT INTO {table.kept} SELECT h, CASE WHEN fout <> 0 THEN nullif(persoon, 0) END, levering, blad, rij, "
        "nullif(fout, 0), staat FROM kept JOIN delen USING (deel)"
    )
    connection.unregister("kept")


def _of(rows: Looked, pieces: Sequence[Piece]) -> np.ndarray:
    """Which rows are of these pieces."""
    return np.isin(rows["deel"], [one.deel for one in pieces])


def _fill(
    connection: duckdb.DuckDBPyConnection, table: Table, pieces: Sequence[Piece], how: str, places: np.ndarray
) -> None:
    """Put the sound rows of these pieces into the table: those at these places (SEMI), or all others (ANTI)."""
    sound = [piece for piece in pieces if piece.part.paths]
    if not sound or (how == "SEMI" and not len(places)):
        return
    rows, values = rows_of(table, sound)
    names = ", ".join(f'"{column}"' for column in table.stored)
    own = "contract" in table.columns and not _written_small(connection)
    chosen = ", ".join("c.contract" if own and column == "contract" else f'r."{column}"' for column in table.stored)
    connection.register("plekken", {"plek": places})
    connection.execute(
        f"INSERT INTO {table.target} ({names}, levering, rij) SELECT {chosen}, r.levering, r._rij FROM {rows} AS r "
        + (f"{how} JOIN plekken AS k ON k.plek = {PLACE} " if len(places) else "")
        + ("LEFT JOIN ids AS c ON c.laag = r.contract" if own else ""),
        values,
    )
    connection.unregister("plekken")


def _written_small(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every contract is written in small letters, as the rows are: then nothing has to be looked up."""
    return connection.execute("SELECT count(*) FROM ids WHERE laag <> contract").fetchall() == [(0,)]


def _refuse(connection: duckdb.DuckDBPyConnection, table: Table, out: Looked) -> None:
    """Every refused row without its value."""
    wrong = out["fout"] != 0
    if not wrong.any():
        return
    refused = {name: out[name][wrong] for name in ("deel", "rij", "fout", "persoon")}
    report = np.isin(refused["deel"], [one.deel for one in _all(table) if one.report])
    connection.register("refused", refused | {"rapport": report})
    for from_report, number in sorted(set(zip(report.tolist(), refused["fout"].tolist(), strict=True))):
        layout = standard()["rapportage.uren"] if table.name == "uren" and from_report else table.layout
        connection.execute(
            "INSERT INTO weigeringen SELECT levering, blad, rij, ?, ?, ?, nullif(persoon, 0) FROM refused "
            "JOIN delen USING (deel) WHERE fout = ? AND rapport = ? ORDER BY levering, rij",
            [*told(number, layout), number, from_report],
        )
    connection.unregister("refused")


def told(number: int, layout: Layout) -> tuple[str | None, str, str]:
    """The column, the code and the sentence of a fault."""
    rank, place = divmod(number, 100)
    code = codes.ROW_CODES[rank - 1]
    column = list(layout.kolommen)[place] if place < len(layout.kolommen) else None
    spec = layout.kolommen[column] if column else None
    column = "contract" if place == CONTRACT_ON_FRONT else column
    return column, code, codes.sentence(code, column, spec)
