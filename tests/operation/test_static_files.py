"""The files of the program itself: a small plotly.js of the right version, and smaller over the line for others."""

import gzip
import hashlib
import pkgutil
import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

import dashboard
from dashboard import bundle
from dashboard.app import create_app

HOUSE = Path(dashboard.__file__).parent
OUTSIDE = {"REMOTE_ADDR": "192.0.2.7"}
STYLE = "/assets/stijl.css"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return create_app(tmp_path_factory.mktemp("bestanden")).server.test_client()


def test_the_part_of_plotly_is_the_one_we_looked_at_and_of_the_version_of_the_package():
    script = bundle.FILE.read_bytes()
    assert hashlib.sha256(script).hexdigest() == "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}\n".encode() in script[:200]
    assert b"MIT" in (bundle.FILE.parent / "plotly-LICENSE.txt").read_bytes()[:80]


def test_a_browser_gets_that_part_and_asks_again_later(client):
    answer = client.get(bundle.PLACE)
    assert answer.status_code == 200
    assert answer.data == bundle.FILE.read_bytes()
    assert len(answer.data) < 0.3 * len(pkgutil.get_data("plotly", "package_data/plotly.min.js"))
    assert "max-age=86400" in answer.headers["Cache-Control"]
    again = client.get(bundle.PLACE, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_of_another_version_a_browser_gets_all_of_it(monkeypatch):
    whole = pkgutil.get_data("plotly", "package_data/plotly.min.js")
    bundle._script.cache_clear()
    monkeypatch.setattr(bundle, "_version", lambda script: len(script))
    try:
        assert bundle._script()[0] == whole
    finally:
        bundle._script.cache_clear()


def test_it_can_draw_every_kind_of_chart_that_we_make():
    text = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "figures").glob("*.py"))
    kinds = set(
        re.findall(r'^\s*(?:return )?\{?\s*"type": "(\w+)", *"(?:mode|orientation|x|name|y)"', text, re.MULTILINE)
    )
    assert kinds
    assert kinds <= set(bundle.KINDS)


@pytest.mark.parametrize("path", [STYLE, bundle.PLACE, "/lettertype/vet.ttf"])
def test_files_are_smaller_for_who_is_elsewhere(client, path):
    here = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    there = client.get(path, headers={"Accept-Encoding": "gzip, br"}, environ_base=OUTSIDE)
    plain = client.get(path, environ_base=OUTSIDE)
    assert "Content-Encoding" not in here.headers
    assert there.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(there.data) == here.data == plain.data
    assert len(there.data) < 0.75 * len(here.data)
    assert "Accept-Encoding" in there.headers["Vary"]


def test_what_is_about_people_is_never_touched(client):
    answer = client.get("/_dash-layout", headers={"Accept-Encoding": "gzip"}, environ_base=OUTSIDE)
    assert answer.status_code == 200
    assert len(answer.data) > 2_000
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("path", "when"), [("/", "prefetch"), ("/instroom", "preload"), ("/cijfer/instroom", "preload")]
)
def test_what_charts_need_comes_before_they_do(client, path, when):
    text = client.get(path).get_data(as_text=True)
    found = re.findall(r'<link rel="(\w+)" as="script" href="([^"]+)">', text)
    assert [one for one, _ in found] == [when, when]
    assert bundle.PLACE in [address for _, address in found]
    for _, address in found:  # it is where Dash will look, and the same for everybody
        answer = client.get(address)
        assert answer.status_code == 200
        assert "no-store" not in answer.headers.get("Cache-Control", "")
