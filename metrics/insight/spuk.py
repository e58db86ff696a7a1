"""The State's money for voorzieningen by its own counting rule, beside our figure spuk_saldo.

The State counts heads on 31 December: an asielstatushouder in three years running, a gezinsmigrant once. So the money
of one person comes in over three years, while the costs come early. The tarief is for a whole traject; each year counts
for an equal part of it. The figure spuk_saldo sets the whole tarief against the year in which a person came.
"""

from typing import Any

from data import referentie
from metrics.insight.scope import Scope, shown


def per_year(scope: Scope) -> list[dict[str, Any]]:
    """A row per year of which 31 December is past: geteld (per doelgroep), rijk, boekingen, saldo, spuk_saldo.

    `rijk` is empty when a tarief is not known, or a number is hidden; then `saldo` is too.
    """
    rule = {row["doelgroep"]: row["teljaren"] for row in referentie.frame("spuk_telregel").to_dicts()}
    tariffs = {(row["jaar"], row["doelgroep"]): row["tarief"] for row in referentie.frame("tarieven").to_dicts()}
    counted: dict[int, dict[str, Any]] = {}
    for row in scope.ask("spuk_telling").rijen:
        counted.setdefault(row["jaar"], {})[row["doelgroep"]] = row["aantal"]
    booked: dict[int, float] = {}
    for row in scope.ask("kosten", filters={"budget": ["voorzieningen"]}).rijen:
        booked[row["jaar"]] = booked.get(row["jaar"], 0.0) + row["waarde"]
    balance = {row["jaar"]: row["waarde"] for row in scope.ask("spuk_saldo").rijen}
    rows = []
    for year, numbers in sorted(counted.items()):
        paid: float | None = 0.0
        for group, n in numbers.items():
            tariff = tariffs.get((year, group))
            paid = None if paid is None or tariff is None or not shown(n) else paid + n * tariff / rule[group]
        spent = booked.get(year)
        rows.append(
            {
                "jaar": year,
                **{group: numbers.get(group, 0) for group in rule},
                "rijk": paid,
                "boekingen": spent,
                "saldo": None if paid is None or spent is None else paid - spent,
                "spuk_saldo": balance.get(year),
            }
        )
    return rows
