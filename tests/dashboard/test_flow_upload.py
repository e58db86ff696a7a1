"""An uploaded report never costs a delivery: whatever goes wrong while loading, the folder is as it was."""

import io
import re
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import etl
from dashboard.app import create_app
from dashboard.flow import routes
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("voorbeeld")
NAME = "rapportage_danner-z_2025-K4_nieuw.xlsx"


@pytest.fixture
def report(werkmap):
    """A later version of a report of the example, as bytes."""
    source = next((werkmap.parent / "leveringen").rglob("rapportage_danner-z_2025-K4*.xlsx"))
    book = openpyxl.load_workbook(source)
    for row in book["Voorblad"].iter_rows():
        if row[0].value == "Datum":
            row[1].value = date(2026, 1, 30)
    place = werkmap.parent / NAME
    book.save(place)
    yield place.read_bytes()
    place.unlink()


@pytest.fixture
def site(werkmap, tmp_path, monkeypatch):
    """(send, the folder of deliveries): the folder holds one delivery, and what would be loaded is noted only."""
    folder, asked = tmp_path / "leveringen", []
    folder.mkdir()
    (folder / "personen.csv").write_text("van de gemeente", encoding="utf-8")
    monkeypatch.setattr(routes, "_all_there", lambda desk, folder: None)

    def load(folders, **facts):
        asked.append({**facts, "bestanden": {path.name for path in folders[0].iterdir()}})
        if fails:
            raise fails.pop()
        return etl.LoadReport("nieuw", [])

    fails = []
    monkeypatch.setattr(routes.etl, "load", load)
    client = create_app(werkmap, leveringen=folder).server.test_client()
    options = {"base_url": "http://127.0.0.1:8050", "headers": {"Sec-Fetch-Site": "same-origin"}}
    csrf = re.search(r'name="csrf" value="([^"]*)"', client.get("/kwartaal/", **options).text)[1]

    def send(path, **fields):
        return client.post(path, data={"csrf": csrf, **fields}, content_type="multipart/form-data", **options)

    send.folder, send.asked, send.fails, send.werkmap = folder, asked, fails, werkmap
    return send


def _upload(site, report):
    answer = site("/kwartaal/controleer", bestand=(io.BytesIO(report), NAME))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def _names(site):
    return {path.name for path in site.folder.iterdir()}


@pytest.mark.parametrize("fault", [Gebruiksfout("De sleutel is een andere."), OSError("de schijf is vol")])
def test_a_load_that_fails_leaves_the_deliveries_and_the_upload_as_they_were(site, report, fault):
    place = _upload(site, report)
    site.fails.append(fault)
    assert site(f"{place}/laad").status_code in (400, 500)
    assert site.asked[0]["bestanden"] == {"personen.csv", NAME}  # it was there while loading
    assert _names(site) == {"personen.csv"}
    assert site(f"{place}/laad").status_code == 303  # a second try begins where the first did
    assert _names(site) == {"personen.csv", NAME}
    assert (site.folder / NAME).read_bytes() == report


def test_forgetting_after_a_load_that_failed_takes_nothing_else_away(site, report):
    place = _upload(site, report)
    site.fails.append(Gebruiksfout("De sleutel is een andere."))
    site(f"{place}/laad")
    assert site(f"{place}/vergeet").status_code == 303
    assert _names(site) == {"personen.csv"}
    assert site(f"{place}/laad").status_code == 404


def test_a_report_never_takes_the_place_of_another(site, report):
    (site.folder / NAME).write_bytes(b"een ander bestand")
    assert site(f"{_upload(site, report)}/laad").status_code == 303
    assert (site.folder / NAME).read_bytes() == b"een ander bestand"
    assert (site.folder / NAME.replace("nieuw", "nieuw_2")).read_bytes() == report


def test_loading_here_knows_the_own_layouts_of_the_work_folder(site, report):
    """Without them a load would leave out every delivery in an own form."""
    assert site(f"{_upload(site, report)}/laad").status_code == 303
    assert site.asked[0]["layouts"] is None
    own = site.werkmap / "indelingen"
    own.mkdir()
    try:
        shutil.copy(Path(etl.__file__).parent / "layouts" / "rapportage-hva.yaml", own)
        site(f"{_upload(site, report)}/laad")
        assert site.asked[1]["layouts"] == own
    finally:
        shutil.rmtree(own)
