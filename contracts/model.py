"""The form of an agreement: one YAML per contract, checked when it is read."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Venster = Literal["kwartaal", "vier kwartalen", "looptijd"]
EXAMPLE_NORM = "voorbeeldnorm"


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Looptijd(_Strict):
    """When the contract runs; both days included."""

    van: date
    tot: date
    verlengbaar_tot: date | None = None


class Stap(_Strict):
    """What was agreed to happen after `na` quarters in a row without keeping the agreement."""

    na: int
    stap: str


class Rapportage(_Strict):
    """When the supplier reports; not reporting may have its own steps."""

    ritme: Literal["kwartaal"] = "kwartaal"
    termijn_dagen: int = 28
    gevolg: tuple[Stap, ...] = ()


class Onderdeel(_Strict):
    """What is bought: a leerroute, onderdelen, or a dienst."""

    leerroute: str | None = None
    onderdelen: tuple[str, ...] = ()
    dienst: str | None = None


class Kpi(_Strict):
    """One agreement on a figure. `filter` also fixes `einde` and `horizon` of a figure with competing ends.

    With `cijfer: kwaliteit` it is about the report's sheet Kwaliteit: one `kenmerk`, or `teller` and `noemer`.
    `norm` as the figure gives its value (a share from 0 to 1); empty: not agreed yet.
    """

    id: str
    titel: str
    cijfer: str
    filter: dict[str, Annotated[list[str | int], BeforeValidator(_as_list)]] = {}
    venster: Venster = "kwartaal"
    norm: float | None = None
    min_n: int = 5
    gevolg: tuple[Stap, ...] = ()
    geldig_van: date | None = None
    geldig_tot: date | None = None
    richting: Literal["hoger", "lager"] | None = None
    soort: Literal["aandeel", "verhouding"] | None = None
    kenmerk: str | None = None
    teller: str | None = None
    noemer: str | None = None
    bron: str | None = None


class Agreement(_Strict):
    """All that was agreed in one contract."""

    id: str
    titel: str
    aanbieder: str
    onderaannemers: tuple[str, ...] = ()
    gemeenten: tuple[str, ...]
    onderdeel: Onderdeel
    looptijd: Looptijd
    status: Literal["lopend", "in aanbesteding", "beëindigd"] = "lopend"
    rapportage: Rapportage = Rapportage()
    bron: str
    kpis: tuple[Kpi, ...] = ()

    def source(self, kpi: Kpi) -> str:
        """Where the norm of this KPI comes from: its own source, else the contract's."""
        return kpi.bron or self.bron
