"""Large messy deliveries against a slow loop that was written from the delivery specification alone.

Every code of refusal comes at random, in files of any order, stand, separator and form. What each file should count,
and which rows should be left, follows from `slow`, which shares nothing with etl.
"""

import csv
import io
import itertools
import random
import re
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

import etl
from tests.etl.conftest import TERMS, fictional

MUNICIPALITIES = ("0392", "0397", "0453")
BSN, DAY, MONTH, CHOICE, NUMBER = "bsn", "day", "month", "choice", "number"
WHOLE, TOWN, DEAL, YES = "whole", "town", "deal", "yes"
PARTS = ("brugklas", "PVT", "MAP", "KNM", "maatschappelijke begeleiding", "financieel ontzorgen", "eurowijzer")
# table: columns (type, must be filled, choices or range), key
TABLES = {
    "personen": ({
        "bsn": (BSN, 1), "geboortedatum": (DAY, 1),
        "geslacht": (CHOICE, 1, {"m": "man", "v": "vrouw"}, "man vrouw x onbekend"),
        "gemeentecode": (TOWN, 1), "doelgroep": (CHOICE, 1, {}, "asielstatushouder nareiziger gezinsmigrant"),
        "datum_plichtig": (DAY, 1), "datum_huisvesting": (DAY, 0), "datum_vertrek": (DAY, 0), "mutatiedatum": (DAY, 1),
    }, ("bsn",)),
    "trajecten": ({
        "bsn": (BSN, 1), "datum_intake_1": (DAY, 0), "datum_intake_2": (DAY, 0), "datum_leerbaarheidstoets": (DAY, 0),
        "datum_pip": (DAY, 0), "datum_einde": (DAY, 0), "uitkomst": (CHOICE, 0, {}, "voldaan ontheffing overleden"),
    }, ("bsn",)),
    "leerroutes": ({
        "bsn": (BSN, 1), "leerroute": (CHOICE, 1, {"b": "B1", "o": "onderwijs"}, "B1 onderwijs Z"),
        "contract": (DEAL, 0), "start": (DAY, 1), "einde": (DAY, 0),
        "reden_einde": (CHOICE, 0, {}, "afgerond overstap uitval"),
        "niveau": (CHOICE, 0, {}, "A1 A2 B1 B2"),
    }, ("bsn", "start")),
    "onderdelen": ({
        "bsn": (BSN, 1), "onderdeel": (CHOICE, 1, {}, PARTS), "contract": (DEAL, 0), "start": (DAY, 1),
        "einde": (DAY, 0), "uren": (NUMBER, 0, 0, None),
        "resultaat": (CHOICE, 1, {}, ("afgerond", "niet afgerond", "loopt")),
        "verlengd": (YES, 0),
    }, ("bsn", "onderdeel", "start")),
    "examens": ({
        "bsn": (BSN, 1),
        "onderdeel": (CHOICE, 1, {"le": "lezen", "sp": "spreken"}, "lezen luisteren schrijven spreken KNM"),
        "niveau": (CHOICE, 0, {}, "A2 B1 B2"), "examendatum": (DAY, 1),
        "resultaat": (CHOICE, 1, {}, "geslaagd gezakt geen"),
        "reden_geen_resultaat": (CHOICE, 0, {}, "verwijtbaar absent"),
    }, ("bsn", "onderdeel", "examendatum")),
    "besluiten": ({
        "bsn": (BSN, 1), "datum": (DAY, 1), "soort": (CHOICE, 1, {}, "boete maatregel verlenging"),
        "grondslag": (CHOICE, 1, {}, "Wi2021 Participatiewet"), "bedrag": (NUMBER, 0, 0, None),
        "maanden": (WHOLE, 0, 0, None),
    }, ("bsn", "datum", "soort")),
    "uren": ({
        "bsn": (BSN, 1), "contract": (DEAL, 1), "maand": (MONTH, 1), "soort": (CHOICE, 1, {}, "taal participatie"),
        "uren_gepland": (NUMBER, 1, 0, 250), "uren_aanwezig": (NUMBER, 1, 0, 250),
    }, ("bsn", "contract", "maand", "soort")),
}  # fmt: skip
CHAINS = {
    "trajecten": (("datum_intake_1", "datum_intake_2", "datum_pip", "datum_einde"),),
    "leerroutes": (("start", "einde"),), "onderdelen": (("start", "einde"),),
}  # fmt: skip
ORDER = [
    "VERPLICHT_LEEG", "BSN_ONGELDIG", "DATUM_ONGELDIG", "GETAL_ONGELDIG", "WAARDE_ONBEKEND", "GEMEENTE_ONBEKEND",
    "CONTRACT_ONBEKEND", "BUITEN_BEREIK", "DATUM_VOLGORDE", "ONDERLING_STRIJDIG", "PERSOON_ONBEKEND", "DUBBEL_STRIJDIG",
]  # fmt: skip
DEALS = {one.contract.lower(): one.contract for one in TERMS}


