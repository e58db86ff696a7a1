"""Reading a file through an own layout: its rows become rows of the standard layout, with their own row numbers."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from etl import codes
from etl.files import REPORT, WORKBOOK, Delivery
from etl.layout import header_name, standard
from etl.mask import mask
from etl.own_forms import converter, quarter
from etl.own_layout import SEARCH, Blad, OwnLayout, file_stars, fill, matching, stars
from etl.read import (
    EXPLAINING,
    EXTRA,
    ROW,
    FileRefused,
    Part,
    Raw,
    cell_text,
    csv_lines,
    notes_of,
    open_workbook,
    sheet_rows,
)

_TWICE = " (komt vaker voor: geen van die kolommen telt)"
_SEARCHED = 60  # rows in which a header is looked for
_FRONT = ("contract", "kwartaal", "datum")


@dataclass(frozen=True)
class _Place:
    """Where a sheet is: its name, what the stars of its pattern and of the file's pattern matched."""

    name: str
    sheet: Sequence[str]
    file: Sequence[str]


def read_own(delivery: Delivery, content: bytes, layout: OwnLayout) -> Raw:
    """The frames of a delivery in a layout of its own. Raises `FileRefused` as standard reading does."""
    if not content:
        raise FileRefused(codes.UNREADABLE, "Het bestand is leeg.")
    file = file_stars(layout, delivery.path.name) or ()
    tables = {sheet.tabel for sheet in layout.bladen}
    soort = REPORT if layout.report else next(iter(tables)) if len(tables) == 1 else WORKBOOK
    if delivery.path.suffix.lower() == ".csv":
        wanted = {header_name(text) for sheet in layout.bladen for texts in sheet.kolommen.values() for text in texts}
        rows = list(csv_lines(io.BytesIO(content), wanted))
        found = [(sheet, _Place("", (), file), rows) for sheet in layout.bladen]
        front = {name: _front(layout, name, file, lambda _: []) for name in _FRONT if layout.report}
        return Raw(soort, _parts(layout, found, csv=True), front)
    book = open_workbook(content)
    sheets = matching(layout, book.sheet_names)
    if not sheets:
        wanted_names = ", ".join(sheet.blad for sheet in layout.bladen)
        raise FileRefused(
            codes.NO_COLUMN, f"Geen van de bladen van de indeling {layout.naam} is gevonden. Verwacht: {wanted_names}."
        )
    cells = {name: sheet_rows(book, name) for name in dict.fromkeys(name for name, _, _ in sheets)}
    found = [(sheet, _Place(name, match, file), cells[name]) for name, sheet, match in sheets if _any(cells[name])]

    def rows_of(wanted: str) -> list[list[object]]:
        name = next((one for one in book.sheet_names if header_name(one) == header_name(wanted)), None)
        return [] if name is None else cells.get(name) or sheet_rows(book, name)

    front = {name: _front(layout, name, file, rows_of) for name in _FRONT if layout.report}
    parts = _parts(layout, found)
    used = {name for name, _, _ in sheets} | {
        one for one in book.sheet_names for text in _FRONT
        if (getattr(layout, text) or "").partition("!")[0].strip().lower() == one.strip().lower()
    }  # fmt: skip
    notes: list[tuple[int, str]] = []
    for name in book.sheet_names:
        if layout.toelichting is not None and stars(layout.toelichting, name) is not None:
            notes += notes_of(sheet_rows(book, name))
            used.add(name)
    unused = [
        f"blad {mask(name)}" for name in book.sheet_names if name not in used and header_name(name) not in EXPLAINING
    ]
    if parts:
        parts[-1].onbekend.extend(unused)
    return Raw(soort, parts, front, notes)


def _any(rows: Iterable[Sequence[object]]) -> bool:
    return any(cell_text(cell).strip() for row in rows for cell in row)


