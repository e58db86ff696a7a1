"""One figure is one definition is one `.sql` file: its metadata in a header, one SELECT that gives a row per unit."""

import re
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from data.yaml_regels import LOADER

Soort = Literal["aantal", "aandeel", "gemiddelde", "kwartielen", "tijd_tot", "incidentie", "verhouding", "bedrag"]
Subdoel = Literal[
    "instroom", "tijdigheid", "snelheid", "maatwerk", "kwaliteit", "dualiteit", "kosten", "handhaving", "gegevens"
]
Richting = Literal["hoger", "lager", "geen"]
PERSON = ("gemeente", "doelgroep", "leerroute", "contract", "cohort", "geslacht", "leeftijd")
TIME = ("jaar", "kwartaal", "maand")
TWO_YEARS = "tweejaar"  # as jaar, but for publications that may show no single year
AFTERWARDS = ("horizon", "einde")  # known only once the incidences are there
STILL_OPEN = "nog bezig"
_HEADER = re.compile(r"\A\s*/\* ---\n(?P<yaml>.*?)\n--- \*/\n(?P<sql>.*)\Z", re.DOTALL)


class Definition(BaseModel):
    """What a figure is. `eigen` are dimensions always in its rows; `dimensies` what it can be split by.

    A unit's row holds `persoon` (when it belongs to one), `datum` (when a period selects it), own dimensions, and by
    soort: aandeel, verhouding `teller` and `noemer`; gemiddelde, kwartielen `waarde`; tijd_tot, incidentie `duur`
    (days) and `afloop` (the end, empty while under way); bedrag `bedrag` (euros).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    titel: str
    subdoel: Subdoel
    vraag: str
    definitie: str
    bron: tuple[str, ...]
    soort: Soort
    richting: Richting = "geen"
    norm: float | None = None
    dimensies: tuple[str, ...]
    eigen: tuple[str, ...] = ()
    geldig_van: date
    interval: bool = True
    gevolgd: bool = Field(
        default=False, description="has a term: the row tells how many of its n have been followed for all of it"
    )
    geheel: bool = Field(default=False, description="the noemer is one whole that knows no filter and no dimension")
    samen: bool = Field(
        default=False,
        description="money of municipalities together, divided over them: rights choose rows, not bookings",
    )
    verdeling: str | None = None
    personen: bool = Field(default=True, description="about people: the publication guard looks at it")
    einden: tuple[str, ...] = ()
    horizonnen: tuple[int, ...] = ()
    eenheid: str = ""
    klaar: bool = Field(default=False, description="only of who is ready: early on it is lower than it will be")
    sql: str

    @property
    def mogelijk(self) -> tuple[str, ...]:
        """Every name that a figure may be split by."""
        return tuple(dict.fromkeys((*self.dimensies, *self.eigen)))

    @property
    def filterbaar(self) -> tuple[str, ...]:
        """Every name that may be filtered on: the dimensions, and for competing ends the horizon and the end."""
        return (*self.mogelijk, *(AFTERWARDS if self.soort == "incidentie" else ()))


def read(path: Path) -> Definition:
    """Read one file. Raises ValueError when it is not a definition: a fault of ours, found when the program starts."""
    match = _HEADER.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path.name} has no header")
    facts = yaml.load(match["yaml"], Loader=LOADER)
    definition = Definition.model_validate({**facts, "sql": match["sql"].strip().rstrip(";")})
    if definition.id != path.stem:
        raise ValueError(f"{path.name} calls itself {definition.id}")
    return definition
