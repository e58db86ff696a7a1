"""Files that are broken or meant to harm: each is refused with a sentence or read rightly, and the others load."""

import os
import resource
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from etl import safe
from etl.codes import FileRefused
from tests.etl.conftest import ONE, PEOPLE, TWO, people
from tests.etl.strange import lie_about_size, sheet, text, workbook

ROOT = Path(__file__).parents[2]
HEADER = '<row r="1">' + text("A1", "bsn") + text("B1", "datum_pip") + "</row>"
ROW = '<row r="2">' + text("A2", ONE) + text("B2", "2024-03-01") + "</row>"
WIDE = "".join(f"<c><v>{n}</v></c>" for n in range(1_000_000))
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)


def amplified():
    """A text of 30,000 signs that a million cells repeat: 30 GB from a file of some megabytes."""
    yield sheet("").split("</sheetData>")[0].encode()
    for number in range(1, 300_001):
        yield f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>'.encode()
    yield b"</sheetData></worksheet>"


REFUSED = {
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "wachtwoord"),
    "a web page": (b"<html><body><table><tr><td>bsn</td></tr></table></body></html>", "niet te openen"),
    "half a workbook": (workbook(sheet(HEADER + ROW))[:-200], "niet te openen"),
    "a zip that is no workbook": (workbook("<a/>").replace(b"xl/", b"ww/"), "niet te openen"),
    "a bomb": (workbook(sheet(HEADER + " " * 300_000_000)), "verdacht klein"),
    "a bomb that lies": (lie_about_size(workbook(sheet(HEADER + " " * 300_000_000))), "verdacht klein"),
    "many parts": (workbook(sheet(HEADER), extra={f"x/{n}": b"" for n in range(5001)}), "delen"),
    "a cell far away": (workbook(sheet(HEADER + '<row r="1048576">' + text("XFD1048576", "x") + "</row>")), "geheugen"),
    "a cell beyond all rows": (workbook(sheet(HEADER + '<row r="3">' + text("A99999999999999999999", "x") + "</row>")),
                               "cel ver buiten|beschadigd"),
    "a million columns": (workbook(sheet(f"<row>{WIDE}</row>")), "kolommen"),
    "a text that many cells repeat": (workbook(amplified(), shared=os.urandom(15_000).hex()), "geheugen"),
    "a cell of ten million signs": (workbook(sheet(HEADER + '<row r="2">' + text("A2", "ab " * 3_000_000) + "</row>")),
                                    "tekens|verdacht"),
    "a billion laughs": (workbook(sheet('<row r="1">' + text("A1", "&j;") + "</row>", doctype=LAUGHS + "]>")),
                         "beschadigd"),
    "a file of this computer": (workbook(sheet('<row r="1">' + text("A1", "&a;") + "</row>",
                                doctype='<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>')), "beschadigd"),
}  # fmt: skip


def test_harmful_workbooks_are_refused_with_a_sentence(folder, load, monkeypatch):
    monkeypatch.setenv("INBURGERING_LIMIET_GEHEUGEN_MB", "600")
    (folder / "personen.csv").write_text(people(ONE))
    for kind, (content, _) in REFUSED.items():
        (folder / f"trajecten_{kind}.xlsx").write_bytes(content)
    found = load()
    assert found.pop("personen.csv").geladen == 1
    assert {file.reden for file in found.values()} == {"BESTAND_ONLEESBAAR"}
    for kind, (_, sentence) in REFUSED.items():
        told = found[f"trajecten_{kind}.xlsx"].melding
        assert any(part in told for part in sentence.split("|")), (kind, told)


READ = {
    "a sheet that claims all cells": workbook(sheet(HEADER + ROW, before='<dimension ref="A1:XFD1048576"/>')),
    "empty cells with a form far below": workbook(
        sheet(HEADER + ROW + "".join(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in range(3, 5000)))
    ),
    "deeply nested": workbook(sheet(HEADER + ROW, before="<x>" * 100_000 + "</x>" * 100_000)),
    "macros, an outside link, a path that climbs": workbook(
        sheet(HEADER + ROW),
        extra={
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "../../uit.txt": b"x",
        },
    ),
    "a formula: its kept value counts": workbook(
        sheet(
            HEADER + f'<row r="2"><c r="A2"><f>HYPERLINK("http://127.0.0.1/","x")</f><v>{ONE}</v></c>'
            '<c r="B2" t="str"><f>WEBSERVICE("http://127.0.0.1/")</f><v>2024-03-01</v></c></row>'
        )
    ),
}


