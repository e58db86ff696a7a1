"""Safe: files of strangers are opened here, with a bound on memory and time, and nothing in them is ever executed.

A CSV is looked over before it is split. A workbook is looked over as an archive, then unpacked in another process
(`etl.workbook_child`) that may take only so much memory and time: a cell far away, a text that a million cells repeat,
a size that the archive lies about, all end there. Of a formula the value counts that was kept when the file was saved;
macros, external links and pictures are not looked at. The limits are settings (`data.instellingen`).
"""

import atexit
import contextlib
import csv
import io
import itertools
import os
import pickle
import re
import stat
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from data import instellingen
from etl import codes
from etl.codes import FileRefused
from etl.error_cells import error_cells
from etl.mask import mask

MB = 1_000_000
_CHILD = Path(__file__).with_name("workbook_child.py")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SMALL_PART = 1 * MB  # a part this small may be packed as tightly as it likes
_SECONDS_TO_END = 5
_AT_ONCE = 8 * MB
_SENTINEL = "einde"


class _Bounded(io.RawIOBase):
    """A file that gives no more than `most` bytes and tells a fault of the disk as a refusal of this file alone."""

    def __init__(self, descriptor: int, most: int) -> None:
        self._file = io.FileIO(descriptor)
        self._most = most

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def readinto(self, buffer: Any, /) -> int:
        try:
            size = self._file.readinto(buffer)
            place = self._file.tell()
        except OSError:
            raise _refused("Het bestand is niet te lezen. Mag u het lezen, en is de schijf in orde?") from None
        if place > self._most:
            raise _too_large(self._most)
        return size or 0

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


def open_file(path: Path, *, whole: bool = False) -> BinaryIO:
    """A delivery, open to read. Raises `FileRefused`, here or in reading, for what is no file, closed, or too large.

    `whole`: it will be in memory as a whole, as a workbook is; a CSV that is read in pieces may be larger.
    """
    limits = instellingen.limieten()
    most = (limits.werkboek_mb if whole or path.suffix.lower() != ".csv" else limits.bestand_mb) * MB
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise _refused("Het bestand is niet te openen. Bestaat het nog, en mag u het lezen?") from None
    handle = io.BufferedReader(_Bounded(descriptor, most))
    status = os.fstat(descriptor)
    refused = None
    if not stat.S_ISREG(status.st_mode):
        refused = _refused("Dit is geen gewoon bestand. Zet een kopie van het bestand zelf in de map.")
    elif status.st_size > most:
        refused = _too_large(most)
    if refused is not None:
        handle.close()
        raise refused
    return handle


def read_file(handle: BinaryIO) -> bytes:
    """All bytes of an open delivery."""
    size = handle.seek(0, os.SEEK_END)
    handle.seek(0)
    blocks = [handle.read(size + 1)]
    while blocks[-1]:
        blocks.append(handle.read(_AT_ONCE))
    return blocks[0] if len(blocks) == 2 else b"".join(blocks)


class CsvCheck:
    """Looks a CSV over before it is split into fields, block by block; `finish` says what can't be a CSV of ours."""

    def __init__(self) -> None:
        self._limits = instellingen.limieten()
        self._begin = b""
        self._nul = self._long = self._past_header = False
        self._filled, self._ended = 0, False
        self._separators = dict.fromkeys((b";", b",", b"\t"), 0)
        self.quotes = 0

    def feed(self, block: bytes) -> None:
        """The next bytes of the file."""
        self._begin += block[: 200 - len(self._begin)]
        self._nul = self._nul or b"\0" in block
        if b'"' in block:  # looking for one is quicker than counting none
            self.quotes += block.count(b'"')
        if not self._past_header:
            end = block.find(b"\n")
            first = block if end < 0 else block[:end]
            self._past_header = end >= 0
            for separator in self._separators:
                self._separators[separator] += first.count(separator)
        # a stretch of `most` bytes without a line end, found by looking back from its end: that takes no time
        most, at = self._limits.regel_mb * MB, 0
        while at < len(block):
            if self._filled == most:
                self._long = self._long or not self._ended
                self._filled, self._ended = 0, False
            to = min(at + most - self._filled, len(block))
            if not self._ended:
                self._ended = block.rfind(b"\n", at, to) >= 0 or block.rfind(b"\r", at, to) >= 0
            self._filled += to - at
            at = to

    def finish(self) -> None:
        """Raise `FileRefused` when the file can't be read as a CSV."""
        if self._begin.startswith(_WIDE):
            raise _refused("Dit bestand is bewaard als Unicode (UTF-16). Bewaar het als CSV UTF-8.")
        if self._nul:
            raise _refused("Dit is geen CSV-bestand, ook al eindigt de naam op .csv.")
        if re.match(rb"\s*<(!doctype|html|\?xml)", self._begin.lstrip(b"\xef\xbb\xbf"), re.IGNORECASE):
            raise _refused("Dit is een webpagina of XML, geen CSV. Sla het bestand op als CSV.")
        if self._long:
            raise _refused(
                f"Een regel is langer dan {self._limits.regel_mb} MB. "
                "Ontbreekt er een aanhalingsteken, of een regeleinde?"
            )
        check_width(max(self._separators.values()) + 1)


