"""Who asks. Known for the length of a request, or where a job says for whom it works; nowhere else is anybody known."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import flask

import metrics
from dashboard.access.rights import IEDEREEN, PAGINAS, RECHTEN
from dashboard.texts import mark

_REFUSED = mark("Dit mag u niet zien of doen. Hebt u dit nodig? Vraag het uw beheerder.")


class Geweigerd(Exception):
    """Somebody asked for what is not theirs to see or do. The sentence is for them, in Dutch: who
    shows it says it in their language."""

    def __init__(self, melding: str = _REFUSED) -> None:
        super().__init__(melding)
        self.melding = melding


@dataclass(frozen=True)
class Person:
    """Somebody with roles. `gemeenten` None: all of them. `sleutel` tells their session from every other one."""

    naam: str
    rollen: frozenset[str]
    gemeenten: frozenset[str] | None = frozenset()
    demo: bool = False
    sleutel: str = ""

    @property
    def exact(self) -> bool:
        """Whether figures of their own municipalities are shown as they are."""
        return self.mag("cijfers")

    @property
    def bevoegdheid(self) -> metrics.Bevoegdheid:
        """Whose figures they may see. What was published is about everybody, and is for everybody."""
        return metrics.Bevoegdheid(self.gemeenten) if self.exact else metrics.Bevoegdheid(None, exact=False)

    def mag(self, recht: str) -> bool:
        """Whether one of their roles has a right. An unknown right nobody has."""
        return recht == IEDEREEN or bool(self.rollen & RECHTEN.get(recht, frozenset()))


_acting: ContextVar[Person | None] = ContextVar("acting", default=None)


def known() -> Person | None:
    """Who asks, when that is known."""
    acting = _acting.get()
    if acting is not None:
        return acting
    return flask.g.get("persoon") if flask.has_request_context() else None


def current() -> Person:
    """Who asks. Raises Geweigerd when nobody is known."""
    person = known()
    if person is None:
        raise Geweigerd(mark("Log eerst in."))
    return person


def require(recht: str) -> Person:
    """Who asks, when they have this right. Raises Geweigerd when they have not."""
    person = current()
    if not person.mag(recht):
        raise Geweigerd
    return person


@contextmanager
def acting(person: Person) -> Iterator[Person]:
    """For a job or a thread: work for this person, and for nobody after it."""
    token = _acting.set(person)
    try:
        yield person
    finally:
        _acting.reset(token)


def pages_of(person: Person | None, paths: Iterable[str]) -> list[str]:
    """Of these pages the ones that somebody may see, in the same order."""
    return [path for path in paths if person is not None and person.mag(PAGINAS.get(path, ""))]


def needs(
    recht: str, *, groot: bool = False, zwaar: bool = False, vastleggen: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The right that a view asks for, written under its route. A view without one answers nobody.

    `groot`: it takes a file; others take a megabyte at most. `zwaar`: a report or picture has to be made for it.
    `vastleggen`: the event for the audit log, when it is answered.
    """
    if recht != IEDEREEN and recht not in RECHTEN:
        raise ValueError(f"unknown right {recht}")

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        for name, value in (("recht", recht), ("groot", groot), ("zwaar", zwaar), ("vastleggen", vastleggen)):
            setattr(view, name, value)
        return view

    return declare
