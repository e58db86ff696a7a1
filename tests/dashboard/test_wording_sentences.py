"""A sentence for every kind in every state; the comparison against another method."""

import itertools
import math
from typing import Any

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from dashboard import wording as w

KNOWN: dict[str, dict[str, Any]] = {
    "aantal": {"aantal": 41},
    "aandeel": {"teller": 30, "noemer": 41, "waarde": 30 / 41, "laag": 0.5807, "hoog": 0.8428},
    "gemiddelde": {"waarde": 7.25, "n": 40, "laag": 6.9, "hoog": 7.6},
    "kwartielen": {"n": 40, "p25": 10.0, "p50": 14.0, "p75": 20.0},
    "incidentie": {"horizon": 730, "einde": "voldaan", "waarde": 0.42, "laag": 0.3, "hoog": 0.54, "n": 60},
    "verhouding": {"teller": 800.0, "noemer": 1000.0, "waarde": 0.8, "n": 40},
    "bedrag": {"waarde": 101000.0, "begroot": 104000.0},
}
MAIN = {"aantal": "aantal", "kwartielen": "p50"}


def changed(soort: str, state: str) -> dict[str, Any] | None:
    row = dict(KNOWN[soort])
    main = MAIN.get(soort, "waarde")
    if state == "verborgen":
        return dict.fromkeys(row, "verborgen")
    if state == "leeg":
        return {**row, main: None, "n": 0, "noemer": 0}
    if state == "niet rijp":
        return {**row, main: None}
    if state == "te weinig":
        return {**row, "n": 6, **({"teller": 4, "noemer": 6} if "noemer" in row else {})}
    return row


CASES = [
    (soort, state)
    for soort, state in itertools.product(KNOWN, ("verborgen", "leeg", "niet rijp", "te weinig", "bekend"))
    if not (state == "niet rijp" and soort not in ("incidentie", "kwartielen"))
    and not (state == "te weinig" and soort in ("aantal", "bedrag"))
]


@pytest.mark.parametrize(("soort", "state"), CASES)
@pytest.mark.parametrize("place", ["", "Heemstede"])
def test_every_kind_in_every_state_is_one_clear_text(soort: str, state: str, place: str) -> None:
    row = changed(soort, state)
    assert w.state(soort, row) == state
    text = w.sentence("iets", soort, row, titel="Iets", voor=place)
    assert text.endswith(".")
    assert "None" not in text
    assert "nan" not in text.lower().split()
    assert text.startswith(place)
    marks = {
        "verborgen": "te klein",
        "leeg": "nog niets bekend",
        "niet rijp": "nog niet te zeggen",
        "te weinig": "te weinig voor een conclusie",
    }
    assert marks.get(state, "") in text
    if state == "verborgen":
        assert not any(character.isdigit() for character in text)


def test_the_sentences_word_for_word() -> None:
    assert w.sentence("pip_op_tijd", "aandeel", KNOWN["aandeel"]) == (
        "30 van de 41 inburgeraars kregen hun plan (PIP) binnen tien weken (73%). "
        "Het echte aandeel ligt waarschijnlijk tussen 58 en 84 van de 100."
    )
    small = {"teller": 7, "noemer": 12, "waarde": 7 / 12, "laag": 0.32, "hoog": 0.8}
    assert w.sentence("pip_op_tijd", "aandeel", small) == (
        "7 van de 12 inburgeraars kregen hun plan (PIP) binnen tien weken."
    )
    assert w.sentence("instroom", "aantal", {"aantal": 41}) == "41 inburgeraars werden inburgeringsplichtig."
    assert w.sentence("tevredenheid", "gemiddelde", KNOWN["gemiddelde"]) == (
        "Het gemiddelde rapportcijfer is een 7,3 (40 antwoorden). Het ligt waarschijnlijk tussen 6,9 en 7,6."
    )
    assert w.sentence("kosten", "bedrag", KNOWN["bedrag"]) == (
        "De kosten waren € 101.000; begroot was € 104.000 (97% is besteed)."
    )
    assert w.sentence("aanwezigheid", "verhouding", KNOWN["verhouding"]) == (
        "De aanwezigheid was 80% (40 inburgeraars)."
    )


def _share(successes: int, total: int) -> dict[str, Any]:
    low, high = proportion_confint(successes, total, method="wilson")
    return {"teller": successes, "noemer": total, "waarde": successes / total, "laag": low, "hoog": high}


@pytest.mark.parametrize("first", [(30, 41), (5, 30), (90, 120), (12, 12), (0, 15)])
@pytest.mark.parametrize("second", [(10, 40), (28, 40), (60, 100), (11, 12), (1, 15)])
def test_a_change_of_a_share_agrees_with_newcombes_interval(first: tuple[int, int], second: tuple[int, int]) -> None:
    low, high = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    expected = "stijging" if low > 0 else "daling" if high < 0 else "gelijk"
    assert w.compare("aandeel", _share(*first), _share(*second))[0] == expected


@pytest.mark.parametrize("soort", list(KNOWN))
@pytest.mark.parametrize(("factor", "expected"), [(3.0, "stijging"), (1.0, "gelijk"), (1 / 3, "daling")])
def test_rise_same_and_fall_of_every_kind(soort: str, factor: float, expected: str) -> None:
    before = dict(KNOWN[soort])
    after = {
        key: value * factor if key in ("aantal", "waarde", "p50", "laag", "hoog") else value
        for key, value in before.items()
    }
    got, text = w.compare(soort, after, before, "2023")
    assert got == expected
    assert "2023" in text
    assert {"stijging": "meer", "daling": "minder", "gelijk": "evenveel"}[expected] in text


@pytest.mark.parametrize("hindrance", ["verborgen", "leeg", "niet rijp", "te weinig"])
def test_what_cannot_be_compared_says_why(hindrance: str) -> None:
    soort = "incidentie"
    state, text = w.compare(soort, KNOWN[soort], changed(soort, hindrance) or {})
    assert state == hindrance
    assert text.startswith("Vergelijken met de periode daarvoor kan niet, omdat")


def test_a_difference_within_chance_is_called_so() -> None:
    assert w.compare("aantal", {"aantal": 40}, {"aantal": 35}) == (
        "gelijk",
        "In de periode daarvoor was het 35. Dit verschil kan toeval zijn.",
    )
    assert math.sqrt(75) * 1.96 > 5  # the rule by hand


def test_a_missing_row_is_unknown() -> None:
    assert w.sentence("pip_op_tijd", "aandeel", None, titel="PIP op tijd") == "Over PIP op tijd is nog niets bekend."


def test_a_difference_that_is_no_chance_is_told_in_points() -> None:
    # 72.6% and 45.4% are shown as 73% and 45%: 28 of the 100, as who subtracts them finds
    more = w.compare("aandeel", _share(363, 500), _share(227, 500), "2023")[1]
    assert more.startswith("Dat is 28 van de 100 meer dan in 2023 (227 van de 500, 45%).")
    less = w.compare("aandeel", _share(227, 500), _share(363, 500), "2023")[1]
    assert less.startswith("Dat is 28 van de 100 minder dan in 2023 (363 van de 500, 73%).")
    few = w.compare("aandeel", _share(19, 19), _share(2, 19), "2023")[1]  # under twenty no percentages
    assert few.startswith("Dat is meer dan in 2023 (2 van de 19).")
    chance = w.compare("aandeel", _share(12, 25), _share(11, 25), "2023")[1]
    assert "van de 100" not in chance
