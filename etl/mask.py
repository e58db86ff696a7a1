"""No BSN leaves reading: runs of digits that pass the elfproef are masked in every free text, file and sheet name."""

import re
from datetime import date

MASK = "[nummer verborgen]"
_DIVIDED = r"[ \t\u00a0\u2009\u202f._/'’\-\u2010-\u2015]{1,2}"  # what people write between the digits of a number
_NUMBER = re.compile(rf"\d+(?:{_DIVIDED}\d+)*")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?<![\d])(?:(\d{4})[-/](\d{2})[-/](\d{2})|(\d{2})[-/](\d{2})[-/](\d{4}))(?![\d])")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_elfproef(digits: str) -> bool:
    """Whether nine digits can be a BSN: Σ weight·digit divisible by eleven (the last weight is -1), not all zero."""
    return (
        len(digits) == 9
        and digits.isdigit()
        and digits != "000000000"
        and sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
    )


def can_be_bsn(digits: str) -> bool:
    """Eight or nine digits that pass the elfproef with a lost zero restored; zeros too many in front do not hide it."""
    bare = digits if len(digits) <= 9 else digits.lstrip("0")
    return 8 <= len(bare) <= 9 and passes_elfproef(bare.zfill(9))


def mask(text: str) -> str:
    """The text without any run of eight or nine digits that can be a BSN, whole or divided into groups.

    A group counts from its first digit to its last: a number inside a longer number is another number. A date written
    with hyphens or slashes (2024-03-31) is no part of a BSN, or one in eleven file names would lose its date.
    """
    if sum(character.isdigit() for character in text) < 8:
        return text
    dates = [match.span() for match in _DATE.finditer(text) if _is_date(match)]
    for match in reversed(list(_NUMBER.finditer(text))):
        groups = [(match.start() + one.start(), match.start() + one.end()) for one in _GROUP.finditer(match.group())]
        for first, last in reversed(_found(text, groups, dates)):
            text = text[:first] + MASK + text[last:]
    return text


def _found(text: str, groups: list[tuple[int, int]], dates: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches to mask, from left to right; the widest from each group, so that no digit of one is left over."""
    found: list[tuple[int, int]] = []
    for index, (first, _) in enumerate(groups):
        if found and first < found[-1][1]:
            continue
        best = 0
        digits = ""
        for start, last in groups[index:]:
            digits += text[start:last]
            if len(digits.lstrip("0")) > 9 or any(one < last and first < other for one, other in dates):
                break
            if can_be_bsn(digits):
                best = last
        if best:
            found.append((first, best))
    return found


def _is_date(match: re.Match[str]) -> bool:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False
