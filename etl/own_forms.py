"""Forms of dates, months and quarters that an own layout may name: only what has one meaning is understood."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NUMBER = {name: number for names in (_MONTHS, _SHORT) for number, name in enumerate(names, start=1)} | {"sept": 9}
_PARTS = {
    "jjjj": r"(?P<y>\d{4})", "mmmm": rf"(?P<m>{'|'.join(sorted(_NUMBER, key=len, reverse=True))})\.?",
    "mm": r"(?P<m>\d{2})", "m": r"(?P<m>\d{1,2})", "dd": r"(?P<d>\d{2})", "d": r"(?P<d>\d{1,2})",
}  # fmt: skip
_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<y>\d{4})[\s._/-]*(?:kwartaal|kw|k|q)[\s._-]*(?P<q>[1-4])",
        r"(?:kwartaal|kw|k|q)[\s._-]*(?P<q>[1-4])[\s,._/-]*(?P<y>\d{4})",
        r"(?P<q>[1-4])(?:e|ste|de)?\s*(?:kwartaal|kw)[\s,._/-]*(?:van\s+)?(?P<y>\d{4})",
    )
)


@lru_cache(maxsize=64)
def form_of(text: str) -> re.Pattern[str]:
    """A form such as `d mmmm jjjj` as a pattern with groups y, m and d. A form that is wrong lacks one of them."""
    pattern, seen = "", set()
    for part in re.findall(r"j+|m+|d+|.", text.strip().lower(), re.DOTALL):
        known = _PARTS.get(part)
        fresh = known is not None and part[0] not in seen
        pattern += known if known is not None and fresh else r"\s+" if part.isspace() else re.escape(part)
        if known is not None:
            seen.add(part[0])
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def converter(forms: Sequence[str]) -> Callable[[str], str]:
    """A text in one of the forms becomes 2024-03-31 (or 2024-03 without a day); any other text stays as it is."""
    patterns = [form_of(form) for form in forms]

    def convert(text: str) -> str:
        for pattern in patterns:
            if match := pattern.fullmatch(text.strip()):
                parts = match.groupdict()
                month = _NUMBER.get(parts["m"].lower()) or int(parts["m"])
                day = f"-{int(parts['d']):02d}" if parts.get("d") else ""
                return f"{parts['y']}-{month:02d}{day}"
        return text

    return convert


def quarter(text: str) -> str:
    """K1 2024, Q1-2024, 2024 kwartaal 1, 1e kwartaal 2024 become 2024-K1; any other text stays as it is."""
    for pattern in _QUARTERS:
        if match := pattern.fullmatch(text.strip()):
            return f"{match['y']}-K{match['q']}"
    return text
