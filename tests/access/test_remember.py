"""Remembering for many at once: one computes, the others wait; a fault is not kept; the oldest goes."""

import threading
import time

import pytest

from dashboard.access.remember import lru_cache


def test_who_asks_the_same_at_once_waits_for_one_answer():
    counted, found = [], []

    @lru_cache(maxsize=4)
    def slow(number):
        counted.append(number)
        time.sleep(0.2)
        return [number]

    threads = [threading.Thread(target=lambda n=n: found.append(slow(n % 2))) for n in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(counted) == [0, 1] and sorted(found) == [[0]] * 5 + [[1]] * 5
    assert slow(0) is slow(0)


def test_a_fault_is_for_everybody_and_is_not_kept():
    turn = []

    @lru_cache(maxsize=4)
    def fails(number):
        turn.append(number)
        if len(turn) == 1:
            raise ValueError
        return number

    with pytest.raises(ValueError):
        fails(1)
    assert fails(1) == 1 and turn == [1, 1]


def test_no_more_is_kept_than_asked_and_what_was_used_last_stays():
    counted = []

    @lru_cache(maxsize=2)
    def count(number):
        counted.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        count(number)
    assert counted == [1, 2, 3, 2]
