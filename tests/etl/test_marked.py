"""Marked copies: the right cell of the right sheet, the sentence beside it, nothing in them that was not there."""

import re
import sys
import tracemalloc

import openpyxl
import pytest
import xlsxwriter

import etl
from tests.etl.conftest import ONE, TERMS, THREE, TWO, people, report_book

HOURS = ["bsn", "maand", "soort", "uren gepland", "uren aanwezig"]


def _check(*paths, layouts=None):
    return etl.check_files(paths, contracts=TERMS, layouts=layouts)


def _comments(path):
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }  # fmt: skip


def _numbers(path):
    """Every run of digits of the length of a BSN in a workbook, wherever it stands."""
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [str(cell.value) for cell in cells] + [cell.comment.text for cell in cells if cell.comment]
    return set(re.findall(r"\d{8,9}", " ".join([*texts, *book.sheetnames, path.name])))


def test_a_workbook_with_several_sheets_is_marked_in_each(folder):
    path = folder / "rapportage_danner-b1_2024-K1.xlsx"
    report_book(
        path, "danner-b1", "2024-K1", "2024-04-10",
        {"Deelnemers": [["einde", "bsn", "leerroute of onderdeel", "start", "reden einde"],
                        ["", ONE, "B1", "2024-01-05", ""], ["2024-03-01", TWO, "B1", "2024-02-30", "uitval"]],
         "Uren": [HOURS, [ONE, "2024-02", "taal", 40, 400], [TWO, "2024-02", "taal", 40, 20]],
         "Toelichting": [["=1+1"]]},
    )  # fmt: skip
    (marked,) = etl.write_marked(_check(path))
    assert marked == folder / "gemerkt" / "rapportage_danner-b1_2024-K1_gemerkt.xlsx"
    found = _comments(marked)
    assert set(found) == {("Deelnemers", "D3"), ("Uren", "E2")}
    assert "start bevat geen geldige waarde" in found["Deelnemers", "D3"]
    book = openpyxl.load_workbook(marked)
    assert book["Uren"]["E2"].fill.fgColor.rgb == "00FFE08A"
    assert book["Uren"]["F2"].value == found["Uren", "E2"]
    assert book["Toelichting"]["A1"].value == 0  # a formula leaves its value, nothing that computes
    assert book.sheetnames[-1] == "Wat is er mis"
    listed = [[cell.value for cell in row] for row in book["Wat is er mis"].iter_rows(min_row=4, max_col=4)]
    assert listed == [["Deelnemers", 3, "start", "DATUM_ONGELDIG"], ["Uren", 2, "uren_aanwezig", "BUITEN_BEREIK"]]
    assert _numbers(marked) <= _numbers(path)


def test_a_corrected_copy_is_a_delivery_again(folder):
    path = folder / "examens_2024-05.csv"
    path.write_text(f"bsn;onderdeel;examendatum;resultaat\n{ONE};lezen;2024-05-01;geslaagd\n{TWO};lezen;mei;gezakt\n")
    (marked,) = etl.write_marked(_check(path))
    book = openpyxl.load_workbook(marked)
    book.worksheets[0]["C3"].value = "2024-05-02"
    book.save(marked)
    (file,) = _check(marked).bestanden
    assert (file.soort, file.geladen, file.geweigerd, file.kolommen_onbekend) == ("examens", 2, 0, ["Wat is er mis"])
    book.worksheets[0]["C3"].value = "mei"
    book.save(folder / "examens_2024-06.xlsx")
    (again,) = etl.write_marked(_check(folder / "examens_2024-06.xlsx"))
    first = openpyxl.load_workbook(again).worksheets[0]
    assert [cell.value for cell in first[1]] == ["bsn", "onderdeel", "examendatum", "resultaat", "Wat is er mis"]


def test_text_that_looks_like_a_formula_stays_text(folder):
    path = folder / "besluiten.csv"
    path.write_text(f'bsn,datum,soort,grondslag,instantie\n{ONE},2024-05-01,boete,Wmo,"=1+1"\n,,,,@SUM(A1)\n')
    (marked,) = etl.write_marked(_check(path))
    sheet = openpyxl.load_workbook(marked).worksheets[0]
    assert [(sheet[at].value, sheet[at].data_type) for at in ("E2", "E3")] == [("=1+1", "s"), ("@SUM(A1)", "s")]
    assert set(_comments(marked)) == {("Blad1", "D2"), ("Blad1", "A3")}


