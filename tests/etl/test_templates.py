"""Templates: what they hold, and that what is filled in as they ask loads without a fault."""

from datetime import datetime

import openpyxl
import pytest

import etl
from etl.layout import standard
from tests.etl.conftest import ONE, TERMS

DAY = datetime(2024, 2, 5)  # noqa: DTZ001
PREFERRED = {
    "datum_einde": None, "uitkomst": None, "einde": None, "reden_einde": None, "reden_geen_resultaat": None,
    "resultaat": {"onderdelen": "loopt", "examens": "geslaagd"}, "niveau": "B1", "geslacht": "vrouw", "jaar": 2024,
}  # fmt: skip
VALUES = {
    "bsn": ONE, "datum": DAY, "maand": "2024-02", "kwartaal": "2024-K1", "halfjaar": "2024-1", "getal": 12.5,
    "geheel": 3, "tekst": "tekst", "janee": "ja", "gemeente": "0397", "contract": "danner-b1", "kenmerkwaarde": 4,
}  # fmt: skip


def _fill(sheet, table):
    """One row, as a person would fill it in from the header and the lists."""
    headers = [cell.value for cell in sheet[1]]
    for place, (column, spec) in enumerate(standard()[table].kolommen.items(), start=1):
        value = VALUES.get(spec.type) if not spec.keuzes else spec.keuzes[0]
        if column in PREFERRED:
            value = PREFERRED[column]
            value = value[table] if isinstance(value, dict) else value
        if column == "kenmerk":
            value = "docenten"
        assert headers[place - 1]
        if value is not None:
            sheet.cell(2, place).value = value


def test_a_filled_template_of_the_municipality_loads_without_a_fault(tmp_path):
    path = tmp_path / "onze gegevens.xlsx"
    etl.template_municipality(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Uitleg", *etl.tables()]
    for table in etl.tables():
        _fill(book[table], table)
    book.save(path)
    (file,) = etl.check_files([path], contracts=TERMS).bestanden
    assert [(one.blad, one.kolom, one.code) for one in file.weigeringen] == []
    assert (file.gelezen, file.geladen, file.kolommen_onbekend) == (len(etl.tables()), len(etl.tables()), [])


def test_a_filled_template_of_a_supplier_loads_without_a_fault(tmp_path):
    path = tmp_path / "rapportage_danner-b1_2024-K1.xlsx"
    etl.template_supplier(path, "danner-b1", kwartalen=["2024-K1", "2024-K2"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Uitleg", "Voorblad", "Deelnemers", "Uren", "Kwaliteit", "Tevredenheid", "Toelichting"]
    book["Voorblad"]["B2"].value, book["Voorblad"]["B3"].value = "2024-K1", DAY.replace(month=4)
    for table, layout in standard().items():
        if layout.blad:
            _fill(book[layout.blad], table)
    book["Toelichting"]["A1"].value = "Alles loopt."
    book.save(path)
    report = etl.check_files([path], contracts=TERMS)
    (file,) = report.bestanden
    assert (file.status, file.gelezen, file.geladen, file.kolommen_onbekend) == ("geladen", 4, 4, [])
    assert report.bevindingen == {"meer antwoorden dan uitnodigingen": 1}  # 3 invited, and 3 answers of every score


@pytest.mark.parametrize("kind", ["gemeente", "danner-b1"])
def test_headers_are_protected_cells_are_free_and_checked(tmp_path, kind):
    path = tmp_path / "f.xlsx"
    if kind == "gemeente":
        etl.template_municipality(path)
        sheets = {name: standard()[name] for name in etl.tables()}
    else:
        etl.template_supplier(path, kind, "2024-K1")
        sheets = {layout.blad: layout for layout in standard().values() if layout.blad}
    book = openpyxl.load_workbook(path)
    explained = {(row[0], row[1]) for row in book["Uitleg"].iter_rows(values_only=True)}
    for name, layout in sheets.items():
        sheet = book[name]
        assert sheet.protection.sheet
        rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
        for place, (column, spec) in enumerate(layout.kolommen.items(), start=1):
            cell = sheet.cell(1, place)
            letter = cell.column_letter
            assert cell.protection.locked
            column_form = next(one for one in sheet.column_dimensions.values() if one.min <= place <= one.max)
            assert not column_form.protection.locked
            assert (name, cell.value) in explained
            if spec.keuzes:
                assert rules[f"{letter}2"].formula1 == f'"{",".join(spec.keuzes)}"'
            if spec.type == "datum":
                assert rules[f"{letter}2"].type == "date"
                assert column_form.number_format == "dd-mm-yyyy"
            if spec.type in ("bsn", "maand", "kwartaal", "halfjaar", "gemeente"):
                assert column_form.number_format == "@", column


def test_an_empty_template_is_refused_for_nothing_but_its_front(tmp_path):
    etl.template_supplier(tmp_path / "rapportage_danner-b1_2024-K1.xlsx", "danner-b1", "2024-K1")
    etl.template_municipality(tmp_path / "gegevens.xlsx")
    files = etl.check_files(sorted(tmp_path.glob("*.xlsx")), contracts=TERMS).bestanden
    assert [(one.status, one.gelezen) for one in files] == [("geladen", 0), ("geweigerd", 0)]
    assert "Datum" in files[1].melding
