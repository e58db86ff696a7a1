"""The form of an agreement: one YAML per contract, checked when it is read.

The descriptions are Dutch: they are shown by an editor that knows the JSON Schema (`contracts/schema.py`).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Venster = Literal["kwartaal", "vier kwartalen", "looptijd"]
Keurmerkstatus = Literal["geldig", "aspirant", "geschorst", "ingetrokken"]
EXAMPLE_NORM = "voorbeeldnorm"
UNKNOWN = "?"  # the id of a contract that has none, while its other mistakes are told
WITH_KEURMERK = ("B1", "Z")  # the onderwijsroute is under the Inspectie van het Onderwijs instead


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _as_name(value: Any) -> Any:
    """Several suppliers under one contract are written as a list and read as one name."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return " en ".join([", ".join(value[:-1]), value[-1]]) if len(value) > 1 else value[0]
    return value


def _finite(value: Any) -> Any:
    """`.nan` and `.inf` are numbers in YAML, and true is 1 to Python, but neither is a norm."""
    if isinstance(value, bool):
        return "geen getal"
    if isinstance(value, float) and value not in (float("inf"), float("-inf")) and value == value:
        return value
    return "geen getal" if isinstance(value, float) else value


def _whole(value: Any) -> Any:
    """True is 1 to Python, but no number of quarters, days or people."""
    return "geen getal" if isinstance(value, bool) else value


