"""What the guard would hide, at the finest level that passes: all levels of one publication are chosen together.

A year beside "since 2022" can be subtracted, and so can a municipality beside its region. So a choice counts only when
the guard lets everything through at once. The group of a level lies inside that of the next, so that going on always
makes groups larger; when two questions are in each other's way, the later one gives way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from metrics.answer import VERBORGEN, Answer, copied
from metrics.connection import Snapshot, cursor
from metrics.disclosure import THRESHOLD, publish
from metrics.exact import exact, period, questions_of
from metrics.levels import Niveau, Step, Vraag, ladder, read_areas
from metrics.rights import Bevoegdheid

SMALL, DERIVED = "klein", "af te leiden"
_ONE_BY_ONE = 24  # rounds in which only one question gives way; after that all that fail do


@dataclass(frozen=True)
class Poging:
    """A level that did not pass. `reden`: klein (hidden by itself) or af te leiden (from what stands beside it)."""

    niveau: Niveau
    reden: str


@dataclass(frozen=True)
class Fijnste:
    """What may be published of a question: its answer after the guard, its level, and what was tried before.

    `getoond` False: at the coarsest level, too, more is hidden than the question allows.
    """

    vraag: Vraag
    antwoord: Answer
    niveau: Niveau
    getoond: bool
    geprobeerd: tuple[Poging, ...]

    def copied(self) -> "Fijnste":
        """The same with rows of its own."""
        return replace(self, antwoord=copied(self.antwoord))


@dataclass
class _Choice:
    """Where one question stands on its ladder."""

    vraag: Vraag
    steps: list[Step]
    place: int
    tried: list[Poging]

    @property
    def step(self) -> Step:
        return self.steps[self.place]

    @property
    def at_end(self) -> bool:
        return self.place == len(self.steps) - 1

    def give_way(self, reason: str) -> None:
        self.tried.append(Poging(self.step.niveau, reason))
        self.place += 1


def finest(
    vragen: Sequence[Vraag],
    snapshot: Snapshot,
    *,
    voor: Bevoegdheid,
    peildatum: date | None = None,
    drempel: int = THRESHOLD,
) -> list[Fijnste]:
    """One publication: every question at its finest level that passes the guard together with all others.

    The first question weighs heaviest. The answers are published: nothing needs the guard after this. Raises
    Gebruiksfout for a question that makes no sense, and for who may not see exact figures (see `fixed_publication`).
    """
    voor.moet_exact()
    with cursor(snapshot) as connection:
        areas = read_areas(connection)
        day, _, _ = period(snapshot, connection, peildatum, None, None)
    choices = [_Choice(vraag, ladder(vraag, day, areas, voor), 0, []) for vraag in vragen]
    known: dict[Any, Answer] = {}

    def answer(choice: _Choice) -> Answer:
        step = choice.step
        key = (choice.vraag.cijfer, step.question)
        if key not in known:
            days = (day, step.niveau.van, step.niveau.tot)
            [known[key]] = exact(questions_of([choice.vraag.cijfer], step.filters, step.per), snapshot, voor, days)
        return known[key]

    def alone(choice: _Choice) -> None:
        while not choice.at_end and not passes(publish([answer(choice)], drempel=drempel)[0], choice.vraag.deel):
            choice.give_way(SMALL)

    for choice in choices:
        alone(choice)
    rounds = 0
    while True:
        published = publish([answer(choice) for choice in choices], drempel=drempel)
        shown = [passes(one, choice.vraag.deel) for one, choice in zip(published, choices, strict=True)]
        failing = [choice for choice, well in zip(choices, shown, strict=True) if not well and not choice.at_end]
        if not failing:
            break
        rounds += 1
        for choice in failing[-1:] if rounds <= _ONE_BY_ONE else failing:
            choice.give_way(DERIVED)
            alone(choice)
    return [
        Fijnste(choice.vraag, one, choice.step.niveau, well, tuple(choice.tried))
        for choice, one, well in zip(choices, published, shown, strict=True)
    ]


def passes(answer: Answer, share: float) -> bool:
    """Whether this share of the rows shows its main number. Rows of one course (horizon, einde) count as one."""
    if not answer.rijen:
        return True
    rows: dict[Any, bool] = {}
    for row in answer.rijen:
        place = tuple(str(row[name]) for name in answer.dims)
        rows[place] = rows.get(place, True) and all(row.get(key) is not VERBORGEN for key in _main(answer, row))
    return sum(rows.values()) >= share * len(rows)


def _main(answer: Answer, row: dict[str, Any]) -> tuple[str, ...]:
    soort = answer.definition.soort
    if soort == "aandeel":
        return ("teller",) if answer.cijfer == "taakstelling" else ("teller", "noemer")
    if soort == "incidentie":  # the end that the figure is about; the others may be few
        return ("n", "waarde") if row["einde"] == answer.definition.einden[0] else ("n",)
    return {"aantal": ("aantal",), "kwartielen": ("n", "p50"), "tijd_tot": ("n", "p50")}.get(soort, ("waarde",))
