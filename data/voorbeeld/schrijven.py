"""Writing deliveries as real systems do: other separators, encodings, forms of dates and numbers in every file."""

import csv
import io
import random
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from data.fouten import Gebruiksfout
from data.voorbeeld.levensloop import Row

_MADE = datetime(2026, 2, 2)  # noqa: DTZ001  (a workbook's time has no zone; fixed, so that the bytes are the same each time)


class Vorm:
    """The forms that one file uses."""

    def __init__(self, rng: random.Random) -> None:
        self.separator = rng.choice([";", ";", ";", ",", "\t"])
        self.encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252"])
        self.dates = rng.choice(["%Y-%m-%d", "%d-%m-%Y", "%d-%m-%Y", "%d/%m/%Y"])
        self.months = rng.choice(["%Y-%m", "%m-%Y"])
        self.comma = rng.random() < 0.6
        self.yes = rng.choice([("ja", "nee"), ("J", "N"), ("1", "0"), ("true", "false")])
        self.upper = rng.random() < 0.25
        self.zeros = rng.random() < 0.6

    def cel(self, column: str, value: Any) -> str:
        """One value as this file writes it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.yes[0 if value else 1]
        if isinstance(value, date):
            return f"{value:{self.months if column == 'maand' else self.dates}}"
        if isinstance(value, float):
            text = f"{value:.2f}" if column == "bedrag" else f"{value:g}"
            return text.replace(".", ",") if self.comma else text
        text = str(value)
        if column in ("gemeentecode", "bsn") and not self.zeros:
            return text.lstrip("0")
        if column in ("geslacht", "uitkomst", "resultaat") and self.upper:
            return text.upper()
        return text


def csv_bestand(path: Path, columns: list[str], rows: list[Row], rng: random.Random) -> None:
    """One CSV in a form of its own; the order of columns differs, and some have one column too many."""
    form = Vorm(rng)
    order = columns[:]
    if rng.random() < 0.4:
        rng.shuffle(order)
    if rng.random() < 0.15:
        order.append("opmerking_intern")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=form.separator, lineterminator=rng.choice(["\n", "\r\n"]))
    writer.writerow([name.upper() if form.upper else name for name in order])
    for row in rows:
        raw = row.get("_ruw", {})
        writer.writerow([raw[name] if name in raw else form.cel(name, row.get(name)) for name in order])
    path.write_bytes(text.getvalue().encode(form.encoding, errors="replace"))


def werkboek(path: Path) -> Any:
    """An empty workbook whose bytes do not depend on the clock."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "title": "VOORBEELD: verzonnen gegevens"})
    return book


def blad(book: Any, name: str, columns: list[str], rows: list[list[Any]]) -> None:
    """A sheet with a header; dates become date cells and numbers number cells."""
    sheet = book.add_worksheet(name)
    day = getattr(book, "dagvorm", None)
    if day is None:
        day = book.dagvorm = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write_row(0, 0, columns)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, int | float):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, str(value))


def lege_map(folder: Path) -> None:
    """Make the folder; only an example's own files are overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / "VOORBEELD.txt").exists():
        raise Gebruiksfout(f"In {folder} staan al bestanden die geen voorbeeld zijn. Kies een lege map.")
    for old in folder.iterdir():
        if old.suffix in (".csv", ".xlsx", ".txt"):
            old.unlink()
