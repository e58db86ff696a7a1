"""Figures meet agreements: what was agreed with a supplier, is it kept, how sure is that, what follows.

In:   agreements (YAML), a momentopname, and figures asked from `metrics.compute`.
Out:  verdicts per contract, KPI and kwartaal, and the record of what was done with them.
Never here: SQL about people, a delivery's form, a page.

Only the names exported here are meant for the neighbours.
"""

from contracts.agenda import Item, Report, agenda, evaluations, reports, to_ics
from contracts.assess import Verdict, assess
from contracts.attention import Attention, attention, weight
from contracts.compare import Change, compare, of_its_time, told_and_now
from contracts.fairness import Beside, Share, beside, comparable, mix
from contracts.gate import Gate, gate
from contracts.model import EXAMPLE_NORM, Agreement, Kpi
from contracts.money import Money, money
from contracts.past import Past, past, told_quarters
from contracts.quarters import last_day
from contracts.read import Agreements, read_agreements
from contracts.reasons import Reason, people, reason
from contracts.silence import Silence, silence

__all__ = [
    "EXAMPLE_NORM",
    "Agreement",
    "Agreements",
    "Attention",
    "Beside",
    "Change",
    "Gate",
    "Item",
    "Kpi",
    "Money",
    "Past",
    "Reason",
    "Report",
    "Share",
    "Silence",
    "Verdict",
    "agenda",
    "assess",
    "attention",
    "beside",
    "comparable",
    "compare",
    "evaluations",
    "gate",
    "last_day",
    "mix",
    "money",
    "of_its_time",
    "past",
    "people",
    "read_agreements",
    "reason",
    "reports",
    "silence",
    "to_ics",
    "told_and_now",
    "told_quarters",
    "weight",
]
