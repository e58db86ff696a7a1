"""The publication guard: what is published tells nothing about a group under the threshold, not by subtraction either.

Primary: a count, a numerator, its complement, or an n from 1 up to the threshold is hidden; a numerator of none or all
too, when the whole is under twice the threshold: below that one of the two sides is always small, so what is left to
show would only ever be that nobody, or everybody, of a small group has something (group disclosure; Hundepool et al.
2012, chapter 5). Secondary: more is hidden until a reader of everything that is published together cannot tell of a
hidden small group whether it counts 1 or up to the threshold, nor find any hidden number exactly (`protection`).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from metrics import covering
from metrics.answer import Answer
from metrics.audit import Reader
from metrics.groups import Groups, Table, TooManyGroups
from metrics.numbers import Universe, universes
from metrics.populations import ALWAYS, Box
from metrics.protection import Choice, Guard, Target

THRESHOLD = 5


@dataclass
class Account:
    """What the guard did: numbers hidden, of how many, and the loss beside the least loss possible as far as known."""

    hidden: int = 0
    numbers: int = 0
    loss: float = 0.0
    bound: float = 0.0
    pieces: list[str] = field(default_factory=list)  # universes that had to be judged in smaller pieces


def publish(
    answers: Sequence[Answer],
    *,
    drempel: int = THRESHOLD,
    account: Account | None = None,
    alleen: Collection[int] | None = None,
) -> list[Answer]:
    """The same answers with what may not be shown replaced by VERBORGEN. Ask for everything that is published at once:
    only then totals in one answer are weighed against parts in another.

    `alleen`: the places of the answers to give. They are as they would be among all; what tells nothing about their
    kinds of units is then not weighed, and not given.
    """
    published = [replace(answer, rijen=[dict(row) for row in answer.rijen]) for answer in answers]
    wanted = [one for place, one in enumerate(published) if alleen is None or place in alleen]
    rows = {id(row) for one in wanted for row in one.rijen}
    account = account or Account()
    hidden: dict[int, set[str]] = defaultdict(set)
    for universe in universes(published, drempel):
        if alleen is None or any(id(row) in rows for number in universe.numbers for row, _ in number.places):
            _protect(universe, drempel, account, hidden)
    covering.cover(wanted, hidden, drempel)
    return wanted


def _protect(universe: Universe, threshold: int, account: Account, parts_hidden: dict[int, set[str]]) -> None:
    """Decide for one kind of units. What cannot be judged together is judged per figure, then per answer, and what
    even then cannot be judged is hidden: never shown unjudged."""
    choice = _choose(universe, threshold)
    if choice is None:
        parts = universe.parts()
        if len(parts) > 1:
            account.pieces.append(universe.name)
            for part in parts:
                _protect(part, threshold, account, parts_hidden)
            return
        choice = Choice(np.ones(len(universe.numbers), dtype=bool), 0.0, 0.0)
        account.pieces.append(universe.name)
    for number, hidden in zip(universe.numbers, choice.hidden, strict=True):
        if hidden:
            for row, part in number.places:
                parts_hidden[id(row)].add(part)
    account.numbers += len(universe.numbers)
    account.hidden += int(choice.hidden.sum())
    account.loss += choice.cost
    account.bound += choice.bound


def guard_of(universe: Universe, threshold: int) -> Guard | None:
    """The guard of one universe; None when its groups are too many to judge together."""
    numbers = universe.numbers
    owned = [(box, value, least, place) for place, one in enumerate(numbers) for box, value, least in one.rows()]
    wholes = [(table.whole, sum(table.values)) for table in universe.tables]
    known = {box: value for box, value, _, _ in owned} | dict(wholes)
    boxes = [box for box, *_ in owned]
    extra = [box for box in dict(wholes) if box not in set(boxes)]
    try:
        groups = Groups(
            [*boxes, *extra],
            [
                *(Table(table.whole, table.rows) for table in universe.tables),
                *(Table(numerator, tuple(places)) for numerator, places in universe.inside.items()),
            ],
            [day for kind, day in ALWAYS if kind == universe.groep],
        )
    except TooManyGroups:
        return None
    place = {box: row for row, box in enumerate([*boxes, *extra])}
    reader = Reader(
        groups.size,
        [groups.columns(box) for box in (*boxes, *extra)],
        [*(value for _, value, _, _ in owned), *(known[box] for box in extra)],
        [*(least for _, _, least, _ in owned), *(0.0 for _ in extra)],
        groups.equal,
        whole=universe.whole,
        room=4.0 * threshold if universe.whole else max(known.values(), default=0.0),
    )
    index = {id(one): number for number, one in enumerate(numbers)}
    return Guard(
        reader,
        [*(number for *_, number in owned), *(-1 for _ in extra)],
        [one.loss for one in numbers],
        [one.small for one in numbers],
        [(index[id(one)], index[id(one.under)]) for one in numbers if one.under is not None],
        _targets(universe, groups, known, place, threshold),
        threshold,
    )


def _choose(universe: Universe, threshold: int) -> Choice | None:
    guard = guard_of(universe, threshold)
    return None if guard is None else guard.choose()


def _targets(
    universe: Universe, groups: Groups, known: dict[Box, float], place: dict[Box, int], threshold: int
) -> list[Target]:
    """Everything that must stay in doubt: small counts, what is left over between two counts, and what is hidden."""
    if not universe.whole:
        return _amounts(universe, place)
    found = [Target((place[box],), (), 1.0, float(threshold)) for box, value in known.items() if 0 < value < threshold]
    boxes, values = list(known), np.array(list(known.values()))
    within = groups.within(boxes)
    close = (values[:, None] > values) & (values[:, None] - values < threshold) & (values > 0)
    for outer, inner in np.argwhere(close & within):
        found.append(Target((place[boxes[outer]],), (place[boxes[inner]],), 1.0, float(threshold)))
    index = {box: number for number, box in enumerate(boxes)}
    for table in universe.tables:  # what is left of a count after taking away the rows of a table inside it
        rows = np.array([index[row] for row in table.rows], dtype=int)
        inside = within[:, rows]
        rest = values - inside @ values[rows]
        for outer in np.flatnonzero((inside.sum(axis=1) > 1) & (rest > 0) & (rest < threshold)):
            less = tuple(place[boxes[row]] for row in rows[inside[outer]])
            found.append(Target((place[boxes[outer]],), less, 1.0, float(threshold)))
    for number, one in enumerate(universe.numbers):
        for box, value, _ in one.rows():
            if one.single:
                found.append(Target((place[box],), (), value - 1, value + 1, either=True, owner=number))
    return found


def _amounts(universe: Universe, place: dict[Box, int]) -> list[Target]:
    """Hours: of a small group at most to a fifth, of any hidden group not exactly."""
    found = []
    for number, one in enumerate(universe.numbers):
        for box, value, _ in one.rows():
            if one.small:
                found.append(Target((place[box],), (), 0.8 * value, 1.2 * value, owner=number))
            else:
                found.append(Target((place[box],), (), 0.99 * value, 1.01 * value + 0.01, either=True, owner=number))
    return found
