"""Small deliveries written by hand."""

from datetime import date

import pytest
import xlsxwriter

import etl

TERMS = [
    etl.ContractTerm("danner-b1", date(2024, 1, 1), date(2024, 12, 31), "kwartaal", 28),
    etl.ContractTerm("Danner-Z", date(2024, 1, 1), date(2024, 12, 31), "kwartaal", 28),
]
PEOPLE = (
    "bsn;geboortedatum;geslacht;gemeentecode;doelgroep;datum_plichtig;datum_huisvesting;datum_vertrek;mutatiedatum\n"
)


def fictional(number: int) -> str:
    """A fictional BSN that passes the elfproef."""
    while True:
        stem = f"9999{number:04d}"
        check = sum(int(d) * w for d, w in zip(stem, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return stem + str(check)
        number += 3000


ONE, TWO, THREE = fictional(11), fictional(22), fictional(33)


def people(*bsns: str) -> str:
    """A personen file with these persons."""
    return PEOPLE + "".join(
        f"{bsn};1990-05-17;man;0397;asielstatushouder;2024-01-10;2024-01-20;;2024-01-10\n" for bsn in bsns
    )


@pytest.fixture(autouse=True)
def own_key(tmp_path, monkeypatch):
    """Every test has a key of its own."""
    monkeypatch.delenv("INBURGERING_SLEUTEL", raising=False)
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "configuratie"))


@pytest.fixture
def folder(tmp_path):
    """An empty folder for deliveries."""
    path = tmp_path / "levering"
    path.mkdir()
    return path


@pytest.fixture
def load(tmp_path, folder):
    """Load the folder; gives the report by file name."""

    def run():
        report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=TERMS)
        return {file.bestand: file for file in report.bestanden}

    return run


@pytest.fixture
def rows(tmp_path):
    """Rows of a table of the current momentopname."""

    def run(sql: str):
        with etl.Store(tmp_path / "werk").current().connect() as connection:
            return connection.execute(sql).fetchall()

    return run


def report_book(path, contract, kwartaal, day, sheets):
    """Write a managementrapportage; `sheets` maps a sheet to rows (the first is the header)."""
    book = xlsxwriter.Workbook(str(path))
    front = book.add_worksheet("Voorblad")
    for number, pair in enumerate((("Contract", contract), ("Kwartaal", kwartaal), ("Datum", day))):
        front.write_row(number, 0, pair)
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.close()
