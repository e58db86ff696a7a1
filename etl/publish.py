"""Publish: a momentopname is verified, named by what it is made of, renamed into place, and then never changed."""

import os
from pathlib import Path

import duckdb

from etl.layout import standard

_UNIQUE = {
    "personen": "persoon", "trajecten": "persoon", "leerroutes": "persoon, start",
    "onderdelen": "persoon, onderdeel, start", "examens": "persoon, onderdeel, examendatum",
    "besluiten": "persoon, datum, soort", "participatie": "persoon, vorm, start",
    "uren": "persoon, contract, maand, soort", "uitkeringen": "persoon, start", "gesprekken": "persoon, datum, soort",
    "uitnodigingen": "onderdeel, contract, kwartaal", "boekingen": "boekstuk",
    "begroting": "jaar, gemeentecode, budget, kostensoort", "taakstelling": "halfjaar, gemeentecode",
}  # fmt: skip


def verify(connection: duckdb.DuckDBPyConnection, rows_read: dict[int, int], *, persons: bool = True) -> None:
    """Raise RuntimeError when the warehouse is not what it must be: a fault of ours, and nothing is published.

    `rows_read` gives, per delivery, how many rows reading found.
    """
    wrong = connection.execute(
        "SELECT bestand FROM leveringen WHERE gelezen <> geladen + identiek + vervangen + geweigerd"
    ).fetchall()
    counted = dict(connection.execute("SELECT levering, gelezen FROM leveringen").fetchall())
    wrong += [(levering,) for levering, rows in rows_read.items() if counted.get(levering) != rows]
    refused = connection.execute(
        "SELECT bestand FROM leveringen LEFT JOIN (SELECT levering, count(*) AS n FROM weigeringen GROUP BY ALL) "
        "USING (levering) WHERE geweigerd <> coalesce(n, 0)"
    ).fetchall()
    if wrong or refused:
        raise RuntimeError(f"counts of a load do not add up: {wrong + refused}")
    for table, key in _UNIQUE.items():
        twice = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {key} HAVING count(*) > 1)"
        ).fetchone()
        if twice and twice[0]:
            raise RuntimeError(f"key of {table} holds {twice[0]} times twice")
    personal = [name for name, layout in standard().items() if "bsn" in layout.kolommen and "." not in name]
    for table in personal if persons else ():
        orphans = connection.execute(f"SELECT count(*) FROM {table} ANTI JOIN personen USING (persoon)").fetchone()
        if orphans and orphans[0]:
            raise RuntimeError(f"{table} holds {orphans[0]} rows of persons who are not there")


def into_place(temporary: Path, target: Path) -> None:
    """Flush the finished file and rename it; a crash before leaves nothing, a crash after leaves it complete."""
    descriptor = os.open(temporary, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
