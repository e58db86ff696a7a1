"""What of the signals may be published is weighed among everything that was asked, but only as far as it matters."""

import random

import pytest
from warehouse import random_rows, write

import metrics
from metrics import ALLES, AnswerCache, insight
from metrics.answer import Answer
from metrics.insight.scope import Scope
from metrics.insight.signals.conditions import CONDITIONS
from metrics.insight.signals.sense import without_sense
from metrics.rights import Bevoegdheid

VIEWS = ({}, {"gemeente": ["0397"]}, {"doelgroep": ["asielstatushouder"]}, {"leerroute": ["B1"], "cohort": [2023]},
         {"gemeente": ["0377"], "cohort": [2024]})  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return write(tmp_path_factory.mktemp("deelbaar") / "w.duckdb", random_rows(250, seed=21), id="deelbaarwereld")


@pytest.mark.parametrize("view", VIEWS)
def test_what_may_be_published_is_as_when_everything_is_weighed(world, view):
    found = insight.evaluate(Scope(world, ALLES, None, view), deelbaar=True)
    # the other way: ask everything, guard everything, judge everything again
    declarations, scope = insight.read_signals(), Scope(world, ALLES, None, view)
    judged = [one for one in declarations.values() if not without_sense(one, view, period=False)]
    for one in judged:
        CONDITIONS[one.voorwaarde.soort](one, scope)
    asked = {key: answer for key, answer in scope._seen.items() if isinstance(answer, Answer)}
    guarded = dict(zip(asked, metrics.publish(list(asked.values())), strict=True)) | {"day": scope.day}
    after = Scope(world, Bevoegdheid(None, exact=False), scope.day, view, guarded)
    safe = set()
    for one in judged:
        for outcome in CONDITIONS[one.voorwaarde.soort](one, after):
            if outcome.status == "signaal":
                safe.add((one.id, tuple(outcome.dims.values())))
    mine = [one for one in found if one.status == "signaal"]
    assert mine
    assert [(one.verklaring.id, tuple(one.uitkomst.dims.values())) in safe for one in mine] == [
        one.deelbaar for one in mine
    ]


def test_what_no_card_shows_is_not_weighed_and_the_rest_says_the_same(world):
    wanted = ("bijstellen", "vervroegde evaluatie")
    every = insight.evaluate(Scope(world, ALLES, None, {}), deelbaar=True)
    some = insight.evaluate(Scope(world, ALLES, None, {}), deelbaar=wanted)
    assert [one.deelbaar for one in some] == [
        one.deelbaar if one.verklaring.gevolg in wanted else None for one in every
    ]
    assert {one.deelbaar for one in every if one.verklaring.gevolg not in wanted} <= {True, False}


def test_some_answers_are_guarded_as_among_all(world):
    ids = ["instroom", "pip_op_tijd", "uitval", "examen_per_poging", "tevredenheid", "spuk_saldo", "aanwezigheid",
           "kosten", "respons", "samenloop", "leerroute_geslaagd", "routeverdeling"]  # fmt: skip
    answers = [
        metrics.compute(id, world, voor=ALLES, filters=filters, per=per)[0]
        for id in ids
        for filters, per in (({}, ()), ({"gemeente": ["0397"]} if "gemeente" in _possible(id) else {}, ()))
    ]
    answers += [
        metrics.compute(id, world, voor=ALLES, per=["gemeente"])[0] for id in ids if "gemeente" in _possible(id)
    ]
    everything, dice = metrics.publish(answers), random.Random(3)
    for many in (0, 1, 1, 2, 4, 9):
        places = sorted(dice.sample(range(len(answers)), many))
        assert metrics.publish(answers, alleen=places) == [everything[place] for place in places]


def test_a_scope_that_remembers_finds_the_same(world):
    memory = AnswerCache()
    for view in (*VIEWS, *VIEWS):
        plain, kept = Scope(world, ALLES, None, view), Scope(world, ALLES, None, view, antwoorden=memory)
        assert [one.to_json() for one in insight.evaluate(kept)] == [one.to_json() for one in insight.evaluate(plain)]
    assert memory.stand.raak > 0


def _possible(id):
    return metrics.catalogue()[id].mogelijk
