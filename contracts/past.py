"""A past quarter of one contract three ways: as it was told, as it was then, and as it is now.

Told: read back from the record, never computed again. Then: on the first kept momentopname whose data reach the end of
the quarter, with the norm of that time. Now: on the current momentopname, with the same norm. Later data may change a
figure; what was told to a supplier does not change with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import etl
import metrics
from contracts.assess import Verdict, assess
from contracts.compare import Change, compare, of_its_time, told_and_now
from contracts.read import Agreements
from contracts.record.store import Regel
from contracts.record.views import told, told_entry


@dataclass(frozen=True)
class Past:
    """`verteld`: each told verdict beside now (empty: nothing was told), on `verteld_op` and from `verteld_uit`;
    `toen`: each verdict of its time beside now (empty: no earlier momentopname is kept), from `toen_uit`."""

    contract: str
    kwartaal: str
    verteld: tuple[Change, ...] = ()
    verteld_op: date | None = None
    verteld_uit: str | None = None
    toen: tuple[Change, ...] = ()
    toen_uit: str | None = None


def past(
    agreements: Agreements,
    contract: str,
    kwartaal: str,
    snapshot: etl.Snapshot,
    entries: Iterable[Regel],
    *,
    voor: metrics.Bevoegdheid,
    store: etl.Store | None = None,
    now: Iterable[Verdict] | None = None,
) -> Past:
    """Told, then and now. Without a `store` there is no earlier momentopname to look at; `now` are the verdicts of now
    when they are known already."""
    entries = list(entries)
    first = told_entry(entries, contract, kwartaal)
    asked = {"voor": voor, "contracten": [contract]}
    verdicts = told(entries, contract, kwartaal)
    changes = []
    if verdicts:
        current = list(now) if now is not None else assess(agreements, snapshot, kwartaal=kwartaal, **asked)
        changes = told_and_now(verdicts, current)
    then = of_its_time(store, kwartaal) if store is not None else None
    earlier = compare(agreements, then, snapshot, kwartaal, **asked) if then is not None else []
    return Past(
        contract,
        kwartaal,
        tuple(changes),
        first.moment.astimezone().date() if first else None,
        getattr(first.inhoud, "momentopname", None) if first else None,
        tuple(earlier),
        then.id if then is not None and earlier else None,
    )


def told_quarters(entries: Iterable[Regel], contract: str) -> list[str]:
    """The quarters of which verdicts were told, the newest first."""
    mine = {one.kwartaal for one in entries if one.soort == "oordelen" and one.contract == contract}
    return sorted((one for one in mine if one), reverse=True)
