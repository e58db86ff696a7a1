"""The warehouse of tests/metrics with what suppliers say of their own quality, for all tests of contracts."""

import random
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "metrics"))
sys.path.insert(0, str(Path(__file__).parent))
from warehouse import random_rows, write


def _quality(seed=3):
    dice = random.Random(seed)
    for contract in ("danner-b1", "danner-z", "vu-onderwijs"):
        for number in range(2021 * 4, 2026 * 4):
            kwartaal = f"{number // 4}-K{number % 4 + 1}"
            if dice.random() < 0.2:
                continue
            teachers = dice.randint(0, 12)
            facts = {
                "docenten": teachers, "docenten_bevoegd": dice.randint(0, teachers), "groepen": dice.randint(0, 6),
                "deelnemers_in_groepen": dice.randint(0, 80), "wachttijd_dagen": dice.uniform(5, 60),
                "keurmerk_geldig_tot": date(dice.randint(2022, 2025), dice.randint(1, 12), 28),
            }  # fmt: skip
            for name, value in facts.items():
                if dice.random() < 0.9:
                    column = "datum" if isinstance(value, date) else "waarde"
                    yield {"contract": contract, "kwartaal": kwartaal, "kenmerk": name, column: value}


@pytest.fixture(scope="session")
def rows():
    """Random rows of every table, the sheets Kwaliteit included."""
    return {**random_rows(persons=180, seed=7), "kwaliteit": list(_quality())}


@pytest.fixture(scope="session")
def snapshot(rows, tmp_path_factory):
    """These rows as a real warehouse."""
    return write(tmp_path_factory.mktemp("contracten") / "proef.duckdb", rows)
