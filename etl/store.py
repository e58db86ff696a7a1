"""The work folder: momentopnamen that never change, a pointer to the current one, and the cache of deliveries.

Beside the cache lies, per momentopname, a card with its checksum and the cache files it was built from. So damage is
seen before a load calls something known, and cache files that no kept momentopname uses can go.
"""

import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data import instellingen, schijf
from data.fouten import Gebruiksfout
from etl.build import SCHEMA_VERSION
from etl.intact import Seen, digest, stamp
from etl.publish import into_place

_FOLDER = "momentopnamen"
_ID = re.compile(r"[a-p]{12}")
_CARD = "momentopname-"
CACHE = "cache"
_PUBLICATIONS = "publicaties"
_STEP = 0.2
Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class SnapshotInfo:
    """One momentopname as the list shows it; `grootte` in bytes. A damaged one knows only its id, moment and size."""

    id: str
    gemaakt: datetime
    grootte: int
    huidig: bool
    leesbaar: bool = True
    leveringen: int | None = None
    programma: str | None = None
    voorbeeld: bool | None = None
    sleutelafdruk: str | None = None


@dataclass(frozen=True)
class Snapshot:
    """One momentopname: a DuckDB file that never changes."""

    id: str
    path: Path

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection that can only read: no other files, no network, no changed settings.

        Raises Gebruiksfout when the file is damaged, or of a program with another schema.
        """
        connection = self.open_any()
        try:
            found = connection.execute("SELECT schema_versie FROM momentopname").fetchone()
        except duckdb.Error:
            found = None
        if found is None:
            connection.close()
            raise schijf.beschadigd(self.id)
        if found[0] != SCHEMA_VERSION:
            connection.close()
            raise _other_schema(self.id, found[0])
        return connection

    def open_any(self) -> duckdb.DuckDBPyConnection:
        """A connection as `connect` gives, whatever the schema: to list, and to compare with a newer one."""
        locked: dict[str, str | bool | int | float | list[str]] = {
            "enable_external_access": "false",
            "lock_configuration": "true",
        }
        try:
            connection = duckdb.connect(str(self.path), read_only=True, config=locked)
            size = connection.execute("SELECT block_size * used_blocks FROM pragma_database_size()").fetchone()
        except duckdb.Error:
            raise schijf.beschadigd(self.id) from None
        if size is None or self._cut_off(size[0]):
            connection.close()
            raise schijf.beschadigd(self.id)
        return connection

    def _cut_off(self, used: int) -> bool:
        """Whether the end of the file is gone: what is read before that may still be right.

        DuckDB gives free room at the end back and goes on counting it: how many blocks there are says nothing, how many
        are used does, and the size on the card is exact.
        """
        size = self.path.stat().st_size
        published = self.path.stem == self.id  # what is made again has no card yet, only what it replaces has
        known = _read_card(self.path.parent.parent / CACHE, self.id) if published else None
        return size < used or (known is not None and known.get("grootte") != size)

    @property
    def publications(self) -> Path | None:
        """Where what was published of momentopnamen is kept, in files whose names begin with the id; None outside a
        work folder."""
        folder = self.path.parent
        return folder.parent / CACHE / _PUBLICATIONS if folder.name == _FOLDER else None

    def checksum(self) -> str:
        """SHA-256 of the file as it is now."""
        return digest(self.path)

    @property
    def info(self) -> dict[str, Any]:
        """What it says of itself: id, program, schema, fingerprint of the key, whether it is an example.

        Of every schema: what an older or newer program made can still be listed.
        """
        with self.open_any() as connection:
            try:
                cursor = connection.execute(
                    "SELECT *, (SELECT count(*) FROM leveringen) AS leveringen FROM momentopname"
                )
                names = [column[0] for column in cursor.description or []]
                row = cursor.fetchone()
            except duckdb.Error:
                row, names = None, []
        if row is None:
            raise schijf.beschadigd(self.id)
        return dict(zip(names, row, strict=True))


class Store:
    """A work folder. Nothing in it ever holds a BSN or the key."""

    def __init__(self, werkmap: Path) -> None:
        self.werkmap = Path(werkmap)
        self.folder = self.werkmap / _FOLDER
        self.cache = self.werkmap / CACHE
        self._pointer = self.werkmap / "huidig"

    def path_of(self, id: str) -> Path:
        """Where the momentopname with this id is or will be."""
        return self.folder / f"{id}.duckdb"

    def current(self) -> Snapshot | None:
        """The current momentopname, or None when nothing was loaded yet. Raises Gebruiksfout when it can't be found."""
        id = self.current_id()
        if id is None:
            return None
        if not _ID.fullmatch(id):
            raise Gebruiksfout(
                f"Het bestand '{self._pointer.name}' in de werkmap is beschadigd: daarin staat welke momentopname "
                "telt. Kies er een (inburgering momentopnamen, dan --zet ID) of laad opnieuw (inburgering laad MAP)."
            )
        if not self.path_of(id).is_file():
            raise Gebruiksfout(
                f"De momentopname {id} is er niet meer. Kies een andere (inburgering momentopnamen, dan --zet ID) "
                "of laad opnieuw (inburgering laad MAP)."
            )
        return Snapshot(id, self.path_of(id))

    def current_id(self) -> str | None:
        """What the pointer says, right or wrong; None without a pointer."""
        try:
            return self._pointer.read_bytes()[:100].decode("ascii", "replace").strip()
        except FileNotFoundError:
            return None
        except OSError:
            return ""

    def snapshots(self) -> list[SnapshotInfo]:
        """All momentopnamen, the newest first."""
        current = self.current_id()
        found = []
        for path in self._files():
            status = path.stat()
            made = datetime.fromtimestamp(status.st_mtime).astimezone()
            try:
                facts, readable = Snapshot(path.stem, path).info, True
            except Gebruiksfout:
                facts, readable = {}, False
            names = ("leveringen", "programma", "voorbeeld", "sleutelafdruk")
            said = {name: facts.get(name) for name in names}
            found.append(SnapshotInfo(path.stem, made, status.st_size, path.stem == current, readable, **said))
        return found

    def ids(self) -> list[str]:
        """The ids of all momentopnamen, the newest first."""
        return [path.stem for path in self._files()]

    def _files(self) -> list[Path]:
        found = [path for path in self.folder.glob("*.duckdb") if _ID.fullmatch(path.stem)]
        return sorted(found, key=lambda path: (path.stat().st_mtime, path.stem), reverse=True)

    def fingerprint(self) -> str | None:
        """The fingerprint of the key of this work folder: of the current momentopname, else of the newest readable."""
        current = self.current_id()
        for id in sorted(self.ids(), key=lambda id: id != current):
            if (known := (self.card(id) or {}).get("sleutelafdruk")) is not None:
                return known
            with suppress(Gebruiksfout):
                return Snapshot(id, self.path_of(id)).info["sleutelafdruk"]
        return None

    def switch(self, id: str) -> None:
        """Make a momentopname the current one."""
        if not _ID.fullmatch(id) or not self.path_of(id).is_file():
            known = ", ".join(self.ids()) or "er zijn er nog geen"
            raise Gebruiksfout(f"De momentopname {id} bestaat niet. Kies uit: {known}.")
        with schijf.begrepen(self.werkmap):
            temporary = self._pointer.with_name(f".huidig-{os.getpid()}")
            try:
                temporary.write_text(id + "\n", encoding="ascii")
                into_place(temporary, self._pointer)
            finally:
                temporary.unlink(missing_ok=True)

    def intact(self, id: str) -> bool:
        """Whether the momentopname is there and still what was published."""
        path = self.path_of(id)
        if not path.is_file():
            return False
        card = self.card(id)
        try:
            if card is not None:
                if "sha256" in card:  # of an earlier program
                    return path.stat().st_size == card["grootte"] and digest(path) == card["sha256"]
                return stamp(path) == [card["grootte"], card["xxh3"]]
            return Snapshot(id, path).info["id"] == id
        except (Gebruiksfout, OSError, KeyError):
            return False

    def card(self, id: str) -> dict[str, Any] | None:
        """The card of a momentopname: grootte, xxh3, gebruikt, gezien and sleutelafdruk; None when it is lost."""
        return _read_card(self.cache, id)

    def seen(self) -> Seen:
        """The deliveries of the current momentopname, to know them again without reading them."""
        return Seen((self.card(self.current_id() or "") or {}).get("gezien"))

    def seal(
        self, id: str, temporary: Path, used: Iterable[str], seen: Seen | None = None, key: str | None = None
    ) -> None:
        """Publish a finished file as this momentopname: its card first, then the file itself in one move.

        `key` is the fingerprint of the key that it was made with.
        """
        self._write_card(id, temporary, used, seen.facts if seen else {}, key)
        into_place(temporary, self.path_of(id))

    def note(self, id: str, used: Iterable[str], seen: Seen, key: str | None) -> None:
        """Say again which cache files a momentopname uses and what it is made of, when its card says otherwise."""
        card = self.card(id) or {}
        if card.get("gebruikt") != sorted(set(used)) or card.get("gezien") != seen.facts:
            self._write_card(id, self.path_of(id), used, seen.facts, key)

    def _write_card(self, id: str, file: Path, used: Iterable[str], seen: dict[str, str], key: str | None) -> None:
        size, checksum = stamp(file)
        facts = {
            "grootte": size, "xxh3": checksum, "gebruikt": sorted(set(used)), "gezien": seen,
            "sleutelafdruk": key,
        }  # fmt: skip
        card = self.cache / f"{_CARD}{id}.json"
        written = card.with_name(f".{card.name}")
        written.write_text(json.dumps(facts), encoding="utf-8")
        into_place(written, card)

    def clean(self, keep: int | None = None) -> list[str]:
        """Remove all but the newest `keep` (else the setting) and the current one, and the cache that then is unused.

        Gives the ids that went.
        """
        most = instellingen.lees(self.werkmap).bewaar.momentopnamen if keep is None else keep
        removed = []
        for id in self.ids()[max(most, 0) :]:
            if id != self.current_id():
                self.remove(id)
                removed.append(id)
        for path in self.unused_cache():
            path.unlink(missing_ok=True)
        return removed

    def remove(self, id: str) -> None:
        """Remove one momentopname, its card, what another engine took from it, and what was published of it."""
        shutil.rmtree(self.cache / "parquet" / id, ignore_errors=True)
        self.path_of(id).unlink(missing_ok=True)
        (self.cache / f"{_CARD}{id}.json").unlink(missing_ok=True)
        for path in (self.cache / _PUBLICATIONS).glob(f"{id}-*"):
            path.unlink(missing_ok=True)

    def unused_cache(self, without: Iterable[str] = ()) -> list[Path]:
        """Cache files that no momentopname uses, `without` counted as gone; none while the current has no card."""
        gone = set(without)
        kept = {path.stem for path in self.folder.glob("*.duckdb")} - gone
        current = self.current_id()
        if current not in kept or self.card(current or "") is None:
            return []
        used = {_stem(name) for id in kept for name in (self.card(id) or {}).get("gebruikt", ())}
        cards = {f"{_CARD}{id}.json" for id in kept | gone}
        published = [
            path for path in (self.cache / _PUBLICATIONS).glob("*") if path.name.partition("-")[0] not in kept | gone
        ]
        return sorted(
            path for path in (*self.cache.glob("[!.]*"), *published)
            if path.is_file() and path.name not in cards and _stem(path.name) not in used
        )  # fmt: skip

    @contextmanager
    def lock(self, tell: Tell = lambda step, part: None) -> Iterator[None]:
        """One writer at a time. A second one says who is busy, waits for as long as the setting says, then gives up.

        Within it, a full or closed disk is told as a Gebruiksfout.
        """
        instellingen.kies(self.werkmap)
        seconds = instellingen.limieten().wachten
        with schijf.begrepen(self.werkmap):
            self.folder.mkdir(parents=True, exist_ok=True)
            self.cache.mkdir(parents=True, exist_ok=True)
            with (self.werkmap / ".slot").open("a+", encoding="ascii") as handle:
                _acquire(handle, tell, seconds)
                with suppress(OSError):  # only for the one who waits
                    handle.truncate(0)
                    handle.write(f"{os.getpid()} {datetime.now().astimezone():%d-%m-%Y %H:%M:%S}")
                    handle.flush()
                try:
                    self.sweep()
                    yield
                finally:
                    with suppress(OSError):
                        handle.truncate(0)

    def sweep(self) -> None:
        """Remove what a load that was cut off left behind."""
        for leftover in (*self.folder.glob(".*"), *self.cache.glob(".*"), *self.werkmap.glob(".huidig-*")):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink(missing_ok=True)


