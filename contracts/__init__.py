"""Figures meet agreements: what was agreed with a supplier, is it kept, how sure is that, what follows.

In:   agreements (YAML), a momentopname, and figures asked from `metrics.compute`.
Out:  verdicts per contract, KPI and kwartaal, and the record of what was done with them.
Never here: SQL about people, a delivery's form, a page.

Only the names exported here are meant for the neighbours.
"""

from contracts.agenda import Item, Report, agenda, evaluations, reports, to_ics
from contracts.assess import Verdict, assess
from contracts.compare import Change, compare, of_its_time, told_and_now
from contracts.fairness import Share, comparable, mix
from contracts.gate import Gate, gate
from contracts.model import EXAMPLE_NORM, Agreement, Kpi
from contracts.money import Money, money
from contracts.read import Agreements, read_agreements
from contracts.reasons import Reason, people, reason

__all__ = [
    "EXAMPLE_NORM",
    "Agreement",
    "Agreements",
    "Change",
    "Gate",
    "Item",
    "Kpi",
    "Money",
    "Reason",
    "Report",
    "Share",
    "Verdict",
    "agenda",
    "assess",
    "comparable",
    "compare",
    "evaluations",
    "gate",
    "mix",
    "money",
    "of_its_time",
    "people",
    "read_agreements",
    "reason",
    "reports",
    "to_ics",
    "told_and_now",
]
