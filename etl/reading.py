"""Reading: all deliveries of a load are read and checked beside each other, in the order in which they are needed.

Building begins while reading goes on: a table can be built as soon as every file that may fill it has been read. A
plain CSV fills the table that its name says; what is in a workbook, a report or a file with a layout of its own is
known once it has been read, so those are awaited first.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self

import xxhash

from data import referentie
from etl.cache import Checked, checked
from etl.files import REPORT, Delivery
from etl.gather import TABLES, Source
from etl.intact import Seen
from etl.own_layout import Layouts
from etl.pseudonymise import Key

AT_ONCE = 2  # files: a small one leaves a processor idle
Progress = Callable[[str, float], None]


class Feed(Protocol):
    """Where a build gets its deliveries from."""

    def of(self, table: str) -> Sequence[Source]:
        """Every delivery that may fill this table."""
        ...

    def each(self, table: str) -> Iterator[Source]:
        """What can be looked at before all of it is there, one by one, each as soon as it has been read."""
        ...

    def all(self) -> Sequence[Source]:
        """Every delivery."""
        ...


class Ready:
    """Deliveries that have been read."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    def of(self, table: str) -> Sequence[Source]:
        """Every delivery: what of it fills the table is found there."""
        del table
        return self._sources

    def each(self, table: str) -> Iterator[Source]:
        """None by itself: there is nothing to wait for."""
        del table
        return iter(())

    def all(self) -> Sequence[Source]:
        """Every delivery."""
        return self._sources


class Reading(AbstractContextManager["Reading"]):
    """Deliveries that are being read; leaving it stops what has not begun yet."""

    def __init__(
        self,
        deliveries: Sequence[Delivery],
        folder: Path,
        key: Key,
        layouts: Layouts,
        show: Progress,
        seen: Seen | None = None,
    ) -> None:
        reference_hash = hashlib.sha256(referentie.gemeenten().write_csv().encode()).hexdigest()[:16]
        self._deliveries, self._show = deliveries, show
        self._numbers = _numbers([delivery.bestand for delivery in deliveries])
        owns = [layouts.of(one.path.name, recognised=one.soort is not None) for one in deliveries]
        self._plain = {
            place: one.soort for place, (one, own) in enumerate(zip(deliveries, owns, strict=True))
            if own is None and one.path.suffix.lower() == ".csv"
        }  # fmt: skip
        # workbooks go through one other process, one at a time
        self._pools = [ThreadPoolExecutor(AT_ONCE), ThreadPoolExecutor(1)]
        self._running: dict[int, Future[Checked]] = {}
        self._told: set[int] = set()
        for place in sorted(range(len(deliveries)), key=self._turn):
            pool = self._pools[place not in self._plain]
            self._running[place] = pool.submit(
                checked, deliveries[place], folder, key, reference_hash, owns[place], seen
            )

    def _turn(self, place: int) -> tuple[int, int]:
        kind = self._plain.get(place)
        return (TABLES.index(kind) if kind in TABLES else -1), place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def of(self, table: str) -> list[Source]:
        """Every delivery that may fill this table, once those have been read."""
        return self._sources(self._filling(table))

    def each(self, table: str) -> Iterator[Source]:
        """The same, one by one, each as soon as it has been read."""
        for place in sorted(self._filling(table), key=self._turn):
            yield from self._sources([place])

    def all(self) -> list[Source]:
        """Every delivery, once all have been read."""
        return self._sources(range(len(self._deliveries)))

    def _filling(self, table: str) -> list[int]:
        return [place for place in range(len(self._deliveries)) if self._plain.get(place, table) == table]

    def _sources(self, places: Iterable[int]) -> list[Source]:
        found = []
        for place in places:
            delivery, result = self._deliveries[place], self._wait(place)
            report = result.soort == REPORT and not result.reden
            old = report and result.datum != self._newest[(result.contract, result.kwartaal)]
            stand = result.datum if report else delivery.stand
            named = Delivery(delivery.path, delivery.bestand, delivery.soort, stand)
            found.append(Source(self._numbers[delivery.bestand], named, result, stand, old, place))
        return found

    def _wait(self, place: int) -> Checked:
        if place not in self._told:
            self._show(
                f"Lezen en controleren: {self._deliveries[place].bestand}",
                0.5 * len(self._told) / len(self._deliveries),
            )
            self._told.add(place)
        return self._running[place].result()

    @cached_property
    def _newest(self) -> dict[tuple[str | None, str | None], date]:
        """Per contract and quarter the day of the report that counts."""
        found: dict[tuple[str | None, str | None], date] = {}
        for place in range(len(self._deliveries)):
            if place in self._plain:
                continue
            result = self._wait(place)
            if result.soort == REPORT and not result.reden:
                assert result.datum is not None
                at = (result.contract, result.kwartaal)
                found[at] = max(found.get(at, result.datum), result.datum)
        return found


def _numbers(names: Sequence[str]) -> dict[str, int]:
    """A number per file that its name decides, so that it stays the same when other files come and go."""
    found: dict[str, int] = {}
    used: set[int] = set()
    for name in sorted(names):
        number = xxhash.xxh32_intdigest(name.encode()) & 0x7FFF_FFFF
        while number in used:
            number = (number + 1) & 0x7FFF_FFFF
        used.add(number)
        found[name] = number
    return found
