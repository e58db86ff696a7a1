"""The golden delivery through the real load, and the names of the fictional persons behind a figure."""

import csv
from datetime import date
from pathlib import Path

import xlsxwriter

import etl
import metrics
from etl.pseudonymise import read_key
from metrics import ALLES

HERE = Path(__file__).parent
DELIVERY = HERE / "levering"
PEILDATUM = date(2024, 6, 30)
_RUNNING = ("danner-b1", "danner-z")
_LATER = ("danner-brugklas", "vu-onderwijs", "vluchtelingenwerk-pvt", "vluchtelingenwerk-begeleiding",
          "vluchtelingenwerk-financieel")  # fmt: skip
TERMS = [etl.ContractTerm(id, date(2024, 1, 1), date(2025, 12, 31), "kwartaal", 28) for id in _RUNNING] + [
    etl.ContractTerm(id, date(2025, 1, 1), date(2025, 12, 31), "kwartaal", 28) for id in _LATER
]
# the report of danner-b1 came on the last day of its term (31-03-2024 + 28 days), that of danner-z a day late
REPORTS = {"danner-b1": "2024-04-28", "danner-z": "2024-04-29"}


def people():
    """The fictional persons, each with a name and a story, in the order of the file."""
    with (DELIVERY / "personen.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def load(folder):
    """Load the golden delivery and the two reports into a work folder; gives the momentopname."""
    reports = folder / "rapportages"
    reports.mkdir()
    for contract, day in REPORTS.items():
        with xlsxwriter.Workbook(str(reports / f"rapportage_{contract}_2024-K1.xlsx")) as book:
            front = book.add_worksheet("Voorblad")
            for row, pair in enumerate((("Contract", contract), ("Kwartaal", "2024-K1"), ("Datum", day))):
                front.write_row(row, 0, pair)
    store = etl.Store(folder / "werk")
    report = etl.load([DELIVERY, reports], store=store, contracts=TERMS)
    return store.current(), report


def names(snapshot):
    """The name of each person by the letters in which a person is written."""
    key = read_key(may_create=False)
    return {etl.schrijf_persoon(key.digest(row["bsn"])): row["naam"] for row in people()}


def behind(id, snapshot, known, **words):
    """Who stands behind a figure: pairs of a name and the unit."""
    units = metrics.persons(id, snapshot, voor=ALLES, peildatum=PEILDATUM, **words)
    return [(known[unit["persoon"]], unit) for unit in units]
