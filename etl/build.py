"""Build: a new warehouse from the checked deliveries. Keys, mutations, equal rows, unknown contracts and persons.

Each table is first gathered in a temporary table `raw_<table>` with, per row, its delivery, its stand, its fault (or
none) and its state: 1 geladen, 2 identiek, 3 vervangen. What is left without fault in state 1 enters the warehouse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data import referentie
from etl import codes, own_words, reconcile
from etl.cache import Checked
from etl.check import CONTRACT_ON_FRONT, fault
from etl.files import REPORT, Delivery
from etl.layout import Layout, standard

SCHEMA = Path(__file__).parent / "warehouse" / "schema.sql"
SCHEMA_VERSION = 1
LOADED, IDENTICAL, REPLACED = 1, 2, 3
_SQL_TYPE = {
    "bsn": "BIGINT", "datum": "DATE", "maand": "DATE", "getal": "DOUBLE", "geheel": "BIGINT", "janee": "BOOLEAN",
}  # fmt: skip
_HOUSEKEEPING = ("levering", "blad", "stand", "oud", "rapport", "_rij", "_fout", "_staat")


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
class Source:
    """A delivery with its checked frames. `levering` is its place in the order of file names."""

    levering: int
    delivery: Delivery
    checked: Checked
    stand: date | None
    oud: bool = False


def build(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    contracts: Sequence[ContractTerm],
    *,
    check_persons: bool = True,
    progress: Callable[[str, float], None] = lambda step, part: None,
) -> None:
    """Fill an empty database. `check_persons` is off for a supplier's own check, where personen is not at hand."""
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    _reference(connection, contracts)
    progress("Rijen bij elkaar brengen", 0.5)
    raw = _gather(connection, sources)
    _contracts(connection, raw)
    for name in raw:
        connection.execute(f"UPDATE {_raw(name)} SET _fout = NULL, _staat = {REPLACED} WHERE oud")
    progress("Dubbele en gewijzigde rijen uitzoeken", 0.65)
    _resolve(connection, "personen")
    if check_persons:
        _persons(connection, raw)
    for name in raw:
        if name not in ("personen", "tevredenheid", "uitnodigingen"):
            _resolve(connection, name)
    _identical_files(connection, sources)
    _invitations(connection)
    _resolve(connection, "uitnodigingen")
    progress("Tabellen vullen", 0.8)
    for name in raw:
        _fill(connection, name)
    _answers(connection)
    _deliveries(connection, sources, raw)
    progress("Vergelijken met de rapportages", 0.9)
    reconcile.find(connection, [one.contract for one in contracts if not one.rapporteert])


def _raw(name: str) -> str:
    return "raw_" + name.replace(".", "_")


def _columns(name: str, layout: Layout) -> dict[str, str]:
    """The columns of the gathered table and their SQL types."""
    columns: dict[str, str] = {}
    for column, spec in layout.kolommen.items():
        if column == "bsn":
            columns["persoon"] = "BIGINT"
        elif column == "geboortedatum":
            columns |= {"geboortejaar": "SMALLINT", "_vergelijk": "BIGINT"}
        elif spec.type == "kenmerkwaarde":
            columns |= {"waarde": "DOUBLE", "datum": "DATE", "tekst": "VARCHAR"}
        else:
            columns[column] = _SQL_TYPE.get(spec.type, "VARCHAR")
    if name.startswith("rapportage."):
        columns |= {"contract": "VARCHAR", "kwartaal": "VARCHAR"}
    return columns


