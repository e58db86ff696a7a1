"""The second opinion's cases: instroom, tijdigheid, snelheid, maatwerk and kwaliteit."""

from reference import (
    STATUS,
    World,
    add_months,
    grouped,
    half_days,
    passes,
    plus,
    quarter,
    quarter_days,
)
from reference_rows import (
    share_row,
)  # fmt: skip

MONTH = 30.4375
EXAMS = ("lezen", "luisteren", "schrijven", "spreken", "KNM")


# ---- instroom


def instroom(world: World, van, tot):
    return [world.case(key, person["datum_plichtig"]) for key, person in world.persons.items()]


def taakstelling(world, van, tot):
    cases = []
    for row in world.rows["taakstelling"]:
        first, last = half_days(row["halfjaar"])
        housed = sum(
            1
            for person in world.persons.values()
            if person["doelgroep"] in STATUS
            and person["gemeentecode"] == row["gemeentecode"]
            and person["datum_huisvesting"] is not None
            and first <= person["datum_huisvesting"] <= last
        )
        cases.append({"datum": first, "halfjaar": row["halfjaar"], "gemeente": row["gemeentecode"],
                      "teller": housed, "noemer": row["aantal"]})  # fmt: skip
    return cases


def taakstelling_rows(world, cases, dims, filters):
    kept = [case for case in cases if passes(case, filters)]
    rows = []
    for key, group in grouped(kept, dims, filters):
        noemer = sum(case["noemer"] for case in group)
        rows.append({**key, **share_row(sum(case["teller"] for case in group), noemer, interval=False),
                     "verwacht": noemer * 0.6})  # fmt: skip
    return rows


def routeverdeling(world, van, tot):
    return [world.case(key, spell["start"]) for key, spell in world.first.items()]


def route_rows(world, cases, dims, filters):
    """The whole does not know the leerroute: neither as a dimension, nor as a filter."""
    others = tuple(name for name in dims if name != "leerroute")
    rest = {name: values for name, values in filters.items() if name != "leerroute"}
    wholes = {tuple(key.items()): group for key, group in grouped([c for c in cases if passes(c, rest)], others, rest)}
    kept = [case for case in cases if passes(case, filters)]
    rows = []
    for key, group in grouped(kept, dims, filters):
        whole = wholes[tuple((name, key[name]) for name in others)]
        row = {**key, **share_row(len(group), len(whole))}
        norm = next(
            (line["verwacht"] for line in world.rows["ref_routes"] if line["leerroute"] == key["leerroute"]), None
        )
        row["verwacht"] = norm if any(case["doelgroep"] in STATUS for case in whole) else None
        row["verschil"] = None if row["verwacht"] is None else (row["waarde"] - row["verwacht"]) * 100
        rows.append(row)
    return rows


# ---- tijdigheid


def pip_op_tijd(world, van, tot):
    cases = []
    for key, person in world.persons.items():
        begin = person["datum_huisvesting"] if person["doelgroep"] in STATUS else person["datum_plichtig"]
        if begin is None:
            continue
        traject = world.traject(key)
        pip, limit = traject["datum_pip"], plus(begin, 70)
        gone = [day for day in (person["datum_vertrek"], traject["datum_einde"]) if day is not None and day <= limit]
        if pip is None and gone:
            continue
        cases.append(world.case(key, begin, rijp=limit <= world.day, teller=int(pip is not None and pip <= limit)))
    return cases


def intake_tot_pip(world, van, tot):
    cases = []
    for key, traject in world.trajecten.items():
        intake, pip = traject["datum_intake_1"], traject["datum_pip"]
        if intake is None:
            continue
        stops = [world.persons[key]["datum_vertrek"], traject["datum_einde"], world.day]
        stop = min(day for day in stops if day is not None)
        duration = ((pip - intake).days, "pip") if pip is not None and pip <= stop else ((stop - intake).days, None)
        duration = (max(duration[0], 0), duration[1])
        cases.append(world.case(key, intake, duur=duration))
    return cases


def with_pip(world):
    return [(key, traject) for key, traject in world.trajecten.items() if traject["datum_pip"] is not None]


def toets_op_tijd(world, van, tot):
    return [
        world.case(key, traject["datum_pip"],
                   teller=int(traject["datum_leerbaarheidstoets"] is not None
                              and traject["datum_leerbaarheidstoets"] <= traject["datum_pip"]))
        for key, traject in with_pip(world)
    ]  # fmt: skip


def brugklas_voor_pip(world, van, tot):
    cases = []
    for key, traject in with_pip(world):
        if world.persons[key]["doelgroep"] in STATUS:
            begun = any(
                part["persoon"] == key and part["onderdeel"] == "brugklas" and part["start"] < traject["datum_pip"]
                for part in world.parts
            )
            cases.append(world.case(key, traject["datum_pip"], teller=int(begun)))
    return cases


