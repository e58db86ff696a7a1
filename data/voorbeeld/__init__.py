"""Example deliveries: fictional people, fictional suppliers, and the dirt of real files.

The same `personen` and `zaad` give the same bytes. The BSNs are generated, pass the elfproef, and begin with 9999.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.voorbeeld import eigen_vorm, fouten, geld, rapportages
from data.voorbeeld.levensloop import END, Persoon, Row, bsns, maak
from data.voorbeeld.schrijven import blad, csv_bestand, lege_map, werkboek

_COLUMNS = {
    "personen": "bsn geboortedatum geslacht gemeentecode doelgroep datum_plichtig datum_huisvesting datum_vertrek "
    "mutatiedatum",
    "trajecten": "bsn datum_intake_1 datum_intake_2 datum_leerbaarheidstoets datum_pip datum_einde uitkomst "
    "toets_uitslag alfabetisering",
    "leerroutes": "bsn leerroute contract start einde reden_einde niveau",
    "onderdelen": "bsn onderdeel contract start einde uren resultaat verlengd eindgesprek ondertekend overgedragen",
    "examens": "bsn onderdeel niveau examendatum resultaat reden_geen_resultaat",
    "besluiten": "bsn datum soort grondslag bedrag maanden instantie",
    "participatie": "bsn vorm start einde uren_per_week",
    "uren": "bsn contract maand soort uren_gepland uren_aanwezig",
    "uitkeringen": "bsn start einde reden_einde",
    "gesprekken": "bsn datum soort",
    "boekingen": "boekstuk datum gemeentecode budget kostensoort contract doelgroep soort bedrag",
    "begroting": "jaar gemeentecode budget kostensoort bedrag",
    "taakstelling": "halfjaar gemeentecode aantal",
    "tevredenheid": "onderdeel contract datum score",
}  # fmt: skip
_OWN_DATE = {
    "personen": "mutatiedatum", "trajecten": "datum_intake_1", "leerroutes": "start", "onderdelen": "start",
    "examens": "examendatum", "besluiten": "datum", "participatie": "start", "uren": "maand", "uitkeringen": "start",
    "gesprekken": "datum", "boekingen": "datum",
}  # fmt: skip
# what comes with the end of something: an earlier file did not know it yet
_LATER = {
    "trajecten": ("datum_einde", ("datum_einde", "uitkomst")),
    "leerroutes": ("einde", ("einde", "reden_einde", "niveau")),
    "onderdelen": ("einde", ("einde", "resultaat", "uren", "eindgesprek", "ondertekend")),
    "participatie": ("einde", ("einde",)),
    "uitkeringen": ("einde", ("einde", "reden_einde")),
}  # fmt: skip
_MARK = """VOORBEELD

