"""The second opinion's cases of the figures behind signals, outlook and verdicts."""

from datetime import date, timedelta

from reference import STATUS, add_months, plus


def intake_begonnen(world, van, tot):
    cases = []
    for key, person in world.persons.items():
        traject = world.traject(key)
        begun = traject["datum_intake_1"] is not None or traject["datum_pip"] is not None
        cases.append(world.case(key, person["datum_plichtig"], teller=int(begun)))
    return cases


def pip_openstaand(world, van, tot):
    cases = []
    for key, person in world.persons.items():
        begin = person["datum_huisvesting"] if person["doelgroep"] in STATUS else person["datum_plichtig"]
        traject = world.traject(key)
        waiting = traject["datum_pip"] is None and traject["datum_einde"] is None and person["datum_vertrek"] is None
        if begin is None or not waiting or plus(begin, 70) > plus(world.day, 28):
            continue
        late = plus(begin, 70) < world.day
        cases.append(world.case(key, None, stand="te laat" if late else "binnen vier weken"))
    return cases


def termijn_loopt_af(world, van, tot):
    cases = []
    for key, traject in world.trajecten.items():
        gone = traject["datum_einde"] is not None or world.persons[key]["datum_vertrek"] is not None
        if traject["datum_pip"] is None or gone:
            continue
        more = sum(
            row.get("maanden") or 0 for row in world.decisions if row["persoon"] == key and row["soort"] == "verlenging"
        )
        last = add_months(add_months(traject["datum_pip"], 36), more)
        if last <= add_months(world.day, 6):
            cases.append(world.case(key, None, stand="voorbij" if last < world.day else "binnen zes maanden"))
    return cases


def spuk_telling(world, van, tot):
    cases = []
    for key, person in world.persons.items():
        years = {"asielstatushouder": 3, "gezinsmigrant": 1}.get(person["doelgroep"], 0)
        for year in range(person["datum_plichtig"].year, person["datum_plichtig"].year + years):
            day, traject = date(year, 12, 31), world.traject(key)
            left = person["datum_vertrek"] is not None and person["datum_vertrek"] <= day
            lost = traject["uitkomst"] in ("vertrokken", "overleden") and traject["datum_einde"] < day + timedelta(
                days=1
            )
            if year >= 2022 and day <= world.day and not left and not lost:
                cases.append(world.case(key, day, jaar=year))
    return cases


def leerroute_klaar(world, van, tot):
    return [world.spell(row, row["start"], teller=int(row["einde"] is not None)) for row in world.spells]
