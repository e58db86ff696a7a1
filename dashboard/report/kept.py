"""What the guard let through for one publication, kept in a file: the same report again need not be judged again.

A file holds only what may be published. Its name says of which momentopname it is, and everything that it depends on:
that file's checksum, the program, the questions, rights and threshold. A file that is damaged or changed is not used.
The hash shows damage; it does not stop who may write in the work folder: `rapport controleer` reads no such file.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy

import data
import etl
import metrics
from dashboard.report.plan import Asked

_FORM = 1
_MOST = 8
_LARGEST = 64 << 20


def file_for(snapshot: etl.Snapshot, voor: metrics.Bevoegdheid, asked: Sequence[Any]) -> Path | None:
    """Where the outcome of these questions would lie; None when it cannot be kept."""
    folder = snapshot.publications
    if folder is None:
        return None
    rights = [None if voor.gemeenten is None else sorted(voor.gemeenten), voor.exact]
    facts = [_FORM, snapshot.id, snapshot.checksum(), data.VERSIE, _program(), metrics.THRESHOLD, rights, asked]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=_text)
    return folder / f"{snapshot.id}-{hashlib.sha256(text.encode()).hexdigest()[:40]}.json"


def _text(value: Any) -> Any:
    return asdict(value) if isinstance(value, Asked) else value.isoformat()


@cache
def _program() -> str:
    """A hash of the code and definitions that figures, signals and the guard are made of, and of what they count with:
    during development the version stays the same while these change."""
    found = hashlib.sha256(f"{duckdb.__version__} {numpy.__version__}".encode())
    for folder in (Path(metrics.__file__).parent, Path(data.__file__).parent, Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".sql", ".csv", ".yaml", ".yml") and path.is_file():
                found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def read(file: Path | None) -> Any:
    """The content of a file that is whole and carries its own name; None otherwise."""
    if file is None:
        return None
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as handle:
            raw = handle.read(_LARGEST + 1)
        head, _, body = raw.partition(b"\n")
        if len(raw) > _LARGEST or json.loads(head) != _head(file, body):
            return None
        found = json.loads(body)
        os.utime(file)  # the last used stay longest
    except (OSError, ValueError, RecursionError):
        return None
    return found


def write(file: Path, plain: Any) -> None:
    """Keep it, readable by its owner alone; a disk that is full or closed is no reason to fail."""
    body = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    temporary = file.with_name(f".{file.stem}-{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(json.dumps(_head(file, body)).encode("utf-8") + b"\n" + body)
        temporary.replace(file)
        others = sorted(file.parent.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in others[_MOST:]:
            path.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _head(file: Path, body: bytes) -> dict[str, Any]:
    return {"naam": file.name, "sha256": hashlib.sha256(body).hexdigest(), "vorm": _FORM}
