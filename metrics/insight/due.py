"""What is due, person by person, for who may see persons: plans to make, terms that run out."""

from typing import Any

from metrics.compute import persons
from metrics.exact import definition_of
from metrics.insight.scope import Scope

FIGURES = {"pip_openstaand": "plan (PIP) maken", "termijn_loopt_af": "termijn loopt af"}


def due(scope: Scope) -> list[dict[str, Any]]:
    """Rows {persoon, wat, stand, uiterlijk, dagen, gemeente, doelgroep}, the most urgent first.

    `persoon` is the pseudonym as people see it, `dagen` what is left on the peildatum (negative: so long over).
    Raises Gebruiksfout for who may see only what is published.
    """
    found = []
    for id, what in FIGURES.items():
        known = {name: values for name, values in scope.filters.items() if name in definition_of(id).filterbaar}
        units = persons(
            id, scope.snapshot, voor=scope.voor, peildatum=scope.day, filters=known, per=("gemeente", "doelgroep")
        )
        for unit in units:
            left = (unit["uiterlijk"] - scope.day).days
            row = {name: unit[name] for name in ("persoon", "stand", "gemeente", "doelgroep")}
            found.append(row | {"wat": what, "uiterlijk": unit["uiterlijk"].isoformat(), "dagen": left})
    return sorted(found, key=lambda row: (row["dagen"], row["wat"], row["persoon"]))
