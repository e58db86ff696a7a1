"""Uploads of a server that was killed: they hold BSNs, and nobody was left to remove them."""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from dashboard.operation import logs

_NAME = re.compile(r"inburgering-upload-(\d+)-\w+")


def sweep_uploads() -> int:
    """Remove what processes that are gone left behind; gives how many folders went. Only what is one's own."""
    gone = 0
    for folder in Path(tempfile.gettempdir()).glob("inburgering-upload-*"):
        match = _NAME.fullmatch(folder.name)
        with suppress(OSError):
            if match and folder.lstat().st_uid == os.getuid() and folder.is_dir() and not _alive(int(match[1])):
                shutil.rmtree(folder)
                gone += 1
    if gone:
        logs.tell("Rapportages van een eerder afgebroken dashboard zijn verwijderd.", "waarschuwing", aantal=gone)
    return gone


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
