"""Reading a CSV in pieces: polars parses what is regular, the csv module what is ragged or oddly quoted.

Both give the same: fields as text under `c0`, `c1`, …, the number of the record (header = 1) and whether the record has
filled fields beyond the header. Who says so (`Kinds`, by the place of a column) gets the texts of a column as
categories, which spares writing each of them out. A piece always ends where a record ends, so a file of any size takes
little memory.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl
import xxhash

from etl.codes import UNREADABLE, FileRefused
from etl.layout import header_name
from etl.safe import CsvCheck, check_quotes, check_width

ROW, EXTRA = "_rij", "_teveel"
PIECE = 8_000_000  # bytes; two are worked on at a time, and getting memory for larger ones costs more than it saves
BLOCK = 1 << 18  # bytes to look over at once: small blocks use the same memory again
MAX_RECORD = 64_000_000  # bytes of one record (of the header: a sixteenth)
HEADER = 1 << 16  # bytes, in which nearly every header ends
CAREFUL_ROWS = 50_000
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
_FIRST, _LAST = ord("!"), ord("~")  # signs that are no blank of any kind
_NOT_IN_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_SAID = re.compile(r'"?sep=([;,\t])"?(?:\r\n|\n|\r)', re.IGNORECASE)
Kinds = Mapping[int, pl.DataType]
Job = Callable[[Kinds], pl.DataFrame]


@dataclass
class Overview:
    """What a file is as a whole, from one pass over its bytes: `hash` of them, whether it is text, how many quotes."""

    hash: str
    quotes: int
    encoding: str = ""
    refused: FileRefused | None = None


class CsvFile:
    """An open CSV file: `header` is known at once, `jobs` gives the rows. `digest` is the hash of what was read.

    Raises FileRefused when the file is no text, or its fields cannot be told apart.
    """

    def __init__(self, handle: BinaryIO, known: set[str], seen: Overview | None = None) -> None:
        self._handle = handle
        seen = seen or look_over(handle)
        if seen.refused is not None:
            raise seen.refused
        self.encoding = seen.encoding
        self.separator, self.header, self._start = self._first_record(known)
        check_width(len(self.header))
        if odd := seen.quotes % 2 == 1:
            check_quotes(self._lines(), self.separator)
        self._quotes_end = odd  # looked at already
        self._hash = xxhash.xxh3_128()

    @property
    def digest(self) -> str:
        """The hash of the bytes read so far: after all jobs were taken, that of the file."""
        return self._hash.hexdigest()

    def _first_record(self, known: set[str]) -> tuple[str, list[str], int]:
        """Separator, header, and where the second record begins."""
        for size in (HEADER, MAX_RECORD // 16):
            self._handle.seek(0)
            raw = self._handle.read(size)
            found = self._record_in(raw, known, whole=len(raw) < size)
            if found is not None:
                return found
        raise FileRefused(UNREADABLE, "De kopregel is beschadigd: de velden zijn niet te scheiden.")

    def _record_in(self, raw: bytes, known: set[str], *, whole: bool) -> tuple[str, list[str], int] | None:
        """What `_first_record` gives, from the first bytes; None when the record may go on after them."""
        mark = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
        text = codecs.getincrementaldecoder(self.encoding)(errors="strict").decode(raw[mark:])
        separators, said = said_separator(text)
        text, mark = text[said:], mark + said
        best: tuple[int, str, list[str], int] | None = None
        for separator in separators:
            lines = _Lines(text)
            try:
                header = next(csv.reader(lines, delimiter=separator), [])
            except csv.Error:
                continue
            if lines.taken == len(text) and not whole:
                return None
            score = sum(header_name(cell) in known for cell in header)
            if best is None or score > best[0]:
                best = score, separator, header, mark + len(text[: lines.taken].encode(self.encoding))
        return best[1:] if best is not None else None

    def _lines(self) -> Iterator[str]:
        """The lines of the whole file, to look at before any rows are taken."""
        self._handle.seek(0)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        text, block = "", b"x"
        while block:
            block = self._handle.read(PIECE)
            found = io.StringIO(text + decoder.decode(block, final=not block), newline="").readlines()
            text = found.pop() if found and block else ""  # the last line may go on
            yield from found

    def jobs(self) -> Iterator[Job]:
        """Work that gives the rows, in order; each job may run in any thread. What is read with care stays text."""
        self._handle.seek(0)
        self._hash.update(self._handle.read(self._start))
        row, rest, width = 2, b"", len(self.header)
        while True:
            block = self._handle.read(PIECE)
            self._hash.update(block)
            if not block and not rest:
                return
            if block and b'"' not in block and b'"' not in rest and (cut := block.rfind(b"\n") + 1):
                piece, rest = b"".join((rest, memoryview(block)[:cut])), block[cut:]
                records = _newlines(piece)
            else:
                data = rest + block
                cut, records = _cut(data, self.separator, last=not block)
                if records < 0:
                    if not self._quotes_end:
                        place = self._handle.tell()
                        check_quotes(self._lines(), self.separator)
                        self._handle.seek(place)
                    yield from self._careful_rest(data, row, width)
                    return
                if not cut:
                    if len(data) > MAX_RECORD:
                        raise _damaged()
                    rest = data
                    continue
                piece, rest = data[:cut], data[cut:]
            if b"\r" in piece and piece.count(b"\r") != piece.count(
                b"\r\n"
            ):  # a lone return ends a record too: count them one by one
                frame = pl.concat(list(self._careful(io.StringIO(self._text(piece), newline=""), row, width)))
                row += frame.height
                yield lambda _, frame=frame: frame
                continue
            yield lambda kinds, piece=piece, row=row, records=records: self._regular(piece, row, records, width, kinds)
            row += records

    def _text(self, piece: bytes) -> str:
        return piece.decode(self.encoding)

    def _regular(self, piece: bytes, row: int, records: int, width: int, kinds: Kinds) -> pl.DataFrame:
        """One piece by polars; by the csv module when polars finds a record of another width."""
        text = piece if self.encoding == "utf-8" else self._text(piece).encode()
        # polars skips blank lines and a mark of UTF-8 at the very beginning: then a line goes before it
        first = b"" if _FIRST <= text[0] <= _LAST else (self.separator.join("x" * width) + "\n").encode()
        try:
            frame = pl.read_csv(
                first + text if first else text,
                separator=self.separator,
                has_header=False,
                schema={f"c{i}": kinds.get(i, pl.String()) for i in range(width)},
                quote_char='"' if b'"' in piece else None,
            )
        except pl.exceptions.PolarsError:
            frame = None
        if frame is None or frame.height != records + bool(first):
            return pl.concat(list(self._careful(io.StringIO(self._text(piece), newline=""), row, width)))
        return frame.slice(int(bool(first))).with_columns(
            pl.int_range(row, row + records, dtype=pl.Int32).alias(ROW), pl.lit(value=False).alias(EXTRA)
        )

    def _careful_rest(self, data: bytes, row: int, width: int) -> Iterator[Job]:
        """The rest of the file, record by record, after quotes that do not stand around whole fields."""
        decoder = codecs.getincrementaldecoder(self.encoding)()

        def lines() -> Iterator[str]:
            text, block = decoder.decode(data), b"x"
            while block:
                block = self._handle.read(PIECE)
                self._hash.update(block)
                whole = text + decoder.decode(block, final=not block)
                found = io.StringIO(whole, newline="").readlines()
                text = found.pop() if found and block else ""  # the last line may go on
                yield from found
                if len(text) > MAX_RECORD:
                    raise _damaged()

        for frame in self._careful(lines(), row, width):
            yield lambda _, frame=frame: frame

    def _careful(self, lines: Iterable[str], row: int, width: int) -> Iterator[pl.DataFrame]:
        reader = csv.reader(lines, delimiter=self.separator)
        more = True
        while more:
            rows: list[list[str]] = []
            try:
                while len(rows) < CAREFUL_ROWS and (found := next(reader, None)) is not None:
                    rows.append(found)
            except csv.Error:
                raise _damaged() from None
            more = len(rows) == CAREFUL_ROWS
            yield frame_of(rows, width, row)
            row += len(rows)


def frame_of(rows: list[list[str]], width: int, first: int) -> pl.DataFrame:
    """Rows of text as a frame; `first` is the number of the first row."""
    columns = {f"c{i}": [row[i] if i < len(row) else None for row in rows] for i in range(width)}
    return pl.DataFrame(columns, schema={f"c{i}": pl.String for i in range(width)}).with_columns(
        pl.Series(ROW, range(first, first + len(rows)), dtype=pl.Int32),
        pl.Series(EXTRA, [any(cell.strip() for cell in row[width:]) for row in rows], dtype=pl.Boolean),
    )


def said_separator(text: str) -> tuple[str, int]:
    """The separators that a text may have, and how long the line `sep=;` is that Excel writes before the header.

    Excel does not show that line, so to a person the header is row 1.
    """
    match = _SAID.match(text)
    return (match[1], match.end()) if match else (";,\t", 0)


class _Lines:
    """The lines of a text, counting the characters that were taken."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken += len(line)
        return line


