"""Layouts without code: other sheets, headers further down, a sheet per month, totals at the foot, other values."""

from datetime import date
from pathlib import Path

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


def test_one_wrong_name_does_not_hide_the_other_mistakes_of_a_layout(folder, layouts):
    """What has no form at all (a name that no layout has, a sheet without a table) is told with what does not fit."""
    (layouts / "a.yaml").write_text(
        "naam: a\nraar: ja\nbestand: 'a *.xlsx'\ndatums: [zz]\nbladen:\n  - kop: zoek\n"
        "  - tabel: onzin\n    kop: [0]\n"
        "  - tabel: participatie\n    lijn: 3\n    kolommen: {bsn: A, vorm: B, kleur: C}\n    vast: {start: '{4}'}\n"
    )
    (layouts / "b.yaml").write_text(
        "naam: b\nnaam: b\nbestand: 'b.csv'\nbladen:\n  - tabel: participatie\n"
        "    kolommen: {bsn: A, vorm: A, start: B}\n"
    )
    (layouts / "c.yaml").write_text(
        MONTHS.replace('bestand: "presentie *.xlsx"', "bestand: {a: 1}").replace("bsn: ", "b: ")
    )
    (folder / "personen.csv").write_text(people(ONE))
    with pytest.raises(Gebruiksfout) as fault:
        etl.check_files([folder / "personen.csv"], contracts=TERMS, layouts=layouts)
    told = fault.value.meldingen
    assert [sentence.split(":")[0] for sentence in told] == [
        "a.yaml, regel 2", "a.yaml, regel 4", "a.yaml, regel 6", "a.yaml, regel 7", "a.yaml, regel 8",
        "a.yaml, regel 10", "a.yaml, regel 11", "a.yaml, regel 12",
        "b.yaml, regel 2", "b.yaml, regel 6", "c.yaml, regel 2", "c.yaml, regel 10", "c.yaml, regel 10",
    ]  # fmt: skip
    for place, part in enumerate((
        "raar", "zz", "tabel ontbreekt", "onzin", "rijnummer", "lijn", "kolom kleur", "{4}", "twee keer", "kop 'A'",
        "bestand", "kolom b.", "kolom bsn ontbreekt",
    )):  # fmt: skip
        assert part in told[place], told[place]


def _file(layouts, name, text):
    (layouts / f"{name}.yaml").write_text(text, encoding="utf-8")


CASES = """naam: zaken
bestand: ["export *.csv", "zaken *.csv"]
datums: [d-m-jjjj, d mmmm jjjj]
bladen:
  - tabel: examens
    kop: zoek
    kolommen: {bsn: [BSN, Burger], onderdeel: Vak, examendatum: Datum, resultaat: Uitslag, niveau: Niveau}
    waarden: {onderdeel: {Kennis: KNM}, resultaat: {V: geslaagd, X: gezakt}, niveau: {"-": ""}}
    overslaan: [Groep]
    stop: [Totaal, Einde]
"""


def test_a_header_is_looked_for_and_forms_of_dates_are_named(folder, layouts, tmp_path, rows):
    _file(layouts, "zaken", CASES)
    (folder / "personen.csv").write_text(people(ONE, TWO))
    (folder / "Zaken 2024-K2.CSV").write_bytes(
        (
            "Overzicht;van;vandaag\r\nBSN;is geheim\r\n\r\nVak;Datum;Burger;Uitslag;Niveau;Wie\r\n"
            f"Groep A\r\nkennis;1-3-2024;{ONE};v;-;ik\r\n\r\nLezen;2 mei 2024;{TWO};X;B1;\r\n"
            f"lezen;3/5/2024;{TWO};V;B1;\r\n"
            f"lezen;03-05-2024;{TWO};?;B1;\r\nlezen;04-05-2024;{TWO};V;B1;;te veel\r\nTotaal 5\r\nlezen;x;y;z;;\r\n"
        ).encode("cp1252")
    )
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=TERMS, layouts=layouts)
    file = next(one for one in report.bestanden if one.soort == "examens")
    assert (file.gelezen, file.geladen, file.kolommen_onbekend) == (5, 2, ["Wie"])
    assert [(one.rij, one.kolom, one.code) for one in file.weigeringen] == [
        (9, "Datum", "DATUM_ONGELDIG"), (10, "Uitslag", "WAARDE_ONBEKEND"), (11, None, "ONDERLING_STRIJDIG"),
    ]  # fmt: skip
    assert "Kies uit: V, X" in file.weigeringen[1].melding
    assert rows("SELECT onderdeel, niveau, examendatum, rij FROM examens ORDER BY rij") == [
        ("KNM", None, date(2024, 3, 1), 6), ("lezen", "B1", date(2024, 5, 2), 8),
    ]  # fmt: skip
    assert rows("SELECT stand FROM leveringen WHERE soort = 'examens'") == [(date(2024, 6, 30),)]


