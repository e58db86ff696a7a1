"""The persons and trajecten of a warehouse's rows as they were on a day: nothing after it is there."""

STATUS = ("asielstatushouder", "nareiziger")


class People:
    """`persons` and `trajecten` by key, as plain rows."""

    def __init__(self, rows, day):
        def seen(value):
            return value if value is not None and value <= day else None

        self.persons = {
            row["persoon"]: row
            | {name: seen(row[name]) for name in ("datum_vertrek", "datum_huisvesting")}
            for row in rows["personen"]
            if row["datum_plichtig"] <= day
        }  # fmt: skip
        self.trajecten = {}
        for row in rows["trajecten"]:
            if row["persoon"] in self.persons:
                new = {name: seen(value) if name.startswith("datum_") else value for name, value in row.items()}
                new["uitkomst"] = row["uitkomst"] if new["datum_einde"] else None
                self.trajecten[row["persoon"]] = new