class Wrong(Exception):
    """A cell that can't be read; its text is the code."""


def choices(spec):
    return spec[3].split() if isinstance(spec[3], str) else list(spec[3])


def bsn_of(text):
    digits = text.zfill(9)
    if not re.fullmatch("[0-9]{8,9}", text) or not int(text):
        raise Wrong("BSN_ONGELDIG")
    if sum(int(one) * weight for one, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11:
        raise Wrong("BSN_ONGELDIG")
    return digits


def day_of(text):
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"([0-9]{2})([-/])([0-9]{2})\2([0-9]{4})", text):
        day, _, month, year = match.groups()
    else:
        raise Wrong("DATUM_ONGELDIG")
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Wrong("DATUM_ONGELDIG") from None
    if not 1900 <= found.year <= 2100:
        raise Wrong("DATUM_ONGELDIG")
    return found


def month_of(text):
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return day_of(f"{text}-01")
    if re.fullmatch(r"[0-9]{2}-[0-9]{4}", text):
        return day_of(f"01-{text}")
    raise Wrong("DATUM_ONGELDIG")


def number_of(text, *, money):
    bare = text.replace("€", "").strip()
    if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|-?[0-9]+,[0-9]+", bare):
        return float(bare.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", bare) and not (money and re.fullmatch(r"-?[0-9]+\.[0-9]{3}", bare)):
        return float(bare)
    raise Wrong("GETAL_ONGELDIG")


def cell(table, column, spec, text):
    """The value of one cell, or Wrong."""
    match spec[0]:
        case "bsn":
            return bsn_of(text)
        case "day":
            return day_of(text)
        case "month":
            return month_of(text)
        case "number" | "whole":
            value = number_of(text, money=column == "bedrag")
            if spec[0] == "whole" and value != int(value):
                raise Wrong("GETAL_ONGELDIG")
            if value < spec[2] or (spec[3] is not None and value > spec[3]):
                raise Wrong("BUITEN_BEREIK")
            return value
        case "choice":
            known = {one.lower(): one for one in choices(spec)} | spec[2]
            if text.lower() not in known:
                raise Wrong("WAARDE_ONBEKEND")
            return known[text.lower()]
        case "town":
            if not re.fullmatch("[0-9]{1,4}", text) or text.zfill(4) not in MUNICIPALITIES:
                raise Wrong("GEMEENTE_ONBEKEND")
            return text.zfill(4)
        case "deal":
            if text.lower() not in DEALS:
                raise Wrong("CONTRACT_ONBEKEND")
            return DEALS[text.lower()]
        case _:
            if text.lower() not in ("ja", "j", "1", "true", "nee", "n", "0", "false"):
                raise Wrong("WAARDE_ONBEKEND")
            return text.lower() in ("ja", "j", "1", "true")


def judged(table, row):
    """The code of a row by itself (or None) and its values."""
    columns, _ = TABLES[table]
    codes, values = set(), {}
    for column, spec in columns.items():
        text = row.get(column, "").strip()
        if not text:
            values[column] = False if spec[0] == "yes" else None
            codes |= {"VERPLICHT_LEEG"} if spec[1] else set()
            continue
        try:
            values[column] = cell(table, column, spec, text)
        except Wrong as wrong:
            values[column] = None
            codes.add(str(wrong))
    for chain in CHAINS.get(table, ()):
        days = [values[name] for name in chain if values[name] is not None]
        codes |= {"DATUM_VOLGORDE"} if days != sorted(days) else set()
    filled = {column for column in columns if row.get(column, "").strip()}
    broken = {
        "trajecten": ("datum_einde" in filled) != ("uitkomst" in filled),
        "leerroutes": ("einde" in filled) != ("reden_einde" in filled),
        "onderdelen": "einde" not in filled and values.get("resultaat") != "loopt",
        "examens": (values.get("onderdeel") == "KNM" and "niveau" in filled)
        or (values.get("resultaat") != "geen" and "reden_geen_resultaat" in filled),
    }
    codes |= {"ONDERLING_STRIJDIG"} if broken.get(table) else set()
    return min(codes, key=ORDER.index) if codes else None, values


def slow(files):
    """Per file its counts and codes, per table the rows that are left.

    `files` gives by name the table, the stand, and the rows with their numbers.
    """
    counts = {name: Counter() for name in files}
    left, persons = {}, set()
    for table, (_, key) in TABLES.items():
        groups = defaultdict(list)
        for name in sorted(files):
            kind, stand, rows = files[name]
            for place, row in rows if kind == table else ():
                counts[name]["gelezen"] += 1
                code, values = judged(table, row)
                if code is None and table != "personen" and values["bsn"] not in persons:
                    code = "PERSOON_ONBEKEND"
                if code:
                    counts[name][code] += 1
                    continue
                moment = (values["mutatiedatum"] if table == "personen" else date.min, stand or date.min)
                groups[tuple(values[one] for one in key)].append((moment, name, place, tuple(values.values())))
        left[table] = set()
        for rows in groups.values():
            moments = defaultdict(set)
            for moment, _, _, content in rows:
                moments[moment].add(content)
            for moment, name, _, _ in rows:
                counts[name]["DUBBEL_STRIJDIG"] += len(moments[moment]) > 1
            right = [one for one in rows if len(moments[one[0]]) == 1]
            if not right:
                continue
            best = max(right, key=lambda one: one[0])[3]
            same = sorted(one[1:3] for one in right if one[3] == best)
            for _, name, place, content in right:
                state = "vervangen" if content != best else "geladen" if (name, place) == same[0] else "identiek"
                counts[name][state] += 1
            left[table].add(best)
        if table == "personen":
            persons = {content[0] for content in left[table]}
    return counts, left


GOOD_DAYS = [date(2024, 1, 1) + timedelta(days=30 * n) for n in range(6)]
BAD = {
    "bsn": ["123", "abcdefghi", "999999999", "12.345.678", "000000000", "9999 0011"],
    "day": ["2024-13-01", "31-02-2024", "1899-12-31", "2101-01-01", "2024/01/31", "20240131", "31-1-2024", "gisteren"],
    "month": ["2024-13", "00-2024", "2024-1", "jan 2024", "2024-01-01", "1899-12"],
    "number": ["veel", "1e3", "NaN", "inf", "1,2,3", "1.23,4", "--1", "-5", "251,5", "12 000"],
    "whole": ["1,5", "een", "-1"],
    "choice": ["iets anders", "?", "B1B1"],
    "town": ["9999", "Haarlem", "00397"],
    "deal": ["acme", "danner"],
    "yes": ["misschien", "2"],
}


def good_cell(rng, column, spec, people):
    kind = spec[0]
    if kind == "bsn":
        return rng.choice(people)
    if kind == "day":
        return rng.choice(GOOD_DAYS).strftime(rng.choice(["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]))
    if kind == "month":
        return rng.choice(GOOD_DAYS).strftime(rng.choice(["%Y-%m", "%m-%Y"]))
    if kind in ("number", "whole"):
        forms = ["8", "8,0", "8.0", "12,5", "0"] if kind == "number" else ["3", "3,0", "0"]
        return rng.choice(forms + (["€ 8", "1.234,50"] if column == "bedrag" else []))
    if kind == "choice":
        return rng.choice(choices(spec) + list(spec[2]))
    if kind == "town":
        return rng.choice(["0397", "397", "0392", "453"])
    return rng.choice(list(DEALS.values()) if kind == "deal" else ["ja", "N", "1", "false"])


def good_row(rng, table, people):
    """Mostly right, with few different values, so that keys come more than once."""
    row = {}
    for column, spec in TABLES[table][0].items():
        text = good_cell(rng, column, spec, people) if spec[1] or rng.random() < 0.4 else ""
        row[column] = rng.choice([text, text, text.upper(), f" {text} "])
    ends = {"trajecten": ("datum_einde", "uitkomst"), "leerroutes": ("einde", "reden_einde")}.get(table)
    if ends and rng.random() < 0.8:
        other = TABLES[table][0][ends[1]]
        row[ends[1]] = good_cell(rng, ends[1], other, people) if row[ends[0]].strip() else ""
    if table == "examens" and rng.random() < 0.8:
        row["reden_geen_resultaat"] = "absent" if row["resultaat"].strip() == "geen" else ""
        row["niveau"] = "" if row["onderdeel"].strip().lower() == "knm" else row["niveau"]
    if table == "onderdelen" and not row["einde"].strip() and rng.random() < 0.8:
        row["resultaat"] = "loopt"
    for chain in CHAINS.get(table, ()) if rng.random() < 0.8 else ():
        days = sorted(GOOD_DAYS[rng.randrange(6)] for _ in chain)
        for name, day in zip(chain, days, strict=True):
            row[name] = day.isoformat() if row[name].strip() else ""
    return row


def messy_rows(rng, table, people, count):
    rows = []
    for _ in range(count):
        row = dict(rng.choice(rows)) if rows and rng.random() < 0.35 else good_row(rng, table, people)
        if rng.random() < 0.25:  # the same key, perhaps with another content
            column = rng.choice(list(TABLES[table][0]))
            row[column] = good_cell(rng, column, TABLES[table][0][column], people)
        for column, spec in TABLES[table][0].items():
            if rng.random() < (0.06 if column == "gemeentecode" else 0.015):
                row[column] = rng.choice([*BAD[spec[0]], "", "  "])
        rows.append(row)
    rng.shuffle(rows)
    return rows


STANDS = [
    ("", None), ("_2024-K1", date(2024, 3, 31)), ("_2024-03", date(2024, 3, 31)), ("_2024-2", date(2024, 12, 31)),
    ("-31-03-2024", date(2024, 3, 31)), ("_2024-05-17", date(2024, 5, 17)), (".2024-K2", date(2024, 6, 30)),
]  # fmt: skip


def write_file(rng, path, table, rows):
    """A CSV in a form of its own; gives the rows with their numbers, blank ones left out."""
    columns = list(TABLES[table][0])
    rng.shuffle(columns)
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=rng.choice(";,\t"), quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=rng.choice(["\n", "\r\n"]),
    )  # fmt: skip
    header = [rng.choice([one, one.upper(), f" {one} ", one.replace("_", " ")]) for one in columns]
    writer.writerow([*header, "opmerking"])
    numbered, place = [], 1
    for row in rows:
        place += 1
        if rng.random() < 0.01:
            writer.writerow([""] * (len(columns) + 1))
            place += 1
        cells = [row[one] for one in columns] + [rng.choice(["", "één", "twee\nregels", 'een "woord"'])]
        writer.writerow(cells)
        if any(cell.strip() for cell in cells):
            numbered.append((place, row))
    path.write_bytes(out.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "cp1252"])))
    return numbered