def test_a_changed_layout_makes_another_snapshot_and_reads_again(folder, layouts, tmp_path, rows):
    _file(layouts, "zaken", CASES)
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "export 1.csv").write_text(f"BSN,Vak,Datum,Uitslag\n{ONE},lezen,2024-05-01,V\n")
    store = etl.Store(tmp_path / "werk")
    first = etl.load([folder], store=store, contracts=TERMS, layouts=layouts)
    same = etl.load([folder], store=store, contracts=TERMS, layouts=layouts)
    assert (same.momentopname, same.nieuw) == (first.momentopname, False)
    _file(layouts, "zaken", CASES.replace("V: geslaagd, X: gezakt", "V: gezakt, X: geslaagd"))
    changed = etl.load([folder], store=store, contracts=TERMS, layouts=layouts)
    assert changed.momentopname != first.momentopname
    assert rows("SELECT resultaat FROM examens") == [("gezakt",)]


REPORT = """naam: kwartaal
bestand: "rapport * van *.xlsx"
contract: "{1}"
kwartaal: "{2}"
datum: Blad1!B1
datums: [d mmmm jjjj]
waarden: {contract: {Danner taal: danner-b1}, kwartaal: {voorjaar 2024: 2024-K2}}
toelichting: "*opmerking*"
bladen:
  - tabel: rapportage.kwaliteit
    blad: Blad1
    kop: 3
    kolommen: {waarde: Docenten}
    vast: {kenmerk: docenten}
  - tabel: rapportage.kwaliteit
    blad: Blad1
    kop: 3
    kolommen: {waarde: Klachten}
    vast: {kenmerk: klachten}
"""


def _report_file(folder, name, day):
    book = xlsxwriter.Workbook(str(folder / name))
    sheet = book.add_worksheet("Blad1")
    sheet.write_row(0, 0, ["Van", day])
    sheet.write_row(2, 0, ["Docenten", "Klachten"])
    sheet.write_row(3, 0, [7, "veel"])
    book.add_worksheet("De opmerkingen").write_row(0, 0, ["=1+1", f"Bel {ONE}"])
    book.add_worksheet("Rooster")
    book.close()


@pytest.mark.parametrize(
    "text", ["voorjaar 2024", "K2 2024", "2e kwartaal 2024", "2024 Q2", "kwartaal 2, 2024", "2024-k2"]
)
def test_a_reports_contract_quarter_and_date_come_from_its_name_and_cells(folder, layouts, text):
    _file(layouts, "kwartaal", REPORT)
    _report_file(folder, f"Rapport Danner Taal van {text}.xlsx", "3 juli 2024")
    (file,) = etl.check_files(list(folder.iterdir()), contracts=TERMS, layouts=layouts).bestanden
    assert (file.status, file.gelezen, file.geladen) == ("geladen", 2, 1)
    assert [(one.blad, one.rij, one.kolom, one.code) for one in file.weigeringen] == [
        ("Blad1", 4, "Klachten", "GETAL_ONGELDIG")
    ]
    assert file.kolommen_onbekend == ["blad Rooster"]


@pytest.mark.parametrize(
    ("name", "day", "reden", "melding"),
    [
        ("rapport danner-b1 van 2e helft.xlsx", "3 juli 2024", "BESTAND_ONLEESBAAR", "kwartaal is niet te lezen"),
        ("rapport danner-b1 van K2 2024.xlsx", "juli", "BESTAND_ONLEESBAAR", "geen datum"),
        ("rapport danner-b1 van K2 2024.xlsx", "", "KOLOM_ONTBREEKT", "geen datum"),
    ],
)
def test_a_report_whose_front_cannot_be_read_is_refused(folder, layouts, name, day, reden, melding):
    _file(layouts, "kwartaal", REPORT)
    _report_file(folder, name, day)
    (file,) = etl.check_files(list(folder.iterdir()), contracts=TERMS, layouts=layouts).bestanden
    assert (file.reden, melding in file.melding) == (reden, True)


def test_a_missing_column_names_the_files_own_header(folder, layouts):
    _file(layouts, "zaken", CASES)
    (folder / "export 3.csv").write_text("")
    (folder / "export 2.csv").write_text("BSN,Vak,Dag,Uitslag\n")
    files = etl.check_files(sorted(folder.iterdir()), contracts=TERMS, layouts=layouts).bestanden
    assert [one.reden for one in files] == ["KOLOM_ONTBREEKT", "BESTAND_ONLEESBAAR"]
    assert "'Datum' (examendatum)" in files[0].melding


