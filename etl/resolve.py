"""Resolve: the rows that need a closer look are judged exactly, and all rows that count go to their table in one pass.

A row's state is 1 geladen, 2 identiek or 3 vervangen; a row with a fault is refused.
"""

from collections.abc import Sequence
from datetime import date

import duckdb
import numpy as np

from etl import codes
from etl.bulk import insert
from etl.check import CONTRACT_ON_FRONT, fault
from etl.gather import PLACE, Looked, Piece, Table, rows_of
from etl.judge import IDENTICAL, LOADED, REPLACED, judge
from etl.layout import Layout, standard

NEVER = -(10**15)  # milliseconds: before any stand
_DAY = 86_400_000  # milliseconds
_EPOCH = date(1970, 1, 1)
_KINDS = {
    "h": np.uint64, "eerste": np.uint64, "gewijzigd": np.int64, "inhoud": np.uint64, "persoon": np.int64,
    "plek": np.int64, "fout": np.int16, "eigen": np.bool_,
}  # fmt: skip


def settle(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Judge the rows of a table that were looked at, and put each row where it belongs: the table, the kept rows, the
    refusals, the counts."""
    rows = _judged(table)
    counts = (rows["fout"] == 0) & (rows["staat"] == LOADED)
    _fill(connection, table, table.added, "ANTI", rows["plek"][~counts])
    if table.again:
        _fill(connection, table, table.again, "SEMI", rows["plek"][counts & _of(rows, table.again)])
    connection.execute("CREATE OR REPLACE TEMP TABLE delen (deel INTEGER, levering INTEGER, blad VARCHAR)")
    known = [[one.deel, one.source.levering, one.part.blad] for one in (*table.again, *table.added)]
    insert(connection, "delen", known)
    connection.register(
        "judged", {name: rows[name] for name in ("h", "persoon", "deel", "rij", "fout", "staat", "samen")}
    )
    unknown = fault("PERSOON_ONBEKEND", 0)
    connection.execute(
        f"INSERT INTO {table.kept} SELECT h, nullif(persoon, 0), levering, blad, rij, nullif(fout, 0), staat "
        f"FROM judged JOIN delen USING (deel) WHERE samen OR fout BETWEEN {unknown} AND {unknown + 99}"
    )
    connection.execute(
        f"INSERT INTO geteld SELECT ?, levering, count(*) FILTER (fout = 0 AND staat = {LOADED}), "
        f"count(*) FILTER (fout = 0 AND staat = {IDENTICAL}), count(*) FILTER (fout = 0 AND staat = {REPLACED}), "
        "count(*) FILTER (fout <> 0) FROM judged JOIN delen USING (deel) GROUP BY levering",
        [table.name],
    )
    connection.unregister("judged")
    looked = np.bincount(rows["deel"][~rows["eigen"]], minlength=1 + max((one.deel for one in table.added), default=0))
    straight = [
        [table.name, one.source.levering, one.part.rijen - one.part.geweigerd - int(looked[one.deel]), 0, 0, 0]
        for one in table.added
    ]
    insert(connection, "geteld", straight)
    _refuse(connection, table, rows)


def _judged(table: Table) -> Looked:
    """The rows that were looked at, with their fault `fout` or 0, their state `staat` and whether they share a key
    `samen`.

    Contradictions within one stand are refused, the latest stand counts, equal rows are one. For personen the
    mutatiedatum comes before the stand.
    """
    rows: Looked = {
        name: np.concatenate([np.empty(0, kind), *(one[name] for one in table.looked)]) for name, kind in _KINDS.items()
    }
    table.looked.clear()
    deel = (rows["plek"] >> 32).astype(np.int32)
    stands = {one.deel: one.source.stand for one in (*table.again, *table.added)}
    moments = np.full(1 + max(stands, default=0), NEVER)
    for place, stand in stands.items():
        moments[place] = NEVER if stand is None else (stand - _EPOCH).days * _DAY
    # a row with a fault stands alone, under its place
    sound = rows["fout"] == 0
    key, first = (rows[name] if sound.all() else np.where(sound, rows[name], rows["plek"].view(np.uint64))
                  for name in ("h", "eerste"))  # fmt: skip
    state, clash, shared = judge(key, first, rows["gewijzigd"], moments[deel], rows["inhoud"], rows["plek"])
    shared &= sound
    columns, last = list(table.layout.kolommen), table.layout.sleutel[-1]
    place = 0 if table.name == "personen" else columns.index(last) if last in columns else CONTRACT_ON_FRONT
    rows["fout"][clash] = fault("DUBBEL_STRIJDIG", place)
    rij = (rows["plek"] & 0xFFFF_FFFF).astype(np.int32)
    return rows | {"deel": deel, "rij": rij, "staat": state, "samen": shared}


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
    chosen = ", ".join("c.contract" if column == "contract" else f'r."{column}"' for column in table.stored)
    connection.register("plekken", {"plek": places})
    connection.execute(
        f"INSERT INTO {table.target} ({names}, levering, rij) SELECT {chosen}, r.levering, r._rij FROM {rows} AS r "
        + (f"{how} JOIN plekken AS k ON k.plek = {PLACE} " if len(places) else "")
        + ("LEFT JOIN ids AS c ON c.laag = r.contract" if "contract" in table.columns else ""),
        values,
    )
    connection.unregister("plekken")


def _refuse(connection: duckdb.DuckDBPyConnection, table: Table, rows: Looked) -> None:
    """Every refused row without its value."""
    wrong = rows["fout"] != 0
    if not wrong.any():
        return
    reports = [one.deel for one in (*table.again, *table.added) if one.report]
    report = np.isin(rows["deel"], reports)
    connection.register(
        "refused", {name: rows[name][wrong] for name in ("deel", "rij", "fout", "persoon")} | {"rapport": report[wrong]}
    )
    for from_report, number in sorted(set(zip(report[wrong].tolist(), rows["fout"][wrong].tolist(), strict=True))):
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
