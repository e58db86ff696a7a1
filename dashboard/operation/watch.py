"""The momentopname that is shown: the current one when it is whole, else the newest that is, and that is told.

Its checksum is followed once for every file (again when its size or time changes, or after a fault while reading), so
that a page costs no reading of the whole file.
"""

import threading
import time
from pathlib import Path

import etl
from dashboard.operation import logs
from dashboard.texts import t
from data import schijf
from data.fouten import Gebruiksfout

_Mark = tuple[str, int, int]
_AGAIN = 30.0  # seconds before a file that was not right is read again: the fault may have been of the moment


class Watch:
    """Knows of one work folder which momentopname can be shown."""

    def __init__(self, store: etl.Store) -> None:
        self._store = store
        self._good: set[_Mark] = set()
        self._bad: dict[_Mark, tuple[float, Gebruiksfout]] = {}
        self._busy = threading.Lock()
        self._instead: tuple[str, str] | None = None

    def current(self) -> etl.Snapshot | None:
        """The current momentopname, or another in its place; None when nothing was loaded.

        Raises Gebruiksfout when none is whole.
        """
        id = self._store.current_id()
        if id is None:
            return None
        if self._whole(id):
            self._instead = None
            return etl.Snapshot(id, self._store.path_of(id))
        for other in self._store.ids():
            if other != id and self._whole(other):
                if self._instead != (id, other):
                    logs.tell("De huidige momentopname is beschadigd; een oudere wordt getoond.", "fout",
                              momentopname=id, getoond=other)  # fmt: skip
                self._instead = (id, other)
                return etl.Snapshot(other, self._store.path_of(other))
        found = self._store.current()  # raises when there is no file at all
        mark = _mark(self._store, id)
        if mark in self._bad:  # it may open, and show a wrong figure
            raise self._bad[mark][1]
        return found

    def doubt(self) -> None:
        """Something went wrong while reading: follow the checksums again."""
        with self._busy:
            self._good.clear()

    @property
    def told(self) -> str | None:
        """What a reader must know: that this is not the newest."""
        if self._instead is None:
            return None
        return t(
            "De nieuwste momentopname ({nieuw}) is beschadigd. U ziet de vorige ({vorig}). "
            "Vraag de beheerder om de leveringen opnieuw te laden; daarmee is zij hersteld.",
            nieuw=self._instead[0], vorig=self._instead[1],
        )  # fmt: skip

    def _whole(self, id: str) -> bool:
        mark = _mark(self._store, id)
        if mark is None:
            return False
        if mark in self._good:
            return True
        with self._busy:
            since, _ = self._bad.get(mark, (-_AGAIN, None))
            if mark in self._good or time.monotonic() - since < _AGAIN:
                return mark in self._good
            fault = _fault(self._store, id)
            if fault is None:
                self._good.add(mark)
                self._bad.pop(mark, None)
            else:
                self._bad[mark] = (time.monotonic(), fault)
        return fault is None


def _mark(store: etl.Store, id: str) -> _Mark | None:
    try:
        status = Path(store.path_of(id)).stat()
    except (OSError, ValueError):
        return None
    return id, status.st_size, status.st_mtime_ns


def _fault(store: etl.Store, id: str) -> Gebruiksfout | None:
    """Why a momentopname can't be shown: damaged, or of a program that reads otherwise."""
    if not store.intact(id):
        return schijf.beschadigd(id)
    try:
        etl.Snapshot(id, store.path_of(id)).connect().close()
    except Gebruiksfout as fault:
        return fault
    return None


_known: dict[Path, Watch] = {}


def of(store: etl.Store) -> Watch:
    """The one watch of a work folder in this process."""
    return _known.setdefault(store.werkmap.absolute(), Watch(store))
