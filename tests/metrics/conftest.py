"""One warehouse of seeded rows for all tests of metrics."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from warehouse import random_rows, write


@pytest.fixture(scope="session")
def rows():
    return random_rows()


@pytest.fixture(scope="session")
def snapshot(rows, tmp_path_factory):
    return write(tmp_path_factory.mktemp("warehouse") / "proef.duckdb", rows)
