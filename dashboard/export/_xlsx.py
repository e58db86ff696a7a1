"""A workbook with a sheet per table and a sheet of definitions: number formats, frozen header, filter.

Dates of the file are the peildatum, so the same answers give the same bytes.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from dashboard import wording
from dashboard.export._columns import VERDICT_KEYS, columns

FORMATS = {
    "aandeel": "0.0%",
    "punt": '+0.0" punt";-0.0" punt"',
    "euro": "€ #,##0;-€ #,##0",
    "aantal": "#,##0",
    "maanden": "#,##0",
    "getal": "#,##0.0",
    "dag": "dd-mm-yyyy",
}
_DEFINITIONS = ("Blad", "Cijfer", "Titel", "Definitie", "Bron", "Peildatum", "Van", "Tot", "Momentopname", "Filters")


def to_xlsx(
    answers: Sequence[Any], target: Path | BinaryIO | None = None, *, notes: Mapping[str, str] | None = None
) -> bytes:
    """Answers as a workbook; written to `target` as well when given. `notes` are lines on top of the definitions."""
    stamp = max((answer.peildatum for answer in answers), default=date(2022, 1, 1))
    content, book = open_book(_as_date(stamp))
    formats = {name: book.add_format({"num_format": form}) for name, form in FORMATS.items()}
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    about: list[list[Any]] = []
    names: set[str] = set()
    for answer in answers:
        name = _sheet_name(answer.cijfer, names)
        keys = columns(answer.rijen)
        fill(book, name, keys, answer.rijen, formats, head, answer.definition)
        filters = "; ".join(f"{key}: {', '.join(map(str, values))}" for key, values in answer.filters.items())
        definition = answer.definition
        source = ", ".join(definition.bron) if not isinstance(definition.bron, str) else definition.bron
        about.append(
            [name, answer.cijfer, definition.titel, definition.definitie, source]
            + [wording.day(moment) for moment in (answer.peildatum, answer.van, answer.tot)]
            + [answer.momentopname, filters]
        )
    sheet = book.add_worksheet("Definities")
    first = 0
    for key, text in (notes or {}).items():
        sheet.write_string(first, 0, key, head)
        sheet.write_string(first, 1, text)
        first += 1
    _header(sheet, _DEFINITIONS, head, row=first)
    for line, values in enumerate(about, start=first + 1):
        for column, value in enumerate(values):
            sheet.write_string(line, column, str(value))
    sheet.set_column(0, 2, 26)
    sheet.set_column(3, 3, 80)
    sheet.set_column(4, len(_DEFINITIONS) - 1, 20)
    sheet.autofilter(first, 0, first + max(len(about), 1), len(_DEFINITIONS) - 1)
    return close(book, content, target)


def verdicts_to_xlsx(verdicts: Iterable[Any], target: Path | BinaryIO | None = None) -> bytes:
    """Verdicts as a workbook of one sheet."""
    rows = [verdict.to_json() for verdict in verdicts]
    content, book = open_book(date(2022, 1, 1))
    formats = {name: book.add_format({"num_format": form}) for name, form in FORMATS.items()}
    head = book.add_format({"bold": True, "bottom": 1})
    fill(book, "Oordelen", list(VERDICT_KEYS), rows, formats, head, None)
    return close(book, content, target)


def sheet(name: str, keys: Sequence[str], rows: Sequence[Mapping[str, Any]], stamp: date) -> bytes:
    """A workbook of one sheet of text and counts."""
    content, book = open_book(stamp)
    formats = {one: book.add_format({"num_format": form}) for one, form in FORMATS.items()}
    fill(book, name, list(keys), rows, formats, book.add_format({"bold": True, "bottom": 1}), None)
    return close(book, content, None)


def open_book(stamp: date) -> tuple[io.BytesIO, Any]:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(stamp.year, stamp.month, stamp.day), "author": "Inburgeringsmonitor"})  # noqa: DTZ001
    return content, book


def close(book: Any, content: io.BytesIO, target: Path | BinaryIO | None = None) -> bytes:
    book.close()
    made = content.getvalue()
    if isinstance(target, Path):
        target.write_bytes(made)
    elif target is not None:
        target.write(made)
    return made


def fill(
    book: Any,
    name: str,
    keys: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    formats: Mapping[str, Any],
    head: Any,
    definition: Any,
) -> None:
    sheet = book.add_worksheet(name)
    _header(sheet, [wording.title_of(key) for key in keys], head)
    for line, row in enumerate(rows, start=1):
        for column, key in enumerate(keys):
            _cell(
                sheet, line, column, row.get(key), formats, wording.unit_of(key, definition) if definition else "getal"
            )
    sheet.set_column(0, max(len(keys) - 1, 0), 18)
    if keys:
        sheet.autofilter(0, 0, max(len(rows), 1), len(keys) - 1)


def _header(sheet: Any, titles: Sequence[str], head: Any, row: int = 0) -> None:
    for column, title in enumerate(titles):
        sheet.write_string(row, column, title, head)
    sheet.freeze_panes(row + 1, 0)


def _cell(sheet: Any, line: int, column: int, value: Any, formats: Mapping[str, Any], kind: str) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), formats["dag"])  # noqa: DTZ001
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, column, value, formats[kind])
    else:  # text always as text: a cell beginning with = is never a formula
        sheet.write_string(line, column, "verborgen" if wording.is_hidden(value) else str(value))


def _sheet_name(figure: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\']", " ", figure)[:28]
    name, count = base, 2
    while name.lower() in taken or name == "Definities":
        name, count = f"{base[:26]} {count}", count + 1
    taken.add(name.lower())
    return name


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
