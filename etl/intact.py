"""Whether a file on disk is still what was written or read: by size and checksum, or by what the disk says of it."""

import hashlib
import os
import time
import zlib
from pathlib import Path

import xxhash

_AT_ONCE = 1 << 20
SETTLED = 2_000_000_000  # nanoseconds: a file that changed later than this before it was read may change unseen again
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def stamp(path: Path) -> list[int | str]:
    """Size and XXH3 of a cache file: enough against a crash or a bad disk, and quick."""
    found = xxhash.xxh3_64()
    size = 0
    with path.open("rb") as handle:
        while block := handle.read(_AT_ONCE):
            found.update(block)
            size += len(block)
    return [size, found.hexdigest().translate(_LETTERS)]


def same(path: Path, expected: object) -> bool:
    """Whether the file is there and has this stamp, or the one of an earlier program: with a CRC-32."""
    try:
        size, checksum = expected  # type: ignore[misc]
        if path.stat().st_size != size:
            return False
        return _crc(path) == checksum if isinstance(checksum, int) else stamp(path)[1] == checksum
    except (OSError, TypeError, ValueError):
        return False


def _crc(path: Path) -> int:
    found = 0
    with path.open("rb") as handle:
        while block := handle.read(_AT_ONCE):
            found = zlib.crc32(block, found)
    return found


def digest(path: Path) -> str:
    """SHA-256 of a file: who a momentopname is, down to the last byte."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Seen:
    """Files whose bytes were hashed before, known again by what the file system says of them: nothing of it changed.

    The moment of the last change of a file's inode can't be set by anyone, so another content shows. Only a file that
    was left alone for a while before it was hashed is known again: the clock of a disk has steps. No name is kept,
    and no number that could look like a BSN: only hashes, in letters.
    """

    def __init__(self, facts: object = None) -> None:
        known = facts if isinstance(facts, dict) else {}
        self._known = {str(mark): str(found) for mark, found in known.items()}
        self.facts: dict[str, str] = {}

    def hash_of(self, status: os.stat_result) -> str | None:
        """The hash of this file's bytes, when it is known."""
        mark = _mark(status)
        found = self._known.get(mark)
        if found is not None:
            self.facts[mark] = found
        return found

    def note(self, before: os.stat_result, after: os.stat_result, found: str) -> None:
        """Keep the hash of a file that has these facts before and after its bytes were hashed."""
        settled = time.time_ns() - max(before.st_mtime_ns, before.st_ctime_ns) > SETTLED
        if settled and _mark(before) == _mark(after):
            self.facts[_mark(before)] = found


def _mark(status: os.stat_result) -> str:
    facts = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return xxhash.xxh3_128(repr(facts).encode()).hexdigest().translate(_LETTERS)
