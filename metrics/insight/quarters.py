"""Quarters as they are written (2024-K2), their days, and which of them are over."""

from datetime import date, timedelta


def quarter_of(day: date) -> str:
    """The quarter in which a day lies."""
    return f"{day.year}-K{(day.month + 2) // 3}"


def last_day(quarter: str) -> date:
    """The last day of a quarter."""
    return first_day(shift(quarter, 1)) - timedelta(days=1)


def first_day(quarter: str) -> date:
    """The first day of a quarter."""
    return date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1)


def shift(quarter: str, steps: int) -> str:
    """The quarter so many steps later (or earlier, when negative)."""
    number = 4 * int(quarter[:4]) + int(quarter[-1]) - 1 + steps
    return f"{number // 4}-K{number % 4 + 1}"


def last_whole(day: date) -> str:
    """The last quarter that ended on or before a day."""
    current = quarter_of(day)
    return current if last_day(current) <= day else shift(current, -1)


def between(first: str, last: str) -> list[str]:
    """All quarters from the first up to and including the last; none when the last is earlier."""
    found = []
    while first <= last:
        found.append(first)
        first = shift(first, 1)
    return found
