"""The filter bar: what is often chosen in sight, the rest behind one key; and the search for a figure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import dash_mantine_components as dmc
from dash import html

import metrics
from dashboard import wording
from dashboard.components.parts import aria
from dashboard.state import CHOICES, FILTERS, FIRST_DAY, JAAR, PERIODE, REGIO
from dashboard.texts import DUTCH, language, mark, t

_IN_SIGHT = ("gemeente", "doelgroep", "leerroute", "cohort")
BESIDE = {
    PERIODE: mark("de periode ervoor"),
    JAAR: mark("een jaar eerder"),
    REGIO: mark("de rest van de regio"),
}


def filter_bar(facts: dict[str, Any]) -> Any:
    """All filters. What a page does not know is switched off by the page itself."""
    newest = facts["peildatum"]
    boxes = {name: _box(name, facts) for name in FILTERS}
    in_sight = [*(boxes[name] for name in _IN_SIGHT), _period(newest)]
    more = [boxes[name] for name in FILTERS if name not in _IN_SIGHT]
    more += [_day("van", t("Vanaf"), newest), _day("tot", t("Tot en met"), newest), _peildatum(newest), _beside(facts)]
    more += [_snapshots(facts)]
    reset = html.Button(t("Alles wissen"), id="wis", className="wis")
    others = html.Details(
        [html.Summary(t("Meer filters, vergelijken en terugkijken")), html.Div(more, className="filterrij")],
        className="meer-filters",
    )
    foot = html.Div([others, reset], className="filtervoet")
    return html.Div(
        [
            _key(),
            html.Div([html.Div(in_sight, className="filterrij"), foot], id="filters-vak", className="filtervak"),
        ],
        className="filterbalk",
        role="group",
        **aria(t("Filters")),
    )


def _key() -> Any:
    """On a phone one line instead of all boxes: how much was chosen and what; it opens and closes the boxes."""
    told: Any = {"aria-expanded": "false", "aria-controls": "filters-vak"}
    said = html.Span(key_text([]), id="filters-knop-tekst")
    return html.Button(said, id="filters-knop", className="filters-knop", **told)


def key_text(chosen: Sequence[str]) -> str:
    """What the line says: "Filters (2) · Haarlem · 2024"."""
    if not chosen:
        return t("Filters: alles")
    return " · ".join([t("Filters ({n})", n=wording.number(len(chosen))), *chosen])


def find_figure() -> Any:
    """Every figure is two keys away, by its title or its name."""
    found = [
        {"value": one.id, "label": f"{t(one.titel)} ({_known_as(one.id)})"} for one in metrics.catalogue().values()
    ]
    return dmc.Select(
        id="zoek-cijfer", data=found, searchable=True, placeholder=t("Zoek een cijfer"), size="sm", clearable=True,
        className="zoek-cijfer", nothingFoundMessage=t("Niet gevonden; kijk bij Definities"), maxDropdownHeight=380,
        **aria(t("Zoek een cijfer")),
    )  # fmt: skip


def _box(name: str, facts: dict[str, Any]) -> Any:
    label = wording.title_of(name)
    return dmc.MultiSelect(
        id={"type": "filter", "naam": name}, label=label, data=_choices(name, facts), placeholder=t("alle"),
        clearable=True, searchable=name in ("gemeente", "contract"), hidePickedOptions=True, size="sm",
        className="filter", nothingFoundMessage=t("Niet gevonden"), clearButtonProps=_wipe(label),
    )  # fmt: skip


def _choices(name: str, facts: dict[str, Any]) -> list[dict[str, str]]:
    match name:
        case "gemeente":
            return [_option(code, town) for code, town in facts["gemeenten"]]
        case "contract":
            return [_option(id, title) for id, title in facts["contracten"]]
        case "cohort":
            return [_option(str(year), str(year)) for year in range(FIRST_DAY.year, facts["peildatum"].year + 1)]
        case "doelgroep":
            both = _option("statushouders", t("statushouders (asiel en nareis samen)"))
            return [both, *(_option(value, wording.dimension(name, value)) for value in CHOICES[name])]
        case _:
            return [_option(value, wording.dimension(name, value)) for value in CHOICES[name]]


def _period(newest: date) -> Any:
    data = [_option(f"{first}/{last}", label) for first, last, label in periods(newest)]
    return dmc.Select(
        id={"type": "periode", "naam": "periode"}, label=t("Periode"), data=data, placeholder=t("sinds 2022"),
        clearable=True, size="sm", className="filter", clearButtonProps=_wipe(t("de periode")),
    )  # fmt: skip


def periods(newest: date) -> Iterator[tuple[date, date, str]]:
    """(first day, last day, name): whole years, then the last eight quarters."""
    for year in range(newest.year, FIRST_DAY.year - 1, -1):
        if date(year, 12, 31) <= newest:
            yield date(year, 1, 1), date(year, 12, 31), str(year)
    ends = list(_quarter_ends(newest))
    if len(ends) >= 4:
        first = date(ends[-1].year - 1, ends[-1].month, 1) + timedelta(days=31)
        begin = first.replace(day=1)
        if (begin, ends[-1]) != (date(newest.year, 1, 1), date(newest.year, 12, 31)):
            yield begin, ends[-1], t("laatste vier kwartalen")
    for end in reversed(ends[-8:]):
        yield date(end.year, end.month - 2, 1), end, wording.quarter(f"{end.year}-K{end.month // 3}")


def _day(name: str, label: str, newest: date) -> Any:
    return dmc.DatePickerInput(
        id={"type": "keuze", "naam": name}, label=label, placeholder=t("kies een dag"), clearable=True, size="sm",
        valueFormat="DD-MM-YYYY" if language() == DUTCH else "D MMM YYYY", className="filter",
        minDate=FIRST_DAY.isoformat(), maxDate=newest.isoformat(), clearButtonProps=_wipe(label.lower()),
    )  # fmt: skip


def _peildatum(newest: date) -> Any:
    days = [_option(day.isoformat(), wording.day(day)) for day in reversed(list(_quarter_ends(newest)))]
    return dmc.Select(
        id={"type": "keuze", "naam": "peildatum"}, label=t("Peildatum"), data=days, placeholder=wording.day(newest),
        clearable=True, size="sm", className="filter", clearButtonProps=_wipe(t("de peildatum")),
    )  # fmt: skip


def _beside(facts: dict[str, Any]) -> Any:
    times = [_option(name, t(BESIDE[name])) for name in (PERIODE, JAAR)]
    places = [_option(REGIO, t(BESIDE[REGIO])), *(_option(code, town) for code, town in facts["gemeenten"])]
    data: Any = [{"group": t("Tijd"), "items": times}, {"group": t("Plaats"), "items": places}]
    return dmc.Select(
        id={"type": "keuze", "naam": "naast"}, label=t("Vergelijken met"), data=data, placeholder=t("niets"),
        clearable=True, size="sm", className="filter", clearButtonProps=_wipe(t("de vergelijking")),
    )  # fmt: skip


def _snapshots(facts: dict[str, Any]) -> Any:
    data = [_option(id, label) for id, label in facts["momentopnamen"]]
    return dmc.Select(
        id={"type": "keuze", "naam": "momentopname"}, label=t("Momentopname"), data=data, placeholder=t("de huidige"),
        clearable=True, size="sm", className="filter", clearButtonProps=_wipe(t("de momentopname")),
    )  # fmt: skip


def _option(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}


def _wipe(what: str) -> Any:
    return aria(t("Wis {wat}", wat=what))


def _quarter_ends(newest: date) -> Iterator[date]:
    year, month = FIRST_DAY.year, 4
    while (day := date(year, month, 1) - timedelta(days=1)) <= newest:
        yield day
        year, month = (year + 1, 1) if month == 10 else (year, month + 3)


def _known_as(id: str) -> str:
    """The name of a figure beside its title: as words where they are words of the language, else as the code it is."""
    return id.replace("_", " ") if language() == DUTCH else id
