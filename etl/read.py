"""Read: a file becomes frames of text with row numbers, through its layout. A damaged file stops here."""

import csv
import difflib
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import polars as pl

from etl import codes
from etl.codes import FileRefused
from etl.csv_file import EXTRA, ROW, CsvFile, Overview, encoding_of, frame_of, said_separator
from etl.files import REPORT, WORKBOOK, Delivery
from etl.layout import Layout, header_name, headers_of, standard, tables
from etl.mask import mask
from etl.safe import Workbook, open_workbook, sheet_rows

Work = Callable[[Mapping[str, pl.DataType]], pl.DataFrame]
EXPLAINING = ("uitleg", "wat_is_er_mis")  # sheets of a template and of a marked copy


@dataclass
class Part:
    """The rows of one table in a file: `frame` has text per known column, `_rij` (header = 1) and `_teveel`.

    With a layout of its own, `koppen` names the file's own header per column and `keuzes` its own values. A CSV in the
    standard layout has its rows in `pieces`: jobs that give such frames, to be taken once and in order, and run in any
    thread.
    """

    tabel: str
    frame: pl.DataFrame
    blad: str | None = None
    onbekend: list[str] = field(default_factory=list)
    koppen: dict[str, str] = field(default_factory=dict)
    keuzes: dict[str, list[str]] = field(default_factory=dict)
    pieces: Iterator[Work] | None = None

    def jobs(self) -> Iterator[Work]:
        """The work that gives the rows. Texts of a column of which a kind is given, may be of that kind."""
        return self.pieces if self.pieces is not None else iter([lambda _: self.frame])


@dataclass
class Raw:
    """What reading gives. `voorblad` holds the label/value pairs of a report; `toelichting` its paragraphs by row.

    `digest` gives the hash of what was read of a file that is read in pieces, once all pieces are.
    """

    soort: str
    parts: list[Part]
    voorblad: dict[str, str] = field(default_factory=dict)
    toelichting: list[tuple[int, str]] = field(default_factory=list)
    digest: Callable[[], str] | None = None


def read(delivery: Delivery, content: bytes) -> Raw:
    """The frames of one delivery. Raises `FileRefused` when the file can't be read, recognised, or lacks a column."""
    if delivery.path.suffix.lower() == ".csv":
        return read_csv(delivery, io.BytesIO(content))
    if not content:
        raise _empty()
    book = open_workbook(content)
    if delivery.soort == REPORT:
        return _read_report(book)
    if delivery.soort is not None:
        layout = standard()[delivery.soort]
        return Raw(delivery.soort, [_frame(delivery.soort, *_rows(book, book.sheet_names[0], layout))])
    named = [(name, header_name(name)) for name in book.sheet_names if header_name(name) in tables()]
    if not named:
        raise _unknown()
    parts = []
    for name, table in named:
        header, rows = _rows(book, name, standard()[table])
        if rows or any(cell.strip() for cell in header):
            parts.append(_frame(table, header, rows, blad=name))
    _tell_unused(parts, [name for name in book.sheet_names if header_name(name) not in tables()])
    return Raw(WORKBOOK, parts)


def _tell_unused(parts: list[Part], sheets: Iterable[str]) -> None:
    """A sheet that nobody reads is named in the load report, as an unknown column is; an explanation is no loss."""
    if parts:
        parts[-1].onbekend.extend(f"blad {mask(name)}" for name in sheets if header_name(name) not in EXPLAINING)


def read_csv(delivery: Delivery, handle: BinaryIO, seen: Overview | None = None) -> Raw:
    """A CSV in the standard layout: what `read` does, in pieces from an open file, perhaps looked over before."""
    if not handle.seek(0, io.SEEK_END):
        raise _empty()
    if delivery.soort is None:
        raise _unknown()
    layout = standard()[delivery.soort]
    file = CsvFile(
        handle, {name for column, spec in layout.kolommen.items() for name in headers_of(column, spec)}, seen
    )
    place, unknown = _place(delivery.soort, file.header)

    def jobs() -> Iterator[Work]:
        for job in file.jobs():
            yield lambda kinds, job=job: _pick(
                job({place[name]: kind for name, kind in kinds.items() if name in place}), place
            )

    return Raw(
        delivery.soort, [Part(delivery.soort, pl.DataFrame(), None, unknown, pieces=jobs())], digest=lambda: file.digest
    )


def _empty() -> FileRefused:
    return FileRefused(codes.UNREADABLE, "Het bestand is leeg.")


def _unknown() -> FileRefused:
    return FileRefused(
        codes.UNKNOWN_FILE,
        "Dit bestand herkennen wij niet. Begin de naam met de naam van een tabel "
        f"({', '.join(tables())}) of met rapportage_<contract>_<kwartaal>.",
    )


def _frame(table: str, header: Sequence[str], rows: list[list[str]], blad: str | None = None) -> Part:
    """Pick the columns of the layout from the rows; blank rows are not read."""
    place, unknown = _place(table, header, blad)
    return Part(table, _pick(frame_of(rows, len(header), 2), place), blad, unknown)


def _place(table: str, header: Sequence[str], blad: str | None = None) -> tuple[dict[str, int], list[str]]:
    """Where each column of the layout stands, and the headers that are not known."""
    layout = standard()[table]
    known = {name: column for column, spec in layout.kolommen.items() for name in headers_of(column, spec)}
    place: dict[str, int] = {}
    unknown: list[str] = []
    for index, text in enumerate(header):
        column = known.get(header_name(text))
        if column is not None and column not in place:
            place[column] = index
        elif column is not None:
            unknown.append(f"{mask(text.strip())} (dubbel: alleen de eerste kolom telt)")
        elif text.strip():
            unknown.append(mask(text.strip()))
    missing = [name for name, spec in layout.kolommen.items() if spec.verplicht and name not in place]
    if missing:
        raise FileRefused(codes.NO_COLUMN, _missing(missing, unknown, blad))
    return {name: place[name] for name in layout.kolommen if name in place}, unknown


