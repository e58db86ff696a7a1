"""Bringing a momentopname up to date gives what building it anew gives, whatever comes, goes or changes."""

import os
import random
import shutil
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import etl
from tests.acceptance.intake_reference import TABLES
from tests.acceptance.test_intake_against_reference import CONTRACTS, _delivery, _fictional_bsn
from tests.etl.conftest import people, report_book

EXAMPLES = int(os.environ.get("INBURGERING_VOORBEELDEN", "3"))  # each is four loads and three more from nothing
TERMS = [etl.ContractTerm(one, date(2022, 1, 1), date(2025, 12, 31), "kwartaal", 28) for one in CONTRACTS]


def content(snapshot):
    """Every row of every table, also of what the next load rests on."""
    with snapshot.connect() as connection:
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL"
        ).fetchall()
        return {
            table: connection.execute(f'SELECT * FROM "{schema}"."{table}" ORDER BY ALL').fetchall()
            for schema, table in tables
        }


def write_csv(path, columns, rows, rng):
    separator = rng.choice(";,\t")
    order = rng.sample(columns, len(columns))
    lines = [separator.join(order)] + [separator.join(row.get(column) or "" for column in order) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding=rng.choice(["utf-8", "utf-8-sig"]))


def write_report(path, rng, quarter, day):
    bsns = [_fictional_bsn(number) for number in [0, 1, 2, 3, 4000]]
    months = {"2024-K1": ["2024-01", "2024-02"], "2024-K2": ["2024-04"]}[quarter]
    report_book(
        path, "danner-b1", quarter, day,
        {"Deelnemers": [["bsn", "leerroute of onderdeel", "start", "einde", "reden einde", "niveau"]]
         + [[rng.choice(bsns), rng.choice(["B1", "KNM"]), f"2023-01-0{day}", "", "", ""] for day in (1, 2, 3)],
         "Uren": [["bsn", "maand", "soort", "uren gepland", "uren aanwezig"]]
         + [[rng.choice(bsns), rng.choice(months), "taal", 40, rng.choice([8, 20, 300])] for _ in range(4)],
         "Kwaliteit": [["kenmerk", "waarde"], ["docenten", rng.randint(3, 5)], ["sfeer", "goed"]],
         "Tevredenheid": [["onderdeel", "uitgenodigd", *[f"score {n}" for n in range(1, 11)]],
                          ["leerroute", rng.randint(1, 4), 0, 0, 0, 0, 0, 0, 1, 2, 0, 0]],
         "Toelichting": [[f"Nummer {rng.randint(1, 9)}"]]},
    )  # fmt: skip


def change(folder, rng):
    """One to three files come, go or become others."""
    pool = _delivery(rng)
    reports = [("2024-K1", ""), ("2024-K1", "_v2"), ("2024-K2", "")]
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        there = sorted(folder.iterdir())
        if kind < 0.3 and len(there) > 1:
            rng.choice(there).unlink()
        elif kind < 0.5:
            quarter, version = rng.choice(reports)
            day = rng.choice(["2024-04-10", "2024-05-10", "2024-06-10"])
            write_report(folder / f"rapportage_danner-b1_{quarter}{version}.xlsx", rng, quarter, day)
        elif kind < 0.6:
            name = f"tevredenheid_{rng.choice('ab')}.csv"
            (folder / name).write_text(f"onderdeel;datum;score\nMAP;2024-02-01;{rng.choice([8, 11])}\n")
        else:
            name = rng.choice(sorted(pool))
            write_csv(folder / name, list(TABLES[pool[name][0]]), pool[name][2], rng)


@settings(
    max_examples=int(os.environ.get("INBURGERING_VOORBEELDEN", "3")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9))
def test_any_row_of_changes_gives_what_building_anew_gives(seed, tmp_path, monkeypatch):
    rng = random.Random(seed)
    base = tmp_path / str(seed)
    shutil.rmtree(base, ignore_errors=True)
    folder = base / "levering"
    folder.mkdir(parents=True)
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "configuratie"))
    monkeypatch.setattr(sys.modules["etl.build"], "MOST", 100)
    for name, (table, _, rows) in _delivery(rng).items():
        write_csv(folder / name, list(TABLES[table]), rows, rng)
    grown, anew = etl.Store(base / "gegroeid"), etl.Store(base / "nieuw")
    etl.load([folder], store=grown, contracts=TERMS)
    for _ in range(3):
        change(folder, rng)
        report = etl.load([folder], store=grown, contracts=TERMS)
        shutil.rmtree(anew.werkmap, ignore_errors=True)
        expected = etl.load([folder], store=anew, contracts=TERMS)
        assert report.to_json() == expected.to_json()
        assert content(grown.current()) == content(anew.current())


@pytest.mark.parametrize("seed", range(3))
def test_looking_ahead_changes_nothing(seed, folder, tmp_path, monkeypatch):
    """A large file is looked at before it is known which others there are; here every file counts as large."""
    rng = random.Random(seed)
    for name, (table, _, rows) in _delivery(rng).items():
        write_csv(folder / name, list(TABLES[table]), rows, rng)
    bsns = [_fictional_bsn(number) for number in [0, 1, 2, 4000]]  # the last is of nobody
    for name in ("uren_x.csv", "uren_y.csv"):
        rows = [
            {"bsn": bsn, "contract": contract, "maand": month, "soort": "taal", "uren_gepland": "40",
             "uren_aanwezig": rng.choice(["8", "20"])}
            for bsn in bsns for contract in ("danner-b1", "van niemand") for month in ("2024-01", "2024-02")
            if seed == 0 or name == "uren_x.csv" or rng.random() < 0.5
        ]  # fmt: skip
        write_csv(folder / name, list(TABLES["uren"]), rows, rng)
    found = []
    for most in (-1, 10**9):
        monkeypatch.setattr(sys.modules["etl.gather"], "_LARGE", most)
        store = etl.Store(tmp_path / f"werk{most}")
        report = etl.load([folder], store=store, contracts=TERMS)
        found.append((report.to_json(), content(store.current())))
    assert found[0] == found[1]
    codes = {row[4] for row in found[0][1]["weigeringen"]}
    assert {"PERSOON_ONBEKEND", "CONTRACT_ONBEKEND"} <= codes


