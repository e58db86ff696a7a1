"""People at work on two servers with one work folder; a load and a writer are killed, a new momentopname comes.

The large version, with 50 people for five minutes, is `python -m tests.benchmarks.belasting`. What was lost must be
nothing: no request, no entry that was told to be written, no momentopname.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

import etl
from contracts import record
from dashboard.operation.audit import Audit
from tests.benchmarks.belasting import Site, run

pytestmark = [pytest.mark.xdist_group("voorbeeld"), pytest.mark.traag]
_WRITER = """
import sys; from datetime import date; from pathlib import Path
from contracts import record; from dashboard.operation.audit import Audit
folder = Path(sys.argv[1]); book, log = record.Record(folder), Audit(folder)
for number in range(10_000):
    talk = record.Gesprek(datum=date(2024, 7, 10), aanwezigen=("contractmanager",), verslag=str(number))
    print("gesprek", book.write("danner-b1", talk, wie="A").nummer, flush=True)
    print("audit", log.write("vastgelegd", "A", nummer=number)["nummer"], flush=True)
"""


@pytest.fixture
def sites(voorbeeld_werkmap, tmp_path):
    """Two servers on one work folder, and a folder of deliveries that differs in one row."""
    for name in ("werk", "configuratie"):
        shutil.copytree(voorbeeld_werkmap.parent / name, tmp_path / name)
    shutil.copytree(voorbeeld_werkmap.parent / "leveringen", tmp_path / "twee")
    changed = next((tmp_path / "twee").glob("gesprekken_2025-2*.csv"))
    changed.write_text("".join(changed.read_text().splitlines(keepends=True)[:-1]))
    for one in (tmp_path / "werk").glob("logboek*"):
        one.unlink()
    both = [Site(tmp_path, 0), Site(tmp_path, 0)]
    for one in both:
        one.start()
    yield both
    for one in both:
        if one.process is not None and one.process.poll() is None:
            one.stop()


def _killed(process: subprocess.Popen, after: float) -> None:
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)


def test_nothing_is_lost_when_things_are_killed_under_load(sites, tmp_path):
    werkmap, store = tmp_path / "werk", etl.Store(tmp_path / "werk")
    before = store.current_id()
    seen = {}

    def people(name, site):
        seen[name] = run(site.address, users=3, seconds=9, think=0.4)

    threads = [threading.Thread(target=people, args=(n, site)) for n, site in enumerate(sites)]
    for one in threads:
        one.start()
    words = [sys.executable, "-c", _WRITER, str(werkmap)]
    writer = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    _killed(sites[0].command("laad", str(tmp_path / "twee"), "--zonder-gemerkt"), after=2.5)
    assert store.current_id() == before and store.intact(before)
    begun = [writer.stdout.readline() for _ in range(14)]
    _killed(writer, after=0.0)
    sites[0].load(tmp_path / "twee")
    for one in threads:
        one.join()
    _killed(sites[1].process, after=0.0)  # a server too; the other goes on
    after = run(sites[0].address, users=2, seconds=1, think=0.1)

    assert [one["fouten"] for one in (*seen.values(), after)] == [0, 0, 0], [
        one["voorbeelden"] for one in seen.values()
    ]
    assert all(one["verzoeken"] > 9 for one in seen.values()) and sites[0].faults() == []
    assert store.current_id() not in (None, before) and store.intact(store.current_id()) and store.intact(before)
    told = [line.split() for line in (*begun, *writer.stdout.read().splitlines())]
    book = record.Record(werkmap)
    there = {("gesprek", str(one.nummer)) for one in book.entries()}
    there |= {("audit", str(one["nummer"])) for one in Audit(werkmap).entries()}
    assert len(told) > 10 and {tuple(one) for one in told if len(one) == 2} <= there
    assert book.verify() == [] and Audit(werkmap).check().fouten == []
    book.close()
    assert sites[0].stop() == 0
    assert [path.name for path in werkmap.rglob(".*") if path.name not in (".slot", ".stand")] == []


def test_a_full_and_a_closed_disk_show_figures_and_lose_nothing(voorbeeld_werkmap, tmp_path):
    """A real small disk, mounted in a name space of its own: full, then read-only, then with room again."""
    program = """
import json, os, shutil, subprocess, sys
from datetime import date
from pathlib import Path
source, disk = Path(sys.argv[1]), Path(sys.argv[2])
size = sum(path.stat().st_size // 1024 + 4 for path in source.rglob("*")) + 700
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)], check=True)
shutil.copytree(source, disk / "werk", ignore=shutil.ignore_patterns("parquet", "audit", "logboek*"))
werkmap = disk / "werk"
from contracts import record
from dashboard.app import create_app
from dashboard.operation import audit
from dashboard.operation.audit import Audit
from data import instellingen
from data.fouten import Gebruiksfout
instellingen.kies(werkmap)
client = create_app(werkmap).server.test_client()
book = record.Record(werkmap)
talk = record.Gesprek(datum=date(2024, 7, 10), aanwezigen=("contractmanager",), verslag="x" * 3000)
kept = [book.write("danner-b1", talk, wie="A").nummer]
audit("vastgelegd", "A", nummer=1)
told = {}

def attempt(name):
    told[name] = {"klaar": client.get("/klaar").status_code}
    for what, action in {
        "logboek": lambda: kept.append(book.write("danner-b1", talk, wie="A").nummer),
        "audit": lambda: audit("export", "A", cijfer="instroom"), "inloggen": lambda: audit("inloggen", "A"),
    }.items():
        try:
            action()
            told[name][what] = "gelukt"
        except Gebruiksfout as fault:
            told[name][what] = " ".join(fault.meldingen)

with (disk / "vol").open("wb", buffering=0) as handle:
    try:
        while True: handle.write(b"x" * 4096)
    except OSError: pass
for _ in range(200):  # what is left of the last block
    try: kept.append(book.write("danner-b1", talk, wie="A").nummer)
    except Gebruiksfout: break
for _ in range(200):
    try: audit("export", "A", cijfer="instroom")
    except Gebruiksfout: break
attempt("vol")
(disk / "vol").unlink()
book.close()
subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
attempt("dicht")
subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
attempt("ruimte")
told["entries"] = [one.nummer for one in book.entries()] == kept and book.verify() == []
told["keten"] = Audit(werkmap).check().fouten
print(json.dumps(told))
"""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system gives no name space for a disk of our own")
    disk = tmp_path / "schijf"
    disk.mkdir()
    words = ["unshare", "-rm", sys.executable, "-c", program, str(voorbeeld_werkmap), str(disk)]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=240, env=os.environ, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = json.loads(ran.stdout)
    for name in ("vol", "dicht"):
        assert told[name]["klaar"] == 200, told
        assert "niet te schrijven" in told[name]["logboek"] and "gebeurt daarom niet" in told[name]["audit"], told
        assert told[name]["inloggen"] == "gelukt"
    assert told["ruimte"] == {"klaar": 200, "logboek": "gelukt", "audit": "gelukt", "inloggen": "gelukt"}
    assert told["entries"] is True and told["keten"] == []
    assert "Traceback" not in ran.stderr
