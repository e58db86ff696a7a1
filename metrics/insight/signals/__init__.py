"""Signals: declarations that say when an adjustment or an early evaluation deserves thought, and why.

In:   declarations (YAML: figure, filter, condition, advice, sentences) and a scope.
Out:  for each what it found: a signal with how sure it is, quiet, or too little to say.
Never here: a norm of a contract, a number written for a person (the sentences are filled where numbers are written).
"""

from metrics.insight.signals.evaluate import Signal, evaluate
from metrics.insight.signals.model import Declaration, read_signals
from metrics.insight.signals.sense import fixes_date

__all__ = ["Declaration", "Signal", "evaluate", "fixes_date", "read_signals"]
