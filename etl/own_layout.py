"""Layouts without code: a YAML file says how a supplier's or system's own file maps onto the standard tables.

A file is matched by its name. Each sheet (or the one table of a CSV) says where its header stands, which columns are
which, what its values mean, and which rows at the foot are totals. Everything after that is the standard check.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from data.fouten import Gebruiksfout
from data.yaml_regels import Mistakes, lees, ontleed, regel, vertel
from etl.layout import SHIPPED, STANDARD

SEARCH = "zoek"
_SCALAR = {"type": ["string", "number", "boolean"]}


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Text = Annotated[str, WithJsonSchema(_SCALAR)]
Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR, "minItems": 1}]}),
]
_Rows = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list),
    WithJsonSchema({
        "anyOf": [{"type": "integer", "minimum": 1}, {"const": SEARCH},
                  {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1}],
    }),
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Blad(_Strict):
    """Eén soort blad (of de inhoud van een CSV) en de standaardtabel die het vult."""

    tabel: str = Field(
        description="De standaardtabel die dit blad vult, bijvoorbeeld leerroutes of rapportage.deelnemers."
    )
    blad: Text = Field(
        "*",
        description="De naam van het blad; * staat voor alles, zodat 'Maand *' elk maandblad is. Niet nodig bij CSV.",
    )
    kop: _Rows = Field(
        ("1",),
        description="De rij van de kop zoals u die ziet (de bovenste rij is 1); meer rijen: [3, 4]. "
        "Met 'zoek' is het de eerste rij waarin alle verplichte kolommen staan.",
    )
    kolommen: dict[str, Texts] = Field(
        {},
        description="Per standaardkolom de kop in het bestand. Bij een kop van twee rijen: beide teksten met een "
        "spatie ertussen. Een lijst geeft meer namen die kunnen voorkomen.",
    )
    waarden: dict[str, dict[str, Text]] = Field(
        {}, description="Per standaardkolom: de waarde in het bestand, en de standaardwaarde die zij betekent."
    )
    vast: dict[str, Text] = Field(
        {},
        description="Een kolom die in elke rij dezelfde waarde heeft. {blad} is de naam van het blad, {1} en {2} zijn "
        "wat de sterren in blad vonden, {bestand:1} wat de eerste ster in bestand vond.",
    )
    stop: Texts = Field(
        (), description="Een rij waarvan de eerste gevulde cel zo begint, is het einde van de tabel (totalen)."
    )
    overslaan: Texts = Field(
        (), description="Een rij waarvan de eerste gevulde cel zo begint, telt niet mee (subtotalen)."
    )
    alleen_als_gevuld: Texts = Field(
        (), description="Standaardkolommen: een rij waarin deze allemaal leeg zijn, telt niet mee voor dit blad."
    )  # fmt: skip

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of the header as a person sees them; empty when it is looked for."""
        return tuple(int(row) for row in self.kop if row.isdecimal())


class OwnLayout(_Strict):
    """Een eigen indeling: hoe een bestand met andere namen, koppen en waarden op de standaardtabellen past."""

    naam: Text = Field(description="Een korte naam; die staat bij het bestand in het verslag van het laden.")
    bestand: Texts = Field(
        description="De naam van het bestand; * staat voor alles, hoofdletters maken niet uit: 'presentie *.xlsx'."
    )
    contract: Text | None = Field(
        None,
        description="Alleen bij een rapportage: de id van het contract, een cel (Info!B2) of {1} uit de bestandsnaam.",
    )
    kwartaal: Text | None = Field(
        None,
        description="Alleen bij een rapportage: een kwartaal (2024-K1), een cel (Info!B2) of {1} uit de bestandsnaam.",
    )
    datum: Text | None = Field(
        None,
        description="Alleen bij een rapportage: de datum waarop zij is opgesteld, een cel of {1} uit de bestandsnaam.",
    )
    waarden: dict[Literal["contract", "kwartaal", "datum"], dict[str, Text]] = Field(
        {}, description="Wat een tekst bij contract, kwartaal of datum betekent, bijvoorbeeld {Voorjaar 2024: 2024-K1}."
    )
    datums: Texts = Field(
        (),
        description="Vormen van datums in dit bestand, met d, dd, m, mm, mmmm (naam) en jjjj, zoals 'd mmmm jjjj'.",
    )
    maanden: Texts = Field((), description="Vormen van maanden in dit bestand, zoals 'mmmm jjjj' of 'jjjjmm'.")
    toelichting: Text | None = Field(
        None, description="De naam van het blad met vrije tekst, alleen bij een rapportage."
    )
    bladen: tuple[Blad, ...] = Field(description="De bladen; een CSV is één blad.", json_schema_extra={"minItems": 1})

    @property
    def report(self) -> bool:
        """Whether its files are managementrapportages of a supplier."""
        return any(sheet.tabel.startswith("rapportage.") for sheet in self.bladen)


