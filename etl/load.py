"""Load: read → check → pseudonymise → cache → build → reconcile → publish, in that order of the data."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data import VERSIE, referentie
from data.fouten import Gebruiksfout
from etl import layout
from etl.build import SCHEMA_VERSION, ContractTerm, build, changes, update
from etl.check import CHECK_VERSION
from etl.files import find, in_order, recognise
from etl.gather import Source
from etl.key_change import key_of
from etl.load_report import LoadReport, read_report
from etl.own_layout import Layouts, read_layouts
from etl.pseudonymise import Key, in_letters, throwaway_key
from etl.publish import Since, flushing, verify
from etl.reading import Feed, Progress, Reading, Ready
from etl.store import Snapshot, Store

BUILD_VERSION = 4
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "2GB",  # more is put aside beside the file
    "preserve_insertion_order": False,  # a large table has no order, a small one gets one; keeping it takes more work
}
_NOT_YET: dict[str, str | bool | int | float | list[str]] = {
    "fsync_mode": "NONE",  # what is cut off is thrown away; `Store.seal` waits for the disk before it counts
}
EXAMPLE_MARK = "VOORBEELD.txt"


@dataclass(frozen=True)
class _Base:
    """What a momentopname rests on beside its deliveries."""

    contracts: Sequence[ContractTerm]
    key: Key
    basis: str
    example: bool


@dataclass(frozen=True)
class _Made:
    """How a momentopname was made: what was done to a copy, or per table the sum of its keys when built anew."""

    since: Since | None = None
    sums: Mapping[str, int] = field(default_factory=dict)


def _silent(step: str, part: float) -> None:
    del step, part


def load(
    folders: Sequence[Path],
    *,
    store: Store,
    contracts: Sequence[ContractTerm],
    layouts: Path | None = None,
    progress: Progress | None = None,
    new_key: Key | None = None,
) -> LoadReport:
    """Make the momentopname of these folders and publish it. The same sources give the same momentopname.

    `new_key` takes the place of the key that the work folder has (`etl.key_change`).

    Raises Gebruiksfout when nothing could be loaded, or when the key is missing or another; then all stays as it was.
    """
    own = read_layouts(layouts)
    show = _rising(progress or _silent)
    deliveries = find([Path(folder) for folder in folders])
    if not deliveries:
        raise Gebruiksfout("In deze map staan geen leveringen: wij zoeken bestanden die eindigen op .csv of .xlsx.")
    example = any((Path(folder) / EXAMPLE_MARK).exists() for folder in folders)
    with store.lock(show):
        key = new_key or key_of(store)
        base = _Base(contracts, key, _basis(contracts, key), example)
        seen, temporary = store.seen(), store.folder / ".nieuw.duckdb"
        try:
            with Reading(deliveries, store.cache, key, own, show, seen) as reading:
                start = _start(store)
                made = None
                if start is None:  # there is nothing to compare with: build while the deliveries are being read
                    made = _make(temporary, None, reading, base, show, store)
                sources = reading.all()
            _refuse_nothing(sources)
            id = _identity(sources, base)
            paths = {source.delivery.bestand: source.delivery.path for source in sources}
            used = [path.name for source in sources for part in source.checked.parts for path in part.files]
            report = None
            known = store.intact(id)
            if not known:
                for begin in dict.fromkeys((start, None)):
                    made = made or _make(temporary, begin, Ready(sources), base, show, store)
                    show("Controleren of alles klopt", 0.95)
                    report = _report_of(Snapshot(id, temporary), sources, made, paths, own)
                    if report is not None:
                        break
                    temporary.unlink()  # an update that went wrong must not stop a load: build anew
                    made = None
                store.seal(id, temporary, used, seen, key.fingerprint)
        finally:
            store.sweep()
        store.note(id, used, seen, key.fingerprint)
        store.switch(id)
        store.clean()
        show("Klaar", 1.0)
        if report is not None:
            return report
        with Snapshot(id, store.path_of(id)).connect() as connection:
            return read_report(connection, id, paths, own, nieuw=not known)


def _rising(show: Progress) -> Progress:
    """Progress that never goes back: while one table is built, the files of the next are read."""
    highest = 0.0

    def tell(step: str, part: float) -> None:
        nonlocal highest
        highest = max(highest, part)
        show(step, highest)

    return tell


def _start(store: Store) -> Snapshot | None:
    """The momentopname that a build may start from: the current one."""
    id = store.current_id()
    return Snapshot(id, store.path_of(id)) if id is not None and id in store.ids() else None


def _refuse_nothing(sources: Sequence[Source]) -> None:
    """Raise Gebruiksfout when every file was refused."""
    if all(source.checked.reden for source in sources):
        raise Gebruiksfout(
            ["Er kon niets worden geladen."]
            + [f"{source.delivery.bestand}: {source.checked.melding}" for source in sources]
        )


def _report_of(
    snapshot: Snapshot, sources: Sequence[Source], made: _Made, paths: dict[str, Path], own: Layouts
) -> LoadReport | None:
    """The report of a momentopname that, opened as everyone will open it, is what it must be.

    None when an update is not; what was built anew must be, or this raises.
    """
    try:
        with snapshot.connect() as connection:
            verify(connection, _rows_read(sources), made.since, sums=made.sums)
            return read_report(connection, snapshot.id, paths, own)
    except (RuntimeError, Gebruiksfout, duckdb.Error):
        if made.since is None:
            raise
        return None


def _make(path: Path, current: Snapshot | None, feed: Feed, base: _Base, show: Progress, store: Store) -> _Made:
    """Build the warehouse at `path`: from a copy of the current one when that rests on the same, else from nothing.

    Nobody writes to what is copied (it never changes, and its checksum is compared meanwhile), so the copy is whole.
    """
    change, made = None, _Made()
    if current is not None:
        with ThreadPoolExecutor(1) as pool:
            whole = pool.submit(store.intact, current.id)
            # of another schema, or damaged: from nothing
            with suppress(Gebruiksfout, duckdb.Error), current.connect() as connection:
                change = changes(connection, feed.all(), base.basis)
            if change is not None:
                shutil.copyfile(current.path, path)
            if not whole.result():
                path.unlink(missing_ok=True)
                change = None
    with flushing(path), duckdb.connect(str(path), config=SETTINGS | _NOT_YET) as connection:
        if change is not None:
            touched = update(connection, feed.all(), base.contracts, change, progress=show)
            made = _Made(Since(tuple(change.numbers), frozenset(touched)))
        else:
            made = _Made(sums=build(connection, feed, base.contracts, basis=base.basis, progress=show))
        _sign(connection, _identity(feed.all(), base), base)
        connection.execute("CHECKPOINT")
    return made


def check_files(paths: Sequence[Path], *, contracts: Sequence[ContractTerm], layouts: Path | None = None) -> LoadReport:
    """What a load would say of these files. Nothing is kept; persons are only checked when personen is among them."""
    own = read_layouts(layouts)
    deliveries = in_order(recognise(Path(path), Path(path).name) for path in paths)
    with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
        with Reading(deliveries, Path(folder), throwaway_key(), own, _silent) as reading:
            sources = reading.all()
        with_persons = any(part.tabel == "personen" for source in sources for part in source.checked.parts)
        with duckdb.connect(config={**SETTINGS, "temp_directory": folder}) as connection:
            build(connection, Ready(sources), contracts, basis="", check_persons=with_persons)
            verify(connection, _rows_read(sources), persons=with_persons)
            report = read_report(connection, None, {one.delivery.bestand: one.delivery.path for one in sources}, own)
            return report.alone(connection)


def _rows_read(sources: Sequence[Source]) -> dict[int, int]:
    return {source.levering: sum(part.rijen for part in source.checked.parts) for source in sources}


def _basis(contracts: Sequence[ContractTerm], key: Key) -> str:
    """What a momentopname rests on beside its deliveries: agreements, reference data, program and key.

    The version of DuckDB too: hashes of keys are kept for the next load, and another version may hash otherwise.
    """
    terms = [[one.contract, str(one.van), str(one.tot), one.ritme, one.termijn_dagen, one.rapporteert]
             for one in contracts]  # fmt: skip
    reference = {name: frame.write_csv() for name, frame in referentie.warehouse_frames().items()}
    facts = [
        sorted(terms), reference, layout.version(), CHECK_VERSION, SCHEMA_VERSION, BUILD_VERSION, key.fingerprint,
        duckdb.__version__,
    ]  # fmt: skip
    return in_letters(hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32])


def _identity(sources: Sequence[Source], base: _Base) -> str:
    """The hash of everything that the momentopname is made of, as twelve letters."""
    files = sorted((one.delivery.bestand, one.checked.hash, one.checked.indeling_hash or "") for one in sources)
    return in_letters(hashlib.sha256(json.dumps([files, base.basis, base.example]).encode()).hexdigest()[:12])


def _sign(connection: duckdb.DuckDBPyConnection, id: str, base: _Base) -> None:
    connection.execute(
        "DELETE FROM momentopname; INSERT INTO momentopname SELECT ?, ?, ?, ?, ?, (SELECT max(d) FROM ("
        "SELECT max(datum) AS d FROM rapportages "
        "UNION ALL SELECT max(start) FROM leerroutes UNION ALL SELECT max(examendatum) FROM examens "
        "UNION ALL SELECT max(datum_pip) FROM trajecten UNION ALL SELECT last_day(max(maand)) FROM uren))",
        [id, VERSIE, SCHEMA_VERSION, base.key.fingerprint, base.example],
    )
