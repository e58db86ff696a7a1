"""What a supplier reports about its own quality: the sheet Kwaliteit of its managementrapportage."""

from datetime import date
from typing import Any

import duckdb

import metrics
from contracts import quarters
from contracts.model import Kpi


class Quality:
    """The kenmerken per contract and kwartaal, from the reports that count; read once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        rows = connection.execute("SELECT contract, kwartaal, kenmerk, waarde, datum FROM kwaliteit").fetchall()
        self._values: dict[tuple[str, str], dict[str, Any]] = {}
        for contract, kwartaal, kenmerk, waarde, datum in rows:
            self._values.setdefault((contract, kwartaal), {})[kenmerk] = datum if datum is not None else waarde
        # a report that says nothing of quality is there all the same
        came = connection.execute("SELECT DISTINCT contract, kwartaal FROM rapportages").fetchall()
        self._reported = {*self._values, *came}

    def value(self, contract: str, kpi: Kpi, kwartaal: str, first: str) -> dict[str, Any]:
        """The value over the quarters from `first` up to `kwartaal`: sums of numerators and denominators, or the mean
        of a single kenmerk. A date counts 1 when it is not before the quarter's last day, else 0."""
        if (contract, kwartaal) not in self._reported:
            return {"waarde": None, "reported": False}
        span = list(quarters.ended(quarters.first_day(first), quarters.last_day(kwartaal)))
        if kpi.kenmerk is not None:
            return {"waarde": _mean([self._one(contract, quarter, kpi.kenmerk) for quarter in span])}
        pairs = [
            (self._one(contract, quarter, kpi.teller or ""), self._one(contract, quarter, kpi.noemer or ""))
            for quarter in span
        ]
        known = [(teller, noemer) for teller, noemer in pairs if teller is not None and noemer is not None]
        teller, noemer = sum(pair[0] for pair in known), sum(pair[1] for pair in known)
        result: dict[str, Any] = {"waarde": teller / noemer if noemer else None, "teller": teller, "noemer": noemer}
        if kpi.soort == "aandeel":
            low, high = metrics.wilson(teller, noemer) if teller <= noemer else (None, None)
            result |= {"laag": low, "hoog": high, "n": int(noemer)}
        return result

    def _one(self, contract: str, kwartaal: str, kenmerk: str) -> float | None:
        found = self._values.get((contract, kwartaal), {}).get(kenmerk)
        return float(found >= quarters.last_day(kwartaal)) if isinstance(found, date) else found


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
