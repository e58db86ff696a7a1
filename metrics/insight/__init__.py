"""More than the list of figures: what they mean together, and what may come.

In:   a `Scope`: a momentopname, someone's rights, a peildatum, filters.
Out:  plain rows: comparison with the Netherlands, contracts in a funnel, courses with their signals, forecasts with an
      interval, the State's money, a what-if, what is due, and signals.
Never here: SQL (figures come from `metrics.compute`), a norm of a contract, a number written for a person.
"""

from metrics.insight import national, outlook, spuk
from metrics.insight.course import Course, course
from metrics.insight.due import due
from metrics.insight.funnel import funnel, limits, standardise
from metrics.insight.scope import Scope
from metrics.insight.signals import Declaration, Signal, evaluate, fixes_date, read_signals
from metrics.insight.suppliers import contracts_beside
from metrics.insight.whatif import Assumption, prestatie
from metrics.insight.xmr import process_behaviour

__all__ = [
    "Assumption",
    "Course",
    "Declaration",
    "Scope",
    "Signal",
    "contracts_beside",
    "course",
    "due",
    "evaluate",
    "fixes_date",
    "funnel",
    "limits",
    "national",
    "outlook",
    "prestatie",
    "process_behaviour",
    "read_signals",
    "spuk",
    "standardise",
]
