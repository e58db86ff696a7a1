"""The publication guard against an auditor of its own: integer programmes over the finest groups that exist."""

import itertools
from datetime import date

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from warehouse import random_rows, write

import metrics
from data.fouten import Gebruiksfout
from metrics import ALLES, VERBORGEN, Bevoegdheid

P = date(2024, 6, 30)
DIMS = ("gemeente", "doelgroep", "jaar")


@pytest.fixture(scope="module", params=[1, 3])
def town(request, tmp_path_factory):
    """A small town: nearly every cell of a table is small."""
    path = tmp_path_factory.mktemp("town") / "town.duckdb"
    return write(path, random_rows(60 + 50 * request.param, seed=request.param), id=f"town{request.param}")


def _ask(id, snapshot, splits, **words):
    return [
        metrics.compute(id, snapshot, voor=ALLES, peildatum=P, per=per, **words)[0] for per in splits
    ]  # fmt: skip


def _counts(row):
    return [row["aantal"]] if "aantal" in row else [row["teller"], row["noemer"]]


def _pinned(exact, published):
    """Hidden counts that a reader can derive exactly, knowing everything that is shown."""
    names = exact[-1].dims  # the finest split comes last
    atoms = sorted({tuple(row[name] for name in names) for row in exact[-1].rijen}, key=str)
    place = {atom: number for number, atom in enumerate(atoms)}
    measures = 1 if "aantal" in exact[0].rijen[0] else 2
    size = len(atoms) * measures  # per atom: the count, or the numerator and the complement
    rows, values, hidden = [], [], []
    for answer, shown in zip(exact, published, strict=True):
        for true, row in zip(answer.rijen, shown.rijen, strict=True):
            mine = [
                place[atom]
                for atom in atoms
                if all(true[name] == value for name, value in zip(names, atom, strict=True) if name in answer.dims)
            ]
            for which in range(measures):
                line = np.zeros(size)
                for part in range(which + 1) if which else [0]:
                    line[[atom * measures + part for atom in mine]] = 1
                if _counts(row)[which] is VERBORGEN:
                    hidden.append((answer.per, row, line, _counts(true)[which]))
                else:
                    rows.append(line)
                    values.append(_counts(row)[which])
    limits = [LinearConstraint(np.array([line]), value, value) for line, value in zip(rows, values, strict=True)]
    found = []
    for per, row, line, true in hidden:
        ends = [
            milp(sign * line, constraints=limits, integrality=np.ones(size), bounds=Bounds(0, np.inf))
            for sign in (1, -1)
        ]
        low, high = (end.fun if end.status == 0 else None for end in ends)
        if low is not None and high is not None and -high - low < 0.5:
            found.append((per, row, true))
    return found


@pytest.mark.parametrize("id", ["instroom", "pip_op_tijd", "toets_op_tijd"])
def test_no_hidden_count_can_be_derived(town, id):
    splits = [per for length in range(4) for per in itertools.combinations(DIMS, length)]
    exact = _ask(id, town, splits)
    published = metrics.publish(exact)
    assert any(value is VERBORGEN for answer in published for row in answer.rijen for value in row.values())
    assert _pinned(exact, published) == []


def test_own_dimensions_are_audited_too(town):
    exact = _ask("uitstroom", town, [(), ("jaar",), ("gemeente",), ("gemeente", "jaar")])
    assert _pinned(exact, metrics.publish(exact)) == []


def test_filtered_answers_are_weighed_with_the_rest(town):
    """All, without one group, and that group by year: no way round."""
    exact = _ask("instroom", town, [("gemeente", "jaar"), ("jaar",), ("gemeente",), ()])
    some = _ask("instroom", town, [("jaar",), ()], filters={"gemeente": ["0377", "0392"]})
    published = metrics.publish([*exact, *some])
    by_place, by_some = published[0].rijen, {row["jaar"]: row["aantal"] for row in published[4].rijen}
    totals = {row["jaar"]: row["aantal"] for row in published[1].rijen}
    for row in by_place:
        if row["gemeente"] == "0397" and row["aantal"] is VERBORGEN:
            assert totals[row["jaar"]] is VERBORGEN or by_some.get(row["jaar"], 0) is VERBORGEN


def test_a_division_hides_never_one_part_alone(town):
    [answer] = metrics.publish(_ask("routeverdeling", town, [("gemeente", "doelgroep")]))
    groups = {}
    for row in answer.rijen:
        groups.setdefault((row["gemeente"], row["doelgroep"]), []).append(row)
    for rows in groups.values():
        hidden = [row for row in rows if row["teller"] is VERBORGEN]
        assert len(hidden) != 1 or all(row["noemer"] is VERBORGEN for row in rows)


