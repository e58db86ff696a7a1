"""A second opinion: every figure once more, slowly, in plain loops over the rows.

Written from the definitions in words, sharing no code with `metrics`. A figure here is a function that goes through the
world as it was on the peildatum and gives its cases: one dictionary for each person, spell, exam or amount that counts,
with its own date, its dimensions and what is measured. `answer` keeps the cases in the period that pass the filters,
puts them into groups and calls the statistic of the figure's kind (reference_statistics).
"""

from collections import defaultdict
from datetime import date, timedelta

STATUS = ("asielstatushouder", "nareiziger")
ORDER = {"B1": 1, "onderwijs": 2, "Z": 3}
PERSONAL = ("gemeente", "doelgroep", "leerroute", "contract", "cohort", "geslacht", "leeftijd")
TIMES = ("jaar", "kwartaal", "maand")
FIRST = date(2022, 1, 1)


def plus(day, days):
    return day + timedelta(days)


def quarter(day):
    return f"{day.year}-K{(day.month - 1) // 3 + 1}"


def quarter_days(name):
    """First and last day of a quarter by its name."""
    year, number = int(name[:4]), int(name[-1])
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return date(year, 3 * number - 2, 1), plus(after, -1)


def half_days(name):
    """First and last day of a half-year by its name."""
    year, number = name.split("-")
    return (
        (date(int(year), 1, 1), date(int(year), 6, 30))
        if number == "1"
        else (date(int(year), 7, 1), date(int(year), 12, 31))
    )


def add_months(day, months):
    """The same day so many calendar months on; the last day of the month where that day is not there."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    last = plus(date(year + month // 12, month % 12 + 1, 1), -1).day
    return date(year, month, min(day.day, last))


class World:
    """The rows as they were on a day: nothing after it is there."""

    def __init__(self, rows, day):
        self.day, self.rows = day, rows
        self.persons = {}
        for row in rows.get("personen", []):
            if row["datum_plichtig"] <= day:
                new = dict(row)
                new["datum_huisvesting"] = self.seen(row.get("datum_huisvesting"))
                new["datum_vertrek"] = self.seen(row.get("datum_vertrek"))
                self.persons[row["persoon"]] = new
        self.trajecten = {}
        for row in self.of("trajecten"):
            new = {
                key: self.seen(row.get(key))
                for key in ("datum_intake_1", "datum_leerbaarheidstoets", "datum_pip", "datum_einde")
            }
            new["persoon"] = row["persoon"]
            new["uitkomst"] = row.get("uitkomst") if new["datum_einde"] else None
            new["toets_uitslag"] = row.get("toets_uitslag") if new["datum_leerbaarheidstoets"] else None
            self.trajecten[row["persoon"]] = new
        self.spells = [self.still_open(row) for row in self.of("leerroutes") if row["start"] <= day]
        self.parts = [self.still_open(row) for row in self.of("onderdelen") if row["start"] <= day]
        self.participation = [self.still_open(row) for row in self.of("participatie") if row["start"] <= day]
        self.benefits = [self.still_open(row) for row in self.of("uitkeringen") if row["start"] <= day]
        self.exams = [row for row in self.of("examens") if row["examendatum"] <= day]
        self.decisions = [row for row in self.of("besluiten") if row["datum"] <= day]
        self.hours = [row for row in self.of("uren") if row["maand"] <= day]
        self.first, self.contracts = {}, defaultdict(set)
        for row in sorted(self.spells, key=lambda row: (row["start"], ORDER[row["leerroute"]])):
            self.first.setdefault(row["persoon"], row)
        for row in self.spells + self.parts:
            if row.get("contract"):
                self.contracts[row["persoon"]].add(row["contract"])

    def of(self, table):
        return [row for row in self.rows.get(table, []) if row["persoon"] in self.persons]

    def seen(self, value):
        return value if value is not None and value <= self.day else None

    def still_open(self, row):
        new = dict(row)
        if row.get("einde") is not None and row["einde"] > self.day:
            for key in ("einde", "reden_einde", "niveau"):
                new[key] = None
            if "resultaat" in row:
                new["resultaat"] = "loopt"
        return new

    def traject(self, key):
        empty = ("datum_intake_1", "datum_leerbaarheidstoets", "datum_pip", "datum_einde", "uitkomst", "toets_uitslag")
        return self.trajecten.get(key) or dict.fromkeys(empty)

    def dims(self, key):
        """The dimensions of a person."""
        person = self.persons[key]
        age = person["datum_plichtig"].year - person["geboortejaar"]
        return {
            "gemeente": person["gemeentecode"],
            "doelgroep": person["doelgroep"],
            "geslacht": person["geslacht"],
            "cohort": person["datum_plichtig"].year,
            "leerroute": self.first[key]["leerroute"] if key in self.first else None,
            "leeftijd": "<25" if age < 25 else "25-34" if age < 35 else "35-44" if age < 45 else "45+",
            "contract": tuple(sorted(self.contracts.get(key, ()))) or (None,),
        }

    def case(self, key, day, **own):
        """A case about a person; what stands in `own` goes before the person's dimensions."""
        return {"persoon": key, "datum": day, **self.dims(key), **own}

    def spell(self, row, day, **own):
        """A case about a spell: its own leerroute and contract count."""
        return self.case(row["persoon"], day, leerroute=row["leerroute"], contract=(row.get("contract"),), **own)

    def part(self, row, day, **own):
        """A case about a row of another table with a contract: that contract counts."""
        return self.case(row["persoon"], day, contract=(row.get("contract"),), **own)

    def takes_part(self, key, day, *forms):
        """Whether a person took part (in one of these forms) on a day."""
        return any(
            row["persoon"] == key
            and row["start"] <= day
            and (row["einde"] is None or row["einde"] >= day)
            and (not forms or row["vorm"] in forms)
            for row in self.participation
        )


