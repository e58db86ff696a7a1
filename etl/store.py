"""The work folder: momentopnamen that never change, a pointer to the current one, and the cache of deliveries."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data.fouten import Gebruiksfout

KEEP = 12


@dataclass(frozen=True)
class SnapshotInfo:
    """One momentopname as the list shows it; `grootte` in bytes."""

    id: str
    gemaakt: datetime
    grootte: int
    huidig: bool


@dataclass(frozen=True)
class Snapshot:
    """One momentopname: a DuckDB file that never changes."""

    id: str
    path: Path

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection that can only read: no other files, no network, no changed settings."""
        locked: dict[str, str | bool | int | float | list[str]] = {
            "enable_external_access": "false",
            "lock_configuration": "true",
        }
        return duckdb.connect(str(self.path), read_only=True, config=locked)

    @property
    def info(self) -> dict[str, Any]:
        """What it says of itself: id, program, schema, fingerprint of the key, whether it is an example."""
        with self.connect() as connection:
            cursor = connection.execute("SELECT * FROM momentopname")
            names = [column[0] for column in cursor.description or []]
            row = cursor.fetchone() or ()
        return dict(zip(names, row, strict=True))


class Store:
    """A work folder. Nothing in it ever holds a BSN or the key."""

    def __init__(self, werkmap: Path) -> None:
        self.werkmap = Path(werkmap)
        self.folder = self.werkmap / "momentopnamen"
        self.cache = self.werkmap / "cache"
        self._pointer = self.werkmap / "huidig"

    def path_of(self, id: str) -> Path:
        """Where the momentopname with this id is or will be."""
        return self.folder / f"{id}.duckdb"

    def current(self) -> Snapshot | None:
        """The current momentopname, or None when nothing was loaded yet."""
        try:
            id = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        path = self.path_of(id)
        if not path.is_file():
            raise Gebruiksfout(
                f"De momentopname {id} is er niet meer. Kies een andere: inburgering momentopnamen, of laad opnieuw."
            )
        return Snapshot(id, path)

    def snapshots(self) -> list[SnapshotInfo]:
        """All momentopnamen, the newest first."""
        try:
            current = self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            current = ""
        found = [
            SnapshotInfo(
                path.stem, datetime.fromtimestamp(status.st_mtime).astimezone(), status.st_size, path.stem == current
            )
            for path in self.folder.glob("[!.]*.duckdb")
            for status in [path.stat()]
        ]
        return sorted(found, key=lambda info: (info.gemaakt, info.id), reverse=True)

    def switch(self, id: str) -> None:
        """Make an earlier momentopname the current one."""
        if not self.path_of(id).is_file():
            known = ", ".join(info.id for info in self.snapshots()) or "er zijn er nog geen"
            raise Gebruiksfout(f"De momentopname {id} bestaat niet. Kies uit: {known}.")
        temporary = self._pointer.with_name(f".huidig-{os.getpid()}")
        with temporary.open("w", encoding="ascii") as handle:
            handle.write(id + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(self._pointer)

    def clean(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` and the current one; gives the ids that went."""
        removed = []
        for info in self.snapshots()[max(keep, 0) :]:
            if not info.huidig:
                self.path_of(info.id).unlink(missing_ok=True)
                removed.append(info.id)
        return removed

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One load at a time; a second one is told so."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.cache.mkdir(parents=True, exist_ok=True)
        with (self.werkmap / ".slot").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Gebruiksfout("Er wordt al geladen in deze werkmap. Wacht tot dat klaar is.") from None
            for leftover in self.folder.glob(".*"):
                leftover.unlink(missing_ok=True)
            yield
