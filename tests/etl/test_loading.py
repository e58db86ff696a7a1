"""What a load does with files as they come; every expected value is worked out by hand from the specification."""

import io
import os
import stat
import sys
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

import etl
from data.fouten import Gebruiksfout
from tests.etl.conftest import ONE, PEOPLE, TERMS, THREE, TWO, people, report_book


def _counts(file):
    return file.gelezen, file.geladen, file.identiek, file.vervangen, file.geweigerd


def test_the_latest_stand_counts_and_a_contradiction_refuses_only_its_own_stand(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    head = "bsn;onderdeel;start;resultaat;uren\n"
    (folder / "onderdelen_2024-1.csv").write_text(head + f"{ONE};PVT;2024-02-01;loopt;4\n")
    (folder / "onderdelen_2024-K1.csv").write_text(
        head + f"{ONE};PVT;01-02-2024;loopt;3,0\n{ONE};PVT;2024-02-01;loopt;2\n"
    )
    (folder / "onderdelen.csv").write_text(head + f"{ONE};PVT;01/02/2024;LOOPT;4.0\n")
    found = load()
    assert _counts(found["onderdelen_2024-1.csv"]) == (1, 0, 1, 0, 0)  # equal content, later by name
    assert _counts(found["onderdelen.csv"]) == (1, 1, 0, 0, 0)
    assert found["onderdelen_2024-K1.csv"].redenen == {"DUBBEL_STRIJDIG": 2}
    assert rows("SELECT uren FROM onderdelen") == [(4.0,)]


def test_the_latest_mutation_of_a_person_counts_before_the_stand(folder, load, rows):
    line = f"{ONE};1990-05-17;man;{{}};asielstatushouder;2024-01-10;;;{{}}\n"
    (folder / "personen_2024-12.csv").write_text(PEOPLE + line.format("0397", "2024-01-10"))
    (folder / "personen_2024-01.csv").write_text(PEOPLE + line.format("377", "2024-06-01"))
    found = load()
    assert _counts(found["personen_2024-12.csv"]) == (1, 0, 0, 1, 0)
    assert rows("SELECT gemeentecode, geboortejaar FROM personen") == [("0377", 1990)]


def test_two_birth_dates_in_one_year_are_a_contradiction(folder, load):
    (folder / "personen.csv").write_text(
        people(ONE, TWO) + people(ONE).splitlines()[1].replace("05-17", "05-18") + "\n"
    )
    assert load()["personen.csv"].redenen == {"DUBBEL_STRIJDIG": 2}


def test_a_later_report_replaces_the_earlier_one_as_a_whole(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE, TWO))
    hours = ["bsn", "maand", "soort", "uren gepland", "uren aanwezig"]
    scores = ["onderdeel", "uitgenodigd", *[f"score {n}" for n in range(1, 11)]]
    report_book(
        folder / "rapportage_danner-b1_2024-K1.xlsx", "danner-b1", "2024-K1", "2024-04-10",
        {"Uren": [hours, [ONE, "2024-02", "taal", 40, 20], ["x", "2024-02", "taal", 1, 1]],
         "Tevredenheid": [scores, ["leerroute", 5, 0, 0, 0, 0, 0, 0, 1]]},
    )  # fmt: skip
    report_book(
        folder / "rapportage_danner-b1_2024-K1_v2.xlsx", "Danner-B1", "2024-k1", "20-04-2024",
        {"Uren": [hours, [ONE, "02-2024", "Taal", 40.0, 30.5]],
         "Kwaliteit": [["kenmerk", "waarde"], ["Docenten", 4], ["sfeer", "goed"]],
         "Tevredenheid": [scores, ["leerroute", 6, 0, 0, 0, 0, 0, 0, 2, 1]],
         "Toelichting": [["Alles loopt."], [f"Bel {TWO}."]]},
    )  # fmt: skip
    found = load()
    assert _counts(found["rapportage_danner-b1_2024-K1.xlsx"]) == (3, 0, 0, 3, 0)
    assert _counts(found["rapportage_danner-b1_2024-K1_v2.xlsx"]) == (4, 4, 0, 0, 0)
    assert rows("SELECT uren_aanwezig, maand FROM uren") == [(30.5, date(2024, 2, 1))]
    assert rows("SELECT score, datum, count(*) FROM tevredenheid GROUP BY ALL ORDER BY score") == [
        (7, date(2024, 3, 31), 2), (8, date(2024, 3, 31), 1),
    ]  # fmt: skip
    assert rows("SELECT uitgenodigd, kwartaal FROM uitnodigingen") == [(6, "2024-K1")]
    assert found["rapportage_danner-b1_2024-K1_v2.xlsx"].kolommen_onbekend == ["kenmerk sfeer"]
    assert rows("SELECT tekst FROM toelichtingen ORDER BY rij") == [("Alles loopt.",), ("Bel [nummer verborgen].",)]


