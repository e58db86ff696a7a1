"""How fictional people come, learn, sit exams, stop and finish. Nothing here comes from a real person."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

FIRST, LAST = date(2022, 1, 1), date(2025, 12, 15)  # when people arrive
END = date(2026, 1, 31)  # the newest day of the records
# statushouders 2021 and gezinsmigranten 2020 of the policy document, as weights
MUNICIPALITIES = {
    "0375": (35, 16), "0377": (22, 10), "0392": (136, 100), "0396": (33, 16), "0397": (23, 10), "0453": (58, 26),
    "0473": (15, 10),
}  # fmt: skip
ROUTE_CONTRACT = {"B1": "danner-b1", "Z": "danner-z"}
STATUSHOUDER = ("asielstatushouder", "nareiziger")
Row = dict[str, Any]


@dataclass
class Persoon:
    """One fictional person and everything that happens to them; `rijen` holds the rows per table."""

    bsn: str
    gemeente: str
    doelgroep: str
    plichtig: date
    begin: date
    vertrek: date | None = None
    rijen: dict[str, list[Row]] = field(default_factory=dict)

    def voeg(self, tabel: str, **rij: Any) -> Row:
        """Add a row to a table."""
        row = {"bsn": self.bsn, **rij}
        self.rijen.setdefault(tabel, []).append(row)
        return row


def bsns(count: int, rng: random.Random) -> list[str]:
    """Distinct fictional BSNs that pass the elfproef; they begin with 9999 (or 99, when more are needed)."""
    prefix, digits = ("9999", 4) if count <= 8000 else ("99", 6)
    found = []
    for number in range(10**digits):
        stem = f"{prefix}{number:0{digits}d}"
        check = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), stem, strict=True)) % 11
        if check < 10:
            found.append(f"{stem}{check}")
    rng.shuffle(found)
    return found[:count]


def maak(bsn: str, rng: random.Random) -> Persoon:
    """One person's whole course."""
    status = rng.random() < 0.63
    codes = list(MUNICIPALITIES)
    weights = [MUNICIPALITIES[code][0 if status else 1] for code in codes]
    gemeente = rng.choices(codes, weights)[0]
    if status:
        doelgroep = "asielstatushouder" if rng.random() < 0.75 else "nareiziger"
    else:
        doelgroep = "gezinsmigrant" if rng.random() < 0.9 else "overige migrant"
    plichtig = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
    huisvesting = plichtig + timedelta(days=rng.randrange(0, 100)) if status and rng.random() < 0.97 else None
    begin = huisvesting or plichtig
    person = Persoon(bsn, gemeente, doelgroep, plichtig, begin)
    if rng.random() < 0.05:
        person.vertrek = _cut(begin + timedelta(days=rng.randrange(40, 900)))
    _record(person, huisvesting, status, rng)
    _course(person, status, rng)
    return person


def _cut(day: date | None) -> date | None:
    """What lies after the newest day has not happened yet."""
    return day if day is not None and day <= END else None


def _record(person: Persoon, huisvesting: date | None, status: bool, rng: random.Random) -> None:
    base: Row = {
        "geboortedatum": person.plichtig - timedelta(days=int(365.25 * min(64, 18 + rng.expovariate(1 / 13)))),
        "geslacht": rng.choices(
            ["man", "vrouw", "x", "onbekend"], [55, 44, 0.5, 0.5] if status else [35, 64, 0.5, 0.5]
        )[0],
        "gemeentecode": person.gemeente,
        "doelgroep": person.doelgroep,
        "datum_plichtig": person.plichtig,
        "datum_huisvesting": _cut(huisvesting),
        "datum_vertrek": None,
        "mutatiedatum": person.plichtig,
    }
    person.voeg("personen", **base)
    if person.vertrek:
        person.voeg("personen", **{**base, "datum_vertrek": person.vertrek, "mutatiedatum": person.vertrek})
    elif rng.random() < 0.04 and (moved := _cut(person.begin + timedelta(days=rng.randrange(60, 700)))):
        other = rng.choice([code for code in MUNICIPALITIES if code != person.gemeente])
        person.voeg("personen", **{**base, "gemeentecode": other, "mutatiedatum": moved})
        person.gemeente = other


def _pip_days(person: Persoon, rng: random.Random) -> int:
    """Days from the begin to the PIP: slower in the first year and in the large city, quicker in Heemstede."""
    slow = {2022: 14, 2023: 4, 2024: -3, 2025: 0}[person.plichtig.year]
    place = {"0392": 6, "0397": -8, "0377": -5, "0473": 9}.get(person.gemeente, 0)
    return max(12, int(rng.gauss(56 + slow + place, 19)))


