"""The reader who subtracts: how closely a hidden count can be derived from everything that is shown."""

from collections.abc import Sequence

import highspy
import numpy as np

from metrics.groups import Cell, Relation


class _Quiet(highspy.Highs):
    """A solver that prints nothing; the usual one greets on standard output, where our results go."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


def ranges(cells: Sequence[Cell], relations: Sequence[Relation], place: int) -> list[tuple[float, float]]:
    """For each hidden cell the smallest and largest value (of its measure at `place`) that fits what is shown.

    A linear programme: counts are not negative and every total is the sum of its parts (Fischetti & Salazar 2001).
    """
    solver = _Quiet()
    index: dict[int, int] = {}
    for relation in relations:
        for cell in relation.all:
            if cell.hidden and id(cell) not in index:
                index[id(cell)] = len(index)
    for cell in cells:
        index.setdefault(id(cell), len(index))
    for _ in index:
        solver.addVar(0, highspy.kHighsInf)
    for relation in relations:
        known = 0.0
        weights: dict[int, float] = {}
        for cell, sign in ((relation.total, -1.0), *((part, 1.0) for part in relation.parts)):
            if cell.hidden:
                weights[index[id(cell)]] = weights.get(index[id(cell)], 0.0) + sign
            else:
                known += sign * cell.values[place]
        if weights:
            columns, factors = np.array(list(weights), dtype=np.int32), np.array(list(weights.values()))
            solver.addRow(-known, -known, len(columns), columns, factors)
    return [(_extreme(solver, index[id(cell)], 1), _extreme(solver, index[id(cell)], -1)) for cell in cells]


def _extreme(solver: highspy.Highs, column: int, sign: int) -> float:
    solver.changeColCost(column, float(sign))
    solver.run()
    status = solver.getModelStatus()
    solver.changeColCost(column, 0.0)
    if status == highspy.HighsModelStatus.kOptimal:
        return float(solver.getSolution().col_value[column])
    return 0.0 if sign > 0 else float("inf")