def _front(layout: OwnLayout, name: str, file: Sequence[str], rows_of: Callable[[str], list[list[object]]]) -> str:
    """Contract, kwartaal or datum: a text, or the cell that it names (Info!B3), in the words of the standard layout."""
    text = getattr(layout, name) or ""
    sheet, mark, place = text.rpartition("!")
    cell = re.fullmatch(r"([A-Za-z]{1,3})([1-9]\d{0,6})", place.strip()) if mark else None
    value = fill(text, file, file) if cell is None else _cell(rows_of(sheet), cell[1], int(cell[2]))
    meaning = {header_name(old): new for old, new in layout.waarden.get(name, {}).items()}  # pyright: ignore[reportArgumentType, reportCallIssue]
    value = meaning.get(header_name(value), value).strip()
    if name == "kwartaal":
        return quarter(value)
    return converter(layout.datums)(value) if name == "datum" else value


def _cell(rows: list[list[object]], letters: str, number: int) -> str:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    row = rows[number - 1] if number <= len(rows) else []
    return cell_text(row[index - 1]).strip() if index <= len(row) else ""


def _parts(
    layout: OwnLayout, found: Iterable[tuple[Blad, _Place, list[list[object]]]], *, csv: bool = False
) -> list[Part]:
    parts = [_part(layout, sheet, place, rows, csv=csv) for sheet, place, rows in found]
    used: dict[str | None, set[str]] = {}
    for part in parts:
        used.setdefault(part.blad, set()).update(part.koppen.values())
    told: set[tuple[str | None, str]] = set()
    for part in parts:  # a column that another table of the same sheet uses is not unknown, and each is told once
        mine = used[part.blad]
        part.onbekend = [one for one in part.onbekend if one not in mine and (part.blad, one) not in told]
        told.update((part.blad, one) for one in part.onbekend)
    return parts


def _part(layout: OwnLayout, sheet: Blad, place: _Place, rows: list[list[object]], *, csv: bool) -> Part:
    target = standard()[sheet.tabel]
    last, header, index_of = _find_header(sheet, rows, place, csv=csv)
    convert = _converters(layout, sheet)
    columns: dict[str, list[str]] = {column: [] for column in (*sheet.kolommen, *sheet.vast)}
    fixed = {column: convert[column](fill(text, place.sheet or place.file, place.file, place.name))
             for column, text in sheet.vast.items()}  # fmt: skip
    months = {column for column, spec in target.kolommen.items() if spec.type == "maand"}
    stops, skips = (tuple(text.lower() for text in texts) for texts in (sheet.stop, sheet.overslaan))
    numbers: list[int] = []
    extra: list[bool] = []
    for number, row in enumerate(rows[last:], start=last + 1):
        first = next((text.lower() for cell in row if (text := cell_text(cell).strip())), None)
        if first is None or (skips and first.startswith(skips)):
            continue
        if stops and first.startswith(stops):
            break
        mine = {}
        for column in sheet.kolommen:
            index = index_of.get(column)
            text = cell_text(row[index], month=column in months) if index is not None and index < len(row) else ""
            mine[column] = convert[column](text)
        if sheet.alleen_als_gevuld and not any(mine[column].strip() for column in sheet.alleen_als_gevuld):
            continue
        numbers.append(number)
        extra.append(csv and any(cell_text(cell).strip() for cell in row[len(header) :]))
        for column, text in (mine | fixed).items():
            columns[column].append(text)
    used = set(index_of.values())
    wanted = {header_name(text) for headings in sheet.kolommen.values() for text in headings}
    unknown = list(dict.fromkeys(
        mask(text) + (_TWICE if header_name(text) in wanted else "")
        for index, text in enumerate(header) if text and index not in used
    ))  # fmt: skip
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.Series(ROW, numbers, dtype=pl.Int32), pl.Series(EXTRA, extra, dtype=pl.Boolean)
    )
    koppen = {column: mask(header[index]) for column, index in index_of.items()}
    keuzes = {column: [mask(old) for old in meaning] for column, meaning in sheet.waarden.items()}
    return Part(sheet.tabel, frame, mask(place.name) or None, unknown, koppen, keuzes)


