"""A verdict as it was then beside the verdict as it is now, and why they differ.

Then: as it was told to the supplier (read back from the record, never recomputed), else computed on the momentopname of
its time when that is kept. Now: on the current momentopname. Both with the norm of the quarter.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import etl
import metrics
from contracts import quarters
from contracts.assess import NO_REPORT, NOT_NOW, Verdict, assess
from contracts.read import Agreements
from contracts.reasons import people
from data.fouten import Gebruiksfout

_SHOWN = ("waarde", "n", "norm", "oordeel", "reeks")


@dataclass(frozen=True)
class Change:
    """`oorzaken` in plain Dutch, without numbers of a person; `anders`: whether value or verdict differ."""

    toen: Verdict
    nu: Verdict
    oorzaken: tuple[str, ...]

    @property
    def anders(self) -> bool:
        return any(getattr(self.toen, name) != getattr(self.nu, name) for name in _SHOWN)

    def to_json(self) -> dict[str, Any]:
        """Both verdicts and the causes."""
        keys = {name: getattr(self.nu, name) for name in ("contract", "kpi", "kwartaal")}
        both = {"toen": self.toen.to_json(), "nu": self.nu.to_json()}
        return {**keys, **both, "anders": self.anders, "oorzaken": list(self.oorzaken)}


def of_its_time(store: etl.Store, kwartaal: str) -> etl.Snapshot | None:
    """The first kept momentopname whose data reach the end of the quarter; None when none is kept but the current."""
    last, current = quarters.last_day(kwartaal), store.current()
    for info in reversed(store.snapshots()):
        snapshot = etl.Snapshot(info.id, store.path_of(info.id))
        newest = snapshot.info["nieuwste_datum"]
        if newest is not None and newest >= last and (current is None or info.id != current.id):
            return snapshot
    return None


def compare(
    agreements: Agreements,
    then: etl.Snapshot,
    now: etl.Snapshot,
    kwartaal: str,
    *,
    voor: metrics.Bevoegdheid,
    contracten: Sequence[str] = (),
) -> list[Change]:
    """Every verdict of a quarter on two momentopnamen."""
    before, after = (
        assess(agreements, one, voor=voor, kwartaal=kwartaal, contracten=contracten) for one in (then, now)
    )
    old = {(one.contract, one.kpi): one for one in before}
    return [
        Change(one, new, tuple(_causes(agreements, one, new, then, now, voor)))
        for new in after
        if (one := old.get((new.contract, new.kpi))) is not None
    ]


def told_and_now(told: Sequence[Verdict], now: Sequence[Verdict]) -> list[Change]:
    """Verdicts read back from the record beside those of now. The norm may have been changed since, and an agreement
    may be gone: what was told stays."""
    current = {(one.contract, one.kpi, one.kwartaal): one for one in now}
    found = []
    for one in told:
        new = current.get((one.contract, one.kpi, one.kwartaal))
        if new is None:
            gone = {"waarde": None, "laag": None, "hoog": None, "n": None, "teller": None, "noemer": None}
            new = replace(one, oordeel=NOT_NOW, zekerheid=None, reeks=0, stap=None, **gone)
            found.append(Change(one, new, ("deze afspraak staat niet meer in de afspraken",)))
        else:
            found.append(Change(one, new, tuple(_plain_causes(one, new))))
    return found


def _plain_causes(then: Verdict, now: Verdict) -> list[str]:
    found = []
    if then.norm != now.norm:
        found.append("de norm in de afspraken is sindsdien veranderd")
    if then.oordeel == NO_REPORT and now.oordeel != NO_REPORT:
        found.append("de rapportage kwam later binnen")
    elif then.oordeel != NO_REPORT and now.oordeel == NO_REPORT:
        found.append("de rapportage is er niet meer")
    elif (then.waarde, then.n) != (now.waarde, now.n):
        found.append("latere leveringen veranderden het cijfer")
    elif then.reeks != now.reeks:
        found.append("het oordeel over een eerder kwartaal is veranderd")
    return found


def _causes(
    agreements: Agreements,
    then: Verdict,
    now: Verdict,
    first: etl.Snapshot,
    last: etl.Snapshot,
    voor: metrics.Bevoegdheid,
) -> list[str]:
    found = _plain_causes(then, now)
    if "latere leveringen veranderden het cijfer" not in found:
        return found
    try:
        before, after = (_units(agreements, now, one, voor) for one in (first, last))
    except Gebruiksfout:
        return found  # no persons behind this figure
    for text, one, other in (("erbij kwamen", after, before), ("wegvielen", before, after)):
        if count := len({unit for unit, _ in one} - {unit for unit, _ in other}):
            found.append(f"mensen die {text}: {count}")
    both = {unit for unit, _ in before} & {unit for unit, _ in after}
    changed = [unit for unit in both if _of(before, unit) != _of(after, unit)]
    return [*found, f"mensen met een andere uitkomst: {len(changed)}"] if changed else found


def _units(agreements: Agreements, verdict: Verdict, snapshot: etl.Snapshot, voor: metrics.Bevoegdheid) -> list[Any]:
    rows = people(agreements[verdict.contract], verdict, snapshot, voor=voor)
    return [(row["persoon"], tuple(sorted((k, str(v)) for k, v in row.items()))) for row in rows]


def _of(units: list[Any], person: str) -> Counter[Any]:
    return Counter(facts for one, facts in units if one == person)
