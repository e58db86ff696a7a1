"""What a contract cost, beside what was budgeted for the same kind of costs, and per participant and per success.

Costs of people who are still under way are in the amount and not yet in the successes, so early on a success looks
dear; under five of them no amount per person is given.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb

import etl
import metrics
from contracts import quarters
from contracts.model import Agreement

SMALL = 5  # under this no amount per person: one bill would decide it


@dataclass(frozen=True)
class Money:
    """Euros over the looptijd up to the day. `per_jaar`: paid under this contract; paid and budgeted in all for the
    same municipalities and kinds of costs (a budget knows no contract). `begonnen` and `gelukt` count `eenheid`."""

    totaal: float
    per_jaar: tuple[dict[str, Any], ...]
    eenheid: str
    begonnen: int | None
    gelukt: int | None

    @property
    def per_deelnemer(self) -> float | None:
        return self.totaal / self.begonnen if self.per_jaar and self.begonnen and self.begonnen >= SMALL else None

    @property
    def per_succes(self) -> float | None:
        return self.totaal / self.gelukt if self.per_jaar and self.gelukt and self.gelukt >= SMALL else None

    def to_json(self) -> dict[str, Any]:
        """All of it, as data."""
        return {**asdict(self), "per_deelnemer": self.per_deelnemer, "per_succes": self.per_succes}


def money(agreement: Agreement, snapshot: etl.Snapshot, *, voor: metrics.Bevoegdheid, day: date) -> Money:
    """What was booked under a contract up to a day, and what it brought."""
    start = agreement.looptijd.van
    if day < start:
        return Money(0.0, (), "", None, None)
    asked: dict[str, Any] = {"voor": voor, "peildatum": day, "van": start, "tot": day}
    [own] = metrics.compute("kosten", snapshot, filters={"contract": [agreement.id]}, **asked)
    [every] = metrics.compute("kosten", snapshot, **asked)
    keys = ("jaar", "gemeente", "budget", "kostensoort")
    cells = {tuple(row[name] for name in keys) for row in own.rijen}
    years: dict[int, dict[str, Any]] = {}
    for row in own.rijen:
        year = years.setdefault(row["jaar"], {"jaar": row["jaar"], "betaald": 0.0, "samen": 0.0, "begroot": None})
        year["betaald"] += row["waarde"]
    for row in every.rijen:
        if tuple(row[name] for name in keys) in cells:
            year = years[row["jaar"]]
            year["samen"] += row["waarde"]
            if row.get("begroot") is not None:
                year["begroot"] = (year["begroot"] or 0.0) + row["begroot"]
    unit, begun, done = _outcomes(agreement, snapshot, asked)
    return Money(
        sum(year["betaald"] for year in years.values()), tuple(years[one] for one in sorted(years)), unit, begun, done
    )


def _outcomes(
    agreement: Agreement, snapshot: etl.Snapshot, asked: Mapping[str, Any]
) -> tuple[str, int | None, int | None]:
    """(unit, how many begun, how many brought to a good end): routes, parts, or orders of interpreters."""
    chosen = {"contract": [agreement.id]}
    if agreement.onderdeel.leerroute:
        begun, ended = metrics.compute(["leerroute_klaar", "leerroute_geslaagd"], snapshot, filters=chosen, **asked)
        return "leerroutes", begun.rijen[0]["noemer"], ended.rijen[0]["teller"]
    if agreement.onderdeel.onderdelen:
        [parts] = metrics.compute("onderdeel_geslaagd", snapshot, filters=chosen, **asked)
        ended, good = (sum(row[name] for row in parts.rijen) for name in ("noemer", "teller"))
        return "onderdelen die klaar zijn", ended, good
    with snapshot.connect() as connection:
        orders = _orders(connection, agreement.id, quarters.of(asked["peildatum"]))
    return "tolkopdrachten" if orders[0] is not None else "", *orders


def _orders(connection: duckdb.DuckDBPyConnection, contract: str, last: str) -> tuple[int | None, int | None]:
    rows = connection.execute(
        "SELECT kenmerk, sum(waarde)::BIGINT FROM kwaliteit WHERE contract = $1 AND kwartaal <= $2 GROUP BY kenmerk",
        [contract, last],
    ).fetchall()
    counts = dict(rows)
    return counts.get("tolkopdrachten"), counts.get("tolkopdrachten_geleverd")
