"""Which numbers to hide beside the small ones, so that no reader can reckon back: as little as possible.

The integer programme of Fischetti & Salazar (2001; Hundepool et al. 2012, §4.4): choose what to hide at the least loss;
let a reader attack that choice; whatever the reader derives becomes a condition on the next choice. It ends with the
least loss that withstands every attack, or after a fixed number of rounds hides a little more than needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from metrics.audit import EASE, Quiet, Reader

_ROUNDS = 12
_TURNS = 12  # of looking for solutions that differ much, before each target is looked at by itself
_CORNERS = 3  # solutions that are tried before a search for a whole one
_KEPT = 240  # solutions of earlier attacks that are remembered: each shows at once what still holds


@dataclass
class Target:
    """A sum of rows (`plus` minus `minus`) of which a reader may not come to know too much.

    What can be derived must reach down to `low` and up to `high`; with `either` one of the two will do. With `owner`
    it matters only when that number is hidden.
    """

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    low: float
    high: float
    either: bool = False
    owner: int | None = None


@dataclass(frozen=True)
class Choice:
    """What is hidden, what that costs, and the least that it can cost as far as is known."""

    hidden: np.ndarray
    cost: float
    bound: float


@dataclass(frozen=True)
class _Cut:
    """At least `whole` of these numbers, weighed, must be hidden (when `owner` is)."""

    weights: np.ndarray
    owner: int | None


class Guard:
    """Chooses for one universe. `owner` gives per row of the reader the number it belongs to, or -1: never shown."""

    def __init__(
        self,
        reader: Reader,
        owner: Sequence[int],
        loss: Sequence[float],
        forced: Sequence[bool],
        under: Sequence[tuple[int, int]],
        targets: Sequence[Target],
        threshold: int,
    ) -> None:
        self._reader, self._owner = reader, np.asarray(owner, dtype=int)
        self._loss, self._forced = np.asarray(loss, dtype=float), np.asarray(forced, dtype=bool)
        self._under, self._targets, self._threshold = list(under), list(targets), threshold
        self._seen: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []  # solution, sums, numbers that differ
        self._settled = np.zeros(len(self._targets), dtype=bool)
        self._plus, self._minus = self._matrix("plus"), self._matrix("minus")

    def choose(self) -> Choice | None:
        """What to hide; None when what is published contradicts itself, so that no reader can be modelled."""
        if not self._start():
            return None
        hidden, cuts, bound = self._with_under(self._forced.copy()), [], float(self._loss[self._forced].sum())
        for _ in range(_ROUNDS):
            found = self._attack(hidden)
            if not found:
                return Choice(hidden, float(self._loss[hidden].sum()), bound)
            cuts += found
            hidden, bound = self._least_loss(cuts)
        while found := self._attack(hidden):
            for cut in found:
                if cut.weights[hidden].sum() >= 1 - EASE:
                    continue  # another one of this round mended it
                worth = np.where(hidden, 0.0, cut.weights / self._loss)
                hidden[int(worth.argmax()) if worth.max() > 0 else int(np.flatnonzero(~hidden)[0])] = True
            hidden = self._with_under(hidden)
        return Choice(hidden, float(self._loss[hidden].sum()), bound)

    def holds(self, hidden: np.ndarray) -> bool:
        """Whether hiding these numbers withstands every attack."""
        if not self._start():
            return False
        return not self._attack(hidden)

    def _start(self) -> bool:
        self._reader.hide(self._rows(np.zeros(len(self._loss), dtype=bool)))
        nothing = np.zeros(self._reader.size)
        first = self._reader.least_of(nothing)
        whole = first and first.whole
        dice = np.random.default_rng(0)
        for _ in range(_CORNERS if first is not None and whole is None else 0):  # another corner is often whole
            other = self._reader.least_of(dice.standard_normal(self._reader.size))
            if other is not None and other.whole is not None:
                whole = other.whole
                break
        if whole is None and (tried := first and self._reader.least_whole(nothing)):
            whole = tried[1]
        if whole is not None:
            self._remember(whole)
        return whole is not None

    def _settle(self, places: np.ndarray) -> None:
        """What the form of the tables tells (a row that is there is not empty) is told, whatever is hidden. Looked at
        for those targets only of which a reader seems to know too much: of the others they evidently do not."""
        everything = np.ones(len(self._loss), dtype=bool)
        self._reader.hide(self._rows(everything))
        low, high = self._seen_range(everything)
        wanted_low, wanted_high = self._wanted()
        mine = np.zeros(len(self._targets), dtype=bool)
        mine[places] = True
        self._settled |= mine

        def take() -> None:
            nonlocal low, high
            low, high = self._widen(low, high)

        self._explore(take, lambda: (mine & (low > wanted_low + EASE), mine & (high < wanted_high - EASE)))
        for place in places.tolist():
            target = self._targets[place]
            weights: np.ndarray | None = None
            ends = [float(low[place]), float(high[place])]
            for side, sign, limit in ((0, 1.0, target.low), (1, -1.0, -target.high)):
                if sign * ends[side] <= limit + EASE:
                    continue
                weights = self._weights(target) if weights is None else weights
                found = self._reader.least_of(sign * weights)
                if found is not None:
                    ends[side] = sign * (np.ceil(found.value - EASE) if self._reader.whole else found.value)
                    if found.whole is not None:
                        self._remember(found.whole)
                        low, high = self._widen(low, high)
            if target.either:
                if ends[0] > target.low + EASE and ends[1] < target.high - EASE:
                    target.low, target.high = np.inf, -np.inf  # known by the form alone: nothing to hide
                continue
            target.low, target.high = max(target.low, ends[0]), min(target.high, ends[1])

    def _wanted(self) -> tuple[np.ndarray, np.ndarray]:
        return np.array([one.low for one in self._targets]), np.array([one.high for one in self._targets])

    def _seen_range(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low, high = np.full(len(self._targets), np.inf), np.full(len(self._targets), -np.inf)
        for _, sums, differs in self._seen:
            if not (differs & ~hidden).any():
                values = self._values(sums)
                low, high = np.minimum(low, values), np.maximum(high, values)
        return low, high

    def _widen(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values = self._values(self._seen[-1][1])
        return np.minimum(low, values), np.maximum(high, values)

    def _rows(self, hidden: np.ndarray) -> np.ndarray:
        return np.append(hidden, True)[self._owner]

    def _with_under(self, hidden: np.ndarray) -> np.ndarray:
        for lower, upper in self._under:  # a numerator goes when its denominator goes
            hidden[lower] |= hidden[upper]
        return hidden

    def _matrix(self, side: str) -> tuple[np.ndarray, np.ndarray]:
        pairs = [(place, row) for place, target in enumerate(self._targets) for row in getattr(target, side)]
        table = np.array(pairs, dtype=int).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def _values(self, sums: np.ndarray) -> np.ndarray:
        """Each target in a solution with these sums of rows."""
        count = len(self._targets)
        (targets, rows), (others, less) = self._plus, self._minus
        return np.bincount(targets, sums[rows], count) - np.bincount(others, sums[less], count)

    def _remember(self, solution: np.ndarray) -> None:
        sums = self._reader.sums(solution)
        rows = self._owner[(np.abs(sums - self._reader.values) > EASE) & (self._owner >= 0)]
        differs = np.zeros(len(self._loss), dtype=bool)
        differs[rows] = True
        self._seen.append((solution, sums, differs))
        if len(self._seen) > _KEPT:
            del self._seen[1]

    def _weights(self, target: Target) -> np.ndarray:
        weights = np.zeros(self._reader.size)
        for rows, sign in ((target.plus, 1.0), (target.minus, -1.0)):
            for row in rows:
                weights[self._reader.rows[row]] += sign
        return weights

    def _attack(self, hidden: np.ndarray) -> list[_Cut]:
        """What a reader derives when these numbers are hidden: one condition for each target too closely known."""
        self._reader.hide(self._rows(hidden))
        low, high = self._seen_range(hidden)

        def take() -> None:
            nonlocal low, high
            low, high = self._widen(low, high)

        matters = np.array([one.owner is None or bool(hidden[one.owner]) for one in self._targets], dtype=bool)
        wanted_low, wanted_high = self._wanted()
        either = np.array([one.either for one in self._targets], dtype=bool)

        def open_ends() -> tuple[np.ndarray, np.ndarray]:
            down, up = low > wanted_low + EASE, high < wanted_high - EASE
            missing = np.where(either, down & up, down | up) & matters
            return missing & down, missing & up

        self._explore(take, open_ends)
        down, up = open_ends()
        unsure = np.flatnonzero((down | up) & ~self._settled)
        if len(unsure):
            self._settle(unsure)
            wanted_low, wanted_high = self._wanted()
            self._reader.hide(self._rows(hidden))
            self._explore(take, open_ends)
        cuts: list[_Cut] = []
        for place, target in enumerate(self._targets):
            down, up = open_ends()
            sides = [
                (sign, limit)
                for sign, limit, side in ((1.0, target.low, down), (-1.0, -target.high, up))
                if side[place]
            ]
            weights = self._weights(target) if sides else np.zeros(0)
            failed = []
            for sign, limit in sides:
                cut = self._reach(sign * weights, limit, hidden, take)
                if cut is None and target.either:
                    failed = []
                    break
                if cut is not None:
                    failed.append(cut)
            if target.either and failed:
                failed = [np.sum(failed, axis=0)]
            cuts += [_Cut(np.minimum(cut, 1.0), target.owner) for cut in failed]
        return cuts or self._pinned(hidden)

    def _explore(self, take: Callable[[], None], open_ends: Callable[[], tuple[np.ndarray, np.ndarray]]) -> None:
        """Many at once: one solution often shows of many targets that they are still in doubt."""
        dice = np.random.default_rng(len(self._seen))
        before = -1
        for turn in range(_TURNS):
            sides = open_ends()
            left = sum(int(side.sum()) for side in sides)
            if left < 2 or (turn > 2 and left == before):
                return
            before = left
            weights = np.zeros(self._reader.size)
            for number, (sign, side) in enumerate(zip((1.0, -1.0), sides, strict=True)):
                if turn < 2:  # first all that should come down, then all that should go up; then some of both
                    tried = side if turn == number else np.zeros(len(side), dtype=bool)
                else:
                    tried = side & (dice.random(len(side)) < 0.5)
                for place in np.flatnonzero(tried):
                    weights += sign * self._weights(self._targets[place])
            found = self._reader.least_of(weights)
            if found is not None and found.whole is not None:
                self._remember(found.whole)
                take()

    def _reach(
        self, weights: np.ndarray, limit: float, hidden: np.ndarray, take: Callable[[], None]
    ) -> np.ndarray | None:
        """None when a sum can come down to its limit; else what must be hidden for that, as weights of numbers."""
        found = self._reader.least_of(weights)
        if found is None:
            return self._anything(hidden)
        if found.value <= limit + EASE:
            solution = found.whole
            if solution is None:
                tried = self._reader.least_whole(weights)
                if tried is None or tried[0] > limit + EASE:
                    return self._anything(hidden)
                solution = tried[1]
            self._remember(solution)
            take()
            return None
        values, least = self._reader.values, self._reader.least
        needed = found.constant + float(found.duals @ values) - limit
        gain = np.where(found.duals > 0, found.duals * (values - least), np.where(found.duals < -EASE, np.inf, 0.0))
        shown = self._owner >= 0
        cut = np.zeros(len(self._loss))
        np.add.at(cut, self._owner[shown], np.minimum(gain[shown], needed) / needed)
        cut[cut < EASE] = 0.0
        return cut if cut.any() else self._anything(hidden)

    def _anything(self, hidden: np.ndarray) -> np.ndarray:
        """No more is known than that something else must be hidden too."""
        return (~hidden).astype(float)

    def _pinned(self, hidden: np.ndarray) -> list[_Cut]:
        """Small groups that nobody publishes and everybody can derive exactly."""
        if not self._reader.whole:
            return []
        known = np.array([solution for solution, _, differs in self._seen if not (differs & ~hidden).any()])
        if not len(known):
            return []
        value = known[0]
        same = (known == value).all(axis=0) & (value > 0) & (value < self._threshold)
        cuts = []
        for place in np.flatnonzero(same):
            weights = np.zeros(self._reader.size)
            weights[place] = 1.0
            parts = []
            for sign in (1.0, -1.0):
                cut = self._reach(sign * weights, sign * value[place] - 1, hidden, lambda: None)
                if cut is None:
                    parts = []
                    break
                parts.append(cut)
            if parts and not hidden.all():
                cuts.append(_Cut(np.minimum(np.sum(parts, axis=0), 1.0), None))
        return cuts

    def _least_loss(self, cuts: Sequence[_Cut]) -> tuple[np.ndarray, float]:
        """The least loss that meets all conditions so far."""
        count = len(self._loss)
        solver = Quiet()
        solver.addVars(count, self._forced.astype(float), np.ones(count))
        solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.full(count, highspy.HighsVarType.kInteger)
        )
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), self._loss)
        for lower, upper in self._under:
            solver.addRow(0.0, highspy.kHighsInf, 2, np.array([lower, upper], dtype=np.int32), np.array([1.0, -1.0]))
        for cut in cuts:
            weights = cut.weights.copy()
            needed = 1.0
            if cut.owner is not None:
                weights[cut.owner] -= 1.0
                needed = 0.0
            places = np.flatnonzero(weights).astype(np.int32)
            solver.addRow(needed - EASE, highspy.kHighsInf, len(places), places, weights[places])
        solver.run()
        solution = np.array(solver.getSolution().col_value)
        if len(solution) != count or not solver.getInfo().primal_solution_status:
            return np.ones(count, dtype=bool), 0.0
        return solution > 0.5, float(solver.getInfo().mip_dual_bound)
