"""The judgement, per contract, KPI and kwartaal: is the agreement kept, how sure is that, what follows.

With a handful of participants nearly everything is uncertain. Saying so protects a supplier from an unjust breach and
a municipality from false comfort: the agreement stands on the value, the certainty is for the talk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import etl
import metrics
from contracts import quarters
from contracts.model import Agreement, Kpi, Stap
from contracts.quality import Quality
from contracts.read import Agreements

KEPT, BREACHED = "voldoet", "voldoet niet"
NO_REPORT, TOO_FEW, NOT_NOW, NO_NORM = (
    "rapportage ontbreekt", "te weinig gegevens", "niet van toepassing", "geen norm ingesteld",
)  # fmt: skip
SURE, UNSURE, NO_INTERVAL, TOO_EARLY = "zeker", "onzeker", "geen interval", "te vroeg"
_NO_MINIMUM = ("rapportage_op_tijd",)
_KEYS = (
    "contract", "kpi", "kwartaal", "cijfer", "waarde", "laag", "hoog", "n", "norm", "richting", "oordeel", "zekerheid",
    "reeks", "stap",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """One KPI of one contract in one quarter. `reeks` counts quarters in a row without keeping it."""

    contract: str
    kpi: str
    kwartaal: str
    cijfer: str
    waarde: float | None
    laag: float | None
    hoog: float | None
    n: int | None
    norm: float | None
    richting: str
    oordeel: str
    zekerheid: str | None
    reeks: int
    stap: str | None
    titel: str = ""
    soort: str = ""
    bron: str = ""
    teller: float | None = None
    noemer: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The fixed fourteen keys."""
        return {key: getattr(self, key) for key in _KEYS}


@dataclass(frozen=True)
class _Value:
    waarde: float | None
    laag: float | None = None
    hoog: float | None = None
    n: int | None = None
    teller: float | None = None
    noemer: float | None = None
    reported: bool = True
    too_early: bool = False


def assess(
    agreements: Agreements,
    snapshot: etl.Snapshot,
    *,
    voor: metrics.Bevoegdheid,
    peildatum: date | None = None,
    kwartaal: str | None = None,
    contracten: Sequence[str] = (),
) -> list[Verdict]:
    """All verdicts of one quarter, sorted by contract, kwartaal and kpi.

    `kwartaal` None: the last quarter that ended on or before `peildatum` (default: that of the figures); "alle": every
    quarter up to then. `reeks` always counts from the first quarter on.
    """
    until = peildatum or metrics.default_peildatum(snapshot)
    chosen = [agreements[id] for id in (contracten or agreements)]
    if not chosen:
        return []
    first = min(one.looptijd.van for one in agreements.values())
    wanted = list(quarters.ended(first, until))
    if kwartaal not in (None, "alle"):
        shown = [kwartaal]
        wanted = list(quarters.ended(first, max(until, quarters.last_day(kwartaal or ""))))
        wanted = [one for one in wanted if one <= (kwartaal or "")] or [kwartaal or ""]
    else:
        shown = wanted if kwartaal == "alle" else wanted[-1:]
    with snapshot.connect() as connection:
        quality = Quality(connection)
    found = []
    for agreement in chosen:
        for id in dict.fromkeys(kpi.id for kpi in agreement.kpis):
            entries = [kpi for kpi in agreement.kpis if kpi.id == id]
            found += [
                one for one in _course(agreement, entries, wanted, snapshot, voor, quality) if one.kwartaal in shown
            ]
    return sorted(found, key=lambda one: (one.contract, one.kwartaal, one.kpi))


def _course(
    agreement: Agreement,
    entries: list[Kpi],
    wanted: list[str],
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    quality: Quality,
) -> Iterator[Verdict]:
    """The verdicts of one KPI in the order of the quarters; what was reported late changes nothing before it."""
    streak = 0
    for kwartaal in wanted:
        end = quarters.last_day(kwartaal)
        kpi = valid_on(entries, end)
        # the looptijd decides, so that the end of a contract erases nothing; what is still in tender has not begun
        running = agreement.looptijd.van <= end <= agreement.looptijd.tot and agreement.status != "in aanbesteding"
        if kpi is None or not running:
            verdict = _verdict(agreement, kpi or entries[-1], kwartaal, _Value(None), NOT_NOW)
        else:
            value = _value(agreement, kpi, kwartaal, snapshot, voor, quality)
            verdict = judge(_verdict(agreement, kpi, kwartaal, value, ""), value, kpi)
        streak = 0 if verdict.oordeel == KEPT else streak + (verdict.oordeel == BREACHED)
        applies = kpi is not None and verdict.oordeel != NOT_NOW
        yield replace(verdict, reeks=streak, stap=step(kpi.gevolg, streak) if kpi and applies else None)


def valid_on(entries: Sequence[Kpi], day: date) -> Kpi | None:
    """The entry of a KPI that counts on a day: the one that began last; a changed norm is a new entry."""
    begun = [kpi for kpi in entries if kpi.geldig_van is None or kpi.geldig_van <= day]
    if not begun:
        return None
    last = max(begun, key=lambda kpi: kpi.geldig_van or date.min)
    return None if last.geldig_tot is not None and last.geldig_tot < day else last


def step(ladder: Sequence[Stap], streak: int) -> str | None:
    """The highest step of the ladder that the streak has reached."""
    reached = [one for one in ladder if one.na <= streak]
    return max(reached, key=lambda one: one.na).stap if reached else None


