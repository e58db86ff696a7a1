"""Judge: which of the rows that share a key counts, which says the same, which is replaced, which contradict.

Nothing depends on the order in which rows come, only on file names, stands and row numbers.
"""

from collections.abc import Iterator

import numpy as np

LOADED, IDENTICAL, REPLACED = 1, 2, 3
_AT_ONCE = 1 << 18  # rows: arrays of this size use the same memory again


def judge(
    key: np.ndarray, first: np.ndarray, moment: np.ndarray, content: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """State and contradiction of rows, from equally long arrays.

    Nearly all keys that come more than once come twice (first without an end, later with it): those pairs are compared
    as whole columns, which takes a quarter of the time that `_many` needs.

    Args:
        key, first: 64-bit hashes of the whole key and of its first column; together they stand for the key.
        moment: the higher, the later; rows of one moment that differ contradict each other.
        content: a hash of all columns.
        order: the place of the row in the order of files and rows.
    """
    state, clash = np.full(len(key), LOADED, np.int8), np.zeros(len(key), bool)
    many: list[np.ndarray] = []
    for rows, starts in _alike(key):
        sizes = np.diff(starts, append=len(rows))
        pairs = starts[sizes == 2]
        one, other = rows[pairs], rows[pairs + 1]
        apart = (key[one] != key[other]) | (first[one] != first[other])
        many += [rows[np.repeat(sizes > 2, sizes)], one[apart], other[apart]]
        one, other = one[~apart], other[~apart]
        equal = content[one] == content[other]
        later = moment[one] - moment[other]
        against = ~equal & (later == 0)
        clash[one] = clash[other] = against
        # of equal rows the first one counts, of others the latest
        one_counts = np.where(equal, order[one] < order[other], later > 0)
        state[np.where(one_counts, other, one)] = np.where(against, LOADED, np.where(equal, IDENTICAL, REPLACED))
    rest = np.concatenate([np.empty(0, np.intp), *many])
    if len(rest):
        state[rest], clash[rest] = _many(*(array[rest] for array in (key, first, moment, content, order)))
    return state, clash


def _alike(key: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows beside those of the same key, a stretch at a time, and where in it each run of rows begins.

    Sorted are numbers of which the first bits are those of the key and the last the row's: that takes a quarter of what
    sorting places takes. So a run can hold rows of other keys too, by chance; a key is never in two runs.
    """
    bits = np.uint64(max(len(key) - 1, 1).bit_length())
    last = (np.uint64(1) << bits) - np.uint64(1)
    packed = key & ~last
    packed |= np.arange(len(key), dtype=np.uint64)
    packed.sort()
    at = 0
    while at < len(packed):
        end = min(at + _AT_ONCE, len(packed))
        end += int(np.searchsorted(packed[end:], packed[end - 1] | last, side="right"))  # not halfway a run
        runs = packed[at:end] >> bits
        yield (packed[at:end] & last).astype(np.intp), np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]])
        at = end


def _many(
    key: np.ndarray, first: np.ndarray, moment: np.ndarray, content: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What `judge` gives, for any number of rows per key: one sort, and then segments of it."""
    count = len(key)
    state, clash = np.full(count, LOADED, np.int8), np.zeros(count, bool)
    sort = np.lexsort((moment, first, key))
    key, first, moment, content, order = (one[sort] for one in (key, first, moment, content, order))
    new_key = np.r_[True, (key[1:] != key[:-1]) | (first[1:] != first[:-1])]
    new_moment = new_key | np.r_[True, moment[1:] != moment[:-1]]
    group, segment = np.cumsum(new_key) - 1, np.cumsum(new_moment) - 1
    starts = np.flatnonzero(new_moment)
    clashes = np.minimum.reduceat(content, starts) != np.maximum.reduceat(content, starts)
    segment_group = group[starts]
    winner = np.full(segment_group[-1] + 1, -1)  # the latest moment of each key without a contradiction
    np.maximum.at(winner, segment_group, np.where(clashes, -1, np.arange(len(starts))))
    best = content[starts[winner]][group]  # where no moment is left the value is not used
    in_clash = clashes[segment]
    same = ~in_clash & (content == best)
    place = np.where(same, order, np.iinfo(np.int64).max)
    earliest = np.minimum.reduceat(place, np.flatnonzero(new_key))[group]
    found = np.where(in_clash, LOADED, np.where(~same, REPLACED, np.where(place == earliest, LOADED, IDENTICAL)))
    state[sort], clash[sort] = found, in_clash
    return state, clash
