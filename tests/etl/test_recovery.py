"""A load that is cut off, has no room, may not write, or meets another one: the last good momentopname stays."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import etl
from data.fouten import Gebruiksfout
from tests.etl.conftest import ONE, TERMS, TWO, fictional, people

ROOT = Path(__file__).parents[2]
LOAD = """
import resource, sys
from pathlib import Path
import etl
from tests.etl.conftest import TERMS
largest = int(sys.argv[3])
if largest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
print("begin", flush=True)
try:
    print(etl.load([Path(sys.argv[1])], store=etl.Store(Path(sys.argv[2])), contracts=TERMS).momentopname)
except Exception as fault:
    print(type(fault).__name__, fault)
    sys.exit(2)
"""
RANDOM = random.Random(2022)


def start(folder: Path, werkmap: Path, largest: int = 0) -> subprocess.Popen[str]:
    """A load in a process of its own; returns when it begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(folder), str(werkmap), str(largest)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    return process


def fill(folder: Path, count: int) -> None:
    """Deliveries of a few thousand rows."""
    bsns = [fictional(number) for number in range(count)]
    (folder / "personen.csv").write_text(people(*bsns))
    hours = "".join(f"{bsn};danner-b1;2024-{month:02};taal;40;30\n" for bsn in bsns for month in range(1, 13))
    (folder / "uren.csv").write_text("bsn;contract;maand;soort;uren_gepland;uren_aanwezig\n" + hours)
    for quarter in range(1, 5):
        (folder / f"trajecten_2024-K{quarter}.csv").write_text(
            "bsn;datum_pip\n" + "".join(f"{bsn};2024-0{quarter}-05\n" for bsn in bsns)
        )


def left(werkmap: Path) -> list[str]:
    """What lies in the work folder and is neither a momentopname, its card, a cache file, the pointer nor the lock."""
    good = {".slot", "huidig"} | {f"{id}.duckdb" for id in etl.Store(werkmap).ids()}
    return [
        path.name
        for path in werkmap.rglob("*")
        if path.is_file() and path.name not in good
        and not (path.parent.name == "cache" and path.suffix in (".json", ".parquet") and path.name[0] != ".")
    ]  # fmt: skip


def test_a_load_killed_at_any_moment_leaves_the_last_good_one(folder, tmp_path):
    store = etl.Store(tmp_path / "werk")
    (folder / "personen.csv").write_text(people(ONE))
    first = etl.load([folder], store=store, contracts=TERMS).momentopname
    fill(folder, 60)
    whole = start(folder, tmp_path / "anders")
    begun = time.monotonic()
    said, _ = whole.communicate()
    expected, lasted = said.strip(), time.monotonic() - begun
    cut = 0
    for moment in range(6):
        process = start(folder, store.werkmap)
        time.sleep(lasted * (moment + RANDOM.random()) / 6)
        os.killpg(process.pid, signal.SIGKILL)
        cut += process.wait() == -signal.SIGKILL
        assert process.stdout is not None
        process.stdout.close()
        current = store.current()
        assert current is not None
        assert current.id in (first, expected)
        with current.connect() as connection:
            assert connection.execute("SELECT count(*) FROM personen").fetchone() is not None
    assert cut
    report = etl.load([folder], store=store, contracts=TERMS)
    assert report.momentopname == expected
    assert store.current().id == expected
    assert set(store.ids()) == {first, expected}
    assert left(store.werkmap) == []


