"""Every branch of the sentences of a report: rise, fall, same, too few, not ripe, hidden; expected words by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

import metrics
from dashboard.report import said
from dashboard.report.said import BAD, GOOD, PLAIN, UNKNOWN, UNSURE, Limit

HIDDEN = metrics.VERBORGEN


def answer(id, rows, per=(), van=date(2022, 1, 1), tot=date(2025, 12, 31)):
    return metrics.Answer(id, metrics.catalogue()[id], tot, van, tot, "m", {}, per, rows)


def share(teller, noemer, **more):
    low, high = metrics.wilson(teller, noemer)
    return {"teller": teller, "noemer": noemer, "waarde": teller / noemer, "laag": low, "hoog": high, **more}


@pytest.mark.parametrize(
    ("row", "limit", "status", "certain"),
    [
        (share(190, 200), Limit(0.8, "onder"), GOOD, "Zeker: ook met toeval"),  # Wilson 91-97
        (share(120, 200), Limit(0.8, "onder"), BAD, "niet"),  # Wilson 53-67
        (share(160, 200), Limit(0.8, "onder"), UNSURE, "Niet zeker"),
        (share(10, 200), Limit(0.2, "boven"), GOOD, "Zeker"),
        (share(100, 200), Limit(0.2, "boven"), BAD, "Zeker"),
        (share(40, 200), Limit(0.2, "boven"), UNSURE, "Niet zeker"),
        (share(120, 200), None, PLAIN, "geen grens afgesproken"),
        (share(4, 9), Limit(0.8, "onder"), UNKNOWN, "te weinig mensen"),
        ({"teller": HIDDEN, "noemer": 12, "waarde": HIDDEN}, Limit(0.8, "onder"), UNKNOWN, "te klein"),
        ({"teller": 0, "noemer": 0, "waarde": None}, Limit(0.8, "onder"), UNKNOWN, "geen gegevens"),
        (None, Limit(0.8, "onder"), UNKNOWN, "geen gegevens"),
    ],
)
def test_a_conclusion_is_only_sure_when_its_whole_interval_is(row, limit, status, certain):
    assert said.status("aandeel", row, limit) == status
    assert certain in said.certainty("aandeel", row, limit)


def test_a_limit_without_an_interval_is_never_sure():
    assert said.status("verhouding", {"waarde": 0.9, "n": 50}, Limit(0.8, "onder")) == UNSURE


def test_what_is_not_ripe_is_neither_good_nor_bad():
    row = {"horizon": 1095, "einde": "voldaan", "waarde": None, "n": 40, "laag": None, "hoog": None}
    assert said.status("incidentie", row, Limit(0.5, "onder")) == UNKNOWN
    assert "lang genoeg gevolgd" in said.certainty("incidentie", row, None)


@pytest.mark.parametrize(
    ("now", "before", "state", "words"),
    [
        (share(150, 200), share(90, 200), "stijging", "groter dan toeval"),
        (share(90, 200), share(150, 200), "daling", "groter dan toeval"),
        (share(102, 200), share(98, 200), "gelijk", "kan toeval zijn"),
        (share(100, 200), share(100, 200), "gelijk", "evenveel"),
        (share(3, 7), share(100, 200), "te weinig", "te weinig mensen"),
        ({"teller": HIDDEN, "noemer": 12, "waarde": HIDDEN}, share(100, 200), "verborgen", "te klein is om te tonen"),
        ({"teller": 0, "noemer": 0, "waarde": None}, share(100, 200), "leeg", "niets bekend"),
    ],
)
def test_two_years_say_whether_chance_can_make_the_difference(now, before, state, words):
    found = said.change(answer("pip_op_tijd", [{"jaar": 2024, **before}, {"jaar": 2025, **now}], ("jaar",)))
    assert found[0] == state
    assert words in found[1]


def test_a_year_that_is_not_over_is_not_compared():
    rows = [{"jaar": year, **share(50, 100)} for year in (2023, 2024, 2025)]
    half = answer("pip_op_tijd", rows, ("jaar",), tot=date(2025, 6, 30))
    assert said.full_years(half) == [2023, 2024]
    assert said.change(answer("pip_op_tijd", rows[:1], ("jaar",)))[1] == (
        "Er zijn nog geen twee hele jaren om te vergelijken."
    )
    assert said.change(None) == ("leeg", "")


def ends(*values, n=60, horizons=(365, 730, 1095)):
    rows = []
    for horizon, value in zip(horizons, values, strict=True):
        both = (value, None if value is None or value is HIDDEN else 1 - value)
        for einde, one in zip(("voldaan", "nog bezig"), both if value is not HIDDEN else (HIDDEN, HIDDEN), strict=True):
            bound = one if one is HIDDEN or one is None else max(0.0, one - 0.1)
            rows.append({"horizon": horizon, "einde": einde, "waarde": one, "laag": bound, "hoog": bound, "n": n})
    return answer("voldaan_binnen", rows)


def test_who_is_under_way_is_told_and_never_failed():
    text = " ".join(said.incidence(ends(0.1, 0.4, None)))
    assert "Na 24 maanden is 40%" in text
    assert "Op dat moment is 60% nog bezig; die mensen zijn niet geslaagd en niet gezakt." in text
    assert "Hoe het na 36 maanden is, weten wij nog niet: te weinig mensen zijn lang genoeg gevolgd." in text


def test_a_hidden_horizon_is_told_as_hidden():
    text = " ".join(said.incidence(ends(0.1, HIDDEN, None)))
    assert "Hoe het na 24 maanden is, tonen wij niet" in text
    assert "Hoe het na 36 maanden is, weten wij nog niet" in text
    assert said.incidence(answer("voldaan_binnen", [])) == ["Over voldaan aan de inburgeringsplicht is niets geleverd."]


def test_a_figure_that_is_only_of_who_is_ready_says_so():
    assert "wie nog bezig is, telt nog niet mee" in said.total(answer("leerroute_geslaagd", [share(30, 60)]))[1]
    assert said.total(answer("leerroute_geslaagd", []))[0].endswith("is niets geleverd.")
    assert said.total(None) == ["Dit cijfer maakt geen deel uit van dit rapport."]
    coarse = said.total(answer("pip_op_tijd", [share(30, 60)]), "Heemstede en Bloemendaal")
    assert coarse[0].startswith("Over Heemstede en Bloemendaal samen: 30 van de 60 inburgeraars kregen hun plan (PIP)")
    assert said.over("de hele regio", ["In 2024: 3."]) == ["Over de hele regio: in 2024: 3."]


def test_no_percentage_under_twenty():
    definition = metrics.catalogue()["pip_op_tijd"]
    assert said.told(definition, share(7, 9)) == "7 van de 9"
    assert said.told(definition, share(30, 41)) == "30 van de 41 (73%)"
    assert said.bounds(definition, share(7, 9)) == "–"


def test_highest_and_lowest_only_differ_when_their_intervals_do():
    names = {"0397": "Heemstede", "0377": "Bloemendaal"}
    apart = answer(
        "pip_op_tijd", [{"gemeente": "0397", **share(90, 100)}, {"gemeente": "0377", **share(40, 100)}], ("gemeente",)
    )
    assert said.extremes(apart, "gemeente", names) == (
        "Het verschil tussen Heemstede (90%) en Bloemendaal (40%) is groter dan toeval."
    )
    close = answer(
        "pip_op_tijd", [{"gemeente": "0397", **share(52, 100)}, {"gemeente": "0377", **share(48, 100)}], ("gemeente",)
    )
    assert said.extremes(close, "gemeente", names).endswith("Dit verschil kan toeval zijn.")
    assert "te klein" in said.extremes(answer("pip_op_tijd", [], ("gemeente",)), "gemeente", names)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**share(80, 100), "verwacht": 0.6}, "meer dan verwacht"),
        ({**share(40, 100), "verwacht": 0.6}, "minder dan verwacht"),
        ({**share(60, 100), "verwacht": 0.6}, "past bij de verwachting"),
        ({**share(60, 100), "verwacht": None}, "geen verwachting"),
        ({**share(4, 8), "verwacht": 0.6}, "te weinig mensen om te vergelijken"),
        (
            {"teller": HIDDEN, "noemer": HIDDEN, "waarde": HIDDEN, "verwacht": 0.6},
            "tonen wij niet: de groep is te klein",
        ),
        ({"teller": 0, "noemer": 0, "waarde": None, "verwacht": 0.6}, "niets bekend"),
    ],
)
def test_a_share_beside_what_was_expected(row, words):
    assert said.expected(row) == words


@pytest.mark.parametrize(
    ("spent", "planned", "words"),
    [
        (107, 100, "7% boven de begroting"), (90, 100, "10% onder de begroting"),
        (100, 100, "precies volgens de begroting"),
        (10, None, "niets begroot"), (10, 0, "niets begroot"), (HIDDEN, 100, "tonen wij niet"),
        (1007, 1000, "minder dan 1% boven de begroting"),
    ],
)  # fmt: skip
def test_an_amount_beside_its_budget(spent, planned, words):
    assert said.spending(spent, planned) == words


def test_how_many_have_been_followed_for_the_whole_term():
    def followed(n, at_risk):
        return answer(
            "voldaan_binnen", [{"horizon": 1095, "einde": "voldaan", "waarde": 0.5, "n": n, "in_risico": at_risk}]
        )

    assert said.following(followed(60, 12), 36) == "Van de 60 mensen zijn er 12 na 36 maanden nog in beeld."
    assert said.following(followed(60, 0), 36).startswith("Nog niemand van de 60 mensen")
    assert said.following(followed(60, HIDDEN), 36).endswith("tonen wij niet.")
    assert said.following(None, 36) == ""


def test_small_numbers_of_things_are_words():
    assert said.some(1, "aanbeveling", "aanbevelingen") == "één aanbeveling"
    assert said.some(12, "punt", "punten") == "twaalf punten"
    assert said.some(13, "punt", "punten") == "13 punten"
    assert said.listed(["a", "b", "c"]) == "a, b en c"
    assert said.listed([]) == ""


def test_a_mean_is_told_when_only_its_share_of_low_marks_is_hidden():
    row = {"waarde": 7.4, "n": 69, "laag": 7.1, "hoog": 7.7, "teller": HIDDEN, "noemer": 69}
    assert "teller" not in said.main(row, "gemiddelde")
    from dashboard.report import around

    low = {"onderdeel": "MAP", "waarde": 6.1, "n": 50, "laag": 5.8, "hoog": 6.4}
    high = {"onderdeel": "PVT", "waarde": 7.4, "n": 50, "laag": 7.1, "hoog": 7.7}
    text = around.satisfied(answer("tevredenheid", [low, high]), {})
    assert text == "Mensen geven gemiddeld van 6,1 (MAP) tot 7,4 (PVT). Dit verschil is groter dan toeval."
    assert "te weinig antwoorden" in around.satisfied(answer("tevredenheid", [{**low, "n": 9}]), {})


def test_reports_that_are_missing_are_counted():
    from dashboard.report import summary

    rows = [
        {"contract": "a", "kwartaal": "2024-K1", "teller": 1, "noemer": 1},
        {"contract": "b", "kwartaal": "2024-K1", "teller": 0, "noemer": 1},
    ]
    pub = SimpleNamespace(get=lambda id: answer("rapportage_op_tijd", rows))
    assert summary.missing_reports(pub) == 1
