"""Resolve: the rows that need a closer look, judged exactly, and put where they belong.

The rows of the temporary table `raw_<table>` get a fault, or a state: 1 geladen, 2 identiek, 3 vervangen.
"""

import duckdb
import numpy as np

from etl import codes
from etl.check import CONTRACT_ON_FRONT, fault
from etl.gather import Table
from etl.judge import IDENTICAL, LOADED, REPLACED, judge
from etl.layout import standard

NEVER = 10**15  # milliseconds: before any stand


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
        f"SELECT r._fout IS NULL AS goed, {table.hash('r')} AS h, hash(r.{table.key[0]}) AS eerste, "
        f"{changed} AS gewijzigd, coalesce(epoch_ms(r.stand), -{NEVER}) AS stand, hash({content}) AS inhoud, "
        f"r.deel::BIGINT << 32 | r._rij AS volgorde, r.rowid AS rid FROM {raw} AS r"
    ).fetchnumpy()
    sound = np.asarray(rows.pop("goed"))
    row_id = rows.pop("rid")
    facts = [np.asarray(one) for one in rows.values()]
    if sound.all():
        state, clash, shared = judge(*facts)
    else:
        state = np.full(len(sound), LOADED, np.int8)
        clash, shared = np.zeros(len(sound), bool), np.zeros(len(sound), bool)
        state[sound], clash[sound], shared[sound] = judge(*(one[sound] for one in facts))
    connection.register("judged", {"rid": row_id, "staat": state, "strijd": clash, "samen": shared})
    columns = list(table.layout.kolommen)
    last = table.layout.sleutel[-1]
    double = fault("DUBBEL_STRIJDIG", columns.index(last) if table.name != "personen" else 0)
    if last not in columns:
        double = fault("DUBBEL_STRIJDIG", CONTRACT_ON_FRONT)
    # side by side, both in the order of the rows; a row that would not stand beside itself is lost, which `verify` sees
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE done AS SELECT r.* REPLACE ("
        f"CASE WHEN j.strijd THEN {double} ELSE r._fout END::SMALLINT AS _fout, j.staat::TINYINT AS _staat), "
        f"j.samen AS _samen FROM {raw} AS r POSITIONAL JOIN judged AS j WHERE j.rid = r.rowid"
    )
    connection.unregister("judged")
    connection.execute(f"DROP TABLE {raw}; ALTER TABLE done RENAME TO {raw}")


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
