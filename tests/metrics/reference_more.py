"""The second opinion's cases: dualiteit, kosten, handhaving, and what was added to the list."""

from collections import defaultdict

from reference import (
    STATUS,
    TIMES,
    grouped,
    passes,
    plus,
)
from reference_people import ended_spells, with_pip
from reference_rows import (
    amounts,
    exact,
)  # fmt: skip

MONTH = 30.4375
EXAMS = ("lezen", "luisteren", "schrijven", "spreken", "KNM")


# ---- dualiteit


def participatie_actief(world, van, tot):
    keys = {spell["persoon"] for spell in world.spells if spell["einde"] is None and spell["leerroute"] in ("B1", "Z")}
    return [world.case(key, None, teller=int(world.takes_part(key, world.day))) for key in keys]


def betaald_werk(world, van, tot):
    return [world.case(key, None, teller=int(world.takes_part(key, world.day, "betaald werk")))
            for key, traject in with_pip(world) if traject["datum_einde"] is None]  # fmt: skip


def duaal_gestart(world, van, tot):
    cases = []
    for spell in world.spells:
        limit = plus(spell["start"], 183)
        if spell["leerroute"] in ("B1", "Z"):
            begun = any(row["persoon"] == spell["persoon"] and spell["start"] <= row["start"] <= limit
                        for row in world.participation)  # fmt: skip
            running = world.takes_part(spell["persoon"], spell["start"])
            ripe = limit <= world.day
            cases.append(world.spell(spell, spell["start"], rijp=ripe, teller=int(begun or running)))
    return cases


def werk_na_uitstroom(world, van, tot):
    cases = []
    for key, traject in world.trajecten.items():
        end = traject["datum_einde"]
        if traject["uitkomst"] == "voldaan":
            works = world.takes_part(key, plus(end, 182), "betaald werk", "opleiding")
            cases.append(world.case(key, end, rijp=plus(end, 182) <= world.day, teller=int(works)))
    return cases


# ---- kosten


def bookings(world):
    return [row for row in world.rows["boekingen"]
            if row["datum"] <= world.day and (row.get("soort") or "realisatie") == "realisatie"]  # fmt: skip


def kosten(world, van, tot):
    return [{"datum": row["datum"], "gemeente": row["gemeentecode"], "budget": row["budget"],
             "kostensoort": row["kostensoort"], "contract": row.get("contract"), "doelgroep": row.get("doelgroep"),
             "bedrag": row["bedrag"]} for row in bookings(world)]  # fmt: skip


def money_rows(world, cases, dims, filters):
    """Beside the budget of the year when nothing but the budget's own dimensions is asked."""
    rows = amounts(world, cases, dims, filters)
    own = ("jaar", "gemeente", "budget", "kostensoort")
    if set(dims) == set(own) and set(filters) <= set(own):
        lines = [
            {"jaar": line["jaar"], "gemeente": line["gemeentecode"], "budget": line["budget"],
             "kostensoort": line["kostensoort"], "datum": None} for line in world.rows["begroting"]
            if world.van.year <= line["jaar"] <= world.tot.year
        ]  # fmt: skip
        there = [[row[name] for name in own] for row in rows]
        lines = [line for line in lines if passes(line, filters) and [line[name] for name in own] not in there]
        rows += [{name: line[name] for name in own} | {"waarde": 0} for line in lines]
        rows.sort(key=lambda row: tuple(row[name] for name in own))
    for row in rows:
        budget = [
            line["bedrag"]
            for line in world.rows["begroting"]
            if (line["jaar"], line["gemeentecode"], line["budget"], line["kostensoort"]) == tuple(row[n] for n in own)
            and set(dims) == set(own)
            and set(filters) <= set(own)
        ]
        row["begroot"] = sum(budget) if budget else None
        row["uitputting"] = row["waarde"] / row["begroot"] if row["begroot"] else None
    if "maand" in dims:
        anyway = [
            case for case in cases if passes(case, {k: v for k, v in filters.items() if k not in ("maand", "kwartaal")})
        ]
        for row in rows:
            row["cumulatief"] = exact(
                case["bedrag"]
                for case in anyway
                if all(case.get(name) == row[name] for name in dims if name not in TIMES)
                and case["datum"].year == int(row["maand"][:4])
                and f"{case['datum'].year}-{case['datum'].month:02d}" <= row["maand"]
            )
    return rows


