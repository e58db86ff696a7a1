"""The golden figures of the policy document, every total recomputed from its parts by hand."""

from data import referentie


def test_exactly_the_two_wrong_totals_are_named():
    found = {(one["onderdeel"], one["gedrukt"], one["berekend"]) for one in referentie.afwijkende_totalen()}
    assert found == {
        ("statushouders 2020", 158, 17 + 10 + 65 + 17 + 11 + 29 + 8),
        ("totaal Heemstede en Bloemendaal", 272000, 247000 + 14000 + 10000),
    }


def test_the_other_totals_are_the_sum_of_their_parts():
    totals = {one["onderdeel"]: one["berekend"] for one in referentie.totalen()}
    assert totals["statushouders 2021"] == 35 + 22 + 136 + 33 + 23 + 58 + 15 == 322
    assert totals["gezinsmigranten 2020"] == 16 + 10 + 100 + 16 + 10 + 26 + 10 == 188
    assert totals["asielstatushouder"] == 850 + 11000 + 1944 + 417 == 14211
    assert totals["gezinsmigrant"] == 200 + 250 + 179 == 629
    assert totals["fte"] == 2.2


def test_shortages_follow_from_the_parts():
    rates = {
        row["doelgroep"]: row["tarief"] for row in referentie.frame("tarieven").filter(jaar=2022).iter_rows(named=True)
    }
    costs = {one["onderdeel"]: one["berekend"] for one in referentie.totalen()}
    printed = {row["onderwerp"]: row["gedrukt"] for row in referentie.frame("tekort").iter_rows(named=True)}
    assert (
        costs["asielstatushouder"] - rates["asielstatushouder"]
        == printed["voorzieningen per asielstatushouder"]
        == 1211
    )
    assert costs["gezinsmigrant"] - rates["gezinsmigrant"] == printed["voorzieningen per gezinsmigrant"] == 28
    assert printed["uitvoering Heemstede"] == 141000 - 101000
    assert round(20 * 1211, -3) == printed["voorzieningen Heemstede"]


def test_municipalities_are_complete_and_ours_are_marked():
    rows = referentie.gemeenten()
    assert rows["gemeentecode"].is_unique().all()
    assert rows["gemeentecode"].str.contains(r"^\d{4}$").all()
    ours = rows.filter(regio="IJmond en Zuid-Kennemerland")
    assert dict(zip(ours["gemeentecode"], ours["gemeente"], strict=True)) == {
        "0375": "Beverwijk", "0377": "Bloemendaal", "0392": "Haarlem", "0396": "Heemskerk", "0397": "Heemstede",
        "0453": "Velsen", "0473": "Zandvoort",
    }  # fmt: skip
    assert referentie.frame("gemeenten")["opgeheven_per"].null_count() == 341  # on 1 January 2026


def test_every_file_names_its_sources():
    for name in ("instroom", "formatie", "voorzieningen", "routes", "tarieven", "uitvoering", "gemeenten", "tekort"):
        assert referentie.frame(name)["bron"].null_count() == 0, name
