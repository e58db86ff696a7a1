"""One place where a value becomes text for a person: decimal comma, dot for thousands, dates as 31-03-2024; in English
as English is written: 1,234.5 and 31 Mar 2024.

A hidden value is "niet getoond (kleine groep)", an unknown one "nog niet bekend". A share over fewer than 20 people is
told in people ("7 van de 9"), never as a percentage.
"""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboard.texts import DUTCH, language, mark, t, tn
from dashboard.wording.units import unit_of

HIDDEN = mark("niet getoond (kleine groep)")
EMPTY = mark("nog niet bekend")
_SEPARATORS = str.maketrans(",.", ".,")
WORDS_BELOW = 20  # denominators under this get "7 van de 9"

_MONTHS = (
    mark("januari"),
    mark("februari"),
    mark("maart"),
    mark("april"),
    mark("mei"),
    mark("juni"),
    mark("juli"),
    mark("augustus"),
    mark("september"),
    mark("oktober"),
    mark("november"),
    mark("december"),
)
_TITLES = {
    "tweejaar": mark("Twee jaar"),
    "aantal": mark("Aantal"),
    "teller": mark("Aantal"),
    "noemer": mark("Van"),
    "waarde": mark("Waarde"),
    "laag": mark("Ondergrens"),
    "hoog": mark("Bovengrens"),
    "n": mark("Aantal metingen"),
    "p25": mark("Kwart klaar na"),
    "p50": mark("Helft klaar na"),
    "p75": mark("Driekwart klaar na"),
    "verwacht": mark("Verwacht"),
    "verschil": mark("Verschil"),
    "begroot": mark("Begroot"),
    "uitputting": mark("Besteed deel"),
    "horizon": mark("Na"),
    "einde": mark("Uitkomst"),
    "in_risico": mark("Nog gevolgd"),
    "gevolgd": mark("Lang genoeg gevolgd"),
    "cumulatief": mark("Sinds begin van het jaar"),
    "gemeente": mark("Gemeente"),
    "doelgroep": mark("Doelgroep"),
    "leerroute": mark("Leerroute"),
    "contract": mark("Contract"),
    "cohort": mark("Jaar van start"),
    "geslacht": mark("Geslacht"),
    "leeftijd": mark("Leeftijd"),
    "jaar": mark("Jaar"),
    "kwartaal": mark("Kwartaal"),
    "halfjaar": mark("Halfjaar"),
    "maand": mark("Maand"),
    "onderdeel": mark("Onderdeel"),
    "soort": mark("Soort"),
    "reden_einde": mark("Reden van einde"),
    "kostensoort": mark("Soort kosten"),
    "budget": mark("Budget"),
    "stand": mark("Stand"),
    "bestand": mark("Bestand"),
    "kenmerk": mark("Kenmerk"),
    "grondslag": mark("Grondslag"),
}
_VALUES = {
    ("leerroute", "B1"): mark("B1-route"),
    ("leerroute", "onderwijs"): mark("Onderwijsroute"),
    ("leerroute", "Z"): mark("Z-route"),
    ("geslacht", "m"): mark("man"),
    ("geslacht", "v"): mark("vrouw"),
    ("geslacht", "x"): mark("anders"),
    ("leeftijd", "<25"): mark("jonger dan 25 jaar"),
    ("leeftijd", "25-34"): mark("25 tot en met 34 jaar"),
    ("leeftijd", "35-44"): mark("35 tot en met 44 jaar"),
    ("leeftijd", "45+"): mark("45 jaar of ouder"),
    ("soort", "taal"): mark("taallessen"),
    ("doelgroep", "gezinsmigrant"): mark("gezinsmigranten"),
    ("doelgroep", "asielstatushouder"): mark("asielstatushouders"),
    ("doelgroep", "nareiziger"): mark("nareizigers"),
    ("doelgroep", "overige migrant"): mark("overige migranten"),
}


_MORE = 4  # decimals that are tried until the ends of an interval differ


def is_hidden(value: Any) -> bool:
    """Whether the guard of publications took this value away (it keeps its own state, also after JSON)."""
    return value is not None and not isinstance(value, int | float | date) and str(value) == "verborgen"


def number(value: Any, decimals: int = 0) -> str:
    """1234.5 → 1.234,5; rounds halves away from zero, as people do."""
    if (special := _special(value)) is not None:
        return special
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    if language() == DUTCH:
        text = text.translate(_SEPARATORS)
    return ("−" if rounded < 0 else "") + text


def euros(value: Any, decimals: int = 0) -> str:
    """101000 → € 101.000."""
    if (special := _special(value)) is not None:
        return special
    space = " " if language() == DUTCH else ""
    return f"{'−' if value < 0 else ''}€{space}{number(abs(value), decimals)}"


def unbroken(text: str) -> str:
    """The same for a narrow place: an amount stays on one line. Files keep the space that people search by."""
    return text.replace("€ ", "€\u00a0")


def percentage(value: Any, decimals: int = 0) -> str:
    """0.7317 → 73%."""
    return special if (special := _special(value)) is not None else f"{number(value * 100, decimals)}%"


def amount(count: Any, one: str, many: str) -> str:
    """1 → 1 inburgeraar; 7 → 7 inburgeraars."""
    return special if (special := _special(count)) is not None else f"{number(count)} {one if count == 1 else many}"


