"""The settings of a work folder: limits on what is read, and how long things are kept.

A setting comes from the environment (INBURGERING_LIMIET_BESTAND_MB), else from `instellingen.yaml` in the work folder,
else it is the usual value. One model: the command `instellingen`, the README's table and the JSON Schema follow it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data import yaml_regels
from data.fouten import Gebruiksfout

BESTAND = "instellingen.yaml"
_VOORVOEGSEL = "INBURGERING_"


class _Groep(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limiet(_Groep):
    """What a delivery may cost: beyond these a file is refused, and the others load."""

    bestand_mb: int = Field(default=4000, ge=1, description="grootste CSV dat wordt gelezen, in MB")
    werkboek_mb: int = Field(default=200, ge=1, description="grootste werkboek (XLSX), ingepakt, in MB")
    uitgepakt_mb: int = Field(default=1000, ge=1, description="grootste werkboek, uitgepakt, in MB")
    verhouding: int = Field(
        default=400, ge=10, description="hoeveel keer groter een deel van een werkboek uitgepakt mag zijn"
    )
    delen: int = Field(default=5000, ge=10, description="hoeveel delen (bladen, plaatjes) een werkboek mag hebben")
    kolommen: int = Field(default=2000, ge=10, description="hoeveel kolommen een blad of CSV mag hebben")
    cellen: int = Field(
        default=50_000_000, ge=1000, description="hoeveel cellen een blad mag hebben, lege ertussen meegeteld"
    )
    tekens: int = Field(default=100_000, ge=1000, description="hoeveel tekens een cel van een werkboek mag hebben")
    regel_mb: int = Field(default=1, ge=1, description="langste regel van een CSV, in MB")
    geheugen_mb: int = Field(default=3000, ge=256, description="geheugen voor het lezen van één werkboek, in MB")
    seconden: int = Field(default=300, ge=1, description="tijd voor het lezen van één werkboek")
    wachten: int = Field(default=60, ge=0, description="hoeveel seconden een opdracht wacht als een andere bezig is")


class Bewaar(_Groep):
    """How long things are kept in the work folder."""

    momentopnamen: int = Field(default=12, ge=1, description="hoeveel momentopnamen blijven staan")
    maanden: int = Field(default=60, ge=1, description="na hoeveel maanden oude momentopnamen en rapporten weg mogen")
    logboek_dagen: int = Field(default=90, ge=1, description="na hoeveel dagen het foutenlogboek weg mag")


class Instellingen(_Groep):
    """All settings of a work folder."""

    limiet: Limiet = Limiet()
    bewaar: Bewaar = Bewaar()


def regels() -> Iterator[tuple[str, str, Any, str]]:
    """Every setting: its group, name, usual value and what it means."""
    for groep, veld in Instellingen.model_fields.items():
        assert isinstance(veld.default, BaseModel)
        for naam, keuze in type(veld.default).model_fields.items():
            yield groep, naam, keuze.default, keuze.description or ""


def omgevingsnaam(groep: str, naam: str) -> str:
    """The variable that overrides a setting."""
    return f"{_VOORVOEGSEL}{groep}_{naam}".upper()


def lees(werkmap: Path | None) -> Instellingen:
    """The settings in force. Raises Gebruiksfout with every mistake at once."""
    mistakes: yaml_regels.Mistakes = []
    chosen = Instellingen()
    path = werkmap / BESTAND if werkmap is not None else None
    if path is not None and path.is_file():
        found, _ = yaml_regels.lees(path, Instellingen, mistakes)
        chosen = found or chosen
    told = yaml_regels.vertel(mistakes)
    facts = chosen.model_dump()
    known = {omgevingsnaam(groep, naam): (groep, naam) for groep, naam, _, _ in regels()}
    for variable in sorted(os.environ):
        if not variable.startswith(tuple(f"{_VOORVOEGSEL}{groep}_".upper() for groep in facts)):
            continue
        if variable not in known:
            told.append(f"De instelling {variable} kennen wij niet. Kies uit: {', '.join(sorted(known))}.")
            continue
        groep, naam = known[variable]
        try:
            facts[groep] = type(getattr(chosen, groep)).model_validate(facts[groep] | {naam: os.environ[variable]})
            facts[groep] = facts[groep].model_dump()
        except ValidationError:
            told.append(f"De instelling {variable} is geen geldig getal. Schrijf bijvoorbeeld {variable}=100.")
    if told:
        raise Gebruiksfout(told)
    return Instellingen.model_validate(facts)


_gekozen: dict[str, Path | None] = {"werkmap": None}


def kies(werkmap: Path | None) -> None:
    """Which work folder's settings count in this process: one process serves one work folder."""
    _gekozen["werkmap"] = werkmap


def limieten() -> Limiet:
    """The limits in force for the work folder of this process."""
    return lees(_gekozen["werkmap"]).limiet