def test_odd_workbooks_are_read_rightly(folder, load, rows, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("nothing is fetched"))
    (folder / "personen.csv").write_text(people(ONE))
    for kind, content in READ.items():
        (folder / f"trajecten_{kind}.xlsx").write_bytes(content)
    found = load()
    del found["personen.csv"]
    assert {name: (file.melding, file.gelezen, file.geweigerd) for name, file in found.items()} == {
        f"trajecten_{kind}.xlsx": (None, 1, 0) for kind in READ
    }
    assert rows("SELECT datum_pip::VARCHAR FROM trajecten") == [("2024-03-01",)]
    assert not list(folder.parent.rglob("uit.txt"))


HARMFUL_CSV = [
    (people(TWO).encode("utf-16"), "UTF-16"),
    (people(TWO).encode() + b"\0\n", "geen CSV-bestand"),
    (b"PK\x03\x04" + bytes(100), "geen CSV-bestand"),
    (b"<!DOCTYPE html><html>", "webpagina"),
    ((";".join(f"k{n}" for n in range(1_000_000)) + "\n").encode(), "kolommen|langer dan"),
    ((";".join(f"k{n}" for n in range(3_000)) + "\n").encode(), "2000 kolommen"),
    ((PEOPLE + ONE + ";" + "x" * 3_000_000).encode(), "langer dan 1 MB"),
    ((PEOPLE + f'{ONE};"1990-05-17;man;0397\n' + people(TWO)[len(PEOPLE) :] * 5).encode(), "regel 2"),
    ((PEOPLE + f'{ONE};"' + "regel na regel\n" * 20_000).encode(), "regel 2"),
    (("bsn;" + '"' + "x" * 200_000 + '"\n').encode(), "kopregel"),
    (b"bsn;naam\n1;\x81\x8d\x8f\n", "tekens"),
]


