"""Who a supplier works with: a harder group is not compared naively.

The mix stands beside every comparison. A standardised figure and a funnel belong in `metrics` (they are about people);
they are asked from here for the contracts that `comparable` names.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import etl
import metrics
from contracts.model import Agreement
from contracts.read import Agreements

DIMENSIONS = ("doelgroep", "leerroute", "leeftijd")


@dataclass(frozen=True)
class Share:
    """Of one dimension one value: how many of this contract and of all comparable contracts together."""

    dimensie: str
    waarde: str
    aantal: int
    totaal: int
    ander_aantal: int
    ander_totaal: int

    @property
    def deel(self) -> float | None:
        return self.aantal / self.totaal if self.totaal else None

    @property
    def ander_deel(self) -> float | None:
        return self.ander_aantal / self.ander_totaal if self.ander_totaal else None


def comparable(agreements: Agreements, agreement: Agreement) -> list[str]:
    """The contracts that buy the same (one leerroute, or parts in common), this one included; when there is no other,
    all that buy a leerroute or parts."""
    mine = agreement.onderdeel
    same = [
        one.id
        for one in agreements.values()
        if (mine.leerroute and one.onderdeel.leerroute == mine.leerroute)
        or set(mine.onderdelen) & set(one.onderdeel.onderdelen)
    ]
    if len(same) > 1:
        return same
    wide = [one.id for one in agreements.values() if bool(one.onderdeel.leerroute) == bool(mine.leerroute)]
    return [id for id in wide if agreements[id].onderdeel.dienst is None]


def mix(
    agreements: Agreements, agreement: Agreement, snapshot: etl.Snapshot, *, voor: metrics.Bevoegdheid, day: date
) -> list[Share]:
    """The mix of who began (of parts: who ended) under a contract up to a day, beside the comparable contracts."""
    if agreement.onderdeel.dienst is not None or day < agreement.looptijd.van:
        return []
    figure = "leerroute_klaar" if agreement.onderdeel.leerroute else "onderdeel_geslaagd"
    possible = metrics.catalogue()[figure].mogelijk
    others = comparable(agreements, agreement)
    asked = {"snapshot": snapshot, "voor": voor, "peildatum": day, "van": agreement.looptijd.van, "tot": day}
    found = []
    for dimension in (one for one in DIMENSIONS if one in possible):
        if dimension == "leerroute" and agreement.onderdeel.leerroute:
            continue  # one route is what was bought
        counts = [_counts(asked, figure, dimension, ids) for ids in ([agreement.id], others)]
        totals = [sum(one.values()) for one in counts]
        for value in sorted(counts[1], key=str):
            found.append(Share(dimension, str(value), counts[0].get(value, 0), totals[0], counts[1][value], totals[1]))
    return found


def _counts(asked: dict[str, Any], figure: str, dimension: str, ids: list[str]) -> dict[Any, int]:
    [answer] = metrics.compute(figure, **asked, filters={"contract": ids}, per=[dimension])
    found: dict[Any, int] = {}
    for row in answer.rijen:
        found[row[dimension]] = found.get(row[dimension], 0) + row["noemer"]
    return found
