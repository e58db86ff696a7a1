"""Resolve: the rows that need a closer look, judged exactly. Contracts, persons, and rows that share a key.

The rows of the temporary table `raw_<table>` get a fault, or a state: 1 geladen, 2 identiek, 3 vervangen.
Nothing depends on the order in which rows came, only on file names, stands and row numbers.
"""

import duckdb
import numpy as np

from etl import codes
from etl.check import CONTRACT_ON_FRONT, fault
from etl.gather import IDENTICAL, LOADED, REPLACED, Table
from etl.layout import standard

NEVER = 10**15  # milliseconds: before any stand


def contracts(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """CONTRACT_ONBEKEND goes before every code that comes later in the order; ids are compared without case."""
    if "contract" not in table.columns:
        return
    columns = list(table.layout.kolommen)
    own = columns.index("contract") if "contract" in columns else CONTRACT_ON_FRONT
    connection.execute(
        f"UPDATE {table.raw} SET _fout = CASE WHEN rapport THEN {fault('CONTRACT_ONBEKEND', CONTRACT_ON_FRONT)} "
        f"ELSE {fault('CONTRACT_ONBEKEND', own)} END WHERE contract IS NOT NULL "
        "AND lower(contract) NOT IN (SELECT laag FROM ids) "
        f"AND (_fout IS NULL OR _fout >= {fault('BUITEN_BEREIK', 0)})"
    )
    connection.execute(
        f"UPDATE {table.raw} AS r SET contract = c.contract FROM ids AS c "
        "WHERE lower(r.contract) = c.laag AND r.contract <> c.contract"
    )


def persons(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A row of someone who is not in personen is refused."""
    if "persoon" in table.columns and table.name != "personen":
        column = list(table.layout.kolommen).index("bsn")
        connection.execute(
            f"UPDATE {table.raw} SET _fout = {fault('PERSOON_ONBEKEND', column)} WHERE _fout IS NULL "
            "AND persoon NOT IN (SELECT persoon FROM personen)"
        )


def doubles(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Rows of one key: contradictions within one stand are refused, the latest stand counts, equal rows are one.

    For personen the mutatiedatum comes before the stand. Afterwards `raw_<table>` also says in `_samen` whether a row
    shares its key.
    """
    raw = table.raw
    if not table.key:
        connection.execute(f"ALTER TABLE {raw} ADD COLUMN _samen BOOLEAN DEFAULT false")
        return
    changed = "epoch_ms(mutatiedatum)" if table.name == "personen" else "0::BIGINT"
    content = ", ".join(f"r.{column}" for column in table.columns)
    rows = connection.execute(
        f"SELECT r.rowid AS rid, {table.hash('r')} AS h, hash(r.{table.key[0]}) AS eerste, {changed} AS gewijzigd, "
        f"coalesce(epoch_ms(r.stand), -{NEVER}) AS stand, hash({content}) AS inhoud, "
        f"r.deel::BIGINT << 32 | r._rij AS volgorde FROM {raw} AS r WHERE r._fout IS NULL"
    ).fetchnumpy()
    state, clash, shared = judge(*(np.asarray(rows[name]) for name in list(rows)[1:]))
    connection.register("judged", {"rid": rows["rid"], "staat": state, "strijd": clash, "samen": shared})
    columns = list(table.layout.kolommen)
    last = table.layout.sleutel[-1]
    double = fault("DUBBEL_STRIJDIG", columns.index(last) if table.name != "personen" else 0)
    if last not in columns:
        double = fault("DUBBEL_STRIJDIG", CONTRACT_ON_FRONT)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE done AS SELECT r.* REPLACE ("
        f"CASE WHEN j.strijd THEN {double} ELSE r._fout END::SMALLINT AS _fout, "
        f"coalesce(j.staat, {LOADED})::TINYINT AS _staat), coalesce(j.samen, false) AS _samen "
        f"FROM {raw} AS r LEFT JOIN judged AS j ON j.rid = r.rowid"
    )
    connection.unregister("judged")
    connection.execute(f"DROP TABLE {raw}; ALTER TABLE done RENAME TO {raw}")


def judge(
    key: np.ndarray, first: np.ndarray, changed: np.ndarray, stand: np.ndarray, content: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """State, contradiction and shared key of rows, from equally long arrays: one sort, and then segments of it.

    Args:
        key, first: 64-bit hashes of the whole key and of its first column; together they stand for the key.
        changed, stand: what makes one row later than another, in that order.
        content: a hash of all columns.
        order: the place of the row in the order of files and rows.
    """
    count = len(key)
    state = np.full(count, LOADED, np.int8)
    clash, shared = np.zeros(count, bool), np.zeros(count, bool)
    if not count:
        return state, clash, shared
    sort = np.lexsort((stand, changed, first, key))
    key, first, changed, stand, content, order = (one[sort] for one in (key, first, changed, stand, content, order))
    new_key = np.r_[True, (key[1:] != key[:-1]) | (first[1:] != first[:-1])]
    new_moment = new_key | np.r_[True, (changed[1:] != changed[:-1]) | (stand[1:] != stand[:-1])]
    group, moment = np.cumsum(new_key) - 1, np.cumsum(new_moment) - 1
    starts = np.flatnonzero(new_moment)
    clashes = np.minimum.reduceat(content, starts) != np.maximum.reduceat(content, starts)
    moment_group = group[starts]
    winner = np.full(moment_group[-1] + 1, -1)  # the latest moment of each key without a contradiction
    np.maximum.at(winner, moment_group, np.where(clashes, -1, np.arange(len(starts))))
    best = content[starts[winner]][group]  # where no moment is left the value is not used
    in_clash = clashes[moment]
    same = ~in_clash & (content == best)
    place = np.where(same, order, np.iinfo(np.int64).max)
    earliest = np.minimum.reduceat(place, np.flatnonzero(new_key))[group]
    found = np.where(in_clash, LOADED, np.where(~same, REPLACED, np.where(place == earliest, LOADED, IDENTICAL)))
    state[sort], clash[sort] = found, in_clash
    shared[sort] = np.bincount(group)[group] > 1
    return state, clash, shared


def finish(connection: duckdb.DuckDBPyConnection, table: Table, *, fill: bool = True, keep: bool = True) -> None:
    """What was judged goes to the table, the kept rows, the refusals and the counts."""
    raw = table.raw
    names = ", ".join(f'"{column}"' for column in table.stored)
    if fill:
        connection.execute(
            f"INSERT INTO {table.target} ({names}, levering, rij) SELECT {names}, levering, _rij FROM {raw} "
            f"WHERE _fout IS NULL AND _staat = {LOADED}"
        )
    if keep:
        unknown = fault("PERSOON_ONBEKEND", 0)
        person = "persoon" if "persoon" in table.columns else "NULL"
        connection.execute(
            f"INSERT INTO {table.kept} SELECT {table.hash('r')}, {person}, levering, blad, _rij, _fout, _staat "
            f"FROM {raw} AS r WHERE _samen OR _fout BETWEEN {unknown} AND {unknown + 99}"
        )
    own = " WHERE NOT rapport" if table.name == "uitnodigingen" else ""  # a report has no rows of its own here
    connection.execute(
        f"INSERT INTO geteld SELECT ?, levering, count(*) FILTER (_fout IS NULL AND _staat = {LOADED}), "
        f"count(*) FILTER (_fout IS NULL AND _staat = {IDENTICAL}), "
        f"count(*) FILTER (_fout IS NULL AND _staat = {REPLACED}), count(*) FILTER (_fout IS NOT NULL) "
        f"FROM {raw}{own} GROUP BY levering",
        [table.name],
    )
    _refusals(connection, table)
    connection.execute(f"DROP TABLE {raw}")


def _refusals(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Every refused row without its value."""
    person = "persoon" if "persoon" in table.columns else "NULL::BIGINT"
    for report, number in connection.execute(
        f"SELECT DISTINCT rapport, _fout FROM {table.raw} WHERE _fout IS NOT NULL ORDER BY ALL"
    ).fetchall():
        if table.name == "uitnodigingen" and report:
            continue
        layout = standard()["rapportage.uren"] if table.name == "uren" and report else table.layout
        rank, place = divmod(number, 100)
        code = codes.ROW_CODES[rank - 1]
        column = list(layout.kolommen)[place] if place < len(layout.kolommen) else None
        spec = layout.kolommen[column] if column else None
        column = "contract" if place == CONTRACT_ON_FRONT else column
        connection.execute(
            f"INSERT INTO weigeringen SELECT levering, blad, _rij, ?, ?, ?, {person} FROM {table.raw} "
            "WHERE _fout = ? AND rapport = ? ORDER BY levering, _rij",
            [column, code, codes.sentence(code, column, spec), number, report],
        )
