"""Which row of a key counts: whole columns at once against one key at a time."""

import sys
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest

from etl.gather import more_than_once
from etl.judge import IDENTICAL, LOADED, REPLACED, judge


def hashed(number):
    """A number, spread over 64 bits."""
    return int(number) * 0x9E3779B97F4A7C15 % 2**64


def dice(rng):
    return map(int, rng.integers(0, 3, 3))


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


@pytest.mark.parametrize("at_once", [5, 1 << 18])
@pytest.mark.parametrize("seed", range(6))
def test_pairs_and_larger_groups_are_judged_as_one_key_at_a_time(seed, at_once, monkeypatch):
    monkeypatch.setattr(sys.modules["etl.judge"], "_AT_ONCE", at_once)
    rng = np.random.default_rng(seed)
    count = (0, 1, 2, 400, 400, 400)[seed]
    rows = [
        # keys come one to five times; now and then two keys have one hash and differ in their first column, or have
        # hashes of which only the last bit differs, so that they are sorted as if they were one
        (hashed(rng.integers(0, 200)) ^ int(rng.random() < 0.1), int(rng.random() < 0.1), *dice(rng), order)
        for order in rng.permutation(count)
    ]
    columns = [np.array([row[at] for row in rows], dtype) for at, dtype in enumerate("QQqqQq")]
    key, first, changed, stand, content, order = columns
    state, clash = judge(key, first, changed * 3 + stand, content, order)
    assert list(zip(state.tolist(), clash.tolist(), strict=True)) == slow(rows)


@pytest.mark.parametrize("count", [0, 1, 7, 3000])
@pytest.mark.parametrize("arrays", [0, 1, 2, 5])
def test_hashes_that_come_more_than_once_are_found_within_and_across_arrays(count, arrays):
    rng = np.random.default_rng(count + arrays)
    many = [rng.integers(0, 2**64 - 1, count, dtype=np.uint64, endpoint=True) for _ in range(arrays)]
    for one, other in pairwise(many):
        one[: count // 5] = other[: count // 5]
        one[count // 5 : count // 3] = one[count // 2 : count // 2 + count // 3 - count // 5]
        one[-1:] = other[-1:] = 2**64 - 1
    seen = Counter(int(one) for array in many for one in array)
    found = more_than_once([np.sort(one) for one in many])
    assert sorted(found.tolist()) == sorted(one for one, times in seen.items() if times > 1)
