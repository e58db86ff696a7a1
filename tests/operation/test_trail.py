"""What is done in the browser is written down: a file taken along, a talk recorded; else it stays here."""

import json
import re
import shutil

import pytest

import etl
from dashboard.app import create_app
from dashboard.operation.audit import Audit
from data import instellingen
from tests.benchmarks.belasting import Browser

pytestmark = pytest.mark.xdist_group("voorbeeld")
OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def folder(voorbeeld_werkmap, tmp_path):
    """A work folder of one's own, chosen by this process."""
    shutil.copytree(voorbeeld_werkmap, tmp_path / "werk", ignore=shutil.ignore_patterns("audit", "logboek*"))
    before = instellingen.gekozen()
    instellingen.kies(tmp_path / "werk")
    yield tmp_path / "werk"
    instellingen.kies(before)


@pytest.fixture
def client(folder):
    """A browser of the demo user."""
    return create_app(folder).server.test_client()


def test_taking_along_and_recording_leave_their_line_and_looking_does_not(client, folder):
    assert client.get("/kwartaal/agenda", headers=OWN).status_code == 200
    assert list(Audit(folder).entries()) == []
    assert client.get("/bestand/pip_op_tijd.csv?gemeente=0397").status_code == 200
    assert client.get("/api/cijfer/instroom.json").status_code == 200
    assert client.get("/bestand/bestaatniet.csv").status_code == 404
    form = client.get("/kwartaal/gesprek/danner-b1", headers=OWN).text
    token = re.search(r'name="csrf" value="([^"]+)"', form)[1]
    talk = {"csrf": token, "datum": "2024-07-10", "aanwezigen": "Piet de Vries", "verslag": "Over Jan Jansen"}
    assert client.post("/kwartaal/gesprek/danner-b1", data=talk, headers=OWN).status_code == 303
    lines = list(Audit(folder).entries())
    assert [one["gebeurtenis"] for one in lines] == ["export", "export", "vastgelegd"]
    assert [one["feiten"].get("cijfer") for one in lines] == ["pip_op_tijd", "instroom", None]
    assert lines[2]["feiten"] == {"route": "/kwartaal/gesprek/<contract>", "contract": "danner-b1"}
    text = json.dumps(lines)
    assert not any(one in text for one in ("Piet", "Jan", token)) and Audit(folder).check().fouten == []


def test_what_cannot_be_written_down_is_not_handed_out(client, folder):
    whole = client.get("/bestand/instroom.csv").data
    shutil.rmtree(folder / "audit")
    (folder / "audit").write_text("a file where the folder should be")
    answer = client.get("/bestand/instroom.csv")
    assert answer.status_code == 503 and "gebeurt daarom niet" in answer.text
    assert "attachment" not in answer.headers.get("Content-Disposition", "") and whole not in answer.data
    assert client.get("/").status_code == 200  # looking goes on


class _Asks:
    def __init__(self, client):
        self.client = client

    def ask(self, kind, method, path, body=None):
        del kind
        return self.client.open(path, method=method, json=body, headers=OWN).data


def test_a_damaged_momentopname_is_told_on_the_page_and_never_shown(client, folder):
    browser = Browser(_Asks(client))

    def page():
        return client.post("/_dash-update-component", json=browser.body("/", ""), headers=OWN).text

    store = etl.Store(folder)
    first = store.current_id()
    shutil.copyfile(store.path_of(first), store.folder / ".kopie")
    store.seal("abcdefghijkl", store.folder / ".kopie", ())
    store.switch("abcdefghijkl")
    assert "beschadigd" not in page()
    content = bytearray(store.path_of("abcdefghijkl").read_bytes())
    content[len(content) // 2] ^= 0xFF
    store.path_of("abcdefghijkl").write_bytes(content)
    assert f"De nieuwste momentopname (abcdefghijkl) is beschadigd. U ziet de vorige ({first})" in page()
    assert client.get("/klaar").json["momentopname"] == first
    content = bytearray(store.path_of(first).read_bytes())
    content[len(content) // 2] ^= 0xFF
    store.path_of(first).write_bytes(content)
    told = page()
    assert "Dat kan niet" in told and "is beschadigd. Laad uw leveringen opnieuw" in told
    assert client.get("/_dash-layout").status_code == 200 and client.get("/klaar").status_code == 503
