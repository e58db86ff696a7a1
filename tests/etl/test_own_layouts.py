"""Layouts without code: other sheets, headers further down, a sheet per month, totals at the foot, other values."""

from datetime import date

import pytest
import xlsxwriter

import etl
from data.fouten import Gebruiksfout
from tests.etl.conftest import ONE, TERMS, TWO, people

MONTHS = """naam: presentie
bestand: "presentie *.xlsx"
contract: danner-b1
kwartaal: "Info!B2"
datum: "Info!B3"
bladen:
  - tabel: rapportage.uren
    blad: "maand *"
    kop: [3, 4]
    kolommen: {bsn: Nummer, uren_gepland: Uren gepland, uren_aanwezig: Uren gevolgd, soort: Les}
    waarden: {soort: {Nederlands: taal, Stage: participatie}}
    vast: {maand: "{1}"}
    stop: [Totaal]
"""


@pytest.fixture
def layouts(tmp_path):
    path = tmp_path / "indelingen"
    path.mkdir()
    return path


def _presence(path):
    book = xlsxwriter.Workbook(str(path))
    info = book.add_worksheet("Info")
    for number, pair in enumerate((("Presentielijst", ""), ("Periode", "K1 2024"), ("Opgemaakt", "10-04-2024"))):
        info.write_row(number, 0, pair)
    for month, hours in (("2024-01", 20.5), ("2024-02", 300)):
        sheet = book.add_worksheet(f"Maand {month}")
        sheet.write_row(0, 0, ["Presentie van de groep"])
        sheet.write_row(2, 0, ["", "", "Uren", ""])
        sheet.write_row(3, 0, ["Nummer", "Les", "gepland", "gevolgd"])
        sheet.write_row(4, 0, [ONE, "Nederlands", 40, hours])
        sheet.write_row(6, 0, [TWO, "Stage", 10, 8])
        sheet.write_row(7, 0, ["Totaal", "", 50, hours + 8])
        sheet.write_row(8, 0, ["let op", "", "", ""])
    book.close()


def test_a_sheet_per_month_with_two_header_rows_and_totals(folder, layouts, tmp_path, rows):
    (layouts / "presentie.yaml").write_text(MONTHS)
    (folder / "personen.csv").write_text(people(ONE, TWO))
    _presence(folder / "Presentie groep 3.xlsx")
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=TERMS, layouts=layouts)
    file = next(one for one in report.bestanden if one.soort == "rapportage")
    assert (file.gelezen, file.geladen, file.redenen) == (4, 3, {"BUITEN_BEREIK": 1})
    assert [(one.blad, one.rij, one.kolom) for one in file.weigeringen] == [("Maand 2024-02", 5, "Uren gevolgd")]
    assert rows("SELECT maand, soort, uren_aanwezig FROM uren ORDER BY ALL") == [
        (date(2024, 1, 1), "participatie", 8.0),
        (date(2024, 1, 1), "taal", 20.5),
        (date(2024, 2, 1), "participatie", 8.0),
    ]
    assert rows("SELECT contract, kwartaal, datum FROM rapportages") == [("danner-b1", "2024-K1", date(2024, 4, 10))]
    assert rows("SELECT indeling FROM leveringen ORDER BY indeling") == [("presentie",), ("standaard",)]


def test_a_case_systems_export_with_other_names(folder, layouts, tmp_path, rows):
    (layouts / "zaak.yaml").write_text(
        """naam: zaaksysteem
bestand: "export_routes*.csv"
bladen:
  - tabel: leerroutes
    kop: 2
    kolommen: {bsn: Burger, leerroute: Traject, start: Vanaf, einde: Tot, reden_einde: Waarom}
    waarden: {leerroute: {Taal: B1, Zelfstandig: Z}, reden_einde: {klaar: afgerond}}
    vast: {contract: danner-b1}
    stop: [Einde lijst]
"""
    )
    (folder / "personen.csv").write_text(people(ONE, TWO))
    (folder / "export_routes_2024-K1.csv").write_text(
        "Uitvoer van 1 april\nBurger,Traject,Vanaf,Tot,Waarom,Notitie\n"
        f"{ONE},taal,2024-01-05,,,x\n{TWO},Zelfstandig,2024-01-06,2024-03-01,Klaar,\nEinde lijst,2\n"
    )
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=TERMS, layouts=layouts)
    file = next(one for one in report.bestanden if one.soort == "leerroutes")
    assert (file.gelezen, file.geladen, file.kolommen_onbekend) == (2, 2, ["Notitie"])
    assert rows("SELECT leerroute, contract, reden_einde FROM leerroutes ORDER BY 1") == [
        ("B1", "danner-b1", None),
        ("Z", "danner-b1", "afgerond"),
    ]


def test_all_mistakes_in_layouts_are_told_at_once(folder, layouts):
    (layouts / "a.yaml").write_text(
        MONTHS.replace("uren_gepland: Uren gepland, ", "kleur: Kleur, ").replace("Stage: participatie", "Stage: werk")
    )
    (layouts / "b.yaml").write_text("naam: b\nbestand: x\nbladen:\n  - tabel: onzin\n    kolommen: {}\n")
    (folder / "personen.csv").write_text(people(ONE))
    with pytest.raises(Gebruiksfout) as fault:
        etl.check_files([folder / "personen.csv"], contracts=TERMS, layouts=layouts)
    told = fault.value.meldingen
    assert [sentence.split(":")[0] for sentence in told] == [
        "a.yaml, regel 10", "a.yaml, regel 10", "a.yaml, regel 11", "b.yaml, regel 4",
    ]  # fmt: skip
    assert any("geen kolom kleur" in sentence for sentence in told)
    assert any("uren_gepland ontbreekt" in sentence for sentence in told)
    assert any("werk is geen waarde van soort" in sentence for sentence in told)
    assert any("de tabel onzin bestaat niet" in sentence for sentence in told)
