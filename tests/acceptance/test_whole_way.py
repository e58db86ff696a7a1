"""The whole way on the demo: deliveries in, figures, verdicts and a report out, and no BSN left behind anywhere."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

pytestmark = pytest.mark.xdist_group("start")
TEN = [
    "instroom", "routeverdeling", "pip_op_tijd", "uitstroom", "maanden_tot_uitstroom", "examen_per_poging",
    "onderdeel_geslaagd", "tevredenheid", "aanwezigheid", "kosten",
]  # fmt: skip


def inburgering(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does, in `folder`, with a configuration folder of its own."""
    environment = {**os.environ, "INBURGERING_CONFIGMAP": str(folder / "configuratie")}
    environment.pop("INBURGERING_WERKMAP", None)
    environment.pop("INBURGERING_SLEUTEL", None)
    command = [sys.executable, "-m", "dashboard", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start")
    result = inburgering(folder, "start", "--personen", "600", "--zonder-dashboard")
    assert result.returncode == 0, result.stderr
    return folder, result


def _bsns(folder: Path) -> set[str]:
    """Every value under a header bsn, in every CSV and workbook, with its lost zero restored."""
    found: set[str] = set()
    for file in folder.rglob("*.csv"):
        raw = file.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        separator = max(";,\t", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(text.splitlines(), delimiter=separator))
        header = [cell.strip().lower() for cell in rows[0]]
        if "bsn" in header:
            place = header.index("bsn")
            found |= {row[place].strip() for row in rows[1:] if len(row) > place}
    for file in folder.rglob("*.xlsx"):
        try:
            book = openpyxl.load_workbook(file, read_only=True)
        except Exception:
            continue  # the demo holds a damaged workbook on purpose
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows(values_only=True))
            header = [str(cell or "").strip().lower() for cell in rows[0]] if rows else []
            if "bsn" in header:
                found |= {str(row[header.index("bsn")] or "").strip() for row in rows[1:]}
        book.close()
    return {value.zfill(9) for value in found if value.isdigit() and len(value) in (8, 9)}


def test_start_ends_with_where_things_are(started):
    folder, result = started
    last = result.stderr.strip().splitlines()[-3:]
    assert "http://127.0.0.1:8050" in last[0]
    report = next(folder.rglob("evaluatie.pdf"))
    assert str(report.relative_to(folder)) in last[1]
    assert report.read_bytes().startswith(b"%PDF")
    assert "inburgering" in last[2]


def test_a_second_start_keeps_what_is_there(started):
    folder, _ = started
    before = {
        file: file.stat().st_mtime_ns for file in (folder / "werk").rglob("*") if file.suffix in (".duckdb", ".pdf")
    }
    assert inburgering(folder, "start", "--zonder-dashboard").returncode == 0
    assert before == {file: file.stat().st_mtime_ns for file in before}


def test_the_load_report_adds_up_and_knows_every_code(started):
    folder, _ = started
    result = inburgering(folder, "laad", "voorbeeldleveringen", "--formaat", "json")
    report = json.loads(result.stdout)
    codes: set[str] = set()
    for file in report["bestanden"]:
        assert file["gelezen"] == file["geladen"] + file["identiek"] + file["vervangen"] + file["geweigerd"], file
        assert sum(file["redenen"].values()) == file["geweigerd"], file
        codes |= set(file["redenen"])
    assert codes == {
        "VERPLICHT_LEEG", "BSN_ONGELDIG", "DATUM_ONGELDIG", "GETAL_ONGELDIG", "WAARDE_ONBEKEND", "GEMEENTE_ONBEKEND",
        "CONTRACT_ONBEKEND", "BUITEN_BEREIK", "DATUM_VOLGORDE", "ONDERLING_STRIJDIG", "PERSOON_ONBEKEND",
        "DUBBEL_STRIJDIG",
    }  # fmt: skip
    names = [file["bestand"] for file in report["bestanden"]]
    assert names == sorted(names)
    assert {file.get("reden") for file in report["bestanden"] if file["status"] == "geweigerd"} >= {
        "BESTAND_ONLEESBAAR", "KOLOM_ONTBREEKT", "BESTAND_ONBEKEND",
    }  # fmt: skip
    assert inburgering(folder, "laad", "voorbeeldleveringen", "--streng").returncode == 1


