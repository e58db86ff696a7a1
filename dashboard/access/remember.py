"""Remembering answers for many people at once: who asks what another is just working out, waits for that answer.

As functools.lru_cache, which lets everyone who comes before the first answer compute it again: with fifty people and a
new momentopname that costs minutes.
"""

from collections.abc import Callable
from typing import Any

import metrics


def lru_cache(maxsize: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Remember the newest answers of a function; of several who ask at once one computes. A fault is not kept."""

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        known = metrics.Once[Any](maxsize)

        def ask(*question: Any) -> Any:
            return known.get(question, lambda: function(*question))

        return ask

    return around