@pytest.mark.parametrize("loss", ["DELETE FROM uren", "UPDATE uren SET maand = '1999-01-01'"])
def test_what_is_not_what_was_put_there_is_never_published(loss, folder, tmp_path, monkeypatch):
    """The sum of the keys of a table tells, also when as many rows are there as were counted."""
    module = sys.modules["etl.load"]
    bsns = [_fictional_bsn(number) for number in range(5)]
    (folder / "personen.csv").write_text(people(*bsns))
    lines = [f"{bsn};danner-b1;2024-01;taal;40;20" for bsn in bsns]
    (folder / "uren.csv").write_text("\n".join(["bsn;contract;maand;soort;uren_gepland;uren_aanwezig", *lines]) + "\n")
    build = module.build

    def losing(connection, *arguments, **more):
        sums = build(connection, *arguments, **more)
        connection.execute(f"{loss} WHERE rij = 3")
        return sums

    monkeypatch.setattr(module, "build", losing)
    store = etl.Store(tmp_path / "werk")
    with pytest.raises(RuntimeError, match="uren does not hold"):
        etl.load([folder], store=store, contracts=TERMS)
    assert store.current() is None
    monkeypatch.setattr(module, "build", build)
    assert etl.load([folder], store=store, contracts=TERMS).bestanden[1].geladen == 5


def test_a_layout_of_its_own_and_who_reports_are_noticed(folder, tmp_path):
    layouts = tmp_path / "indelingen"
    layouts.mkdir()
    own = 'naam: zaak\nbestand: "export*.csv"\nbladen:\n  - tabel: uitkeringen\n    kop: 1\n    kolommen: '
    (layouts / "zaak.yaml").write_text(own + "{bsn: Burger, start: Vanaf}\n")
    bsns = [_fictional_bsn(number) for number in range(40)]
    lines = [f"{bsn};2023-01-01;Burger" for bsn in bsns[:3]] + ["123456789;2023-01-01;"]
    (folder / "export.csv").write_text("\n".join(["Burger;Vanaf;Tot", *lines]) + "\n")
    (folder / "personen.csv").write_text(people(*bsns))
    terms = [etl.ContractTerm("danner-b1", date(2022, 1, 1), date(2025, 12, 31), "kwartaal", 28)]
    store = etl.Store(tmp_path / "werk")

    def again(terms):
        report = etl.load([folder], store=store, contracts=terms, layouts=layouts)
        fresh = etl.Store(tmp_path / report.momentopname)
        anew = etl.load([folder], store=fresh, contracts=terms, layouts=layouts)
        assert anew.momentopname == report.momentopname
        assert report.nieuw
        assert content(store.current()) == content(fresh.current())
        return report

    file = next(one for one in again(terms).bestanden if one.indeling == "zaak")
    assert (file.gelezen, file.geweigerd) == (4, 1)
    assert [one.kolom for one in file.weigeringen] == ["Burger"]
    (folder / "uitkeringen_2.csv").write_text(f"bsn;start\n{bsns[0]};2023-01-01\n{bsns[9]};2023-02-01\n")
    file = next(one for one in again(terms).bestanden if one.indeling == "zaak")
    assert [one.kolom for one in file.weigeringen] == ["Burger"]
    (layouts / "zaak.yaml").write_text(own + "{bsn: Burger, start: Vanaf, einde: Tot}\n")
    assert next(one for one in again(terms).bestanden if one.indeling == "zaak").geweigerd == 4
    again([etl.ContractTerm("danner-b1", date(2022, 1, 1), date(2025, 12, 31), "kwartaal", 28, rapporteert=False)])


def test_an_update_that_lost_a_row_is_never_published(folder, tmp_path, monkeypatch):
    """Whatever goes wrong in an update, the momentopname that everyone opens is looked at, and built anew."""
    module = sys.modules["etl.load"]
    bsns = [_fictional_bsn(number) for number in range(40)]
    (folder / "personen.csv").write_text(people(*bsns))
    store = etl.Store(tmp_path / "werk")
    etl.load([folder], store=store, contracts=TERMS)
    update, lost = module.update, []

    def losing(connection, *arguments, **more):
        touched = update(connection, *arguments, **more)
        lost.append(connection.execute("DELETE FROM personen WHERE rij = 7").fetchone())
        return touched

    monkeypatch.setattr(sys.modules["etl.build"], "MOST", 100)
    monkeypatch.setattr(module, "update", losing)
    (folder / "uitkeringen.csv").write_text(f"bsn;start\n{bsns[0]};2023-01-01\n")
    etl.load([folder], store=store, contracts=TERMS)
    assert lost == [(1,)]
    with store.current().connect() as connection:
        assert connection.execute("SELECT count(*) FROM personen").fetchone() == (40,)
