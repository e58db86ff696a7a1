"""The judgement, per contract, KPI and kwartaal: is the agreement kept, how sure is that, what follows.

With a handful of participants nearly everything is uncertain. Saying so protects a supplier from an unjust breach and
a municipality from false comfort: the agreement stands on the value, the certainty is for the talk.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import etl
import metrics
from contracts import quarters
from contracts.figures import Figures
from contracts.model import Agreement, Kpi, Stap
from contracts.quality import Quality
from contracts.read import Agreements
from data.fouten import Gebruiksfout
from data.vandaag import vandaag

KEPT, BREACHED = "voldoet", "voldoet niet"
NO_REPORT, TOO_FEW, NOT_NOW, NO_NORM = (
    "rapportage ontbreekt", "te weinig gegevens", "niet van toepassing", "geen norm ingesteld",
)  # fmt: skip
SURE, UNSURE, NO_INTERVAL, TOO_EARLY = "zeker", "onzeker", "geen interval", "te vroeg"
_NO_MINIMUM = ("rapportage_op_tijd",)
_READY = "leerroute_klaar"  # the share of begun spells that have ended
_KEYS = (
    "contract", "kpi", "kwartaal", "cijfer", "waarde", "laag", "hoog", "n", "norm", "richting", "oordeel", "zekerheid",
    "reeks", "stap",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """One KPI of one contract in one quarter. `reeks` counts quarters in a row without keeping it; `van` and `tot` are
    the window of the figure, which was looked at on `tot`."""

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
    van: date | None = None
    tot: date | None = None

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
    quarter up to then. `reeks` always counts from the first quarter on. Raises Gebruiksfout for an unknown contract, a
    quarter that is not over, and for who may see only what is published.
    """
    if unknown := [one for one in contracten if one not in agreements]:
        raise Gebruiksfout(f"Onbekend contract: {', '.join(unknown)}. Kies uit: {', '.join(agreements)}.")
    chosen = [agreements[id] for id in dict.fromkeys(contracten or agreements)]
    if not chosen:
        return []
    first = min(one.looptijd.van for one in agreements.values())
    wanted, shown = _quarters(first, peildatum, kwartaal, snapshot)
    figures = Figures(snapshot, voor, [one.id for one in chosen])
    with snapshot.connect() as connection:
        quality = Quality(connection)
    found = []
    for agreement in chosen:
        for id in dict.fromkeys(kpi.id for kpi in agreement.kpis):
            entries = [kpi for kpi in agreement.kpis if kpi.id == id]
            found += [one for one in _course(agreement, entries, wanted, figures, quality) if one.kwartaal in shown]
    return sorted(found, key=lambda one: (one.contract, one.kwartaal, one.kpi))


def _quarters(
    first: date, peildatum: date | None, kwartaal: str | None, snapshot: etl.Snapshot
) -> tuple[list[str], set[str]]:
    """(every quarter to judge, those to show)."""
    if kwartaal is None or kwartaal == "alle":
        wanted = list(quarters.ended(first, peildatum or metrics.default_peildatum(snapshot)))
        return wanted, set(wanted if kwartaal else wanted[-1:])
    last, limit = quarters.last_day(kwartaal), peildatum or vandaag()
    if last > limit:
        raise Gebruiksfout(
            f"Het kwartaal {kwartaal} is op {limit:%d-%m-%Y} nog niet voorbij. Kies een eerder kwartaal"
            + (" of een latere peildatum." if peildatum else ".")
        )
    return list(quarters.ended(first, last)) or [kwartaal], {kwartaal}


def _course(
    agreement: Agreement, entries: list[Kpi], wanted: list[str], figures: Figures, quality: Quality
) -> Iterator[Verdict]:
    """The verdicts of one KPI in the order of the quarters; what was reported late changes nothing before it."""
    streak = 0
    for kwartaal in wanted:
        end = quarters.last_day(kwartaal)
        kpi = valid_on(entries, end)
        # the looptijd decides, so that the end of a contract erases nothing; what is still in tender has not begun
        running = agreement.looptijd.van <= end <= agreement.looptijd.einde and agreement.status != "in aanbesteding"
        if kpi is None or not running:
            kpi = kpi or _nearest(entries, end)
            verdict = _verdict(agreement, kpi, kwartaal, _Value(None), NOT_NOW)
        else:
            value = _value(agreement, kpi, kwartaal, figures, quality)
            verdict = judge(_verdict(agreement, kpi, kwartaal, value, ""), value, kpi)
        streak = 0 if verdict.oordeel == KEPT else streak + (verdict.oordeel == BREACHED)
        yield replace(verdict, reeks=streak, stap=step(kpi.gevolg, streak))


def valid_on(entries: Sequence[Kpi], day: date) -> Kpi | None:
    """The entry of a KPI that counts on a day: the one that began last; a changed norm is a new entry."""
    begun = [kpi for kpi in entries if kpi.geldig_van is None or kpi.geldig_van <= day]
    if not begun:
        return None
    last = max(begun, key=lambda kpi: kpi.geldig_van or date.min)
    return None if last.geldig_tot is not None and last.geldig_tot < day else last


