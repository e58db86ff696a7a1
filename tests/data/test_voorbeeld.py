"""The example deliveries: the same seed gives the same bytes, and nothing in them can be a real person."""

import hashlib
import random

import pytest

from data import voorbeeld
from data.fouten import Gebruiksfout
from data.voorbeeld.levensloop import bsns


def _bytes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path):
    for name, seed in (("een", 7), ("twee", 7), ("drie", 8)):
        voorbeeld.write(tmp_path / name, personen=60, zaad=seed)
    assert _bytes(tmp_path / "een") == _bytes(tmp_path / "twee")
    assert _bytes(tmp_path / "een") != _bytes(tmp_path / "drie")


def test_bsns_are_fictional_distinct_and_pass_the_elfproef():
    found = bsns(3000, random.Random(1))
    assert len(set(found)) == 3000
    for bsn in found:
        assert bsn.startswith("9999")
        assert (sum(int(d) * w for d, w in zip(bsn[:8], range(9, 1, -1), strict=True)) - int(bsn[8])) % 11 == 0


def test_files_of_another_kind_are_never_overwritten(tmp_path):
    (tmp_path / "eigen.csv").write_text("belangrijk")
    with pytest.raises(Gebruiksfout, match="geen voorbeeld"):
        voorbeeld.write(tmp_path, personen=5)
    assert (tmp_path / "eigen.csv").read_text() == "belangrijk"
