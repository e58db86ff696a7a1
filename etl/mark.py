"""Marked copies: each file with faults comes back as a workbook with the cells coloured and a sentence beside the row.

The copies hold what the delivery held, so they go to a folder that the user names, never into the work folder.
"""

import csv
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from etl.layout import header_name, headers_of, standard
from etl.load_report import FileReport, LoadReport, Refusal

_FILL = PatternFill("solid", fgColor="FFE08A")
_HEADER = "Wat is er mis"


def write_marked(report: LoadReport, folder: Path) -> list[Path]:
    """Write a marked copy of every file with refused rows; gives the files written. Needs the originals."""
    written = []
    for file in report.bestanden:
        if not file.weigeringen or file.pad is None:
            continue
        target = folder / (Path(file.bestand).with_suffix("").as_posix() + "_gemerkt.xlsx")
        target.parent.mkdir(parents=True, exist_ok=True)
        book = openpyxl.load_workbook(file.pad) if file.pad.suffix.lower() == ".xlsx" else _from_csv(file.pad)
        _mark(book, file)
        book.save(target)
        written.append(target)
    return written


def _from_csv(path: Path) -> Any:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    first = text.splitlines()[0] if text else ""
    separator = max(";,\t", key=first.count)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
        for place, value in enumerate(row, start=1):
            _text(sheet.cell(number, place), value)
    return book


def _mark(book: Any, file: FileReport) -> None:
    by_sheet: dict[str | None, list[Refusal]] = defaultdict(list)
    for refusal in file.weigeringen:
        by_sheet[refusal.blad].append(refusal)
    for name, refusals in by_sheet.items():
        found = next((one for one in book.sheetnames if name and header_name(one) == header_name(name)), None)
        sheet = book[found] if found else book.worksheets[0]
        columns = {header_name(str(cell.value)): cell.column for cell in sheet[1] if cell.value is not None}
        last = sheet.max_column + 1
        sheet.cell(1, last).value = _HEADER
        layout = _layout(file, name)
        for refusal in refusals:
            cell = sheet.cell(refusal.rij, last)
            _text(cell, refusal.melding)
            cell.fill = _FILL
            for place in (columns[one] for one in _headers(layout, refusal) if one in columns):
                sheet.cell(refusal.rij, place).fill = _FILL
                sheet.cell(refusal.rij, place).comment = Comment(refusal.melding, "Inburgeringsmonitor")


def _layout(file: FileReport, sheet: str | None) -> Any:
    if sheet is None:
        return standard().get(file.soort or "")
    named = {header_name(layout.blad): layout for layout in standard().values() if layout.blad}
    return named.get(header_name(sheet)) or standard().get(header_name(sheet))


def _headers(layout: Any, refusal: Refusal) -> list[str]:
    if layout is None or refusal.kolom is None or refusal.kolom not in layout.kolommen:
        return []
    return headers_of(refusal.kolom, layout.kolommen[refusal.kolom])


def _text(cell: Any, value: str) -> None:
    """A cell that begins with = stays text."""
    cell.value = value
    cell.data_type = "s"
