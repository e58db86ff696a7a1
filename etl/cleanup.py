"""What may go from a work folder: too many or too old momentopnamen, reports and logs too old, cache that is unused.

Never the current momentopname, and never what people wrote (agreements, layouts, settings, the record of talks).
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from data import instellingen
from data.vandaag import vandaag
from etl.store import Store

FAULT_LOG = "fout.log"
REPORTS = "rapporten"


@dataclass(frozen=True)
class Removal:
    """One thing that may go: what it is, its size in bytes, why, and where it lies."""

    soort: str
    naam: str
    grootte: int
    reden: str
    pad: Path


def plan(store: Store) -> list[Removal]:
    """What `carry_out` would remove; nothing is touched."""
    keep = instellingen.lees(store.werkmap).bewaar
    oldest = _months_before(vandaag(), keep.maanden)
    own_key = store.fingerprint()
    found: list[Removal] = []
    for place, info in enumerate(store.snapshots()):
        if info.huidig:
            continue
        reason = (
            f"meer dan {keep.momentopnamen} momentopnamen" if place >= keep.momentopnamen
            else f"ouder dan {keep.maanden} maanden" if info.gemaakt.date() < oldest
            else "hoort bij een andere sleutel" if info.sleutelafdruk not in (None, own_key)
            else ""
        )  # fmt: skip
        if reason:
            found.append(Removal("momentopname", info.id, info.grootte, reason, store.path_of(info.id)))
    unused = store.unused_cache(removal.naam for removal in found)
    if unused:
        size = sum(path.stat().st_size for path in unused)
        found.append(Removal("cache", f"{len(unused)} bestanden", size, "geen momentopname gebruikt ze", store.cache))
    for folder in sorted((store.werkmap / REPORTS).glob("*")):
        if _made(folder) < oldest:
            size = sum(path.stat().st_size for path in (folder.rglob("*") if folder.is_dir() else [folder]))
            found.append(Removal("rapport", folder.name, size, f"ouder dan {keep.maanden} maanden", folder))
    log = store.werkmap / FAULT_LOG
    if log.is_file() and (vandaag() - _made(log)).days > keep.logboek_dagen:
        reason = f"ouder dan {keep.logboek_dagen} dagen"
        found.append(Removal("foutenlogboek", log.name, log.stat().st_size, reason, log))
    return found


def carry_out(store: Store) -> list[Removal]:
    """Remove what may go, as one writer at a time; gives what went."""
    if not store.werkmap.is_dir():
        return []
    with store.lock():
        found = plan(store)
        unused = store.unused_cache(one.naam for one in found if one.soort == "momentopname")
        for removal in found:
            if removal.soort == "momentopname":
                store.remove(removal.naam)
            elif removal.soort == "cache":
                _unlink(unused)
            elif removal.pad.is_dir():
                shutil.rmtree(removal.pad)
            else:
                removal.pad.unlink(missing_ok=True)
    return found


def too_old(store: Store) -> bool:
    """Whether the current momentopname itself is past the term: only a new load or an empty work folder helps."""
    keep = instellingen.lees(store.werkmap).bewaar
    oldest = _months_before(vandaag(), keep.maanden)
    return any(info.huidig and info.gemaakt.date() < oldest for info in store.snapshots())


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _made(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()


def _months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))
