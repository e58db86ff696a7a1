"""The table itself: files as gettext has them (PO), so that translators can use the tools they know."""

from functools import cache
from pathlib import Path
from typing import Any

from dashboard.texts.language import DUTCH, language

FOLDER = Path(__file__).parent
_Key = tuple[str, str]  # (context, Dutch text)


def t(text: str, /, **facts: Any) -> str:
    """A text in the language of who asks; `facts` fill its places. Without facts braces stay as they are."""
    return _filled(_found("", text), facts)


def tn(one: str, many: str, count: int | float, /, **facts: Any) -> str:
    """The text for one or for another number of things. `count` only chooses: what is shown stands in `facts`."""
    if language() == DUTCH:
        return _filled(one if count == 1 else many, facts)
    forms = _table(language()).get(("", one), (one, many))
    return _filled(forms[0] if count == 1 else forms[-1], facts)


def tc(context: str, text: str, /, **facts: Any) -> str:
    """A text that means more than one thing: `context` tells which."""
    return _filled(_found(context, text), facts)


def mark(text: str) -> str:
    """The Dutch text as it is. It stands in the table, and whoever shows it later translates it."""
    return text


def _found(context: str, text: str) -> str:
    if language() == DUTCH:
        return text
    return _table(language()).get((context, _plain(text)), (text,))[0]


def _filled(text: str, facts: dict[str, Any]) -> str:
    return text.format(**facts) if facts else text


def _plain(text: str) -> str:
    """A text of more lines as one: where a line breaks in a definition means nothing."""
    return " ".join(text.split()) if "\n" in text else text


def _several(found: Any) -> tuple[str, ...]:
    """The text of one message, or its forms for one and for more."""
    return (found,) if isinstance(found, str) else tuple(found or ("",))


@cache
def _table(code: str) -> dict[_Key, tuple[str, ...]]:
    """(context, Dutch) → the text, or both forms of it. Raises ValueError when a text stands in it twice."""
    from babel.messages.pofile import read_po  # only who speaks another language waits for it

    found: dict[_Key, tuple[str, ...]] = {}
    for path in sorted((FOLDER / code).glob("*.po")):
        with path.open("rb") as handle:
            for message in read_po(handle, locale=code, abort_invalid=True):
                if not message.id:
                    continue
                key = (message.context or "", _several(message.id)[0])
                texts = _several(message.string)
                if key in found:
                    raise ValueError(f"{path.name}: {key[1]!r} stands in the table twice")
                if all(texts):
                    found[key] = texts
    return found
