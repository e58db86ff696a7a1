"""What is coming: instroom per year with its interval, what that costs, and the formatie that it asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from data import referentie
from metrics.insight import quarters
from metrics.insight.forecast import FEWEST, dispersion, from_taakstelling, predict
from metrics.insight.scope import Scope, shown

GROUPS: Mapping[str, tuple[str, ...]] = {
    "statushouders": ("asielstatushouder", "nareiziger"),
    "gezins- en overige migranten": ("gezinsmigrant", "overige migrant"),
    "allen": ("asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"),
}
PAID = ("asielstatushouder", "gezinsmigrant")  # the groups that the State pays for by the head
HISTORY = 12  # quarters: longer ago says little about the coming year
HOURS = 15  # a consulent's hours a year per person (beleidsdocument P-§6.2)
YEARS = 3


def instroom(scope: Scope) -> list[dict[str, Any]]:
    """Per year (the one after the last whole quarter, and the next) and group: known so far, and expected in all.

    Keys: jaar, groep, bekend, verwacht, laag, hoog (the year's total, 95 %), kwartalen (that the expectation rests on),
    spreiding; verwacht, laag, hoog are empty with fewer than four quarters. Besides, per half-year of which the
    taakstelling is known, a row with `op_basis_van` taakstelling.
    """
    rows = []
    for name, members in GROUPS.items():
        counts = _counts(scope, members)
        spread = dispersion([[n for _, n in counts], _before(scope, name)])
        for year in years(scope.day):
            rows.append({"jaar": year, "groep": name} | _year(scope.day, counts, year, spread))
    return rows + _taakstelling(scope)


def years(day: date) -> tuple[int, int]:
    """The year of the quarter that follows the last whole one, and the next."""
    first = int(quarters.shift(quarters.last_whole(day), 1)[:4])
    return first, first + 1


def _counts(scope: Scope, members: Sequence[str]) -> list[tuple[str, int]]:
    """(quarter, instroom) of all whole quarters since the first one known of anybody; zero where nobody came."""
    everyone = scope.ask("instroom", per=("kwartaal",)).rijen
    last = quarters.last_whole(scope.day)
    known = [row["kwartaal"] for row in everyone if row["kwartaal"] <= last]
    if not known:
        return []
    mine = scope.ask("instroom", per=("kwartaal",), filters={"doelgroep": members}).rijen
    found = {row["kwartaal"]: int(row["aantal"]) for row in mine if shown(row["aantal"])}
    return [(quarter, found.get(quarter, 0)) for quarter in quarters.between(min(known), last)]


def _before(scope: Scope, group: str) -> list[float]:
    """The statushouders of the years before the law that the policy document gives, for the municipalities asked: they
    show how much instroom swings. Of other groups only one year is known."""
    if group not in ("statushouders", "asielstatushouder", "allen"):
        return []
    frame = referentie.frame("instroom").filter(pl.col("groep") == "statushouders")
    if chosen := [str(code) for code in scope.filters.get("gemeente", ())]:
        frame = frame.filter(pl.col("gemeentecode").is_in(chosen))
    elif scope.voor.gemeenten is not None:
        frame = frame.filter(pl.col("gemeentecode").is_in(sorted(scope.voor.gemeenten)))
    totals = frame.group_by("jaar").agg(pl.col("aantal").sum()).sort("jaar")
    return [float(n) for n in totals["aantal"]]


def _year(day: date, counts: list[tuple[str, int]], year: int, spread: float) -> dict[str, Any]:
    last = quarters.last_whole(day)
    known = sum(n for quarter, n in counts if quarter[:4] == str(year))
    ahead = quarters.between(max(quarters.shift(last, 1), f"{year}-K1"), f"{year}-K4")
    past = [n for _, n in counts][-HISTORY:]
    found = predict(past, len(ahead), spread)
    row: dict[str, Any] = {"bekend": known, "verwacht": None, "laag": None, "hoog": None}
    if found is not None:
        row |= {"verwacht": known + found.verwacht, "laag": known + found.laag, "hoog": known + found.hoog}
    about = f"{len(past)} kwartalen" if found else f"te kort: {len(past)} van {FEWEST} kwartalen"
    return row | {"kwartalen": len(past), "spreiding": spread, "op_basis_van": about}


def _taakstelling(scope: Scope) -> list[dict[str, Any]]:
    """Half-years after the peildatum of which the taakstelling is known already: it is set beforehand."""
    share = float(referentie.frame("taakstelling")["aandeel_plichtig"][0])
    ahead = date(scope.day.year + 2, 12, 31)
    totals: dict[str, int] = {}
    for row in scope.ask("taakstelling", peildatum=ahead).rijen:
        half = str(row["halfjaar"])
        begins = date(int(half[:4]), 6 * int(half[-1]) - 5, 1)
        if begins > scope.day and begins.year in years(scope.day) and shown(row["noemer"]):
            totals[half] = totals.get(half, 0) + int(row["noemer"])
    found = []
    for half, housed in sorted(totals.items()):
        one = from_taakstelling(housed, share)
        found.append(
            {"jaar": int(half[:4]), "halfjaar": half, "groep": "statushouders", "bekend": 0, "verwacht": one.verwacht}
            | {"laag": one.laag, "hoog": one.hoog, "op_basis_van": f"taakstelling: {housed} mensen huisvesten"}
        )
    return found


def costs(scope: Scope) -> list[dict[str, Any]]:
    """Per year and paid group: the instroom expected, what the State pays for it, what it costs, and the difference.

    The amounts are of the whole traject of who comes in that year. Bounds follow those of the number of people. Keys:
    jaar, doelgroep, aantal, laag, hoog, tarief, kosten_per_persoon, rijk, kosten, saldo, saldo_laag, saldo_hoog.
    """
    price = dict(referentie.frame("voorzieningen").group_by("doelgroep").agg(pl.col("bedrag").sum()).iter_rows())
    tariffs = {(row["jaar"], row["doelgroep"]): row["tarief"] for row in referentie.frame("tarieven").to_dicts()}
    rows = []
    for group in PAID:
        counts = _counts(scope, (group,))
        spread = dispersion([[n for _, n in counts], _before(scope, group)])
        for year in years(scope.day):
            one = _year(scope.day, counts, year, spread)
            tariff, cost = tariffs.get((year, group)), float(price[group])
            row = {"jaar": year, "doelgroep": group, "aantal": one["verwacht"], "laag": one["laag"]}
            row |= {"hoog": one["hoog"], "tarief": tariff, "kosten_per_persoon": cost}
            rows.append(row | _money(one, tariff, cost))
    return rows


def _money(one: Mapping[str, Any], tariff: float | None, cost: float) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(("rijk", "kosten", "saldo", "saldo_laag", "saldo_hoog"))
    if one["verwacht"] is None:
        return found
    found["kosten"] = one["verwacht"] * cost
    if tariff is None:
        return found
    ends = sorted(n * (tariff - cost) for n in (one["laag"], one["hoog"]))
    return found | {"rijk": one["verwacht"] * tariff, "saldo": one["verwacht"] * (tariff - cost)} | {
        "saldo_laag": ends[0], "saldo_hoog": ends[1],
    }  # fmt: skip


def formatie(scope: Scope) -> list[dict[str, Any]]:
    """Per year: the fte that the people of three cohorts ask, beside what the team has.

    The team serves the municipalities of the reference data together, whatever is filtered. Fifteen hours a year for
    who came in that year or in the two before; who left or finished early is not taken off: rather too much.
    """
    reference = referentie.frame("uitvoering")
    team = sorted(set(reference["gemeentecode"]))
    wide = Scope(scope.snapshot, scope.voor, scope.day, {"gemeente": team}, scope._seen, antwoorden=scope.antwoorden)
    advisers = referentie.frame("formatie").filter(pl.col("onderdeel") == "consulenten")["waarde"][0]
    counts = _counts(wide, GROUPS["allen"])
    spread = dispersion([[n for _, n in counts], _before(wide, "allen")])
    rows = []
    for year in years(scope.day):
        facts = reference.filter(pl.col("jaar") == min(year, int(reference["jaar"].to_numpy().max())))
        hours = float(facts["uren_per_fte"][0])
        cohorts = [_year(scope.day, counts, one, spread) for one in range(year - YEARS + 1, year + 1)]
        row: dict[str, Any] = {"jaar": year, "personen": None, "nodig": None, "laag": None, "hoog": None}
        if all(one["verwacht"] is not None for one in cohorts):
            persons = {key: sum(one[key] for one in cohorts) for key in ("verwacht", "laag", "hoog")}
            row |= {"personen": persons["verwacht"], "nodig": persons["verwacht"] * HOURS / hours}
            row |= {key: persons[key] * HOURS / hours for key in ("laag", "hoog")}
        rows.append(row | {"beschikbaar": float(facts["fte"][0]), "waarvan_consulenten": float(advisers)})
    return rows
