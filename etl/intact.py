"""Whether a file on disk is still what was written: its size and a checksum."""

import hashlib
import zlib
from pathlib import Path

_AT_ONCE = 1 << 20


def stamp(path: Path) -> list[int]:
    """Size and CRC-32 of a cache file: enough against a crash or a bad disk, and quick."""
    checksum = size = 0
    with path.open("rb") as handle:
        while block := handle.read(_AT_ONCE):
            checksum, size = zlib.crc32(block, checksum), size + len(block)
    return [size, checksum]


def same(path: Path, expected: object) -> bool:
    """Whether the file is there and has this stamp."""
    try:
        return path.stat().st_size == expected[0] and stamp(path) == list(expected)  # type: ignore[index,call-overload]
    except (OSError, TypeError, IndexError, KeyError):
        return False


def digest(path: Path) -> str:
    """SHA-256 of a file: who a momentopname is, down to the last byte."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
