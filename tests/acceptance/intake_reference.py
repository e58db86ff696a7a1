"""A slow and simple second reading of the delivery specification: plain loops over rows, sharing no code with etl.

It takes deliveries as lists of rows of text and says, per file, how many rows are loaded, identical, replaced and
refused per code. Only the tables named in TABLES; reports have their own tests.
"""

import re
from collections import Counter, defaultdict
from datetime import date

ONDERDELEN = [
    "brugklas", "PVT", "MAP", "KNM", "maatschappelijke begeleiding", "financieel ontzorgen", "eurowijzer",
]  # fmt: skip
BUDGET = ["invoering", "uitvoering", "voorzieningen", "re-integratie"]
KOSTENSOORT = ["brugklas", "leerroute", "PVT", "MAP", "tolk", "overig"]
DOELGROEP = ["asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"]

# column: (kind, required, extra)
TABLES = {
    "personen": {
        "bsn": ("bsn", True, None),
        "geboortedatum": ("date", True, None),
        "geslacht": (
            "list",
            True,
            {"man": "man", "m": "man", "vrouw": "vrouw", "v": "vrouw", "x": "x", "onbekend": "onbekend"},
        ),
        "gemeentecode": ("gemeente", True, None),
        "doelgroep": ("list", True, {value: value for value in DOELGROEP}),
        "datum_plichtig": ("date", True, None),
        "datum_huisvesting": ("date", False, None),
        "datum_vertrek": ("date", False, None),
        "mutatiedatum": ("date", True, None),
    },
    "leerroutes": {
        "bsn": ("bsn", True, None),
        "leerroute": ("list", True, {"b1": "B1", "b": "B1", "onderwijs": "onderwijs", "o": "onderwijs", "z": "Z"}),
        "contract": ("contract", False, None),
        "start": ("date", True, None),
        "einde": ("date", False, None),
        "reden_einde": ("list", False, {value: value for value in ["afgerond", "overstap", "uitval", "vertrokken"]}),
        "niveau": ("list", False, {value.lower(): value for value in ["A1", "A2", "B1", "B2"]}),
    },
    "onderdelen": {
        "bsn": ("bsn", True, None),
        "onderdeel": ("list", True, {value.lower(): value for value in ONDERDELEN}),
        "contract": ("contract", False, None),
        "start": ("date", True, None),
        "einde": ("date", False, None),
        "uren": ("number", False, (0, None)),
        "resultaat": ("list", True, {value: value for value in ["afgerond", "niet afgerond", "loopt"]}),
        "verlengd": ("yesno", False, None),
    },
    "uren": {
        "bsn": ("bsn", True, None),
        "contract": ("contract", True, None),
        "maand": ("month", True, None),
        "soort": ("list", True, {"taal": "taal", "participatie": "participatie"}),
        "uren_gepland": ("number", True, (0, 250)),
        "uren_aanwezig": ("number", True, (0, 250)),
    },
}
KEYS = {
    "personen": ("bsn",),
    "leerroutes": ("bsn", "start"),
    "onderdelen": ("bsn", "onderdeel", "start"),
    "uren": ("bsn", "contract", "maand", "soort"),
}
ORDER = [
    "VERPLICHT_LEEG", "BSN_ONGELDIG", "DATUM_ONGELDIG", "GETAL_ONGELDIG", "WAARDE_ONBEKEND", "GEMEENTE_ONBEKEND",
    "CONTRACT_ONBEKEND", "BUITEN_BEREIK", "DATUM_VOLGORDE", "ONDERLING_STRIJDIG",
]  # fmt: skip


def _date(text):
    for pattern, places in ((r"(\d{4})-(\d{2})-(\d{2})", (1, 2, 3)), (r"(\d{2})([-/])(\d{2})\2(\d{4})", (4, 3, 1))):
        if match := re.fullmatch(pattern, text):
            try:
                day = date(*(int(match.group(place)) for place in places))
            except ValueError:
                return None
            return day if date(1900, 1, 1) <= day <= date(2100, 12, 31) else None
    return None


def _month(text):
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{2})-(\d{4})", text):
        year, month = int(match[2]), int(match[1])
    else:
        return None
    return (year, month) if 1 <= month <= 12 and 1900 <= year <= 2100 else None