def kosten_per_persoon(world, van, tot):
    cases = [{"datum": row["datum"], "gemeente": row["gemeentecode"], "doelgroep": row.get("doelgroep"),
              "teller": row["bedrag"], "noemer": 0}
             for row in bookings(world) if row["budget"] == "voorzieningen"]  # fmt: skip
    for person in world.persons.values():
        cases.append({"datum": person["datum_plichtig"], "gemeente": person["gemeentecode"],
                      "doelgroep": person["doelgroep"], "teller": 0, "noemer": 1})  # fmt: skip
    return cases


def spuk_saldo(world, van, tot):
    """What comes in for the instroom of a year, less what is booked in it."""
    rates = {(row["jaar"], row["doelgroep"]): row["tarief"] for row in world.rows["ref_tarieven"]}
    cases = []
    for person in world.persons.values():
        rate = rates.get((person["datum_plichtig"].year, person["doelgroep"]))
        if rate is not None:
            cases.append({"datum": person["datum_plichtig"], "gemeente": person["gemeentecode"], "bedrag": rate})
    for row in bookings(world):
        if row["budget"] == "voorzieningen" and row["datum"].year in {year for year, _ in rates}:
            cases.append({"datum": row["datum"], "gemeente": row["gemeentecode"], "bedrag": -row["bedrag"]})
    return cases


def uitvoeringstekort(world, van, tot):
    """The joint bookings of a year, times the municipality's share, less its budget."""
    partners = {row["gemeentecode"] for row in world.rows["ref_uitvoering"]}
    spent = defaultdict(list)
    for row in bookings(world):
        if row["budget"] == "uitvoering" and row["gemeentecode"] in partners and van <= row["datum"] <= tot:
            spent[row["datum"].year].append(row["bedrag"])
    return [{"datum": None, "jaar": row["jaar"], "gemeente": row["gemeentecode"],
             "bedrag": exact(spent[row["jaar"]]) * row["aandeel"] - row["budget"]}
            for row in world.rows["ref_uitvoering"]
            if row.get("budget") is not None and row.get("aandeel") is not None and row["jaar"] in spent]  # fmt: skip


def formatie(world, van, tot):
    return [world.case(key, None) for key, traject in world.trajecten.items() if traject["datum_einde"] is None]


def formatie_rows(world, cases, dims, filters):
    """What a group asks, beside the whole team as it was last reported."""
    lines = [row for row in world.rows["ref_uitvoering"] if row["jaar"] <= world.day.year]
    last = [row for row in lines if row["jaar"] == max(line["jaar"] for line in lines)]
    rows = []
    for key, group in grouped([case for case in cases if passes(case, filters)], dims, filters):
        needed = len(group) * 15 / last[0]["uren_per_fte"] if last else None
        whole = last[0]["fte"] if last else None
        rows.append(
            {**key, "teller": needed, "noemer": whole, "waarde": needed / whole if last else None, "n": len(group)}
        )
    return rows


# ---- handhaving


def besluiten(world, van, tot):
    return [world.case(row["persoon"], row["datum"], soort=row["soort"], grondslag=row["grondslag"])
            for row in world.decisions]  # fmt: skip


def samenloop(world, van, tot):
    """A boete on the Wi2021 with a boete or maatregel on the Participatiewet; the pair is dated by the later one."""
    cases = []
    for one in world.decisions:
        for other in world.decisions:
            if (one["persoon"] == other["persoon"] and one["soort"] == "boete" and one["grondslag"] == "Wi2021"
                    and other["soort"] in ("boete", "maatregel") and other["grondslag"] == "Participatiewet"
                    and abs((one["datum"] - other["datum"]).days) <= 30):  # fmt: skip
                cases.append(world.case(one["persoon"], max(one["datum"], other["datum"])))
    return cases