@pytest.mark.parametrize(
    ("front", "reden", "text"),
    [
        (("danner-z", "2024-K1", "2024-04-10"), "BESTAND_ONLEESBAAR", "anders dan in de naam"),
        (("danner-b1", "2024-K1", ""), "KOLOM_ONTBREEKT", "Datum"),
        (("danner-b1", "2024-K1", "april"), "BESTAND_ONLEESBAAR", "geen datum"),
    ],
)
def test_a_front_sheet_must_agree_with_the_name(folder, load, front, reden, text):
    (folder / "personen.csv").write_text(people(ONE))
    report_book(folder / "rapportage_danner-b1_2024-K1.xlsx", *front, {})
    file = load()["rapportage_danner-b1_2024-K1.xlsx"]
    assert file.reden == reden
    assert text in file.melding


def test_files_of_one_content_can_be_read_at_the_same_time(folder, tmp_path):
    rows = "onderdeel;datum;score\n" + "".join(f"MAP;2024-02-{1 + n % 28:02};{1 + n % 12}\n" for n in range(3000))
    for number in range(8):
        (folder / f"tevredenheid_{number}.csv").write_text(rows)
    for number in range(6):  # each has a fair chance that two threads write at once
        report = etl.load([folder], store=etl.Store(tmp_path / f"werk{number}"), contracts=TERMS)
        assert [(file.geladen, file.identiek, file.geweigerd) for file in report.bestanden] == [
            (2500, 0, 500), *[(0, 2500, 500)] * 7,
        ]  # fmt: skip