def check_width(columns: int) -> None:
    """Raise `FileRefused` when a CSV has more columns than the limit."""
    most = instellingen.limieten().kolommen
    if columns > most:
        raise _refused(f"Dit bestand heeft meer dan {most} kolommen. Laat alleen de kolommen staan die tellen.")


def check_quotes(lines: Iterable[str], separator: str) -> None:
    """Raise `FileRefused` when a field in quotation marks never ends: it would swallow all rows after it, unseen."""
    reader = csv.reader(itertools.chain(lines, ("\n", _SENTINEL)), delimiter=separator)
    row: list[str] = []
    begin = first = 1
    try:
        while True:
            begin = reader.line_num + 1
            if (following := next(reader, None)) is None:
                break
            row, first = following, begin
    except csv.Error:
        row, first = [], begin
    if row != [_SENTINEL]:
        raise _refused(
            f"In de rij vanaf regel {first} begint een veld met een aanhalingsteken dat nergens sluit; de rijen daarna "
            "zijn niet te scheiden. Zet het sluitende aanhalingsteken erbij."
        )


class Workbook:
    """A workbook that the other process holds open. `sheet_names` in their own order."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.sheet_names: list[str] = _READER.open(self)

    def rows(self, sheet: str) -> list[list[object]]:
        """The cells of a sheet with their own types; the first row is row 1, rows are equally long."""
        return list(_READER.rows(self, sheet))

    @property
    def content(self) -> bytes:
        """The bytes it was opened from."""
        return self._content


def open_workbook(content: bytes) -> Workbook:
    """A workbook of which the sheets can be read. Raises `FileRefused`."""
    check_workbook(content)
    book = Workbook(content)
    if not book.sheet_names:
        raise _refused("In dit werkboek staan geen bladen.")
    return book


def sheet_rows(book: Workbook, sheet: str) -> list[list[object]]:
    """The cells of a sheet; the first row is row 1. Raises `FileRefused` when it is damaged or too large."""
    rows = book.rows(sheet)
    for row, column, text in error_cells(book.content, sheet):
        # an error is no empty cell; but a row with nothing but errors (a formula pulled down) says nothing
        if row < len(rows) and column < len(rows[row]) and any(cell not in ("", None) for cell in rows[row]):
            rows[row][column] = text
    return rows


def check_workbook(content: bytes) -> None:
    """Raise `FileRefused` for what is no XLSX, is locked, or would unpack to more than the limits allow."""
    limits = instellingen.limieten()
    if content.startswith(_OLE):
        raise _refused(
            "Dit werkboek is beveiligd met een wachtwoord, of een oud Excel-bestand (.xls). "
            "Haal het wachtwoord eraf en bewaar het als .xlsx."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception:  # zipfile raises a dozen kinds for archives that are not right
        raise _unreadable() from None
    if len(entries) > limits.delen:
        raise _refused(f"Dit werkboek bestaat uit meer dan {limits.delen} delen en wordt niet uitgepakt.")
    if len({entry.filename for entry in entries}) < len(entries):
        raise _unreadable()
    left = limits.uitgepakt_mb * MB
    for entry in entries:
        if entry.flag_bits & 1:
            raise _unreadable()
        left -= _true_size(content, entry, limits, left)


def _true_size(content: bytes, entry: zipfile.ZipInfo, limits: instellingen.Limiet, left: int) -> int:
    """How large a part really is: unpacked here and counted, because an archive can lie about it."""
    packed = _packed(content, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        size = len(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size, unpacker, rest = 0, zlib.decompressobj(-15), bytes(packed)
        try:
            while rest and not unpacker.eof:
                size += len(unpacker.decompress(rest, MB))
                rest = unpacker.unconsumed_tail
                if size > left:
                    break
                if size > max(_SMALL_PART, limits.verhouding * len(packed)):
                    raise _refused("Dit werkboek is verdacht klein verpakt en wordt niet uitgepakt.")
        except zlib.error:
            raise _unreadable() from None
    else:
        raise _unreadable()
    if size > left:
        raise _refused(f"Dit werkboek is uitgepakt groter dan {limits.uitgepakt_mb} MB. Splits het per kwartaal.")
    return size


def _packed(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    head = content[entry.header_offset : entry.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise _unreadable()
    name, extra = struct.unpack("<HH", head[26:30])
    start = entry.header_offset + 30 + name + extra
    return memoryview(content)[start : start + entry.compress_size]


class _Plain(pickle.Unpickler):
    """Reads plain values and dates only: the other process has had a stranger's file in its hands."""

    _ALLOWED = {("datetime", one.__name__): one for one in (date, datetime, time, timedelta)}  # noqa: RUF012

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self._ALLOWED[(module, name)]
        except KeyError:
            raise pickle.UnpicklingError("not plain") from None


