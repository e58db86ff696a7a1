"""Refusals of a file in a layout of its own, in its own words: its sheet, its header, its values.

A part of such a file goes through the build under `number:sheet`, since one sheet may fill a table more than once.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb

from etl import codes
from etl.layout import standard

if TYPE_CHECKING:
    from etl.gather import Source


def marked(number: int, sheet: str | None) -> str:
    """The name under which a part goes through the build."""
    return f"{number}:{sheet or ''}"


def put(connection: duckdb.DuckDBPyConnection, sources: Sequence["Source"]) -> None:
    """Rewrite blad, kolom and melding of the table weigeringen for every file with a layout of its own."""
    for source in sources:
        if source.checked.indeling is None:
            continue
        for part in source.checked.parts:
            here = [source.levering, part.blad]
            layout = standard()[part.tabel]
            found = connection.execute(
                "SELECT DISTINCT kolom, code FROM weigeringen WHERE levering = ? AND blad = ?", here
            ).fetchall()
            for column, code in found:
                if column in part.koppen:
                    header, spec = part.koppen[column], layout.kolommen[column]
                    if own := part.keuzes.get(column):
                        spec = spec.model_copy(update={"keuzes": tuple(own)})
                    connection.execute(
                        "UPDATE weigeringen SET kolom = ?, melding = ? "
                        "WHERE levering = ? AND blad = ? AND kolom = ? AND code = ?",
                        [header, codes.sentence(code, f"'{header}'", spec), *here, column, code],
                    )
            sheet = (part.blad or "").partition(":")[2] or None
            connection.execute("UPDATE weigeringen SET blad = ? WHERE levering = ? AND blad = ?", [sheet, *here])