def test_a_byte_identical_satisfaction_file_counts_once(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    content = "onderdeel;datum;score\nMAP;2024-02-01;8\nMAP;2024-02-01;8\nMAP;2024-02-01;11\n"
    (folder / "tevredenheid_a.csv").write_text(content)
    (folder / "tevredenheid_b.csv").write_text(content)
    (folder / "tevredenheid_c.csv").write_text(content.replace("11", "12"))
    found = load()
    assert _counts(found["tevredenheid_a.csv"]) == (3, 2, 0, 0, 1)
    assert _counts(found["tevredenheid_b.csv"]) == (3, 0, 2, 0, 1)
    assert rows("SELECT count(*) FROM tevredenheid") == [(4,)]


def test_cells_of_a_workbook_keep_their_own_type(folder, load, rows):
    book = xlsxwriter.Workbook(str(folder / "boekingen.xlsx"))
    sheet = book.add_worksheet("wat dan ook")
    sheet.write_row(0, 0, ["Boekstuk", "DATUM", "gemeentecode", "budget", "kostensoort", "bedrag"])
    form = book.add_format({"num_format": "dd-mm-yyyy"})
    for row, amount in ((1, 11.125), (2, "11.000"), (3, "€ 1.234,50"), (4, -20)):
        sheet.write_row(row, 0, [f"B{row}", "", 397, "Voorzieningen", "tolk", amount])
        sheet.write_datetime(row, 1, datetime(2024, 3, 5), form)  # noqa: DTZ001
    book.close()
    file = load()["boekingen.xlsx"]
    assert file.redenen == {"GETAL_ONGELDIG": 1}
    assert [(one.rij, one.kolom) for one in file.weigeringen] == [(3, "bedrag")]
    assert "11.000,00" in file.weigeringen[0].melding
    assert rows("SELECT bedrag, datum, gemeentecode FROM boekingen ORDER BY bedrag") == [
        (-20.0, date(2024, 3, 5), "0397"), (11.125, date(2024, 3, 5), "0397"),
        (1234.5, date(2024, 3, 5), "0397"),
    ]  # fmt: skip


def test_one_workbook_with_table_names_is_a_delivery(folder, load, rows):
    book = xlsxwriter.Workbook(str(folder / "onze gegevens.xlsx"))
    for name, lines in {
        "Personen": [PEOPLE.strip().split(";"), people(ONE).splitlines()[1].split(";")],
        "trajecten": [["bsn", "datum_pip"], [ONE, "2024-03-01"]],
        "uitleg": [["lees mij"]],
    }.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
    file = load()["onze gegevens.xlsx"]
    assert (file.soort, _counts(file)) == ("werkboek", (2, 2, 0, 0, 0))
    assert rows("SELECT datum_pip FROM trajecten") == [(date(2024, 3, 1),)]


def test_rows_are_numbered_as_a_person_sees_them(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "examens.csv").write_text(
        "bsn;onderdeel;examendatum;resultaat\n\n"
        f'{ONE};lezen;2024-05-01;geslaagd\n{ONE};"le\nzen";2024-05-02;gezakt\n;;;\n'
        f"{ONE};lezen;2024-13-01;gezakt;te veel\n"
    )
    file = load()["examens.csv"]
    assert _counts(file) == (3, 1, 0, 0, 2)
    assert [(one.rij, one.code) for one in file.weigeringen] == [(4, "WAARDE_ONBEKEND"), (6, "DATUM_ONGELDIG")]


def test_one_row_has_the_first_code_that_applies(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    head = "bsn;contract;maand;soort;uren_gepland;uren_aanwezig\n"
    lines = [
        f"{TWO};onbekend;2024-01;taal;300;1",  # contract before range before person
        f"{TWO};danner-b1;2024-01;taal;300;1",  # range before person
        f"{TWO};danner-z;2024-01;taal;30;1",  # person
        f"{ONE};DANNER-Z;2024-01;taal;30;31",  # more than planned is allowed; ids without case
        "123;;2024-01;taal;x;y",  # empty before bsn before number
        "123;x;2024-01;taal;x;y",
        f"{ONE};x;voorjaar;kletsen;x;y",
        f"{ONE};x;2024-01;kletsen;x;y",
        f"{ONE};x;2024-01;kletsen;1;1",
    ]
    (folder / "uren.csv").write_text(head + "\n".join(lines) + "\n")
    file = load()["uren.csv"]
    assert [(one.rij, one.code) for one in file.weigeringen] == [
        (2, "CONTRACT_ONBEKEND"), (3, "BUITEN_BEREIK"), (4, "PERSOON_ONBEKEND"), (6, "VERPLICHT_LEEG"),
        (7, "BSN_ONGELDIG"), (8, "DATUM_ONGELDIG"), (9, "GETAL_ONGELDIG"), (10, "WAARDE_ONBEKEND"),
    ]  # fmt: skip


def test_files_that_cannot_be_read_change_nothing_else(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "examens.csv").write_bytes(b"PK\x03\x04\x00\x00")
    (folder / "uren.xlsx").write_text("geen werkboek")
    (folder / "besluiten.csv").write_text("")
    (folder / "leerroutes.csv").write_text("bsn;leeroute;start\n")
    (folder / "iets.csv").write_text("a;b\n")
    (folder / ".verborgen.csv").write_text("a;b\n")
    (folder / "~$uren.xlsx").write_text("slot")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    (folder / "begroting.xlsx").write_bytes(bomb.getvalue())
    found = load()
    assert {name: file.reden for name, file in found.items()} == {
        "personen.csv": None, "examens.csv": "BESTAND_ONLEESBAAR", "uren.xlsx": "BESTAND_ONLEESBAAR",
        "besluiten.csv": "BESTAND_ONLEESBAAR", "leerroutes.csv": "KOLOM_ONTBREEKT", "iets.csv": "BESTAND_ONBEKEND",
        "begroting.xlsx": "BESTAND_ONLEESBAAR",
    }  # fmt: skip
    assert "leeroute" in found["leerroutes.csv"].melding


def test_every_missing_column_is_named_with_the_nearest_one_found(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "uren.csv").write_text("bsn;contrct;mnd;soort;uren_gepland;uren_aanwezg\n")
    (folder / "examens.csv").write_text("bsn;onderdeel;datum;resultaat\n")
    found = load()
    assert found["uren.csv"].melding == (
        "De verplichte kolommen contract, maand en uren_aanwezig ontbreken."
        " Wel gevonden: contrct. Bedoelt u die? Geef hem dan de naam contract."
        " Wel gevonden: mnd. Bedoelt u die? Geef hem dan de naam maand."
        " Wel gevonden: uren_aanwezg. Bedoelt u die? Geef hem dan de naam uren_aanwezig."
    )
    assert found["examens.csv"].melding == (
        "De verplichte kolom examendatum ontbreekt."
        " Wel gevonden: datum. Bedoelt u die? Geef hem dan de naam examendatum."
    )


def test_the_order_of_files_and_a_second_load_change_nothing(folder, load, tmp_path):
    (folder / "personen.csv").write_text(people(ONE, TWO))
    (folder / "trajecten_2024-K1.csv").write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    load()
    store = etl.Store(tmp_path / "werk")
    first = store.current().id
    for path in sorted(folder.iterdir(), reverse=True):
        os.utime(path, (1, 1))
    report = etl.load([folder], store=store, contracts=TERMS)
    assert (report.momentopname, report.nieuw) == (first, False)
    (folder / "trajecten_2024-K2.csv").write_text(f"bsn;datum_pip\n{TWO};2024-04-01\n")
    load()
    assert store.current().id != first
    store.switch(first)
    assert store.current().id == first
    assert len(store.snapshots()) == 2


def test_a_crash_leaves_the_last_good_one(folder, load, tmp_path, monkeypatch):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    store = etl.Store(tmp_path / "werk")
    first = store.current().id
    (folder / "personen_2024-06.csv").write_text(people(TWO))

    def broken(*_, **__):
        raise RuntimeError("stroom weg")

    monkeypatch.setattr(sys.modules["etl.load"], "verify", broken)
    with pytest.raises(RuntimeError):
        load()
    assert store.current().id == first
    assert [path.name for path in store.folder.iterdir()] == [f"{first}.duckdb"]


def test_the_key_lies_outside_and_another_one_is_refused(folder, load, tmp_path, monkeypatch):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    key = etl.key_file()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text().strip()
    for path in (tmp_path / "werk").rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()
    monkeypatch.setenv("INBURGERING_SLEUTEL", "ab" * 32)
    with pytest.raises(Gebruiksfout, match="andere sleutel"):
        load()
    monkeypatch.delenv("INBURGERING_SLEUTEL")
    key.unlink()
    with pytest.raises(Gebruiksfout, match="ontbreekt"):
        load()
    assert not key.exists()


def test_nothing_to_load_is_told_and_publishes_nothing(folder, load, tmp_path):
    with pytest.raises(Gebruiksfout, match="geen leveringen"):
        load()
    (folder / "iets.csv").write_text("a;b\n")
    with pytest.raises(Gebruiksfout, match="niets worden geladen"):
        load()
    assert etl.Store(tmp_path / "werk").current() is None


def test_checking_keeps_nothing_and_needs_no_persons(folder, tmp_path):
    path = folder / "rapportage_danner-b1_2024-K1.xlsx"
    hours = ["bsn", "maand", "soort", "uren gepland", "uren aanwezig"]
    report_book(path, "danner-b1", "2024-K1", "2024-04-10", {"Uren": [hours, [THREE, "2024-02", "taal", 40, 400]]})
    report = etl.check_files([path], contracts=TERMS)
    assert report.bestanden[0].redenen == {"BUITEN_BEREIK": 1}
    assert not etl.key_file().exists()
    assert not (tmp_path / "werk").exists()
    marked = etl.write_marked(report, tmp_path / "terug")
    assert [one.name for one in marked] == ["rapportage_danner-b1_2024-K1_gemerkt.xlsx"]


def test_templates_load_again_without_a_refusal(folder, tmp_path):
    etl.template_municipality(folder / "gegevens.xlsx")
    etl.template_supplier(folder / "rapportage_danner-b1_2024-K1.xlsx", "danner-b1", "2024-K1")
    report = etl.check_files(sorted(folder.iterdir()), contracts=TERMS)
    by_name = {file.bestand: file for file in report.bestanden}
    assert (by_name["gegevens.xlsx"].soort, by_name["gegevens.xlsx"].status) == ("werkboek", "geladen")
    assert "Datum" in by_name["rapportage_danner-b1_2024-K1.xlsx"].melding


def test_reconciliation_finds_each_kind_once(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE, TWO, THREE))
    (folder / "leerroutes.csv").write_text(
        "bsn;leerroute;contract;start;einde;reden_einde\n"
        f"{ONE};B1;danner-b1;2024-01-15;2024-03-01;uitval\n{TWO};B1;danner-b1;2024-02-01;;\n{THREE};B1;danner-b1;2024-02-01;;\n"
    )
    head = ["bsn", "leerroute of onderdeel", "start", "einde", "reden einde", "niveau"]
    report_book(
        folder / "rapportage_danner-b1_2024-K1.xlsx", "danner-b1", "2024-K1", "2024-06-30",
        {"Deelnemers": [head, [ONE, "B1", "2024-01-15", "2024-03-01", "afgerond", ""],
                        [TWO, "b1", "2024-02-08", "2024-03-20", "uitval", ""],
                        [TWO, "KNM", "2024-02-08", "", "", ""]]},
    )  # fmt: skip
    load()
    found = rows(
        "SELECT soort, count(*) FROM bevindingen WHERE kwartaal = '2024-K1' AND contract = 'danner-b1' "
        "GROUP BY ALL ORDER BY soort"
    )
    assert found == [
        ("alleen bij aanbieder", 1), ("alleen bij gemeente", 1), ("ander einde", 1), ("andere reden", 1),
        ("andere start", 1), ("rapportage te laat", 1),
    ]  # fmt: skip
