"""All tables of a publication as one workbook: contents, a sheet per table, definitions; always the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dashboard import wording
from dashboard.export import _xlsx
from dashboard.export._columns import columns
from dashboard.export._names import about, named

_HEAD_CONTENTS = ("Blad", "Tabel", "Periode", "Regels")
_HEAD_DEFINITIONS = ("Cijfer", "Titel", "Vraag", "Definitie", "Bron", "Geldig vanaf")


def publication_to_xlsx(answers: Sequence[Any], facts: Mapping[str, Any]) -> bytes:
    """Published answers as a workbook; `facts` are those of the report."""
    content, book = _xlsx.open_book(date.fromisoformat(facts["datum"]))
    book.set_properties(
        {
            "title": f"{facts['titel']}, {facts['periode']}",
            "author": "Inburgeringsmonitor",
            "created": datetime.fromisoformat(facts["datum"]),
            "comments": f"Momentopname {facts['momentopname']}",
        }
    )
    formats = {name: book.add_format({"num_format": form}) for name, form in _xlsx.FORMATS.items()}
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF3F8"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    tables = named(answers)
    _contents(book, tables, facts, head, wrap)
    for one in tables:
        _xlsx.fill(book, one.sheet, columns(one.answer.rijen), one.answer.rijen, formats, head, one.answer.definition)
    _definitions(book, tables, head, wrap)
    return _xlsx.close(book, content)


def _contents(book: Any, tables: Sequence[Any], facts: Mapping[str, Any], head: Any, wrap: Any) -> None:
    sheet = book.add_worksheet("Inhoud")
    line = 0
    for name, text in about(facts):
        sheet.write_string(line, 0, name, head)
        sheet.write_string(line, 1, str(text), wrap)
        line += 1
    line += 1
    for column, title in enumerate(_HEAD_CONTENTS):
        sheet.write_string(line, column, title, head)
    first = line
    for one in tables:
        line += 1
        sheet.write_url(line, 0, f"internal:'{one.sheet}'!A1", string=one.sheet)
        sheet.write_string(line, 1, one.title)
        sheet.write_string(line, 2, wording.period(one.answer.van, one.answer.tot))
        sheet.write_number(line, 3, len(one.answer.rijen))
    sheet.autofilter(first, 0, max(line, first + 1), len(_HEAD_CONTENTS) - 1)
    sheet.freeze_panes(first + 1, 0)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 3, 26)


def _definitions(book: Any, tables: Sequence[Any], head: Any, wrap: Any) -> None:
    sheet = book.add_worksheet("Definities")
    for column, title in enumerate(_HEAD_DEFINITIONS):
        sheet.write_string(0, column, title, head)
    known = {one.answer.cijfer: one.answer.definition for one in tables}
    for line, (id, one) in enumerate(known.items(), start=1):
        values = (
            id,
            one.titel,
            one.vraag,
            " ".join(one.definitie.split()),
            "; ".join(one.bron),
            wording.day(one.geldig_van),
        )
        for column, value in enumerate(values):
            sheet.write_string(line, column, value, wrap)
    sheet.autofilter(0, 0, max(len(known), 1), len(_HEAD_DEFINITIONS) - 1)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 2, 28)
    sheet.set_column(3, 3, 80)
    sheet.set_column(4, 5, 24)
