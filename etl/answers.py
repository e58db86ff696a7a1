"""Answers: satisfaction and invitations, small tables that are made anew from all deliveries as soon as one changes.

Answers have no key, and invitations come from two sides: from their own files and from the suppliers' reports.
"""

from collections.abc import Sequence

import duckdb
import numpy as np

from etl.check import CONTRACT_ON_FRONT, fault
from etl.gather import HOUSEKEEPING, Piece, Source, Table, faults, rows_of
from etl.judge import IDENTICAL, LOADED, REPLACED, judge
from etl.resolve import told

NEVER = -(10**15)  # milliseconds: before any stand
ANSWERS = ("rapportage.tevredenheid", "tevredenheid", "uitnodigingen")


def make(connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece], sources: Sequence[Source]) -> None:
    """Make them anew; of a report that was replaced the count stays."""
    old = [source.levering for source in sources if source.oud]
    for name in ANSWERS:
        connection.execute(
            "DELETE FROM weigeringen AS w USING bouw.delen AS d WHERE d.tabel = ? AND d.levering = w.levering "
            "AND d.blad IS NOT DISTINCT FROM w.blad",
            [name],
        )
        connection.execute(
            "DELETE FROM bouw.tellingen WHERE tabel = $1 "
            "AND levering IN (SELECT levering FROM bouw.delen WHERE tabel = $1) AND NOT list_contains($2, levering)",
            [name, old],
        )
    connection.execute("DELETE FROM tevredenheid; DELETE FROM uitnodigingen")
    tables = [Table(name, [one for one in pieces if one.part.tabel == name]) for name in ANSWERS]
    reports, answers, invitations = tables
    for table in tables:
        _take(connection, table)
    _doubles(connection, reports)
    _identical_files(connection, sources)
    connection.execute(
        f"INSERT INTO {invitations.raw} BY NAME SELECT onderdeel, contract, kwartaal, uitgenodigd, levering, blad, "
        f"rapport, stand, deel, _rij, _fout, _staat FROM {reports.raw} WHERE _fout IS NULL AND _staat = {LOADED}"
    )
    _doubles(connection, invitations)
    _counted_answers(connection, reports.raw)
    for table in (answers, invitations):
        names = ", ".join(f'"{column}"' for column in table.stored)
        connection.execute(
            f"INSERT INTO {table.target} ({names}, levering, rij) SELECT {names}, levering, _rij FROM {table.raw} "
            f"WHERE _fout IS NULL AND _staat = {LOADED}"
        )
    for table in tables:
        _finish(connection, table)


def _take(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """All rows of a table, with the faults that need other files."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in (table.columns | HOUSEKEEPING).items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table.raw} ({columns}, _staat TINYINT DEFAULT {LOADED})")
    joins, fault_of = faults(table, persons=False)
    for wrong in (False, True):
        pieces = [piece for piece in table.added if (piece.part.fouten if wrong else piece.part.paths)]
        if pieces:
            rows, values = rows_of(table, pieces, wrong=wrong)
            connection.execute(
                f"INSERT INTO {table.raw} BY NAME SELECT r.* REPLACE (coalesce(c.contract, r.contract) AS contract, "
                f"({fault_of})::SMALLINT AS _fout) FROM {rows} AS r{joins}",
                values,
            )


def _doubles(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Rows of one key: contradictions within one stand are refused, the latest stand counts, equal rows are one."""
    raw = table.raw
    content = ", ".join(f"r.{column}" for column in table.columns)
    rows = connection.execute(
        f"SELECT {table.hash('r')} AS h, hash(r.{table.key[0]}) AS eerste, "
        f"coalesce(epoch_ms(r.stand), {NEVER}) AS stand, hash({content}) AS inhoud, "
        f"r.deel::BIGINT << 32 | r._rij AS volgorde, r.rowid AS rid FROM {raw} AS r WHERE r._fout IS NULL"
    ).fetchnumpy()
    row_id = rows.pop("rid")
    state, clash = judge(*(np.asarray(one) for one in rows.values()))
    connection.register("judged", {"rid": row_id, "staat": state, "strijd": clash})
    columns, last = list(table.layout.kolommen), table.layout.sleutel[-1]
    double = fault("DUBBEL_STRIJDIG", columns.index(last) if last in columns else CONTRACT_ON_FRONT)
    connection.execute(
        f"UPDATE {raw} AS r SET _staat = j.staat, _fout = CASE WHEN j.strijd THEN {double} END "
        "FROM judged AS j WHERE j.rid = r.rowid"
    )
    connection.unregister("judged")


def _finish(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """The counts and the refusals; a report has no rows of its own in the invitations."""
    raw, own = table.raw, " AND NOT rapport" if table.name == "uitnodigingen" else ""
    connection.execute(
        f"INSERT INTO geteld SELECT ?, levering, count(*) FILTER (_fout IS NULL AND _staat = {LOADED}), "
        f"count(*) FILTER (_fout IS NULL AND _staat = {IDENTICAL}), "
        f"count(*) FILTER (_fout IS NULL AND _staat = {REPLACED}), count(*) FILTER (_fout IS NOT NULL) "
        f"FROM {raw} WHERE true{own} GROUP BY levering",
        [table.name],
    )
    for (number,) in connection.execute(
        f"SELECT DISTINCT _fout FROM {raw} WHERE _fout IS NOT NULL{own} ORDER BY ALL"
    ).fetchall():
        connection.execute(
            f"INSERT INTO weigeringen SELECT levering, blad, _rij, ?, ?, ?, NULL::BIGINT FROM {raw} "
            f"WHERE _fout = ?{own} ORDER BY levering, _rij",
            [*told(number, table.layout), number],
        )
    connection.execute(f"DROP TABLE {raw}")


def _identical_files(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """A satisfaction file that is byte for byte another one counts once: answers have no key of their own."""
    seen: set[str] = set()
    for source in sorted(sources, key=lambda one: one.plaats):
        if source.checked.soort != "tevredenheid":
            continue
        if source.checked.hash in seen:
            connection.execute(
                f"UPDATE raw_tevredenheid SET _staat = {IDENTICAL} WHERE _fout IS NULL AND levering = ?",
                [source.levering],
            )
        seen.add(source.checked.hash)


def _counted_answers(connection: duckdb.DuckDBPyConnection, raw: str) -> None:
    """`score n` counted k times gives k answers, dated on the quarter's last day."""
    scores = ", ".join(f"score_{score}" for score in range(1, 11))
    connection.execute(
        f"""
        INSERT INTO tevredenheid BY NAME
        SELECT onderdeel, contract, NULL::VARCHAR AS gemeentecode, last_day(make_date(left(kwartaal, 4)::INTEGER,
          3 * right(kwartaal, 1)::INTEGER, 1)) AS datum, replace(naam, 'score_', '')::TINYINT AS score, levering, rij
        FROM (SELECT *, unnest(range(keer)) AS nr FROM (
          UNPIVOT (SELECT onderdeel, contract, kwartaal, levering, _rij AS rij, {scores}
                   FROM {raw}
                   WHERE _fout IS NULL AND _staat = {LOADED}) ON {scores} INTO NAME naam VALUE keer))
        ORDER BY levering, rij, score
        """
    )
