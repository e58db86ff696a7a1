"""Quarters as the agreements count them: 2024-K2 is April to June."""

from collections.abc import Iterator
from datetime import date, timedelta


def last_day(kwartaal: str) -> date:
    """The last day of a quarter."""
    year, quarter = int(kwartaal[:4]), int(kwartaal[-1])
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def first_day(kwartaal: str, back: int = 0) -> date:
    """The first day of a quarter, or of the one `back` quarters earlier."""
    number = int(kwartaal[:4]) * 4 + int(kwartaal[-1]) - 1 - back
    return date(number // 4, number % 4 * 3 + 1, 1)


def of(day: date) -> str:
    """The quarter of a day."""
    return f"{day.year}-K{(day.month + 2) // 3}"


def ended(first: date, until: date) -> Iterator[str]:
    """Every quarter from that of `first` that ended on or before `until`."""
    kwartaal = of(first)
    while (end := last_day(kwartaal)) <= until:
        yield kwartaal
        kwartaal = of(end + timedelta(days=1))
