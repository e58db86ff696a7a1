"""The rows of a warehouse as they were on a day, as plain Python: the other way to know what a figure should be."""

from collections import defaultdict
from datetime import date

STATUS = ("asielstatushouder", "nareiziger")
ORDER = {"B1": 1, "onderwijs": 2, "Z": 3}


class World:
    """The rows as they were on a day: nothing after it is there."""

    def __init__(self, rows, day):
        self.day = day
        self.persons = {row["persoon"]: dict(row) for row in rows["personen"] if row["datum_plichtig"] <= day}
        self.rows = rows
        for row in self.persons.values():
            row["datum_vertrek"] = self.seen(row["datum_vertrek"])
            row["datum_huisvesting"] = self.seen(row["datum_huisvesting"])
        self.trajecten = {}
        for row in self.of("trajecten"):
            new = {key: self.seen(value) if isinstance(value, date) else value for key, value in row.items()}
            new["uitkomst"] = row["uitkomst"] if new["datum_einde"] else None
            self.trajecten[row["persoon"]] = new
        self.spells = [self.open(row) for row in self.of("leerroutes") if row["start"] <= day]
        self.parts = [self.open(row) for row in self.of("onderdelen") if row["start"] <= day]
        self.participation = [self.open(row) for row in self.of("participatie") if row["start"] <= day]
        self.exams = [row for row in self.of("examens") if row["examendatum"] <= day]
        self.first = {}
        for row in sorted(self.spells, key=lambda row: (row["start"], ORDER[row["leerroute"]])):
            self.first.setdefault(row["persoon"], row)
        self.contracts = defaultdict(set)
        for row in self.spells + self.parts:
            if row["contract"]:
                self.contracts[row["persoon"]].add(row["contract"])

    def of(self, table):
        return [row for row in self.rows[table] if row["persoon"] in self.persons]

    def seen(self, value):
        return value if value is not None and value <= self.day else None

    def open(self, row):
        if row["einde"] is None or row["einde"] <= self.day:
            return dict(row)
        gone = {key: None for key in ("einde", "reden_einde", "niveau") if key in row}
        return {**row, **gone, **({"resultaat": "loopt"} if "resultaat" in row else {})}

    def dims(self, key):
        person = self.persons[key]
        age = person["datum_plichtig"].year - person["geboortejaar"]
        return {
            "gemeente": person["gemeentecode"], "doelgroep": person["doelgroep"], "geslacht": person["geslacht"],
            "cohort": person["datum_plichtig"].year,
            "leerroute": self.first[key]["leerroute"] if key in self.first else None,
            "leeftijd": "<25" if age < 25 else "25-34" if age < 35 else "35-44" if age < 45 else "45+",
        }  # fmt: skip

    def doing(self, key, day, *forms):
        """Whether a person took part (in one of these forms) on a day."""
        return any(
            row["persoon"] == key
            and row["start"] <= day
            and (row["einde"] is None or row["einde"] >= day)
            and (not forms or row["vorm"] in forms)
            for row in self.participation
        )
