"""What is worked out before anybody asks: it stops when the program does, and nobody gets what another may see."""

import json
import threading
import time
from datetime import date

import pytest

import metrics
from dashboard import access
from dashboard.access.people import Person
from dashboard.app import WARM, create_app
from dashboard.operation import web
from dashboard.operation.warm import Warm
from dashboard.state import View
from metrics.ready import shelf

pytestmark = pytest.mark.xdist_group("voorbeeld")
HEEMSTEDE = Person("h", frozenset({"beleid"}), frozenset({"0397"}))


@pytest.fixture(scope="module")
def desk(voorbeeld_werkmap):
    """The desk of a program that worked everything out for who sees everything."""
    steps = create_app(voorbeeld_werkmap).server.extensions[WARM]()
    assert len(steps) > len(metrics.catalogue())
    for step in steps[: 1 + len(metrics.catalogue())]:  # the first page, and every figure
        step()
    return steps[0].args[0]


def test_every_single_choice_is_worked_out_and_of_the_periods_the_whole_years(desk, voorbeeld_werkmap):
    steps = create_app(voorbeeld_werkmap).server.extensions[WARM]()
    searches = {step.args[2] for step in steps if len(step.args) == 3}
    last = metrics.default_peildatum(desk.snapshot())
    years = [year for year in range(2022, 2030) if date(year, 12, 31) <= last]
    assert {f"?van={year}-01-01&tot={year}-12-31" for year in years} == {one for one in searches if "van=" in one}
    assert {"?gemeente=0397", "?doelgroep=nareiziger", "?leerroute=Z", f"?cohort={years[-1]}"} <= searches
    assert all("&" not in one or "van=" in one for one in searches)


class _Fixed:
    """A watch with one momentopname."""

    def current(self):
        return type("One", (), {"id": "een"})()


def test_it_stops_after_the_step_that_is_being_taken():
    begun, go, taken = threading.Event(), threading.Event(), []

    def first():
        taken.append("first")
        begun.set()
        assert go.wait(10)

    warm = Warm(_Fixed(), lambda: [first, lambda: taken.append("second"), lambda: taken.append("third")], every=0.01)
    assert begun.wait(10)
    stopping = threading.Thread(target=warm.stop)
    stopping.start()
    time.sleep(0.05)
    go.set()
    stopping.join(10)
    assert not stopping.is_alive()
    assert taken == ["first"]


def test_who_is_being_answered_goes_first_and_stopping_does_not_wait_for_them():
    busy, taken = threading.Event(), []
    warm = Warm(_Fixed(), lambda: [lambda: taken.append("one")], every=0.01, calm=busy.is_set)
    time.sleep(0.2)
    assert taken == []
    busy.set()  # nobody any more
    for _ in range(100):
        time.sleep(0.02)
        if taken:
            break
    assert taken == ["one"]
    warm.stop()
    never = Warm(_Fixed(), lambda: [lambda: taken.append("two")], every=0.01, calm=lambda: False)
    begun = time.monotonic()
    never.stop()
    assert time.monotonic() - begun < 2
    assert taken == ["one"]


def test_what_was_asked_is_written_out_when_nobody_is_being_answered():
    waiting, written, tell = ["een", "twee"], [], []
    busy = threading.Event()

    def write(snapshot):
        written.extend(waiting[:1])
        return bool(waiting and waiting.pop(0))

    behind = (lambda snapshot, woken: tell.append(woken), write)
    warm = Warm(_Fixed(), lambda: [lambda: None], every=60, calm=busy.is_set, behind=behind)
    time.sleep(0.1)
    assert written == []
    busy.set()  # nobody any more
    _until(lambda: written == ["een", "twee"])
    waiting.append("drie")
    tell[0]()  # long before the next look
    _until(lambda: written == ["een", "twee", "drie"])
    warm.stop()


def _until(true):
    for _ in range(200):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("it took too long")


def test_nobody_is_answered_any_more_when_the_answer_is_out(tmp_path):
    client = create_app(tmp_path).server.test_client()
    for path in ("/gezond", "/bestaat-niet/zo", "/klaar"):
        client.get(path)
        assert web.calm()


def test_what_was_worked_out_for_who_sees_everything_is_not_given_to_others(desk):
    ids = ("instroom", "pip_op_tijd", "pip_openstaand", "uitstroom", "kosten", "examen_eerste_poging")
    snapshot = desk.snapshot()
    for view in (View.read(""), View.read("?doelgroep=asielstatushouder"), View.read("?cohort=2023")):
        with access.acting(HEEMSTEDE):
            mine = [desk.answer(snapshot, id, view, ("gemeente",)).rijen for id in ids]
        alone = [
            metrics.compute(
                id, snapshot, voor=metrics.ALLES, per=("gemeente",),
                filters={**{name: values for name, values in view.filters.items() if _knows(id, name)},
                         "gemeente": ["0397"]},
            )[0].rijen
            for id in ids
        ]  # fmt: skip
        assert json.dumps(mine) == json.dumps(alone)
        assert {row["gemeente"] for rows in mine for row in rows} <= {"0397"}
    with access.acting(access.demo_person()):
        assert len({row["gemeente"] for row in desk.answer(snapshot, "instroom", View(), ("gemeente",)).rijen}) > 1


def test_the_units_of_every_figure_are_ready_for_who_sees_everything(desk):
    snapshot = desk.snapshot()
    day = metrics.default_peildatum(snapshot)
    kept, first = shelf(snapshot), date(2022, 1, 1)
    for id in metrics.catalogue():
        question = metrics.ask(metrics.catalogue()[id], {}, ())
        source = kept.source(question, metrics.ALLES, (day, first, day))
        assert source is not None, id
        source.close()


def _knows(id, name):
    return name in metrics.catalogue()[id].filterbaar
