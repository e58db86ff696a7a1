"""Judge: which of the rows that share a key counts, which says the same, which is replaced, which contradict.

Nothing depends on the order in which rows come, only on file names, stands and row numbers.
"""

import numpy as np

LOADED, IDENTICAL, REPLACED = 1, 2, 3


def judge(
    key: np.ndarray, first: np.ndarray, changed: np.ndarray, stand: np.ndarray, content: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """State, contradiction and shared key of rows, from equally long arrays.

    Nearly all keys that come more than once come twice (first without an end, later with it): those pairs are compared
    as whole columns, which takes a quarter of the time that `_many` needs.

    Args:
        key, first: 64-bit hashes of the whole key and of its first column; together they stand for the key.
        changed, stand: what makes one row later than another, in that order.
        content: a hash of all columns.
        order: the place of the row in the order of files and rows.
    """
    count = len(key)
    state = np.full(count, LOADED, np.int8)
    clash, shared = np.zeros(count, bool), np.zeros(count, bool)
    if not count:
        return state, clash, shared
    sort = np.argsort(key)
    ordered = key[sort]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(starts, append=count)
    pairs = starts[sizes == 2]
    one, other = sort[pairs], sort[pairs + 1]
    apart = first[one] != first[other]  # two keys that have one hash by chance
    many = np.concatenate([sort[np.repeat(sizes > 2, sizes)], one[apart], other[apart]])
    one, other = one[~apart], other[~apart]
    shared[one] = shared[other] = True
    equal = content[one] == content[other]
    moments = changed[one] - changed[other], stand[one] - stand[other]
    against = ~equal & (moments[0] == 0) & (moments[1] == 0)
    clash[one] = clash[other] = against
    # of equal rows the first one counts, of others the latest
    newer = (moments[0] > 0) | ((moments[0] == 0) & (moments[1] > 0))
    one_counts = np.where(equal, order[one] < order[other], newer)
    state[np.where(one_counts, other, one)] = np.where(against, LOADED, np.where(equal, IDENTICAL, REPLACED))
    if len(many):
        found = _many(*(array[many] for array in (key, first, changed, stand, content, order)))
        state[many], clash[many], shared[many] = found
    return state, clash, shared


def _many(
    key: np.ndarray, first: np.ndarray, changed: np.ndarray, stand: np.ndarray, content: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `judge` gives, for any number of rows per key: one sort, and then segments of it."""
    count = len(key)
    state = np.full(count, LOADED, np.int8)
    clash, shared = np.zeros(count, bool), np.zeros(count, bool)
    sort = np.lexsort((stand, changed, first, key))
    key, first, changed, stand, content, order = (one[sort] for one in (key, first, changed, stand, content, order))
    new_key = np.r_[True, (key[1:] != key[:-1]) | (first[1:] != first[:-1])]
    new_moment = new_key | np.r_[True, (changed[1:] != changed[:-1]) | (stand[1:] != stand[:-1])]
    group, moment = np.cumsum(new_key) - 1, np.cumsum(new_moment) - 1
    starts = np.flatnonzero(new_moment)
    clashes = np.minimum.reduceat(content, starts) != np.maximum.reduceat(content, starts)
    moment_group = group[starts]
    winner = np.full(moment_group[-1] + 1, -1)  # the latest moment of each key without a contradiction
    np.maximum.at(winner, moment_group, np.where(clashes, -1, np.arange(len(starts))))
    best = content[starts[winner]][group]  # where no moment is left the value is not used
    in_clash = clashes[moment]
    same = ~in_clash & (content == best)
    place = np.where(same, order, np.iinfo(np.int64).max)
    earliest = np.minimum.reduceat(place, np.flatnonzero(new_key))[group]
    found = np.where(in_clash, LOADED, np.where(~same, REPLACED, np.where(place == earliest, LOADED, IDENTICAL)))
    state[sort], clash[sort] = found, in_clash
    shared[sort] = np.bincount(group)[group] > 1
    return state, clash, shared
