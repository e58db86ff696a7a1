"""What each figure counts: which units, selected by which of their days, and which of them count in the numerator.

Two figures that count the same units share their groups: "toets_op_tijd" and "voldaan_binnen" are both about everybody
with a PIP, so what one hides may not be read in the other. The tests hold this table against the units themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from metrics.answer import Answer
from metrics.catalogue import outputs
from metrics.days import FIRST_DAY, span
from metrics.definition import AFTERWARDS, TIME, TWO_YEARS

Span = tuple[date, date]
Side = frozenset[Any] | tuple[Span, ...]  # values, or days
Box = tuple[tuple[str, Side], ...]  # the units with all of these, sorted by name

STATUSHOUDERS = frozenset({"asielstatushouder", "nareiziger"})
YES = frozenset({"ja"})
_TIMES = (*TIME, TWO_YEARS, "halfjaar")


@dataclass(frozen=True)
class Counts:
    """`groep`: kind of unit. `dag`: the day that the period selects on; empty for a state on the peildatum.

    A name that ends in @ depends on the peildatum, one that ends in # on the period too. `waar`: which units count.
    `teller`: which of those the numerator counts; empty: only the figure itself knows. `dagen`: followed so long.
    `kopie`: a dimension that repeats the units, with for some values other conditions.
    """

    groep: str
    dag: str = ""
    waar: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    teller: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    dagen: int = 0
    kopie: Mapping[str, Mapping[str, Mapping[str, frozenset[Any]]]] = field(default_factory=dict)


def _one(**sides: str) -> dict[str, frozenset[Any]]:
    return {name: frozenset({value}) for name, value in sides.items()}


_OWED = {"doelgroep": STATUSHOUDERS}
_OFFER = {
    "PIP": {}, "PVT": {}, "MAP": {"zonder onderwijsroute@": YES},
    **dict.fromkeys(("brugklas", "maatschappelijke begeleiding", "financieel ontzorgen", "leerroute"), _OWED),
}  # fmt: skip
_OPEN = {"pip": YES, "bezig@": YES}
_DONE = _one(reden_einde="afgerond")

COUNTS: dict[str, Counts] = {
    "instroom": Counts("persoon", "plichtig"),
    "kosten_per_persoon": Counts("persoon", "plichtig"),
    "spuk_saldo": Counts("persoon", "plichtig"),
    "aanbod_gekregen": Counts("persoon", "plichtig", kopie={"onderdeel": _OFFER}),
    "taakstelling": Counts("persoon", "huisvesting", teller=_OWED),
    "intake_begonnen": Counts("persoon", "plichtig"),
    "pip_openstaand": Counts("persoon", waar={"pip openstaand@": YES}),
    "termijn_loopt_af": Counts("persoon", waar={"termijn loopt af@": YES}),
    "pip_op_tijd": Counts("persoon", "pip-termijn@"),
    "intake_tot_pip": Counts("persoon", "intake"),
    "toets_op_tijd": Counts("persoon", "pip"),
    "brugklas_voor_pip": Counts("persoon", "pip", waar=_OWED),
    "voldaan_binnen": Counts("persoon", "pip"),
    "p50_allen": Counts("persoon", "pip"),
    "inburgeringsexamen": Counts("persoon", "pip", waar={"examen gedaan@": YES}),
    "niveau_behaald": Counts("persoon", "pip", waar={"examen gedaan@": YES}),
    "termijn_verstreken": Counts("persoon", waar=_OPEN),
    "betaald_werk": Counts("persoon", waar=_OPEN),
    "formatie": Counts("persoon", waar={"bezig@": YES}),
    "participatie_actief": Counts("persoon", waar={"in B1 of Z@": YES}),
    "routeverdeling": Counts("persoon", "eerste route"),
    "leerroute_afgerond_binnen": Counts("persoon", "eerste route"),
    "routewissel": Counts("persoon", "eerste route", dagen=548),
    "route_past_bij_toets": Counts("persoon", "eerste route", waar={"toets duidelijk@": YES}),
    "afschaling": Counts("persoon", "begin B1#"),
    "werk_na_uitstroom": Counts("persoon", "voldaan", dagen=182),
    "uitval": Counts("route", "start"),
    "leerroute_klaar": Counts("route", "start"),
    "duaal_gestart": Counts("route", "start", waar={"leerroute": frozenset({"B1", "Z"})}, dagen=183),
    "uitstroom": Counts("route", "einde"),
    "maanden_tot_uitstroom": Counts("route", "einde", waar={**_DONE, "met pip@": YES}),
    "leerroute_geslaagd": Counts(
        "route", "einde", waar={"reden_einde": frozenset({"afgerond", "uitval"})}, teller=_DONE
    ),
    "doorstroom_onderwijs": Counts("route", "einde", waar={**_DONE, **_one(leerroute="onderwijs")}, dagen=182),
    "uren_z_route": Counts("route", "einde", waar={**_DONE, **_one(leerroute="Z"), **_OWED}),
    "onderdeel_geslaagd": Counts(
        "onderdeel", "einde", waar={"resultaat": frozenset({"afgerond", "anders"})}, teller=_one(resultaat="afgerond")
    ),
    "map_volledig": Counts("onderdeel", "einde", waar=_one(onderdeel="MAP", resultaat="afgerond")),
    "pvt_volledig": Counts("onderdeel", "einde", waar=_one(onderdeel="PVT", resultaat="afgerond")),
    "ontzorgen_verlengd": Counts("onderdeel", "start", waar={**_one(onderdeel="financieel ontzorgen"), "einde": YES}),
    "begeleiding_twaalf_maanden": Counts(
        "onderdeel", "start", waar=_one(onderdeel="maatschappelijke begeleiding"), dagen=365
    ),
    "examen_per_poging": Counts("examen", "datum", teller=_one(resultaat="geslaagd")),
    "examen_eerste_poging": Counts(
        "examen", "datum", waar=_one(poging="eerste"), teller=_one(resultaat="geslaagd")
    ),
    "examen_uiteindelijk": Counts("persoon en examenonderdeel", "datum#"),
    "besluiten": Counts("besluit", "datum"),
    "samenloop": Counts("samenloop", "datum"),
    "tevredenheid": Counts("antwoord", "datum", teller={"score": frozenset(range(1, 6))}),
    "respons": Counts("uitnodiging", "datum"),
    "uit_bijstand": Counts("uitkering", "start"),
    "aanwezigheid": Counts("uur", "datum"),
}  # fmt: skip

# every unit has such a day, and none before the law: who has none in the whole period does not exist
ALWAYS = {("persoon", "plichtig"), ("route", "start"), ("onderdeel", "start"), ("examen", "datum")}
_OWN_ROUTE = {"route"}
_OWN_CONTRACT = {"route", "onderdeel", "antwoord", "uitnodiging", "uur"}


def counts(id: str) -> Counts:
    """What a figure counts; one that the table does not know counts units of its own."""
    return COUNTS.get(id) or Counts(f"eenheid van {id}", "datum" if "datum" in outputs(id) else "")


def overlapping(answer: Answer) -> bool:
    """Whether someone may stand in several rows: a person under each of their contracts."""
    return "contract" in answer.dims and "contract" not in outputs(answer.cijfer)


def sides(answer: Answer, row: Mapping[str, Any] | None = None) -> dict[str, Side]:
    """The units of one row, or of the whole answer without one: for each of their features what it may be. A row may
    hold some of the dimensions only.
    """
    what = counts(answer.cijfer)
    found: dict[str, Side] = {}
    wanted: dict[str, frozenset[Any]] = {
        name: frozenset(values) for name, values in answer.filters.items() if name not in AFTERWARDS
    }
    if row is not None:
        wanted |= {name: frozenset([row[name]]) for name in answer.dims if name in row}
    conditions = dict(what.waar)
    last = answer.peildatum - timedelta(days=what.dagen)
    days: tuple[Span, ...] = ((answer.van, min(answer.tot, last)),)
    if "halfjaar" in wanted:  # a half year counts whole when it begins in the period
        days = ((date.min, last),)
    for name, values in wanted.items():
        if name in what.kopie:
            conditions |= what.kopie[name].get(next(iter(values)), {}) if len(values) == 1 else {}
        elif name in _TIMES:
            days = _meet(days, [span(value) for value in values])
        else:
            found[_feature(answer, what, name, values)] = values if not _many(answer, name) else YES
    for name, values in conditions.items():
        side: Side = values
        if name in ("pip", "einde"):  # has such a day by the peildatum, whatever the period
            side = ((FIRST_DAY, answer.peildatum),)
        mine = found.get(_dated(answer, name))
        found[_dated(answer, name)] = side if mine is None or isinstance(mine, tuple) else mine & values
    if what.dag:
        found[_dated(answer, what.dag)] = days
    if what.groep == "persoon" and not any(isinstance(side, tuple) for side in found.values()):
        found["plichtig"] = _meet(_days(found.get("plichtig")), [(FIRST_DAY, answer.peildatum)])
    return found


def numerator(answer: Answer, row: Mapping[str, Any]) -> dict[str, Side]:
    """What sets the numerator of a row apart from its denominator."""
    what = counts(answer.cijfer)
    copy = "".join(f" {row[name]}" for name in what.kopie)
    return dict(what.teller) or {f"{answer.cijfer}{copy} {answer.peildatum}": YES}


def box(sides: Mapping[str, Side]) -> Box:
    """The same as something to compare."""
    return tuple(sorted(sides.items(), key=lambda side: side[0]))


def _many(answer: Answer, name: str) -> bool:
    return name == "contract" and "contract" not in outputs(answer.cijfer)


def _feature(answer: Answer, what: Counts, name: str, values: frozenset[Any]) -> str:
    """The name of a feature of the units. The first leerroute of a person may be known only after the peildatum."""
    if name == "leerroute" and what.groep not in _OWN_ROUTE:
        return f"leerroute {answer.peildatum}"
    if name == "contract" and what.groep not in _OWN_CONTRACT:
        # a person has several contracts: each is a feature of its own
        return f"contract {sorted(map(str, values))} {answer.peildatum}" if _many(answer, name) else "eerste contract"
    return name


def _dated(answer: Answer, name: str) -> str:
    if name.endswith("@"):
        return f"{name[:-1]} {answer.peildatum}"
    return f"{name[:-1]} {answer.peildatum} {answer.van} {answer.tot}" if name.endswith("#") else name


def _days(side: Side | None) -> tuple[Span, ...]:
    return side if isinstance(side, tuple) else ((date.min, date.max),)


def _meet(some: tuple[Span, ...], others: list[Span]) -> tuple[Span, ...]:
    both = [(max(one[0], other[0]), min(one[1], other[1])) for one in some for other in others]
    return tuple(sorted(days for days in both if days[0] <= days[1]))