def test_own_layouts_are_marked_in_their_own_columns(folder, tmp_path):
    layouts = tmp_path / "indelingen"
    layouts.mkdir()
    (layouts / "uren.yaml").write_text(
        """naam: uren breed
bestand: "lijst *.xlsx"
bladen:
  - &taal
    tabel: uren
    blad: "Groep *"
    kop: [2, 3]
    kolommen: {bsn: Deelnemer, maand: Maand, uren_gepland: Taal gepland, uren_aanwezig: Taal gevolgd}
    vast: {contract: danner-b1, soort: taal}
    alleen_als_gevuld: [uren_gepland, uren_aanwezig]
    stop: Totaal
  - tabel: uren
    blad: "Groep *"
    kop: [2, 3]
    kolommen: {bsn: Deelnemer, maand: Maand, uren_gepland: Stage gepland, uren_aanwezig: Stage gevolgd}
    vast: {contract: danner-b1, soort: participatie}
    alleen_als_gevuld: [uren_gepland, uren_aanwezig]
    stop: Totaal
"""
    )
    path = folder / f"Lijst {ONE}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, hours in (("Groep 1", 300), (f"Groep {TWO}", 8)):
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, "=2+2")
        sheet.write_row(1, 0, ["", "", "Taal", "", "Stage", ""])
        sheet.write_row(2, 0, ["Deelnemer", "Maand", "gepland", "gevolgd", "gepland", "gevolgd"])
        sheet.write_row(3, 0, [ONE, "2024-01", 40, 30, 10, hours])
        sheet.write_row(4, 0, [THREE, "2024-01", 40, "veel", "", ""])
        sheet.write_row(5, 0, ["Totaal", "", 80, 30, 10, hours])
    book.close()
    report = _check(path, layouts=layouts)
    (file,) = report.bestanden
    hidden = "Groep [nummer verborgen]"
    assert (file.indeling, file.soort, file.gelezen, file.kolommen_onbekend) == ("uren breed", "uren", 6, [])
    assert [(one.blad, one.rij, one.kolom) for one in file.weigeringen if one.code != "DUBBEL_STRIJDIG"] == [
        ("Groep 1", 4, "Stage gevolgd"), ("Groep 1", 5, "Taal gevolgd"), (hidden, 5, "Taal gevolgd"),
    ]  # fmt: skip
    assert "'Stage gevolgd' valt buiten het bereik" in file.weigeringen[0].melding
    (marked,) = etl.write_marked(report, tmp_path / "terug")
    assert ONE not in marked.name
    assert set(_comments(marked)) == {("Groep 1", "F4"), ("Groep 1", "D5"), (f"Groep {TWO}", "D5")}
    kept = openpyxl.load_workbook(marked)["Groep 1"]["A1"]
    assert (kept.value, kept.data_type) == ("=2+2", "s")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_of_a_large_file_only_the_faulty_rows_are_copied(folder, monkeypatch, suffix):
    lines = [["bsn", "onderdeel", "examendatum", "resultaat"]]
    lines += [[ONE, "lezen", f"2024-05-{day:02d}", "gezakt" if day % 4 else "?"] for day in range(1, 13)]
    path = folder / f"examens.{suffix}"
    if suffix == "csv":
        path.write_text("\n".join(";".join(line) for line in lines))
    else:
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Uitslag")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
        book.close()
    monkeypatch.setattr(sys.modules["etl.mark"], "MAX_ROWS", 10)
    (marked,) = etl.write_marked(_check(path))
    book = openpyxl.load_workbook(marked)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_col=5)]
    assert rows == [
        ["Rij", *lines[0]], [5, ONE, "lezen", "2024-05-04", "?"], [9, ONE, "lezen", "2024-05-08", "?"],
        [13, ONE, "lezen", "2024-05-12", "?"],
    ]  # fmt: skip
    assert {at for _, at in _comments(marked)} == {"E2", "E3", "E4"}
    assert "te groot" in book["Wat is er mis"]["A2"].value


