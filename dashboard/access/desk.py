"""One desk per work folder: it knows the current momentopname and remembers what was asked before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import contracts
import etl
import metrics
from contracts import record
from dashboard.state import View
from metrics import insight


class Desk:
    """Answers questions of the pages. A new momentopname is noticed by itself."""

    def __init__(self, werkmap: Path, afspraken: Path | None) -> None:
        self.store = etl.Store(werkmap)
        self.agreements = contracts.read_agreements(afspraken)
        own = Path(werkmap) / "signalen"
        self.declarations = insight.read_signals(own if own.is_dir() else None)
        self._ask = lru_cache(maxsize=2048)(self._compute)
        self._judge = lru_cache(maxsize=64)(self._assess)
        self._known = lru_cache(maxsize=8)(self._facts)
        self._look = lru_cache(maxsize=64)(self._evaluate)
        self._spent = lru_cache(maxsize=64)(self._money)
        self._mixed = lru_cache(maxsize=64)(self._mix)
        self._side = lru_cache(maxsize=64)(self._beside)
        self._before = lru_cache(maxsize=64)(self._then)
        self._record: record.Record | None = None

    def snapshot(self) -> etl.Snapshot | None:
        """The current momentopname, or None when nothing was loaded."""
        return self.store.current()

    def facts(self, snapshot: etl.Snapshot) -> dict[str, Any]:
        """What the momentopname is: its own row, the default peildatum, and what can be filtered on."""
        return self._known(snapshot)

    def _facts(self, snapshot: etl.Snapshot) -> dict[str, Any]:
        with snapshot.connect() as connection:
            codes = connection.execute(
                "SELECT gemeentecode, gemeente FROM ref_gemeenten WHERE regio IS NOT NULL ORDER BY gemeente"
            ).fetchall()
        return {**snapshot.info, "peildatum": metrics.default_peildatum(snapshot), "gemeenten": codes}

    def answer(self, snapshot: etl.Snapshot, id: str, view: View, per: Sequence[str] = ()) -> metrics.Answer:
        """One answer. Filters that this figure does not know are left out (see `left_out`)."""
        possible = metrics.catalogue()[id].mogelijk
        chosen = tuple((name, values) for name, values in sorted(view.filters.items()) if name in possible)
        wanted = tuple(name for name in per if name in possible)
        return self._ask(snapshot, id, chosen, view.peildatum, view.van, wanted)

    def _compute(
        self, snapshot: etl.Snapshot, id: str, chosen: Any, peildatum: Any, van: Any, per: tuple[str, ...]
    ) -> metrics.Answer:
        return metrics.compute(
            id, snapshot, voor=metrics.ALLES, peildatum=peildatum, van=van, filters=dict(chosen), per=per
        )[0]

    @staticmethod
    def left_out(id: str, view: View) -> list[str]:
        """The filters of the view that a figure does not know."""
        possible = metrics.catalogue()[id].mogelijk
        return [name for name, values in view.filters.items() if values and name not in possible]

    def verdicts(self, snapshot: etl.Snapshot, view: View, kwartaal: str | None = None) -> list[contracts.Verdict]:
        """Verdicts of all contracts."""
        return self._judge(snapshot, view.peildatum, kwartaal)

    def _assess(self, snapshot: etl.Snapshot, peildatum: Any, kwartaal: str | None) -> list[contracts.Verdict]:
        return contracts.assess(self.agreements, snapshot, voor=metrics.ALLES, peildatum=peildatum, kwartaal=kwartaal)

    def signals(self, snapshot: etl.Snapshot, view: View) -> list[insight.Signal]:
        """What every declaration of a signal finds, signals first."""
        return self._look(snapshot, tuple(sorted(view.filters.items())), view.peildatum)

    def _evaluate(self, snapshot: etl.Snapshot, chosen: Any, peildatum: Any) -> list[insight.Signal]:
        scope = insight.Scope(snapshot, metrics.ALLES, peildatum, dict(chosen))
        return insight.evaluate(scope, self.declarations, deelbaar=True)

    def deliveries(self, snapshot: etl.Snapshot) -> etl.LoadReport:
        """What became of each file."""
        with snapshot.connect() as connection:
            return etl.read_report(connection, snapshot.id, {})

    def findings(self, snapshot: etl.Snapshot, contract: str | None = None) -> list[tuple[str, str, str, int]]:
        """(contract, kwartaal, kind, number) of what differs; of one contract, or of all."""
        with snapshot.connect() as connection:
            return connection.execute(
                "SELECT coalesce(contract, '-'), coalesce(kwartaal, '-'), soort, count(*) FROM bevindingen "
                "WHERE $1 IS NULL OR contract = $1 GROUP BY ALL ORDER BY 2 DESC, 1, 3",
                [contract],
            ).fetchall()

    def notes(self, snapshot: etl.Snapshot, contract: str) -> list[tuple[str, str]]:
        """(kwartaal, text) of what a supplier wrote, the newest first."""
        with snapshot.connect() as connection:
            return connection.execute(
                "SELECT kwartaal, tekst FROM toelichtingen WHERE contract = $1 ORDER BY kwartaal DESC, rij LIMIT 12",
                [contract],
            ).fetchall()

    def logboek(self) -> record.Record:
        """The record of talks, opened when it is first asked for."""
        if self._record is None:
            self._record = record.Record(self.store.werkmap)
        return self._record

    def entries(self, contract: str | None = None) -> list[record.Regel]:
        """What was recorded, of one contract or of all."""
        return self.logboek().entries(contract)

    def money(self, snapshot: etl.Snapshot, contract: str, day: date) -> contracts.Money:
        """What a contract cost up to a day."""
        return self._spent(snapshot, contract, day)

    def _money(self, snapshot: etl.Snapshot, contract: str, day: date) -> contracts.Money:
        return contracts.money(self.agreements[contract], snapshot, voor=metrics.ALLES, day=day)

    def mix(self, snapshot: etl.Snapshot, contract: str, day: date) -> list[contracts.Share]:
        """Who a supplier works with, beside comparable contracts."""
        return self._mixed(snapshot, contract, day)

    def _mix(self, snapshot: etl.Snapshot, contract: str, day: date) -> list[contracts.Share]:
        return contracts.mix(self.agreements, self.agreements[contract], snapshot, voor=metrics.ALLES, day=day)

    def beside(self, snapshot: etl.Snapshot, contract: str, day: date) -> list[contracts.Beside]:
        """What a contract reached beside others that buy the same."""
        return self._side(snapshot, contract, day)

    def _beside(self, snapshot: etl.Snapshot, contract: str, day: date) -> list[contracts.Beside]:
        return contracts.beside(self.agreements, self.agreements[contract], snapshot, voor=metrics.ALLES, day=day)

    def past(self, snapshot: etl.Snapshot, contract: str, kwartaal: str) -> contracts.Past:
        """A quarter of a contract as it was told, as it was then, and as it is now."""
        now = [
            one
            for one in self.verdicts(snapshot, View(), "alle")
            if (one.contract, one.kwartaal) == (contract, kwartaal)
        ]
        told = contracts.past(
            self.agreements, contract, kwartaal, snapshot, self.entries(contract), voor=metrics.ALLES, now=now or None
        )
        changes, momentopname = self._before(snapshot, contract, kwartaal)
        return replace(told, toen=changes, toen_uit=momentopname)

    def _then(
        self, snapshot: etl.Snapshot, contract: str, kwartaal: str
    ) -> tuple[tuple[contracts.Change, ...], str | None]:
        then = contracts.of_its_time(self.store, kwartaal)
        if then is None:
            return (), None
        changes = contracts.compare(
            self.agreements, then, snapshot, kwartaal, voor=metrics.ALLES, contracten=[contract]
        )
        return tuple(changes), then.id

    def people(self, snapshot: etl.Snapshot, verdict: contracts.Verdict) -> list[dict[str, Any]]:
        """The persons behind a verdict, as pseudonyms."""
        return contracts.people(self.agreements[verdict.contract], verdict, snapshot, voor=metrics.ALLES)
