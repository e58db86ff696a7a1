"""Templates: empty workbooks with sheets, columns, choice lists and an explanation, for supplier or municipality.

Headers are protected (without a password), the cells below are free; what a cell may hold is checked while typing.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from etl.check import FEATURES
from etl.layout import Column, Layout, standard, tables

_ROWS = 5000  # rows that are checked while typing
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
_AS_TEXT = ("bsn", "gemeente", "maand", "kwartaal", "halfjaar", "contract", "tekst")  # Excel would make 2024-1 a date
_FEATURES = {
    "docenten": "aantal docenten", "docenten_bevoegd": "van wie bevoegd", "groepen": "aantal groepen",
    "deelnemers_in_groepen": "deelnemers in die groepen samen", "klachten": "klachten in dit kwartaal",
    "klachten_op_tijd": "waarvan op tijd afgehandeld",
    "wachttijd_dagen": "gemiddeld aantal dagen van aanmelding tot eerste les",
    "aanmeldingen": "aanmeldingen in dit kwartaal", "gestart_op_tijd": "waarvan op tijd gestart",
    "keurmerk_geldig_tot": "datum waarop het keurmerk afloopt", "tolkopdrachten": "aangevraagde tolkopdrachten",
    "tolkopdrachten_geleverd": "waarvan geleverd", "tolkopdrachten_register": "waarvan met een registertolk",
}  # fmt: skip
_FREE = {
    "insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True, "format_cells": True,
    "format_columns": True, "format_rows": True,
}  # fmt: skip


def template_municipality(path: Path) -> None:
    """One workbook with a sheet per table. Only personen and trajecten are needed to begin."""
    sheets = {name: standard()[name] for name in tables()}
    with _book(path) as book:
        _explain(
            book,
            [
                "Vul per blad in wat u hebt. Een blad mag leeg blijven, een kolom zonder 'verplicht' ook.",
                "Met personen en trajecten alleen werken Instroom en Tijdigheid al.",
                "De koppen zijn vergrendeld: zo blijven de namen van bladen en kolommen goed. Er is geen wachtwoord.",
                "Controleren zonder te laden: inburgering controleer BESTAND. Laden: inburgering laad MAP.",
            ],
            sheets,
        )
        for name, layout in sheets.items():
            _sheet(book, name, layout)


def template_supplier(path: Path, contract: str, kwartaal: str | None = None, *, kwartalen: Sequence[str] = ()) -> None:
    """An empty managementrapportage of one contract; `kwartaal` is filled in, or chosen from `kwartalen`."""
    sheets = {layout.blad: layout for layout in standard().values() if layout.blad is not None}
    name = f"rapportage_{contract}_{kwartaal or '<kwartaal>'}.xlsx"
    with _book(path) as book:
        _explain(
            book,
            [
                f"Dit is de managementrapportage van het contract {contract}. Vul eerst het Voorblad in.",
                f"Bewaar het werkboek als {name} en stuur het zo op.",
                "Een blad waar u niets over te melden hebt, laat u leeg. "
                "In Toelichting schrijft u vrije tekst, een alinea per rij.",
                "De koppen zijn vergrendeld: zo blijven de namen van bladen en kolommen goed. Er is geen wachtwoord.",
                "Kreeg u een gemerkte kopie terug? Verbeter de gele cellen in uw eigen werkboek en stuur het opnieuw, "
                "met een nieuwe Datum op het Voorblad.",
            ],
            sheets,
            features=True,
        )
        _front(book, contract, kwartaal, kwartalen)
        for title, layout in sheets.items():
            _sheet(book, title, layout)
        notes = book.add_worksheet("Toelichting")
        notes.set_column(0, 0, 100, book.add_format({"text_wrap": True, "num_format": "@"}))


def _book(path: Path) -> Any:
    return xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})


def _front(book: Any, contract: str, kwartaal: str | None, kwartalen: Sequence[str]) -> None:
    sheet = book.add_worksheet("Voorblad")
    bold, fixed = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    look = {"locked": False, "bg_color": "#FFF8E1", "border": 1, "align": "left"}
    text, day = book.add_format({**look, "num_format": "@"}), book.add_format({**look, "num_format": "dd-mm-yyyy"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 40)
    for row, (label, value, form) in enumerate(
        (
            ("Contract", contract, fixed),
            ("Kwartaal", kwartaal or "", text),
            ("Datum", "", day),
            ("Opgesteld door", "", text),
        )
    ):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, value, form) if value else sheet.write_blank(row, 1, None, form)
    if kwartalen and len(",".join(kwartalen)) < 255:
        sheet.data_validation(1, 1, 1, 1, _told({"validate": "list", "source": list(kwartalen)}, "Kies een kwartaal."))
    else:
        sheet.data_validation(1, 1, 1, 1, _length(7, 7, _HELP["kwartaal"]))
    sheet.data_validation(2, 1, 2, 1, _dates("de datum van deze rapportage"))
    sheet.protect("", _FREE)


def _explain(book: Any, lines: list[str], sheets: dict[str, Layout], *, features: bool = False) -> None:
    sheet = book.add_worksheet("Uitleg")
    bold = book.add_format({"bold": True, "bg_color": "#DDE9F5", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((16, 24, 11, 90)):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    row = len(lines) + 1
    for column, text in enumerate(("Blad", "Kolom", "Verplicht", "Wat u invult")):
        sheet.write_string(row, column, text, bold)
    for name, layout in sheets.items():
        for column, spec in layout.kolommen.items():
            row += 1
            must = "verplicht" if spec.verplicht else ""
            for place, text in enumerate((name, _header(layout, column, spec), must, _help(spec))):
                sheet.write_string(row, place, text, wrap)
    if features:
        row += 2
        for column, text in enumerate(("Kwaliteit", "Kenmerk", "", "Wat het is")):
            sheet.write_string(row, column, text, bold)
        for name in FEATURES:
            row += 1
            sheet.write_string(row, 1, name)
            sheet.write_string(row, 3, _FEATURES[name])
    sheet.protect("", _FREE)


def _header(layout: Layout, column: str, spec: Column) -> str:
    if not layout.blad:
        return column
    return spec.koppen[0] if spec.koppen else column.replace("_", " ")


def _sheet(book: Any, name: str, layout: Layout) -> None:
    sheet = book.add_worksheet(name)
    must = book.add_format({"bold": True, "bg_color": "#DDE9F5", "bottom": 1})
    may = book.add_format({"bold": True, "bottom": 1})
    free = book.add_format({"locked": False})
    as_text = book.add_format({"num_format": "@", "locked": False})
    as_date = book.add_format({"num_format": "dd-mm-yyyy", "locked": False})
    sheet.freeze_panes(1, 0)
    for place, (column, spec) in enumerate(layout.kolommen.items()):
        header = _header(layout, column, spec)
        sheet.write_string(0, place, header, must if spec.verplicht else may)
        sheet.write_comment(0, place, ("Verplicht. " if spec.verplicht else "") + _help(spec))
        form = as_date if spec.type == "datum" else as_text if spec.type in _AS_TEXT else free
        sheet.set_column(place, place, max(12, len(header) + 3), form)
        if rule := _rule(column, spec):
            sheet.data_validation(1, place, _ROWS, place, rule)
    sheet.protect("", _FREE)


def _rule(column: str, spec: Column) -> dict[str, Any] | None:
    """What Excel checks while one types."""
    choices = list(spec.keuzes) or (["ja", "nee"] if spec.type == "janee" else [])
    if column == "kenmerk":
        rule = {"validate": "list", "source": list(FEATURES)}
        return _told(
            rule, "Dit kenmerk kennen wij niet. Het wordt bewaard, maar er wordt niet mee gerekend.", "warning"
        )
    if choices:
        return _told({"validate": "list", "source": choices}, "Kies een waarde uit de lijst.")
    match spec.type:
        case "datum":
            return _dates("een datum")
        case "bsn":
            return _length(8, 9, _HELP["bsn"])
        case "gemeente":
            return _length(3, 4, _HELP["gemeente"])
        case "maand" | "kwartaal":
            return _length(7, 7, _HELP[spec.type])
        case "halfjaar":
            return _length(6, 6, _HELP[spec.type])
        case "getal" | "geheel":
            low = spec.van if spec.van is not None else -1e9
            high = spec.tot if spec.tot is not None else 1e9
            kind = "integer" if spec.type == "geheel" else "decimal"
            rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
            return _told(rule, f"Vul een {'heel ' if kind == 'integer' else ''}getal in{_limits(spec)}.")
    return None


def _dates(what: str) -> dict[str, Any]:
    rule = {"validate": "date", "criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
    return _told(rule, f"Vul {what} in, zoals 31-03-2024.")


def _length(low: int, high: int, what: str) -> dict[str, Any]:
    return _told({"validate": "length", "criteria": "between", "minimum": low, "maximum": high}, f"Vul in: {what}.")


def _told(rule: dict[str, Any], sentence: str, kind: str = "stop") -> dict[str, Any]:
    return {**rule, "error_title": "Dit past niet in deze kolom", "error_message": sentence, "error_type": kind}


def _help(spec: Column) -> str:
    return _HELP[spec.type] + _limits(spec) + (": " + ", ".join(spec.keuzes) if spec.keuzes else "")


def _limits(spec: Column) -> str:
    if spec.tot is not None:
        return f", van {spec.van or 0:g} tot en met {spec.tot:g}"
    return f", minstens {spec.van:g}" if spec.van is not None else ""