def test_no_bsn_is_left_behind(started):
    folder, result = started
    bsns = _bsns(folder / "voorbeeldleveringen")
    assert len(bsns) > 500
    printed = result.stdout + result.stderr
    for words in (["laad", "voorbeeldleveringen"], ["laad", "voorbeeldleveringen", "--formaat", "json"]):
        again = inburgering(folder, *words)
        printed += again.stdout + again.stderr
    _expect_none(bsns, printed, "what was printed")
    for file in (folder / "werk").rglob("*"):
        if not file.is_file():
            continue
        _expect_none(bsns, file.read_bytes().decode("latin-1"), file.name)
        if file.suffix == ".duckdb":
            with duckdb.connect(str(file), read_only=True) as connection:
                tables = "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
                for (table,) in connection.execute(tables).fetchall():
                    cursor = connection.execute(f"FROM {table}")
                    names = [column[0] for column in cursor.description or []]
                    frame = pl.DataFrame(cursor.fetchall(), schema=names, orient="row", infer_schema_length=None)
                    _expect_none_in_frame(bsns, frame, f"{file.name} {table}")
        elif file.suffix == ".parquet":
            _expect_none_in_frame(bsns, pl.read_parquet(file), file.name)


def _expect_none(bsns: set[str], text: str, where: str) -> None:
    hits = {run.zfill(9) for run in re.findall(r"(?<!\d)\d{8,9}(?!\d)", text)} & bsns
    assert not hits, f"a BSN in {where}"


def _expect_none_in_frame(bsns: set[str], frame: pl.DataFrame, where: str) -> None:
    numbers = {int(bsn) for bsn in bsns}
    for column in frame.columns:
        series = frame[column]
        if series.dtype.is_integer():
            assert not numbers & set(series.drop_nulls().to_list()), f"a BSN as number in {where} {column}"
        elif series.dtype == pl.String:
            _expect_none(bsns, "\n".join(series.drop_nulls().unique().to_list()), f"{where} {column}")


@pytest.mark.parametrize("figure", TEN)
def test_the_ten_figures_answer_in_the_fixed_form(started, figure):
    folder, _ = started
    result = inburgering(folder, "cijfers", figure, "--peildatum", "2025-06-30", "--formaat", "json")
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert set(answer) >= {"cijfer", "peildatum", "van", "tot", "momentopname", "filters", "per", "rijen"}
    assert answer["cijfer"] == figure
    assert (answer["peildatum"], answer["van"], answer["tot"]) == ("2025-06-30", "2022-01-01", "2025-06-30")
    assert answer["rijen"]


def test_verdicts_come_in_the_fixed_form(started):
    folder, _ = started
    result = inburgering(folder, "kpi", "--kwartaal", "2024-K2", "--formaat", "json")
    assert result.returncode == 0, result.stderr
    verdicts = json.loads(result.stdout)
    assert {verdict["kwartaal"] for verdict in verdicts} == {"2024-K2"}
    keys = [
        "contract",
        "kpi",
        "kwartaal",
        "cijfer",
        "waarde",
        "laag",
        "hoog",
        "n",
        "norm",
        "richting",
        "oordeel",
        "zekerheid",
        "reeks",
        "stap",
    ]
    assert all(list(verdict) == keys for verdict in verdicts)
    order = [(verdict["contract"], verdict["kwartaal"], verdict["kpi"]) for verdict in verdicts]
    assert order == sorted(order)
    assert len({verdict["contract"] for verdict in verdicts}) >= 9