def share(row: Mapping[str, Any]) -> str:
    """A share in people under 20 ("7 van de 9"), else with its percentage ("30 van de 41 (73%)")."""
    teller, noemer = row.get("teller"), row.get("noemer")
    if is_hidden(teller) or is_hidden(noemer):
        return t(HIDDEN)
    if teller is None or not noemer:
        return t(EMPTY)
    in_people = t("{teller} van de {noemer}", teller=number(teller), noemer=number(noemer))
    if is_hidden(row.get("waarde")) or noemer < WORDS_BELOW:
        return in_people
    return f"{in_people} ({percentage(row.get('waarde', teller / noemer))})"


def interval(low: Any, high: Any, *, of_hundred: bool = True, decimals: int = 0) -> str:
    """0.58, 0.84 → tussen 58 en 84 van de 100; for other values: tussen 6,1 en 7,4.

    Ends that differ are never written as the same number: "tussen 100 en 100" would say that it is certain.
    """
    if is_hidden(low) or is_hidden(high):
        return t(HIDDEN)
    if low is None or high is None:
        return t(EMPTY)
    if not of_hundred:
        laag, hoog = ends(low, high, decimals)
        return t("tussen {laag} en {hoog}", laag=laag, hoog=hoog)
    laag, hoog = ends(low * 100, high * 100)
    return t("tussen {laag} en {hoog} van de 100", laag=laag, hoog=hoog)


def ends(low: float, high: float, decimals: int = 0) -> tuple[str, str]:
    """Both ends of an interval, with as many decimals more as it takes to tell them apart."""
    tried = [(number(low, more), number(high, more)) for more in range(decimals, decimals + _MORE)]
    return next((pair for pair in tried if pair[0] != pair[1] and low != high), tried[0])


def day(value: Any) -> str:
    """2024-03-31 → 31-03-2024."""
    if (special := _special(value)) is not None:
        return special
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return found.strftime("%d-%m-%Y") if language() == DUTCH else _english(found, "d MMM yyyy")


def period(first: date, last: date) -> str:
    """A whole year or quarter by its name, else two days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else _until(first.year, last.year)
    ends = last.day == (31 if last.month in (3, 12) else 30)
    if ends and first.day == 1 and first.month % 3 == 1 and (last.year, last.month) == (first.year, first.month + 2):
        return quarter(f"{first.year}-K{last.month // 3}")
    return _until(day(first), day(last))


def _until(first: Any, last: Any) -> str:
    return t("{eerste} tot en met {laatste}", eerste=first, laatste=last)


def quarter(value: Any) -> str:
    """2024-K2 → 2e kwartaal 2024."""
    if (special := _special(value)) is not None:
        return special
    year, number_of = str(value).split("-K")
    return t("{nummer}e kwartaal {jaar}", nummer=number_of, jaar=year)


def month(value: Any) -> str:
    """2024-03 → maart 2024."""
    if (special := _special(value)) is not None:
        return special
    year, number_of = str(value).split("-")[:2]
    return f"{t(_MONTHS[int(number_of) - 1])} {year}"


def horizon(days: Any) -> str:
    """A horizon in days as months, as the definitions mean it: 183 → 6 maanden."""
    if (special := _special(days)) is not None:
        return special
    months = round(days / 30.4375)
    return tn("{n} maand", "{n} maanden", months, n=months)


def dimension(name: str, value: Any, municipalities: Mapping[str, str] | None = None) -> str:
    """The value of a dimension in words; an unknown municipality keeps its code."""
    if is_hidden(value):
        return t(HIDDEN)
    if value is None:
        return t("onbekend")
    if name == "gemeente":
        return (municipalities or {}).get(str(value), str(value))
    if name in ("kwartaal", "maand"):
        return quarter(value) if name == "kwartaal" else month(value)
    return t(_VALUES.get((name, str(value)), str(value)))


def title_of(key: str) -> str:
    """The heading of a column."""
    return t(_TITLES.get(key, key.replace("_", " ").capitalize()))


def cell(key: str, value: Any, definition: Any) -> str:
    """A number of a row in a table, in the unit of its figure. Hidden and empty stay apart from 0."""
    if is_hidden(value):
        return t(HIDDEN)
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return t(str(value))
    match unit_of(key, definition):
        case "maanden":
            return horizon(value)
        case "aandeel":
            return percentage(value)
        case "punt":
            return t("{n} punt", n=f"{'+' if value > 0 else ''}{number(value, 1)}")
        case "euro":
            return euros(value)
        case "aantal":
            return number(value, 0 if float(value).is_integer() else 1)
        case _:
            return number(value, 1)


def measure(key: str, row: Mapping[str, Any], definition: Any) -> str:
    """A number of a row as a reader may take it: under twenty people no percentage. `grenzen` is the whole interval."""
    noemer = row.get("noemer")
    if (
        definition.soort == "aandeel"
        and isinstance(noemer, int)
        and noemer < WORDS_BELOW
        and key in ("waarde", "laag", "hoog", "grenzen")
    ):
        return "–"
    if key != "grenzen":
        return cell(key, row.get(key), definition)
    low, high = row.get("laag"), row.get("hoog")
    if is_hidden(low) or is_hidden(high):
        return t(HIDDEN)
    if low is None or high is None:
        return "–"
    return t("{laag} tot {hoog}", laag=cell("laag", low, definition), hoog=cell("hoog", high, definition))


def _special(value: Any) -> str | None:
    if value is None:
        return t(EMPTY)
    return t(HIDDEN) if is_hidden(value) else None


def _english(day: date, form: str) -> str:
    from babel.dates import format_date  # only who speaks another language waits for it

    return format_date(day, form, locale="en_GB")
