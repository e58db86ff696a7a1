"""Every figure against the second opinion (reference.py), on random worlds, days, periods, filters and splits."""

import os
import random
from datetime import date, timedelta

import pytest
import reference
from reference_figures import FIGURES
from small_worlds import BASES, CONTRACTS, MUNICIPALITIES, OFFSETS, PARTS, small_world
from warehouse import write

import metrics
from metrics import ALLES

WORLDS = 6
VALUES = {
    "gemeente": MUNICIPALITIES,
    "doelgroep": ("asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"),
    "leerroute": ("B1", "onderwijs", "Z"),
    "contract": CONTRACTS[:3],
    "cohort": (2022, 2023, 2024),
    "geslacht": ("man", "vrouw", "x", "onbekend"),
    "leeftijd": ("<25", "25-34", "35-44", "45+"),
    "jaar": (2022, 2023, 2024),
    "kwartaal": ("2022-K1", "2023-K1", "2023-K3", "2024-K1"),
    "maand": ("2022-01", "2023-08", "2023-12", "2024-02"),
    "soort": ("taal", "participatie", "boete", "verlenging"),
    "grondslag": ("Wi2021",),
    "onderdeel": (*PARTS, "lezen", "leerroute", "PIP"),
    "budget": ("voorzieningen", "uitvoering"),
    "kostensoort": ("brugklas", "leerroute"),
    "halfjaar": ("2022-1", "2023-2"),
    "reden_einde": ("afgerond", "uitval"),
    "kenmerk": ("gelezen", "andere start"),
    "bestand": ("alles.xlsx",),
}  # fmt: skip


def test_nothing_is_left_out():
    assert set(FIGURES) == set(metrics.catalogue())


def alike(found, expected):
    """Whether two values are the same; numbers to 1e-9 of their size."""
    if isinstance(expected, float) and isinstance(found, int | float):
        return abs(found - expected) <= 1e-9 * max(1.0, abs(expected))
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(alike, found, expected))
    return found == expected and (found is None) == (expected is None)


def compare(id, snapshot, rows, question):
    [answer] = metrics.compute(id, snapshot, voor=ALLES, **question)
    expected = reference.answer(rows, id, **question)
    about = f"{id} {question}"
    assert len(answer.rijen) == len(expected), f"{about}\n{answer.rijen}\n{expected}"
    for mine, other in zip(answer.rijen, expected, strict=True):
        extra = set(mine) - set(other)
        assert not extra - ({"p25", "p75"} if id == "p50_allen" else set()), f"{about}: {extra}"
        for key, value in other.items():
            assert alike(mine[key], value), f"{about}\n{key}: {mine[key]} is not {value}\n{mine}\n{other}"


def a_question(dice, definition):
    """A peildatum on or beside what happens, sometimes a period, filters of several values, and a split."""
    day = dice.choice(BASES) + timedelta(dice.choice(OFFSETS))
    day = dice.choice((day, day, day, date(2024, 12, 31), date(2021, 12, 31), date(2030, 6, 30)))
    question = {"peildatum": day}
    if dice.random() < 0.4:
        van = dice.choice(BASES) + timedelta(dice.choice((0, 1, 70, 365)))
        question |= {"van": min(van, day), "tot": max(min(van, day), day - timedelta(dice.choice((0, 1, 90, -5))))}
    names = [name for name in definition.mogelijk if name in VALUES]
    filters = {}
    for name in dice.sample(names, min(len(names), dice.choice((0, 0, 1, 1, 2, 3)))):
        filters[name] = dice.sample(VALUES[name], dice.randint(1, min(3, len(VALUES[name]))))
    per = dice.sample(definition.mogelijk, min(len(definition.mogelijk), dice.choice((0, 1, 1, 2))))
    return question | {"filters": filters, "per": tuple(per)}


@pytest.mark.parametrize("seed", range(int(os.environ.get("WERELDEN", WORLDS))))
def test_every_figure_has_a_second_opinion(seed, tmp_path):
    dice = random.Random(1000 + seed)
    rows = small_world(seed)
    snapshot = write(tmp_path / "klein.duckdb", rows, id=f"klein-{seed}")
    for id, definition in metrics.catalogue().items():
        compare(id, snapshot, rows, {"peildatum": date(2024, 3, 31)})
        compare(id, snapshot, rows, a_question(dice, definition))


def test_a_larger_world_too(rows, snapshot):
    for id in metrics.catalogue():
        compare(id, snapshot, rows, {"peildatum": date(2024, 6, 30)})


def test_nobody_is_there(tmp_path):
    rows = {name: [] for name in small_world(1, persons=0)}
    snapshot = write(tmp_path / "leeg.duckdb", rows, id="leeg")
    for id in metrics.catalogue():
        compare(id, snapshot, rows, {"peildatum": date(2024, 3, 31)})
