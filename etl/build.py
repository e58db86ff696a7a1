"""Build: the warehouse from the checked deliveries, wholly or by what changed since the momentopname it starts from.

Building on an empty warehouse and bringing an earlier one up to date is one and the same work: some deliveries are
added, some go away, and per table the rows that share a key with those are judged again (`gather`, `resolve`). The
schema `bouw` holds what the next load needs to know: which deliveries are in, the counts per table, the rows whose
state depends on others. It is for etl alone.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data import referentie
from etl import answers, own_words, reconcile, resolve
from etl.answers import ANSWERS
from etl.bulk import insert
from etl.files import REPORT
from etl.gather import TABLES, Piece, Source, Table, begin, collide, look, look_ahead, pull
from etl.layout import standard
from etl.reading import Feed, Ready

SCHEMA = Path(__file__).parent / "warehouse" / "schema.sql"
SCHEMA_VERSION = 1
MOST = 0.25  # when a larger part of the rows comes or goes, building anew is quicker
_SORTED_ROWS = 100_000  # a table with fewer rows lies in the order of its key, however it came about
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class ContractTerm:
    """What etl needs to know of a contract: its id, when it runs, and when a report is due.

    `rapporteert` is False when the supplier owes no reports yet: a contract that is still in tender.
    """

    contract: str
    van: date
    tot: date
    ritme: str
    termijn_dagen: int
    rapporteert: bool = True


@dataclass(frozen=True)
class Changes:
    """What differs from the momentopname that the build starts from: deliveries to add, numbers to take away."""

    erbij: list[Source]
    weg: list[int]

    @property
    def numbers(self) -> list[int]:
        """The numbers of what was added."""
        return [source.levering for source in self.erbij]

    @property
    def rows(self) -> int:
        """How many rows are to be added."""
        return sum(part.rijen for source in self.erbij for part in source.checked.parts)


def build(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    contracts: Sequence[ContractTerm],
    *,
    basis: str,
    check_persons: bool = True,
    progress: Progress = lambda step, part: None,
) -> dict[str, int]:
    """Fill an empty database, perhaps while the deliveries are being read. `basis` says what it rests on beside them.

    `check_persons` is off for a supplier's own check, where personen is not at hand. Gives per table the sum of the
    hashes of the keys that must be in it (`etl.publish.verify`).
    """
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    _reference(connection, contracts)
    connection.execute(
        "CREATE SCHEMA bouw; CREATE TABLE bouw.bronnen (levering INTEGER, bestand VARCHAR, kenmerk VARCHAR);"
        "CREATE TABLE bouw.tellingen (tabel VARCHAR, levering INTEGER, geladen BIGINT, identiek BIGINT, "
        "vervangen BIGINT, geweigerd BIGINT); CREATE TABLE bouw.delen (tabel VARCHAR, levering INTEGER, blad VARCHAR);"
        "CREATE TABLE bouw.grondslag (grondslag VARCHAR)"
    )
    connection.execute("INSERT INTO bouw.grondslag VALUES (?)", [basis])
    return _work(connection, feed, contracts, None, check_persons=check_persons, progress=progress)[1]


def update(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    contracts: Sequence[ContractTerm],
    changes: Changes,
    *,
    progress: Progress = lambda step, part: None,
) -> set[str]:
    """Bring a copy of an earlier momentopname up to date; its contracts and reference data must still hold.

    Gives the tables of which rows may have come or gone.
    """
    return _work(connection, Ready(sources), contracts, changes, check_persons=True, progress=progress)[0]


def changes(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], basis: str) -> Changes | None:
    """What differs from the deliveries in this momentopname; None when it rests on something else, or much differs.

    A file with a layout of its own always counts as changed: its refusals stand there in its own words (`own_words`),
    and can't be found back from the rows.
    """
    try:
        if connection.execute("SELECT grondslag FROM bouw.grondslag").fetchone() != (basis,):
            return None
        known = {
            bestand: (levering, kenmerk)
            for levering, bestand, kenmerk in connection.execute(
                "SELECT levering, bestand, kenmerk FROM bouw.bronnen"
            ).fetchall()
        }
        read = connection.execute("SELECT sum(gelezen) FROM leveringen").fetchone()
    except duckdb.Error:
        return None  # of a program that kept less, or damaged
    now = {source.delivery.bestand: (source.levering, _mark(source)) for source in sources}
    again = {source.delivery.bestand for source in sources if source.checked.indeling is not None}
    same = {bestand for bestand, facts in known.items() if bestand not in again and now.get(bestand) == facts}
    added = [source for source in sources if source.delivery.bestand not in same]
    gone = [levering for bestand, (levering, _) in known.items() if bestand not in same]
    if {source.levering for source in added} & {number for number, _ in known.values()} - set(gone):
        return None  # two names share a number
    found = Changes(added, gone)
    lost = connection.execute(
        "SELECT coalesce(sum(gelezen), 0) FROM leveringen WHERE levering IN (SELECT unnest(?::INTEGER[]))", [gone]
    ).fetchone()
    total = read[0] if read and read[0] else 0
    return found if found.rows + (lost[0] if lost else 0) <= total * MOST else None


def _mark(source: Source) -> str:
    """Whether two sources of one name are the same to the build."""
    checked = source.checked
    facts = [
        checked.hash, checked.soort, checked.reden, checked.melding, str(source.stand), source.oud, checked.contract,
        checked.kwartaal, str(checked.datum), source.delivery.soort, checked.onbekend, checked.indeling_hash,
        [[part.tabel, part.blad, [path.name for path in part.paths]] for part in checked.parts],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:24]


def _work(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    contracts: Sequence[ContractTerm],
    changes: Changes | None,
    *,
    check_persons: bool,
    progress: Progress,
) -> tuple[set[str], dict[str, int]]:
    """Build from nothing, or by these changes. Gives the tables that were touched, and the sums of keys of `build`."""
    connection.begin()
    _helpers(connection, changes.weg if changes else [])
    touched, sums = set(TABLES), {}
    if changes:
        touched = {name for (name,) in connection.execute(
            "SELECT DISTINCT tabel FROM bouw.tellingen SEMI JOIN weg USING (levering)").fetchall()}  # fmt: skip
        touched |= {_table_of(part.tabel) for source in changes.erbij for part in source.checked.parts}
    _forget(connection)
    for number, name in enumerate(TABLES):
        if name in ANSWERS or name not in touched:
            continue
        table = Table(name)
        persons = check_persons and "persoon" in table.columns and name != "personen"
        if changes is None and name == TABLES[-1]:  # the largest, and by then there is nothing else to do
            for source in feed.each(name):
                look_ahead(connection, table, _pieces([source], name), persons=persons)
        pieces = _pieces(feed.of(name), name)
        progress("Rijen bij elkaar brengen", 0.5 + 0.35 * number / len(TABLES))
        table.added = [one for one in pieces if changes is None or one.source.levering in changes.numbers]
        sums[name] = _keyed(connection, table, pieces, first=changes is None, persons=persons)
        connection.commit()  # per table: what is committed is written in full blocks and leaves memory
        if changes is None and sum(one.part.rijen for one in table.added) > _SORTED_ROWS:
            connection.execute("CHECKPOINT")  # the rest too, while the next files are being read
        connection.begin()
        if name == "personen" and changes and check_persons and _someone_changed(connection):
            touched |= {other for other in TABLES if "bsn" in standard()[other].kolommen}
    sources = feed.all()
    for name, *rows in _old(changes.erbij if changes else sources):
        connection.execute("INSERT INTO geteld VALUES (?, ?, 0, 0, ?, 0)", [name, *rows])
    if touched & set(ANSWERS):
        answers.make(connection, _pieces(sources, *ANSWERS), sources)
    progress("Tellen", 0.88)
    _reports(connection, sources)
    _deliveries(connection, sources)
    _remember(connection, sources)
    progress("Vergelijken met de rapportages", 0.9)
    connection.execute("DELETE FROM bevindingen")
    reconcile.find(connection, [one.contract for one in contracts if not one.rapporteert])
    connection.commit()
    return touched | set(ANSWERS), sums


def _helpers(connection: duckdb.DuckDBPyConnection, gone: Sequence[int]) -> None:
    """Temporary tables that the steps share: see `gather.collide`."""
    connection.execute(
        "CREATE TEMP TABLE weg (levering INTEGER);"
        "CREATE TEMP TABLE anders (persoon BIGINT); CREATE TEMP TABLE geteld AS SELECT * FROM bouw.tellingen LIMIT 0;"
        "CREATE TEMP TABLE ids AS SELECT lower(contract) AS laag, contract FROM contracten;"
    )
    connection.execute("INSERT INTO weg SELECT unnest(?::INTEGER[])", [list(gone)])


def _pieces(sources: Sequence[Source], *tables: str) -> list[Piece]:
    """The parts that fill these tables, in the order of files and sheets; of a report that was replaced none counts."""
    parts = [(source, part) for source in sources if not source.oud
             for part in source.checked.parts if _table_of(part.tabel) in tables]  # fmt: skip
    parts.sort(key=lambda pair: (pair[0].plaats, pair[1].blad or ""))
    return [Piece(source, part, deel) for deel, (source, part) in enumerate(parts)]


def _old(sources: Sequence[Source]) -> list[tuple[str, int, int]]:
    """Of the deliveries that were replaced as a whole: a table, the delivery, and how many rows it has there."""
    return [(_table_of(part.tabel), source.levering, part.rijen)
            for source in sources if source.oud for part in source.checked.parts]  # fmt: skip


def _table_of(name: str) -> str:
    return "uren" if name == "rapportage.uren" else name


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """What went away leaves no counts and no refusals; its rows go table by table."""
    for table in ("bouw.tellingen", "bouw.delen", "weigeringen"):
        connection.execute(f"DELETE FROM {table} WHERE levering IN (SELECT levering FROM weg)")


def _keyed(
    connection: duckdb.DuckDBPyConnection, table: Table, pieces: list[Piece], *, first: bool, persons: bool
) -> int:
    """One table whose rows have a key. Gives the sum of the hashes of the keys that were added."""
    begin(connection, table)
    if table.name == "personen" and not first:
        connection.execute("CREATE TEMP TABLE voorheen AS SELECT persoon FROM personen")
    together = collide(connection, table, empty=first)
    if not first:
        pull(connection, table, pieces, persons=persons)
    look(connection, table, persons=persons, together=together)
    added = resolve.settle(connection, table)
    _in_order(connection, table)
    return added


def _in_order(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Put a small table in the order of its key, so that sums add up in one order, however the table came about."""
    if connection.execute(f"SELECT count(*) <= {_SORTED_ROWS} FROM {table.target}").fetchone() == (True,):
        order = ", ".join([*table.key, "levering", "rij"])
        connection.execute(f"CREATE OR REPLACE TEMP TABLE geordend AS SELECT * FROM {table.target}")
        connection.execute(f"TRUNCATE {table.target}")
        connection.execute(f"INSERT INTO {table.target} SELECT * FROM geordend ORDER BY {order}")


