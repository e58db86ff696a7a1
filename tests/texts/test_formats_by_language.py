"""Numbers, money and dates as each language writes them."""

from datetime import date

import pytest

from dashboard import wording
from dashboard.state import View
from dashboard.texts import speaking


@pytest.mark.parametrize(
    ("made", "dutch", "english"),
    [
        (lambda: wording.number(1234567.85, 1), "1.234.567,9", "1,234,567.9"),
        (lambda: wording.number(-1234), "−1.234", "−1,234"),
        (lambda: wording.euros(101000), "€ 101.000", "€101,000"),
        (lambda: wording.euros(-0.5, 2), "−€ 0,50", "−€0.50"),
        (lambda: wording.percentage(0.731, 1), "73,1%", "73.1%"),
        (lambda: wording.day(date(2024, 3, 31)), "31-03-2024", "31 Mar 2024"),
        (lambda: wording.day("2024-12-01"), "01-12-2024", "1 Dec 2024"),
        (lambda: wording.quarter("2024-K2"), "2e kwartaal 2024", "Q2 2024"),
        (lambda: wording.month("2024-03"), "maart 2024", "March 2024"),
        (lambda: wording.horizon(183), "6 maanden", "6 months"),
        (lambda: wording.period(date(2024, 1, 1), date(2025, 12, 31)), "2024 tot en met 2025", "2024 to 2025"),
        (lambda: wording.interval(0.58, 0.84), "tussen 58 en 84 van de 100", "between 58 and 84 out of 100"),
        (lambda: wording.share({"teller": 7, "noemer": 9}), "7 van de 9", "7 of the 9"),
        (lambda: wording.number(None), "nog niet bekend", "not known yet"),
    ],
)
def test_each_language_in_its_own_way(made, dutch, english):
    assert made() == dutch
    with speaking("en"):
        assert made() == english
    assert made() == dutch


def test_a_link_in_english_leads_to_english():
    view = View.read("?gemeente=0397&taal=en")
    assert view.vreemd == ()
    assert view.write() == "?gemeente=0397"
    with speaking("en"):
        assert view.write() == "?gemeente=0397&taal=en"
        assert View().write() == "?taal=en"