De bestanden in deze map zijn verzonnen. Er staan geen echte personen in. De BSN's bestaan niet:
zij zijn gemaakt om te oefenen en beginnen met 9999.
"""


def write(
    folder: Path, *, personen: int = 2000, zaad: int = 2022, progress: Callable[[str, float], None] | None = None
) -> list[Path]:
    """Write all deliveries of fictional years 2022 to 2025 into `folder`; gives the files written.

    Raises Gebruiksfout when the folder holds something that is not an example.
    """
    show = progress or (lambda step, part: None)
    folder = Path(folder)
    lege_map(folder)
    rng = random.Random(zaad)
    show("Voorbeeldpersonen bedenken", 0.1)
    numbers = bsns(personen + 1, rng)
    stranger = numbers.pop()
    people = [maak(bsn, rng) for bsn in numbers]
    _double_sanction(people)
    tables = _tables(people)
    tables["boekingen"] = geld.boekingen(people, rng)
    tables["begroting"] = geld.begroting(tables["boekingen"])
    tables["taakstelling"] = geld.taakstelling(people)
    tables["tevredenheid"] = _answers(rng)
    tables["uren"] = [row for row in tables["uren"] if row["contract"] == rapportages.VIA_GEMEENTE]
    written = [folder / "VOORBEELD.txt", folder / "notities.csv"]
    written[0].write_text(_MARK, encoding="utf-8")
    written[1].write_text("Overleg met de aanbieders;zie agenda\n", encoding="utf-8")
    written += fouten.kapotte_bestanden(folder)
    show("Bestanden van de gemeente schrijven", 0.4)
    for name, rows in tables.items():
        written += _table(folder, name, rows, stranger, rng)
    show("Rapportages van aanbieders schrijven", 0.7)
    written += rapportages.schrijf(folder, people, rng)
    show("Klaar", 1.0)
    return sorted(written)


def _tables(people: list[Persoon]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in _COLUMNS}
    for person in people:
        for name, rows in person.rijen.items():
            seen = set()
            for row in rows:
                key = (row.get("start"), row.get("datum"), row.get("soort"), row.get("vorm"), row.get("onderdeel"),
                       row.get("examendatum"), row.get("mutatiedatum"), row.get("maand"),
                       row.get("contract"))  # fmt: skip
                if key not in seen:
                    seen.add(key)
                    tables[name].append(row)
    return tables


def _double_sanction(people: list[Persoon]) -> None:
    """One person punished twice for one thing: what the figure samenloop must find."""
    for person in people:
        course = person.rijen.get("trajecten", [{}])[0]
        pip = course.get("datum_pip")
        if person.plichtig.year == 2023 and pip and not course.get("datum_einde"):
            for day, ground, body in (
                (date(2024, 9, 10), "Wi2021", "gemeente"),
                (date(2024, 9, 25), "Participatiewet", "sociale dienst"),
            ):
                person.voeg(
                    "besluiten", datum=day, soort="boete", grondslag=ground, bedrag=100.0, maanden=None, instantie=body
                )
            return


def _answers(rng: random.Random) -> list[Row]:
    """Answers that the municipality itself asked for, about MAP and KNM."""
    rows = []
    for year in range(2022, 2026):
        for month in range(2, 13, 2):
            for _ in range(rng.randrange(3, 9)):
                score = min(10, max(1, round(rng.gauss(7.4, 1.5))))
                day = date(year, month, rng.randrange(1, 28))
                rows.append({"onderdeel": rng.choice(["MAP", "KNM"]), "contract": None, "datum": day, "score": score})
    return rows


def _table(folder: Path, name: str, rows: list[Row], stranger: str, rng: random.Random) -> list[Path]:
    """The files of one table: per half-year where rows have a date, as the municipality sends them."""
    columns = _COLUMNS[name].split()
    if name in ("begroting", "taakstelling", "tevredenheid"):
        path = folder / f"{name}_2025-12-31.{'xlsx' if name == 'begroting' else 'csv'}"
        return [_one(path, name, columns, fouten.plant(name, rows, stranger, 0), rng)]
    files: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        own = row[_OWN_DATE[name]] or row.get("datum_plichtig") or row.get("datum_pip") or END
        first = _half(own)
        end_column, later = _LATER.get(name, ("", ()))
        end = row.get(end_column)
        if end is not None and _half(end) > first:
            files[first].append(
                {**row, **dict.fromkeys(later), **({"resultaat": "loopt"} if "resultaat" in later else {})}
            )
            files[_half(end)].append(row)
        else:
            files[first].append(row)
    written = []
    newest = max(files, default=(2025, 2))
    for half, mine in sorted(files.items()):
        stand = "2026-01-31" if half == (2026, 1) else f"{half[0]}-{half[1]}"
        suffix = "xlsx" if name == "trajecten" and half == (2024, 2) else "csv"
        busiest = half == ((2024, 1) if (2024, 1) in files else newest)
        content = fouten.plant(name, mine, stranger, 2) if busiest else mine
        if name == "besluiten":
            written.append(eigen_vorm.zaakexport(folder / f"zaakexport besluiten {stand}.csv", content))
        else:
            written.append(_one(folder / f"{name}_{stand}.{suffix}", name, columns, content, rng))
    return written


def _half(day: date) -> tuple[int, int]:
    return day.year, 1 + (day.month > 6)


def _one(path: Path, name: str, columns: list[str], rows: list[Row], rng: random.Random) -> Path:
    if path.suffix == ".csv":
        csv_bestand(path, columns, rows, rng)
        return path
    book = werkboek(path)
    blad(
        book, name, columns, [[row.get("_ruw", {}).get(column, row.get(column)) for column in columns] for row in rows]
    )
    book.close()
    return path
