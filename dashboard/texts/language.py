"""In which language is spoken now."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DUTCH, ENGLISH = "nl", "en"
LANGUAGES = {DUTCH: "Nederlands", ENGLISH: "English"}
_now: ContextVar[str] = ContextVar("taal", default=DUTCH)


def language() -> str:
    """The language of who asks: nl or en."""
    return _now.get()


def choose(code: str) -> None:
    """Speak a language in the rest of this request. What we do not speak becomes Dutch."""
    _now.set(code if code in LANGUAGES else DUTCH)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for as long as this lasts."""
    before = _now.get()
    choose(code)
    try:
        yield
    finally:
        _now.set(before)
