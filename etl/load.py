"""Load: read → check → pseudonymise → cache → build → reconcile → publish, in that order of the data."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from data import VERSIE, referentie
from data.fouten import Gebruiksfout
from etl import layout
from etl.build import SCHEMA_VERSION, ContractTerm, Source, build
from etl.cache import Checked, checked
from etl.check import CHECK_VERSION
from etl.files import REPORT, Delivery, find, in_order, recognise
from etl.key_change import key_of
from etl.load_report import LoadReport, read_report
from etl.own_layout import Layouts, read_layouts
from etl.pseudonymise import Key, in_letters, throwaway_key
from etl.publish import verify
from etl.store import Snapshot, Store

BUILD_VERSION = 2
EXAMPLE_MARK = "VOORBEELD.txt"
Progress = Callable[[str, float], None]


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
    show = progress or _silent
    deliveries = find([Path(folder) for folder in folders])
    if not deliveries:
        raise Gebruiksfout("In deze map staan geen leveringen: wij zoeken bestanden die eindigen op .csv of .xlsx.")
    with store.lock(show):
        key = new_key or key_of(store)
        sources = _sources(deliveries, store.cache, key, show, own)
        if all(source.checked.reden for source in sources):
            raise Gebruiksfout(
                ["Er kon niets worden geladen."]
                + [f"{source.delivery.bestand}: {source.checked.melding}" for source in sources]
            )
        example = any((Path(folder) / EXAMPLE_MARK).exists() for folder in folders)
        id = _identity(sources, contracts, key, example=example)
        paths = {source.delivery.bestand: source.delivery.path for source in sources}
        target = store.path_of(id)
        used = [part.path.name for source in sources for part in source.checked.parts]
        known = store.intact(id)
        if not known:
            temporary = target.with_name(f".{id}.duckdb")
            try:
                with duckdb.connect(str(temporary)) as connection:
                    build(connection, sources, contracts, progress=show)
                    _sign(connection, id, key, example=example)
                    show("Controleren of alles klopt", 0.95)
                    verify(connection, _rows_read(sources))
                    connection.execute("CHECKPOINT")
                store.seal(id, temporary, used)
            finally:
                store.sweep()
        store.note(id, used)
        store.switch(id)
        store.clean()
        show("Klaar", 1.0)
        with Snapshot(id, target).connect() as connection:
            return read_report(connection, id, paths, own, nieuw=not known)


def check_files(paths: Sequence[Path], *, contracts: Sequence[ContractTerm], layouts: Path | None = None) -> LoadReport:
    """What a load would say of these files. Nothing is kept; persons are only checked when personen is among them."""
    own = read_layouts(layouts)
    deliveries = in_order(recognise(Path(path), Path(path).name) for path in paths)
    with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
        sources = _sources(deliveries, Path(folder), throwaway_key(), _silent, own)
        with_persons = any(part.tabel == "personen" for source in sources for part in source.checked.parts)
        with duckdb.connect(config={"temp_directory": folder}) as connection:
            build(connection, sources, contracts, check_persons=with_persons)
            verify(connection, _rows_read(sources), persons=with_persons)
            report = read_report(connection, None, {one.delivery.bestand: one.delivery.path for one in sources}, own)
            return report.alone(connection)


def _sources(deliveries: Sequence[Delivery], folder: Path, key: Key, show: Progress, layouts: Layouts) -> list[Source]:
    reference_hash = hashlib.sha256(referentie.gemeenten().write_csv().encode()).hexdigest()[:16]
    done: list[tuple[Delivery, Checked]] = []
    for number, delivery in enumerate(deliveries):
        show(f"Lezen en controleren: {delivery.bestand}", 0.5 * number / len(deliveries))
        own = layouts.of(delivery.path.name, recognised=delivery.soort is not None)
        done.append((delivery, checked(delivery, folder, key, reference_hash, own)))
    newest: dict[tuple[str | None, str | None], date] = {}
    for _, result in done:
        if result.soort == REPORT and not result.reden:
            place = (result.contract, result.kwartaal)
            assert result.datum is not None
            newest[place] = max(newest.get(place, result.datum), result.datum)
    sources = []
    for number, (delivery, result) in enumerate(done, start=1):
        report = result.soort == REPORT and not result.reden
        old = report and result.datum != newest[(result.contract, result.kwartaal)]
        stand = result.datum if report else delivery.stand
        named = Delivery(delivery.path, delivery.bestand, delivery.soort, stand)
        sources.append(Source(number, named, result, stand, old))
    return sources


def _rows_read(sources: Sequence[Source]) -> dict[int, int]:
    return {source.levering: sum(part.rijen for part in source.checked.parts) for source in sources}


def _identity(sources: Sequence[Source], contracts: Sequence[ContractTerm], key: Key, *, example: bool) -> str:
    """The hash of everything that the momentopname is made of, as twelve letters."""
    terms = [[one.contract, str(one.van), str(one.tot), one.ritme, one.termijn_dagen, one.rapporteert]
             for one in contracts]  # fmt: skip
    reference = {name: frame.write_csv() for name, frame in referentie.warehouse_frames().items()}
    facts = [
        sorted((one.delivery.bestand, one.checked.hash, one.checked.indeling_hash or "") for one in sources),
        sorted(terms), reference,
        layout.version(), CHECK_VERSION, SCHEMA_VERSION, BUILD_VERSION, key.fingerprint, example,
    ]  # fmt: skip
    return in_letters(hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:12])


def _sign(connection: duckdb.DuckDBPyConnection, id: str, key: Key, *, example: bool) -> None:
    connection.execute(
        "INSERT INTO momentopname SELECT ?, ?, ?, ?, ?, (SELECT max(d) FROM (SELECT max(datum) AS d FROM rapportages "
        "UNION ALL SELECT max(start) FROM leerroutes UNION ALL SELECT max(examendatum) FROM examens "
        "UNION ALL SELECT max(datum_pip) FROM trajecten UNION ALL SELECT max(last_day(maand)) FROM uren))",
        [id, VERSIE, SCHEMA_VERSION, key.fingerprint, example],
    )
