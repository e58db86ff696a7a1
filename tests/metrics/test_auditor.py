"""Publications at random, and an auditor who has only their JSON: nothing that is hidden may come out."""

import itertools
import random
from collections import defaultdict
from datetime import date

import numpy as np
import pytest
from auditor import KNOWN, audit, shown_small
from warehouse import random_rows, write

import metrics
from metrics import ALLES, covering
from metrics.disclosure import Account, guard_of, publish
from metrics.numbers import universes

FIGURES = [*KNOWN, "aanbod_gekregen"]
SPLITS = ("gemeente", "doelgroep", "geslacht", "cohort", "leerroute", "jaar", "kwartaal")
FILTERS = {
    "gemeente": ["0397", "0377"], "doelgroep": ["asielstatushouder", "nareiziger", "gezinsmigrant"],
    "geslacht": ["vrouw"], "jaar": [2023],
}  # fmt: skip


def ask_at_random(seed, folder, *, most=6):
    """A world of 10 to 200 persons and one to six questions about it, often about the same people."""
    dice = random.Random(seed)
    world = write(
        folder / f"{seed}.duckdb", random_rows(dice.choice([10, 30, 60, 120, 200]), seed=seed), id=f"wereld{seed}"
    )
    kind = dice.choice([None, *sorted({one[0] for one in KNOWN.values()})])
    figures = [id for id in FIGURES if kind is None or KNOWN.get(id, ("persoon/plichtig",))[0] == kind]
    names, found = dice.sample(SPLITS, 3), []
    for _ in range(dice.randint(1, most)):
        id = dice.choice(figures)
        possible = metrics.catalogue()[id].mogelijk
        per = [name for name in names if name in possible and dice.random() < 0.5]
        filters, name = {}, dice.choice(sorted(FILTERS))
        if name in possible and name not in per and dice.random() < 0.4:
            filters[name] = FILTERS[name][: dice.randint(1, 3)]
        van, tot = dice.choice(
            [(None, None)] * 3 + [(date(2023, 1, 1), date(2023, 12, 31)), (date(2022, 1, 1), date(2023, 6, 30))]
        )
        day = dice.choice([date(2024, 6, 30)] * 4 + [date(2024, 12, 31)])
        found += metrics.compute(id, world, voor=ALLES, peildatum=day, van=van, tot=tot, filters=filters, per=per)
    return found


id_of = id


def as_json(answers):
    return [answer.to_json() for answer in answers]


@pytest.mark.parametrize("seed", [2, 5, 8, 16, 24, 28, 38, 59, 71, 76, 90, 97, 105, 110])
def test_nothing_comes_out_of_a_publication_at_random(seed, tmp_path):
    account = Account()
    published = as_json(publish(ask_at_random(seed, tmp_path), account=account))
    assert audit(published) == []
    assert shown_small(published) == []
    assert account.pieces == [], "the table of what figures count does not fit these records"


def test_the_auditor_finds_what_only_the_small_numbers_hidden_would_give_away(tmp_path):
    """The same publications with primary suppression alone: the auditor sees the leaks that the guard closes."""
    world = write(tmp_path / "stad.duckdb", random_rows(150, seed=3), id="stad")
    for id in ("instroom", "toets_op_tijd", "routeverdeling"):
        answers = [
            metrics.compute(id, world, voor=ALLES, peildatum=date(2024, 6, 30), per=per)[0]
            for per in ((), ("gemeente",), ("doelgroep",), ("gemeente", "doelgroep"))
        ]
        assert audit(as_json(publish(answers))) == []
        hidden = defaultdict(set)
        for universe in universes(answers, 5):
            for number in universe.numbers:
                if number.small:
                    for row, part in number.places:
                        hidden[id_of(row)].add(part)
        covering.cover(answers, hidden, 5)
        assert audit(as_json(answers)), id


def test_the_auditor_finds_the_one_hidden_part_of_a_total():
    about = {"cijfer": "instroom", "peildatum": "2024-06-30", "van": "2022-01-01", "tot": "2024-06-30", "filters": {}}
    whole = {**about, "rijen": [{"aantal": 20}]}
    parts = [{"gemeente": "0397", "aantal": "verborgen"}, {"gemeente": "0377", "aantal": 17}]
    [(label, low, high)] = audit([whole, {**about, "rijen": parts}])
    assert "0397" in label
    assert (low, high) == (3, 3)
    two = [*parts[:1], {"gemeente": "0377", "aantal": "verborgen"}, {"gemeente": "0392", "aantal": 11}]
    assert audit([whole, {**about, "rijen": two}]) == []
    narrow = [*two[:2], {"gemeente": "0392", "aantal": 17}]
    assert {(low, high) for _, low, high in audit([whole, {**about, "rijen": narrow}])} == {(1, 2)}


def test_the_auditor_sees_small_numbers_that_are_simply_there(tmp_path):
    exact = as_json(ask_at_random(8, tmp_path))
    assert shown_small(exact)
    assert audit(exact) == []


@pytest.mark.parametrize("seed", [1, 4, 6])
def test_as_little_is_hidden_as_can_be(seed, tmp_path):
    """Against every choice there is: none that withstands all attacks loses less."""
    world = write(tmp_path / "klein.duckdb", random_rows(30, seed=seed), id="klein")
    answers = [
        metrics.compute("instroom", world, voor=ALLES, peildatum=date(2024, 6, 30), per=per)[0]
        for per in ((), ("jaar",), ("doelgroep",))
    ]
    [universe] = universes(answers, 5)
    choice = guard_of(universe, 5).choose()
    loss = np.array([number.loss for number in universe.numbers])
    small = np.array([number.small for number in universe.numbers])
    free = np.flatnonzero(~small)
    best = np.inf
    for count in range(len(free) + 1):
        for more in itertools.combinations(free, count):
            hidden = small.copy()
            hidden[list(more)] = True
            if loss[hidden].sum() < best - 1e-9 and guard_of(universe, 5).holds(hidden):
                best = loss[hidden].sum()
    assert choice.cost == pytest.approx(best)
    assert choice.bound <= choice.cost + 1e-6


@pytest.mark.parametrize("seed", [3, 7, 11, 20, 33, 59, 76, 105])
def test_what_the_form_of_tables_tells_may_be_looked_at_when_it_matters_only(seed, tmp_path):
    """Looking at it for every number beforehand hides no less, and no more."""
    answers = ask_at_random(seed, tmp_path)
    for universe in universes(answers, 5):
        late, early = guard_of(universe, 5), guard_of(universe, 5)
        if late is None or early is None or not early._start():
            continue
        early._settle(np.arange(len(early._targets)))
        assert early._settled.all()
        mine, theirs = late.choose(), early.choose()
        assert mine is not None and theirs is not None
        assert mine.cost == pytest.approx(theirs.cost)
        assert early.holds(mine.hidden)
        assert late.holds(theirs.hidden)
