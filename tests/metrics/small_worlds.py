"""Small random worlds in which nearly every date falls on, just before or just after a boundary of a definition."""

import random
from datetime import date, timedelta

BASES = (
    date(2022, 1, 1),
    date(2022, 6, 30),
    date(2023, 1, 31),
    date(2023, 8, 31),
    date(2023, 12, 31),
    date(2024, 2, 29),
)
OFFSETS = (0, 0, 1, 29, 30, 31, 60, 69, 70, 71, 89, 91, 181, 182, 183, 184, 334, 335, 336, 364, 365, 366, 547, 548, 549,
           729, 730, 731, 1095, 1096)  # fmt: skip
CONTRACTS = ("danner-b1", "danner-z", "vluchtelingenwerk-pvt", None)
MUNICIPALITIES = ("0397", "0377", "0392")
PARTS = ("brugklas", "PVT", "MAP", "KNM", "maatschappelijke begeleiding", "financieel ontzorgen")
OUTCOMES = ("voldaan", "voldaan", "voldaan", "ontheffing", "vrijstelling", "vertrokken", "overleden", "niet voldaan")
EXAMS = ("lezen", "luisteren", "schrijven", "spreken", "KNM")
TABLES = (
    "personen", "trajecten", "leerroutes", "onderdelen", "examens", "besluiten", "participatie", "uren", "uitkeringen",
    "tevredenheid", "uitnodigingen", "boekingen", "begroting", "taakstelling", "rapportages", "contracten",
    "ref_routes", "ref_tarieven", "ref_uitvoering", "leveringen", "bevindingen",
)  # fmt: skip


def later(dice, day):
    return None if day is None else day + timedelta(dice.choice(OFFSETS))


def small_world(seed, persons=None):
    """Rows of a warehouse; `persons` 0 to about 25. Some worlds have empty tables, in some nobody has ended yet."""
    dice = random.Random(seed)
    rows = {name: [] for name in TABLES}
    count = dice.choice([1, 2, 6, 12, 25]) if persons is None else persons
    still = dice.random() < 0.15

    def ends(day, chance=0.75):
        return None if still or dice.random() > chance else later(dice, day)

    def maybe(day, chance=0.8):
        return later(dice, day) if day is not None and dice.random() < chance else None

    for number in range(count):
        _person(rows, dice, number + 1, ends, maybe)
    _others(rows, dice)
    _reference(rows)
    for name in (
        "examens",
        "participatie",
        "uren",
        "onderdelen",
        "besluiten",
        "tevredenheid",
        "boekingen",
        "uitnodigingen",
    ):
        if dice.random() < 0.08:
            rows[name] = []
    return rows


