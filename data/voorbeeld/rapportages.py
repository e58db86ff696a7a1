"""The suppliers' managementrapportages: good and worse ones, one too late, one missing, one in two versions."""

import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from data.voorbeeld import eigen_vorm
from data.voorbeeld.levensloop import Persoon
from data.voorbeeld.schrijven import blad, werkboek

ROUTES = ("danner-b1", "danner-z", "vu-onderwijs", "hva-onderwijs")
VIA_GEMEENTE = "vu-onderwijs"  # the municipality itself delivers the hours of this contract
OWN_FORM = "hva-onderwijs"  # reports in a form of its own
PRESENCE = "danner-z"  # sends its hours as a presence list beside the report
CONTRACTS = (
    *ROUTES, "danner-brugklas", "vluchtelingenwerk-pvt", "vluchtelingenwerk-begeleiding",
    "vluchtelingenwerk-financieel", "globaltalk-tolken",
)  # fmt: skip
QUARTERS = [f"{year}-K{quarter}" for year in range(2022, 2026) for quarter in range(1, 5)]
LATE = ("hva-onderwijs", "2024-K3")
MISSING = ("vluchtelingenwerk-financieel", "2025-K2")
TWICE = ("danner-b1", "2024-K2")
_SCORE = {
    "danner-b1": 7.2, "danner-z": 7.7, "danner-brugklas": 7.9, "vluchtelingenwerk-pvt": 7.6,
    "vluchtelingenwerk-begeleiding": 8.0, "vluchtelingenwerk-financieel": 7.1, "vu-onderwijs": 7.8,
    "hva-onderwijs": 6.6,
}  # fmt: skip
_PART = {
    "danner-brugklas": "brugklas", "vluchtelingenwerk-pvt": "PVT",
    "vluchtelingenwerk-begeleiding": "maatschappelijke begeleiding",
    "vluchtelingenwerk-financieel": "financieel ontzorgen",
}  # fmt: skip
_SCORES = [f"score {score}" for score in range(1, 11)]


def einde(kwartaal: str) -> date:
    """The last day of a quarter."""
    year, quarter = int(kwartaal[:4]), int(kwartaal[-1])
    return date(year + (quarter == 4), 3 * quarter % 12 + 1, 1) - timedelta(days=1)


def schrijf(folder: Path, people: list[Persoon], rng: random.Random) -> list[Path]:
    """Write all reports; the rows of `uren` that they carry are not in the municipality's own files."""
    spells: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    hours: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for person in people:
        for row in person.rijen.get("leerroutes", ()):
            if row["contract"]:
                spells[row["contract"]].append((row["leerroute"], row))
        for row in person.rijen.get("onderdelen", ()):
            reason = row["resultaat"] if row["resultaat"] != "loopt" else None
            spells[row["contract"]].append((row["onderdeel"], {**row, "reden_einde": reason, "niveau": None}))
        for row in person.rijen.get("uren", ()):
            quarter = f"{row['maand'].year}-K{(row['maand'].month + 2) // 3}"
            hours[(row["contract"], quarter)].append(
                [row["bsn"], f"{row['maand']:%Y-%m}", row["soort"], row["uren_gepland"], row["uren_aanwezig"]]
            )
    written = []
    for contract in CONTRACTS:
        for quarter in QUARTERS:
            if (contract, quarter) == MISSING:
                continue
            name = f"rapportage_{contract}_{quarter}"
            if contract == OWN_FORM:
                name = f"kwartaalrapportage HvA {quarter}"
            mine = hours[(contract, quarter)]
            day = einde(quarter) + timedelta(days=rng.randrange(9, 27))
            if (contract, quarter) == LATE:
                day = einde(quarter) + timedelta(days=52)
            if (contract, quarter) == TWICE:
                written.append(
                    _report(folder / f"{name}.xlsx", contract, quarter, day, spells[contract], mine[:-4], rng)
                )
                name, day = f"{name}_v2", day + timedelta(days=21)
            written.append(_report(folder / f"{name}.xlsx", contract, quarter, day, spells[contract], mine, rng))
            if contract == PRESENCE and mine:
                written.append(eigen_vorm.presentie(folder / f"Presentie Z-route {quarter}.xlsx", mine))
    return written


def _report(
    path: Path, contract: str, quarter: str, day: date, spells: list[Any], hours: list[list[Any]], rng: random.Random
) -> Path:
    last = einde(quarter)
    first = date(last.year, last.month - 2, 1)
    running = [
        (name, row) for name, row in spells if row["start"] <= last and (row["einde"] is None or row["einde"] >= first)
    ]
    content = {
        "deelnemers": _participants(running, last, rng),
        "uren": hours if contract in ROUTES and contract != VIA_GEMEENTE else [],
        "kwaliteit": _quality(contract, quarter, len(running), rng),
        "tevredenheid": _satisfaction(contract, quarter, len(running), rng) if contract in _SCORE else [],
        "toelichting": _notes(contract, quarter),
    }
    if contract == OWN_FORM:
        return eigen_vorm.rapportage(path, quarter, day, **content)
    return _standard(path, contract, quarter, day, **content)


