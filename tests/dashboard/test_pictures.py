"""Pictures to take along: what stands in them, the same bytes every time, and a sentence when none can be made."""

import re
import struct
import threading
from datetime import date

import pytest

import metrics
from dashboard import wording
from dashboard.app import create_app
from dashboard.figures import paper, pictures
from dashboard.figures.palette import SERIES

pytestmark = pytest.mark.xdist_group("voorbeeld")
CHART = {"data": [{"type": "bar", "y": ["a", "b"], "x": [1, 2], "orientation": "h"}], "layout": {"height": 200}}


@pytest.fixture(scope="module")
def client(werkmap):
    yield create_app(werkmap).server.test_client()
    pictures.close()


def _text(svg):
    return " ".join(re.sub(r"<[^>]+>", " ", svg).split())


def test_the_picture_says_what_it_is_of_when_of_how_many_and_where_from(client, snapshot):
    answer = client.get("/download/pip_op_tijd.svg?gemeente=0392&peildatum=2024-12-31&per=jaar")
    assert answer.status_code == 200
    called = f"VOORBEELD-pip_op_tijd-gemeente-0392-{snapshot.id}.svg"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{called}"'
    (expected,) = metrics.compute(
        "pip_op_tijd", snapshot, voor=metrics.ALLES, peildatum=date(2024, 12, 31), filters={"gemeente": ["0392"]}
    )
    row = expected.rijen[0]
    text = _text(answer.text)
    assert "PIP binnen tien weken per jaar" in text
    assert f"{row['teller']} van de {row['noemer']} inburgeraars" in text
    assert "Gemeente: Haarlem. Periode 2022 tot en met 2024. Peildatum 31-12-2024." in text
    assert f"n = {row['noemer']}." in text
    assert f"momentopname {snapshot.id}" in text
    assert "Besluit inburgering art. 5.3" in text
    assert "VOORBEELD: verzonnen gegevens" in text
    assert 'role="img"><title>PIP binnen tien weken per jaar</title><desc>' in answer.text
    assert "http" not in answer.text.replace("http://www.w3.org/", "")


def test_parts_with_a_pattern_have_their_colour_too(client, snapshot):
    """Without names at the bars parts are told apart by colour and by pattern; both must be there to be seen."""
    (answer,) = metrics.compute("besluiten", snapshot, voor=metrics.ALLES)
    assert len({row["grondslag"] for row in answer.rijen}) == 2
    svg = client.get("/download/besluiten.svg").text
    filled = {found.replace(" ", "").lower() for found in re.findall(r"fill[:=]\W*(rgb\([^)]*\)|#[0-9a-fA-F]{6})", svg)}
    for colour in SERIES[:2]:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        assert {f"rgb({red},{green},{blue})", colour} & filled


def test_the_same_view_is_the_same_bytes_also_in_another_browser(client):
    for kind in ("svg", "png"):
        address = f"/download/uitstroom.{kind}?gemeente=0392"
        first = client.get(address).data
        pictures.close()
        assert client.get(address).data == first


def test_events_and_budgets_are_in_the_picture_and_events_stay_inside(client, snapshot):
    inside = _text(client.get("/download/instroom.svg?per=kwartaal").text)
    assert "Wet inburgering 2021 begint" in inside
    outside = _text(client.get("/download/instroom.svg?per=kwartaal&publicatie=1").text)
    assert "Wet inburgering 2021 begint" not in outside
    (answer,) = metrics.compute("kosten", snapshot, voor=metrics.ALLES)
    spent = sum(row["waarde"] for row in answer.rijen if row["jaar"] == 2024)
    assert wording.euros(spent) in _text(client.get("/download/kosten.svg").text)


def test_a_png_is_sharp_and_a_batch_keeps_its_order(client):
    png = client.get("/download/uitval.png").data
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20]) == (2 * paper.WIDTH,)
    other = {**CHART, "layout": {"height": 210}}
    one, two, three = pictures.draw([CHART, other, CHART])
    assert one == three
    assert b'height="200"' in one
    assert b'height="210"' in two


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/download/geheim.png", 404, "bestaat niet"),
        ("/download/uitstroom.exe", 404, "bestaat niet"),
        ("/download/samenloop.png", 404, "geen grafiek"),
        ("/download/pip_op_tijd.png?cohort=nooit&per=jaar", 400, "cohort"),
    ],
)
def test_what_cannot_be_drawn_is_told(client, address, status, sentence):
    answer = client.get(address)
    assert answer.status_code == status
    assert sentence in answer.text
    assert "Traceback" not in answer.text


def test_without_a_browser_or_with_too_many_waiting_a_sentence_says_so(client, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_WAITING", 0)
    busy = client.get("/download/uitstroom.png")
    assert (busy.status_code, "te veel plaatjes tegelijk" in busy.text) == (503, True)
    monkeypatch.setenv("PATH", "/nergens")
    none = client.get("/download/uitstroom.png")
    assert (none.status_code, "Chromium te installeren" in none.text) == (503, True)


def test_too_slow_is_given_up_and_the_next_one_works(monkeypatch):
    monkeypatch.setattr(pictures, "FIRST", 0.0)
    monkeypatch.setattr(pictures, "EACH", 0.0)
    with pytest.raises(pictures.GeenTekenaar, match="duurde te lang"):
        pictures.draw([CHART])
    monkeypatch.undo()
    assert pictures.draw([CHART])[0].startswith(b"<svg")


def test_many_at_once_come_one_after_the_other_from_one_browser():
    made = []
    threads = [threading.Thread(target=lambda: made.extend(pictures.draw([CHART]))) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    pictures.close()
