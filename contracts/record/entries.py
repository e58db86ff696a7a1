"""What an entry of the record may hold, by its kind. A correction is one of the same kind that points to the first."""

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from etl import mask

_Text = Annotated[str, BeforeValidator(lambda text: mask(text.strip()) if isinstance(text, str) else text)]
_Filled = Annotated[_Text, Field(min_length=1, max_length=4000)]


class Entry(BaseModel):
    """The content of one entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    soort: ClassVar[str]


class Gesprek(Entry):
    """A talk: when, who was there (by role), and what was said."""

    soort = "gesprek"
    datum: date
    aanwezigen: tuple[_Filled, ...] = Field(min_length=1)
    verslag: _Text = ""


class Actie(Entry):
    """What was agreed in a talk: what, who does it, and before when."""

    soort = "actie"
    wat: _Filled
    eigenaar: _Filled
    voor: date


class Sluiting(Entry):
    """The end of an action (`verwijst`): what came of it."""

    soort = "sluiting"
    datum: date
    resultaat: _Filled


class Stapgezet(Entry):
    """A step of a ladder that was really taken, which may be another than the agreed one."""

    soort = "stap"
    kpi: _Filled
    stap: _Filled
    toelichting: _Text = ""


class Oordelen(Entry):
    """The verdicts of a quarter as they were told to the supplier, and the momentopname they came from."""

    soort = "oordelen"
    momentopname: str
    oordelen: tuple[dict[str, Any], ...]


class Document(Entry):
    """A document: a link, or the name and the SHA-256 of a file; never the file itself."""

    soort = "document"
    titel: _Filled
    verwijzing: _Filled
    sha256: str | None = None


KINDS: dict[str, type[Entry]] = {one.soort: one for one in (Gesprek, Actie, Sluiting, Stapgezet, Oordelen, Document)}
