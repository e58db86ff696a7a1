"""Days that figures reckon with."""

from datetime import date, timedelta
from typing import Any

FIRST_DAY = date(2022, 1, 1)  # the Wet inburgering 2021 counts from here


def span(value: Any) -> tuple[date, date]:
    """The first and last day of a year (2024), years (2023-2024), half year (2024-1), quarter (2024-K2) or month."""
    text = str(value)
    year, part = int(text[:4]), text[5:]
    if not part:
        month, length = 1, 12
    elif len(part) == 4:
        month, length = 1, 12 * (int(part) - year + 1)
    elif part.startswith("K"):
        month, length = 3 * int(part[1:]) - 2, 3
    elif len(part) == 1:
        month, length = 6 * int(part) - 5, 6
    else:
        month, length = int(part), 1
    after = month + length
    last = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, 1), last
