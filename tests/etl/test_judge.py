"""Which row of a key counts: whole columns at once against one key at a time."""

from collections import defaultdict

import numpy as np
import pytest

from etl.judge import IDENTICAL, LOADED, REPLACED, judge


def slow(rows):
    """State and contradiction per row; rows are (key, first, changed, stand, content, order)."""
    groups, found = defaultdict(list), {}
    for place, row in enumerate(rows):
        groups[row[:2]].append(place)
    for places in groups.values():
        said = defaultdict(set)
        for place in places:
            said[rows[place][2:4]].add(rows[place][4])
        right = [place for place in places if len(said[rows[place][2:4]]) == 1]
        best = rows[max(right, key=lambda place: rows[place][2:4])][4] if right else None
        first = min((rows[place][5] for place in right if rows[place][4] == best), default=None)
        for place in places:
            if place not in right:
                state = LOADED  # says nothing: it is refused
            elif rows[place][4] != best:
                state = REPLACED
            else:
                state = LOADED if rows[place][5] == first else IDENTICAL
            found[place] = (state, place not in right)
    return [found[place] for place in range(len(rows))]


@pytest.mark.parametrize("seed", range(6))
def test_pairs_and_larger_groups_are_judged_as_one_key_at_a_time(seed):
    rng = np.random.default_rng(seed)
    count = (0, 1, 2, 400, 400, 400)[seed]
    rows = [
        # keys come one to five times; now and then two keys have one hash and differ in their first column
        (int(rng.integers(0, 200)), int(rng.random() < 0.1), *map(int, rng.integers(0, 3, 3)), order)
        for order in rng.permutation(count)
    ]
    columns = [np.array([row[at] for row in rows], dtype) for at, dtype in enumerate("QQqqQq")]
    key, first, changed, stand, content, order = columns
    state, clash = judge(key, first, changed * 3 + stand, content, order)
    assert list(zip(state.tolist(), clash.tolist(), strict=True)) == slow(rows)
