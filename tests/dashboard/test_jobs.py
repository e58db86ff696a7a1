"""The queue beside the web server: one at a time, for who asked, with progress, stopping, and an end to everything."""

import threading
import time

import pytest

from dashboard import access, jobs
from dashboard.access import Person
from data.fouten import Gebruiksfout

BEA = Person("bea", frozenset({"beleid"}), None, sleutel="een")
BEN = Person("ben", frozenset({"beleid"}), None, sleutel="twee")


def _until(job, *states):
    for _ in range(400):
        if job.state in states:
            return job.state
        time.sleep(0.01)
    return job.state


@pytest.fixture
def gate():
    gate = threading.Event()
    yield gate
    gate.set()


def _slow(gate):
    def work(show):
        show("begin", 0.2)
        gate.wait(5)
        show("einde", 0.9)
        return access.current().naam

    return work


def test_a_job_works_for_who_asked_and_only_they_see_it(gate):
    queue = jobs.Queue()
    with access.acting(BEA):
        job = queue.add("Verslag", _slow(gate))
    assert _until(job, jobs.BUSY) == jobs.BUSY
    gate.set()
    assert _until(job, jobs.DONE) == jobs.DONE
    assert job.result == "bea"
    with access.acting(BEN):
        assert queue.get(job.id) is None and queue.mine() == []
        queue.cancel(job.id)
    with access.acting(BEA):
        assert queue.get(job.id) is job and queue.mine() == [job]


def test_one_at_a_time_and_never_too_many_for_one_person(gate):
    queue = jobs.Queue()
    with access.acting(BEA):
        first, second = queue.add("a", _slow(gate)), queue.add("b", _slow(gate))
        assert _until(first, jobs.BUSY) == jobs.BUSY
        assert second.state == jobs.WAITING
        with pytest.raises(Gebruiksfout, match="andere verslagen"):
            queue.add("c", _slow(gate))
    gate.set()
    assert _until(second, jobs.DONE) == jobs.DONE


def test_stopping_what_waits_and_what_works(gate):
    queue = jobs.Queue()
    with access.acting(BEA):
        first, second = queue.add("a", _slow(gate)), queue.add("b", _slow(gate))
        assert _until(first, jobs.BUSY) == jobs.BUSY
        queue.cancel(second.id)
        assert second.state == jobs.STOPPED
        queue.cancel(first.id)
        gate.set()
        assert _until(first, jobs.STOPPED) == jobs.STOPPED
        assert first.result is None


def test_what_goes_wrong_is_told_in_a_sentence_without_its_text():
    queue = jobs.Queue()

    def wrong(show):
        raise ValueError("geheim 123456782")

    def refused(show):
        raise Gebruiksfout("Dat kan niet.")

    with access.acting(BEA):
        first = queue.add("a", wrong)
        assert _until(first, jobs.FAILED) == jobs.FAILED
        assert "geheim" not in " ".join(first.messages)
        second = queue.add("b", refused)
        assert _until(second, jobs.FAILED) == jobs.FAILED
        assert second.messages == ["Dat kan niet."]


def test_results_are_forgotten_after_a_while(monkeypatch):
    queue = jobs.Queue()
    with access.acting(BEA):
        job = queue.add("a", lambda show: 1)
        assert _until(job, jobs.DONE) == jobs.DONE
        monkeypatch.setattr(jobs, "KEPT", -1.0)
        assert queue.get(job.id) is None
