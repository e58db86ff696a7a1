"""A warehouse for the tests of metrics: a real DuckDB file with seeded, fictional rows, and the same rows as Python."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

SCHEMA = Path(__file__).parents[2] / "etl" / "warehouse" / "schema.sql"
Rows = dict[str, list[dict[str, Any]]]
_CONTRACTS = {"B1": "danner-b1", "Z": "danner-z", "onderwijs": "vu-onderwijs"}


@dataclass(frozen=True)
class File:
    """Stands in for a momentopname of etl: same face, a real file."""

    id: str
    path: Path

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.path), read_only=True)


def write(path: Path, rows: Rows, *, id: str = "proef") -> File:
    """Make a warehouse of these rows; columns left out are empty, `levering` 1 and `rij` the place in the list."""
    import polars as pl

    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        for table, many in rows.items():
            if not many:
                continue
            names = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
            filled = [{"levering": 1, "rij": place, **row} for place, row in enumerate(many, start=2)]
            columns = {name: [row.get(name) for row in filled] for name in names}
            frame = pl.DataFrame(columns, strict=False).cast({pl.Null: pl.String})
            between = path.with_suffix(".parquet")
            frame.write_parquet(between)
            connection.execute(f"INSERT INTO {table} SELECT {', '.join(names)} FROM read_parquet('{between}')")
            between.unlink()
    return File(id, path)


def random_rows(persons: int = 300, seed: int = 1) -> Rows:
    """Rows of a whole warehouse, with everything that definitions are about."""
    dice = random.Random(seed)
    rows: Rows = {
        name: []
        for name in (
            "personen",
            "trajecten",
            "leerroutes",
            "onderdelen",
            "examens",
            "besluiten",
            "participatie",
            "uren",
            "uitkeringen",
            "tevredenheid",
            "uitnodigingen",
            "boekingen",
            "begroting",
            "taakstelling",
            "rapportages",
            "contracten",
            "ref_routes",
            "ref_tarieven",
            "ref_uitvoering",
            "leveringen",
            "bevindingen",
        )
    }
    start, last = date(2022, 1, 1), date(2025, 8, 20)

    def day(low: date, high: date) -> date:
        return low + timedelta(days=dice.randint(0, max((high - low).days, 0)))

    def later(since: date, low: int, high: int) -> date:
        return since + timedelta(days=dice.randint(low, high))

    def known(value: date | None) -> date | None:
        return value if value is not None and value <= last else None

    for number in range(persons):
        key = dice.getrandbits(63) - 2**62
        group = dice.choices(["asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"], [5, 2, 3, 1])[0]
        duty = day(start, last)
        home = (
            known(later(duty, 0, 60)) if group in ("asielstatushouder", "nareiziger") and dice.random() < 0.9 else None
        )
        gone = known(later(duty, 20, 900)) if dice.random() < 0.08 else None
        rows["personen"].append(
            {
                "persoon": key,
                "geboortejaar": dice.randint(1960, 2005),
                "geslacht": dice.choice(["man", "vrouw", "x"]),
                "gemeentecode": dice.choice(["0397", "0397", "0377", "0392"]),
                "doelgroep": group,
                "datum_plichtig": duty,
                "datum_huisvesting": home,
                "datum_vertrek": gone,
                "mutatiedatum": duty,
            }
        )
        if dice.random() < 0.07:
            continue
        intake = known(later(duty, 0, 50))
        pip = known(later(intake, 5, 90)) if intake and dice.random() < 0.9 else None
        test = known(later(intake, 0, 80)) if intake and dice.random() < 0.8 else None
        end = known(later(pip, 100, 1300)) if pip and dice.random() < 0.7 else None
        outcome = dice.choices(
            ["voldaan", "ontheffing", "vrijstelling", "vertrokken", "overleden", "niet voldaan"], [8, 1, 1, 1, 1, 1]
        )[0]
        rows["trajecten"].append(
            {
                "persoon": key,
                "datum_intake_1": intake,
                "datum_leerbaarheidstoets": test,
                "datum_pip": pip,
                "datum_einde": end,
                "uitkomst": outcome if end else None,
                "toets_uitslag": dice.choice(["B1 haalbaar", "B1 niet haalbaar", "onbekend"]) if test else None,
            }
        )
        if dice.random() < 0.5 and group == "asielstatushouder":
            _part(rows, dice, key, "brugklas", "danner-brugklas", known(later(duty, 10, 90)), last)
        for part, contract in (
            ("PVT", "vluchtelingenwerk-pvt"),
            ("MAP", "danner-b1"),
            ("maatschappelijke begeleiding", "vluchtelingenwerk-begeleiding"),
            ("financieel ontzorgen", None),
        ):
            if dice.random() < 0.6:
                _part(rows, dice, key, part, contract, known(later(duty, 0, 300)), last)
        moment = known(later(pip, 0, 40)) if pip else None
        route = dice.choices(["B1", "onderwijs", "Z"], [60, 25, 15])[0]
        while moment is not None:
            stop = known(later(moment, 30, 800)) if dice.random() < 0.8 else None
            reason = dice.choices(["afgerond", "overstap", "uitval", "vertrokken"], [6, 2, 2, 1])[0] if stop else None
            contract = _CONTRACTS[route] if dice.random() < 0.85 else None
            rows["leerroutes"].append(
                {
                    "persoon": key,
                    "leerroute": route,
                    "contract": contract,
                    "start": moment,
                    "einde": stop,
                    "reden_einde": reason,
                }
            )
            for month in range(dice.randint(0, 12)):
                first = (moment.replace(day=1) + timedelta(days=31 * month)).replace(day=1)
                if contract and first <= last:
                    rows["uren"].append(
                        {
                            "persoon": key,
                            "contract": contract,
                            "maand": first,
                            "soort": dice.choice(["taal", "participatie"]),
                            "uren_gepland": float(dice.randint(0, 60)),
                            "uren_aanwezig": float(dice.randint(0, 60)),
                        }
                    )
            if reason != "overstap" or stop is None:
                break
            moment, route = known(stop + timedelta(days=1)), dice.choice(["B1", "onderwijs", "Z"])
        for part in ("lezen", "luisteren", "schrijven", "spreken", "KNM"):
            when = known(later(pip, 50, 900)) if pip else None
            for _ in range(dice.randint(0, 3)):
                if when is None:
                    break
                result = dice.choices(["geslaagd", "gezakt", "geen"], [6, 3, 1])[0]
                rows["examens"].append(
                    {
                        "persoon": key,
                        "onderdeel": part,
                        "examendatum": when,
                        "resultaat": result,
                        "niveau": None if part == "KNM" else dice.choice(["A2", "B1", "B2"]),
                    }
                )
                when = known(later(when, 30, 120))
        for kind in ("boete", "maatregel", "verlenging", "afschaling", "waarschuwing"):
            if dice.random() < 0.12:
                rows["besluiten"].append(
                    {
                        "persoon": key,
                        "datum": day(duty, last),
                        "soort": kind,
                        "grondslag": "Participatiewet"
                        if kind == "maatregel"
                        else dice.choice(["Wi2021", "Participatiewet"]),
                        "maanden": dice.choice([3, 6, 12]) if kind == "verlenging" else None,
                    }
                )
        if dice.random() < 0.1:
            when = day(duty, last)
            rows["besluiten"].append({"persoon": key, "datum": when, "soort": "boete", "grondslag": "Wi2021"})
            rows["besluiten"].append(
                {"persoon": key, "datum": later(when, 0, 60), "soort": "boete", "grondslag": "Participatiewet"}
            )
        for _ in range(dice.randint(0, 2)):
            begin = day(duty, last)
            rows["participatie"].append(
                {
                    "persoon": key,
                    "vorm": dice.choice(["betaald werk", "vrijwilligerswerk", "opleiding"]),
                    "start": begin,
                    "einde": known(later(begin, 10, 500)) if dice.random() < 0.6 else None,
                }
            )
        if dice.random() < 0.5:
            begin = day(duty, last)
            stop = known(later(begin, 30, 900))
            rows["uitkeringen"].append(
                {
                    "persoon": key,
                    "start": begin,
                    "einde": stop,
                    "reden_einde": dice.choice(["werk", "studie", "verhuizing", "overig"]) if stop else None,
                }
            )
        del number
    _anonymous(rows, dice, day, start, last)
    return rows


def _part(
    rows: Rows, dice: random.Random, key: int, part: str, contract: str | None, begin: date | None, last: date
) -> None:
    if begin is None:
        return
    stop = begin + timedelta(days=dice.randint(10, 420))
    over = stop <= last
    rows["onderdelen"].append(
        {
            "persoon": key,
            "onderdeel": part,
            "contract": contract,
            "start": begin,
            "einde": stop if over else None,
            "uren": float(dice.randint(5, 60)) if over else None,
            "resultaat": dice.choices(["afgerond", "niet afgerond"], [4, 1])[0] if over else "loopt",
            "verlengd": dice.random() < 0.3,
        }
    )


def _anonymous(rows: Rows, dice: random.Random, day: Any, start: date, last: date) -> None:
    for year in (2022, 2023, 2024, 2025):
        for group, amount in (("asielstatushouder", 13000.0), ("gezinsmigrant", 601.0)):
            rows["ref_tarieven"].append({"jaar": year, "doelgroep": group, "tarief": amount, "bron": "proef"})
        for code, share, budget in (("0397", 0.52, 101000.0), ("0377", 0.48, None)):
            rows["ref_uitvoering"].append(
                {
                    "jaar": year,
                    "gemeentecode": code,
                    "budget": budget,
                    "aandeel": share,
                    "fte": 2.2,
                    "uren_per_fte": 1400.0,
                    "bron": "proef",
                }
            )
        for half in (1, 2):
            rows["taakstelling"].append({"halfjaar": f"{year}-{half}", "gemeentecode": "0397", "aantal": 17})
        for quarter in (1, 2, 3, 4):
            invited = dice.randint(5, 40)
            rows["uitnodigingen"].append(
                {
                    "onderdeel": "PVT",
                    "contract": "vluchtelingenwerk-pvt",
                    "kwartaal": f"{year}-K{quarter}",
                    "uitgenodigd": invited,
                }
            )
            for contract in ("danner-b1", "danner-z"):
                if dice.random() < 0.8:
                    due = date(year, 3 * quarter, 28) + timedelta(days=dice.randint(5, 60))
                    for late in (0, 20):
                        rows["rapportages"].append(
                            {
                                "contract": contract,
                                "kwartaal": f"{year}-K{quarter}",
                                "datum": due + timedelta(days=late),
                                "vervangen": late == 0,
                            }
                        )
        for cost in ("brugklas", "leerroute", "personeel"):
            rows["begroting"].append(
                {
                    "jaar": year,
                    "gemeentecode": "0397",
                    "kostensoort": cost,
                    "bedrag": 50000.0,
                    "budget": "uitvoering" if cost == "personeel" else "voorzieningen",
                }
            )
    for _ in range(400):
        rows["tevredenheid"].append(
            {
                "onderdeel": dice.choice(["PVT", "MAP", "leerroute"]),
                "datum": day(start, last),
                "score": dice.randint(1, 10),
                "contract": dice.choice(["danner-b1", "vluchtelingenwerk-pvt", None]),
            }
        )
        cost = dice.choice(["brugklas", "leerroute", "personeel"])
        rows["boekingen"].append(
            {
                "boekstuk": f"b{len(rows['boekingen'])}",
                "datum": day(start, last),
                "gemeentecode": dice.choice(["0397", "0377"]),
                "budget": "uitvoering" if cost == "personeel" else "voorzieningen",
                "kostensoort": cost,
                "contract": dice.choice(["danner-b1", None]),
                "doelgroep": dice.choice(["asielstatushouder", None]),
                "soort": dice.choices(["realisatie", "verplichting"], [9, 1])[0],
                "bedrag": round(dice.uniform(-500, 9000), 2),
            }
        )
    for contract in ("danner-b1", "danner-z"):
        rows["contracten"].append(
            {"contract": contract, "van": start, "tot": date(2025, 12, 31), "ritme": "kwartaal", "termijn_dagen": 28}
        )
    for route, share in (("B1", 0.6), ("onderwijs", 0.25), ("Z", 0.15)):
        for group in ("asielstatushouder", "nareiziger"):
            rows["ref_routes"].append({"doelgroep": group, "leerroute": route, "verwacht": share, "bron": "proef"})
    rows["leveringen"].append(
        {
            "levering": 1,
            "bestand": "alles.xlsx",
            "soort": "werkboek",
            "status": "geladen",
            "hash": "x",
            "gelezen": 10,
            "geladen": 7,
            "identiek": 1,
            "vervangen": 1,
            "geweigerd": 1,
        }
    )
    rows["bevindingen"].append({"soort": "andere start", "contract": "danner-b1", "melding": "proef"})
