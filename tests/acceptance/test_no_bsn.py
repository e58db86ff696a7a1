"""A BSN in every place where one could stand, and then a search for it in every byte that was written or printed."""

import io
import os
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest
import xlsxwriter

PLACES = (
    "personen", "getal", "nul verloren", "punten", "spaties", "lopende tekst", "kop", "bladnaam", "bestandsnaam",
    "verkeerde kolom", "bedrag", "kenmerk", "kenmerkwaarde", "boekstuk", "instantie", "gesprek", "contract",
    "contract van rapportage", "toelichting", "opgesteld door", "geweigerd", "ongeldig", "webpagina", "mapnaam",
    "score", "gemeentecode", "dubbel", "onbekend bestand", "zonder personen", "map",
)  # fmt: skip
PEOPLE = "bsn;geboortedatum;geslacht;gemeentecode;doelgroep;datum_plichtig;mutatiedatum"


def _fictional(count: int) -> list[str]:
    """Numbers that pass the elfproef, in a series that was never given out; one of them with a zero in front."""
    found = []
    stem = 99_970_000
    while len(found) < count:
        stem += 7
        digits = f"{stem:08d}" if len(found) != PLACES.index("nul verloren") else f"0{stem - 90_000_000:07d}"
        check = sum(int(d) * w for d, w in zip(digits, range(9, 1, -1), strict=True)) % 11
        if check < 10 and (digits + str(check))[1] != "0":
            found.append(digits + str(check))
    return found


BSN = dict(zip(PLACES, _fictional(len(PLACES)), strict=True))


def _person(bsn: str) -> str:
    return f"{bsn};1990-05-17;man;0397;asielstatushouder;2024-01-10;2024-01-10\n"


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()


def _deliver(folder: Path) -> None:
    b = BSN
    inside = folder / f"dossier {b['mapnaam']}"
    inside.mkdir(parents=True)
    known = [b["personen"], b["dubbel"]]
    (folder / "personen.csv").write_text(
        f"{PEOPLE};cliënt {b['kop']}\n" + "".join(_person(one) for one in known)
        + _person(b["geweigerd"]).replace("1990-05-17", "gisteren") + _person(b["ongeldig"] + "0")
        + _person(b["dubbel"]).replace("man", "vrouw")
    )  # fmt: skip
    _book(folder / f"personen_{b['bestandsnaam']}.xlsx", {b["bladnaam"]: [
        PEOPLE.split(";"), [int(b["getal"]), "1991-01-02", "man", 397, "nareiziger", "2024-01-10", "2024-01-10"],
        [int(b["nul verloren"]), "1991-01-02", "man", 397, "nareiziger", "2024-01-10", "2024-01-10"],
    ]})  # fmt: skip
    head = "boekstuk;datum;gemeentecode;budget;kostensoort;contract;bedrag\n"
    line = "{};2024-01-02;{};uitvoering;tolk;{};{}\n"
    (folder / "boekingen.csv").write_text(
        head + line.format(f"F{b['boekstuk']}", "0397", "", 100) + line.format("F1", "0397", "", b["bedrag"])
        + line.format("F2", b["gemeentecode"], "", 5) + line.format("F3", "0397", f"b1-{b['contract']}", 5)
    )  # fmt: skip
    (folder / "gesprekken.csv").write_text(
        f"bsn;datum;soort\n{b['personen']};2024-01-02;met {b['gesprek']}\n{b['personen']};2024-01-03;"
        f'"{b["punten"][:3]}.{b["punten"][3:6]}.{b["punten"][6:]} en {b["spaties"][:4]} {b["spaties"][4:6]} '
        f'{b["spaties"][6:]} zijn\nnegen cijfers, {b["lopende tekst"]}."\n{b["zonder personen"]};2024-01-02;thuis\n'
    )
    (folder / "besluiten.csv").write_text(
        "bsn;datum;soort;grondslag;maanden;instantie\n"
        f"{b['personen']};2024-01-02;waarschuwing;Wi2021;;DUO {b['instantie']}\n"
        f"{b['personen']};2024-01-03;{b['verkeerde kolom']};Wi2021;;\n"
    )
    hours = ["bsn", "maand", "soort", "uren gepland", "uren aanwezig"]
    _book(folder / "rapportage_danner-b1_2024-K1.xlsx", {
        "Voorblad": [["Contract", "danner-b1"], ["Kwartaal", "2024-K1"], ["Datum", "2024-04-05"],
                     ["Opgesteld door", f"J. ({b['opgesteld door']})"]],
        "Uren": [hours, [b["personen"], "2024-02", "taal", 4, int(b["verkeerde kolom"])]],
        "Kwaliteit": [["kenmerk", "waarde"], [f"cliënt {b['kenmerk']}", 3], ["klachten", int(b["kenmerkwaarde"])],
                      ["sfeer", f"goed, zegt {b['kenmerkwaarde']}"]],
        "Tevredenheid": [["onderdeel", "uitgenodigd", "score 1"], ["MAP", int(b["score"]), int(b["score"])]],
        "Toelichting": [[f"Bel {b['toelichting']}."], [int(b["toelichting"])], [f"{int(b['toelichting'])}.0"]],
    })  # fmt: skip
    (folder / f"rapportage_{b['contract van rapportage']}_2024-K1.xlsx").write_bytes(
        (folder / "rapportage_danner-b1_2024-K1.xlsx").read_bytes()
    )
    (inside / f"zomaar {b['onbekend bestand']}.csv").write_text(f"{b['onbekend bestand']};x\n1;2\n")
    (folder / "uren.csv").write_text(f"<!DOCTYPE html><p>{b['webpagina']}</p>")