def test_small_counts_are_never_shown(town):
    for id in ("instroom", "uitstroom", "pip_op_tijd", "leerroute_geslaagd", "tevredenheid", "aanwezigheid"):
        per = ["kwartaal"] if id == "tevredenheid" else ["doelgroep", "jaar"]
        [answer] = metrics.publish(_ask(id, town, [per]))
        for row in answer.rijen:
            counts = [row[key] for key in ("aantal", "teller", "noemer", "n") if isinstance(row.get(key), int)]
            if "teller" in row and isinstance(row["teller"], int):
                counts.append(row["noemer"] - row["teller"])
            if answer.definition.soort != "verhouding":
                assert not [count for count in counts if 0 < count < 5], (id, row)
            if row.get("n") is VERBORGEN or row.get("noemer") is VERBORGEN:
                assert all(row[key] is VERBORGEN for key in ("waarde", "teller") if key in row)


def test_a_difference_is_a_group_too(town):
    """All, and all but one group: what is left is derived, so when it is small one of the two is hidden."""
    [parts] = _ask("instroom", town, [("doelgroep", "gemeente")])
    few = min(parts.rijen, key=lambda row: row["aantal"])
    assert few["aantal"] < 5
    places = {"gemeente": [few["gemeente"]]}
    others = [row["doelgroep"] for row in parts.rijen if row["gemeente"] == few["gemeente"] and row is not few]
    total = _ask("instroom", town, [()], filters=places)
    rest = _ask("instroom", town, [()], filters={**places, "doelgroep": others})
    shown = metrics.publish([*total, *rest])
    assert sum(answer.rijen[0]["aantal"] is VERBORGEN for answer in shown) >= 1


def test_a_year_as_a_period_is_the_year_as_a_row(town):
    [by_year] = _ask("instroom", town, [("jaar", "doelgroep")])
    [one_year] = _ask("instroom", town, [("doelgroep",)], van=date(2023, 1, 1), tot=date(2023, 12, 31))
    rows, year = metrics.publish([by_year, one_year])
    seen = {row["doelgroep"]: row["aantal"] for row in rows.rijen if row["jaar"] == 2023}
    assert {row["doelgroep"]: row["aantal"] for row in year.rijen} == seen


def test_a_percentage_of_few_is_not_published(town):
    answers = metrics.publish(_ask("pip_op_tijd", town, [("doelgroep",), ("gemeente", "geslacht"), ()]))
    few = [row for answer in answers for row in answer.rijen if isinstance(row["noemer"], int) and row["noemer"] < 20]
    assert few
    assert all(row[key] is VERBORGEN for row in few for key in ("waarde", "laag", "hoog"))


def test_what_is_not_about_people_passes(snapshot):
    for id in ("kosten", "rapportage_op_tijd", "gegevenskwaliteit"):
        exact = metrics.compute(id, snapshot, voor=ALLES)
        assert metrics.publish(exact)[0].rijen == exact[0].rijen


def test_who_may_not_see_exact_figures_sees_published_ones(town):
    asked = {"peildatum": P, "per": ("doelgroep", "jaar")}
    [mine] = metrics.compute("instroom", town, voor=Bevoegdheid(None, exact=False), **asked)
    assert mine.rijen == metrics.publish(metrics.compute("instroom", town, voor=ALLES, **asked))[0].rijen
    assert "verborgen" in [row["aantal"] for row in mine.to_json()["rijen"]]
    with pytest.raises(Gebruiksfout, match="gepubliceerde"):
        metrics.persons("instroom", town, voor=Bevoegdheid(None, exact=False))


def test_the_guard_changes_nothing_in_what_it_was_given(town):
    exact = _ask("instroom", town, [("doelgroep", "jaar")])
    before = [dict(row) for row in exact[0].rijen]
    metrics.publish(exact)
    assert exact[0].rijen == before


def test_ends_of_few_are_hidden_and_not_alone(snapshot):
    [answer] = metrics.publish(_ask("voldaan_binnen", snapshot, [("doelgroep",)]))
    days = {}
    for row in answer.rijen:
        days.setdefault((row["doelgroep"], row["horizon"]), []).append(row)
    for rows in days.values():
        assert sum(row["waarde"] is VERBORGEN for row in rows) != 1
        for row in rows:
            if isinstance(row["waarde"], float) and row["waarde"] > 0:
                assert row["waarde"] * row["n"] >= 5 - 1e-9