def test_files_refused_as_a_whole_are_marked_when_they_can_be_opened(folder, tmp_path):
    (folder / "leerroutes.csv").write_text("bsn;leeroute;start\n")
    (folder / "rapportage_danner-b1_2024-K1.xlsx").write_bytes(b"PK kapot")
    (folder / "iets.csv").write_bytes(b"a;b\n1;\x00")
    (folder / "lijst.csv").write_text("a;b\n")
    lacking = folder / "rapportage_danner-b1_2024-K2.xlsx"
    report_book(lacking, "danner-b1", "2024-K2", "2024-07-10", {"Uren": [["bsn", "maand"], [ONE, "2024-04"]]})
    other = folder / "rapportage_danner-b1_2024-K3.xlsx"
    report_book(other, "danner-b1", "2024-K4", "2024-07-10", {})
    report = _check(*sorted(folder.iterdir()))
    marked = etl.write_marked(report, tmp_path / "terug")
    assert [one.name for one in marked] == [
        "leerroutes_gemerkt.xlsx", "lijst_gemerkt.xlsx", "rapportage_danner-b1_2024-K2_gemerkt.xlsx",
        "rapportage_danner-b1_2024-K3_gemerkt.xlsx",
    ]  # fmt: skip
    assert "leerroute ontbreekt" in _comments(marked[0])["Blad1", "A1"]
    assert "soort" in _comments(marked[2])["Uren", "A1"]
    assert "anders dan in de naam" in _comments(marked[3])["Voorblad", "B2"]


def test_the_work_folder_stays_free_of_copies(folder):
    path = folder / "examens.csv"
    path.write_text("bsn;onderdeel;examendatum;resultaat\nx;y;z;w\n")
    report = _check(path)
    assert etl.write_marked(report, werkmap=folder) == []
    assert etl.write_marked(report, folder / "terug", werkmap=folder) == []
    assert [one.name for one in folder.iterdir()] == ["examens.csv"]


def test_two_files_that_differ_in_extension_get_two_copies(folder):
    (folder / "examens.csv").write_text("bsn;onderdeel;examendatum;resultaat\nx;y;z;w\n")
    book = xlsxwriter.Workbook(str(folder / "examens.xlsx"))
    book.add_worksheet().write_row(0, 0, ["bsn"])
    book.close()
    names = [one.name for one in etl.write_marked(_check(*sorted(folder.iterdir())))]
    assert names == ["examens_gemerkt.xlsx", "examens_xlsx_gemerkt.xlsx"]


def test_a_load_finds_no_delivery_in_the_copies(folder, tmp_path):
    (folder / "personen.csv").write_text(people(ONE) + "x;;;;;;;;\n")
    store = etl.Store(tmp_path / "werk")
    first = etl.load([folder], store=store, contracts=TERMS)
    assert len(etl.write_marked(first, werkmap=store.werkmap)) == 1
    again = etl.load([folder], store=store, contracts=TERMS)
    assert (again.momentopname, again.nieuw, len(again.bestanden)) == (first.momentopname, False, 1)


def test_marking_a_large_file_takes_no_more_memory_than_its_faulty_rows(folder, tmp_path):
    path = folder / "examens.csv"
    lines = [f"{ONE};lezen;2024-05-{day % 28 + 1:02d};gezakt;{'x' * 90}" for day in range(120_000)]
    lines[-1] = lines[-1].replace("gezakt", "?")
    path.write_text("bsn;onderdeel;examendatum;resultaat;opmerking\n" + "\n".join(lines))
    report = _check(path)
    tracemalloc.start()
    try:
        (marked,) = etl.write_marked(report, tmp_path / "terug")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 14_000_000
    assert most < 12_000_000
    assert openpyxl.load_workbook(marked).worksheets[0]["A2"].value == 120_001


def test_a_csv_with_a_layout_of_its_own_is_held_to_the_limit_of_what_is_read_whole(folder, tmp_path, monkeypatch):
    layouts = tmp_path / "indelingen"
    layouts.mkdir()
    (layouts / "zaak.yaml").write_text(
        'naam: zaak\nbestand: "export*.csv"\nbladen:\n  - tabel: uitkeringen\n    kop: 1\n    kolommen: '
        "{bsn: Burger, start: Vanaf}\n"
    )
    (folder / "export.csv").write_text("Burger;Vanaf\n" + f"{ONE};2024-01-01\n" * 70_000)
    monkeypatch.setenv("INBURGERING_LIMIET_WERKBOEK_MB", "1")
    (file,) = _check(folder / "export.csv", layouts=layouts).bestanden
    assert (file.status, file.reden) == ("geweigerd", "BESTAND_ONLEESBAAR")
    assert "groter dan 1 MB" in file.melding