def _number(text):
    text = text.replace("€", "").strip()
    if re.fullmatch(r"-?\d+([.,]\d+)?", text):
        return float(text.replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def _bsn(text):
    if re.fullmatch(r"\d{8}", text):
        text = "0" + text
    if not re.fullmatch(r"\d{9}", text) or text == "000000000":
        return None
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return text if sum(w * int(d) for w, d in zip(weights, text, strict=True)) % 11 == 0 else None


def _typed(table, row, contracts, gemeenten):
    """The typed row and the first code that applies, or None."""
    values, faults = {}, set()
    for column, (kind, required, extra) in TABLES[table].items():
        text = (row.get(column) or "").strip()
        values[column] = None
        if not text:
            if required:
                faults.add("VERPLICHT_LEEG")
            if kind == "yesno":
                values[column] = False
            continue
        if kind == "bsn":
            values[column] = _bsn(text)
            faults |= {"BSN_ONGELDIG"} if values[column] is None else set()
        elif kind in ("date", "month"):
            values[column] = (_date if kind == "date" else _month)(text)
            faults |= {"DATUM_ONGELDIG"} if values[column] is None else set()
        elif kind == "number":
            values[column] = _number(text)
            if values[column] is None:
                faults.add("GETAL_ONGELDIG")
            elif values[column] < extra[0] or (extra[1] is not None and values[column] > extra[1]):
                faults.add("BUITEN_BEREIK")
        elif kind == "list":
            values[column] = extra.get(text.lower())
            faults |= {"WAARDE_ONBEKEND"} if values[column] is None else set()
        elif kind == "yesno":
            meaning = {
                "ja": True,
                "j": True,
                "1": True,
                "true": True,
                "nee": False,
                "n": False,
                "0": False,
                "false": False,
            }
            values[column] = meaning.get(text.lower())
            faults |= {"WAARDE_ONBEKEND"} if values[column] is None else set()
        elif kind == "gemeente":
            values[column] = text.zfill(4) if re.fullmatch(r"\d{1,4}", text) else text
            faults |= {"GEMEENTE_ONBEKEND"} if values[column] not in gemeenten else set()
        elif kind == "contract":
            values[column] = text.lower()
            faults |= {"CONTRACT_ONBEKEND"} if values[column] not in contracts else set()
    if (
        table in ("leerroutes", "onderdelen")
        and values["start"]
        and values["einde"]
        and values["start"] > values["einde"]
    ):
        faults.add("DATUM_VOLGORDE")
    if table == "leerroutes" and bool((row.get("einde") or "").strip()) != bool((row.get("reden_einde") or "").strip()):
        faults.add("ONDERLING_STRIJDIG")
    if table == "onderdelen" and values["resultaat"] not in (None, "loopt") and not (row.get("einde") or "").strip():
        faults.add("ONDERLING_STRIJDIG")
    return values, next((code for code in ORDER if code in faults), None)


def judge(files, contracts, gemeenten):
    """Counts per file.

    Args:
        files: {name: (table, stand or None, rows as dicts of text)}.

    Returns:
        {name: Counter with gelezen, geladen, identiek, vervangen, geweigerd and the codes}.
    """
    counts = {name: Counter() for name in files}
    kept = defaultdict(list)
    for name in sorted(files):
        table, stand, rows = files[name]
        for number, row in enumerate(rows, start=2):
            if not any((cell or "").strip() for cell in row.values()):
                continue
            counts[name]["gelezen"] += 1
            values, code = _typed(table, row, contracts, gemeenten)
            if code:
                counts[name][code] += 1
                counts[name]["geweigerd"] += 1
            else:
                kept[table].append((name, number, stand or date.min, values))
    known: set[str] = set()
    for table in ("personen", *(t for t in TABLES if t != "personen")):
        rows = kept[table]
        if table != "personen":
            unknown = [row for row in rows if row[3]["bsn"] not in known]
            for row in unknown:
                counts[row[0]]["PERSOON_ONBEKEND"] += 1
                counts[row[0]]["geweigerd"] += 1
            rows = [row for row in rows if row[3]["bsn"] in known]
        by_key = defaultdict(list)
        for row in rows:
            by_key[tuple(row[3][column] for column in KEYS[table])].append(row)
        for key, group in by_key.items():
            remaining = []
            moments = defaultdict(list)
            for row in group:
                moment = (row[3].get("mutatiedatum") or date.min, row[2]) if table == "personen" else (row[2],)
                moments[moment].append(row)
            for moment, same in moments.items():
                if len({repr(row[3]) for row in same}) > 1:
                    for row in same:
                        counts[row[0]]["DUBBEL_STRIJDIG"] += 1
                        counts[row[0]]["geweigerd"] += 1
                else:
                    remaining += [(moment, row) for row in same]
            if not remaining:
                continue
            if table == "personen":
                known.add(key[0])
            winner = repr(max(remaining, key=lambda pair: pair[0])[1][3])
            first = True
            for _, row in sorted(remaining, key=lambda pair: (pair[1][0], pair[1][1])):
                if repr(row[3]) != winner:
                    counts[row[0]]["vervangen"] += 1
                elif first:
                    counts[row[0]]["geladen"] += 1
                    first = False
                else:
                    counts[row[0]]["identiek"] += 1
    return counts