_Count = Annotated[int, BeforeValidator(_whole, json_schema_input_type=Annotated[int, Field(ge=0)])]
_Filled = Annotated[str, Field(min_length=1)]
_Values = Annotated[list[str | int], BeforeValidator(_as_list, json_schema_input_type=list[str | int] | str | int)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Verlenging(_Strict):
    """An extension that was decided."""

    tot: date = Field(description="nieuwe laatste dag van het contract")
    besloten: date | None = Field(default=None, description="dag van het besluit")


class Looptijd(_Strict):
    """When the contract runs; both days included. `einde` is the last day, extensions included."""

    van: date = Field(description="eerste dag van het contract")
    tot: date = Field(description="laatste dag, zonder verlenging")
    verlengbaar_tot: date | None = Field(default=None, description="tot wanneer verlengen mag")
    verlengd: tuple[Verlenging, ...] = Field(default=(), description="elke verlenging waartoe is besloten")

    @property
    def einde(self) -> date:
        return self.verlengd[-1].tot if self.verlengd else self.tot


class Stap(_Strict):
    """What was agreed to happen after `na` quarters in a row without keeping the agreement."""

    na: _Count = Field(description="na zoveel kwartalen op rij zonder dat de afspraak is gehaald")
    stap: _Filled = Field(description="wat er dan gebeurt, zoals gesprek, verbeterplan of malus")


class Rapportage(_Strict):
    """When the supplier reports; not reporting may have its own steps."""

    ritme: Literal["kwartaal"] = Field(default="kwartaal", description="hoe vaak de aanbieder rapporteert")
    termijn_dagen: _Count = Field(default=28, ge=0, description="binnen zoveel dagen na het kwartaal")
    gevolg: tuple[Stap, ...] = Field(default=(), description="stappen als er geen rapportage komt")


class Onderdeel(_Strict):
    """What is bought: a leerroute, onderdelen, or a dienst."""

    leerroute: str | None = Field(default=None, description="B1, onderwijs of Z")
    onderdelen: tuple[str, ...] = Field(default=(), description="bijvoorbeeld PVT of brugklas")
    dienst: str | None = Field(default=None, description="bijvoorbeeld tolken")


class Perceel(_Strict):
    """A parcel of the tender: a part of the contract for some municipalities, perhaps by another supplier."""

    id: str = Field(description="naam van het perceel in dit bestand")
    titel: str = Field(description="naam voor de lezer")
    gemeenten: tuple[str, ...] = Field(description="gemeentecodes van vier cijfers, tussen aanhalingstekens")
    aanbieder: str | None = Field(default=None, description="als het een andere is dan die van het contract")


class Keurmerkperiode(_Strict):
    """The status of a keurmerk from a day on; `tot` empty: until the next, or still."""

    status: Keurmerkstatus = Field(description="geldig, aspirant, geschorst of ingetrokken")
    van: date = Field(description="eerste dag van deze status")
    tot: date | None = Field(default=None, description="laatste dag; leeg: tot de volgende status")


class Keurmerk(_Strict):
    """Who watches over the quality, and the status through time: the gate to giving lessons for B1 and Z."""

    toezicht: Literal["Blik op Werk", "Inspectie van het Onderwijs"] = Field(
        default="Blik op Werk", description="wie toezicht houdt; de onderwijsroute valt onder de Inspectie"
    )
    perioden: tuple[Keurmerkperiode, ...] = Field(default=(), description="de status door de tijd heen")


class Kpi(_Strict):
    """One agreement on a figure. `filter` also fixes `einde` and `horizon` of a figure with competing ends.

    With `cijfer: kwaliteit` it is about the report's sheet Kwaliteit: one `kenmerk`, or `teller` and `noemer`.
    `norm` as the figure gives its value (a share from 0 to 1); empty: not agreed yet.
    """

    id: _Filled = Field(description="korte naam van de KPI; een gewijzigde norm heeft dezelfde id")
    titel: str = Field(description="naam voor de lezer")
    cijfer: str = Field(description="naam van een cijfer (inburgering cijfers), of: kwaliteit")
    filter: dict[str, _Values] = Field(default={}, description="waarover het cijfer gaat, zoals {soort: taal}")
    perceel: str | None = Field(default=None, description="alleen voor de gemeenten van dit perceel")
    venster: Venster = Field(default="kwartaal", description="periode tot en met het kwartaal")
    norm: Annotated[float | None, BeforeValidator(_finite, json_schema_input_type=float | None)] = Field(
        default=None, description="de afgesproken waarde; een aandeel als 0.80; leeg: nog geen norm"
    )
    min_n: _Count = Field(default=5, ge=0, description="bij minder is het oordeel: te weinig gegevens")
    gevolg: tuple[Stap, ...] = Field(default=(), description="wat er gebeurt als de afspraak niet is gehaald")
    geldig_van: date | None = Field(default=None, description="vanaf deze dag; leeg: vanaf het begin")
    geldig_tot: date | None = Field(default=None, description="tot en met deze dag; leeg: tot de volgende norm")
    richting: Literal["hoger", "lager"] | None = Field(default=None, description="wat beter is")
    soort: Literal["aandeel", "verhouding"] | None = Field(default=None, description="alleen bij kwaliteit")
    kenmerk: str | None = Field(default=None, description="één kenmerk van het blad Kwaliteit")
    teller: str | None = Field(default=None, description="kenmerk dat wordt gedeeld")
    noemer: str | None = Field(default=None, description="kenmerk waardoor wordt gedeeld")
    bron: str | None = Field(
        default=None, description="waar deze norm vandaan komt, als dat anders is dan bij het contract"
    )


class Agreement(_Strict):
    """All that was agreed in one contract."""

    id: _Filled = Field(description="id van het contract, zoals het in de leveringen staat")
    titel: str = Field(description="naam voor de lezer")
    aanbieder: Annotated[str, BeforeValidator(_as_name, json_schema_input_type=str | list[str])] = Field(
        description="de aanbieder, of een lijst van aanbieders"
    )
    onderaannemers: tuple[str, ...] = Field(default=(), description="wie voor de aanbieder werkt")
    gemeenten: tuple[str, ...] = Field(description="gemeentecodes van vier cijfers, tussen aanhalingstekens")
    onderdeel: Onderdeel = Field(description="wat is ingekocht: een leerroute, onderdelen of een dienst")
    percelen: tuple[Perceel, ...] = Field(default=(), description="delen van de aanbesteding")
    looptijd: Looptijd = Field(description="wanneer het contract loopt")
    status: Literal["lopend", "in aanbesteding", "beëindigd"] = Field(
        default="lopend", description="het einde wist niets: de looptijd bepaalt waarover wordt geoordeeld"
    )
    keurmerk: Keurmerk | None = Field(default=None, description="toezicht en status door de tijd heen")
    rapportage: Rapportage = Field(default=Rapportage(), description="wanneer de aanbieder rapporteert")
    bron: str = Field(description="waar de normen vandaan komen: een artikel, een wet, of voorbeeldnorm")
    kpis: tuple[Kpi, ...] = Field(default=(), description="de afspraken")

    def source(self, kpi: Kpi) -> str:
        """Where the norm of this KPI comes from: its own source, else the contract's."""
        return kpi.bron or self.bron

    def filter_of(self, kpi: Kpi) -> dict[str, list[str | int]]:
        """The filter of a KPI, with the municipalities of its parcel."""
        codes = next((one.gemeenten for one in self.percelen if one.id == kpi.perceel), ())
        return {**kpi.filter, "gemeente": list(codes)} if codes else kpi.filter
