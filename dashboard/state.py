"""What someone looks at, as it stands in the address: a link gives the same view again.

Whatever an address holds, reading it never fails: what we do not know is kept apart in `vreemd` and told on the page.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from urllib.parse import quote, unquote_plus

import etl
import metrics
from dashboard.places import municipalities
from dashboard.texts import DUTCH, language

FILTERS = ("gemeente", "doelgroep", "leerroute", "cohort", "contract", "geslacht", "leeftijd")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "doelgroep": ("asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"),
    "leerroute": ("B1", "onderwijs", "Z"),
    "geslacht": ("man", "vrouw", "x", "onbekend"),
    "leeftijd": ("<25", "25-34", "35-44", "45+"),
}
STATUSHOUDERS = ("asielstatushouder", "nareiziger")
PERIODE, JAAR, REGIO = "periode", "jaar", "regio"
FIRST_DAY = date(2022, 1, 1)
_LAST_DAY = date(2099, 12, 31)
_MOST_VALUES, _LONGEST, _MOST_SPLITS, _MOST_STRANGE = 60, 80, 3, 5
_ALIASES = {"statushouder": STATUSHOUDERS, "statushouders": STATUSHOUDERS}
_FORMS = {
    "gemeente": re.compile(r"\d{4}"),
    "cohort": re.compile(r"(19|20)\d\d"),
    "contract": re.compile(r"[a-z0-9-]{1,60}"),
    "jaar": re.compile(r"(19|20)\d\d"),
    "kwartaal": re.compile(r"(19|20)\d\d-K[1-4]"),
    "maand": re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])"),
    "halfjaar": re.compile(r"(19|20)\d\d-[12]"),
    "horizon": re.compile(r"[1-9]\d{0,4}"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SNAPSHOT = re.compile(r"[a-p]{12}")
_OTHERS = ("peildatum", "van", "tot", "momentopname", "naast", "per")


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every name that some figure can be filtered on or split by: those of the bar first."""
    known = (name for one in metrics.catalogue().values() for name in one.filterbaar)
    return tuple(dict.fromkeys((*FILTERS, *known)))


@dataclass(frozen=True)
class View:
    """The filters, the peildatum, the period, the momentopname, what it is set beside, and the split of a figure.

    Empty means: as usual. `naast` is periode (the same length just before), jaar (a year earlier), regio (the rest of
    the region) or a code of a municipality.
    """

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    peildatum: date | None = None
    van: date | None = None
    tot: date | None = None
    momentopname: str | None = None
    naast: str | None = None
    per: tuple[str, ...] = ()
    vreemd: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, search: str | None) -> "View":
        """From the part of an address after the question mark."""
        found, strange = _pairs(search or ""), []
        filters = {}
        for name in names():
            known, unknown = _values(name, found.get(name, []))
            strange += [f"{name}={value}" for value in unknown]
            if known:
                filters[name] = known
        days = {}
        for name in ("peildatum", "van", "tot"):
            days[name], wrong = _day(found.get(name, []))
            strange += [f"{name}={value}" for value in wrong]
        if days["van"] and days["tot"] and days["van"] > days["tot"]:
            strange.append(f"van={days['van']} na tot={days['tot']}")
            days["van"] = days["tot"] = None
        others = {}
        for name, good in (("momentopname", _SNAPSHOT), ("naast", re.compile(rf"{PERIODE}|{JAAR}|{REGIO}|\d{{4}}"))):
            value = next(iter(_flat(found.get(name, []))), None)
            fits = value and good.fullmatch(value) and (not value.isdigit() or value in municipalities())
            others[name] = value if fits else None
            strange += [f"{name}={value}"] if value and not others[name] else []
        splits = dict.fromkeys(_flat(found.get("per", [])))
        per = tuple(name for name in splits if name in names())[:_MOST_SPLITS]
        strange += [f"per={name}" for name in splits if name not in per]
        strange += _mistyped(found)
        return cls(
            filters, days["peildatum"], days["van"], days["tot"], others["momentopname"], others["naast"], per,
            tuple(_safe(one) for one in dict.fromkeys(strange))[:_MOST_STRANGE],
        )  # fmt: skip

    def write(self) -> str:
        """The part of an address after the path, with the question mark; empty when all is as usual."""
        facts: dict[str, tuple[str, ...]] = {name: self.filters[name] for name in sorted(self.filters)}
        for name in ("peildatum", "van", "tot"):
            day = getattr(self, name)
            facts[name] = (day.isoformat(),) if day else ()
        facts["momentopname"] = (self.momentopname,) if self.momentopname else ()
        facts["naast"] = (self.naast,) if self.naast else ()
        facts["per"] = self.per
        facts["taal"] = (language(),) if language() != DUTCH else ()
        pairs = [f"{name}={','.join(quote(one, safe='') for one in many)}" for name, many in facts.items() if many]
        return "?" + "&".join(pairs) if pairs else ""

    def narrowed(self, name: str, value: object) -> "View":
        """This view of one value of a dimension only, no longer split by it."""
        left = tuple(one for one in self.per if one != name)
        return replace(self, filters={**self.filters, name: (str(value),)}, per=left)

    def without(self, name: str) -> "View":
        """This view without a filter."""
        return replace(self, filters={key: values for key, values in self.filters.items() if key != name})

    def plain(self) -> "View":
        """This view as other pages carry it along: without the split and the filters that only one figure knows."""
        return replace(self, filters={name: self.filters[name] for name in FILTERS if name in self.filters}, per=())


