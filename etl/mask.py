"""No BSN leaves reading: runs of digits that pass the elfproef are masked in every free text, file and sheet name."""

import re

MASK = "[nummer verborgen]"
_RUN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){7,8}(?!\d)")
_DATE = re.compile(
    r"(19|20)\d\d([ .-])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])|(0[1-9]|[12]\d|3[01])([ .-])(0[1-9]|1[0-2])\6(19|20)\d\d"
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_elfproef(digits: str) -> bool:
    """Whether nine digits can be a BSN: Σ weight·digit divisible by eleven (the last weight is -1), not all zero."""
    return (
        len(digits) == 9
        and digits.isdigit()
        and digits != "000000000"
        and sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
    )


def mask(text: str) -> str:
    """The text without any run of eight or nine digits that can be a BSN; blanks, dots and hyphens may divide it.

    One date in eleven, such as 2026-01-31, would pass the elfproef too: what is written as a date stays.
    """

    def hide(match: re.Match[str]) -> str:
        if _DATE.fullmatch(match.group()):
            return match.group()
        return MASK if passes_elfproef(re.sub(r"\D", "", match.group()).zfill(9)) else match.group()

    return _RUN.sub(hide, text)
