"""Marked copies: each file with faults comes back as a workbook, the cells coloured, with the sentence as a comment.

The copies hold what the delivery held, so they go beside it (or where the user says), never into the work folder.
They hold values, no formulas and no links; of a large file only the faulty rows.
"""

import math
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from etl import codes
from etl.files import MARKED
from etl.layout import header_name
from etl.load_report import FileReport, LoadReport, Refusal
from etl.mark_places import SEARCHED, columns_of, known_headers
from etl.mask import mask
from etl.read import FileRefused, csv_lines, open_workbook, sheet_rows
from etl.safe import open_file, read_file

MAX_ROWS, MAX_BYTES = 20_000, 5_000_000  # above these only the faulty rows are copied
MAX_MARKED = 5_000  # faulty rows in one copy
HEADER = "Wat is er mis"
_SHOWN = 200  # rows of a large file that is refused as a whole
_FILL, _BOLD = PatternFill("solid", fgColor="FFE08A"), Font(bold=True)
Rows = Iterable[Sequence[object]]


def write_marked(report: LoadReport, folder: Path | None = None, *, werkmap: Path | None = None) -> list[Path]:
    """Write a marked copy of every file with faults that can be opened; gives the files written.

    Args:
        folder: where the copies go; without it, into a folder `gemerkt` beside each file.
        werkmap: the work folder, in which nothing is ever written.

    Raises:
        OSError: a copy could not be written.
    """
    written: list[Path] = []
    for file in report.bestanden:
        if file.pad is None or not (file.weigeringen or file.status == "geweigerd"):
            continue
        name = Path(file.bestand)
        base = file.pad.parent / MARKED if folder is None else Path(folder) / name.parent
        target = base / f"{name.stem}_{MARKED}.xlsx"
        if target in written:
            target = base / f"{name.stem}_{name.suffix[1:].lower()}_{MARKED}.xlsx"
        if werkmap is not None and target.resolve().is_relative_to(Path(werkmap).resolve()):
            continue
        book = _marked(file)
        if book is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            book.save(target)
            shutil.copymode(file.pad, target)
            written.append(target)
    return written


def _marked(file: FileReport) -> Any:
    """The marked workbook, or None when the file can't be opened safely."""
    assert file.pad is not None
    try:
        with open_file(file.pad) as handle:
            return _marked_from(file, handle)
    except (FileRefused, OSError):
        return None


def _marked_from(file: FileReport, handle: BinaryIO) -> Any:
    assert file.pad is not None
    large = file.gelezen > MAX_ROWS or handle.seek(0, os.SEEK_END) > MAX_BYTES
    if file.pad.suffix.lower() == ".csv":
        handle.seek(0)
        large = large or handle.read(MAX_BYTES).count(b"\n") > MAX_ROWS
        return _from_rows(file, {"": lambda: csv_lines(handle, known_headers(file))}, large=large)
    found = open_workbook(read_file(handle))  # what is hostile stops here
    book = None if large else _opened(file.pad)
    if book is None:
        sheets = {title: lambda title=title: sheet_rows(found, title) for title in found.sheet_names}
        return _from_rows(file, sheets, large=large)
    by_sheet = _by_sheet(file, book.sheetnames)
    lines = []
    for title, refusals in by_sheet.items():
        sheet = book[title]
        top = [list(row) for row in sheet.iter_rows(max_row=SEARCHED, values_only=True)]
        lines += _mark_rows(sheet, refusals, *columns_of(file, refusals[0].blad, top))
    return _finish(book, file, lines)


def _opened(path: Path) -> Any:
    """The workbook with its values, as it looks; None when only the rows can be read."""
    try:
        book = openpyxl.load_workbook(path, data_only=True, keep_links=False)
    except Exception:  # openpyxl raises a dozen kinds on files that calamine reads well
        return None
    return book if len(book.worksheets) == len(book.sheetnames) else None


def _by_sheet(file: FileReport, titles: Sequence[str]) -> dict[str, list[Refusal]]:
    """Refusals by the title of the sheet; a file that was refused as a whole has none."""
    known = {header_name(mask(title)): title for title in reversed(titles)}
    found: dict[str, list[Refusal]] = defaultdict(list)
    for refusal in file.weigeringen[:MAX_MARKED]:
        found[known.get(header_name(refusal.blad or ""), titles[0])].append(refusal)
    return found