def rapportage_op_tijd(world, van, tot):
    cases = []
    for terms in world.rows["contracten"]:
        for year in range(terms["van"].year, terms["tot"].year + 1):
            for number in (1, 2, 3, 4):
                name = f"{year}-K{number}"
                _, last = quarter_days(name)
                if not terms["van"] <= last <= terms["tot"]:
                    continue
                due = plus(last, terms["termijn_dagen"])
                if due > world.day:
                    continue
                days = [row["datum"] for row in world.rows["rapportages"]
                        if row["contract"] == terms["contract"] and row["kwartaal"] == name]  # fmt: skip
                cases.append({"datum": last, "contract": terms["contract"], "kwartaal": name,
                              "teller": int(bool(days) and min(days) <= due)})  # fmt: skip
    return cases


# ---- snelheid


def ended_spells(world):
    return [spell for spell in world.spells if spell["einde"] is not None]


def uitstroom(world, van, tot):
    return [world.spell(spell, spell["einde"], reden_einde=spell["reden_einde"]) for spell in ended_spells(world)]


def maanden_tot_uitstroom(world, van, tot):
    cases = []
    for spell in ended_spells(world):
        pip = world.traject(spell["persoon"])["datum_pip"]
        if spell["reden_einde"] == "afgerond" and pip is not None:
            cases.append(world.spell(spell, spell["einde"], maanden=(spell["einde"] - pip).days / MONTH))
    return cases


OUTCOMES = {
    "voldaan": "voldaan",
    "ontheffing": "ontheven of vrijgesteld",
    "vrijstelling": "ontheven of vrijgesteld",
    "vertrokken": "vertrokken of overleden",
    "overleden": "vertrokken of overleden",
    "niet voldaan": "niet voldaan",
}


def voldaan_binnen(world, van, tot):
    cases = []
    for key, traject in with_pip(world):
        pip, gone = traject["datum_pip"], world.persons[key]["datum_vertrek"]
        if traject["datum_einde"] is not None:
            duration = ((traject["datum_einde"] - pip).days, OUTCOMES[traject["uitkomst"]])
        else:
            duration = (max(((gone or world.day) - pip).days, 0), None)
        cases.append(world.case(key, pip, duur=duration))
    return cases


def termijn_verstreken(world, van, tot):
    cases = []
    for key, traject in with_pip(world):
        if traject["datum_einde"] is None:
            more = sum(row.get("maanden") or 0 for row in world.decisions
                       if row["persoon"] == key and row["soort"] == "verlenging")  # fmt: skip
            over = world.day > add_months(add_months(traject["datum_pip"], 36), more)
            cases.append(world.case(key, None, teller=int(over)))
    return cases


# ---- maatwerk


def routewissel(world, van, tot):
    cases = []
    for key, spell in world.first.items():
        limit = plus(spell["start"], 548)
        switched = any(
            other["persoon"] == key and other["reden_einde"] == "overstap" and other["einde"] <= limit
            for other in world.spells
        )
        cases.append(world.case(key, spell["start"], rijp=limit <= world.day, teller=int(switched)))
    return cases


def first_in_period(cases, van, tot, name):
    """Of the cases with the same name only the first in the period: a person counts once, on that day."""
    first = {}
    for case in sorted(cases, key=lambda case: case["datum"]):
        if van <= case["datum"] <= tot:
            first.setdefault(name(case), case)
    return list(first.values())


def afschaling(world, van, tot):
    cases = []
    for spell in world.spells:
        if spell["leerroute"] == "B1":
            lower = any(row["persoon"] == spell["persoon"] and row["soort"] == "afschaling" for row in world.decisions)
            cases.append(world.case(spell["persoon"], spell["start"], teller=int(lower)))
    return first_in_period(cases, van, tot, lambda case: case["persoon"])


def ontzorgen_verlengd(world, van, tot):
    return [world.part(part, part["start"], teller=int(part["verlengd"])) for part in world.parts
            if part["onderdeel"] == "financieel ontzorgen" and part["einde"] is not None]  # fmt: skip


def begeleiding_twaalf_maanden(world, van, tot):
    cases = []
    for part in world.parts:
        if part["onderdeel"] == "maatschappelijke begeleiding":
            long = part["einde"] is None or (part["einde"] - part["start"]).days >= 335
            ripe = plus(part["start"], 365) <= world.day
            cases.append(world.part(part, part["start"], rijp=ripe, teller=int(long)))
    return cases


# ---- kwaliteit


def real_exams(world):
    return [exam for exam in world.exams if exam["resultaat"] != "geen"]


def examen_per_poging(world, van, tot):
    return [world.case(exam["persoon"], exam["examendatum"], onderdeel=exam["onderdeel"],
                       teller=int(exam["resultaat"] == "geslaagd")) for exam in real_exams(world)]  # fmt: skip


