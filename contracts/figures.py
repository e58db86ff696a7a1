"""Asking figures for all contracts at once: one question per figure, window and day, whoever the supplier is.

A filter on a dimension that stands in the rows anyway, or on the leerroute, is applied to the rows, so that the KPIs
of several routes and onderdelen share one question (tests/benchmarks/bench_assess.py: five times as fast).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import etl
import metrics
from data.fouten import Gebruiksfout

Row = dict[str, Any]
_AFTERWARDS = ("einde", "horizon")  # chosen from the rows of competing ends


class Figures:
    """Remembers the rows of every question asked of one momentopname. Raises Gebruiksfout for who may not see them."""

    def __init__(self, snapshot: etl.Snapshot, voor: metrics.Bevoegdheid, contracten: Sequence[str]) -> None:
        if not voor.exact:
            raise Gebruiksfout("Oordelen over contracten zijn niet voor publicatie; u mag alleen publicaties zien.")
        self._snapshot, self._voor, self._contracts = snapshot, voor, list(contracten)
        self._known: dict[tuple[Any, ...], dict[str, list[Row]]] = {}

    def rows(
        self, contract: str, cijfer: str, filters: Mapping[str, Sequence[Any]], start: date, end: date
    ) -> list[Row]:
        """The rows of a figure for one contract, from `start` to `end`, as they were on `end`."""
        definition = metrics.catalogue()[cijfer]
        asked, per, fixed = {}, ["contract"], {}
        for name, values in metrics.ask(definition, filters, ()).filters:
            shared = name in definition.eigen or (name == "leerroute" and not definition.verdeling)
            if len(values) == 1 and (name in _AFTERWARDS or shared):
                fixed[name] = values[0]
                per += [] if name in _AFTERWARDS else [name]
            else:
                asked[name] = values
        key = (cijfer, tuple(asked.items()), tuple(per), start, end)
        if key not in self._known:
            self._known[key] = self._ask(cijfer, asked, per, start, end)
        found = self._known[key].get(contract, [])
        return [row for row in found if all(row[name] == value for name, value in fixed.items())]

    def _ask(
        self, cijfer: str, filters: Mapping[str, Any], per: list[str], start: date, end: date
    ) -> dict[str, list[Row]]:
        answer = metrics.compute(
            cijfer,
            self._snapshot,
            voor=self._voor,
            peildatum=end,
            van=start,
            tot=end,
            filters={**filters, "contract": self._contracts},
            per=per,
        )[0]
        found: dict[str, list[Row]] = {}
        for row in answer.rijen:
            found.setdefault(row["contract"], []).append(row)
        return found
