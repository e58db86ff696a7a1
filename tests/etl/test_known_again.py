"""A delivery that the disk says is the same is not read again to know it; any change of its bytes still shows."""

import json
import os
import sys

import pytest

import etl
from tests.etl.conftest import ONE, TWO, people

CACHE, INTACT = sys.modules["etl.cache"], sys.modules["etl.intact"]


@pytest.fixture
def hashed(monkeypatch):
    """The files whose bytes were hashed; files count as settled at once."""
    found = []
    real = CACHE.look_over
    monkeypatch.setattr(CACHE, "look_over", lambda handle: (found.append(handle), real(handle))[1])
    monkeypatch.setattr(INTACT, "SETTLED", -(10**18))
    return found


def test_a_file_that_was_left_alone_is_known_without_reading_it(folder, load, rows, hashed):
    (folder / "personen.csv").write_text(people(ONE))
    load()
    assert len(hashed) == 1
    load()
    assert len(hashed) == 1
    (folder / "uitkeringen.csv").write_text(f"bsn;start\n{ONE};2024-01-01\n")
    assert load()["uitkeringen.csv"].geladen == 1
    assert len(hashed) == 2
    assert rows("SELECT count(*) FROM personen") == [(1,)]


@pytest.mark.parametrize("how", ["inside", "another"])
def test_other_bytes_of_the_same_size_and_time_are_noticed(folder, load, rows, hashed, how):
    path = folder / "personen.csv"
    path.write_text(people(ONE))
    load()
    (before,) = rows("SELECT persoon FROM personen")
    status = path.stat()
    other = people(TWO)
    assert len(other) == status.st_size
    if how == "inside":
        with path.open("r+") as handle:
            handle.write(other)
    else:
        copy = folder / "kopie"
        copy.write_text(other)
        copy.replace(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    load()
    (after,) = rows("SELECT persoon FROM personen")
    assert after != before


def test_a_file_that_was_just_written_is_read_again(folder, load, hashed, monkeypatch):
    monkeypatch.setattr(INTACT, "SETTLED", 10**15)
    (folder / "personen.csv").write_text(people(ONE))
    load()
    load()
    assert len(hashed) == 2


def test_the_card_names_no_file_and_no_number(folder, load, tmp_path, hashed):
    (folder / f"personen_{ONE}.csv").write_text(people(ONE))
    load()
    store = etl.Store(tmp_path / "werk")
    known = store.card(store.current_id())["gezien"]
    assert len(known) == 1
    assert set(json.dumps(known)) <= set('abcdefghijklmnop{}": ')
