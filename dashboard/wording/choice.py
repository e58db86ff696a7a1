"""A choice of filters in words, as it stands before a sentence: "Statushouders, start in 2023, Haarlem"."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

from dashboard.texts import t
from dashboard.wording.format import day, dimension, number, period, title_of
from dashboard.wording.letters import capital

FIRST_DAY = date(2022, 1, 1)
_STATUSHOUDERS = {"asielstatushouder", "nareiziger"}
_MOST = 3  # so many names in a row can be read


def chosen(name: str, values: Sequence[Any], names: Mapping[str, str], contracts: Mapping[str, str]) -> str:
    """One filter in words."""
    if name == "doelgroep" and set(values) >= _STATUSHOUDERS:
        rest = [value for value in values if value not in _STATUSHOUDERS]
        return _listed([t("statushouders"), *(dimension(name, value) for value in rest)])
    if name == "cohort":
        return t("start in {jaren}", jaren=_listed([str(value) for value in values]))
    if name == "contract":
        return _listed([contracts.get(str(value), str(value)) for value in values])
    if name == "jaar":
        return t("jaar {jaren}", jaren=_listed([str(value) for value in values]))
    return _listed([dimension(name, value, names) for value in values])


def about(
    filters: Mapping[str, Sequence[Any]], names: Mapping[str, str], contracts: Mapping[str, str] | None = None
) -> str:
    """Whom an answer is about; empty when it is about everybody."""
    order = ("doelgroep", "cohort", "gemeente", "leerroute", "contract", "geslacht", "leeftijd")
    known = [name for name in order if filters.get(name)] + [name for name in filters if name not in order]
    return capital(", ".join(chosen(name, filters[name], names, contracts or {}) for name in known))


def moment(van: date, tot: date, peildatum: date) -> str:
    """The period and the day of looking, in a sentence that may follow a figure."""
    if tot == peildatum:
        return t("Stand op {dag}, periode {periode}.", dag=day(peildatum), periode=period(van, tot))
    return t("Periode {periode}, bekeken op {dag}.", periode=period(van, tot), dag=day(peildatum))


def label_of(names: Sequence[str]) -> str:
    """Names of dimensions as words: "leerroute en kwartaal"."""
    words = [title_of(name).lower() for name in names]
    return reduce(lambda before, word: together([before, word]), words) if words else ""


def together(texts: Sequence[str]) -> str:
    """a, b en c."""
    if len(texts) < 2:
        return "".join(texts)
    return t("{namen} en {laatste}", namen=", ".join(texts[:-1]), laatste=texts[-1])


def _listed(texts: Sequence[str]) -> str:
    if len(texts) > _MOST:
        return t("{namen} en nog {n}", namen=", ".join(texts[:_MOST]), n=number(len(texts) - _MOST))
    return together(texts)
