"""People: the pseudonym of each number of a person that a load has seen, found for whole columns at once.

A table with open addressing (Knuth, TAOCP 3, 6.4), in two arrays: a number stands at the place that its hash names, or
at the first free one after it. A column of numbers is looked up in a few steps over whole arrays; a dictionary of texts
takes ten times as long. It lives in memory only, as the numbers do.
"""

import threading
from collections.abc import Callable

import numpy as np
import polars as pl

_FIRST_BITS = 12
_ROOM = 4  # places per number: so nearly each stands where its hash names
_SPREAD = np.uint32(2_654_435_769)  # 2³² over the golden ratio
_LOWEST = 100_000_000  # of nine digits without a leading zero
Digits = Callable[[pl.Series], pl.Series]


class People:
    """Who is known. `digests` gives the pseudonyms of numbers of nine digits. May be used from several threads."""

    def __init__(self, digests: Callable[[np.ndarray], np.ndarray]) -> None:
        self._digests = digests
        self._busy = threading.Lock()
        self._count = 0
        self._clear(_FIRST_BITS)

    def pseudonyms(self, texts: pl.Series, digits: Digits) -> pl.Series:
        """The pseudonym of each text; empty when it is none. `digits` gives the nine digits of those that are a BSN."""
        numbers = _numbers(texts, digits)
        with self._busy:
            known, found = self._look_up(numbers)
        if not known.all():
            fresh = _different(numbers[~known])
            fresh = fresh[_elfproef(fresh)]
            values = self._digests(fresh) if len(fresh) else fresh  # the longest part: others go on meanwhile
            with self._busy:
                self._learn(fresh, values)
                known, found = self._look_up(numbers)
        found = pl.Series(texts.name, found)
        return found if known.all() else pl.select(pl.when(pl.Series(known)).then(found)).to_series().alias(texts.name)

    def _clear(self, bits: int) -> None:
        self._shift = np.uint32(32 - bits)
        self._keys, self._values = np.zeros(1 << bits, np.int32), np.zeros(1 << bits, np.int64)

    def _places(self, numbers: np.ndarray) -> np.ndarray:
        return ((numbers.view(np.uint32) * _SPREAD) >> self._shift).astype(np.intp)

    def _find(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where each number stands, and whether it does; zero stands nowhere."""
        places = self._places(numbers)
        there = self._keys.take(places)
        known = (there == numbers) & (numbers != 0)
        rest = np.flatnonzero(~known & (there != 0) & (numbers != 0))
        while len(rest):
            places[rest] = (places[rest] + 1) & (len(self._keys) - 1)
            there = self._keys[places[rest]]
            known[rest] = there == numbers[rest]
            rest = rest[(there != 0) & (there != numbers[rest])]
        return places, known

    def _look_up(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Whether each number is known, and its pseudonym."""
        places, known = self._find(numbers)
        return known, self._values.take(places)

    def _learn(self, numbers: np.ndarray, values: np.ndarray) -> None:
        """Take in numbers, each once, but for those that another thread took in meanwhile."""
        fresh = ~self._find(numbers)[1]
        numbers, values = numbers[fresh], values[fresh]
        if (self._count + len(numbers)) * _ROOM > len(self._keys):
            stand = self._keys != 0
            old = self._keys[stand], self._values[stand]
            self._clear(int((self._count + len(numbers)) * _ROOM).bit_length())
            self._put(*old)
        self._put(numbers, values)
        self._count += len(numbers)

    def _put(self, numbers: np.ndarray, values: np.ndarray) -> None:
        places = self._places(numbers)
        while len(numbers):
            free = self._keys[places] == 0
            self._keys[places[free]] = numbers[free]  # of two that want one place the last stands there
            stands = self._keys[places] == numbers
            self._values[places[stands]] = values[stands]
            numbers, values = numbers[~stands], values[~stands]
            places = (places[~stands] + 1) & (len(self._keys) - 1)


def _numbers(texts: pl.Series, digits: Digits) -> np.ndarray:
    """The number that each text writes, 0 when it is no BSN. Nearly all are nine digits, or eight of a lost zero.

    A text of nine signs that gives a number of nine digits holds nothing else; likewise eight. Any other goes to
    `digits`.
    """
    number, size = texts.cast(pl.Int32, strict=False), texts.str.len_bytes()
    plain = ((size == 9) & (number >= _LOWEST)) | ((size == 8) & (number >= _LOWEST // 10))
    if plain.all() and not plain.null_count():
        return number.to_numpy()
    odd = ~plain.fill_null(value=False)
    found = number.fill_null(0).to_numpy().copy()
    found[odd.to_numpy()] = digits(texts.filter(odd)).cast(pl.Int32).fill_null(0).to_numpy()
    return found


def _elfproef(numbers: np.ndarray) -> np.ndarray:
    """Whether the nine digits pass the elfproef: those weighed 9 8 7 6 5 4 3 2 −1 are a multiple of 11."""
    total, weight = -numbers.astype(np.int32), -1  # a digit is a quotient by its power of ten less ten times the next
    for place, next_weight in enumerate(range(2, 10), start=1):
        total += (numbers // np.int32(10**place)) * np.int32(next_weight - 10 * weight)
        weight = next_weight
    return total % 11 == 0


def _different(numbers: np.ndarray) -> np.ndarray:
    """Each number once, without zero."""
    ordered = np.sort(numbers)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]] & (ordered != 0)]
