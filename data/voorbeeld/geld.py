"""Bookings, budgets and the taakstelling of the fictional years, around the golden figures of the policy document."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

from data import referentie
from data.voorbeeld.levensloop import END, MUNICIPALITIES, STATUSHOUDER, Persoon

_PRICE = {
    "brugklas": ("brugklas", 850.0),
    "maatschappelijke begeleiding": ("maatschappelijke begeleiding", 1944.0),
    "PVT": ("PVT", 200.0),
    "MAP": ("MAP", 250.0),
    "financieel ontzorgen": ("financiële zelfredzaamheid", 420.0),
    "eurowijzer": ("financiële zelfredzaamheid", 180.0),
}
_ROUTE = 11000.0
_INTERPRETER = {"asielstatushouder": 417.0, "nareiziger": 417.0, "gezinsmigrant": 179.0, "overige migrant": 179.0}
Row = dict[str, Any]


def boekingen(people: list[Persoon], rng: random.Random) -> list[Row]:
    """One booking per thing bought; a route in four parts; execution per quarter for the two municipalities."""
    rows: list[Row] = []

    def book(
        day: date, code: str, budget: str, kind: str, amount: float, contract: str | None, group: str | None
    ) -> None:
        if day <= END:
            rows.append(
                {
                    "boekstuk": "",
                    "datum": day,
                    "gemeentecode": code,
                    "budget": budget,
                    "kostensoort": kind,
                    "contract": contract,
                    "doelgroep": group,
                    "soort": None,
                    "bedrag": round(amount, 2),
                }
            )

    for person in people:
        for part in person.rijen.get("onderdelen", ()):
            kind, price = _PRICE[part["onderdeel"]]
            budget = "re-integratie" if kind == "financiële zelfredzaamheid" else "voorzieningen"
            group = person.doelgroep if rng.random() < 0.9 else None
            book(
                part["start"] + timedelta(30),
                person.gemeente,
                budget,
                kind,
                price * rng.uniform(0.97, 1.03),
                part["contract"],
                group,
            )
        for spell in person.rijen.get("leerroutes", ()):
            if spell["contract"] is None or "onderwijs" in spell["contract"]:
                continue
            for nr in range(4):
                day = spell["start"] + timedelta(days=30 + 180 * nr)
                if spell["einde"] and day > spell["einde"]:
                    break
                amount = _ROUTE / 4 * rng.uniform(0.97, 1.05)
                book(day, person.gemeente, "voorzieningen", "leerroute", amount, spell["contract"], person.doelgroep)
                if rng.random() < 0.01:
                    book(
                        day + timedelta(20),
                        person.gemeente,
                        "voorzieningen",
                        "leerroute",
                        -amount / 2,
                        spell["contract"],
                        person.doelgroep,
                    )
        if person.rijen.get("trajecten"):
            amount = _INTERPRETER[person.doelgroep] * rng.uniform(0.4, 1.6)
            book(
                person.begin + timedelta(60),
                person.gemeente,
                "voorzieningen",
                "tolk",
                amount,
                "globaltalk-tolken",
                person.doelgroep,
            )
    budgets = {
        row["jaar"]: row["budget"]
        for row in referentie.frame("uitvoering").filter(gemeentecode="0397").iter_rows(named=True)
    }
    for year, budget in budgets.items():
        for quarter in range(4):
            day = date(year, 3 * quarter + 3, 20)
            for code, share in (("0397", 0.52), ("0377", 0.48)):
                book(day, code, "uitvoering", "personeel", 247000 * share / 4 * rng.uniform(0.97, 1.04), None, None)
                book(day, code, "uitvoering", "software", 10000 * share / 4, None, None)
                book(day, code, "re-integratie", "financiële zelfredzaamheid", 14000 * share / 4, None, None)
        book(date(year, 11, 15), "0397", "invoering", "overig", budget * 0.02, None, None)
    rows.sort(key=lambda row: (row["datum"], row["gemeentecode"], row["kostensoort"], row["bedrag"]))
    for number, row in enumerate(rows, start=1):
        row["boekstuk"] = f"B{row['datum']:%Y}-{number:06d}"
    return rows


def begroting(bookings: list[Row]) -> list[Row]:
    """A budget per year, municipality and cost: what was expected, rounded to five hundred euros."""
    spent: Counter[tuple[int, str, str, str]] = Counter()
    for row in bookings:
        spent[(row["datum"].year, row["gemeentecode"], row["budget"], row["kostensoort"])] += row["bedrag"]
    rows = []
    for (year, code, budget, kind), amount in sorted(spent.items()):
        if year > 2025 or budget == "invoering":
            continue
        factor = {2022: 1.25, 2023: 1.05, 2024: 0.97, 2025: 0.94}[year]
        rows.append(
            {
                "jaar": year,
                "gemeentecode": code,
                "budget": budget,
                "kostensoort": kind,
                "bedrag": float(max(500, round(amount * factor / 500) * 500)),
            }
        )
    return rows


def taakstelling(people: list[Persoon]) -> list[Row]:
    """Per half-year and municipality how many had to be housed: of them about 60 % is inburgeringsplichtig."""
    housed: Counter[tuple[str, str]] = Counter()
    for person in people:
        day = person.rijen["personen"][0]["datum_huisvesting"]
        if day and person.doelgroep in STATUSHOUDER and day.year <= 2025:
            housed[(f"{day.year}-{1 + (day.month > 6)}", person.gemeente)] += 1
    return [
        {"halfjaar": half, "gemeentecode": code, "aantal": round(housed[(half, code)] / 0.6 * 1.06) + 1}
        for year in range(2022, 2026)
        for half in (f"{year}-1", f"{year}-2")
        for code in sorted(MUNICIPALITIES)
    ]
