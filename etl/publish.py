"""Publish: a momentopname is verified, named by what it is made of, renamed into place, and then never changed."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import numpy as np

from etl.gather import Table
from etl.layout import standard

LARGE = 1_000_000  # rows
_FLUSH = 0.1  # seconds between two times
AT_ONCE = 2  # looks: one sorts while another reads
_UNIQUE = {
    "personen": "persoon", "trajecten": "persoon", "leerroutes": "persoon, start",
    "onderdelen": "persoon, onderdeel, start", "examens": "persoon, onderdeel, examendatum",
    "besluiten": "persoon, datum, soort", "participatie": "persoon, vorm, start",
    "uren": "persoon, contract, maand, soort", "uitkeringen": "persoon, start", "gesprekken": "persoon, datum, soort",
    "uitnodigingen": "onderdeel, contract, kwartaal", "boekingen": "boekstuk",
    "begroting": "jaar, gemeentecode, budget, kostensoort", "taakstelling": "halfjaar, gemeentecode",
}  # fmt: skip


@dataclass(frozen=True)
class Since:
    """What an update did to a momentopname that was verified before: the deliveries added, the tables touched."""

    deliveries: tuple[int, ...]
    tables: frozenset[str]


_Look = Callable[[duckdb.DuckDBPyConnection, str], None]


def verify(
    connection: duckdb.DuckDBPyConnection,
    rows_read: Mapping[int, int],
    since: Since | None = None,
    *,
    sums: Mapping[str, int] | None = None,
    persons: bool = True,
) -> None:
    """Raise RuntimeError when the warehouse is not what it must be: a fault of ours, and nothing is published.

    `rows_read` gives, per delivery, how many rows reading found. `sums` gives, of a table that was built anew, the sum
    of the hashes of its keys, in 64 bits: keys that each came once and of which the person was known when they were
    put there. What is there has the same sum, so holds the same keys. Of other tables each key is looked at, and
    whether the person is known. With `since` only what was touched is looked at, and of a large table only what came
    with the added deliveries.
    """
    sums = sums or {}
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
    looks: list[tuple[_Look, str]] = []
    personal = {name for name, layout in standard().items() if "bsn" in layout.kolommen and "." not in name}
    for name in sorted({*_UNIQUE, *sums}, key=lambda name: name != "uren"):  # the largest first
        whole = since is None or name in since.tables
        looks.append((partial(_all_there, whole=whole, total=sums.get(name)), name))
    for table in _UNIQUE:
        touched = table not in sums and (since is None or table in since.tables)
        if touched:
            looks.append((partial(_unique, since=since), table))
        # who was known is known
        if persons and table in personal and (touched or (since is not None and "personen" in since.tables)):
            looks.append((partial(_no_orphans, since=since), table))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(look, connection.cursor(), table) for look, table in looks]
        for one in running:
            one.result()


def _unique(connection: duckdb.DuckDBPyConnection, table: str, since: Since | None) -> None:
    """Raise RuntimeError when a key comes twice."""
    key = _UNIQUE[table]
    part = _touched(connection, table, key, since)
    found = connection.execute(f"SELECT hash({key}) AS h FROM {table} {part}").fetchnumpy()["h"]
    hashes = np.asarray(found, dtype=np.uint64)
    hashes.sort()
    if not (hashes[1:] == hashes[:-1]).any():  # other hashes, so other keys: a hundred times as fast as grouping
        return
    twice = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {key} HAVING count(*) > 1)"
    ).fetchone()
    if twice and twice[0]:
        raise RuntimeError(f"key of {table} holds {twice[0]} times twice")


def _no_orphans(connection: duckdb.DuckDBPyConnection, table: str, since: Since | None) -> None:
    """Raise RuntimeError when a row is of a person who is not there."""
    where = "" if since is None or "personen" in since.tables else f" WHERE t.levering IN ({_listed(since)})"
    orphans = connection.execute(
        f"SELECT count(*) FROM {table} AS t ANTI JOIN personen USING (persoon){where}"
    ).fetchone()
    if orphans and orphans[0]:
        raise RuntimeError(f"{table} holds {orphans[0]} rows of persons who are not there")


def _all_there(connection: duckdb.DuckDBPyConnection, name: str, *, whole: bool, total: int | None) -> None:
    """Raise RuntimeError when a table does not hold, of each delivery, as many rows as were counted as loaded, or when
    the hashes of its keys do not add up to this total. Not `whole`: of all deliveries together."""
    table = Table(name)
    keys = f"sum({table.hash('t')})" if total is not None else "NULL"
    group = "levering" if whole else "0"
    found = connection.execute(
        f"SELECT {group}, count(*), {keys} FROM {table.target} AS t" + (" GROUP BY levering" if whole else "")
    ).fetchall()
    counted = connection.execute(
        f"SELECT {group}, coalesce(sum(geladen), 0) FROM bouw.tellingen WHERE tabel = ?"
        + (" AND geladen > 0 GROUP BY levering" if whole else ""),
        [name],
    ).fetchall()
    # some invitations come from sheets that are counted elsewhere
    if name != "uitnodigingen" and dict(counted) != {levering: rows for levering, rows, _ in found}:
        raise RuntimeError(f"{table.target} does not hold the rows that were counted as loaded")
    if total is not None and sum(int(one) for _, _, one in found) % 2**64 != total:
        raise RuntimeError(f"{table.target} does not hold the keys that were put there")


def _touched(connection: duckdb.DuckDBPyConnection, table: str, key: str, since: Since | None) -> str:
    """Which rows of a table to look at: of a large one those whose key came with these deliveries."""
    size = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if since is None or size is None or size[0] < LARGE:
        return ""
    first = key.split(",")[0]
    return f"SEMI JOIN (SELECT {first} FROM {table} WHERE levering IN ({_listed(since)})) USING ({first})"


def _listed(since: Since) -> str:
    return ", ".join(str(number) for number in since.deliveries) or "NULL"


def into_place(temporary: Path, target: Path) -> None:
    """Flush the finished file and rename it; a crash before leaves nothing, a crash after leaves it complete."""
    to_disk(temporary)
    temporary.replace(target)
    to_disk(target.parent)


@contextmanager
def flushing(path: Path) -> Iterator[None]:
    """Have what is written to a file go to the disk meanwhile, so that `into_place` waits for the last of it only."""
    done = threading.Event()

    def flush() -> None:
        while True:
            with suppress(OSError):  # not there yet, or the disk is full: `into_place` tells
                to_disk(path)
            if done.wait(_FLUSH):
                return

    thread = threading.Thread(target=flush, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk as it is now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