@pytest.mark.parametrize("seed", range(3))
def test_every_count_is_that_of_a_slow_loop(tmp_path, folder, rows, seed):
    rng = random.Random(seed)
    people = [fictional(number) for number in range(40 + seed, 3000, 40)]
    files = {}
    for table, count in (("personen", 150), *((name, 260) for name in TABLES if name != "personen")):
        known = people if table == "personen" else [*people, *(fictional(5000 + n) for n in range(4))]
        every = messy_rows(rng, table, known, count)
        cuts = sorted(rng.sample(range(count), 3))
        for number, (begin, end) in enumerate(itertools.pairwise([0, *cuts, count])):
            name, stand = rng.choice(STANDS)
            bestand = f"{table}{name}_{'abcd'[number]}.csv"
            files[bestand] = (table, stand, write_file(rng, folder / bestand, table, every[begin:end]))
    report = etl.load([folder], store=etl.Store(tmp_path / "werk"), contracts=TERMS)
    counts, left = slow(files)
    seen = Counter()
    for file in report.bestanden:
        expected = counts[file.bestand]
        codes = {code: expected[code] for code in ORDER if expected[code]}
        seen.update(codes)
        states = {name: getattr(file, name) for name in ("gelezen", "geladen", "identiek", "vervangen")}
        assert file.redenen == codes, file.bestand
        assert states == {name: expected[name] for name in states}, file.bestand
        assert file.geweigerd == sum(codes.values())
    assert set(seen) == set(ORDER)  # or this would test less than it says
    for table, (columns, _) in TABLES.items():
        names = [one for one in columns if one not in ("bsn", "geboortedatum")]
        found = Counter(rows(f"SELECT {', '.join(names)} FROM {table}"))
        places = [list(columns).index(one) for one in names]
        assert found == Counter(tuple(content[one] for one in places) for content in left[table]), table
