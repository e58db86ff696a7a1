"""Parts of the audit log that are past their term."""

from datetime import timedelta
from pathlib import Path

import etl
from dashboard.operation.audit import Audit
from dashboard.operation.commands import user
from data import instellingen
from data.vandaag import vandaag

_MONTH = timedelta(days=30.44)


def old_audit(werkmap: Path, *, remove: bool) -> list[etl.Removal]:
    """The months of the audit log that may go; with `remove` they go, and the log says up to where."""
    months = instellingen.lees(werkmap).bewaar.audit_maanden
    log = Audit(werkmap)
    old = log.too_old(vandaag() - months * _MONTH)
    found = [
        etl.Removal("auditlogboek", path.stem, path.stat().st_size, f"ouder dan {months} maanden", path) for path in old
    ]
    if old and remove:
        log.remove(old, user())
    return found
