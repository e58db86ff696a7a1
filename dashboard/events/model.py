"""The form of an event, and of a line that takes one back."""

import hashlib
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

import etl
from dashboard.texts import mark

Kind = Literal["beleid", "contract", "rapportage", "uitvoering", "overig"]
KINDS: dict[str, str] = {
    "beleid": mark("Beleid of wet"), "contract": mark("Contract"), "rapportage": mark("Rapportage van een aanbieder"),
    "uitvoering": mark("Uitvoering"), "overig": mark("Anders"),
}  # fmt: skip


class Event(BaseModel):
    """Something that happened on a day. With `trekt_in` the line takes an earlier event back and says nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    datum: date | None = Field(default=None, description="de dag, bijvoorbeeld 2024-01-01")
    soort: Kind = Field(default="overig", description="beleid, contract, rapportage, uitvoering of overig")
    titel: str = Field(default="", max_length=60, description="kort, zoals het op de tijdas komt")
    toelichting: str = Field(default="", max_length=400, description="wat er gebeurde, en waar dat staat")
    wie: str = Field(default="", max_length=80, description="wie dit opschreef")
    op: str = Field(default="", max_length=40, description="wanneer het is opgeschreven")
    trekt_in: str = Field(default="", max_length=12, description="het kenmerk van de gebeurtenis die vervalt")

    @field_validator("titel", "toelichting", "wie")
    @classmethod
    def _legible(cls, text: str) -> str:
        return etl.mask("".join(letter if letter.isprintable() else " " for letter in text))

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.trekt_in and (self.datum is None or not self.titel):
            raise ValueError("een gebeurtenis heeft een datum en een titel")
        return self

    @property
    def kenmerk(self) -> str:
        """What names it, whatever its place in the file."""
        return hashlib.sha256(f"{self.datum}|{self.soort}|{self.titel}".encode()).hexdigest()[:8]
