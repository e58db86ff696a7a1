"""A choice of filters in words, as it stands before a sentence: "Statushouders, start in 2023, Haarlem"."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.wording.format import day, dimension, period, title_of

FIRST_DAY = date(2022, 1, 1)
_STATUSHOUDERS = {"asielstatushouder", "nareiziger"}
_MOST = 3  # so many names in a row can be read


def chosen(name: str, values: Sequence[Any], names: Mapping[str, str], contracts: Mapping[str, str]) -> str:
    """One filter in words."""
    if name == "doelgroep" and set(values) >= _STATUSHOUDERS:
        rest = [value for value in values if value not in _STATUSHOUDERS]
        return _listed(["statushouders", *(dimension(name, value) for value in rest)])
    if name == "cohort":
        return f"start in {_listed([str(value) for value in values])}"
    if name == "contract":
        return _listed([contracts.get(str(value), str(value)) for value in values])
    if name == "jaar":
        return f"jaar {_listed([str(value) for value in values])}"
    return _listed([dimension(name, value, names) for value in values])


def about(
    filters: Mapping[str, Sequence[Any]], names: Mapping[str, str], contracts: Mapping[str, str] | None = None
) -> str:
    """Whom an answer is about; empty when it is about everybody."""
    order = ("doelgroep", "cohort", "gemeente", "leerroute", "contract", "geslacht", "leeftijd")
    known = [name for name in order if filters.get(name)] + [name for name in filters if name not in order]
    text = ", ".join(chosen(name, filters[name], names, contracts or {}) for name in known)
    return text[:1].upper() + text[1:]


def moment(van: date, tot: date, peildatum: date) -> str:
    """The period and the day of looking, in a sentence that may follow a figure."""
    if tot == peildatum:
        return f"Stand op {day(peildatum)}, periode {period(van, tot)}."
    return f"Periode {period(van, tot)}, bekeken op {day(peildatum)}."


def _listed(texts: Sequence[str]) -> str:
    if len(texts) > _MOST:
        return f"{', '.join(texts[:_MOST])} en nog {len(texts) - _MOST}"
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} en {texts[-1]}"


def label_of(names: Sequence[str]) -> str:
    """Names of dimensions as words: "leerroute en kwartaal"."""
    return " en ".join(title_of(name).lower() for name in names)
