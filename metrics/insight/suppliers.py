"""Contracts side by side: a funnel of what they reached, and the same with the same people."""

from typing import Any

from data.fouten import Gebruiksfout
from metrics.catalogue import outputs
from metrics.exact import definition_of
from metrics.insight.funnel import funnel, standardise
from metrics.insight.scope import Scope, shown

FIGURES = ("leerroute_geslaagd", "onderdeel_geslaagd")
STRATA = ("doelgroep", "leerroute", "leeftijd")


def comparable(id: str) -> bool:
    """Whether a figure counts cases of one contract each: a share of people that carries its own contract."""
    definition = definition_of(id)
    return definition.soort == "aandeel" and definition.personen and "contract" in outputs(id)


def contracts_beside(scope: Scope, id: str) -> list[dict[str, Any]]:
    """The contracts of one figure, a row each, per value of the figure's own dimensions (onderdeel).

    Keys of `funnel` and, under `eerlijk`, those of `standardise` over doelgroep × leerroute × leeftijd. Cases without a
    contract are left out. Raises Gebruiksfout for a figure that has no chance of its own per case (aanwezigheid is a
    sum of hours) or that does not know one contract per case.
    """
    if not comparable(id):
        possible = ", ".join(name for name in FIGURES if comparable(name))
        raise Gebruiksfout(
            f"Het cijfer {id} kan niet per contract worden vergeleken: het telt geen gevallen die bij één contract "
            f"horen. Wel mogelijk: {possible}."
        )
    own = tuple(name for name in definition_of(id).eigen if name != "contract")
    whole = _cases(scope.ask(id, per=("contract",)).rijen)
    parts = _cases(scope.ask(id, per=("contract", *STRATA)).rijen)
    found = []
    for key in sorted({tuple(row[name] for name in own) for row in whole}, key=str):
        mine = [row for row in whole if tuple(row[name] for name in own) == key]
        strata = [row for row in parts if tuple(row[name] for name in own) == key]
        fair = {row["naam"]: row for row in standardise(strata, "contract", STRATA)}
        placed = funnel({"naam": r["contract"], "teller": r["teller"], "noemer": r["noemer"]} for r in mine)
        for row in placed:
            about = {"cijfer": id, **dict(zip(own, key, strict=True)), "contract": row.pop("naam")}
            beside = {name: value for name, value in fair.get(about["contract"], {}).items() if name != "naam"}
            found.append(about | row | {"eerlijk": beside or None})
    return found


def _cases(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a contract whose counts may be seen."""
    return [row for row in rows if row["contract"] is not None and shown(row["teller"]) and shown(row["noemer"])]