def _nearest(entries: Sequence[Kpi], day: date) -> Kpi:
    """When none counts: the last that did, else the first that will."""
    ordered = sorted(entries, key=lambda kpi: kpi.geldig_van or date.min)
    begun = [kpi for kpi in ordered if kpi.geldig_van is None or kpi.geldig_van <= day]
    return begun[-1] if begun else ordered[0]


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
    # a sum of hours in tenths is 0.7999999999999999 where it is 0.8: that is equal to the norm, and equal counts as met
    equal = math.isclose(value.waarde, kpi.norm, rel_tol=1e-12)
    kept = equal or (value.waarde > kpi.norm if higher else value.waarde < kpi.norm)
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
        single = "geldigheid" if (kpi.kenmerk or "").endswith("_tot") else "aantal"  # a date counts as valid or not
        direction, kind = kpi.richting or "hoger", kpi.soort or ("verhouding" if kpi.teller else single)
    else:
        definition = metrics.catalogue()[kpi.cijfer]
        direction, kind = kpi.richting or definition.richting, definition.soort
    start, end = _window(agreement, kpi, kwartaal)
    return Verdict(
        agreement.id, kpi.id, kwartaal, kpi.cijfer, value.waarde, value.laag, value.hoog, value.n, kpi.norm, direction,
        oordeel, None, 0, None, kpi.titel, kind, agreement.source(kpi), value.teller, value.noemer, start, end,
    )  # fmt: skip


def _window(agreement: Agreement, kpi: Kpi, kwartaal: str) -> tuple[date, date]:
    start = {
        "kwartaal": quarters.first_day(kwartaal),
        "vier kwartalen": quarters.first_day(kwartaal, 3),
        "looptijd": agreement.looptijd.van,
    }[kpi.venster]
    return max(start, agreement.looptijd.van), quarters.last_day(kwartaal)


def _value(agreement: Agreement, kpi: Kpi, kwartaal: str, figures: Figures, quality: Quality) -> _Value:
    start, end = _window(agreement, kpi, kwartaal)
    if kpi.cijfer == "kwaliteit":
        return _Value(**quality.value(agreement.id, kpi, kwartaal, quarters.of(start)))
    definition = metrics.catalogue()[kpi.cijfer]
    value = _of_rows(definition, figures.rows(agreement.id, kpi.cijfer, agreement.filter_of(kpi), start, end))
    reported = kpi.cijfer != "aanwezigheid" or _has_hours(agreement, kpi, kwartaal, figures)
    early = definition.klaar and _too_early(agreement, kpi, figures, end)
    return replace(value, reported=reported, too_early=early)


def _has_hours(agreement: Agreement, kpi: Kpi, kwartaal: str, figures: Figures) -> bool:
    """Whether any hours of this kind came in over the quarter, of whomever: a filter on people is no missing report."""
    begin = max(quarters.first_day(kwartaal), agreement.looptijd.van)
    kind = {name: values for name, values in kpi.filter.items() if name == "soort"}
    rows = figures.rows(agreement.id, kpi.cijfer, kind, begin, quarters.last_day(kwartaal))
    return any(row["n"] for row in rows)


def _of_rows(definition: metrics.Definition, rows: list[dict[str, Any]]) -> _Value:
    """The one value of a KPI; quarters of a report that stand apart are added."""
    soort = definition.soort
    if not rows:  # nobody under this contract: of a count or an amount that is 0, of anything else nothing is known
        return _Value(0.0) if soort in ("aantal", "bedrag") else _Value(None, n=0)
    if soort == "aandeel":
        teller, noemer = sum(row["teller"] for row in rows), sum(row["noemer"] for row in rows)
        sound = definition.interval and noemer and teller <= noemer
        low, high = metrics.wilson(teller, noemer) if sound else (None, None)
        return _Value(teller / noemer if noemer else None, low, high, noemer, teller, noemer)
    row = rows[0]
    if soort == "aantal":
        return _Value(row["aantal"])
    if soort in ("kwartielen", "tijd_tot"):
        return _Value(row["p50"], n=row["n"])
    return _Value(row["waarde"], row.get("laag"), row.get("hoog"), row.get("n"), row.get("teller"), row.get("noemer"))


def _too_early(agreement: Agreement, kpi: Kpi, figures: Figures, end: date) -> bool:
    """While under half of the spells that started have ended, what ended spells show is not yet what it will be."""
    known = metrics.catalogue()[_READY].filterbaar
    people = {name: values for name, values in agreement.filter_of(kpi).items() if name in known}
    rows = figures.rows(agreement.id, _READY, people, agreement.looptijd.van, end)
    return 2 * sum(row["teller"] for row in rows) < sum(row["noemer"] for row in rows)