def test_harmful_csvs_are_refused_with_a_sentence(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    for number, (content, _) in enumerate(HARMFUL_CSV):
        (folder / f"personen_{number}.csv").write_bytes(content)
    found = load()
    assert found.pop("personen.csv").geladen == 1
    assert {file.reden for file in found.values()} == {"BESTAND_ONLEESBAAR"}
    for number, (_, sentence) in enumerate(HARMFUL_CSV):
        told = found[f"personen_{number}.csv"].melding
        assert any(part in told for part in sentence.split("|")), (number, told)


def test_a_lone_quotation_mark_inside_a_text_is_a_sign_like_any_other(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / "gesprekken.csv").write_text(f'bsn;datum;soort\n{ONE};2024-01-02;het 5" boek\n{ONE};2024-01-03;thuis\n')
    assert load()["gesprekken.csv"].geladen == 2
    assert rows("SELECT soort FROM gesprekken ORDER BY datum") == [('het 5" boek',), ("thuis",)]


def test_what_is_no_file_is_told_and_never_waited_for(folder, load, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    os.mkfifo(folder / "uren.csv")
    (folder / "besluiten.csv").symlink_to("/dev/zero")
    (folder / "examens.csv").symlink_to(tmp_path / "nergens")
    (folder / "boekingen.csv").symlink_to("/proc/self/mem")
    (folder / "leerroutes.csv").mkdir()
    elsewhere = tmp_path / "elders.csv"
    elsewhere.write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    (folder / "trajecten.csv").symlink_to(elsewhere)
    found = load()
    assert {name: file.reden for name, file in found.items()} == {
        "personen.csv": None, "trajecten.csv": None, "uren.csv": "BESTAND_ONLEESBAAR",
        "besluiten.csv": "BESTAND_ONLEESBAAR", "examens.csv": "BESTAND_ONLEESBAAR",
        "boekingen.csv": "BESTAND_ONLEESBAAR",
    }  # fmt: skip
    assert "geen gewoon bestand" in found["uren.csv"].melding


def test_names_are_shown_without_what_could_harm(folder, load):
    (folder / "personen.csv").write_text(people(ONE))
    (folder / f"trajecten_{TWO}.csv").write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    (folder / f"trajecten_{ONE}.csv").write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    (folder / "trajecten_2020-01-09.csv").write_text(f"bsn;datum_pip\n{ONE};2024-03-01\n")
    (folder / os.fsdecode(b"trajecten_\xff\xfe.csv")).write_text("bsn\n")
    (folder / "trajecten_a\nb\x1b[31m\u202e.csv").write_text("bsn\n")
    (folder / ("trajecten_" + "x" * 240 + ".csv")).write_text("bsn\n")
    found = load()
    assert {name for name in found if len(name) < 60} == {
        "personen.csv", "trajecten_[nummer verborgen].csv", "trajecten_[nummer verborgen].csv (2)",
        "trajecten_2020-01-09.csv", "trajecten_\ufffd\ufffd.csv", "trajecten_a\ufffdb\ufffd[31m\ufffd.csv",
    }  # fmt: skip
    assert len(found) == 7
    assert sorted(file.pad.name for file in found.values() if ONE in str(file.pad) or TWO in str(file.pad)) == sorted(
        [f"trajecten_{ONE}.csv", f"trajecten_{TWO}.csv"]
    )


def test_a_file_over_the_limit_is_refused(folder, load, monkeypatch, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    with (folder / "uren.csv").open("wb") as handle:
        handle.truncate(3_000_000)
    (folder / "examens.xlsx").write_bytes(
        workbook(sheet(HEADER), extra={"a": os.urandom(2_000_000)}, packing=zipfile.ZIP_STORED)
    )
    (tmp_path / "werk").mkdir()
    (tmp_path / "werk" / "instellingen.yaml").write_text("limiet:\n  bestand_mb: 2\n")
    monkeypatch.setenv("INBURGERING_LIMIET_WERKBOEK_MB", "1")
    found = load()
    assert "groter dan 2 MB" in found["uren.csv"].melding
    assert "groter dan 1 MB" in found["examens.xlsx"].melding


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch, tmp_path):
    asleep = tmp_path / "slaapt.py"
    asleep.write_text("import time\ntime.sleep(60)\n")
    safe._READER.close()
    with monkeypatch.context() as patch:
        patch.setattr(safe, "_CHILD", asleep)
        patch.setenv("INBURGERING_LIMIET_SECONDEN", "1")
        with pytest.raises(FileRefused) as refused:
            safe.open_workbook(READ["deeply nested"])
    assert "langer dan 1 seconden" in refused.value.melding
    assert safe.open_workbook(READ["deeply nested"]).sheet_names == ["gegevens"]


MEASURE = """
import resource, sys
from pathlib import Path
import etl
from etl import safe
from etl.codes import FileRefused
from tests.etl.conftest import TERMS
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = etl.check_files([Path(name) for name in sys.argv[1:]], contracts=TERMS)
print([file.reden for file in report.bestanden], (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000)
"""


def test_huge_cells_cost_no_more_memory_than_their_file(tmp_path):
    block = b"een lange tekst zonder einde " * 40_000
    with (tmp_path / "personen.csv").open("wb") as one, (tmp_path / "trajecten.csv").open("wb") as other:
        one.write(PEOPLE.encode() + ONE.encode() + b";")
        other.write(f'bsn;datum_pip\n{ONE};"'.encode())
        for _ in range(90):
            one.write(block)
            other.write(block + b"\n")
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "personen.csv"), str(tmp_path / "trajecten.csv")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    reasons, used = said.rsplit(maxsplit=1)
    assert reasons == "['BESTAND_ONLEESBAAR', 'BESTAND_ONLEESBAAR']"
    assert int(used) < 3 * 100 + 50
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
