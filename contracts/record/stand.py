"""How far the record has come, noted beside it: a chain of hashes does not show that its last entries were taken away.

A small file in the work folder holds, per database, the number and hash of the last entry that was written from here.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

NAME = "logboek-stand.json"


def key_of(url: sa.URL) -> str:
    """One name per database, without its password; that of the work folder itself is the same wherever it lies."""
    if url.drivername.startswith("sqlite"):
        return f"sqlite:{Path(url.database or '').name}"
    return hashlib.sha256(str(url.set(password=None)).encode()).hexdigest()[:16]


def note(werkmap: Path, key: str, nummer: int, digest: str) -> None:
    """Remember the last entry; never an earlier one than is known. A folder that cannot be written costs no entry."""
    known = _read(werkmap)
    if nummer <= known.get(key, (0, ""))[0]:
        return
    with suppress(OSError):
        place = Path(werkmap) / NAME
        waiting = place.with_name(f".{NAME}-{nummer}")
        waiting.write_text(json.dumps({**known, key: [nummer, digest]}), encoding="utf-8")
        waiting.replace(place)


def last(werkmap: Path, key: str) -> tuple[int, str] | None:
    """(number, hash) of the last entry that is known to have been there."""
    return _read(werkmap).get(key)


def _read(werkmap: Path) -> dict[str, tuple[int, str]]:
    try:
        found = json.loads((Path(werkmap) / NAME).read_text(encoding="utf-8"))
        return {str(key): (int(number), str(digest)) for key, (number, digest) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