def _pick(frame: pl.DataFrame, place: dict[str, int]) -> pl.DataFrame:
    """The columns of the layout by name, of the rows that are not blank."""
    picked = frame.lazy().select(*(pl.col(f"c{index}").alias(name) for name, index in place.items()), ROW, EXTRA)
    cells = [name for name in frame.columns if name not in (ROW, EXTRA)]
    filled = [pl.col(name).cast(pl.String).str.strip_chars().fill_null("") != "" for name in cells]
    first = pl.col(f"c{next(iter(place.values()), 0)}").cast(pl.String)
    # nearly always no row is blank: each has something in the first column, and that begins with no blank of any kind
    if cells and frame.select(first.is_between(pl.lit("!"), pl.lit("~")).fill_null(value=False).all()).item():
        return picked.collect()
    kept = frame.select(pl.any_horizontal(*filled, EXTRA)).to_series()
    return picked.filter(kept).collect()


def _missing(missing: list[str], found: list[str], blad: str | None) -> str:
    where = f" op blad {mask(blad)}" if blad else ""
    *before, last = missing
    names = f"kolommen {', '.join(before)} en {last} ontbreken" if before else f"kolom {last} ontbreekt"
    text = f"De verplichte {names}{where}."
    free = [header_name(name) for name in found]
    for name in missing:
        if near := difflib.get_close_matches(name, free, 1, 0.5):
            free.remove(near[0])
            text += f" Wel gevonden: {near[0]}. Bedoelt u die? Geef hem dan de naam {name}."
    return text


def csv_lines(handle: BinaryIO, known: set[str]) -> Iterator[list[object]]:
    """The rows of a CSV, from its beginning, one at a time.

    The separator is the one that shows most of the known headers anywhere in the first rows.
    """
    encoding = encoding_of(handle)
    handle.seek(0)
    text = io.TextIOWrapper(handle, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    begin = text.read(65536)
    separators, said = said_separator(begin)
    begin = begin[said:]
    text.seek(0)
    text.read(said)

    def score(separator: str) -> int:
        rows = itertools.islice(csv.reader(io.StringIO(begin, newline=""), delimiter=separator), 60)
        try:
            return max((sum(header_name(cell) in known for cell in row) for row in rows), default=0)
        except csv.Error:
            return -1

    try:
        for row in csv.reader(text, delimiter=max(separators, key=score)):
            yield list[object](row)
    except csv.Error:
        raise FileRefused(codes.UNREADABLE, "Het bestand is beschadigd: de velden zijn niet te scheiden.") from None
    finally:
        text.detach()


def _rows(book: Workbook, sheet: str, layout: Layout | None) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a sheet as text; row 1 of the sheet is the header."""
    raw = sheet_rows(book, sheet)
    if not raw:
        return [], []
    header = [cell_text(value, month=False) for value in raw[0]]
    months = {"maand"}
    if layout is not None:
        months = {name for c, spec in layout.kolommen.items() if spec.type == "maand" for name in headers_of(c, spec)}
    month = [header_name(name) in months for name in header]
    return header, [[cell_text(value, month=month[i]) for i, value in enumerate(row)] for row in raw[1:]]


def cell_text(value: object, *, month: bool = False) -> str:
    """A cell as text in the forms of the specification; a real number never looks like an ambiguous one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        text = f"{Decimal(repr(value)):f}"  # never 1e-05, which is not a number in the specification
        whole, dot, decimals = text.partition(".")
        return text + "0" if dot and len(decimals) == 3 and decimals.isdigit() and whole.lstrip("-").isdigit() else text
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value:%Y-%m}" if month and value.day == 1 else value.isoformat()
    return "" if value is None else str(value)


def _read_report(book: Workbook) -> Raw:
    sheets = {header_name(name): name for name in book.sheet_names}
    if "voorblad" not in sheets:
        raise FileRefused(codes.NO_COLUMN, "Het blad Voorblad ontbreekt. Daarop staan Contract, Kwartaal en Datum.")
    first, rest = _rows(book, sheets["voorblad"], None)
    front = {
        header_name(row[0]).rstrip(":"): row[1].strip() for row in [first, *rest] if len(row) > 1 and row[0].strip()
    }
    parts: list[Part] = []
    for table, layout in standard().items():
        if layout.blad is None or header_name(layout.blad) not in sheets:
            continue
        name = sheets[header_name(layout.blad)]
        header, rows = _rows(book, name, layout)
        if rows or any(cell.strip() for cell in header):
            parts.append(_frame(table, header, rows, blad=layout.blad))
    notes = notes_of(sheet_rows(book, sheets["toelichting"])) if "toelichting" in sheets else []
    known = {header_name(layout.blad) for layout in standard().values() if layout.blad} | {"voorblad", "toelichting"}
    _tell_unused(parts, [name for name in book.sheet_names if header_name(name) not in known])
    return Raw(REPORT, parts, front, notes)


def notes_of(rows: Sequence[Sequence[object]]) -> list[tuple[int, str]]:
    """The paragraphs of a sheet with free text, by row; what could be a BSN is masked."""
    texts = [" ".join(text for cell in row if (text := cell_text(cell).strip())) for row in rows]
    return [(number, mask(text)) for number, text in enumerate(texts, start=1) if text]