def _person(rows, dice, key, ends, maybe):
    duty = dice.choice(BASES) + timedelta(dice.choice((0, 0, 1, 70, 365)))
    group = dice.choice(["asielstatushouder", "asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"])
    home = maybe(duty, 0.85) if group in ("asielstatushouder", "nareiziger") else None
    rows["personen"].append({
        "persoon": key, "geboortejaar": duty.year - dice.choice((17, 24, 25, 34, 35, 44, 45, 70)),
        "geslacht": dice.choice(["man", "vrouw", "x", "onbekend"]), "gemeentecode": dice.choice(MUNICIPALITIES),
        "doelgroep": group, "datum_plichtig": duty, "datum_huisvesting": home, "datum_vertrek": maybe(duty, 0.15),
        "mutatiedatum": duty,
    })  # fmt: skip
    pip = None
    if dice.random() < 0.9:
        intake = maybe(home or duty)
        pip = maybe(intake or home or duty, 0.85)
        end = ends(pip, 0.6) if pip is not None else None
        test = maybe(intake or duty)
        rows["trajecten"].append({
            "persoon": key, "datum_intake_1": intake, "datum_leerbaarheidstoets": test, "datum_pip": pip,
            "datum_einde": end, "uitkomst": dice.choice(OUTCOMES) if end else None,
            "toets_uitslag": dice.choice(("B1 haalbaar", "B1 niet haalbaar", "onbekend")) if test else None,
        })  # fmt: skip
    _routes(rows, dice, key, pip or duty, ends)
    for part in PARTS:
        starts = {later(dice, duty) for _ in range(dice.choice((0, 1, 1, 2)))}
        for start in sorted(starts):
            stop = ends(start)
            rows["onderdelen"].append({
                "persoon": key, "onderdeel": part, "contract": dice.choice(CONTRACTS), "start": start, "einde": stop,
                "uren": dice.choice((None, 0.0, 11.5, 12.0, 39.75, 40.0)), "verlengd": dice.random() < 0.4,
                "resultaat": dice.choice(("afgerond", "niet afgerond")) if stop else "loopt",
            })  # fmt: skip
    for part in EXAMS:
        for day in sorted({later(dice, pip or duty) for _ in range(dice.choice((0, 1, 2, 3)))}):
            rows["examens"].append({
                "persoon": key, "onderdeel": part, "examendatum": day, "niveau": dice.choice(("A2", "B1", "B2", None)),
                "resultaat": dice.choice(("geslaagd", "geslaagd", "geslaagd", "gezakt", "geen")),
            })  # fmt: skip
    made = set()
    for _ in range(dice.choice((0, 1, 3, 5))):
        kind, day = dice.choice(("boete", "boete", "maatregel", "verlenging", "afschaling")), later(dice, duty)
        if (kind, day) not in made:
            made.add((kind, day))
            rows["besluiten"].append({
                "persoon": key, "datum": day, "soort": kind, "grondslag": dice.choice(("Wi2021", "Participatiewet")),
                "maanden": dice.choice((None, 0, 1, 6, 12)) if kind == "verlenging" else None,
            })  # fmt: skip
    _joins_in(rows, dice, key, duty, ends)


def _routes(rows, dice, key, start, ends):
    if dice.random() < 0.15:
        return
    start, seen = later(dice, start), set()
    while start is not None and start not in seen:
        seen.add(start)
        stop = ends(start)
        reason = dice.choice(("afgerond", "afgerond", "overstap", "overstap", "uitval", "vertrokken")) if stop else None
        rows["leerroutes"].append({
            "persoon": key, "leerroute": dice.choice(("B1", "onderwijs", "Z")), "contract": dice.choice(CONTRACTS),
            "start": start, "einde": stop, "reden_einde": reason,
        })  # fmt: skip
        start = stop + timedelta(dice.choice((0, 1))) if reason == "overstap" else None


def _joins_in(rows, dice, key, duty, ends):
    done = set()
    for _ in range(dice.choice((0, 1, 2, 3))):
        form, start = dice.choice(("betaald werk", "opleiding", "vrijwilligerswerk")), later(dice, duty)
        if (form, start) not in done:
            done.add((form, start))
            rows["participatie"].append({"persoon": key, "vorm": form, "start": start, "einde": ends(start)})
    for start in sorted({later(dice, duty) for _ in range(dice.choice((0, 0, 1, 2)))}):
        stop = ends(start)
        reason = dice.choice(("werk", "studie", "verhuizing", "overig", None)) if stop else None
        rows["uitkeringen"].append({"persoon": key, "start": start, "einde": stop, "reden_einde": reason})
    months = set()
    for _ in range(dice.choice((0, 3, 9))):
        month = later(dice, duty).replace(day=1)
        what = (dice.choice(CONTRACTS[:2]), month, dice.choice(("taal", "participatie")))
        if what not in months:
            months.add(what)
            rows["uren"].append({
                "persoon": key, "contract": what[0], "maand": month, "soort": what[2],
                "uren_gepland": dice.choice((0.0, 0.1, 12.3, 40.0, 250.0)),
                "uren_aanwezig": dice.choice((0.0, 0.2, 7.7, 40.0, 250.0)),
            })  # fmt: skip


