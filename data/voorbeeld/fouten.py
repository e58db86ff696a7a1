"""The dirt of real files, planted on purpose: a few rows for every code of refusal, equal rows, and contradictions."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.voorbeeld.levensloop import Row


@dataclass(frozen=True)
class Fout:
    """One planted fault: the table, the code it must get, the raw text per column, and how many rows it makes."""

    tabel: str
    code: str
    ruw: dict[str, str]
    vast: dict[str, Any]
    keer: int = 1


FOUTEN = (
    Fout("examens", "VERPLICHT_LEEG", {"resultaat": ""}, {}),
    Fout("leerroutes", "VERPLICHT_LEEG", {"leerroute": " "}, {}),
    Fout("gesprekken", "BSN_ONGELDIG", {"bsn": "999912345"}, {}),
    Fout("examens", "BSN_ONGELDIG", {"bsn": "12345"}, {}),
    Fout("trajecten", "DATUM_ONGELDIG", {"datum_intake_2": "31-02-2024"}, {}),
    Fout("participatie", "DATUM_ONGELDIG", {"start": "voorjaar 2024"}, {}),
    Fout("boekingen", "GETAL_ONGELDIG", {"bedrag": "11.000"}, {"boekstuk": "B2024-900001"}),
    Fout("onderdelen", "GETAL_ONGELDIG", {"uren": "veertig"}, {}),
    Fout("examens", "WAARDE_ONBEKEND", {"niveau": "C1"}, {"onderdeel": "lezen"}),
    Fout("besluiten", "WAARDE_ONBEKEND", {"grondslag": "Wmo"}, {}),
    Fout("personen", "GEMEENTE_ONBEKEND", {"gemeentecode": "9999"}, {}),
    Fout("boekingen", "GEMEENTE_ONBEKEND", {"gemeentecode": "Heemstede"}, {"boekstuk": "B2024-900002"}),
    Fout("leerroutes", "CONTRACT_ONBEKEND", {"contract": "danner-b9"}, {}),
    Fout("participatie", "BUITEN_BEREIK", {"uren_per_week": "70"}, {}),
    Fout("uren", "BUITEN_BEREIK", {"uren_gepland": "2500"}, {}),
    Fout(
        "leerroutes",
        "DATUM_VOLGORDE",
        {},
        {"start": date(2024, 5, 1), "einde": date(2023, 5, 1), "reden_einde": "uitval"},
    ),
    Fout(
        "onderdelen",
        "DATUM_VOLGORDE",
        {},
        {"start": date(2024, 5, 1), "einde": date(2024, 4, 1), "resultaat": "afgerond"},
    ),
    Fout(
        "leerroutes",
        "ONDERLING_STRIJDIG",
        {},
        {"start": date(2024, 3, 1), "einde": date(2024, 9, 1), "reden_einde": None},
    ),
    Fout("trajecten", "ONDERLING_STRIJDIG", {}, {"datum_einde": None, "uitkomst": "voldaan"}),
)


def kapotte_bestanden(folder: Path) -> list[Path]:
    """Files that are refused as a whole: a damaged workbook, and a CSV that lacks a column."""
    damaged, lacking = folder / "gesprekken_beschadigd.xlsx", folder / "participatie_oud.csv"
    damaged.write_bytes(b"PK\x03\x04 dit werkboek is bij het versturen afgebroken")
    lacking.write_text("bsn;soort;start\n", encoding="utf-8")
    return [damaged, lacking]


def plant(tabel: str, rows: list[Row], stranger: str, number: int) -> list[Row]:
    """The rows of a table's newest file with the planted ones among them. `stranger` is a BSN not in personen."""
    if not rows:
        return rows
    result = list(rows)
    base = rows[len(rows) // 2]
    for place, fault in enumerate(one for one in FOUTEN if one.tabel == tabel):
        row = {**base, **fault.vast, "_ruw": fault.ruw}
        result.insert(min(len(result), 3 + 7 * place + number), row)
    if "bsn" in base and tabel in ("leerroutes", "examens", "uitkeringen"):
        result.append({**base, "bsn": stranger})  # PERSOON_ONBEKEND
    result.append(dict(rows[0]))  # the same row twice
    if tabel in ("participatie", "begroting"):
        last = rows[-1]
        result.append(
            {**last, **({"uren_per_week": 3} if tabel == "participatie" else {"bedrag": 1.0})}
        )  # DUBBEL_STRIJDIG
    return result
