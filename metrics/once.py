"""What was found before is not looked for again; and what several ask at the same time is looked for once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True)
class Stand:
    """How often something was there (`raak`), had to be found (`mis`), or was being found for another (`gewacht`)."""

    raak: int
    mis: int
    gewacht: int
    plaatsen: int


class Once(Generic[Value]):
    """A bounded memory for threads. The longest unused goes first; a fault reaches all who wait, and is not kept."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, Value] = OrderedDict()
        self._busy: dict[Hashable, Future[Value]] = {}
        self._hits = self._misses = self._waited = 0

    def get(self, key: Hashable, find: Callable[[], Value]) -> Value:
        """The value of a key; `find` runs in one thread only, without the lock."""
        with self._lock:
            if key in self._found:
                self._hits += 1
                self._found.move_to_end(key)
                return self._found[key]
            running, mine = self._busy.get(key), Future[Value]()
            if running is None:
                self._misses += 1
                self._busy[key] = mine
            else:
                self._waited += 1
        if running is not None:
            return running.result()
        return self._fill(key, mine, find)

    def _fill(self, key: Hashable, mine: "Future[Value]", find: Callable[[], Value]) -> Value:
        try:
            value = find()
        except BaseException as fault:
            with self._lock:
                self._forget(key, mine)
            mine.set_exception(fault)
            raise
        with self._lock:
            if self._forget(key, mine):  # emptied meanwhile: who waits gets it, nobody after them
                self._found[key] = value
                while len(self._found) > self._places:
                    self._found.popitem(last=False)
        mine.set_result(value)
        return value

    def _forget(self, key: Hashable, mine: "Future[Any]") -> bool:
        if self._busy.get(key) is mine:
            del self._busy[key]
            return True
        return False

    def clear(self) -> None:
        """Forget everything, also what is being looked for."""
        with self._lock:
            self._found.clear()
            self._busy.clear()

    @property
    def stand(self) -> Stand:
        """How it is used."""
        with self._lock:
            return Stand(self._hits, self._misses, self._waited, len(self._found))
