"""Templates: empty workbooks with the right sheets, columns, choice lists and help, for supplier or municipality."""

from pathlib import Path
from typing import Any

import xlsxwriter

from etl.layout import Column, Layout, standard, tables

_ROWS = 2000  # rows with a choice list
_HELP = {
    "bsn": "negen cijfers",
    "datum": "datum, bijvoorbeeld 31-03-2024",
    "maand": "maand, bijvoorbeeld 2024-03",
    "kwartaal": "kwartaal, bijvoorbeeld 2024-K1",
    "halfjaar": "halfjaar, bijvoorbeeld 2024-1",
    "getal": "getal, bijvoorbeeld 12,5",
    "geheel": "heel getal",
    "tekst": "tekst",
    "keuze": "kies uit de lijst",
    "janee": "ja of nee",
    "gemeente": "gemeentecode, vier cijfers",
    "contract": "id van het contract",
    "kenmerkwaarde": "getal, of een datum bij keurmerk_geldig_tot",
}


def template_municipality(path: Path) -> None:
    """One workbook with a sheet per table. Only personen and trajecten are needed to begin."""
    with _book(path) as book:
        _explain(
            book,
            [
                "Vul per blad in wat u hebt. Een blad mag leeg blijven.",
                "Met personen en trajecten alleen werken Instroom en Tijdigheid al.",
                "Kolommen met een * zijn verplicht. Bewaar het werkboek en laad de map: inburgering laad MAP.",
            ],
        )
        for name in tables():
            _sheet(book, name, standard()[name])


def template_supplier(path: Path, contract: str, kwartaal: str | None = None) -> None:
    """An empty managementrapportage of one contract; `kwartaal` is filled in when given."""
    with _book(path) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        front = book.add_worksheet("Voorblad")
        front.set_column(0, 0, 18)
        front.set_column(1, 1, 40)
        for row, (label, value) in enumerate(
            (("Contract", contract), ("Kwartaal", kwartaal or ""), ("Datum", ""), ("Opgesteld door", ""))
        ):
            front.write_string(row, 0, label, bold)
            front.write_string(row, 1, value, text)
        name = f"rapportage_{contract}_{kwartaal or '<kwartaal>'}.xlsx"
        front.write_string(5, 0, "Bewaar dit bestand als")
        front.write_string(5, 1, name)
        for table, layout in standard().items():
            if layout.blad is not None:
                _sheet(book, layout.blad, layout, wide="leerroute of onderdeel" if "deelnemers" in table else None)
        notes = book.add_worksheet("Toelichting")
        notes.set_column(0, 0, 100)


def _book(path: Path) -> Any:
    return xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})


def _explain(book: Any, lines: list[str]) -> None:
    sheet = book.add_worksheet("Uitleg")
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)


def _sheet(book: Any, name: str, layout: Layout, wide: str | None = None) -> None:
    sheet = book.add_worksheet(name)
    must = book.add_format({"bold": True, "bg_color": "#DDE9F5", "bottom": 1})
    may = book.add_format({"bold": True, "bottom": 1})
    as_text, as_date = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.freeze_panes(1, 0)
    for place, (column, spec) in enumerate(layout.kolommen.items()):
        header = wide if wide and column == "onderdeel" else column
        header = header.replace("_", " ") if layout.blad else header
        sheet.write_string(0, place, header, must if spec.verplicht else may)
        sheet.write_comment(0, place, _help(spec))
        form = as_date if spec.type == "datum" else as_text if spec.type in ("bsn", "gemeente", "maand") else None
        sheet.set_column(place, place, max(12, len(header) + 3), form)
        choices = list(spec.keuzes) or (["ja", "nee"] if spec.type == "janee" else [])
        if choices and len(",".join(choices)) < 255:
            sheet.data_validation(
                1, place, _ROWS, place, {"validate": "list", "source": choices, "error_type": "warning"}
            )


def _help(spec: Column) -> str:
    text = ("Verplicht. " if spec.verplicht else "") + _HELP[spec.type]
    return text + (": " + ", ".join(spec.keuzes) if spec.keuzes else "")
