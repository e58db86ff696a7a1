"""Dutch words of people inside a sentence of another language: where they are, so that a page can say so."""

import re
from collections.abc import Iterable

from dashboard.texts.language import DUTCH, language


def pieces(text: str, own: Iterable[str]) -> list[tuple[str, bool]]:
    """A sentence in pieces, each with whether it is one of the phrases of `own` (in capitals or not). In Dutch all of
    it is one language, and so one piece."""
    phrases = sorted({one for one in own if one}, key=len, reverse=True)
    if language() == DUTCH or not phrases:
        return [(text, False)]
    known = re.compile(rf"(?<!\w)({'|'.join(re.escape(one) for one in phrases)})(?!\w)", re.IGNORECASE)
    return [(part, place % 2 == 1) for place, part in enumerate(known.split(text)) if part]
