"""The only door from the pages to what lies below: figures, verdicts, and the records of loading.

In:   a work folder and a view.
Out:  answers (cached per momentopname), verdicts, deliveries and findings.
Never here: a component, SQL about people.
"""

from dashboard.access.desk import Desk

__all__ = ["Desk"]
