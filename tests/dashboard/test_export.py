"""Files to take along: read back by other programs."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from dashboard import export


class Hidden:
    def __str__(self) -> str:
        return "verborgen"


@dataclass
class Shape:
    """The public shape of an answer."""

    cijfer: str = "pip_op_tijd"
    soort: str = "aandeel"
    rijen: list[dict[str, Any]] = field(default_factory=list)
    peildatum: date = date(2024, 6, 30)
    van: date = date(2022, 1, 1)
    tot: date = date(2024, 6, 30)
    momentopname: str = "abc"

    def __post_init__(self) -> None:
        self.filters = {"gemeente": ["0397"]}
        self.definition = SimpleNamespace(
            id=self.cijfer,
            titel="PIP op tijd",
            definitie="Wat telt.",
            bron=["P-§5"],
            soort=self.soort,
            eenheid="",
            verdeling=None,
        )


@pytest.fixture
def answers() -> list[Shape]:
    rows = [
        {"doelgroep": "gezinsmigrant", "teller": 30, "noemer": 41, "waarde": 30 / 41, "laag": 0.58, "hoog": 0.84},
        {"doelgroep": "=HYPERLINK(1)", "teller": Hidden(), "noemer": Hidden(), "waarde": Hidden(), "laag": None},
    ]
    money = [{"jaar": 2024, "waarde": 101000.0, "begroot": 104000.0, "uitputting": 101 / 104}]
    return [Shape(rijen=rows), Shape(cijfer="kosten", soort="bedrag", rijen=money)]


def test_csv_holds_every_row_and_no_formula(answers: list[Shape]) -> None:
    rows = list(csv.DictReader(io.StringIO(export.to_csv(answers), newline="")))
    assert len(rows) == 3
    assert rows[0]["teller"] == "30"
    assert float(rows[0]["waarde"]) == pytest.approx(30 / 41)
    assert rows[1]["teller"] == "verborgen"
    assert rows[1]["laag"] == ""
    assert rows[1]["doelgroep"] == "'=HYPERLINK(1)"
    assert rows[2]["cijfer"] == "kosten"


def test_workbook_has_formats_filters_and_definitions(answers: list[Shape]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.to_xlsx(answers)))
    assert book.sheetnames == ["pip_op_tijd", "kosten", "Definities"]
    sheet = book["pip_op_tijd"]
    assert sheet["D2"].value == pytest.approx(30 / 41)
    assert sheet["D2"].number_format == "0.0%"
    assert sheet["B3"].value == "verborgen"
    assert sheet["A3"].value == "=HYPERLINK(1)"
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert "€" in book["kosten"]["B2"].number_format
    assert [cell.value for cell in book["Definities"][2]][:4] == [
        "pip_op_tijd",
        "pip_op_tijd",
        "PIP op tijd",
        "Wat telt.",
    ]


def test_points_euros_and_people_each_have_their_own_form() -> None:
    route = {"leerroute": "Z", "teller": 15, "noemer": 100, "waarde": 0.15, "verwacht": 0.15, "verschil": -7.1}
    cost = {"jaar": 2024, "teller": 700000.0, "noemer": 100.0, "waarde": 7000.0}
    first, second = Shape(cijfer="routeverdeling", rijen=[route]), Shape(cijfer="kosten_per_persoon", rijen=[cost])
    first.definition.verdeling = "leerroute"
    second.definition.soort, second.definition.eenheid = "verhouding", "euro"
    book = openpyxl.load_workbook(io.BytesIO(export.to_xlsx([first, second])))
    forms = {
        cell.value: book["routeverdeling"].cell(2, cell.column).number_format for cell in book["routeverdeling"][1]
    }
    assert forms["Verwacht"] == "0.0%"
    assert forms["Verschil"] == '+0.0" punt";-0.0" punt"'
    forms = {cell.value: book["kosten_per_persoon"].cell(2, cell.column).number_format
             for cell in book["kosten_per_persoon"][1]}  # fmt: skip
    assert "€" in forms["Waarde"]
    assert forms["Van"] == "#,##0"


def test_the_same_answers_give_the_same_bytes(answers: list[Shape]) -> None:
    assert export.to_xlsx(answers) == export.to_xlsx(answers)
    assert export.to_csv(answers) == export.to_csv(answers)


def test_terminal_table_speaks_dutch(answers: list[Shape]) -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(export.to_table(answers))
    text = console.export_text()
    assert "73%" in text
    assert "niet getoond (kleine groep)" in text
    assert "€ 101.000" in text
    assert "Peildatum 30-06-2024" in text
