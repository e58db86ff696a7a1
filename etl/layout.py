"""The form of a delivery: which table, columns, types and rules. A layout is YAML; this checks and holds it."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from data.yaml_regels import LOADER

Type = Literal[
    "bsn", "datum", "maand", "kwartaal", "halfjaar", "getal", "geheel", "tekst", "keuze", "janee", "gemeente",
    "contract", "kenmerkwaarde",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column: its type, whether it must be filled, its allowed values or range, its other headers."""

    type: Type
    verplicht: bool = False
    keuzes: tuple[str, ...] = ()
    gelijk: dict[str, str] = {}
    koppen: tuple[str, ...] = ()
    van: float | None = None
    tot: float | None = None
    geld: bool = False
    anders: str | bool | int | None = None


class Filled(_Strict):
    """`kolom` must be filled unless `tenzij` has `waarde`."""

    kolom: str
    tenzij: str
    waarde: str


class Empty(_Strict):
    """`kolom` must be empty when `als` has `waarde`, or unless `tenzij` has it."""

    kolom: str
    als: str | None = None
    tenzij: str | None = None
    waarde: str


class Layout(_Strict):
    """One table of a delivery. `sleutel` names the columns that identify a row; empty: every row stands alone."""

    sleutel: tuple[str, ...]
    kolommen: dict[str, Column]
    blad: str | None = None
    volgorde: tuple[tuple[str, ...], ...] = ()
    samen: tuple[tuple[str, str], ...] = ()
    vereist: tuple[Filled, ...] = ()
    leeg: tuple[Empty, ...] = ()


SHIPPED = Path(__file__).parent / "layouts"
STANDARD = SHIPPED / "standaard.yaml"


@lru_cache(maxsize=1)
def standard() -> dict[str, Layout]:
    """Every table of the standard layout by name; the sheets of a report are named `rapportage.<blad>`."""
    raw = yaml.load(STANDARD.read_text(encoding="utf-8"), Loader=LOADER)
    return {name: Layout.model_validate(value) for name, value in raw.items()}


@lru_cache(maxsize=1)
def version() -> str:
    """Changes when the standard layout does: part of the key under which a checked delivery is kept."""
    return hashlib.sha256(STANDARD.read_bytes()).hexdigest()[:12]


def tables() -> list[str]:
    """The tables that a delivery of the municipality can fill, personen first."""
    return [name for name in standard() if not name.startswith("rapportage.")]


def header_name(text: str) -> str:
    """A header as it is compared: without case or surrounding blanks; blanks, hyphens, underscores become one `_`."""
    return re.sub(r"[\s_-]+", "_", text.strip().strip("\ufeff").lower()).strip("_")


def headers_of(name: str, column: Column) -> list[str]:
    """Every header under which a column is known."""
    return [header_name(name), *(header_name(other) for other in column.koppen)]