def _read_card(cache: Path, id: str) -> dict[str, Any] | None:
    try:
        found = json.loads((cache / f"{_CARD}{id}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _acquire(handle: Any, tell: Tell, seconds: int) -> None:
    until = time.monotonic() + seconds
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            handle.seek(0)
            pid, _, since = handle.read(100).partition(" ")
            who = f"proces {pid}, sinds {since}" if since else "een ander proces"
        if time.monotonic() >= until:
            raise Gebruiksfout(
                f"Er wordt al geladen in deze werkmap ({who}). Wacht tot dat klaar is en probeer het opnieuw."
            )
        if not told:
            tell(f"Er wordt al geladen in deze werkmap ({who}); wij wachten hoogstens {seconds} seconden", 0.0)
            told = True
        time.sleep(min(_STEP, max(until - time.monotonic(), 0)))


def _stem(name: str) -> str:
    """All files of one delivery begin alike: <key>.json, <key>-0.parquet."""
    return re.split(r"[-.]", name, maxsplit=1)[0]


def _other_schema(id: str, found: int) -> Gebruiksfout:
    if found > SCHEMA_VERSION:
        return Gebruiksfout(
            f"De momentopname {id} is gemaakt met een nieuwer programma. Werk dit programma bij, of kies een oudere "
            "(inburgering momentopnamen)."
        )
    return Gebruiksfout(
        f"De momentopname {id} is gemaakt met een ouder programma en past niet meer. Laad uw leveringen opnieuw: "
        "inburgering laad MAP. Bestanden die al gelezen zijn, worden niet opnieuw gelezen; dat gaat dus snel."
    )