def _standard(
    path: Path,
    contract: str,
    quarter: str,
    day: date,
    *,
    deelnemers: list[list[Any]],
    uren: list[list[Any]],
    kwaliteit: list[list[Any]],
    tevredenheid: list[list[Any]],
    toelichting: list[list[Any]],
) -> Path:
    book = werkboek(path)
    blad(
        book, "Voorblad", ["Contract", contract],
        [["Kwartaal", quarter], ["Datum", day], ["Opgesteld door", "VOORBEELD, verzonnen"]],
    )  # fmt: skip
    columns = ["bsn", "leerroute of onderdeel", "start", "einde", "reden einde", "niveau"]
    blad(book, "Deelnemers", columns, deelnemers)
    if contract in ROUTES and contract not in (VIA_GEMEENTE, PRESENCE):
        blad(book, "Uren", ["bsn", "maand", "soort", "uren gepland", "uren aanwezig"], uren)
    blad(book, "Kwaliteit", ["kenmerk", "waarde"], kwaliteit)
    if contract in _SCORE:
        blad(book, "Tevredenheid", ["onderdeel", "uitgenodigd", *_SCORES], tevredenheid)
    blad(book, "Toelichting", [f"Dit is een verzonnen rapportage over {quarter}."], toelichting)
    book.close()
    return path


def _participants(running: list[Any], last: date, rng: random.Random) -> list[list[Any]]:
    """The supplier's own list; now and then it differs from the municipality's."""
    rows = []
    for name, row in running:
        luck = rng.random()
        if luck < 0.006:
            continue  # only at the municipality
        start = row["start"] - timedelta(days=7) if 0.006 <= luck < 0.012 else row["start"]
        ended = row["einde"] is not None and row["einde"] <= last
        end, reason = (row["einde"], row["reden_einde"]) if ended else (None, None)
        if ended and 0.012 <= luck < 0.05:
            end = min(last, row["einde"] + timedelta(days=6)) if row["einde"] < last else None
            reason = reason if end else None
        if ended and end and 0.05 <= luck < 0.09 and reason in ("uitval", "niet afgerond"):
            reason = "afgerond"
        rows.append([row["bsn"], name, start, end, reason, row["niveau"] if end else None])
    if running and rng.random() < 0.25:
        name, row = rng.choice(running)  # someone whom the municipality does not know under this contract
        other = "Z" if name == "B1" else "B1" if name in ("Z", "onderwijs") else "KNM"
        rows.append([row["bsn"], other, row["start"], None, None, None])
    return rows


def _quality(contract: str, quarter: str, running: int, rng: random.Random) -> list[list[Any]]:
    year = int(quarter[:4])
    if contract == "globaltalk-tolken":
        orders = max(6, 30 + rng.randrange(-6, 12))
        return [
            ["tolkopdrachten", orders], ["tolkopdrachten_geleverd", orders - rng.randrange(0, 4)],
            ["tolkopdrachten_register", round(orders * rng.uniform(0.86, 0.99))],
            ["klachten", rng.randrange(0, 2)], ["klachten_op_tijd", 0],
        ]  # fmt: skip
    teachers = max(2, running // 9 + 1)
    qualified = teachers - (
        rng.randrange(1, 3) if contract == "hva-onderwijs" and teachers > 2 else rng.random() < 0.12
    )
    applied = max(1, running // 5 + rng.randrange(-1, 3))
    late = {"hva-onderwijs": 0.35, "danner-b1": 0.08 + 0.05 * (year - 2022)}.get(contract, 0.06)
    complaints = rng.choices([0, 1, 2, 3], [60, 25, 10, 5])[0]
    groups = max(1, running // 12)
    return [
        ["docenten", teachers], ["docenten_bevoegd", int(qualified)], ["groepen", groups],
        ["deelnemers_in_groepen", min(running, groups * 13)], ["klachten", complaints],
        ["klachten_op_tijd", max(0, complaints - (rng.random() < 0.2))],
        ["wachttijd_dagen", round(max(5.0, rng.gauss(34 if late > 0.2 else 20, 5)), 1)], ["aanmeldingen", applied],
        ["gestart_op_tijd", sum(rng.random() > late for _ in range(applied))],
        ["keurmerk_geldig_tot", date(2026, 12, 31)],
        ["aanwezige_vrijwilligers", rng.randrange(2, 9)],
    ]  # fmt: skip


def _satisfaction(contract: str, quarter: str, running: int, rng: random.Random) -> list[list[Any]]:
    invited = max(4, running // 3)
    worse = 0.5 if contract == "danner-b1" and quarter >= "2025-K1" else 0
    counts = [0] * 10
    for _ in range(invited):
        if rng.random() < 0.58:
            counts[min(9, max(0, round(rng.gauss(_SCORE[contract] - worse, 1.4)) - 1))] += 1
    return [[_PART.get(contract, "leerroute"), invited, *counts]]


def _notes(contract: str, quarter: str) -> list[list[Any]]:
    if contract == "danner-b1" and quarter.startswith("2025"):
        return [["Door het vertrek van twee docenten zijn lessen samengevoegd; de aanwezigheid daalde daardoor."]]
    return [["Er zijn geen bijzonderheden."]]
