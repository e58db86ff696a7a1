"""Why a verdict is what it is: what would have been needed, what comes next, and how often chance would do this."""

import math
from dataclasses import dataclass
from typing import Any

import etl
import metrics
from contracts.assess import BREACHED, KEPT, Verdict, valid_on
from contracts.model import Agreement, Kpi, Stap
from data.fouten import Gebruiksfout

_COUNTED = ("aandeel", "verhouding")


@dataclass(frozen=True)
class Reason:
    """`tekort`: how many more (or fewer, when lower is better) in the teller, the noemer unchanged, would have met the
    norm; empty when the figure is no quotient. `afstand`: how far the value is from the norm, in its own unit.
    `volgende`: the next step of the ladder and how many more quarters in a row lead to it. `toeval`: the chance of
    voldoet niet in one quarter for a supplier whose true value equals the norm; `toeval_stap`: of this whole streak,
    only when the quarters are independent (venster kwartaal); `toeval_volgende`: that chance for the streak that leads
    to the next step, from the first quarter on."""

    tekort: float | None
    afstand: float | None
    volgende: Stap | None
    nog: int | None
    toeval: float | None
    toeval_stap: float | None
    voorlopig: bool
    toeval_volgende: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As `inburgering kpi --uitleg --formaat json` adds it to a verdict."""
        next_step = None if self.volgende is None else {"stap": self.volgende.stap, "over_kwartalen": self.nog}
        return {
            "tekort": self.tekort, "afstand": self.afstand, "volgende": next_step, "toeval": self.toeval,
            "toeval_reeks": self.toeval_stap, "toeval_volgende": self.toeval_volgende, "voorlopig": self.voorlopig,
        }  # fmt: skip


def entry(agreement: Agreement, verdict: Verdict) -> Kpi | None:
    """The entry of the KPI that counted in the quarter of a verdict."""
    entries = [kpi for kpi in agreement.kpis if kpi.id == verdict.kpi]
    return valid_on(entries, verdict.tot) if entries and verdict.tot else None


def reason(agreement: Agreement, verdict: Verdict) -> Reason:
    """The reasons of one verdict; without a norm or a value most of them are empty."""
    kpi = entry(agreement, verdict)
    ladder = kpi.gevolg if kpi else ()
    coming = next((one for one in sorted(ladder, key=lambda one: one.na) if one.na > verdict.reeks), None)
    chance = _false_alarm(verdict) if verdict.oordeel in (KEPT, BREACHED) else None
    streak = following = None
    if chance is not None and kpi is not None and kpi.venster == "kwartaal":
        streak = chance**verdict.reeks if verdict.reeks > 1 else None
        following = chance**coming.na if coming is not None else None
    value, norm = verdict.waarde, verdict.norm
    return Reason(
        _shortfall(verdict) if verdict.oordeel == BREACHED else None,
        None if value is None or norm is None else abs(value - norm),
        coming,
        None if coming is None else coming.na - verdict.reeks,
        chance,
        streak,
        verdict.cijfer.startswith("examen") or verdict.cijfer == "inburgeringsexamen",
        following,
    )


def _shortfall(verdict: Verdict) -> float | None:
    """Smallest change of the teller that meets the norm. Of people whole ones; of hours as they are."""
    teller, noemer, norm = verdict.teller, verdict.noemer, verdict.norm
    if verdict.soort not in _COUNTED or teller is None or not noemer or norm is None:
        return None
    if verdict.soort == "verhouding":
        return abs(norm * noemer - teller)
    sign = 1 if verdict.richting == "hoger" else -1
    # by trying, so that 0.7 * 10 is 7 and not 7.000000000000001
    for change in range(math.ceil(max(noemer, teller)) + 1):
        share = (teller + sign * change) / noemer
        if 0 <= share <= 1 and (share >= norm if sign > 0 else share <= norm):
            return change
    return None


def _false_alarm(verdict: Verdict) -> float | None:
    """The binomial chance of a share on the wrong side of the norm while the true share is the norm."""
    if verdict.soort != "aandeel" or not verdict.n or verdict.norm is None or not 0 <= verdict.norm <= 1:
        return None
    if verdict.cijfer == "rapportage_op_tijd":  # a supplier that reports late is no matter of chance
        return None
    n, norm, higher = verdict.n, verdict.norm, verdict.richting == "hoger"
    wrong = [k for k in range(n + 1) if (k / n < norm if higher else k / n > norm)]
    return float(min(1.0, math.fsum(_binomial(k, n, norm) for k in wrong)))


def _binomial(k: int, n: int, p: float) -> float:
    if p in (0, 1):
        return float(k == n * p)
    log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(log + k * math.log(p) + (n - k) * math.log1p(-p))


def people(
    agreement: Agreement, verdict: Verdict, snapshot: etl.Snapshot, *, voor: metrics.Bevoegdheid
) -> list[dict[str, Any]]:
    """The units behind a verdict as pseudonyms, for who may see exact figures. Raises Gebruiksfout for who may not, and
    for a figure without persons."""
    kpi = entry(agreement, verdict)
    if verdict.cijfer == "kwaliteit" or kpi is None or verdict.van is None:
        raise Gebruiksfout(f"Achter {verdict.titel or verdict.kpi} staan geen personen.")
    chosen = {name: values for name, values in agreement.filter_of(kpi).items() if name not in ("einde", "horizon")}
    return metrics.persons(
        verdict.cijfer,
        snapshot,
        voor=voor,
        peildatum=verdict.tot,
        van=verdict.van,
        tot=verdict.tot,
        filters={**chosen, "contract": [agreement.id]},
    )
