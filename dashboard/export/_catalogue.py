"""The list of figures, and what a figure rests on: as data, as a table on a terminal, as CSV and as a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dashboard import wording
from dashboard.export import _csv, _xlsx

_DEFINITION = (
    "id",
    "titel",
    "subdoel",
    "vraag",
    "definitie",
    "bron",
    "soort",
    "richting",
    "norm",
    "dimensies",
    "eigen",
)
_LIST = ("id", "titel", "subdoel", "vraag", "definitie", "soort", "eigen", "dimensies", "filters", "bron")
_ORIGIN = (
    "cijfer",
    "momentopname",
    "tabel",
    "kolommen",
    "bestand",
    "stand",
    "geladen",
    "geweigerd",
    "redenen",
    "rijen",
)


def definition_json(definition: Any) -> dict[str, Any]:
    """A definition as data, for `inburgering cijfers --formaat json`."""
    values = {name: getattr(definition, name) for name in _DEFINITION}
    values |= {"filters": definition.filterbaar, "geldig_van": definition.geldig_van.isoformat()}
    values["definitie"] = " ".join(definition.definitie.split())
    return {key: list(value) if isinstance(value, tuple | frozenset) else value for key, value in values.items()}


def print_catalogue(definitions: Iterable[Any]) -> None:
    """All figures by sub-goal: the question, the definition, and what it can be split by."""
    console = Console()
    for goal, members in groupby(definitions, key=lambda definition: definition.subdoel):
        console.print(Text(f"\n{goal.upper()}", style="bold"))
        for one in members:
            console.print(Text.assemble((one.id, "bold"), "  ", one.vraag))
            always = f"Altijd per {', '.join(one.eigen)}. " if one.eigen else ""
            split = f"Filteren en uitsplitsen: {', '.join(one.mogelijk) or 'niet mogelijk'}."
            text = Text(f"{' '.join(one.definitie.split())}\n{always}{split}", style="dim")
            console.print(Padding(text, (0, 0, 0, 4)))


def catalogue_to_csv(definitions: Iterable[Any]) -> str:
    """One row per figure."""
    return _csv.table(_LIST, _flat(map(definition_json, definitions)))


def catalogue_to_xlsx(definitions: Iterable[Any]) -> bytes:
    """One sheet with a row per figure."""
    return _xlsx.sheet("Cijfers", _LIST, _flat(map(definition_json, definitions)), date(2022, 1, 1))


def print_provenance(origins: Sequence[Mapping[str, Any]]) -> None:
    """What figures rest on: tables, columns and deliveries, when those are from and what was refused in them."""
    console = Console()
    for figure, tables in groupby(origins, key=lambda origin: origin["cijfer"]):
        console.print(Text(f"\n{figure}", style="bold"))
        for origin in tables:
            columns = f"{origin['tabel']}: {', '.join(origin['kolommen'])}"
            console.print(Padding(Text(columns), (0, 0, 0, 2)))
            if not origin["leveringen"]:
                note = Text("uit geen levering: komt met het programma of uw afspraken mee", style="dim")
                console.print(Padding(note, (0, 0, 0, 4)))
                continue
            table = Table(box=box.SIMPLE_HEAD)
            for title in ("Levering", "Stand", "Geladen", "Geweigerd"):
                table.add_column(title, justify="right" if title == "Geladen" else "left")
            for row in _origin_rows([origin]):
                stand = wording.day(date.fromisoformat(row["stand"])) if row["stand"] else "–"
                refused = f"{row['geweigerd']}"
                refused += f": {row['redenen']} (rij {row['rijen']})" if row["redenen"] else ""
                table.add_row(*(Text(str(value)) for value in (row["bestand"], stand, row["geladen"], refused)))
            console.print(Padding(table, (0, 0, 0, 2)))


def provenance_to_csv(origins: Sequence[Mapping[str, Any]]) -> str:
    """One row per figure, table and delivery."""
    return _csv.table(_ORIGIN, _origin_rows(origins))


def provenance_to_xlsx(origins: Sequence[Mapping[str, Any]]) -> bytes:
    """One sheet with a row per figure, table and delivery."""
    return _xlsx.sheet("Herkomst", _ORIGIN, _origin_rows(origins), date(2022, 1, 1))


def _origin_rows(origins: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for origin in origins:
        about = {key: origin[key] for key in ("cijfer", "momentopname", "tabel")}
        about["kolommen"] = ", ".join(origin["kolommen"])
        none: dict[str, Any] = dict.fromkeys(("bestand", "stand", "geladen", "geweigerd"))
        for file in origin["leveringen"] or [none]:
            reasons = ", ".join(f"{code} {count}" for code, count in (file.get("redenen") or {}).items())
            numbers = ", ".join(map(str, file.get("rijen") or ()))
            rows.append({**about, **file, "redenen": reasons, "rijen": numbers})
    return rows


def _flat(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: ", ".join(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows]
