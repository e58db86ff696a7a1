"""Uploaded reports between checking and loading.

A report holds BSNs. It lies in a folder of its own that only this user can read, in the system's place for temporary
files and never in the work folder, and goes when it is loaded, when it is forgotten, after half an hour, or when the
program ends. Only "laden en bewaren" puts it in the folder of deliveries that the user configured.
"""

import atexit
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import etl
from dashboard.texts import mark, t
from data.fouten import Gebruiksfout

KEEP_SECONDS, KEEP_MOST = 30 * 60, 20
_LONGEST = 150  # a file system takes 255, and names get parts added
_NAME = re.compile(r"rapportage[_.-](?P<contract>.+?)[_.-](?P<kwartaal>\d{4}-K[1-4])([_.-].*)?\.xlsx", re.IGNORECASE)


@dataclass
class Upload:
    """One report: the file, what checking said of it, and, once it is loaded, what loading said."""

    path: Path
    checked: etl.LoadReport
    contract: str | None
    kwartaal: str | None
    eigenaar: str = field(default="", repr=False)
    made: float = field(default_factory=time.monotonic)
    loaded: etl.LoadReport | None = None
    folder: Path | None = None  # our own, for this report alone; nothing else is ever removed

    @property
    def report(self) -> etl.FileReport:
        """What is known last of this file."""
        if self.loaded is not None:
            mine = [one for one in self.loaded.bestanden if one.bestand == self.path.name]
            if mine:
                return mine[0]
        return self.checked.bestanden[0]


class Uploads:
    """The uploads of this process, by a name that cannot be guessed."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._known: dict[str, Upload] = {}
        self._lock = threading.Lock()
        atexit.register(self.clear)

    def add(
        self,
        name: str,
        content: bytes,
        terms: Sequence[etl.ContractTerm],
        eigenaar: str = "",
        layouts: Path | None = None,
    ) -> str:
        """Check somebody's report; gives the name it is kept under. Raises Gebruiksfout for what is no report."""
        name = re.sub(r"[^\w .()-]", "_", Path(name.replace("\\", "/")).name).strip()
        if len(name.encode()) > _LONGEST:
            raise Gebruiksfout(t("De naam van het bestand is te lang. Neem hooguit {n} tekens.", n=_LONGEST))
        if not name.lower().endswith(".xlsx") or not content:
            raise Gebruiksfout(mark("Kies een werkboek: een bestand dat eindigt op .xlsx."))
        with self._lock:
            self._forget_old()
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix=f"inburgering-upload-{os.getpid()}-"))  # mode 0700
            token = secrets.token_urlsafe(16)
            folder = self._folder / token
            folder.mkdir(mode=0o700)
        path = folder / name
        path.write_bytes(content)
        path.chmod(0o600)
        try:
            report = etl.check_files([path], contracts=terms, layouts=layouts)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        match = _NAME.fullmatch(name)
        known = {one.contract.lower(): one.contract for one in terms}
        contract = known.get(match["contract"].lower()) if match else None
        self._known[token] = Upload(path, report, contract, match["kwartaal"].upper() if match else None, eigenaar)
        self._known[token].folder = path.parent
        return token

    def get(self, token: str, eigenaar: str = "") -> Upload | None:
        """An upload that is still there, for who uploaded it: it holds BSNs."""
        with self._lock:
            self._forget_old()
            found = self._known.get(token)
            return found if found is not None and found.eigenaar == eigenaar else None

    @contextmanager
    def among(self, token: str, folder: Path) -> Iterator[Upload]:
        """Put a report among the deliveries, never in the place of another. When what is done then goes wrong, the
        report is taken away again and stays as it was uploaded; when it went well, only the deliveries have it."""
        upload = self._known[token]
        content = upload.path.read_bytes()
        target, number = folder / upload.path.name, 1
        while target.exists() and target.read_bytes() != content:
            number += 1
            target = folder / f"{upload.path.stem}_{number}.xlsx"
        ours = not target.exists()
        if ours:
            waiting = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
            waiting.write_bytes(content)
            waiting.replace(target)
        try:
            yield upload
        except BaseException:
            if ours:
                target.unlink(missing_ok=True)
            raise
        upload.path = target
        self._clean(upload)

    def forget(self, token: str) -> None:
        """Remove an upload that was not loaded."""
        with self._lock:
            self._drop(token)

    def clear(self) -> None:
        """Remove everything that was not loaded."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _forget_old(self) -> None:
        oldest_first = sorted(self._known, key=lambda token: self._known[token].made)
        for place, token in enumerate(oldest_first):
            too_many = len(oldest_first) - place > KEEP_MOST
            if too_many or time.monotonic() - self._known[token].made > KEEP_SECONDS:
                self._drop(token)

    def _drop(self, token: str) -> None:
        upload = self._known.pop(token, None)
        if upload is not None:
            self._clean(upload)

    @staticmethod
    def _clean(upload: Upload) -> None:
        """Remove the folder of one upload: that of the deliveries never is."""
        if upload.folder is not None:
            shutil.rmtree(upload.folder, ignore_errors=True)
            upload.folder = None
