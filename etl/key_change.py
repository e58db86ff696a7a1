"""The key of a work folder: which one counts, and changing it for another.

A change loads all deliveries again under the new key. Until that load is published the old key and the old momentopname
stay as they are; then the new key takes its place and the old one is set aside. A crash in between is
settled at the next load: the momentopname says which key it needs.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.fouten import Gebruiksfout
from etl.files import find
from etl.pseudonymise import KEY_VARIABLE, Key, given_key, key_file, key_in, new_key, read_key
from etl.store import Snapshot, Store


@dataclass(frozen=True)
class KeyInfo:
    """What may be known of the key: its fingerprint, where it lies, and whether the work folder belongs to it."""

    afdruk: str | None
    plaats: str
    werkmap_afdruk: str | None

    @property
    def past(self) -> bool:
        """Whether the next load would recognise the persons of this work folder."""
        return self.afdruk is not None and self.werkmap_afdruk in (None, self.afdruk)


def key_info(store: Store) -> KeyInfo:
    """The key in use and the key of the work folder; no key is made or moved."""
    key = given_key()
    place = f"de omgeving ({KEY_VARIABLE})" if os.environ.get(KEY_VARIABLE) else str(key_file())
    return KeyInfo(key.fingerprint if key else None, place, store.fingerprint())


def key_of(store: Store) -> Key:
    """The key for a load of this work folder; made when nothing was loaded yet. Raises Gebruiksfout for another key."""
    known = store.fingerprint()
    _settle(known)
    key = read_key(may_create=not store.ids())
    if known not in (None, key.fingerprint):
        raise Gebruiksfout(
            "Deze werkmap hoort bij een andere sleutel. Daarmee worden bekende personen niet herkend. Gebruik de "
            "sleutel waarmee de werkmap begon, of laad alles opnieuw onder deze sleutel: "
            "inburgering sleutel --wissel MAP"
        )
    return key


def change_key(folders: Sequence[Path], store: Store, load: Callable[[Key], object]) -> KeyInfo:
    """Load everything under a new key, then let it take the place of the old one. `load` loads `folders` under a key.

    The new key is the one in use when the work folder has another (or lost its own); else a new one is made. Raises
    Gebruiksfout when deliveries of the current momentopname are not in the folders: they would be lost.
    """
    _nothing_lost(folders, store)
    known = store.fingerprint()
    _settle(known)
    key = given_key()
    if key is not None and key.fingerprint == known:
        if os.environ.get(KEY_VARIABLE):
            raise Gebruiksfout(
                f"De sleutel staat in de omgeving. Zet daar eerst een nieuwe in {KEY_VARIABLE} (64 willekeurige "
                "cijfers en letters a-f) en geef deze opdracht dan opnieuw."
            )
        key = None
    made = key is None and not _waiting().exists()
    ready = key or new_key(_waiting())
    try:
        load(ready)
    except BaseException:
        if made and store.fingerprint() != ready.fingerprint:
            _waiting().unlink(missing_ok=True)
        raise
    if key is None:
        _take_place()
    with store.lock():
        for info in store.snapshots():
            if info.sleutelafdruk != ready.fingerprint and not info.huidig:
                store.remove(info.id)
        store.clean()
    return key_info(store)


def old_keys() -> list[Path]:
    """Keys that were set aside by a change; the user removes them when no work folder or backup needs them."""
    return sorted(key_file().parent.glob("sleutel.oud-*"))


def _waiting() -> Path:
    """Where a new key lies until the load under it is published."""
    return key_file().with_name("sleutel.nieuw")


def _settle(known: str | None) -> None:
    """A change that was cut off after its load was published is completed here."""
    ready = key_in(_waiting()) if _waiting().is_file() else None
    if ready is not None and ready.fingerprint == known:
        _take_place()


def _take_place() -> None:
    """The waiting key becomes the key. The old one is set aside by fingerprint: other work folders may need it."""
    old = key_in(key_file())
    if old is not None:
        aside = key_file().with_name(f"sleutel.oud-{old.fingerprint}")
        aside.unlink(missing_ok=True)
        aside.hardlink_to(key_file())
    _waiting().replace(key_file())


def _nothing_lost(folders: Sequence[Path], store: Store) -> None:
    id = store.current_id()
    if id is None or id not in store.ids():
        return
    try:
        with Snapshot(id, store.path_of(id)).open_any() as connection:
            before = connection.execute("SELECT bestand FROM leveringen WHERE status = 'geladen'").fetchall()
    except (Gebruiksfout, duckdb.Error):
        return  # a damaged one can't say what it was made of
    there = {delivery.bestand for delivery in find(list(folders))}
    lost = sorted(bestand for (bestand,) in before if bestand not in there)
    if lost:
        shown = ", ".join(lost[:5]) + (f" en nog {len(lost) - 5}" if len(lost) > 5 else "")
        raise Gebruiksfout(
            f"Niet alle leveringen van de huidige momentopname staan in deze map: {shown}. Wisselen laadt alles "
            "opnieuw; wat ontbreekt, zou weg zijn. Zet die bestanden erbij, of laad eerst zonder die bestanden."
        )