def _others(rows, dice):
    quarters = [f"{year}-K{number}" for year in (2022, 2023, 2024) for number in (1, 2, 3, 4)]
    for _ in range(dice.choice((0, 1, 2, 40))):
        rows["tevredenheid"].append({
            "onderdeel": dice.choice(("PVT", "MAP", "leerroute")), "contract": dice.choice(CONTRACTS),
            "datum": later(dice, dice.choice(BASES)), "score": dice.randint(1, 10),
        })  # fmt: skip
    for name in quarters:
        for part in ("PVT", "leerroute"):
            for contract in dice.sample(CONTRACTS, dice.choice((0, 0, 1, 2))):
                rows["uitnodigingen"].append({
                    "onderdeel": part, "contract": contract, "kwartaal": name, "uitgenodigd": dice.choice((0, 1, 5, 9)),
                })  # fmt: skip
        for contract in ("danner-b1", "danner-z"):
            last = date(int(name[:4]), 3 * int(name[-1]), 28)
            for _ in range(dice.choice((0, 1, 2))):
                rows["rapportages"].append({
                    "contract": contract, "kwartaal": name, "vervangen": dice.random() < 0.5,
                    "datum": last + timedelta(dice.choice((1, 28, 29, 30, 31, 32, 60))),
                })  # fmt: skip
    for number in range(dice.choice((0, 3, 30))):
        cost = dice.choice(("brugklas", "leerroute", "personeel"))
        rows["boekingen"].append({
            "boekstuk": f"b{number}", "datum": later(dice, dice.choice(BASES)),
            "gemeentecode": dice.choice(MUNICIPALITIES),
            "budget": "uitvoering" if cost == "personeel" else "voorzieningen", "kostensoort": cost,
            "contract": dice.choice(CONTRACTS), "doelgroep": dice.choice(("asielstatushouder", "gezinsmigrant", None)),
            "soort": dice.choice(("realisatie", "realisatie", "verplichting")),
            "bedrag": dice.choice((0.1, 0.2, -150.35, 1234.56, 98765.43)),
        })  # fmt: skip
    for year in (2022, 2023, 2024):
        for half in (1, 2):
            for code in MUNICIPALITIES[:2]:
                rows["taakstelling"].append(
                    {"halfjaar": f"{year}-{half}", "gemeentecode": code, "aantal": dice.choice((0, 1, 3, 17))}
                )
        for cost, budget in (("brugklas", "voorzieningen"), ("personeel", "uitvoering")):
            rows["begroting"].append(
                {
                    "jaar": year,
                    "gemeentecode": "0397",
                    "budget": budget,
                    "kostensoort": cost,
                    "bedrag": dice.choice((0.0, 1500.0)),
                }
            )
    for contract, van in (("danner-b1", date(2022, 1, 1)), ("danner-z", date(2022, 8, 15))):
        rows["contracten"].append(
            {"contract": contract, "van": van, "tot": date(2024, 6, 30), "ritme": "kwartaal", "termijn_dagen": 28}
        )


def _reference(rows):
    for year in (2022, 2023):
        for code, share, budget in (("0397", 0.52, 101000.0), ("0377", 0.48, None)):
            rows["ref_uitvoering"].append({
                "jaar": year, "gemeentecode": code, "budget": budget, "aandeel": share, "fte": 2.2,
                "uren_per_fte": 1400.0, "bron": "proef",
            })  # fmt: skip
        for group, amount in (("asielstatushouder", 13000.0), ("gezinsmigrant", 601.0)):
            rows["ref_tarieven"].append({"jaar": year, "doelgroep": group, "tarief": amount, "bron": "proef"})
    for group in ("asielstatushouder", "nareiziger"):
        for route, share in (("B1", 0.6), ("onderwijs", 0.25), ("Z", 0.15)):
            rows["ref_routes"].append({"doelgroep": group, "leerroute": route, "verwacht": share, "bron": "proef"})
    rows["leveringen"].append({
        "levering": 1, "bestand": "alles.xlsx", "soort": "werkboek", "status": "geladen", "hash": "x", "gelezen": 10,
        "geladen": 7, "identiek": 1, "vervangen": 1, "geweigerd": 1,
    })  # fmt: skip
    rows["bevindingen"] += [{"soort": "andere start", "contract": "danner-b1", "melding": "proef"}] * 2
