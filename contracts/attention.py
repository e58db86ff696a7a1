"""Which contract needs a talk this quarter, and about what: the surest and the longest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.assess import BREACHED, NO_REPORT, SURE, Verdict

_RANK = {SURE: 0, "geen interval": 1}  # then what may be chance, or comes too early


@dataclass(frozen=True)
class Attention:
    """What one contract asks for in a quarter: what was not met (the surest and longest first) and what was not
    reported."""

    contract: str
    niet_gehaald: tuple[Verdict, ...]
    ontbreekt: tuple[Verdict, ...]

    @property
    def zeker(self) -> int:
        return sum(one.zekerheid == SURE for one in self.niet_gehaald)

    @property
    def met_stap(self) -> int:
        """How many reached a step of their ladder without chance explaining it."""
        return sum(one.stap is not None and _RANK.get(one.zekerheid or "", 2) < 2 for one in self.niet_gehaald)

    @property
    def langste(self) -> int:
        return max((one.reeks for one in self.niet_gehaald), default=0)


def weight(verdict: Verdict) -> tuple[int, int, str]:
    """What to talk about first: what is sure, then what has no interval, then the rest; the longest streak first."""
    return _RANK.get(verdict.zekerheid or "", 2), -verdict.reeks, verdict.titel


def attention(verdicts: Iterable[Verdict]) -> list[Attention]:
    """The contracts of one quarter of verdicts, the one that needs a talk most first; who needs none is left out."""
    by_contract: dict[str, list[Verdict]] = {}
    for one in verdicts:
        by_contract.setdefault(one.contract, []).append(one)
    found = [_of(id, mine) for id, mine in by_contract.items()]
    return sorted((one for one in found if one.niet_gehaald or one.ontbreekt), key=_order)


def _of(contract: str, verdicts: Sequence[Verdict]) -> Attention:
    breached = sorted((one for one in verdicts if one.oordeel == BREACHED), key=weight)
    return Attention(contract, tuple(breached), tuple(one for one in verdicts if one.oordeel == NO_REPORT))


def _order(one: Attention) -> tuple[int, int, int, int, int, str]:
    # one report that did not come makes many verdicts empty: it weighs as one
    return -one.zeker, -one.met_stap, -bool(one.ontbreekt), -len(one.niet_gehaald), -one.langste, one.contract
