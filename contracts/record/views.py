"""What the entries add up to: talks, actions and their state, verdicts as they were told. Corrections are applied here;
the entries themselves stay as they were."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from contracts.assess import Verdict
from contracts.record.entries import Actie, Entry, Gesprek, Oordelen, Sluiting
from contracts.record.store import Regel

OPEN, LATE, CLOSED = "open", "te laat", "gesloten"


@dataclass(frozen=True)
class TalkView:
    """A talk as it stands after its corrections, with the numbers of its actions."""

    nummer: int
    contract: str
    kwartaal: str | None
    gesprek: Gesprek
    acties: tuple[int, ...]
    gecorrigeerd: bool

    def to_json(self) -> dict[str, Any]:
        """As data."""
        keys = {"nummer": self.nummer, "contract": self.contract, "kwartaal": self.kwartaal}
        rest = {"acties": list(self.acties), "gecorrigeerd": self.gecorrigeerd}
        return {**keys, **self.gesprek.model_dump(mode="json"), **rest}


@dataclass(frozen=True)
class ActionView:
    """An action as it stands: open, te laat (open after its day), or gesloten with what came of it."""

    nummer: int
    contract: str
    actie: Actie
    status: str
    gesprek: int | None
    sluiting: Sluiting | None
    gecorrigeerd: bool

    def to_json(self) -> dict[str, Any]:
        """As data."""
        closed = self.sluiting.model_dump(mode="json") if self.sluiting else {"datum": None, "resultaat": None}
        return {
            "nummer": self.nummer, "contract": self.contract, **self.actie.model_dump(mode="json"),
            "status": self.status, "gesprek": self.gesprek, "gesloten": closed["datum"],
            "resultaat": closed["resultaat"], "gecorrigeerd": self.gecorrigeerd,
        }  # fmt: skip


def talks(entries: Iterable[Regel]) -> list[TalkView]:
    """All talks, the newest date first."""
    entries = list(entries)
    found = []
    for one in _first(entries, "gesprek"):
        content, corrected = _as_it_stands(entries, one)
        assert isinstance(content, Gesprek)
        acties = tuple(other.nummer for other in _first(entries, "actie") if other.verwijst == one.nummer)
        found.append(TalkView(one.nummer, one.contract, one.kwartaal, content, acties, corrected))
    return sorted(found, key=lambda talk: (talk.gesprek.datum, talk.nummer), reverse=True)


def actions(entries: Iterable[Regel], day: date) -> list[ActionView]:
    """All actions as they stand on a day: overdue ones first, then open ones by their day, then closed ones."""
    entries = list(entries)
    found = []
    for one in _first(entries, "actie"):
        content, corrected = _as_it_stands(entries, one)
        assert isinstance(content, Actie)
        closed = None
        for other in _first(entries, "sluiting"):
            if other.verwijst == one.nummer and closed is None:
                closed, _ = _as_it_stands(entries, other)
        assert closed is None or isinstance(closed, Sluiting)
        status = CLOSED if closed else LATE if content.voor < day else OPEN
        found.append(ActionView(one.nummer, one.contract, content, status, one.verwijst, closed, corrected))
    order = (LATE, OPEN, CLOSED)
    return sorted(found, key=lambda action: (order.index(action.status), action.actie.voor, action.nummer))


def told_entry(entries: Iterable[Regel], contract: str, kwartaal: str) -> Regel | None:
    """The entry with the verdicts of a quarter that were told last, with its correction when there is one."""
    entries = list(entries)
    ours = [one for one in _first(entries, "oordelen") if (one.contract, one.kwartaal) == (contract, kwartaal)]
    if not ours:
        return None
    corrections = [one for one in entries if one.correctie and one.verwijst == ours[-1].nummer]
    return corrections[-1] if corrections else ours[-1]


def told(entries: Iterable[Regel], contract: str, kwartaal: str) -> list[Verdict]:
    """The verdicts of a quarter as they were told last; empty when nothing was told. Never recomputed."""
    entry = told_entry(entries, contract, kwartaal)
    if entry is None:
        return []
    content = entry.inhoud
    assert isinstance(content, Oordelen)
    return [from_record(facts) for facts in content.oordelen]


def to_record(verdict: Verdict) -> dict[str, Any]:
    """A verdict as it is written: everything, dates as text."""
    facts = {one.name: getattr(verdict, one.name) for one in fields(Verdict)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def from_record(facts: dict[str, Any]) -> Verdict:
    """A verdict as it was written; fields that a later version added are empty."""
    known = {one.name for one in fields(Verdict)}
    chosen = {name: value for name, value in facts.items() if name in known}
    for name in ("van", "tot"):
        if chosen.get(name):
            chosen[name] = date.fromisoformat(chosen[name])
    return Verdict(**chosen)


def _first(entries: list[Regel], kind: str) -> list[Regel]:
    return [one for one in entries if one.soort == kind and not one.correctie]


def _as_it_stands(entries: list[Regel], first: Regel) -> tuple[Entry, bool]:
    corrections = [one for one in entries if one.correctie and one.verwijst == first.nummer]
    return (corrections[-1].inhoud, True) if corrections else (first.inhoud, False)