def _course(person: Persoon, status: bool, rng: random.Random) -> None:
    days = _pip_days(person, rng)
    intake = person.begin + timedelta(days=max(3, days // 4))
    pip: date | None = person.begin + timedelta(days=days)
    if rng.random() < 0.03:
        pip = None
    stop = person.vertrek or END
    course = person.voeg(
        "trajecten",
        datum_intake_1=intake if intake <= stop else None,
        datum_intake_2=_before(intake + timedelta(days=days // 4), stop),
        datum_leerbaarheidstoets=_before(intake + timedelta(days=days // 3), stop),
        datum_pip=_before(pip, stop),
        datum_einde=None,
        uitkomst=None,
        toets_uitslag=None,
        alfabetisering=rng.choices(["A", "AA", "nvt"], [8, 7, 85])[0],
    )
    if status:
        _support(person, stop, rng)
    if course["datum_pip"] is None:
        if person.vertrek:
            course |= {"datum_einde": person.vertrek, "uitkomst": "vertrokken"}
        return
    end, reason, route = _routes(person, course, course["datum_pip"], status, stop, rng)
    _close(person, course, end, reason, route, rng)


def _before(day: date | None, stop: date) -> date | None:
    return day if day is not None and day <= stop else None


def _support(person: Persoon, stop: date, rng: random.Random) -> None:
    """Brugklas, maatschappelijke begeleiding, financieel ontzorgen and eurowijzer of a statushouder."""
    plan = (
        ("brugklas", "danner-brugklas", 10, 84, 0.93, 0.8),
        ("maatschappelijke begeleiding", "vluchtelingenwerk-begeleiding", 5, 365, 0.9, 0.97),
        ("financieel ontzorgen", "vluchtelingenwerk-financieel", 8, 183, 0.88, 0.6),
        ("eurowijzer", "vluchtelingenwerk-financieel", 90, 60, 0.8, 0.45),
    )
    for name, contract, wait, length, done, chance in plan:
        if rng.random() < chance:
            _part(
                person, name, contract, person.begin + timedelta(days=wait + rng.randrange(20)), length, done, stop, rng
            )


def _part(
    person: Persoon, name: str, contract: str, start: date, length: int, done: float, stop: date, rng: random.Random
) -> None:
    if start > stop:
        return
    longer = rng.random() < 0.12
    end = _before(start + timedelta(days=int(length * (1.3 if longer else rng.uniform(0.92, 1.08)))), stop)
    result = "loopt" if end is None else "afgerond" if rng.random() < done else "niet afgerond"
    if end is None and person.vertrek:
        end, result = person.vertrek, "niet afgerond"
    hours = {"PVT": 12, "MAP": 40, "brugklas": 60}.get(name)
    person.voeg(
        "onderdelen", onderdeel=name, contract=contract, start=start, einde=end,
        uren=None if hours is None or end is None else hours + rng.choice([-2, 0, 0, 0, 0, 2, 4]),
        resultaat=result, verlengd=name == "financieel ontzorgen" and longer,
        eindgesprek=end if name == "MAP" and result == "afgerond" else None,
        ondertekend=end if name == "PVT" and result == "afgerond" else None, overgedragen=None,
    )  # fmt: skip


def _routes(
    person: Persoon, course: Row, pip: date, status: bool, stop: date, rng: random.Random
) -> tuple[date | None, str | None, str]:
    """The spells on routes, with exams, hours and participation; gives how and when the last one ended."""
    route = rng.choices(["B1", "onderwijs", "Z"], [60, 25, 15] if status else [78, 14, 8])[0]
    course["toets_uitslag"] = {"B1": "B1 haalbaar", "onderwijs": "B1 haalbaar", "Z": "B1 niet haalbaar"}[route]
    if rng.random() < 0.06:
        course["toets_uitslag"] = rng.choice(["B1 haalbaar", "B1 niet haalbaar", "onbekend", "niet afgenomen"])
    for name, contract, wait, length, done in (
        ("PVT", "vluchtelingenwerk-pvt", 20, 40, 0.96),
        ("MAP", None, 300, 120, 0.88),
    ):
        if rng.random() < 0.92 and not (name == "MAP" and route == "Z"):
            start = pip + timedelta(days=wait + rng.randrange(60))
            _part(person, name, contract or ROUTE_CONTRACT.get(route, "vu-onderwijs"), start, length, done, stop, rng)
    start = pip + timedelta(days=rng.randrange(7, 45))
    end, reason = None, None
    while start <= stop:
        contract = _contract(route, status, rng)
        length = {"B1": rng.gauss(800, 130), "onderwijs": rng.gauss(650, 90), "Z": rng.gauss(820, 120)}[route]
        chance = {"B1": (73, 13, 9), "onderwijs": (66, 17, 12), "Z": (80, 12, 3)}[route]
        reason = rng.choices(["afgerond", "uitval", "overstap"], chance)[0]
        if reason != "afgerond":
            length *= rng.uniform(0.12, 0.6)
        end = _before(start + timedelta(days=int(max(60, length))), stop)
        if end is None:
            reason = None
            if person.vertrek:
                end, reason = person.vertrek, "vertrokken"
        level = {"B1": "B1", "onderwijs": "B2", "Z": "A2"}[route] if reason == "afgerond" else None
        person.voeg(
            "leerroutes", leerroute=route, contract=contract, start=start, einde=end, reden_einde=reason,
            niveau="A2" if level and rng.random() < 0.15 else level,
        )  # fmt: skip
        last = end or stop
        if contract:
            _hours(person, contract, start, last, rng)
        if route != "Z":
            _exams(person, route, start, last, reason, rng)
        _participation(person, route, start, last, rng)
        if route == "onderwijs" and reason == "afgerond" and rng.random() < 0.6:
            study = _cut(last + timedelta(days=rng.randrange(20, 150)))
            if study:
                person.voeg("participatie", vorm="opleiding", start=study, einde=None, uren_per_week=32)
        if reason != "overstap" or end is None:
            break
        if route == "B1":
            person.voeg(
                "besluiten",
                datum=end,
                soort="afschaling",
                grondslag="Wi2021",
                bedrag=None,
                maanden=None,
                instantie=None,
            )
        route = {"B1": "Z", "onderwijs": "B1", "Z": "B1"}[route]
        start = end + timedelta(days=rng.randrange(3, 40))
        end, reason = None, None
    return end, reason, route


def _contract(route: str, status: bool, rng: random.Random) -> str | None:
    if not status:
        return None  # a gezinsmigrant chooses and pays for a route
    return ROUTE_CONTRACT.get(route) or rng.choice(["vu-onderwijs", "hva-onderwijs", "hva-onderwijs"])


def _hours(person: Persoon, contract: str, start: date, end: date, rng: random.Random) -> None:
    """Planned and attended hours a month; the Z-route attends better, and it got worse at B1 in 2025."""
    usual = {"danner-b1": 0.83, "danner-z": 0.88, "vu-onderwijs": 0.86, "hva-onderwijs": 0.78}[contract]
    own = min(0.99, max(0.3, rng.gauss(usual, 0.1)))
    month = date(start.year, start.month, 1)
    while month <= end:
        planned = rng.choice([32, 36, 36, 40, 44] if contract != "danner-z" else [40, 44, 44, 48, 52])
        rate = own - (0.07 if contract == "danner-b1" and month.year == 2025 else 0)
        present = round(planned * min(1.02, max(0, rng.gauss(rate, 0.08))) * 2) / 2
        person.voeg("uren", contract=contract, maand=month, soort="taal", uren_gepland=planned, uren_aanwezig=present)
        if contract in ("danner-b1", "danner-z") and (month - start).days > 90:
            planned = rng.choice([16, 24, 32] if contract == "danner-b1" else [40, 44, 48])
            present = round(planned * min(1.0, max(0, rng.gauss(own - 0.02, 0.1))) * 2) / 2
            person.voeg(
                "uren",
                contract=contract,
                maand=month,
                soort="participatie",
                uren_gepland=planned,
                uren_aanwezig=present,
            )
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _exams(person: Persoon, route: str, start: date, end: date, reason: str | None, rng: random.Random) -> None:
    for name in ("lezen", "luisteren", "schrijven", "spreken", "KNM"):
        ease = {"lezen": 0.04, "luisteren": 0.02, "schrijven": -0.08, "spreken": 0.0, "KNM": 0.12}[name]
        chance = (0.62 if route == "B1" else 0.74) + ease
        day = start + timedelta(days=rng.randrange(380, 700))
        for _ in range(4):
            if day > end:
                break
            luck = rng.random()
            result = "geen" if luck > 0.97 else "geslaagd" if luck < chance * 0.97 else "gezakt"
            person.voeg(
                "examens", onderdeel=name, niveau=None if name == "KNM" else "B2" if route == "onderwijs" else "B1",
                examendatum=day, resultaat=result, reden_geen_resultaat=_excuse(result, rng),
            )  # fmt: skip
            if result == "geslaagd":
                break
            day += timedelta(days=rng.randrange(50, 120))
    del reason


def _excuse(result: str, rng: random.Random) -> str | None:
    return rng.choice(["afgemeld", "absent", "nietverwijtbaar"]) if result == "geen" else None


def _participation(person: Persoon, route: str, start: date, end: date, rng: random.Random) -> None:
    chance = {"B1": 0.68, "Z": 0.55, "onderwijs": 0.3}[route]
    if rng.random() > chance:
        return
    first = start + timedelta(days=rng.randrange(20, 260))
    if first > end:
        return
    form = rng.choices(["vrijwilligerswerk", "werkervaringsplaats", "betaald werk", "dagbesteding"], [40, 30, 22, 8])[0]
    last = _before(first + timedelta(days=rng.randrange(90, 700)), END)
    person.voeg("participatie", vorm=form, start=first, einde=last, uren_per_week=rng.choice([8, 12, 16, 20, 24, None]))
    if last and rng.random() < 0.45:
        after = last + timedelta(days=rng.randrange(5, 60))
        if after <= END:
            person.voeg(
                "participatie", vorm=rng.choice(["betaald werk", "betaald werk", "opleiding"]), start=after, einde=None,
                uren_per_week=rng.choice([16, 24, 32, 36]),
            )  # fmt: skip


def _close(person: Persoon, course: Row, end: date | None, reason: str | None, route: str, rng: random.Random) -> None:
    """How the whole traject ended, with the decisions on the way."""
    if person.vertrek:
        course |= {"datum_einde": person.vertrek, "uitkomst": "vertrokken"}
    elif reason == "afgerond" and end:
        done = _cut(end + timedelta(days=rng.randrange(10, 80)))
        if done and rng.random() < 0.93:
            course |= {"datum_einde": done, "uitkomst": "voldaan"}
    elif reason == "uitval" and end and rng.random() < 0.35:
        done = _cut(end + timedelta(days=rng.randrange(60, 240)))
        if done:
            outcome = rng.choices(["ontheffing", "vrijstelling", "niet voldaan"], [50, 15, 35])[0]
            course |= {"datum_einde": done, "uitkomst": outcome}
            if outcome != "niet voldaan":
                person.voeg(
                    "besluiten",
                    datum=done,
                    soort=outcome,
                    grondslag="Wi2021",
                    bedrag=None,
                    maanden=None,
                    instantie=None,
                )
    pip = course["datum_pip"]
    stop = course["datum_einde"] or END
    if rng.random() < 0.09 and pip + timedelta(days=700) < stop:
        day = pip + timedelta(days=rng.randrange(600, 700))
        person.voeg(
            "besluiten", datum=day, soort="verlenging", grondslag="Wi2021", bedrag=None,
            maanden=rng.choice([3, 6, 6, 12]), instantie="DUO",
        )  # fmt: skip
    if rng.random() < 0.05 and pip + timedelta(days=200) < stop:
        day = pip + timedelta(days=rng.randrange(100, 200))
        person.voeg(
            "besluiten",
            datum=day,
            soort="waarschuwing",
            grondslag="Wi2021",
            bedrag=None,
            maanden=None,
            instantie="gemeente",
        )
        if rng.random() < 0.4 and person.doelgroep == "gezinsmigrant":
            person.voeg(
                "besluiten", datum=min(stop, day + timedelta(days=60)), soort="boete", grondslag="Wi2021",
                bedrag=rng.choice([50.0, 100.0, 200.0]), maanden=None, instantie="gemeente",
            )  # fmt: skip
    _benefit(person, stop, rng)
    del route


def _benefit(person: Persoon, stop: date, rng: random.Random) -> None:
    if person.doelgroep in STATUSHOUDER and rng.random() < 0.85 and person.begin <= END:
        end = _cut(person.begin + timedelta(days=rng.randrange(300, 1800)))
        reason = rng.choices(["werk", "studie", "verhuizing", "overig"], [55, 20, 15, 10])[0] if end else None
        person.voeg("uitkeringen", start=person.begin, einde=end, reden_einde=reason)
    for months in (3, 9, 15, 21, 27):
        day = person.begin + timedelta(days=30 * months + rng.randrange(20))
        if day <= stop and rng.random() < 0.8:
            person.voeg("gesprekken", datum=day, soort="voortgang")