def _converters(layout: OwnLayout, sheet: Blad) -> dict[str, Callable[[str], str]]:
    """Per column: what a value in the file means, then the forms of dates and months."""
    kinds = {"datum": converter(layout.datums), "maand": converter(layout.maanden), "kwartaal": quarter}

    def of(column: str) -> Callable[[str], str]:
        meaning = {old.strip().lower(): new for old, new in sheet.waarden.get(column, {}).items()}
        form = kinds.get(standard()[sheet.tabel].kolommen[column].type, str)
        return lambda text: form(meaning.get(text.strip().lower(), text))

    return {column: of(column) for column in (*sheet.kolommen, *sheet.vast)}


def _find_header(
    sheet: Blad, rows: list[list[object]], place: _Place, *, csv: bool
) -> tuple[int, list[str], dict[str, int]]:
    """(row number of the header's last row, its texts, the place of each column that is there)."""
    must = [column for column, spec in standard()[sheet.tabel].kolommen.items() if spec.verplicht]
    if SEARCH not in sheet.kop:
        numbers = list(sheet.rows)
        header = _header(rows, numbers, csv=csv)
        found = _places(sheet, header)
        missing = [column for column in must if column in sheet.kolommen and column not in found]
        if not missing:
            return max(numbers), header[0], found
    else:
        missing = must
        for number in range(1, min(len(rows), _SEARCHED) + 1):
            header = _header(rows, [number], csv=csv)
            found = _places(sheet, header)
            lacking = [column for column in must if column in sheet.kolommen and column not in found]
            if not lacking:
                return number, header[0], found
            missing = lacking if len(lacking) < len(missing) else missing
    wanted = " of ".join(f"'{text}'" for text in sheet.kolommen.get(missing[0], (missing[0],)))
    where = f" op blad {mask(place.name)}" if place.name else ""
    line = "de eerste rijen" if SEARCH in sheet.kop else f"rij {', '.join(str(number) for number in sheet.kop)}"
    raise FileRefused(
        codes.NO_COLUMN,
        f"De kolom {wanted} ({missing[0]}) ontbreekt{where}, of komt daar vaker voor. "
        f"De kop staat volgens de indeling in {line}.",
    )


def header_of(sheet: Blad, rows: list[list[object]], *, csv: bool) -> tuple[int, dict[str, int]]:
    """(the header's last row, the index of each column by the file's own header). Raises `FileRefused` without one."""
    last, header, found = _find_header(sheet, rows, _Place("", (), ()), csv=csv)
    return last, {mask(header[index]): index for index in found.values()}


def _places(sheet: Blad, header: Sequence[Sequence[str]]) -> dict[str, int]:
    """Per column its place. A full header text goes before the text of the last header row alone."""
    found: dict[str, int] = {}
    for column, headings in sheet.kolommen.items():
        wanted = {header_name(text) for text in headings}
        for texts in header:
            at = [index for index, text in enumerate(texts) if header_name(text) in wanted]
            if len(at) == 1:
                found[column] = at[0]
                break
            if at and texts is header[-1]:
                break
    return found


def _header(rows: list[list[object]], numbers: Sequence[int], *, csv: bool) -> tuple[list[str], list[str], list[str]]:
    """Three readings of a header of one or more rows: merged cells counted to their right, or not; the last row."""
    chosen = [rows[number - 1] if number <= len(rows) else [] for number in numbers]
    width = max((len(row) for row in (chosen if csv else rows)), default=0)
    joined, bare = [""] * width, [""] * width
    last_row = [""] * width
    for depth, row in enumerate(chosen):
        carried = ""
        for index in range(width):
            text = cell_text(row[index]).strip() if index < len(row) else ""
            carried = text or (carried if depth < len(chosen) - 1 else "")
            joined[index] = f"{joined[index]} {carried}".strip()
            bare[index] = f"{bare[index]} {text}".strip()
            last_row[index] = text
    return joined, bare, last_row
