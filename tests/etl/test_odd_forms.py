"""Odd but permitted forms of deliveries, and the names of files; each expected value comes from the specification."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

import etl
from etl.files import find, recognise
from tests.etl.conftest import ONE, PEOPLE, TERMS, THREE, TWO, people


@pytest.mark.parametrize(
    ("name", "table", "stand"),
    [
        ("personen_2024-07.csv", "personen", date(2024, 7, 31)),
        ("personen-2024-07.csv", "personen", date(2024, 7, 31)),
        ("PERSONEN.2024-07.CSV", "personen", date(2024, 7, 31)),
        ("examens-31-03-2024.csv", "examens", date(2024, 3, 31)),
        ("examens_2024-03-31.xlsx", "examens", date(2024, 3, 31)),
        ("examens_2024-03-31-2.XLSX", "examens", date(2024, 3, 31)),
        ("trajecten-2024-k2_v2.csv", "trajecten", date(2024, 6, 30)),
        ("trajecten_v2-2024-K4.csv", "trajecten", date(2024, 12, 31)),
        ("taakstelling_2024-1.csv", "taakstelling", date(2024, 6, 30)),
        ("taakstelling-2024-2-definitief.csv", "taakstelling", date(2024, 12, 31)),
        ("uren_02-2024.csv", "uren", date(2024, 2, 29)),
        ("uren_2024-13.csv", "uren", None),  # no such month, and no half-year 2024-1 either
        ("uren_2023-02-30.csv", "uren", None),
        ("uren_12345-07.csv", "uren", None),
        ("uren.csv", "uren", None),
        ("uren2024-07.csv", None, date(2024, 7, 31)),
        ("urenlijst.csv", None, None),
        ("rapportage_danner-b1_2024-K2.csv", None, date(2024, 6, 30)),
    ],
)
def test_a_files_name_says_what_it_is_and_of_when(name, table, stand):
    found = recognise(Path(name), name)
    assert (found.soort, found.stand) == (table, stand)


def test_a_date_in_a_name_is_no_bsn():
    text = "boekingen_2026-01-31.csv en boekingen 31-01-2026, van 2024-03-31"
    assert etl.passes_elfproef("020260131")
    assert etl.mask(text) == text
    assert etl.mask(f"x {ONE} {ONE[:4]}.{ONE[4:6]}.{ONE[6:]} 20260131") == " ".join(["x", *["[nummer verborgen]"] * 3])


def test_a_reports_name_says_its_contract_and_quarter():
    found = recognise(Path("Rapportage_Danner-B1_2024-k2_v2.XLSX"), "x")
    assert (found.soort, found.contract, found.kwartaal) == ("rapportage", "danner-b1", "2024-K2")


def test_files_and_folders_are_found_once_and_marked_copies_never(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "gemerkt").mkdir()
    (tmp_path / "c").mkdir()
    for name in ("a/personen.csv", "a/b/uren.XLSX", "a/gemerkt/personen_gemerkt.xlsx", "c/personen.csv", "a/lees.txt"):
        (tmp_path / name).write_text("x")
    folders = [tmp_path / "a", tmp_path / "c", tmp_path / "a" / "b", tmp_path / "c" / "personen.csv"]
    assert [one.bestand for one in find(folders)] == ["a/personen.csv", "b/uren.XLSX", "c/personen.csv"]
    assert [one.bestand for one in find([tmp_path / "a" / "personen.csv"])] == ["personen.csv"]


EXAMS = "bsn;onderdeel;examendatum;resultaat\n"


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{EXAMS}{ONE};LE;2024-05-01;geslaagd\n\n{TWO};KNM;01-05-2024;GEZAKT\n".encode(),
        f"{EXAMS}{ONE};lezen;2024-05-01;geslaagd\r\n;;;\r\n{TWO};knm;01/05/2024; gezakt \r\n".encode("cp1252"),
        f"Resultaat\t BSN \tEXAMENDATUM\tonderdeel\nGeslaagd\t{ONE}\t01-05-2024\tLezen\n \t\t\t\n"
        f"gezakt\t{TWO}\t2024-05-01\tKNM".encode(),
        f'"bsn","onderdeel","examendatum","resultaat"\n"{ONE}","le","2024-05-01","geslaagd"\n\n'
        f'"{TWO}","KNM","2024-05-01","gezakt"\n'.encode(),
    ],
)
def test_csv_in_every_permitted_form_gives_the_same_rows(folder, load, rows, content):
    (folder / "personen.csv").write_text(people(ONE, TWO))
    (folder / "EXAMENS_2024-K2.CSV").write_bytes(content)
    file = load()["EXAMENS_2024-K2.CSV"]
    assert (file.gelezen, file.geladen, file.geweigerd) == (2, 2, 0)
    assert rows("SELECT onderdeel, examendatum, resultaat, rij FROM examens ORDER BY onderdeel") == [
        ("KNM", date(2024, 5, 1), "gezakt", 4), ("lezen", date(2024, 5, 1), "geslaagd", 2),
    ]  # fmt: skip


def test_quoted_fields_hold_separators_and_line_ends_and_unknown_columns_are_told(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "besluiten.csv").write_bytes(
        f'bsn;datum;soort;grondslag;instantie;Opmerking \n{ONE};2024-05-02;boete;Wi2021;"DUO; ""café"" €\nafdeling";x\n'
        f"{ONE};2024-05-03;boete;Wi2022;DUO;\n".encode("cp1252")
    )
    file = load()["besluiten.csv"]
    assert file.kolommen_onbekend == ["Opmerking"]
    assert rows("SELECT instantie FROM besluiten") == [('DUO; "café" €\nafdeling',)]
    assert [(one.rij, one.kolom) for one in file.weigeringen] == [(3, "grondslag")]


def test_digits_of_another_script_are_refused_and_break_nothing(folder, load):
    eastern = ONE.translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "examens.csv").write_text(EXAMS + f"{eastern};lezen;2024-05-01;geslaagd\n{ONE};lezen;٢٠٢٤-05-01;gezakt\n")
    (folder / "taakstelling.csv").write_text("halfjaar;gemeentecode;aantal\n٢٠٢٤-1;0397;3\n2024-1;397;٣\n")
    found = load()
    assert found["examens.csv"].redenen == {"BSN_ONGELDIG": 1, "DATUM_ONGELDIG": 1}
    assert found["taakstelling.csv"].redenen == {"DATUM_ONGELDIG": 1, "GETAL_ONGELDIG": 1}


def test_cells_of_numbers_months_and_truths(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE, THREE))
    book = xlsxwriter.Workbook(str(folder / "UREN_2024-K1.XLSX"))
    sheet = book.add_worksheet("wat dan ook")
    sheet.write_row(0, 0, ["BSN", "Contract", "Maand", "Soort", "Uren gepland", "uren-aanwezig"])
    month = book.add_format({"num_format": "mmm-yy"})
    for row, (bsn, day, planned, present) in enumerate(
        ((int(ONE), datetime(2024, 3, 1), 40, 0.1 + 0.2 - 0.3), (ONE, "02-2024", "€ 40,50", "1.5"),  # noqa: DTZ001
         (int(THREE), datetime(2024, 3, 15), 40, 30), (THREE, "2024-03", 40, "x")), start=2,  # noqa: DTZ001
    ):  # fmt: skip
        sheet.write_row(row, 0, [bsn, "danner-b1", "", "taal", planned, present])
        if isinstance(day, datetime):
            sheet.write_datetime(row, 2, day, month)
        else:
            sheet.write_string(row, 2, day)
    book.close()
    file = load()["UREN_2024-K1.XLSX"]
    assert [(one.rij, one.kolom, one.code) for one in file.weigeringen] == [
        (5, "maand", "DATUM_ONGELDIG"), (6, "uren_aanwezig", "GETAL_ONGELDIG"),
    ]  # fmt: skip
    assert rows("SELECT maand, uren_gepland, round(uren_aanwezig, 6) FROM uren ORDER BY maand") == [
        (date(2024, 2, 1), 40.5, 1.5), (date(2024, 3, 1), 40.0, 0.0),
    ]  # fmt: skip


def test_an_error_in_a_cell_is_not_empty(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE, TWO))
    book = xlsxwriter.Workbook(str(folder / "participatie.xlsx"))
    sheet = book.add_worksheet("blad & één")
    sheet.write_row(0, 0, ["bsn", "vorm", "start", "einde", "uren_per_week"])
    for row, bsn in enumerate((ONE, TWO), start=1):
        sheet.write_row(row, 0, [bsn, "opleiding", "2024-02-01"])
    sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    sheet.write_formula(2, 3, '=""', None, "")
    for row in (3, 4):
        sheet.write_formula(row, 0, "=1/0", None, "#DIV/0!")
    book.close()
    file = load()["participatie.xlsx"]
    assert (file.gelezen, file.geladen) == (2, 1)
    assert [(one.rij, one.kolom, one.code) for one in file.weigeringen] == [(2, "einde", "DATUM_ONGELDIG")]


def test_yes_no_and_lost_zeros(folder, load, rows):
    lost = next(bsn for bsn in (f"0{n:08d}" for n in range(10_000_000, 10_000_100)) if etl.passes_elfproef(bsn))
    (folder / "personen.csv").write_text(
        PEOPLE + f"{lost[1:]};17/05/1990;M;397;Overige Migrant;10-01-2024;;;10-01-2024\n"
        f"{lost[2:]};17/05/1990;M;397;Overige Migrant;10-01-2024;;;10-01-2024\n"
    )
    head = "bsn;onderdeel;start;resultaat;verlengd;einde\n"
    (folder / "onderdelen.csv").write_text(
        head + "".join(f"{lost};PVT;2024-0{month}-01;afgerond;{text};2024-12-01\n"
                       for month, text in enumerate(("J", "n", "TRUE", "0", "", "ja nee"), start=1))
    )  # fmt: skip
    found = load()
    assert found["personen.csv"].redenen == {"BSN_ONGELDIG": 1}
    assert found["onderdelen.csv"].redenen == {"WAARDE_ONBEKEND": 1}
    assert rows("SELECT verlengd FROM onderdelen ORDER BY start") == [(True,), (False,), (True,), (False,), (False,)]
    assert rows("SELECT gemeentecode, geslacht, doelgroep FROM personen") == [("0397", "man", "overige migrant")]


def test_a_sheet_that_nobody_reads_is_told(folder, load):
    book = xlsxwriter.Workbook(str(folder / "onze gegevens.xlsx"))
    for name, lines in {
        "Uitleg": [["lees mij"]],
        "personen": [PEOPLE.strip().split(";")],
        "trajekten": [["bsn"]],
    }.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    (folder / "personen.csv").write_text(people(ONE))
    assert load()["onze gegevens.xlsx"].kolommen_onbekend == ["blad trajekten"]


def test_one_file_can_be_loaded_by_itself(folder, tmp_path):
    (folder / "personen_2024-07.csv").write_text(people(ONE))
    (folder / "trajecten.csv").write_text("kapot")
    report = etl.load([folder / "personen_2024-07.csv"], store=etl.Store(tmp_path / "werk"), contracts=TERMS)
    assert [(one.bestand, one.geladen) for one in report.bestanden] == [("personen_2024-07.csv", 1)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("line", "separator"), [("sep=;\r\n", ";"), ('"SEP=,"\n', ","), ("sep=\t\n", "\t")])
def test_the_line_that_excel_writes_before_the_header_is_no_row(folder, load, rows, mark, line, separator):
    (folder / "personen.csv").write_text(people(ONE))
    text = EXAMS + f"{ONE};lezen;2024-05-01;geslaagd\n{ONE};lezen;2024-05-02;?\n"
    (folder / "examens.csv").write_text(mark + line + text.replace(";", separator), encoding="utf-8", newline="")
    file = load()["examens.csv"]
    assert (file.status, file.gelezen, file.geladen) == ("geladen", 2, 1)
    assert [(one.rij, one.kolom) for one in file.weigeringen] == [(3, "resultaat")]  # as Excel shows it
    assert rows("SELECT rij FROM examens") == [(2,)]
    (marked,) = etl.write_marked(etl.check_files([folder / "examens.csv"], contracts=TERMS))
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(marked).worksheets[0].iter_rows(max_row=2)]
    assert [cell[:4] for cell in cells] == [EXAMS.strip().split(";"), [ONE, "lezen", "2024-05-01", "geslaagd"]]


def test_a_wide_file_stays_refused_behind_that_line(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "examens.csv").write_text("sep=;\n" + ";".join(f"k{number}" for number in range(3_000)) + "\n")
    assert "2000 kolommen" in load()["examens.csv"].melding


def test_a_header_that_stands_there_twice_is_told_and_the_first_counts(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "examens.csv").write_text(
        f"bsn;onderdeel;Resultaat;examendatum;resultaat ;Lokaal\n{ONE};lezen;geslaagd;2024-05-01;gezakt;3\n"
    )
    file = load()["examens.csv"]
    assert file.kolommen_onbekend == ["resultaat (dubbel: alleen de eerste kolom telt)", "Lokaal"]
    assert rows("SELECT resultaat FROM examens") == [("geslaagd",)]
