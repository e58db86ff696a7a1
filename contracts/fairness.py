"""Who a supplier works with, and what it reached beside others: a harder group is not compared naively.

The mix stands beside every comparison. The standardised figure and the funnel are methods of `metrics.insight` (they
are about people); here it is decided which contracts are beside each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import etl
import metrics
from contracts.model import Agreement
from contracts.read import Agreements
from metrics import insight

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


@dataclass(frozen=True)
class Beside:
    """What contracts reached since the law began, a row each (keys of `insight.contracts_beside`: raw, the place in the
    funnel, and `eerlijk`, with the same people).

    `gelijk`: they buy the same (one leerroute, or this onderdeel), so that they may be compared; otherwise they only
    stand there to be seen. `trechter`: at least three of them have enough cases for a funnel.
    """

    cijfer: str
    wat: str
    gelijk: bool
    rijen: tuple[dict[str, Any], ...]

    @property
    def trechter(self) -> bool:
        return any(row["plaats"].startswith(("binnen", "buiten")) for row in self.rijen)

    def of(self, contract: str) -> dict[str, Any] | None:
        """The row of one contract."""
        return next((row for row in self.rijen if row["contract"] == contract), None)


def beside(
    agreements: Agreements, agreement: Agreement, snapshot: etl.Snapshot, *, voor: metrics.Bevoegdheid, day: date
) -> list[Beside]:
    """What a contract reached beside others that buy the same, up to a day: the routes it ended, or each part it gave.

    For a route of which fewer than three contracts have enough cases, a second one follows with all routes together.
    """
    if agreement.onderdeel.dienst is not None or day < agreement.looptijd.van:
        return []
    route = agreement.onderdeel.leerroute
    if route is None:
        rows = _beside(snapshot, voor, day, "onderdeel_geslaagd", list(agreements))
        parts = [(part, [row for row in rows if row["onderdeel"] == part]) for part in agreement.onderdeel.onderdelen]
        return [Beside("onderdeel_geslaagd", part, True, tuple(found)) for part, found in parts if found]
    every = [one.id for one in agreements.values() if one.onderdeel.leerroute]
    same = [id for id in every if agreements[id].onderdeel.leerroute == route]
    own = _beside(snapshot, voor, day, "leerroute_geslaagd", same, {"leerroute": [route]})
    found = [Beside("leerroute_geslaagd", route, True, tuple(own))] if own else []
    if not any(one.trechter for one in found) and len(every) > len(same):
        wide = _beside(snapshot, voor, day, "leerroute_geslaagd", every)
        found += [Beside("leerroute_geslaagd", "alle leerroutes", False, tuple(wide))] if len(wide) > len(own) else []
    return found


def _beside(
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    day: date,
    figure: str,
    ids: Sequence[str],
    more: dict[str, list[str]] | None = None,
) -> list[dict[str, Any]]:
    scope = insight.Scope(snapshot, voor, day, {"contract": list(ids), **(more or {})})
    return insight.contracts_beside(scope, figure)
