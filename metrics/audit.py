"""The reader who subtracts: between which bounds a count must lie, given everything that is shown.

One linear programme over the finest groups: counts are whole and not negative, a shown number fixes its sum, a hidden
one only says that it is there (Fischetti & Salazar 2001; Hundepool et al. 2012, chapter 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

EASE = 1e-6
_NODES = 2000  # of a search for a whole solution; a count of steps, not of seconds, so that a report stays the same


class Quiet(highspy.Highs):
    """A solver that prints nothing (the usual one greets on standard output), and repeats itself exactly."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        steady = (("output_flag", False), ("threads", 1), ("random_seed", 7), ("mip_max_nodes", _NODES))
        for name, value in (*steady, ("simplex_strategy", 4)):
            self.setOptionValue(name, value)


@dataclass(frozen=True)
class Extreme:
    """The least value of a sum. `duals`: per row how much it holds the value up; `constant`: what the rest adds."""

    value: float
    whole: np.ndarray | None
    duals: np.ndarray
    constant: float


class Reader:
    """Knows `rows` (columns of groups whose sum is published) and `equal` (columns with equal sums)."""

    def __init__(
        self,
        size: int,
        rows: Sequence[np.ndarray],
        values: Sequence[float],
        least: Sequence[float],
        equal: Sequence[tuple[np.ndarray, np.ndarray]],
        *,
        whole: bool,
        room: float,
    ) -> None:
        self.size, self.whole = size, whole
        self.rows = list(rows)
        self.values, self.least = np.asarray(values, dtype=float), np.asarray(least, dtype=float)
        self._shown = np.ones(len(self.rows), dtype=bool)
        self._ceiling = float(self.values.max(initial=0)) + room
        self._owner = np.concatenate([np.full(len(row), place) for place, row in enumerate(self.rows)] or [[]]).astype(
            int
        )
        self._columns = np.concatenate([*self.rows, []]).astype(int)
        solver = self._solver = Quiet()
        solver.setOptionValue("presolve", "off")  # it takes longer than the first solution itself
        solver.addVars(size, np.zeros(size), np.full(size, self._ceiling))
        parts = [
            *((row, 1.0) for row in self.rows),
            *((part, sign) for pair in equal for part, sign in zip(pair, (1.0, -1.0), strict=True)),
        ]
        sizes = [len(row) for row in self.rows] + [len(left) + len(right) for left, right in equal]
        bounds = np.concatenate([self.values, np.zeros(len(equal))])
        columns = np.concatenate([*(part for part, _ in parts), []]).astype(np.int32)
        factors = np.repeat([sign for _, sign in parts], [len(part) for part, _ in parts])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if sizes else np.zeros(0)
        solver.addRows(len(sizes), bounds, bounds, len(columns), starts.astype(np.int32), columns, factors)
        self._all = np.arange(size, dtype=np.int32)

    def hide(self, hidden: np.ndarray) -> None:
        """From now on these rows are hidden, and only these."""
        for place in np.flatnonzero(hidden == self._shown):
            value = self.values[place]
            if hidden[place]:
                self._solver.changeRowBounds(int(place), float(self.least[place]), highspy.kHighsInf)
            else:
                self._solver.changeRowBounds(int(place), float(value), float(value))
        self._shown = ~hidden

    def sums(self, solution: np.ndarray) -> np.ndarray:
        """What every row would be in this solution."""
        return np.bincount(self._owner, weights=solution[self._columns], minlength=len(self.rows))

    def least_of(self, weights: np.ndarray) -> Extreme | None:
        """The least value of a weighted sum of groups; None when nothing fits what is shown."""
        self._solver.changeColsCost(self.size, self._all, weights)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        found = np.array(solution.col_value)
        duals = np.array(solution.row_dual)[: len(self.rows)]
        value = float(weights @ found)
        held = np.where(self._shown, self.values, self.least)
        return Extreme(value, self._as_whole(found), duals, value - float(duals @ held))

    def least_whole(self, weights: np.ndarray) -> tuple[float, np.ndarray] | None:
        """The same among whole numbers only; None when the search does not end."""
        kind = np.full(self.size, highspy.HighsVarType.kInteger)
        self._solver.changeColsIntegrality(self.size, self._all, kind)
        self._solver.changeColsCost(self.size, self._all, weights)
        self._solver.setOptionValue("presolve", "choose")
        self._solver.run()
        self._solver.setOptionValue("presolve", "off")
        done = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = np.round(np.array(self._solver.getSolution().col_value)) if done else None
        kind = np.full(self.size, highspy.HighsVarType.kContinuous)
        self._solver.changeColsIntegrality(self.size, self._all, kind)
        return None if found is None else (float(weights @ found), found)

    def _as_whole(self, found: np.ndarray) -> np.ndarray | None:
        if not self.whole:
            return found
        rounded = np.round(found)
        return rounded if np.abs(found - rounded).max(initial=0) < EASE else None