def _pairs(search: str) -> dict[str, list[str]]:
    """The raw values per name. They stay encoded: a comma inside a value is written %2C."""
    found: dict[str, list[str]] = {}
    for pair in search.lstrip("?").split("&")[:200]:
        name, _, text = pair.partition("=")
        if text:
            found.setdefault(unquote_plus(name, errors="replace"), []).append(text)
    return found


def _flat(texts: list[str]) -> list[str]:
    """Values that hold no comma themselves, however the commas between them were written."""
    return [value.strip() for text in texts for value in unquote_plus(text, errors="replace").split(",") if value][
        :_MOST_VALUES
    ]


def _values(name: str, texts: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """(what is known, what is not) of a filter's values."""
    if not texts:
        return (), []
    known: dict[str, None] = {}
    unknown = []
    if name in CHOICES:
        allowed = {value.lower(): value for value in CHOICES[name]}
        for value in _flat(texts):
            if name == "leeftijd" and value == "45":
                value = "45+"  # a plus sign that was not encoded
            if name == "doelgroep" and value.lower() in _ALIASES:
                known.update(dict.fromkeys(_ALIASES[value.lower()]))
            elif value.lower() in allowed:
                known[allowed[value.lower()]] = None
            else:
                unknown.append(value)
        return tuple(known), unknown
    if name in _FORMS:
        for value in _flat(texts):
            value = value.zfill(4) if name == "gemeente" and value.isascii() and value.isdigit() else value
            if _FORMS[name].fullmatch(value) and value.isascii() and (name != "gemeente" or value in municipalities()):
                known[value] = None
            else:
                unknown.append(value)
        return tuple(known), unknown
    for text in texts:
        for raw in text.split(",")[:_MOST_VALUES]:
            value = unquote_plus(raw, errors="replace").strip()
            if value and value.isprintable() and len(value) <= _LONGEST:
                known[value] = None
            elif value:
                unknown.append(value)
    return tuple(known), unknown


def _day(texts: list[str]) -> tuple[date | None, list[str]]:
    value = next(iter(_flat(texts)), None)
    if value is None:
        return None, []
    try:
        found = date.fromisoformat(value) if _DAY.fullmatch(value) and value.isascii() else None
    except ValueError:
        found = None
    return (found, []) if found and FIRST_DAY <= found <= _LAST_DAY else (None, [value])


def _mistyped(found: dict[str, list[str]]) -> list[str]:
    """Names that are nearly one of ours: someone means to filter, and would be shown everybody."""
    ours = {*names(), *_OTHERS}
    return [name for name in found if name not in ours and difflib.get_close_matches(name, ours, 1, 0.85)]


def _safe(text: str) -> str:
    """What is told back: short, legible, and never a BSN."""
    legible = "".join(letter if letter.isprintable() else "?" for letter in text[:200])
    return etl.mask(legible)[:60]
