"""The memory of answers: equal to asking anew, kept apart by rights, bounded, and filled once for many at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from warehouse import random_rows, write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, AnswerCache, Bevoegdheid, Vraag, cache
from metrics.once import Once

HEEMSTEDE = Bevoegdheid(frozenset({"0397"}))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return write(tmp_path_factory.mktemp("cache") / "w.duckdb", random_rows(120, seed=5), id="cachewereld")


def test_the_same_as_asking_anew(world):
    memory = AnswerCache()
    for words in ({}, {"per": ["jaar"]}, {"filters": {"geslacht": ["vrouw"]}}, {"van": date(2023, 1, 1)}):
        for _ in range(2):
            assert memory.compute("pip_op_tijd", world, voor=ALLES, **words) == metrics.compute(
                "pip_op_tijd", world, voor=ALLES, **words
            )
    assert (memory.stand.raak, memory.stand.mis) == (4, 4)


def test_the_same_question_in_other_words_is_the_same(world):
    memory = AnswerCache()
    day = metrics.default_peildatum(world)
    memory.compute("instroom", world, voor=ALLES, filters={"gemeente": ["0397", "377"]})
    memory.compute("instroom", world, voor=ALLES, filters={"gemeente": ["0377", "0397"], "geslacht": []}, peildatum=day)
    memory.compute(["instroom", "toets_op_tijd"], world, voor=ALLES, filters={"gemeente": ["0397", "0377"]})
    assert (memory.stand.raak, memory.stand.mis) == (2, 2)


def test_nothing_is_shared_between_rights(world):
    memory = AnswerCache()
    everyone, mine, published = (
        memory.compute("instroom", world, voor=voor)[0]
        for voor in (ALLES, HEEMSTEDE, Bevoegdheid(frozenset({"0397"}), exact=False))
    )
    assert memory.stand.mis == 3
    assert mine.rijen[0]["aantal"] < everyone.rijen[0]["aantal"]
    assert published == metrics.compute("instroom", world, voor=Bevoegdheid(frozenset({"0397"}), exact=False))[0]


def test_another_momentopname_peildatum_or_period_is_another_question(world, tmp_path):
    memory = AnswerCache()
    other = write(tmp_path / "ander.duckdb", random_rows(60, seed=6), id="andere")
    answers = [
        memory.compute("instroom", snapshot, voor=ALLES, **words)[0].rijen
        for snapshot, words in (
            (world, {}), (other, {}), (world, {"peildatum": date(2023, 12, 31)}), (world, {"tot": date(2023, 12, 31)}),
            (world, {"van": date(2023, 1, 1)}),
        )
    ]  # fmt: skip
    assert memory.stand.mis == 5
    assert answers[0] != answers[1]


def test_what_one_does_to_an_answer_the_next_does_not_see(world):
    memory = AnswerCache()
    [first] = memory.compute("tevredenheid", world, voor=ALLES)
    first.rijen[0]["verdeling"][0] = -1
    first.rijen[0]["n"] = -1
    first.rijen.append({})
    assert memory.compute("tevredenheid", world, voor=ALLES) == metrics.compute("tevredenheid", world, voor=ALLES)


def test_ten_at_once_compute_once(world, monkeypatch):
    memory, counted, gate = AnswerCache(), [], threading.Barrier(10)
    real = cache.compute

    def slow(*asked, **words):
        counted.append(asked)
        threading.Event().wait(0.2)
        return real(*asked, **words)

    monkeypatch.setattr(cache, "compute", slow)

    def ask(_):
        gate.wait()
        return memory.compute("routeverdeling", world, voor=ALLES, per=["gemeente"])

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(ask, range(10)))
    assert len(counted) == 1
    assert all(one == answers[0] for one in answers)
    assert len({id(one[0].rijen) for one in answers}) == 10
    assert memory.stand.mis == 1 and memory.stand.raak + memory.stand.gewacht == 9


def test_different_questions_of_different_people_at_once(world):
    memory = AnswerCache(plaatsen=8)
    asked = [
        (id, voor, per)
        for id in ("instroom", "pip_op_tijd", "uitval")
        for voor in (ALLES, HEEMSTEDE)
        for per in ((), ("jaar",), ("geslacht",))
    ]
    expected = {one: metrics.compute(one[0], world, voor=one[1], per=one[2]) for one in asked}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda one: (one, memory.compute(one[0], world, voor=one[1], per=one[2])), asked * 4))
    assert all(answer == expected[one] for one, answer in found)
    assert memory.stand.plaatsen <= 8


def test_a_fault_is_told_to_all_and_not_kept(world):
    memory = AnswerCache()
    for _ in range(2):
        with pytest.raises(Gebruiksfout, match="bestaat niet"):
            memory.compute("instrom", world, voor=ALLES)
    tries = Once(4)

    def fail():
        raise Gebruiksfout("kapot")

    with pytest.raises(Gebruiksfout, match="kapot"):
        tries.get("a", fail)
    assert tries.get("a", lambda: 1) == 1


def test_the_longest_unused_goes_first():
    memory = Once(2)
    for key in "abac":  # b is the longest unused when c comes
        memory.get(key, lambda key=key: key)
    misses = memory.stand.mis
    memory.get("a", lambda: "a")
    memory.get("c", lambda: "c")
    assert memory.stand.mis == misses
    memory.get("b", lambda: "b")
    assert memory.stand.mis == misses + 1
    assert memory.stand.plaatsen == 2


def test_what_was_being_looked_for_when_emptied_is_not_kept():
    memory, begun, go = Once(2), threading.Event(), threading.Event()

    def old():
        begun.set()
        go.wait()
        return "oud"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(memory.get, "a", old)
        begun.wait()
        memory.clear()
        go.set()
        assert waiting.result() == "oud"
    assert memory.get("a", lambda: "nieuw") == "nieuw"


def test_a_publication_is_chosen_once(world):
    memory = AnswerCache()
    asked = [Vraag("instroom", ("jaar",), {"gemeente": ["0397"]})]
    first, again = (memory.finest(asked, world, voor=ALLES) for _ in range(2))
    assert first == again == metrics.finest(asked, world, voor=ALLES)
    first[0].antwoord.rijen.clear()
    assert memory.finest(asked, world, voor=ALLES) == again