# ---- added


def part_hours(world, part, least):
    return [world.part(row, row["einde"], teller=int((row.get("uren") or 0) >= least)) for row in world.parts
            if row["onderdeel"] == part and row["resultaat"] == "afgerond"]  # fmt: skip


def pvt_volledig(world, van, tot):
    return part_hours(world, "PVT", 12)


def map_volledig(world, van, tot):
    return part_hours(world, "MAP", 40)


def aanbod_gekregen(world, van, tot):
    """Table 1 of the policy document: everyone PIP, PVT and MAP (not in the onderwijsroute); statushouders the rest."""
    cases = []
    for key, person in world.persons.items():
        mine = [spell for spell in world.spells if spell["persoon"] == key]
        due = ["PIP", "PVT"]
        if not any(spell["leerroute"] == "onderwijs" for spell in mine):
            due.append("MAP")
        if person["doelgroep"] in STATUS:
            due += ["brugklas", "maatschappelijke begeleiding", "financieel ontzorgen", "leerroute"]
        for name in due:
            if name == "PIP":
                got = world.traject(key)["datum_pip"] is not None
            elif name == "leerroute":
                got = bool(mine)
            else:
                got = any(part["persoon"] == key and part["onderdeel"] == name for part in world.parts)
            cases.append(world.case(key, person["datum_plichtig"], onderdeel=name, teller=int(got)))
    return cases


def uren_z_route(world, van, tot):
    """Z spells of statushouders that were finished: 800 hours of language and 800 of participation attended."""
    cases = []
    for spell in ended_spells(world):
        key = spell["persoon"]
        if (
            spell["leerroute"] == "Z"
            and spell["reden_einde"] == "afgerond"
            and world.persons[key]["doelgroep"] in STATUS
        ):
            enough = all(
                sum(row["uren_aanwezig"] for row in world.hours if row["persoon"] == key and row["soort"] == kind)
                >= 800
                for kind in ("taal", "participatie")
            )
            cases.append(world.spell(spell, spell["einde"], teller=int(enough)))
    return cases


def route_past_bij_toets(world, van, tot):
    """The first route beside a clear result of the test: B1 haalbaar is not for Z, B1 niet haalbaar is."""
    cases = []
    for key, spell in world.first.items():
        result = world.traject(key)["toets_uitslag"]
        if result in ("B1 haalbaar", "B1 niet haalbaar"):
            fits = (spell["leerroute"] == "Z") == (result == "B1 niet haalbaar")
            cases.append(world.case(key, spell["start"], teller=int(fits)))
    return cases


def doorstroom_onderwijs(world, van, tot):
    """Finished onderwijsroutes: an opleiding half a year (182 days) later."""
    cases = []
    for spell in ended_spells(world):
        if spell["leerroute"] == "onderwijs" and spell["reden_einde"] == "afgerond":
            later = plus(spell["einde"], 182)
            studies = world.takes_part(spell["persoon"], later, "opleiding")
            cases.append(world.spell(spell, spell["einde"], rijp=later <= world.day, teller=int(studies)))
    return cases


def uit_bijstand(world, van, tot):
    return [world.case(row["persoon"], row["start"],
                       duur=(((row["einde"] or world.day) - row["start"]).days,
                             (row["reden_einde"] or "overig") if row["einde"] else None))
            for row in world.benefits]  # fmt: skip


def gegevenskwaliteit(world, van, tot):
    cases = [{"datum": None, "bestand": file["bestand"], "contract": file.get("contract"), "kenmerk": name,
              "aantal": file[name]}
             for file in world.rows["leveringen"]
             for name in ("gelezen", "geladen", "identiek", "vervangen", "geweigerd")]  # fmt: skip
    for row in world.rows["bevindingen"]:
        cases.append({"datum": None, "bestand": None, "contract": row.get("contract"), "kenmerk": row["soort"]})
    return cases
