"""Measure loading: ratios within one run, against what DuckDB itself needs to load the same files as text.

    .venv/bin/python -m tests.benchmarks.laden --personen 100000 [--map MAP] [--een-bestand] [--herhaal 3]

Each step runs in a process of its own, so that its peak of memory is its own. Files are written once to MAP (default: a
temporary folder, removed afterwards) and read once before the first step, so that all steps find them in memory.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

import etl
from tests.benchmarks import leveringen

TERMS = [
    etl.ContractTerm(contract, date(2022, 1, 1), date(2026, 12, 31), "kwartaal", 28)
    for contract in leveringen.CONTRACTS
]
_WORDS = {
    "tekst": "DuckDB, alles als tekst", "laden": "laden, alles nieuw", "zelfde": "laden, niets veranderd",
    "erbij": "laden, een bestand erbij",
}  # fmt: skip


def text_load(folder: Path, target: Path) -> None:
    """What DuckDB needs for the same files: one table per kind, every column as text."""
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as connection:
        for table in sorted({path.name.split("_")[0] for path in folder.glob("*.csv")}):
            files = [str(path) for path in sorted(folder.glob(f"{table}_*.csv"))]
            connection.execute(
                f"CREATE TABLE {table} AS SELECT * FROM read_csv(?, all_varchar = true, union_by_name = true)", [files]
            )


def step(name: str, folder: Path, work: Path) -> dict[str, float]:
    """One step in this process: seconds by the clock, seconds of processor, peak of memory in GB, rows."""
    started, used = time.perf_counter(), time.process_time()
    rows = 0
    if name == "tekst":
        text_load(folder, work / "tekst.duckdb")
    else:
        report = etl.load([folder], store=etl.Store(work / "werk"), contracts=TERMS)
        rows = sum(file.gelezen for file in report.bestanden)
    return {
        "klok": time.perf_counter() - started,
        "processor": time.process_time() - used,
        "geheugen": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "rijen": rows,
    }


def _apart(name: str, folder: Path, work: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.laden", "--stap", name, "--map", str(folder), "--werk", str(work)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def _once(folder: Path, work: Path, persons: int) -> dict[str, dict[str, float]]:
    found = {"tekst": _apart("tekst", folder, work)}
    (work / "tekst.duckdb").unlink()
    shutil.rmtree(work / "werk", ignore_errors=True)
    for name in ("laden", "zelfde", "erbij"):
        if name == "erbij":
            leveringen.write_added(folder, persons)
        found[name] = _apart(name, folder, work)
    (folder / leveringen.ADDED).unlink()
    return found


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Meet hoe snel het laden gaat.")
    parser.add_argument("--personen", type=int, default=100_000)
    parser.add_argument("--map", type=Path)
    parser.add_argument("--een-bestand", action="store_true", help="alle uren in één bestand")
    parser.add_argument("--herhaal", type=int, default=1, help="de snelste van zoveel keer telt")
    parser.add_argument("--stap", choices=list(_WORDS), help=argparse.SUPPRESS)
    parser.add_argument("--werk", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stap:
        print(json.dumps(step(given.stap, given.map, given.werk)))
        return
    with tempfile.TemporaryDirectory(prefix="snelheid-") as temporary:
        folder, work = given.map or Path(temporary) / "leveringen", Path(temporary)
        os.environ["INBURGERING_CONFIGMAP"] = str(work / "configuratie")
        if not folder.is_dir() or not any(folder.iterdir()):
            leveringen.write(folder, given.personen, one_file=given.een_bestand)
        (folder / leveringen.ADDED).unlink(missing_ok=True)
        size = sum(len(path.read_bytes()) for path in folder.glob("*.csv")) / 1e9
        runs = [_once(folder, work, given.personen) for _ in range(given.herhaal)]
    best = {name: min((run[name] for run in runs), key=lambda one: one["klok"]) for name in _WORDS}
    rows = best["laden"]["rijen"]
    print(f"{given.personen} personen, {rows:.0f} rijen, {size:.2f} GB CSV, {os.cpu_count()} processoren\n")
    print("| stap | klok | × tekst | processor | × tekst | % van alles nieuw | geheugen |")
    print("|---|---|---|---|---|---|---|")
    text, full = best["tekst"], best["laden"]
    for name, one in best.items():
        part = "" if name in ("tekst", "laden") else f"{100 * one['klok'] / full['klok']:.1f} %"
        print(
            f"| {_WORDS[name]} | {one['klok']:.2f} s | {one['klok'] / text['klok']:.2f} | {one['processor']:.2f} s | "
            f"{one['processor'] / text['processor']:.2f} | {part} | {one['geheugen']:.2f} GB |"
        )


if __name__ == "__main__":
    main()