class _Reader:
    """The other process: started at the first workbook, used for all, ended when a workbook is too much for it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._settings: tuple[int, ...] = ()
        self._book: Workbook | None = None
        self._lock = threading.RLock()

    def open(self, book: Workbook) -> list[str]:
        """Hand over a workbook; gives the names of its sheets."""
        with self._lock:
            self._book = None
            for _, names in self._ask(("open", book.content), _unreadable()):
                self._book = book
                return [str(name) for name in names]
        raise _unreadable()

    def rows(self, book: Workbook, sheet: str) -> Iterator[list[object]]:
        """The rows of a sheet."""
        damaged = _refused(f"Het blad {mask(sheet)} is beschadigd en niet te lezen.")
        with self._lock:
            if self._book is not book:
                self.open(book)
            for kind, value in self._ask(("rows", sheet), damaged):
                if kind == "part":
                    yield from value

    def _ask(self, question: tuple[str, Any], damaged: FileRefused) -> Iterator[tuple[str, Any]]:
        """Ask, and yield what comes back until it is complete."""
        limits = instellingen.limieten()
        late = threading.Event()
        process = self._started(limits)
        assert process.stdin is not None
        assert process.stdout is not None

        def end() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(limits.seconden, end)
        watch.daemon = True
        watch.start()
        complete = False
        try:
            content = pickle.dumps(question, protocol=5)
            process.stdin.write(len(content).to_bytes(8, "big"))
            process.stdin.write(content)
            process.stdin.flush()
            del content
            while True:
                size = int.from_bytes(_exactly(process.stdout, 8), "big")
                kind, value = _Plain(io.BytesIO(_exactly(process.stdout, size))).load()
                if kind in ("ok", "part"):
                    complete = kind == "ok"
                    yield kind, value
                    if complete:
                        return
                    continue
                complete = kind != "geheugen"
                raise _told(kind, value, question, limits) or damaged
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            # it is dead: too late, or out of memory in a place where that can only end a process
            raise (_too_slow(limits) if late.is_set() else _too_much(limits)) from None
        finally:
            watch.cancel()
            if not complete:
                self.close()

    def _started(self, limits: instellingen.Limiet) -> subprocess.Popen[bytes]:
        settings = (limits.geheugen_mb * MB, limits.kolommen, limits.cellen, limits.tekens)
        if self._process is not None and (self._process.poll() is not None or settings != self._settings):
            self.close()
        if self._process is None:
            self._settings = settings
            self._process = subprocess.Popen(  # no key and no setting goes along; Ctrl+C is for us alone
                [sys.executable, "-I", str(_CHILD), *(str(number) for number in settings)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
                start_new_session=True,
            )  # fmt: skip
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process, self._book = self._process, None, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait(_SECONDS_TO_END)


def _exactly(stream: Any, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _told(kind: str, value: Any, question: tuple[str, Any], limits: instellingen.Limiet) -> FileRefused | None:
    sheet = mask(str(question[1])) if question[0] == "rows" else ""
    if kind == "kolommen":
        return _refused(
            f"Het blad {sheet} heeft {value} kolommen; hoogstens {limits.kolommen} mag. "
            "Staat er iets ver rechts van de tabel? Maak die cellen leeg."
        )
    if kind == "cellen":
        return _refused(
            f"Het blad {sheet} loopt tot rij {value[0]} en kolom {value[1]}; dat is te groot. "
            "Staat er iets ver buiten de tabel? Maak die cellen leeg, of splits het blad."
        )
    if kind == "tekens":
        return _refused(
            f"Op het blad {sheet}, rij {value}, staat een cel met meer dan {limits.tekens} tekens. Kort die tekst in."
        )
    return _too_much(limits) if kind == "geheugen" else None


def _refused(melding: str) -> FileRefused:
    return FileRefused(codes.UNREADABLE, melding)


def _unreadable() -> FileRefused:
    return _refused("Dit werkboek is niet te openen: het is beschadigd, beveiligd met een wachtwoord, of geen XLSX.")


def _too_large(most: int) -> FileRefused:
    return _refused(f"Het bestand is groter dan {most // MB} MB. Splits het, bijvoorbeeld per kwartaal.")


def _too_slow(limits: instellingen.Limiet) -> FileRefused:
    return _refused(f"Het lezen van dit werkboek duurt langer dan {limits.seconden} seconden. Splits het.")


def _too_much(limits: instellingen.Limiet) -> FileRefused:
    return _refused(
        f"Het lezen van dit werkboek kost meer dan {limits.geheugen_mb} MB geheugen. "
        "Staat er een cel ver buiten de tabel, of een heel lange tekst in een cel? Haal die weg, of splits het."
    )


_READER = _Reader()
atexit.register(_READER.close)