def _gather(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[str]:
    names = [name for name in standard() if name != "rapportage.uren"]
    for name in names:
        columns = ", ".join(f'"{column}" {kind}' for column, kind in _columns(name, standard()[name]).items())
        connection.execute(
            f"CREATE TEMP TABLE {_raw(name)} ({columns}, levering INTEGER, blad VARCHAR, stand DATE, oud BOOLEAN, "
            "rapport BOOLEAN, _rij INTEGER, _fout SMALLINT, _staat TINYINT)"
        )
    for source in sources:
        for part in source.checked.parts:
            name = "uren" if part.tabel == "rapportage.uren" else part.tabel
            report = part.tabel.startswith("rapportage.")
            front = ", ? AS contract, ? AS kwartaal" if report and name != "uren" else ""
            front = ", ? AS contract" if report and name == "uren" else front
            extra = [source.checked.contract, source.checked.kwartaal][: front.count("?")]
            connection.execute(
                f"INSERT INTO {_raw(name)} BY NAME SELECT *, ?::INTEGER AS levering, ? AS blad, ?::DATE AS stand, "
                f"?::BOOLEAN AS oud, ?::BOOLEAN AS rapport, {LOADED}::TINYINT AS _staat{front} FROM read_parquet(?)",
                [source.levering, part.blad, source.stand, source.oud, report, *extra, str(part.path)],
            )
        for row, text in source.checked.toelichting:
            if not source.oud:
                connection.execute(
                    "INSERT INTO toelichtingen VALUES (?, ?, ?, ?, ?)",
                    [source.checked.contract, source.checked.kwartaal, text, source.levering, row],
                )
        if source.checked.soort == REPORT and not source.checked.reden:
            connection.execute(
                "INSERT INTO rapportages VALUES (?, ?, ?, ?, ?)",
                [source.checked.contract, source.checked.kwartaal, source.checked.datum, source.oud, source.levering],
            )
    return names


def _reference(connection: duckdb.DuckDBPyConnection, contracts: Sequence[ContractTerm]) -> None:
    for term in sorted(contracts, key=lambda one: one.contract):
        connection.execute(
            "INSERT INTO contracten VALUES (?, ?, ?, ?, ?)",
            [term.contract, term.van, term.tot, term.ritme, term.termijn_dagen],
        )
    for name, frame in referentie.warehouse_frames().items():
        places = ", ".join("?" for _ in frame.columns)
        connection.executemany(f"INSERT INTO {name} ({', '.join(frame.columns)}) VALUES ({places})", frame.rows())


def _contracts(connection: duckdb.DuckDBPyConnection, raw: list[str]) -> None:
    """CONTRACT_ONBEKEND goes before every code that comes later in the order; ids are compared without case."""
    for name in raw:
        layout = standard()[name]
        if "contract" not in _columns(name, layout):
            continue
        own = list(layout.kolommen).index("contract") if "contract" in layout.kolommen else CONTRACT_ON_FRONT
        connection.execute(
            f"UPDATE {_raw(name)} SET _fout = CASE WHEN rapport THEN {fault('CONTRACT_ONBEKEND', CONTRACT_ON_FRONT)} "
            f"ELSE {fault('CONTRACT_ONBEKEND', own)} END WHERE contract IS NOT NULL "
            "AND lower(contract) NOT IN (SELECT lower(contract) FROM contracten) "
            f"AND (_fout IS NULL OR _fout >= {fault('BUITEN_BEREIK', 0)})"
        )
        connection.execute(
            f"UPDATE {_raw(name)} AS r SET contract = c.contract FROM contracten AS c "
            "WHERE lower(r.contract) = lower(c.contract) AND r.contract <> c.contract"
        )
    for name in ("rapportages", "toelichtingen"):
        connection.execute(
            f"UPDATE {name} AS r SET contract = c.contract FROM contracten AS c "
            "WHERE lower(r.contract) = lower(c.contract) AND r.contract <> c.contract"
        )
        connection.execute(f"DELETE FROM {name} WHERE contract NOT IN (SELECT contract FROM contracten)")


def _persons(connection: duckdb.DuckDBPyConnection, raw: list[str]) -> None:
    for name in raw:
        layout = standard()[name]
        if name == "personen" or "bsn" not in layout.kolommen:
            continue
        column = list(layout.kolommen).index("bsn")
        connection.execute(
            f"UPDATE {_raw(name)} SET _fout = {fault('PERSOON_ONBEKEND', column)} WHERE _fout IS NULL AND NOT oud "
            f"AND persoon NOT IN (SELECT persoon FROM raw_personen WHERE _fout IS NULL AND _staat = {LOADED})"
        )


def _key(layout: Layout) -> list[str]:
    return ["persoon" if column == "bsn" else column for column in layout.sleutel]


def _resolve(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Rows of one key: contradictions within one stand are refused, the latest stand counts, equal rows are one.

    For personen the mutatiedatum comes before the stand. Only keys that occur more than once are looked at.
    """
    layout = standard()[name]
    if not layout.sleutel:
        return
    table, key = _raw(name), _key(layout)
    content = [column for column in _columns(name, layout) if column not in ("rapport",)]
    first = ["mutatiedatum"] if name == "personen" else []
    live = "_fout IS NULL AND NOT oud"
    keys = ", ".join(key)
    moment = ", ".join([*key, *first, "stand"])
    order = ", ".join([*(f"{column} DESC" for column in first), "stand DESC NULLS LAST"])
    double = fault("DUBBEL_STRIJDIG", list(layout.kolommen).index(layout.sleutel[-1]) if name != "personen" else 0)
    if layout.sleutel[-1] not in layout.kolommen:
        double = fault("DUBBEL_STRIJDIG", CONTRACT_ON_FRONT)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE double_rows AS
        WITH many AS (SELECT hash({keys}) AS h FROM {table} WHERE {live} GROUP BY ALL HAVING count(*) > 1),
        mine AS (SELECT rowid AS rid, {keys}, {", ".join([*first, "stand", "levering", "_rij"])},
                 hash({", ".join(content)}) AS content FROM {table}
                 WHERE {live} AND hash({keys}) IN (SELECT h FROM many)),
        judged AS (SELECT *, min(content) OVER same <> max(content) OVER same AS clash FROM mine
                   WINDOW same AS (PARTITION BY {moment})),
        won AS (SELECT *, first_value(content) OVER (PARTITION BY {keys}, clash ORDER BY {order}) AS best FROM judged)
        SELECT rid, clash, content = best AS same,
          row_number() OVER (PARTITION BY {keys}, clash, content ORDER BY levering, _rij) AS place FROM won
        """
    )
    connection.execute(
        f"UPDATE {table} AS r SET _fout = CASE WHEN d.clash THEN {double} END, "
        f"_staat = CASE WHEN d.clash THEN {LOADED} WHEN NOT d.same THEN {REPLACED} "
        f"WHEN d.place = 1 THEN {LOADED} ELSE {IDENTICAL} END FROM double_rows AS d "
        "WHERE r.rowid = d.rid AND (d.clash OR NOT d.same OR d.place > 1)"
    )


def _identical_files(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """A satisfaction file that is byte for byte another one counts once: answers have no key of their own."""
    seen: set[str] = set()
    for source in sources:
        if source.checked.soort != "tevredenheid":
            continue
        if source.checked.hash in seen:
            connection.execute(
                f"UPDATE raw_tevredenheid SET _staat = {IDENTICAL} WHERE _fout IS NULL AND levering = ?",
                [source.levering],
            )
        seen.add(source.checked.hash)


def _invitations(connection: duckdb.DuckDBPyConnection) -> None:
    """A report's sheet Tevredenheid also says how many were invited."""
    connection.execute(
        "INSERT INTO raw_uitnodigingen BY NAME SELECT onderdeel, contract, kwartaal, uitgenodigd, levering, blad, "
        f"stand, oud, rapport, _rij, _fout, _staat FROM raw_rapportage_tevredenheid "
        f"WHERE _fout IS NULL AND _staat = {LOADED}"
    )


def _fill(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    target = name.removeprefix("rapportage.")
    if name == "rapportage.tevredenheid":
        return
    layout = standard()[name]
    columns = [column for column in _columns(name, layout) if column != "_vergelijk"]
    order = ", ".join([*_key(layout), "levering", "_rij"])
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"INSERT INTO {target} BY NAME SELECT {names}, levering, _rij AS rij FROM {_raw(name)} "
        f"WHERE _fout IS NULL AND _staat = {LOADED} ORDER BY {order}"
    )


def _answers(connection: duckdb.DuckDBPyConnection) -> None:
    """`score n` counted k times gives k answers, dated on the quarter's last day."""
    scores = ", ".join(f"score_{score}" for score in range(1, 11))
    connection.execute(
        f"""
        INSERT INTO tevredenheid BY NAME
        SELECT onderdeel, contract, NULL::VARCHAR AS gemeentecode, last_day(make_date(left(kwartaal, 4)::INTEGER,
          3 * right(kwartaal, 1)::INTEGER, 1)) AS datum, replace(naam, 'score_', '')::TINYINT AS score, levering, rij
        FROM (SELECT *, unnest(range(keer)) AS nr FROM (
          UNPIVOT (SELECT onderdeel, contract, kwartaal, levering, _rij AS rij, {scores}
                   FROM raw_rapportage_tevredenheid
                   WHERE _fout IS NULL AND _staat = {LOADED}) ON {scores} INTO NAME naam VALUE keer))
        ORDER BY levering, rij, score
        """
    )


def _deliveries(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], raw: list[str]) -> None:
    """Per file the numbers that add up, and every refused row without its value."""
    counts = " UNION ALL ".join(
        f"SELECT levering, _fout, _staat FROM {_raw(name)}" + (" WHERE NOT rapport" if name == "uitnodigingen" else "")
        for name in raw
    )
    connection.execute(
        "CREATE TEMP TABLE counted AS SELECT levering, count(*) AS gelezen, "
        f"count(*) FILTER (_fout IS NULL AND _staat = {LOADED}) AS geladen, "
        f"count(*) FILTER (_fout IS NULL AND _staat = {IDENTICAL}) AS identiek, "
        f"count(*) FILTER (_fout IS NULL AND _staat = {REPLACED}) AS vervangen, "
        f"count(*) FILTER (_fout IS NOT NULL) AS geweigerd FROM ({counts}) GROUP BY levering"
    )
    for source in sources:
        checked = source.checked
        connection.execute(
            "INSERT INTO leveringen SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(gelezen), 0), "
            "coalesce(max(geladen), 0), coalesce(max(identiek), 0), coalesce(max(vervangen), 0), "
            "coalesce(max(geweigerd), 0), ? FROM counted WHERE levering = ?",
            [
                source.levering, source.delivery.bestand, checked.soort, "geweigerd" if checked.reden else "geladen",
                checked.reden, checked.melding, source.stand, checked.hash, None,
                checked.indeling or "standaard", checked.contract, checked.kwartaal, checked.onbekend, source.levering,
            ],
        )  # fmt: skip
    for name in raw:
        _refusals(connection, name)
    own_words.put(connection, sources)


def _refusals(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    person = "persoon" if "persoon" in _columns(name, standard()[name]) else "NULL::BIGINT"
    for report in (False, True):
        layout_name = "rapportage.uren" if name == "uren" and report else name
        if name == "uitnodigingen" and report:
            continue
        layout = standard()[layout_name]
        where = f"_fout IS NOT NULL AND rapport = {report}"
        for (number,) in connection.execute(f"SELECT DISTINCT _fout FROM {_raw(name)} WHERE {where}").fetchall():
            rank, place = divmod(number, 100)
            code = codes.ROW_CODES[rank - 1]
            column = list(layout.kolommen)[place] if place < len(layout.kolommen) else None
            spec = layout.kolommen[column] if column else None
            column = "contract" if place == CONTRACT_ON_FRONT else column
            connection.execute(
                f"INSERT INTO weigeringen SELECT levering, blad, _rij, ?, ?, ?, {person} FROM {_raw(name)} "
                f"WHERE _fout = ? AND rapport = {report} ORDER BY levering, _rij",
                [column, code, codes.sentence(code, column, spec), number],
            )
