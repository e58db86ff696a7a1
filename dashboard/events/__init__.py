"""What happened that can explain a figure: policy changes, new contracts, a report that was late.

In:   `gebeurtenissen.yaml` in the work folder, written by people or by the form in the dashboard.
Out:  events in the order of time, for the time axes and the list.
Never here: a figure, a person. Nothing is erased: taking an event back is a new line.
"""

from dashboard.events.model import KINDS, Event
from dashboard.events.store import add, read, shown, withdraw

__all__ = ["KINDS", "Event", "add", "read", "shown", "withdraw"]