def examen_eerste_poging(world, van, tot):
    first = {}
    for exam in sorted(real_exams(world), key=lambda exam: exam["examendatum"]):
        first.setdefault((exam["persoon"], exam["onderdeel"]), exam)
    return [world.case(exam["persoon"], exam["examendatum"], onderdeel=exam["onderdeel"],
                       teller=int(exam["resultaat"] == "geslaagd")) for exam in first.values()]  # fmt: skip


def examen_uiteindelijk(world, van, tot):
    cases = []
    for exam in real_exams(world):
        passed = any(
            other["persoon"] == exam["persoon"]
            and other["onderdeel"] == exam["onderdeel"]
            and other["resultaat"] == "geslaagd"
            for other in world.exams
        )
        cases.append(world.case(exam["persoon"], exam["examendatum"], onderdeel=exam["onderdeel"], teller=int(passed)))
    return first_in_period(cases, van, tot, lambda case: (case["persoon"], case["onderdeel"]))


def inburgeringsexamen(world, van, tot):
    cases = []
    for key, traject in with_pip(world):
        mine = [exam for exam in real_exams(world) if exam["persoon"] == key]
        if mine:
            passed = {exam["onderdeel"] for exam in mine if exam["resultaat"] == "geslaagd"}
            cases.append(world.case(key, traject["datum_pip"], teller=int(passed == set(EXAMS))))
    return cases


def niveau_behaald(world, van, tot):
    """As inburgeringsexamen, but what counts is B1 or B2 on the four language parts."""
    cases = []
    for key, traject in with_pip(world):
        mine = [exam for exam in real_exams(world) if exam["persoon"] == key]
        if mine:
            high = {exam["onderdeel"] for exam in mine
                    if exam["resultaat"] == "geslaagd" and exam.get("niveau") in ("B1", "B2")}  # fmt: skip
            cases.append(world.case(key, traject["datum_pip"], teller=int(set(EXAMS[:4]) <= high)))
    return cases


def leerroute_geslaagd(world, van, tot):
    return [world.spell(spell, spell["einde"], teller=int(spell["reden_einde"] == "afgerond"))
            for spell in ended_spells(world) if spell["reden_einde"] in ("afgerond", "uitval")]  # fmt: skip


def onderdeel_geslaagd(world, van, tot):
    return [world.part(part, part["einde"], onderdeel=part["onderdeel"], teller=int(part["resultaat"] == "afgerond"))
            for part in world.parts if part["einde"] is not None and part["resultaat"] != "loopt"]  # fmt: skip


def uitval(world, van, tot):
    return [world.spell(spell, spell["start"],
                        duur=(((spell["einde"] or world.day) - spell["start"]).days, spell["reden_einde"]))
            for spell in world.spells]  # fmt: skip


def leerroute_afgerond_binnen(world, van, tot):
    """From each person's first start to the end of that spell."""
    return [world.spell(spell, spell["start"],
                        duur=(((spell["einde"] or world.day) - spell["start"]).days, spell["reden_einde"]))
            for spell in world.first.values()]  # fmt: skip


def tevredenheid(world, van, tot):
    names = ("datum", "onderdeel", "contract", "score")
    return [{name: row.get(name) for name in names}
            for row in world.rows["tevredenheid"] if row["datum"] <= world.day]  # fmt: skip


def respons(world, van, tot):
    """Invitations and answers, each a case; both are dated on the last day of their quarter."""
    cases = []
    for row in world.rows["uitnodigingen"]:
        last = quarter_days(row["kwartaal"])[1]
        cases.append({"datum": last, "kwartaal": row["kwartaal"], "onderdeel": row["onderdeel"],
                      "contract": row.get("contract"), "teller": 0, "noemer": row["uitgenodigd"]})  # fmt: skip
    for row in world.rows["tevredenheid"]:
        if row["datum"] <= world.day:
            name = quarter(row["datum"])
            cases.append({"datum": quarter_days(name)[1], "kwartaal": name, "onderdeel": row["onderdeel"],
                          "contract": row.get("contract"), "teller": 1, "noemer": None})  # fmt: skip
    return cases


def response_rows(world, cases, dims, filters):
    rows = []
    for key, group in grouped([case for case in cases if passes(case, filters)], dims, filters):
        invited = [case["noemer"] for case in group if case["noemer"] is not None]
        if invited:
            teller, noemer = sum(case["teller"] for case in group), sum(invited)
            row = {**key, **share_row(teller, noemer, interval=teller <= noemer)}
            rows.append({"laag": None, "hoog": None, **row})
    return rows


def aanwezigheid(world, van, tot):
    return [world.part(row, row["maand"], soort=row["soort"], teller=row["uren_aanwezig"], noemer=row["uren_gepland"])
            for row in world.hours]  # fmt: skip