def times(case):
    day = case["datum"]
    return {"jaar": day.year, "kwartaal": quarter(day), "maand": f"{day.year}-{day.month:02d}"} if day else {}


def passes(case, filters):
    """Whether a case passes all filters."""
    for name, values in filters.items():
        value = case[name] if name in case else times(case).get(name)
        have = value if isinstance(value, tuple) else (value,)
        if not set(have) & set(values):
            return False
    return True


def in_period(case, van, tot):
    return case["datum"] is None or van <= case["datum"] <= tot


def group_keys(case, dims, filters):
    """The groups a case belongs to: one, or one per contract of its person."""
    values = [{}]
    for name in dims:
        value = case[name] if name in case else times(case)[name]
        many = value if isinstance(value, tuple) else (value,)
        if name == "contract" and "contract" in filters:
            many = [one for one in many if one in filters["contract"]]
        values = [{**old, name: one} for old in values for one in many]
    return [tuple(old.items()) for old in values]


def grouped(cases, dims, filters):
    """The cases per group, the groups in order of their dimensions (empty last); one group when there are no dims."""
    groups = defaultdict(list)
    for case in cases:
        for key in group_keys(case, dims, filters):
            groups[key].append(case)
    if not dims:
        groups.setdefault((), [])
    order = sorted(groups, key=lambda key: [(value is None, value) for _, value in key])
    return [(dict(key), groups[key]) for key in order]


def answer(rows, id, *, peildatum, van=FIRST, tot=None, filters=None, per=()):
    """The rows of a figure, by the other way."""
    import reference_figures as figures

    figure = figures.FIGURES[id]
    filters = filters or {}
    world = World(rows, peildatum)
    tot = min(tot or peildatum, peildatum)
    dims = tuple(dict.fromkeys((*figure.own, *per)))
    world.van, world.tot = van, tot
    cases = [case for case in figure.cases(world, van, tot) if in_period(case, van, tot)]
    return figure.finish(world, cases, dims, filters)