def judge(verdict: Verdict, value: _Value, kpi: Kpi) -> Verdict:
    """Fill in oordeel and zekerheid: the first that applies counts."""
    if not value.reported:
        return replace(verdict, oordeel=NO_REPORT)
    has_minimum = kpi.cijfer not in _NO_MINIMUM and value.n is not None
    if value.waarde is None or (has_minimum and (value.n or 0) < kpi.min_n):
        return replace(verdict, oordeel=TOO_FEW)
    if kpi.norm is None:
        return replace(verdict, oordeel=NO_NORM)
    higher = verdict.richting == "hoger"
    kept = value.waarde >= kpi.norm if higher else value.waarde <= kpi.norm
    return replace(verdict, oordeel=KEPT if kept else BREACHED, zekerheid=_certainty(value, kpi.norm, higher, kept))


def _certainty(value: _Value, norm: float, higher: bool, kept: bool) -> str:
    if value.too_early:
        return TOO_EARLY
    if value.laag is None or value.hoog is None:
        return NO_INTERVAL
    # a bound that equals the norm counts as the side of the value
    above = higher == kept
    return SURE if (value.laag >= norm if above else value.hoog <= norm) else UNSURE


def _verdict(agreement: Agreement, kpi: Kpi, kwartaal: str, value: _Value, oordeel: str) -> Verdict:
    if kpi.cijfer == "kwaliteit":
        direction, kind = kpi.richting or "hoger", kpi.soort or ("verhouding" if kpi.teller else "aantal")
    else:
        definition = metrics.catalogue()[kpi.cijfer]
        direction, kind = kpi.richting or definition.richting, definition.soort
    return Verdict(
        agreement.id, kpi.id, kwartaal, kpi.cijfer, value.waarde, value.laag, value.hoog, value.n, kpi.norm, direction,
        oordeel, None, 0, None, kpi.titel, kind, agreement.source(kpi), value.teller, value.noemer,
    )  # fmt: skip


def _window(agreement: Agreement, kpi: Kpi, kwartaal: str) -> tuple[date, date]:
    start = {
        "kwartaal": quarters.first_day(kwartaal),
        "vier kwartalen": quarters.first_day(kwartaal, 3),
        "looptijd": agreement.looptijd.van,
    }[kpi.venster]
    return max(start, agreement.looptijd.van), quarters.last_day(kwartaal)


def _value(
    agreement: Agreement,
    kpi: Kpi,
    kwartaal: str,
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    quality: Quality,
) -> _Value:
    start, end = _window(agreement, kpi, kwartaal)
    if kpi.cijfer == "kwaliteit":
        return _Value(**quality.value(agreement.id, kpi, kwartaal, quarters.of(start)))
    rows = _rows(agreement, kpi, snapshot, voor, start, end)
    reported = True
    if kpi.cijfer == "aanwezigheid":
        begin = max(quarters.first_day(kwartaal), agreement.looptijd.van)
        this = rows if begin == start else _rows(agreement, kpi, snapshot, voor, begin, end)
        reported = any(row["noemer"] for row in this)
    value = _of_rows(metrics.catalogue()[kpi.cijfer].soort, rows)
    early = metrics.catalogue()[kpi.cijfer].klaar and _too_early(agreement, snapshot, voor, end)
    return replace(value, reported=reported, too_early=early)


def _rows(
    agreement: Agreement, kpi: Kpi, snapshot: etl.Snapshot, voor: metrics.Bevoegdheid, start: date, end: date
) -> list[dict[str, Any]]:
    chosen = {name: values for name, values in kpi.filter.items() if name not in ("einde", "horizon")}
    answer = metrics.compute(
        kpi.cijfer,
        snapshot,
        voor=voor,
        peildatum=end,
        van=start,
        tot=end,
        filters={**chosen, "contract": [agreement.id]},
    )[0]
    fixed = {name: values[0] for name, values in kpi.filter.items() if name in ("einde", "horizon")}
    return [row for row in answer.rijen if all(row[name] == value for name, value in fixed.items())]


def _of_rows(soort: str, rows: list[dict[str, Any]]) -> _Value:
    """The one value of a KPI; quarters of a report that stand apart are added."""
    if not rows:
        return _Value(None, n=0)
    if soort == "aandeel":
        teller, noemer = sum(row["teller"] for row in rows), sum(row["noemer"] for row in rows)
        low, high = (rows[0].get("laag"), rows[0].get("hoog")) if len(rows) == 1 else (None, None)
        return _Value(teller / noemer if noemer else None, low, high, noemer, teller, noemer)
    row = rows[0]
    if soort == "aantal":
        return _Value(row["aantal"])
    if soort in ("kwartielen", "tijd_tot"):
        return _Value(row["p50"], n=row["n"])
    return _Value(row["waarde"], row.get("laag"), row.get("hoog"), row.get("n"), row.get("teller"), row.get("noemer"))


def _too_early(agreement: Agreement, snapshot: etl.Snapshot, voor: metrics.Bevoegdheid, end: date) -> bool:
    """While under half of the spells that started have ended, what ended spells show is not yet what it will be."""
    filters = {"contract": [agreement.id]}
    begin = agreement.looptijd.van
    ended, started = metrics.compute(
        ["uitstroom", "uitval"], snapshot, voor=voor, peildatum=end, van=begin, tot=end, filters=filters
    )
    total = sum({row.get("leerroute"): row["n"] for row in started.rijen}.values())
    return 2 * sum(row["aantal"] for row in ended.rijen) < total
