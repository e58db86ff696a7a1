"""Where in a file its columns are: the row of the header and the place of each column, as refusals name it."""

from collections.abc import Sequence

from etl.layout import header_name, headers_of, standard, tables
from etl.load_report import FileReport
from etl.mask import mask
from etl.own_layout import stars
from etl.read import FileRefused, cell_text
from etl.read_own import header_of

SEARCHED = 60  # the first rows, among which a header is


def known_headers(file: FileReport) -> set[str]:
    """Every header that can be expected in the file, as headers are compared."""
    if file.own is not None:
        return {header_name(text) for one in file.own.bladen for texts in one.kolommen.values() for text in texts}
    layouts = [standard()[file.soort]] if file.soort in standard() else [standard()[table] for table in tables()]
    return {name for layout in layouts for column, spec in layout.kolommen.items() for name in headers_of(column, spec)}


def columns_of(file: FileReport, blad: str | None, top: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """(the header's last row, the place of each column counted from 1); `top` holds the first rows of the sheet."""
    rows = [list(row) for row in top]
    if file.own is not None:
        last, found = 1, {}
        for sheet in file.own.bladen:
            if blad is not None and stars(mask(sheet.blad), blad) is None:
                continue
            try:
                last, places = header_of(sheet, rows, csv=blad is None)
            except FileRefused:
                last = max(sheet.rows, default=1)
                continue
            found |= {header: index + 1 for header, index in places.items() if header not in found}
        return min(last, max(len(rows), 1)), found
    header = [header_name(cell_text(cell)) for cell in (rows[0] if rows else [])]
    name = header_name(blad or "")
    layout = standard().get(file.soort or "") if blad is None else standard().get(name)
    layout = layout or next((one for one in standard().values() if one.blad and header_name(one.blad) == name), None)
    if layout is None:
        return 1, {}
    found = {}
    for column, spec in layout.kolommen.items():
        known = headers_of(column, spec)
        place = next((index for index, text in enumerate(header, start=1) if text in known), None)
        if place is not None:
            found[column] = place
    return 1, found
