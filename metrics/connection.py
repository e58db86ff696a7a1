"""Momentopnamen stay open between questions: opening the file costs more than most answers (33 ms against 5 to 15)."""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import duckdb


class Snapshot(Protocol):
    """A momentopname of etl: a DuckDB file that never changes."""

    @property
    def id(self) -> str: ...

    @property
    def path(self) -> Path: ...

    def connect(self) -> duckdb.DuckDBPyConnection: ...


class Result(Protocol):
    """What a query gives: DuckDB's cursor, as far as it is needed here."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...

    def fetchall(self) -> list[Any]: ...

    def fetchone(self) -> Any: ...


class Connection(Protocol):
    """What runs queries in DuckDB's dialect with values bound by name: DuckDB, or another engine."""

    def execute(self, query: str, parameters: Any = None, /) -> Result: ...

    def close(self) -> None: ...

    def __enter__(self) -> "Connection": ...

    def __exit__(self, kind: Any, fault: Any, trace: Any, /) -> Any: ...


def ticket(snapshot: Snapshot) -> tuple[Any, ...]:
    """What tells one momentopname from another: its id, and the file."""
    return (snapshot.id, str(snapshot.path), os.stat(snapshot.path).st_mtime_ns)  # noqa: PTH116 - on every question


class _Ticket:
    """Equal for the same file, so that it can be the key of the open connections."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.key = ticket(snapshot)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ticket) and self.key == other.key


@lru_cache(maxsize=2)
def _opened(ticket: _Ticket) -> duckdb.DuckDBPyConnection:
    return ticket.snapshot.connect()


def cursor(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A connection of one's own to the momentopname (threads must not share one); close it after use."""
    return _opened(_Ticket(snapshot)).cursor()