def test_a_layout_without_a_file_name_is_told_and_so_is_the_rest(folder, layouts):
    (layouts / "leeg.yaml").write_text(MONTHS.replace('"presentie *.xlsx"', "[]").replace("stop: [Totaal]", "kleur: x"))
    (layouts / "anders.yaml").write_text(MONTHS.replace('"presentie *.xlsx"', "[]"))
    with pytest.raises(Gebruiksfout) as told:
        etl.check_files([folder], contracts=TERMS, layouts=layouts)
    said = told.value.meldingen
    assert "anders.yaml, regel 2: noem minstens één naam van een bestand, zoals 'presentie *.xlsx'." in said
    assert any("leeg.yaml, regel 13" in one and "kleur" in one for one in said)


def test_a_column_that_is_there_twice_is_named(folder, layouts, tmp_path):
    own = 'naam: zaak\nbestand: "export*.csv"\nbladen:\n  - tabel: uitkeringen\n    kop: 1\n    kolommen: '
    (layouts / "zaak.yaml").write_text(own + "{bsn: Burger, start: Vanaf, einde: Tot}\n")
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "export.csv").write_text(f"Burger;Vanaf;Tot;Wie;Tot\n{ONE};2024-01-01;2024-02-01;x;2024-03-01\n")
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=TERMS, layouts=layouts)
    file = next(one for one in report.bestanden if one.indeling == "zaak")
    assert file.geladen == 1
    assert file.kolommen_onbekend == ["Tot (komt vaker voor: geen van die kolommen telt)", "Wie"]


def test_the_users_layout_goes_before_a_standard_name_and_a_shipped_one_after(folder, layouts):
    _file(layouts, "uitslag", CASES.replace('["export *.csv", "zaken *.csv"]', '"examens_*.csv"'))
    (folder / "examens_2024-05.csv").write_text(f"BSN,Vak,Datum,Uitslag\n{ONE},lezen,1-5-2024,V\n")
    (file,) = etl.check_files(list(folder.iterdir()), contracts=TERMS, layouts=layouts).bestanden
    assert (file.indeling, file.geladen) == ("zaken", 1)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("kop: zoek", "kop: 0", 6, "rijnummer vanaf 1"),
        ("kop: zoek", "kop: onder", 6, "of: zoek"),
        ("kop: zoek", "kop: [zoek, 3]", 6, "óf rijnummers, óf zoek"),
        ("d-m-jjjj, d mmmm", "d-m-jj, d mmmm", 3, "geen vorm"),
        ("naam: zaken", "naam: zaken\nkleur: rood", 2, "kennen wij niet"),
        ("naam: zaken\n", "naam: zaken\nnaam: nog eens\n", 2, "twee keer"),
        ('"zaken *.csv"]', '"zaken *.pdf"]', 2, ".csv of .xlsx"),
        ('["export *.csv", "zaken *.csv"]', '"*"', 2, "elk bestand"),
        ("Vak,", "BSN,", 7, "al die van"),
        ("    stop:", "    vast: {bsn: 1}\n    stop:", 10, "kies een van beide"),
        ("    stop:", "    vast: {niveau: '{3}'}\n    stop:", 10, "staat nergens voor"),
        ("    stop:", "    alleen_als_gevuld: [contract]\n    stop:", 10, "staat niet bij kolommen"),
        ("bladen:", "contract: danner-b1\nbladen:", 4, "alleen bij een rapportage"),
        ("    overslaan", "   overslaan", 9, "geen geldige YAML"),
    ],
)
def test_every_kind_of_mistake_has_its_line(folder, layouts, old, new, line, told):
    assert old in CASES
    _file(layouts, "zaken", CASES.replace(old, new, 1))
    with pytest.raises(Gebruiksfout) as fault:
        etl.check_files([], contracts=TERMS, layouts=layouts)
    text = next(one for one in fault.value.meldingen if told.lower() in one.lower())
    assert text.startswith(f"zaken.yaml, regel {line}:")


def test_the_example_in_the_documentation_works(folder, layouts):
    text = (Path(__file__).parents[2] / "docs" / "indelingen.md").read_text(encoding="utf-8")
    _file(layouts, "presentie", text.partition("```yaml\n")[2].partition("```")[0])
    book = xlsxwriter.Workbook(str(folder / "Presentie groep 3.xlsx"))
    for name in ("Maand januari 2024", "Maand februari 2024"):
        sheet = book.add_worksheet(name)
        sheet.write_row(2, 2, ["Uren"])
        sheet.write_row(3, 0, ["Nummer", "Les", "gepland", "gevolgd"])
        sheet.write_row(4, 0, [ONE, "Nederlands", 40, 32.5])
        sheet.write_row(5, 0, ["Totaal", "", 40, 32.5])
    book.close()
    (file,) = etl.check_files(list(folder.iterdir()), contracts=TERMS, layouts=layouts).bestanden
    assert (file.indeling, file.gelezen, file.geladen) == ("presentie", 2, 2)
