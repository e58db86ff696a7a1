"""This view set beside another: a period, a municipality, the rest of the region; with whether it can be chance."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dash import html

import metrics
from dashboard import wording
from dashboard.components import section
from dashboard.components.filterbar import BESIDE
from dashboard.components.parts import plain_table
from dashboard.pages.context import Context
from dashboard.state import FIRST_DAY, JAAR, PERIODE, REGIO, View
from dashboard.texts import t
from dashboard.wording.letters import capital

_TIMES = ("jaar", "kwartaal", "maand")


@dataclass(frozen=True)
class Other:
    """The view beside this one, and its name in a sentence; or why there is none."""

    view: View | None
    name: str = ""
    op: str = "in"
    why: str = ""


def other(context: Context, definition: metrics.Definition) -> Other | None:
    """What this view is set beside; None when nothing was chosen."""
    view = context.view
    if view.naast is None:
        return None
    if view.naast in (PERIODE, JAAR):
        return _earlier(context, definition)
    if "gemeente" not in definition.filterbaar:
        return Other(None, why=t("Dit cijfer is niet per gemeente bekend."))
    mine = set(view.filters.get("gemeente", ()))
    if not mine:
        return Other(None, why=t("Kies eerst een gemeente; die zetten wij dan naast de andere."))
    if view.naast == REGIO:
        rest = tuple(code for code, _ in context.desk.facts(context.snapshot)["gemeenten"] if code not in mine)
        if not rest:
            return Other(None, why=t("U heeft alle gemeenten van de regio al gekozen."))
        return Other(_of(view, rest), t(BESIDE[REGIO]))
    if view.naast in mine:
        return Other(None, why=t("Deze gemeente zit al in uw keuze. Kies een andere."))
    return Other(_of(view, (view.naast,)), context.names.get(view.naast, view.naast))


def _of(view: View, codes: tuple[str, ...]) -> View:
    return replace(view, filters={**view.filters, "gemeente": codes}, naast=None)


def _earlier(context: Context, definition: metrics.Definition) -> Other:
    view, day = context.view, context.day
    if not set(_TIMES) & set(definition.mogelijk):  # what is so on a day: looked at a year earlier
        if view.naast == PERIODE:
            why = t("Dit cijfer geldt op één dag en kent geen periode. Vergelijk met een jaar eerder.")
            return Other(None, why=why)
        before = _year_back(day)
        if before < FIRST_DAY:
            return Other(None, why=t("Een jaar eerder was de wet er nog niet."))
        return Other(replace(view, peildatum=before, naast=None), wording.day(before), "op")
    if view.van is None:
        why = t("Kies eerst een periode, bijvoorbeeld een jaar. Dan vergelijken wij die met ervoor.")
        return Other(None, why=why)
    first, last = view.van, min(view.tot or day, day)
    if first > last:
        return Other(None, why=t("Deze periode begint na de peildatum."))
    if view.naast == JAAR:
        begin, end = _year_back(first), _year_back(last)
    else:
        begin, end = _before(first, last)
    if begin < FIRST_DAY:
        return Other(None, why=t("De periode ervoor ligt (deels) voor 2022, toen de wet er nog niet was."))
    return Other(replace(view, van=begin, tot=end, naast=None), _named(begin, end))


def _year_back(day: date) -> date:
    """The same day a year earlier; the end of a month stays the end of a month."""
    if (day + timedelta(days=1)).day == 1:
        following = day + timedelta(days=1)
        return date(following.year - 1, following.month, 1) - timedelta(days=1)
    return date(day.year - 1, day.month, day.day)


def _before(first: date, last: date) -> tuple[date, date]:
    """The period of the same length just before; whole months stay whole months."""
    end = first - timedelta(days=1)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        place = 12 * first.year + first.month - 1 - months
        return date(place // 12, place % 12 + 1, 1), end
    return first - (last - first) - timedelta(days=1), end


def _named(first: date, last: date) -> str:
    """A period as it follows "in"."""
    name = wording.period(first, last)
    if name == wording.quarter(f"{first.year}-K{(first.month + 2) // 3}"):
        return t("het {kwartaal}", kwartaal=name)
    years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return name if years else t("de periode {periode}", periode=name)


def in_words(context: Context, id: str, total: metrics.Answer) -> str | None:
    """The comparison of a figure of one row in a sentence; None when nothing is compared or there is more to tell."""
    definition = metrics.catalogue()[id]
    found = other(context, definition)
    if found is None:
        return None
    if found.view is None:
        return found.why
    if len(total.rijen) != 1 or total.dims:
        return None
    beside = context.seen_with(found.view).answer(id)
    return _told(definition, total.rijen[0], beside.rijen[0], found, context)


def _told(
    definition: metrics.Definition, row: dict[str, Any], match: dict[str, Any], found: Other, context: Context
) -> str:
    """The difference, and whether it can be chance. Counts of places of another size are only set beside each other."""
    place = context.view.naast not in (PERIODE, JAAR)
    if place and definition.soort in ("aantal", "bedrag"):
        value = _value(definition, match)
        return t(
            "In {naam}: {waarde}. Die groep is anders van grootte; vergelijk liever een deel.",
            naam=found.name, waarde=value,
        )  # fmt: skip
    return wording.compare(definition.soort, row, match, found.name, found.op)[1]


def comparison(context: Context, definition: metrics.Definition, total: metrics.Answer) -> Any:
    """The section of a figure's page: row beside row, and of each whether the difference can be chance."""
    found = other(context, definition)
    if found is None:
        return None
    if found.view is None:
        return section(t("Vergeleken"), html.P(found.why))
    beside = context.seen_with(found.view).answer(definition.id)
    keys = [*total.dims, *(("horizon", "einde") if definition.soort == "incidentie" else ())]
    theirs = {tuple(row.get(key) for key in keys): row for row in beside.rijen}
    rows, said = [], []
    for row in total.rijen:
        match = theirs.get(tuple(row.get(key) for key in keys))
        told = (
            wording.compare(definition.soort, row, match, found.name, found.op)[1]
            if match
            else t("Niets om mee te vergelijken.")
        )
        said.append(told)
        labels = [_label(key, row[key], context) for key in keys]
        rows.append([*labels, _value(definition, row), _value(definition, match) if match else "–", told])
    title = t("Vergeleken met {naam}", naam=found.name)
    if len(rows) == 1 and not keys:
        return section(title, html.P(said[0], className="zin"))
    head = [
        *(wording.title_of(key) for key in keys),
        t("Uw keuze"),
        capital(found.name),
        t("Verschil"),
    ]
    table = plain_table(head, rows, left=len(head), label=title)
    return section(title, table if rows else html.P(t("Er is niets om te vergelijken.")))


def _label(key: str, value: Any, context: Context) -> str:
    return wording.horizon(value) if key == "horizon" else wording.dimension(key, value, context.names)


def _value(definition: metrics.Definition, row: dict[str, Any]) -> str:
    if definition.soort == "aandeel":
        return wording.share(row)
    key = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(definition.soort, "waarde")
    return wording.cell(key, row.get(key), definition)
