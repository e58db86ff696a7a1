"""Random messy deliveries: the load report equals a second, slow reading of the specification, file by file."""

import csv
import random
from datetime import date, timedelta

import pytest

import etl
from data import referentie
from tests.acceptance.intake_reference import KEYS, TABLES, judge

CONTRACTS = ["danner-b1", "danner-z"]
STANDS = {"": None, "_2024-K1": date(2024, 3, 31), "_2024-05": date(2024, 5, 31), "_2024-1": date(2024, 6, 30)}


def _fictional_bsn(number: int) -> str:
    """Nine digits in a range that is never given out, passing the elfproef."""
    stem = f"9999{number:04d}"
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), stem, strict=True))
    return stem + str(total % 11) if total % 11 < 10 else _fictional_bsn(number + 5000)


def _day(rng):
    day = date(2023, 1, 1) + timedelta(days=rng.randrange(12))
    return rng.choice([f"{day:%Y-%m-%d}", f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}"])


def _cell(rng, column, kind, extra, bsns):
    if kind == "bsn":
        return rng.choice(bsns)
    if kind == "date":
        return _day(rng)
    if kind == "month":
        return rng.choice(["2024-01", "01-2024", "2024-02"])
    if kind == "number":
        return rng.choice(["8", "8,0", "8.0", "12,5", "€ 10"])
    if kind == "list":
        value = rng.choice(sorted(extra)[:3])
        return rng.choice([value, value.upper(), f" {value} "])
    if kind == "yesno":
        return rng.choice(["ja", "N", "", "1"])
    if kind == "gemeente":
        return rng.choice(["0397", "397", "0377"])
    return rng.choice([*CONTRACTS, ""] if column == "contract" else CONTRACTS)


BAD = {
    "bsn": ["999900001", "12345", "abc"],
    "date": ["2024-02-30", "31-13-2023", "1899-12-31", "gisteren", "1-2-2023"],
    "month": ["2024-13", "januari"],
    "number": ["veel", "-1", "251", "1.23,5", "1,2,3"],
    "list": ["iets anders"],
    "yesno": ["misschien"],
    "gemeente": ["9999", "Heemstede", "00397"],
    "contract": ["onbekend-b9"],
}


def _row(rng, table, bsns):
    row = {column: _cell(rng, column, kind, extra, bsns) for column, (kind, _, extra) in TABLES[table].items()}
    if table == "uren" and not row["contract"]:
        row["contract"] = CONTRACTS[0]
    if table == "leerroutes" and rng.random() < 0.7:
        row["einde"] = row["reden_einde"] = ""
    if table == "onderdelen" and rng.random() < 0.3:
        row["resultaat"], row["einde"] = "loopt", ""
    for column, (kind, required, _) in TABLES[table].items():
        chance = rng.random()
        if chance < 0.015:
            row[column] = rng.choice(BAD[kind])
        elif chance < (0.02 if required else 0.3) and column not in ("einde", "reden_einde", "start"):
            row[column] = ""
    return row


def _delivery(rng):
    bsns = [_fictional_bsn(number) for number in range(8)]
    files = {}
    for table in TABLES:
        known = [] if table == "personen" else [_fictional_bsn(4000)]
        rows = []
        for stand in rng.sample(sorted(STANDS), k=rng.randint(1, 3)):
            mine = [_row(rng, table, bsns + known) for _ in range(rng.randint(1, 25))]
            mine += [dict(rng.choice(rows)) for _ in range(5) if rows]
            for row in rng.sample(mine, k=min(3, len(mine))):
                again = dict(row)
                free = [column for column in TABLES[table] if column not in KEYS[table]]
                again[rng.choice(free)] = rng.choice(mine)[rng.choice(free)] if rng.random() < 0.2 else ""
                mine.append(again if rng.random() < 0.5 else dict(row))
            if rng.random() < 0.3:
                mine.insert(rng.randrange(len(mine)), dict.fromkeys(TABLES[table], ""))
            rows += mine
            files[f"{table}{stand}.csv"] = (table, STANDS[stand], mine)
    return files


@pytest.mark.parametrize("seed", range(25))
def test_counts_per_file_equal_the_second_reading(seed, tmp_path, monkeypatch):
    rng = random.Random(seed)
    files = _delivery(rng)
    folder = tmp_path / "levering"
    folder.mkdir()
    for name, (table, _, rows) in files.items():
        with (folder / name).open("w", encoding=rng.choice(["utf-8", "utf-8-sig", "cp1252"]), newline="") as handle:
            columns = list(TABLES[table])
            rng.shuffle(columns)
            writer = csv.DictWriter(handle, columns, delimiter=rng.choice(";,\t"))
            writer.writeheader()
            writer.writerows(rows)
    expected = judge(files, set(CONTRACTS), set(referentie.gemeenten()["gemeentecode"]))
    monkeypatch.setenv("INBURGERING_CONFIGMAP", str(tmp_path / "configuratie"))
    terms = [etl.ContractTerm(contract, date(2022, 1, 1), date(2025, 12, 31), "kwartaal", 28) for contract in CONTRACTS]
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=terms).to_json()
    for file in report["bestanden"]:
        counts = expected[file["bestand"]]
        got = {name: file[name] for name in ("gelezen", "geladen", "identiek", "vervangen", "geweigerd")}
        assert got == {name: counts[name] for name in got}, file["bestand"]
        codes = {code: number for code, number in counts.items() if code.isupper()}
        assert file["redenen"] == codes, file["bestand"]
