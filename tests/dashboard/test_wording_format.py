"""Numbers for people, by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard import wording as w


def figure(soort: str, eenheid: str = "", verdeling: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(soort=soort, eenheid=eenheid, verdeling=verdeling)


class Hidden:
    def __str__(self) -> str:
        return "verborgen"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (w.number(1234567), "1.234.567"),
        (w.number(1234.56, 1), "1.234,6"),
        (w.number(0.5), "1"),
        (w.number(-3.25, 1), "−3,3"),
        (w.number(-0.2), "0"),
        (w.number(None), "nog niet bekend"),
        (w.number(Hidden()), "niet getoond (kleine groep)"),
        (w.euros(101000), "€ 101.000"),
        (w.euros(-40000), "−€ 40.000"),
        (w.euros(12.5, 2), "€ 12,50"),
        (w.percentage(0.7317), "73%"),
        (w.percentage(0.7317, 1), "73,2%"),
        (w.percentage("verborgen"), "niet getoond (kleine groep)"),
        (w.day(date(2024, 3, 31)), "31-03-2024"),
        (w.day("2024-03-31"), "31-03-2024"),
        (w.quarter("2024-K2"), "2e kwartaal 2024"),
        (w.month("2024-03"), "maart 2024"),
        (w.period(date(2024, 1, 1), date(2024, 12, 31)), "2024"),
        (w.period(date(2022, 1, 1), date(2025, 12, 31)), "2022 tot en met 2025"),
        (w.period(date(2024, 4, 1), date(2024, 6, 30)), "2e kwartaal 2024"),
        (w.period(date(2024, 4, 1), date(2024, 6, 29)), "01-04-2024 tot en met 29-06-2024"),
        (w.interval(0.5807, 0.8428), "tussen 58 en 84 van de 100"),
        (w.interval(0.9979, 1.0), "tussen 99,8 en 100,0 van de 100"),
        (w.interval(0.0, 0.00004), "tussen 0,000 en 0,004 van de 100"),
        (w.interval(0.5, 0.5), "tussen 50 en 50 van de 100"),
        (w.interval(6.61, 6.64, of_hundred=False, decimals=1), "tussen 6,61 en 6,64"),
        (w.interval(6.12, 7.4, of_hundred=False, decimals=1), "tussen 6,1 en 7,4"),
        (w.interval(Hidden(), 0.5), "niet getoond (kleine groep)"),
        (w.interval(None, 0.5), "nog niet bekend"),
        (w.amount(1, "inburgeraar", "inburgeraars"), "1 inburgeraar"),
        (w.amount(7, "inburgeraar", "inburgeraars"), "7 inburgeraars"),
        (w.dimension("leerroute", "Z"), "Z-route"),
        (w.dimension("gemeente", "0397", {"0397": "Heemstede"}), "Heemstede"),
        (w.dimension("gemeente", "9999"), "9999"),
        (w.dimension("kwartaal", "2024-K1"), "1e kwartaal 2024"),
        (w.dimension("doelgroep", None), "onbekend"),
        (w.cell("waarde", 0.5, figure("aandeel")), "50%"),
        (w.cell("verschil", -5.25, figure("aandeel", verdeling="leerroute")), "−5,3 punt"),
        (w.cell("verschil", 7.1, figure("aandeel", verdeling="leerroute")), "+7,1 punt"),
        (w.cell("verwacht", 0.6, figure("aandeel", verdeling="leerroute")), "60%"),
        (w.cell("verwacht", 14.4, figure("aandeel")), "14,4"),
        (w.cell("waarde", 7412.0, figure("verhouding", eenheid="euro")), "€ 7.412"),
        (w.cell("waarde", 0.81, figure("verhouding")), "81%"),
        (w.cell("waarde", 1234.5, figure("bedrag")), "€ 1.235"),
        (w.cell("uitputting", 0.97, figure("bedrag")), "97%"),
        (w.cell("horizon", 1095, figure("incidentie")), "36 maanden"),
        (w.cell("horizon", 183, figure("incidentie")), "6 maanden"),
        (w.cell("p50", 11.04, figure("kwartielen")), "11,0"),
        (w.cell("aantal", 0, figure("aantal")), "0"),
        (w.cell("aantal", None, figure("aantal")), "–"),
        (w.cell("aantal", Hidden(), figure("aantal")), "niet getoond (kleine groep)"),
    ],
)
def test_text(made: str, expected: str) -> None:
    assert made == expected


def test_a_share_under_twenty_has_no_percentage() -> None:
    assert w.share({"teller": 7, "noemer": 9, "waarde": 7 / 9}) == "7 van de 9"
    assert w.share({"teller": 10, "noemer": 19, "waarde": 10 / 19}) == "10 van de 19"
    assert w.share({"teller": 30, "noemer": 41, "waarde": 30 / 41}) == "30 van de 41 (73%)"


def test_hidden_and_empty_shares_are_not_zero() -> None:
    assert w.share({"teller": Hidden(), "noemer": 9, "waarde": None}) == w.HIDDEN
    assert w.share({"teller": 3, "noemer": "verborgen"}) == w.HIDDEN
    assert w.share({"teller": 0, "noemer": 0, "waarde": None}) == w.EMPTY
    assert w.share({"teller": 0, "noemer": 8, "waarde": 0.0}) == "0 van de 8"
