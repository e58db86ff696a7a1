"""Remembering answers for many people at once: who asks what another is just working out, waits for that answer.

As functools.lru_cache, which lets everyone who comes before the first answer compute it again: with fifty people and a
new momentopname that costs minutes.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any


class _Cell:
    __slots__ = ("failed", "ready", "value")

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.value: Any = None
        self.failed = False


def lru_cache(maxsize: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Remember the newest answers of a function; of several who ask at once one computes. A fault is not kept."""

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        known: OrderedDict[Any, _Cell] = OrderedDict()
        busy = threading.Lock()

        def ask(*question: Any) -> Any:
            with busy:
                cell, mine = known.get(question), False
                if cell is None:
                    cell, mine = known.setdefault(question, _Cell()), True
                    while len(known) > maxsize:
                        known.popitem(last=False)
                else:
                    known.move_to_end(question)
            if not mine:
                cell.ready.wait()
                return function(*question) if cell.failed else cell.value
            try:
                cell.value = function(*question)
            except BaseException:
                cell.failed = True
                with busy:
                    if known.get(question) is cell:
                        del known[question]
                raise
            finally:
                cell.ready.set()
            return cell.value

        return ask

    return around