def look_over(handle: BinaryIO) -> Overview:
    """See the whole file once. The encoding is UTF-8 when all of it is, else Windows-1252."""
    check, found = CsvCheck(), xxhash.xxh3_128()
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, cp1252 = True, True
    handle.seek(0)
    while block := handle.read(BLOCK):
        found.update(block)
        check.feed(block)
        if block.isascii() and not decoder.getstate()[0]:
            continue
        cp1252 = cp1252 and not any(byte in block for byte in _NOT_IN_CP1252)
        if utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                utf8 = False
                decoder.reset()
    seen = Overview(found.hexdigest(), check.quotes)
    try:
        check.finish()
    except FileRefused as refused:
        seen.refused = refused
        return seen
    if utf8 and not decoder.getstate()[0]:
        seen.encoding = "utf-8"
    elif cp1252:
        seen.encoding = "cp1252"
    else:
        seen.refused = FileRefused(UNREADABLE, "De tekens zijn niet te lezen. Bewaar het bestand als CSV in UTF-8.")
    return seen


def encoding_of(handle: BinaryIO) -> str:
    """The encoding of a file of text; raises FileRefused when it is none."""
    seen = look_over(handle)
    if seen.refused is not None:
        raise seen.refused
    return seen.encoding


def _cut(data: bytes, separator: str, *, last: bool) -> tuple[int, int]:
    """Where the last whole record ends and how many records there are until there; (0, 0) when none is whole.

    A negative number of records says that quotes stand elsewhere than around whole fields (RFC 4180).
    """
    if b'"' not in data:
        cut = len(data) if last else data.rfind(b"\n") + 1 or data.rfind(b"\r", 0, len(data) - 1) + 1
        records = _newlines(memoryview(data)[:cut])
        return cut, records + (cut > 0 and data[cut - 1] != _NEWLINE)
    octets = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(octets == _QUOTE)
    if not _around_fields(octets, quotes, ord(separator), last=last):
        return 0, -1
    newlines = np.flatnonzero(octets == _NEWLINE)
    ends = newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    if last:
        return len(data), len(ends) + (data[-1] != _NEWLINE)
    return (int(ends[-1]) + 1, len(ends)) if len(ends) else (0, 0)


def _newlines(data: bytes | memoryview) -> int:
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == _NEWLINE))


def _around_fields(octets: np.ndarray, quotes: np.ndarray, separator: int, *, last: bool) -> bool:
    """Whether each opening quote begins a field and each closing one ends it; inside, a quote is doubled."""
    if last and len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = octets[np.maximum(opening - 1, 0)]
    begins = (opening == 0) | (before == separator) | (before == _NEWLINE)
    after = octets[np.minimum(closing + 1, len(octets) - 1)]
    ends = (closing == len(octets) - 1) | (after == separator) | (after == _NEWLINE) | (after == _RETURN)
    doubled = closing[: len(opening) - 1] + 1 == opening[1:][: len(closing)]
    begins[1 : 1 + len(doubled)] |= doubled
    ends[: len(doubled)] |= doubled
    return bool(begins.all() and ends.all())


def _damaged() -> FileRefused:
    return FileRefused(UNREADABLE, "Het bestand is beschadigd: de velden zijn niet te scheiden.")
