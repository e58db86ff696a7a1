"""Comma-separated text (RFC 4180) with a decimal point, a line per row; the same answers give the same bytes."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.export._columns import VERDICT_KEYS, columns, plain

_ABOUT = ("cijfer", "peildatum", "van", "tot", "momentopname")


def to_csv(answers: Sequence[Any]) -> str:
    """All answers under one header: what each row is about, its dimensions, its measures. Hidden is `verborgen`."""
    keys = columns(row for answer in answers for row in answer.rijen)
    about = ({key: getattr(answer, key) for key in _ABOUT} for answer in answers)
    pairs = zip(about, answers, strict=True)
    # A dimension may share its name with what the row is about (soort never does); the row's own value counts.
    return _write(
        [*_ABOUT, *(key for key in keys if key not in _ABOUT)],
        ({**head, **row} for head, answer in pairs for row in answer.rijen),
    )


def verdicts_to_csv(verdicts: Iterable[Any]) -> str:
    """One row per verdict, with the keys of `inburgering kpi --formaat json`."""
    return _write(VERDICT_KEYS, (verdict.to_json() for verdict in verdicts))


def table(header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows under a header."""
    return _write(header, rows)


def _write(header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if row.get(key) is None else plain(row[key]) for key in header])
    return buffer.getvalue()
