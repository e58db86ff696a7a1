"""A work folder of an older program opens, shows the same people, and goes on with the next load.

`werkmap-ouder-programma.zip` was made by the program as it was at its first version (24 November 2026) from the two
files that `deliver` writes, under the key below: forty fictional persons, no cards beside the cache, no record yet.
"""

import json
import zipfile
from pathlib import Path

import pytest

import etl
import metrics
from contracts import record
from dashboard.app import create_app
from dashboard.cli import main

KEY = "ab" * 32  # of this example only
OLD = Path(__file__).parent / "werkmap-ouder-programma.zip"
FIRST = "hhifhkhdphcm"


def deliver(folder: Path) -> None:
    """The deliveries of then: who became inburgeringsplichtig in the months January to September of 2023, in turn."""
    folder.mkdir()
    people = "bsn;geboortedatum;geslacht;gemeentecode;doelgroep;datum_plichtig;datum_huisvesting;datum_vertrek;"
    people += "mutatiedatum\n"
    routes = "bsn;datum_intake_1;datum_leerbaarheidstoets;datum_pip;termijn_einde;status;datum_status\n"
    for place in range(40):
        month, bsn = f"2023-0{1 + place % 9}", _fictional(11 + place)
        people += f"{bsn};1990-05-17;{'man' if place % 2 else 'vrouw'};0397;asielstatushouder;"
        people += f"{month}-10;{month}-20;;{month}-10\n"
        routes += f"{bsn};{month}-25;{month}-27;{month}-28;2026-0{1 + place % 9}-10;lopend;{month}-10\n"
    (folder / "personen.csv").write_text(people)
    (folder / "trajecten.csv").write_text(routes)


def _fictional(number: int) -> str:
    while True:
        stem = f"9999{number:04d}"
        check = sum(int(d) * w for d, w in zip(stem, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return stem + str(check)
        number += 3000


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The older work folder, unpacked."""
    monkeypatch.setenv("INBURGERING_SLEUTEL", KEY)
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "configuratie"))
    with zipfile.ZipFile(OLD) as archive:
        archive.extractall(tmp_path / "werk")
    return tmp_path / "werk"


def _instroom(werkmap: Path) -> int:
    [answer] = metrics.compute("instroom", etl.Store(werkmap).current(), voor=metrics.ALLES)
    [row] = answer.rijen
    return row["aantal"]


def test_an_older_work_folder_opens_and_shows_the_same_people(folder, capsys):
    assert main(["momentopnamen", "--formaat", "json", "--werkmap", str(folder)]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert (one["id"], one["huidig"], one["leesbaar"], one["leveringen"]) == (FIRST, True, True, 2)
    # The peildatum follows from the newest row of the example, 28 September: the last whole half year ends on 30 June.
    assert _instroom(folder) == 28  # of each nine persons six came in January to June, and four more are left over
    client = create_app(folder).server.test_client()
    assert client.get("/klaar").json == {"status": "klaar", "momentopname": FIRST}
    assert client.get("/bestand/instroom.csv").status_code == 200


def test_the_next_load_knows_everyone_again(folder, tmp_path):
    with etl.Store(folder).current().connect() as connection:
        before = connection.execute("SELECT persoon FROM personen ORDER BY 1").fetchall()
    deliver(tmp_path / "levering")
    assert main(["laad", str(tmp_path / "levering"), "--werkmap", str(folder)]) == 0
    store = etl.Store(folder)
    with store.current().connect() as connection:
        assert connection.execute("SELECT persoon FROM personen ORDER BY 1").fetchall() == before and len(before) == 40
    assert _instroom(folder) == 28
    assert store.current_id() != FIRST and FIRST in store.ids()  # going back stays possible
    store.switch(FIRST)
    assert _instroom(folder) == 28
    book = record.Record(folder)  # what was not there yet is made
    assert book.entries() == [] and book.verify() == []
    book.close()