def _someone_changed(connection: duckdb.DuckDBPyConnection) -> bool:
    connection.execute(
        "INSERT INTO anders SELECT persoon FROM personen ANTI JOIN voorheen USING (persoon) "
        "UNION ALL SELECT persoon FROM voorheen ANTI JOIN personen USING (persoon)"
    )
    return connection.execute("SELECT count(*) FROM anders").fetchone() != (0,)


def _reference(connection: duckdb.DuckDBPyConnection, contracts: Sequence[ContractTerm]) -> None:
    terms = sorted(contracts, key=lambda one: one.contract)
    insert(connection, "contracten", [[one.contract, one.van, one.tot, one.ritme, one.termijn_dagen] for one in terms])
    for name, frame in referentie.warehouse_frames().items():
        order = connection.execute(f"SELECT * FROM {name} LIMIT 0").description or []
        insert(connection, name, frame.select(column for column, *_ in order).rows())


def _reports(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Which reports there are and what they say in words; those of an unknown contract are left out."""
    connection.execute("DELETE FROM rapportages; DELETE FROM toelichtingen")
    reports, notes = [], []
    for source in sources:
        checked = source.checked
        if checked.soort != REPORT or checked.reden:
            continue
        reports.append([checked.contract, checked.kwartaal, checked.datum, source.oud, source.levering])
        if not source.oud:
            notes += [
                [checked.contract, checked.kwartaal, text, source.levering, row] for row, text in checked.toelichting
            ]
    for name, rows in (("rapportages", reports), ("toelichtingen", notes)):
        insert(connection, name, rows)
        connection.execute(
            f"UPDATE {name} AS r SET contract = c.contract FROM ids AS c WHERE r.contract = c.laag "
            "AND r.contract <> c.contract"
        )
        connection.execute(f"DELETE FROM {name} WHERE contract NOT IN (SELECT contract FROM contracten)")


def _deliveries(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Per file the numbers that add up."""
    numbers = "sum(geladen)::BIGINT, sum(identiek)::BIGINT, sum(vervangen)::BIGINT, sum(geweigerd)::BIGINT"
    connection.execute(
        f"CREATE TEMP TABLE samengeteld AS SELECT tabel, levering, {numbers} FROM "
        "(SELECT * FROM bouw.tellingen UNION ALL SELECT * FROM geteld) GROUP BY tabel, levering"
    )
    connection.execute("DELETE FROM bouw.tellingen; INSERT INTO bouw.tellingen SELECT * FROM samengeteld")
    counted = {levering: rest for levering, *rest in connection.execute(
        f"SELECT levering, {numbers} FROM bouw.tellingen GROUP BY levering").fetchall()}  # fmt: skip
    connection.execute("DELETE FROM leveringen")
    rows = []
    for source in sources:
        checked = source.checked
        rows.append([
            source.levering, source.delivery.bestand, checked.soort, "geweigerd" if checked.reden else "geladen",
            checked.reden, checked.melding, source.stand, checked.hash, None,
            checked.indeling or "standaard", checked.contract, checked.kwartaal,
            sum(part.rijen for part in checked.parts), *counted.get(source.levering, (0, 0, 0, 0)), checked.onbekend,
        ])  # fmt: skip
    insert(connection, "leveringen", rows)
    own_words.put(connection, sources)


def _remember(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    connection.execute("DELETE FROM bouw.bronnen; DELETE FROM bouw.delen")
    insert(connection, "bouw.bronnen", [[one.levering, one.delivery.bestand, _mark(one)] for one in sources])
    parts = [[_table_of(part.tabel), source.levering, part.blad] for source in sources for part in source.checked.parts]
    insert(connection, "bouw.delen", parts)
