"""Health, error pages and the log of requests; a damaged momentopname makes way for the one before it, and is told."""

import io
import json
import logging
import os
import shutil

import flask
import pytest

import etl
from dashboard.operation import logs, watch
from dashboard.operation.web import add_operation
from data.fouten import Gebruiksfout
from data.instellingen import Log

pytestmark = pytest.mark.xdist_group("voorbeeld")
BSN = "999900110"


@pytest.fixture
def folder(voorbeeld_werkmap, tmp_path):
    """A work folder with two momentopnamen that are the same but for their name; the second is the current one."""
    target = tmp_path / "werk"
    shutil.copytree(voorbeeld_werkmap, target, ignore=shutil.ignore_patterns("audit", "logboek*"))
    return target


@pytest.fixture
def site(folder):
    """A bare server with views that go wrong in several ways, and what it logs."""
    buffer = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:]
    logs.start(Log(vorm="json"), buffer)
    server = flask.Flask(__name__)
    add_operation(server, folder)

    @server.get("/fout/<name>")
    def wrong(name):
        if name == "gebruik":
            raise Gebruiksfout(["Kies een <ander> jaar.", "En een andere gemeente."])
        if name == "schijf":
            raise OSError(28, f"No space left on device: /geheim/{BSN}")
        raise RuntimeError(f"cell {BSN} at /geheim/pad")

    yield server.test_client(), lambda: [json.loads(line) for line in buffer.getvalue().splitlines()]
    root.handlers[:] = before
    logging.captureWarnings(False)


def test_health_says_nothing_of_people(site, folder):
    client, _ = site
    assert client.get("/gezond").json == {"status": "gezond"}
    answer = client.get("/klaar")
    assert answer.json == {"status": "klaar", "momentopname": etl.Store(folder).current_id()}
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_empty_work_folder_is_ready_and_a_pointer_to_nothing_is_not(tmp_path):
    server = flask.Flask(__name__)
    add_operation(server, tmp_path / "leeg")
    assert server.test_client().get("/klaar").json == {"status": "klaar", "momentopname": None}
    (tmp_path / "stuk").mkdir()
    (tmp_path / "stuk" / "huidig").write_text("abcdefghijkl")
    other = flask.Flask(__name__)
    add_operation(other, tmp_path / "stuk")
    answer = other.test_client().get("/klaar")
    assert answer.status_code == 503 and "niet klaar" in answer.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize(
    ("path", "method", "code", "told"),
    [
        ("/fout/gebruik", "GET", 400, "En een andere gemeente."),
        ("/fout/anders", "GET", 500, "Er ging iets mis in het programma zelf"),
        ("/fout/schijf", "GET", 503, "De gegevens zijn nu niet te lezen"),
        ("/nergens", "GET", 404, "Dit adres kennen wij niet"),
        ("/gezond", "POST", 405, "neemt dit soort verzoeken niet aan"),
    ],
)
def test_what_goes_wrong_is_told_in_dutch_without_a_path(site, accept, path, method, code, told):
    client, lines = site
    answer = client.open(path, method=method, headers={"Accept": accept})
    assert (answer.status_code, told in answer.text) == (code, True)
    assert "<ander>" not in answer.text or accept != "text/html"
    everything = answer.text + json.dumps(lines())
    for hidden in (BSN, "/geheim", "Traceback", "RuntimeError: ", "site-packages"):
        assert hidden not in everything
    assert 'lang="nl"' in answer.text or accept != "text/html"


def test_the_log_of_requests_holds_the_rule_and_not_what_was_filled_in(site):
    client, lines = site
    client.get(f"/fout/{BSN}?gemeente=0397&wie=Jan")
    fault, request = lines()
    assert fault["fout"] == "RuntimeError" and fault["plaats"][-1].startswith("test_web.py:")
    assert (request["route"], request["status"], request["soort"]) == ("/fout/<name>", 500, "GET")
    assert not any(text in json.dumps(lines()) for text in (BSN, "Jan", "0397"))
    client.get("/gezond")
    assert len(lines()) == 2  # asked every few seconds: not worth a line


def _damage(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _two(folder):
    """A second momentopname, loaded from one delivery less, as the current one."""
    store = etl.Store(folder)
    first = store.current_id()
    second = "abcdefghijkl" if first != "abcdefghijkl" else "bbcdefghijkl"
    copy = store.folder / ".kopie"
    shutil.copyfile(store.path_of(first), copy)
    store.seal(second, copy, ())
    store.switch(second)
    return store, first, second


def test_a_damaged_momentopname_makes_way_for_the_one_before_and_comes_back_when_mended(folder):
    store, first, second = _two(folder)
    seen = watch.Watch(store)
    assert seen.current().id == second and seen.told is None
    whole = store.path_of(second).read_bytes()
    _damage(store.path_of(second))
    assert seen.current().id == first
    assert second in seen.told and first in seen.told
    assert store.current_id() == second  # nothing is changed by looking
    store.path_of(second).write_bytes(whole)
    assert seen.current().id == second and seen.told is None
    _damage(store.path_of(second))
    _damage(store.path_of(first))
    with pytest.raises(Gebruiksfout, match="beschadigd"):
        seen.current()  # it would open, and could show a wrong figure


def test_damage_without_a_new_time_is_found_after_a_fault_while_reading(folder):
    store, first, second = _two(folder)
    seen = watch.Watch(store)
    assert seen.current().id == second
    status = store.path_of(second).stat()
    _damage(store.path_of(second))
    os.utime(store.path_of(second), ns=(status.st_atime_ns, status.st_mtime_ns))  # a bad disk changes no time
    assert seen.current().id == second
    seen.doubt()
    assert seen.current().id == first