@dataclass(frozen=True)
class Own:
    """A layout in force, with the hash of its file."""

    layout: OwnLayout
    hash: str
    shipped: bool = False


@dataclass(frozen=True)
class Layouts:
    """All own layouts in force."""

    found: tuple[Own, ...] = ()

    def of(self, name: str, *, recognised: bool) -> Own | None:
        """The layout for a file's name. The user's own come first; those shipped leave a standard name alone."""
        return next(
            (
                one
                for one in self.found
                if not (one.shipped and recognised) and file_stars(one.layout, name) is not None
            ),
            None,
        )

    def named(self, name: str | None) -> OwnLayout | None:
        """The layout with this name."""
        return next((one.layout for one in self.found if one.layout.naam == name), None)


def file_stars(layout: OwnLayout, name: str) -> tuple[str, ...] | None:
    """What the stars of `bestand` match in a file's name, with or without its extension; None when it doesn't match."""
    for pattern in layout.bestand:
        for text in (name, name.rpartition(".")[0]):
            if (found := stars(pattern, text)) is not None:
                return found
    return None


def stars(pattern: str, text: str) -> tuple[str, ...] | None:
    """What each star of a pattern matches in a text, as short as can be; without regard to case."""
    parts = [re.escape(part) for part in pattern.strip().split("*")]
    match = re.fullmatch("(.*?)".join(parts), text.strip(), re.IGNORECASE | re.DOTALL)
    return match.groups() if match else None


def fill(text: str, found: Sequence[str], file: Sequence[str] = (), sheet: str = "") -> str:
    """Put what the stars matched into a text: {1} of the sheet (or file), {bestand:1} of the file, {blad} its name."""
    for number, part in enumerate(found, start=1):
        text = text.replace(f"{{{number}}}", part.strip())
    for number, part in enumerate(file, start=1):
        text = text.replace(f"{{bestand:{number}}}", part.strip())
    return text.replace("{blad}", sheet)


def read_layouts(folder: Path | None) -> Layouts:
    """The layouts of a folder, before those shipped. Raises Gebruiksfout with one sentence per mistake of all files."""
    from etl.own_layout_check import mistakes_in_part, mistakes_of

    found: list[Own] = []
    mistakes: Mistakes = []
    names: dict[str, str] = {}
    mine = [path for path in sorted(Path(folder).glob("*.y*ml")) if path.suffix in (".yaml", ".yml")] if folder else []
    for path in [*mine, *(one for one in sorted(SHIPPED.glob("*.yaml")) if one != STANDARD)]:
        layout, lines = lees(path, OwnLayout, mistakes, als_tekst=True)
        if layout is None:
            raw, _ = ontleed(path, [], als_tekst=True)
            mistakes += [(path.name, regel(lines, where), text) for where, text in mistakes_in_part(raw or {})]
            continue
        mistakes += [(path.name, regel(lines, where), text) for where, text in mistakes_of(layout)]
        shipped = path.parent == SHIPPED
        if layout.naam in names and not shipped:
            text = f"de naam {layout.naam} is ook de naam van {names[layout.naam]}. Kies een andere."
            mistakes.append((path.name, regel(lines, ("naam",)), text))
        names.setdefault(layout.naam, path.name)
        found.append(Own(layout, hashlib.sha256(path.read_bytes()).hexdigest()[:16], shipped))
    if mistakes:
        raise Gebruiksfout(vertel(mistakes))
    return Layouts(tuple(found))


def matching(layout: OwnLayout, names: Sequence[str]) -> list[tuple[str, Blad, tuple[str, ...]]]:
    """(sheet, its description, what its stars matched): a sheet may fill more tables than one."""
    found = [(name, sheet, stars(sheet.blad, name)) for name in names for sheet in layout.bladen]
    return [(name, sheet, parts) for name, sheet, parts in found if parts is not None]
