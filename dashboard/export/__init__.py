"""Answers and verdicts as files to take along: CSV, XLSX, a table on a terminal.

In:   answers of `metrics` (exact or published), verdicts of `contracts`.
Out:  text, workbooks, lines. The same answers give the same bytes.
Never here: a computation, a decision about who may see what.
"""

from dashboard.export._catalogue import (
    catalogue_to_csv,
    catalogue_to_xlsx,
    definition_json,
    print_catalogue,
    print_provenance,
    provenance_to_csv,
    provenance_to_xlsx,
)
from dashboard.export._csv import to_csv, verdicts_to_csv
from dashboard.export._html import report_to_html
from dashboard.export._insight import print_due, print_outlook, print_signals
from dashboard.export._open_data import open_data
from dashboard.export._publication import publication_to_xlsx
from dashboard.export._terminal import print_answers, print_verdicts, to_table
from dashboard.export._xlsx import to_xlsx, verdicts_to_xlsx

__all__ = [
    "catalogue_to_csv",
    "catalogue_to_xlsx",
    "definition_json",
    "open_data",
    "print_answers",
    "print_catalogue",
    "print_due",
    "print_outlook",
    "print_provenance",
    "print_signals",
    "print_verdicts",
    "provenance_to_csv",
    "provenance_to_xlsx",
    "publication_to_xlsx",
    "report_to_html",
    "to_csv",
    "to_table",
    "to_xlsx",
    "verdicts_to_csv",
    "verdicts_to_xlsx",
]
