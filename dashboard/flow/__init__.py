"""The contract manager's quarter in the browser: check a report, load it, see the verdicts, prepare, record.

In:   forms of the same site only; an uploaded workbook, kept outside the work folder until it is loaded or forgotten.
Out:  pages without any script, for keyboard and screen reader; files to take along; entries in the record.
Never here: a figure that is computed, an upload in the work folder, a form that another site sent.
"""

from dashboard.flow.routes import add_flow

__all__ = ["add_flow"]
