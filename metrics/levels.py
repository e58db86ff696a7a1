"""The levels at which something can be published, from fine to coarse, in one fixed order.

First a longer period (a year, two years, since 2022), then a larger area (the municipality, the municipalities that
carry out the law together, the region), then all leerroutes. Each group lies inside the next one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from metrics.catalogue import outputs
from metrics.connection import Connection
from metrics.days import FIRST_DAY
from metrics.definition import Definition
from metrics.exact import definition_of
from metrics.rights import Bevoegdheid

AS_ASKED = "zoals gevraagd"
YEAR, TWO_YEARS, SINCE = "jaar", "twee jaar", "sinds 2022"
IASZ, REGION, ALL = "IASZ", "regio", "alle"
_SPLITS = ("maand", "kwartaal", "jaar", "tweejaar")


@dataclass(frozen=True)
class Vraag:
    """What a publication would like to show. `deel`: the share of its rows that must show something."""

    cijfer: str
    per: tuple[str, ...] = ()
    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    van: date | None = None
    tot: date | None = None
    deel: float = 1.0

    @property
    def sleutel(self) -> tuple[Any, ...]:
        """The same as something to compare and to keep."""
        filters = tuple(sorted((name, tuple(map(str, values))) for name, values in self.filters.items()))
        return (self.cijfer, self.per, filters, self.van, self.tot, self.deel)


@dataclass(frozen=True)
class Niveau:
    """A level. `stap` 0 is exactly what was asked; `gemeenten` empty: everybody."""

    stap: int
    periode: str
    van: date
    tot: date
    gebied: str = AS_ASKED
    gemeenten: tuple[str, ...] = ()
    leerroute: str = AS_ASKED


@dataclass(frozen=True)
class Step:
    """A level, and the question that is asked there."""

    niveau: Niveau
    filters: Mapping[str, tuple[Any, ...]]
    per: tuple[str, ...]

    @property
    def question(self) -> tuple[Any, ...]:
        return (tuple(sorted(self.filters.items())), self.per, self.niveau.van, self.niveau.tot)


@dataclass(frozen=True)
class Areas:
    """The municipalities that carry out the law together, and the region of each municipality."""

    together: frozenset[str]
    region: Mapping[str, frozenset[str]]


def read_areas(connection: Connection) -> Areas:
    """From the reference tables of the momentopname."""
    together = connection.execute("SELECT DISTINCT gemeentecode FROM ref_uitvoering").fetchall()
    rows = connection.execute("SELECT gemeentecode, regio FROM ref_gemeenten WHERE regio IS NOT NULL").fetchall()
    regions: dict[str, set[str]] = {}
    for code, name in rows:
        regions.setdefault(name, set()).add(code)
    return Areas(frozenset(code for (code,) in together), {code: frozenset(regions[name]) for code, name in rows})


def ladder(vraag: Vraag, day: date, areas: Areas, voor: Bevoegdheid) -> list[Step]:
    """Every level of a question, the finest first. A step that changes nothing is not there."""
    definition = definition_of(vraag.cijfer)
    tot = min(vraag.tot or day, day)
    filters = {name: tuple(values) for name, values in vraag.filters.items() if values}
    places = tuple(sorted(map(str, filters.get("gemeente", ()))))
    first = Step(Niveau(0, AS_ASKED, vraag.van or FIRST_DAY, tot, gemeenten=places), filters, tuple(vraag.per))
    steps = [first]
    for widen in (_time, _area, _route):
        for step in widen(steps[-1], definition, day, areas, voor):
            if step.question != steps[-1].question:
                steps.append(replace(step, niveau=replace(step.niveau, stap=len(steps))))
    return steps


def _time(step: Step, definition: Definition, day: date, areas: Areas, voor: Bevoegdheid) -> Iterator[Step]:
    """A longer period; a table per month, quarter or year gets longer parts."""
    if "datum" not in outputs(definition.id) or {*_SPLITS, "halfjaar"} & set(definition.eigen):
        return  # a state on the peildatum, or a figure that always stands per year
    now = step.niveau
    ends = max(now.tot, min(date(now.tot.year, 12, 31), day))
    split = [name for name in _SPLITS if name in step.per]
    for name, part, years in ((YEAR, "jaar", 1), (TWO_YEARS, "tweejaar", 2), (SINCE, None, 0)):
        if split and part and _SPLITS.index(part) <= _SPLITS.index(split[0]):
            continue
        begins = max(FIRST_DAY, date(ends.year - years + 1, 1, 1)) if years else FIRST_DAY
        per = step.per
        if split:
            place = min(per.index(one) for one in split)
            rest = [one for one in per if one not in split]
            per = (*rest[:place], *([part] if part else []), *rest[place:])
        elif part and (now.van < begins or (now.van, now.tot) == (begins, ends)):
            continue  # longer than this already
        yield Step(replace(now, periode=name, van=min(now.van, begins), tot=ends), step.filters, per)


def _area(step: Step, definition: Definition, day: date, areas: Areas, voor: Bevoegdheid) -> Iterator[Step]:
    """A larger area, as far as one's rights go; a table per municipality becomes one number."""
    if "gemeente" not in definition.mogelijk or "gemeente" in definition.eigen:
        return
    places = frozenset(step.niveau.gemeenten)
    region = frozenset().union(*(areas.region.get(code, frozenset()) for code in places))
    per = tuple(name for name in step.per if name != "gemeente")
    if not places:
        if per != step.per:
            yield Step(replace(step.niveau, gebied=REGION), step.filters, per)
        return
    for name, around in ((IASZ, areas.together), (REGION, region)):
        if places <= around and (voor.gemeenten is None or around <= voor.gemeenten):
            codes = tuple(sorted(around))
            niveau = replace(step.niveau, gebied=name, gemeenten=codes)
            yield Step(niveau, {**step.filters, "gemeente": codes}, per)


def _route(step: Step, definition: Definition, day: date, areas: Areas, voor: Bevoegdheid) -> Iterator[Step]:
    """All leerroutes together."""
    if "leerroute" in definition.eigen or not ("leerroute" in step.filters or "leerroute" in step.per):
        return
    filters = {name: values for name, values in step.filters.items() if name != "leerroute"}
    per = tuple(name for name in step.per if name != "leerroute")
    yield Step(replace(step.niveau, leerroute=ALL), filters, per)
