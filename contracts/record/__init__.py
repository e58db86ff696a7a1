"""The record of what was done with the verdicts: talks, actions, steps, verdicts told, documents, corrections.

In:   entries with who wrote them; text of people, in which a BSN is masked.
Out:  the entries as they were written, and what they add up to: talks, actions still open, verdicts as they were told.
Never here: an entry that is changed or removed. The database refuses it, and a chain of hashes shows it.
"""

from contracts.record.entries import Actie, Document, Gesprek, Oordelen, Sluiting, Stapgezet
from contracts.record.example import write_example
from contracts.record.store import Record, Regel
from contracts.record.views import LATE, ActionView, TalkView, actions, talks, told, told_entry

__all__ = [
    "LATE",
    "Actie",
    "ActionView",
    "Document",
    "Gesprek",
    "Oordelen",
    "Record",
    "Regel",
    "Sluiting",
    "Stapgezet",
    "TalkView",
    "actions",
    "talks",
    "told",
    "told_entry",
    "write_example",
]
