"""Making a report in the browser: choose, make, look at it, take it along.

In:   what somebody chooses, and whose figures they may see.
Out:  the files of a report, each download with a line in the audit log.
Never here: a figure that did not pass the guard, a file on disk.
"""

from dashboard.publishing.routes import add_publishing

__all__ = ["add_publishing"]