def _run(folder: Path, *words: str, code: int = 0) -> str:
    environment = {
        **os.environ,
        "INBURGERING_CONFIGMAP": str(folder / "configuratie"),
        "TMPDIR": str(folder / "tijdelijk"),
    }
    for name in ("INBURGERING_WERKMAP", "INBURGERING_SLEUTEL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "dashboard", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The folder in which everything was loaded, and all that was printed."""
    folder = tmp_path_factory.mktemp("nergens")
    (folder / "tijdelijk").mkdir()
    _deliver(folder / "levering" / BSN["map"])
    printed = "".join(
        [
            _run(folder, "laad", f"levering/{BSN['map']}"),
            _run(folder, "laad", f"levering/{BSN['map']}", "--formaat", "json", "--terug", "terug"),
            _run(folder, "controleer", *map(str, (folder / "levering").rglob("*.*")), "--formaat", "json"),
            _run(folder, "momentopnamen"),
            _run(folder, "opruimen"),
            _run(folder, "sleutel"),
        ]
    )  # fmt: skip
    return folder, printed


def _hits(text: str) -> set[str]:
    """The BSNs in a text, whole, divided, or without their zero."""
    bare = re.sub(r"[ .\-_/]", "", text)
    return {
        place for place, bsn in BSN.items()
        if bsn in text or bsn in bare or re.search(rf"(?<!\d){int(bsn)}(?!\d)", text)
    }  # fmt: skip


def _hits_in_bytes(content: bytes) -> set[str]:
    found = set()
    for place, bsn in BSN.items():
        number = int(bsn)
        forms = [str(number).encode(), str(number).encode("utf-16-le")]
        forms += [struct.pack(form, number) for form in ("<q", ">q", "<d", ">d")]
        found |= {place for form in forms if form in content}
    return found


def test_everything_was_loaded_or_refused_as_it_should(loaded):
    folder, printed = loaded
    assert "[nummer verborgen]" in printed
    pointer = (folder / "werk" / "huidig").read_text().strip()
    with duckdb.connect(str(folder / "werk" / "momentopnamen" / f"{pointer}.duckdb"), read_only=True) as connection:
        counts = dict(connection.execute("SELECT bestand, geladen FROM leveringen").fetchall())
        assert counts["personen.csv"] == 1
        assert counts["personen_[nummer verborgen].xlsx"] == 2
        assert counts["gesprekken.csv"] == 2
        codes = connection.execute("SELECT DISTINCT code FROM weigeringen ORDER BY code").fetchall()
        assert [code for (code,) in codes] == [
            "BSN_ONGELDIG", "BUITEN_BEREIK", "CONTRACT_ONBEKEND", "DATUM_ONGELDIG", "DUBBEL_STRIJDIG",
            "GEMEENTE_ONBEKEND", "PERSOON_ONBEKEND", "WAARDE_ONBEKEND",
        ]  # fmt: skip


def test_no_bsn_is_printed(loaded):
    assert _hits(loaded[1].replace(f"levering/{BSN['map']}", "")) == set()


def test_no_bsn_is_in_any_name_or_byte_of_the_work_folder(loaded):
    folder, _ = loaded
    searched = 0
    for root in ("werk", "tijdelijk", "configuratie"):
        for path in (folder / root).rglob("*"):
            assert _hits(path.name) == set(), path.name
            if path.is_file():
                searched += 1
                assert _hits_in_bytes(path.read_bytes()) == set(), path.name
    assert searched > 15
    assert list((folder / "tijdelijk").iterdir()) == []


TABLES = "SELECT schema_name || '.' || table_name FROM duckdb_tables()"


def test_no_bsn_is_in_any_table_or_column(loaded):
    folder, _ = loaded
    numbers = {int(bsn) for bsn in BSN.values()}
    tables = []
    for path in (folder / "werk").rglob("*.duckdb"):
        with duckdb.connect(str(path), read_only=True) as connection:
            names = [name for (name,) in connection.execute(TABLES).fetchall()]
            tables += [(f"{path.name} {name}", connection.execute(f"FROM {name}").fetchall()) for name in names]
    tables += [(path.name, pl.read_parquet(path).rows()) for path in (folder / "werk").rglob("*.parquet")]
    assert len(tables) > 30
    for where, rows in tables:
        assert _hits(repr(rows)) == set(), where
        assert not {abs(value) for row in rows for value in row if isinstance(value, int | float)} & numbers, where


def test_a_marked_copy_adds_no_bsn_to_what_it_held(loaded):
    folder, _ = loaded
    copies = list((folder / "terug").rglob("*.xlsx"))
    assert copies
    for path in copies:
        assert _hits(path.name) == set()
        book = openpyxl.load_workbook(path)
        said = [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
        said += [str(row[-1].value) for sheet in book for row in sheet.iter_rows(min_row=2)]
        assert said
        comments = "\n".join(text for text in said if text.startswith(("De ", "Dit ", "Er ", "Het ")))
        assert _hits(comments) == set()
        assert zipfile.is_zipfile(io.BytesIO(path.read_bytes()))
