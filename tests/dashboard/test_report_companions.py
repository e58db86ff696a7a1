"""The files beside a report: workbook, open data, web page; what they say is what the published answers say."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

import metrics
from dashboard import export

HIDDEN = metrics.VERBORGEN
FACTS = {
    "soort": "evaluatie", "titel": "Evaluatie inburgering", "ondertitel": "Wet inburgering 2021 · Heemstede",
    "periode": "2022 tot en met 2025", "peildatum": "31-12-2025", "datum": "2025-12-31", "momentopname": "abc",
    "programma": "0.1.0", "voorbeeld": True, "herkomst": [["Gaat over", "Heemstede"]], "hoofdstukken": [],
}  # fmt: skip


def _answer(id, rows, per=(), **filters):
    end = date(2025, 12, 31)
    return metrics.Answer(id, metrics.catalogue()[id], end, date(2022, 1, 1), end, "abc", filters, per, rows)


ANSWERS = [
    _answer("pip_op_tijd", [
        {"jaar": 2024, "teller": 30, "noemer": 41, "waarde": 0.7317, "laag": 0.58, "hoog": 0.84},
        {"jaar": 2025, "teller": HIDDEN, "noemer": 12, "waarde": HIDDEN, "laag": HIDDEN, "hoog": HIDDEN},
    ], ("jaar",)),
    _answer("pip_op_tijd", [{"teller": 34, "noemer": 53, "waarde": 0.6415, "laag": 0.5, "hoog": 0.76}]),
    _answer("instroom", [{"aantal": 61}], doelgroep=("asielstatushouder", "nareiziger")),
]  # fmt: skip


def test_the_workbook_has_a_sheet_per_table_formats_filters_and_definitions():
    content = export.publication_to_xlsx(ANSWERS, FACTS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Inhoud", "pip_op_tijd-per-jaar", "pip_op_tijd", "instroom-doelgroep", "Definities"]
    sheet = book["pip_op_tijd-per-jaar"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == (2024, 30, 41, 0.7317)
    assert rows[2][1] == "verborgen" and rows[2][3] == "verborgen"
    assert "%" in sheet["D2"].number_format
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:F3"
    said = " ".join(str(cell) for row in book["Inhoud"].iter_rows(values_only=True) for cell in row if cell)
    assert "VOORBEELD" in said and "PIP binnen tien weken per jaar" in said
    assert book["Definities"].max_row == 3
    assert content == export.publication_to_xlsx(ANSWERS, FACTS)


def test_open_data_describes_every_file_and_every_column():
    files = export.open_data(ANSWERS, FACTS)
    about = json.loads(files["csv-metadata.json"])
    assert about["@context"][0] == "http://www.w3.org/ns/csvw"
    for table in about["tables"]:
        rows = list(csv.DictReader(io.StringIO(files[table["url"]].decode("utf-8"))))
        assert list(rows[0]) == [one["name"] for one in table["tableSchema"]["columns"]]
        for row in rows:
            for column in table["tableSchema"]["columns"]:
                value = row[column["name"]]
                if value in column["null"]:
                    continue
                {"integer": int, "number": float, "string": str}[column["datatype"]](value)
    first = list(csv.DictReader(io.StringIO(files["pip_op_tijd-per-jaar.csv"].decode("utf-8"))))
    assert [row["teller"] for row in first] == ["30", "verborgen"]


def test_the_data_set_has_what_dcat_ap_nl_asks():
    found = json.loads(export.open_data(ANSWERS, FACTS)["dcat.jsonld"])
    for one in ("dct:identifier", "dct:title", "dct:description", "dct:publisher", "dct:creator", "dcat:contactPoint",
                "dct:accessRights", "dct:license", "dcat:theme", "dct:temporal", "dct:language"):  # fmt: skip
        assert found[one]
    assert {one["dcat:mediaType"] for one in found["dcat:distribution"]} >= {"text/csv", "application/pdf", "text/html"}
    assert all(one["dct:license"] and one["dcat:accessURL"] for one in found["dcat:distribution"])


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=1+1"])
def test_text_never_becomes_source_of_the_page(text):
    parts = [
        {"soort": "alinea", "tekst": text, "stijl": ""}, {"soort": "lijst", "punten": [text]},
        {"soort": "kop", "niveau": 2, "tekst": text}, {"soort": "let op", "tekst": text},
        {"soort": "tabel", "titel": text, "koppen": [text], "rijen": [[text]], "links": 1, "breed": 0},
        {"soort": "grafiek", "titel": text, "svg": "<svg ></svg>", "alt": text},
        {"soort": "eigen", "blokken": [{"soort": "alinea", "tekst": text, "stijl": ""}]},
    ]  # fmt: skip
    page = export.report_to_html({**FACTS, "hoofdstukken": [{"id": "kosten", "titel": text, "blokken": parts}]})
    assert "<script>" not in page and "<img" not in page
    assert 'lang="nl"' in page