def test_leftovers_of_every_kind_are_swept(folder, load, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    werkmap = tmp_path / "werk"
    spill = werkmap / "momentopnamen" / ".abc.duckdb.tmp"
    spill.mkdir()
    (spill / "duckdb_temp_block").write_bytes(b"x")
    (werkmap / "momentopnamen" / ".abc.duckdb").write_bytes(b"half")
    (werkmap / "cache" / ".abc-0.parquet-12").write_bytes(b"half")
    (werkmap / ".huidig-12").write_text("abc")
    load()
    assert left(werkmap) == []
    assert not spill.exists()


@pytest.mark.parametrize("largest", [2_000, 300_000])
def test_a_full_disk_is_told_and_changes_nothing(folder, load, tmp_path, largest):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    store = etl.Store(tmp_path / "werk")
    first = store.current().id
    fill(folder, 40)
    process = start(folder, store.werkmap, largest)
    said, _ = process.communicate()
    assert process.returncode == 2, said
    assert said.startswith("Gebruiksfout De schijf van")
    assert "vol" in said
    assert store.current().id == first
    assert load()["personen.csv"].geladen == 40
    assert left(store.werkmap) == []


def test_a_disk_that_is_really_full_is_told_and_a_rerun_repairs_all(folder, load, tmp_path):
    werkmap = tmp_path / "werk"
    werkmap.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", werkmap]
    if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("a disk of a size of our own takes an administrator")
    try:
        store = etl.Store(werkmap)
        fill(folder, 60)
        (werkmap / "vulling").write_bytes(bytes(63_000_000))  # while the first files are read, a build is under way
        with pytest.raises(Gebruiksfout, match="vol"):
            load()
        (werkmap / "vulling").unlink()
        assert store.current() is None
        assert left(werkmap) == []
        for path in folder.iterdir():
            path.unlink()
        (folder / "personen.csv").write_text(people(ONE))
        load()
        first = store.current().id
        fill(folder, 40)
        for room in (0, 100_000, 600_000, 1_500_000):  # full while caching, while building, while writing out
            with (werkmap / "vulling").open("wb") as filler:
                free = os.statvfs(werkmap).f_bavail * os.statvfs(werkmap).f_frsize
                filler.write(bytes(max(free - room, 0)))
            with pytest.raises(Gebruiksfout, match="vol"):
                load()
            (werkmap / "vulling").unlink()
            assert store.current().id == first
            assert left(werkmap) == []
            with store.current().connect() as connection:
                assert connection.execute("SELECT count(*) FROM personen").fetchone() == (1,)
        assert load()["personen.csv"].geladen == 40
        assert store.current().id != first
        assert left(werkmap) == []
    finally:
        subprocess.run(["umount", werkmap], check=True)


def test_a_work_folder_that_may_not_be_written_still_reads(folder, load, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    werkmap = tmp_path / "werk"
    werkmap.mkdir()
    mounted = os.geteuid() == 0
    if mounted and subprocess.run(["mount", "-t", "tmpfs", "tmpfs", werkmap], check=False).returncode:
        pytest.skip("this machine closes no folder for its administrator")
    try:
        load()
        (folder / "personen.csv").write_text(people(ONE, TWO))
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", werkmap], check=True)
        else:
            for path in (werkmap, *werkmap.rglob("*")):
                path.chmod(0o555 if path.is_dir() else 0o444)
        with pytest.raises(Gebruiksfout, match="mag niet worden geschreven"):
            load()
        with pytest.raises(Gebruiksfout, match="mag niet worden geschreven"):
            etl.Store(werkmap).switch(etl.Store(werkmap).current().id)
        with etl.Store(werkmap).current().connect() as connection:
            assert connection.execute("SELECT count(*) FROM personen").fetchone() == (1,)
        assert len(etl.Store(werkmap).snapshots()) == 1
    finally:
        if mounted:
            subprocess.run(["umount", werkmap], check=True)
        else:
            for path in (werkmap, *werkmap.rglob("*")):
                path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_second_load_waits_and_then_says_who_is_busy(folder, load, tmp_path, monkeypatch):
    (folder / "personen.csv").write_text(people(ONE))
    store = etl.Store(tmp_path / "werk")
    monkeypatch.setenv("INBURGERING_LIMIET_WACHTEN", "1")
    told: list[str] = []
    with store.lock():
        process = start(folder, store.werkmap)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 2
        assert f"proces {os.getpid()}, sinds" in said
        monkeypatch.setenv("INBURGERING_LIMIET_WACHTEN", "60")
        waiting = start(folder, store.werkmap)
        with pytest.raises(Gebruiksfout, match=f"proces {os.getpid()}"):
            monkeypatch.setenv("INBURGERING_LIMIET_WACHTEN", "0")
            with etl.Store(store.werkmap).lock(lambda step, part: told.append(step)):
                pass
        assert waiting.poll() is None
    said, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert said.strip() == store.current().id


def test_a_load_that_is_interrupted_leaves_nothing(folder, load, tmp_path):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    store = etl.Store(tmp_path / "werk")
    first = store.current().id
    fill(folder, 100)
    command = [sys.executable, "-m", "dashboard", "laad", str(folder), "--werkmap", str(store.werkmap)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while "Lezen" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.strip().splitlines()[-1] == "Gestopt."
    assert "Traceback" not in err
    assert store.current().id == first
    load()
    assert left(store.werkmap) == []
