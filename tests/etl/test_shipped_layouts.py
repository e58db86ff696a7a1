"""The layouts that come with the program, on the example deliveries that use them; the expected values come from the
cells of the workbooks themselves."""

import shutil
from collections import Counter

import openpyxl
import pytest

import etl
from data import voorbeeld
from tests.etl.conftest import TERMS

CONTRACTS = ["danner-b1", "danner-z", "hva-onderwijs"]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voorbeeld")
    voorbeeld.write(folder / "alles", personen=150, zaad=5)
    (folder / "eigen").mkdir()
    for path in (folder / "alles").iterdir():
        if path.name.startswith(("personen", "kwartaalrapportage", "Presentie", "zaakexport")):
            shutil.copy(path, folder / "eigen" / path.name)
    return folder / "eigen"


def _cells(paths, sheet):
    """Rows of a sheet (the start of its name is enough) of several workbooks."""
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True)
        for one in book.worksheets:
            if one.title.startswith(sheet):
                yield from one.iter_rows(values_only=True)


def test_example_deliveries_in_their_own_form_load_in_full(example, tmp_path, rows):
    terms = [etl.ContractTerm(name, TERMS[0].van, TERMS[0].tot, "kwartaal", 28) for name in CONTRACTS]
    report = etl.load([example], store=etl.Store(tmp_path / "werk"), contracts=terms)
    own = [file for file in report.bestanden if file.soort != "personen"]
    assert {file.indeling for file in own} == {"zaaksysteem-besluiten", "presentie-z-route", "rapportage-hva"}
    assert all(file.status == "geladen" for file in own)
    refused = sum((Counter(file.redenen) for file in own), Counter())
    assert refused == {"WAARDE_ONBEKEND": 1}  # the one fault planted in besluiten
    (fault,) = [one for file in own for one in file.weigeringen]
    assert (fault.kolom, "Wet inburgering 2021, PW" in fault.melding) == ("Wettelijke grondslag", True)
    assert {text for file in own for text in file.kolommen_onbekend} == {
        "Zaaknummer",
        "kenmerk aanwezige_vrijwilligers",
    }

    presence = [row for row in _cells(sorted(example.glob("Presentie*")), "Maand") if str(row[0]).isdigit()]
    assert presence
    sums = "SELECT soort, sum(uren_gepland), sum(uren_aanwezig) FROM uren"
    assert rows(f"{sums} WHERE contract = 'danner-z' GROUP BY 1 ORDER BY 1") == [
        ("participatie", sum(row[3] or 0 for row in presence), sum(row[4] or 0 for row in presence)),
        ("taal", sum(row[1] or 0 for row in presence), sum(row[2] or 0 for row in presence)),
    ]  # fmt: skip

    reports = sorted(example.glob("kwartaalrapportage*"))
    students = [row for row in _cells(reports, "Studenten") if str(row[0]).isdigit()]
    reasons = Counter(row[4] for row in students if row[4])
    assert dict(rows("SELECT reden_einde, count(*) FROM deelnemers WHERE reden_einde IS NOT NULL GROUP BY 1")) == {
        {"Diploma": "afgerond", "Gestopt": "uitval", "Ander traject": "overstap", "Verhuisd": "vertrokken",
         "Geen diploma": "niet afgerond"}[name]: count for name, count in reasons.items()
    }  # fmt: skip
    lessons = [row for row in _cells(reports, "Contacturen") if str(row[0]).isdigit()]
    assert rows("SELECT count(*), sum(uren_aanwezig) FROM uren WHERE contract = 'hva-onderwijs'") == [
        (len(lessons), sum(row[3] for row in lessons))
    ]
    assert rows("SELECT count(*), count(DISTINCT kwartaal) FROM rapportages WHERE contract = 'hva-onderwijs'") == [
        (16, 16)
    ]
    marks = [row for row in _cells(reports, "Enquête") if row[0] in ("Schakeljaar",)]
    assert rows("SELECT count(*), sum(score) FROM tevredenheid") == [
        (
            sum(sum(row[2:12]) for row in marks),
            sum(n * count for row in marks for n, count in enumerate(row[2:12], start=1)),
        )
    ]
    (text,) = {tekst for (tekst,) in rows("SELECT tekst FROM toelichtingen WHERE tekst LIKE 'Er zijn%'")}
    assert text == "Er zijn geen bijzonderheden."
