"""Keeping the program running: logs, the audit log, health addresses, stopping gracefully, backup and restore.

In:   what happens (codes and numbers), and a work folder.
Out:  lines for the operator, an audit log that only grows, copies that can be put back.
Never here: a BSN, a token, a text that a person typed, a file name of a delivery; the key in a backup.
"""

from dashboard.operation.audit import audit

__all__ = ["audit"]