def _from_rows(file: FileReport, sources: Mapping[str, Callable[[], Rows]], *, large: bool) -> Any:
    """A new workbook: all rows of a small CSV, or only the faulty rows, each with its number in the file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    by_sheet: dict[str, list[Refusal]] = _by_sheet(file, list(sources))
    if file.status == "geweigerd":
        by_sheet = {title: [] for title in sources}
    lines = []
    whole = not large and len(sources) == 1 and "" in sources
    for title, refusals in by_sheet.items():
        sheet = book.create_sheet(title or "Blad1")
        wanted = {refusal.rij for refusal in refusals}
        limit = _SHOWN if file.status == "geweigerd" and not whole else 0
        last = math.inf if whole else max([SEARCHED, limit, *wanted])  # nothing after it is wanted
        top: list[list[object]] = []
        kept: list[tuple[int, list[object]]] = []
        for number, row in enumerate(sources[title](), start=1):
            if number > last:
                break
            if number <= SEARCHED:
                top.append(list(row))
            if whole or number in wanted or number <= limit:
                kept.append((number, list(row)))
        header, columns = columns_of(file, refusals[0].blad if refusals else None, top)
        if whole:
            for number, row in kept:
                _write(sheet, number, row)
            lines += _mark_rows(sheet, refusals, header, columns)
            continue
        if not limit:
            above = [(number, row) for number, row in enumerate(top[:header], start=1)]
            kept = [*above, *(one for one in kept if one[0] > header)]
        place = {number: at for at, (number, _) in enumerate(kept, start=1)}
        for number, row in kept:
            _write(sheet, place[number], ["Rij" if number == header else number, *row])
        lines += _mark_rows(sheet, refusals, place.get(header, 1), {k: v + 1 for k, v in columns.items()}, place)
    return _finish(book, file, lines, part=not whole)


def _mark_rows(
    sheet: Any,
    refusals: Sequence[Refusal],
    header: int,
    columns: Mapping[str, int],
    place: Mapping[int, int] | None = None,
) -> list[tuple[str, int, Refusal]]:
    """Colour the cells of one sheet; gives (sheet, row in the copy, refusal). `place`: where each row is."""
    old = [cell.column for cell in sheet[header] if cell.value == HEADER] if refusals else []
    beside = old[0] if old else sheet.max_column + 1
    lines = []
    if refusals:
        _put(sheet.cell(header, beside), HEADER)
        sheet.column_dimensions[sheet.cell(header, beside).column_letter].width = 70
    for refusal in refusals:
        at = place.get(refusal.rij, 0) if place is not None else refusal.rij
        if at < 1:
            continue
        _put(sheet.cell(at, beside), refusal.melding)
        sheet.cell(at, beside).fill = _FILL
        _comment(sheet.cell(at, columns.get(refusal.kolom or "", 1)), refusal.melding)
        lines.append((sheet.title, at, refusal))
    return lines


def _finish(book: Any, file: FileReport, lines: Sequence[tuple[str, int, Refusal]], *, part: bool = False) -> Any:
    """The mark of a file that is refused as a whole, and the sheet that lists everything."""
    if file.status == "geweigerd":
        _mark_whole(book, file)
    sheet = book.create_sheet(HEADER if HEADER not in book.sheetnames else f"{HEADER} (2)")
    texts = [
        f"Dit is een gemerkte kopie van {file.bestand}. "
        "Verbeter de gele cellen in uw eigen bestand en lever het opnieuw aan."
    ]
    if file.status == "geweigerd":
        texts.append(f"Het hele bestand is geweigerd. {file.melding}")
    if part:
        texts.append("Het bestand is te groot om helemaal over te nemen. Hier staan alleen de rijen waar het om gaat.")
    if (rest := len(file.weigeringen) - len(lines)) > 0:
        texts.append(f"Nog {rest} rijen met een fout staan niet in deze kopie.")
    for text in texts:
        sheet.append([text])
    sheet.append([])
    if lines:
        sheet.append(["Blad", "Rij", "Kolom", "Code", HEADER])
        for cell in sheet[sheet.max_row]:
            cell.font = _BOLD
    for title, at, refusal in lines:
        sheet.append([None, refusal.rij, None, refusal.code, refusal.melding])
        row = sheet.max_row
        for column, text in ((1, title), (3, refusal.kolom or "")):
            _put(sheet.cell(row, column), text)
        quoted = title.replace("'", "''")
        sheet.cell(row, 2).hyperlink = f"#'{quoted}'!A{at}"
    for letter, width in zip("ABCDE", (16, 8, 22, 22, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    return book


def _mark_whole(book: Any, file: FileReport) -> None:
    """The header of the sheet that lacks a column, or the line of the front sheet that is wrong."""
    melding = file.melding or ""
    named = [sheet for sheet in book.worksheets if f"op blad {mask(sheet.title)}" in melding]
    front = [sheet for sheet in book.worksheets if header_name(sheet.title) == "voorblad"]
    if not named and front:
        for row in front[0].iter_rows(max_row=20, max_col=2):
            label = str(row[0].value or "").strip().rstrip(":").capitalize()
            if len(row) > 1 and label and label in melding:
                _comment(row[1], melding)
        if "Voorblad" in melding or "rapportage" in melding:
            return
    sheet = (named or book.worksheets)[0]
    line = 1
    if file.reden == codes.NO_COLUMN:
        top = [list(row) for row in sheet.iter_rows(max_row=SEARCHED, values_only=True)]
        line = columns_of(file, sheet.title, top)[0]
        for cell in sheet[line]:
            if cell.value is not None and not isinstance(cell, MergedCell):
                cell.fill = _FILL
    _comment(sheet.cell(line, 1), melding)


def _comment(cell: Any, text: str) -> None:
    if isinstance(cell, MergedCell):
        return
    cell.fill = _FILL
    cell.comment = Comment(text, "Inburgeringsmonitor", height=110, width=320)


def _write(sheet: Any, at: int, row: Sequence[object]) -> None:
    for place, value in enumerate(row, start=1):
        if value not in (None, ""):
            _put(sheet.cell(at, place), value)


def _put(cell: Any, value: object) -> None:
    """A value in a cell; a text that begins with = stays text."""
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, bool | int | float | date | datetime):
        cell.value = value
    else:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:32000]
        cell.data_type = "s"
        cell.quotePrefix = True
