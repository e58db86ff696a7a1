"""All declarations on one scope: what deserves thought, how sure that is, and what may be published of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.fouten import Gebruiksfout
from metrics.answer import Answer
from metrics.disclosure import publish
from metrics.exact import definition_of
from metrics.insight.scope import ASKED, Scope, shown
from metrics.insight.signals.conditions import CONDITIONS
from metrics.insight.signals.judge import LEFT_OUT, MAYBE, NO_INTERVAL, SIGNAL, SURE
from metrics.insight.signals.model import Declaration, read_signals
from metrics.insight.signals.outcome import Outcome
from metrics.insight.signals.sense import without_sense
from metrics.plain import from_plain, to_plain
from metrics.rights import Bevoegdheid

_LEVELS = ("belangrijk", "let op", "ter informatie")
_CERTAINTIES = (SURE, NO_INTERVAL, MAYBE, "")


@dataclass(frozen=True)
class Signal:
    """What a declaration found for one row. Its status: signaal, rustig, te weinig gegevens, geen gegevens, verborgen,
    niet beoordeeld (`door`: the choice that makes it say nothing).

    `deelbaar`: what it says may be published (it says the same after the publication guard); None: not looked at.
    """

    verklaring: Declaration
    uitkomst: Outcome
    peildatum: date
    filters: dict[str, tuple[Any, ...]]
    deelbaar: bool | None = None
    door: str = ""

    @property
    def id(self) -> str:
        """The id of the declaration with the values of the row: stable from one momentopname to the next."""
        values = [str(value) for value in self.uitkomst.dims.values() if value is not None]
        return "/".join([self.verklaring.id, *values])

    @property
    def soort(self) -> str:
        """The kind of its figure."""
        return definition_of(self.verklaring.cijfer).soort

    @property
    def status(self) -> str:
        return self.uitkomst.status

    @property
    def zekerheid(self) -> str:
        return self.uitkomst.zekerheid

    def to_json(self) -> dict[str, Any]:
        """Everything but the sentences, as plain data."""
        one, found = self.verklaring, self.uitkomst
        return {
            "id": self.id,
            "signaal": one.id,
            "titel": one.titel,
            "status": found.status,
            "niveau": one.niveau,
            "zekerheid": found.zekerheid or None,
            "gevolg": one.gevolg,
            "advies": one.advies,
            "cijfer": one.cijfer,
            "subdoel": definition_of(one.cijfer).subdoel,
            "dimensies": found.dims,
            "filters": {name: list(values) for name, values in self.filters.items()},
            "van": found.van.isoformat(),
            "tot": found.tot.isoformat(),
            "peildatum": self.peildatum.isoformat(),
            "waarden": _plain(found.rij),
            "norm": found.norm,
            "norm_bron": one.bron,
            "vorige": _plain(found.vorige) if found.vorige is not None else None,
            "deelbaar": self.deelbaar,
            "niet_beoordeeld_door": self.door or None,
        }

    def to_plain(self) -> list[Any]:
        """Itself as plain data, without its declaration (see `from_plain`)."""
        found = self.uitkomst
        facts = [found.dims, found.status, found.zekerheid, found.rij, found.norm, found.vorige, found.van, found.tot]
        kept = (facts, self.peildatum, self.filters, self.deelbaar, self.door)
        return [self.verklaring.id, *(to_plain(one) for one in kept)]

    @classmethod
    def from_plain(cls, plain: list[Any], known: Mapping[str, Declaration]) -> "Signal":
        """What `to_plain` gave, with its declaration from those that are known. Raises as `metrics.from_plain`."""
        id, *rest = plain
        facts, day, filters, sharable, by = (from_plain(one) for one in rest)
        return cls(known[id], Outcome(*facts), day, filters, sharable, by)


def evaluate(
    scope: Scope, declarations: Mapping[str, Declaration] | None = None, *, deelbaar: bool | Collection[str] = False
) -> list[Signal]:
    """Every row of every declaration, signals first: the weightiest and surest on top.

    Who may see only what is published gets the signals that the fixed publication tells. `deelbaar` looks, for who
    sees exact figures, at which signals would survive the publication guard, all together; at those with one of these
    consequences only, when it names them.
    """
    known = read_signals() if declarations is None else declarations
    asked: dict[str, set[Any]] = {}
    found = _all(scope, known, asked)
    if not scope.voor.exact:
        return [replace(one, deelbaar=True) for one in found]
    if deelbaar:
        meant = [one for one in found if deelbaar is True or one.verklaring.gevolg in deelbaar]
        told = {one.verklaring.id: one.verklaring for one in meant if one.status == SIGNAL}
        guarded = _published(scope, set().union(*(asked[id] for id in told)))
        safe = {one.id for one in _all(guarded, told, {}) if one.status == SIGNAL}
        meant_ids = {one.verklaring.id for one in meant}
        found = [replace(one, deelbaar=one.id in safe) if one.verklaring.id in meant_ids else one for one in found]
    return found


def _all(scope: Scope, known: Mapping[str, Declaration], asked: dict[str, set[Any]]) -> list[Signal]:
    """What every declaration finds; `asked` gets what each of them looked at."""
    found = []
    for one in known.values():
        possible = definition_of(one.cijfer).filterbaar
        filters = {name: tuple(values) for name, values in scope.filters.items() if name in possible and values}
        filters |= {name: tuple(values) for name, values in one.filter.items()}
        if why := without_sense(one, scope.filters, scope.periode):
            found.append(Signal(one, Outcome({}, LEFT_OUT), scope.day, filters, door=why))
            continue
        asked[one.id] = scope._seen[ASKED] = set()
        try:
            outcomes = CONDITIONS[one.voorwaarde.soort](one, scope)
        except Gebruiksfout:
            if scope.voor.exact:
                raise
            continue  # not in the fixed publication
        found += [Signal(one, outcome, scope.day, filters) for outcome in outcomes]
    return sorted(found, key=_order)


def _order(one: Signal) -> tuple[Any, ...]:
    return (
        one.status != SIGNAL, _CERTAINTIES.index(one.zekerheid) if one.status == SIGNAL else 0,
        _LEVELS.index(one.verklaring.niveau), one.id,
    )  # fmt: skip


def _published(scope: Scope, wanted: set[Any]) -> Scope:
    """The questions that are wanted, answered with what may be published of them and all others together."""
    asked = {key: answer for key, answer in scope._seen.items() if isinstance(answer, Answer)}
    places = [place for place, key in enumerate(asked) if key in wanted]
    mine = [key for key in asked if key in wanted]
    shown_answers = dict(zip(mine, publish(list(asked.values()), alleen=places), strict=True))
    guarded = Bevoegdheid(scope.voor.gemeenten, exact=False)
    return Scope(scope.snapshot, guarded, scope.day, scope.filters, {**shown_answers, "day": scope.day}, scope.periode)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of a row; what is hidden says so."""
    keys = ("aantal", "teller", "noemer", "waarde", "laag", "hoog", "n", "verwacht", "waargenomen", "begroot",
            "uitputting", "deel_jaar", "landelijk", "kans", "kwartaal", "regel", "horizon", "einde")  # fmt: skip
    return {
        key: row[key] if row[key] is None or isinstance(row[key], str | list) or shown(row[key]) else "verborgen"
        for key in keys
        if key in row
    }
