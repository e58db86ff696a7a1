"""The judgement as contracts.md says it, in slow plain loops: values from the rows where that is short (hours, ends of
routes and parts, answers, reports, quality), else from one question per contract; the rules always written anew."""

import math
from datetime import date, timedelta
from statistics import mean, stdev

from scipy import stats

import metrics

Z = stats.norm.ppf(0.975)


def last_day(kwartaal):
    """2024-K2: 30 June 2024."""
    year, number = kwartaal.split("-K")
    year, month = int(year), 3 * int(number) + 1
    return date(year + (month > 12), month % 12 or 12, 1) - timedelta(days=1)


def all_quarters(first, until):
    """Every quarter with its last day from `first` up to `until`."""
    found = [f"{year}-K{number}" for year in range(first.year, until.year + 1) for number in (1, 2, 3, 4)]
    return [one for one in found if first <= last_day(one) <= until]


def first_day(kwartaal):
    """2024-K2: 1 April 2024."""
    return date(last_day(kwartaal).year, last_day(kwartaal).month - 2, 1)


def wilson(teller, noemer):
    """From the quadratic equation that the score test gives."""
    if not noemer or teller > noemer:
        return None, None
    p, n = teller / noemer, noemer
    a, b, c = 1 + Z * Z / n, 2 * p + Z * Z / n, p * p
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (b - root) / (2 * a), (b + root) / (2 * a)


def judge(agreements, rows, snapshot, until):
    """One dict per contract, KPI and quarter, with the fourteen keys."""
    first = min(one["looptijd"]["van"] for one in agreements)
    found = []
    for agreement in agreements:
        for id in dict.fromkeys(kpi["id"] for kpi in agreement["kpis"]):
            reeks = 0
            entries = [kpi for kpi in agreement["kpis"] if kpi["id"] == id]
            for kwartaal in all_quarters(first, until):
                kpi, valid = _entry(entries, last_day(kwartaal))
                one = _judge_one(agreement, kpi, valid, kwartaal, rows, snapshot)
                reeks = {"voldoet": 0, "voldoet niet": reeks + 1}.get(one["oordeel"], reeks)
                step = None
                for rung in kpi.get("gevolg", []):
                    if rung["na"] <= reeks:
                        step = rung["stap"]
                found.append({**one, "reeks": reeks, "stap": step})
    return sorted(found, key=lambda one: (one["contract"], one["kwartaal"], one["kpi"]))


def _entry(entries, day):
    begun = [kpi for kpi in entries if kpi.get("geldig_van", date.min) <= day]
    if not begun:
        return min(entries, key=lambda kpi: kpi.get("geldig_van", date.min)), False
    kpi = max(begun, key=lambda kpi: kpi.get("geldig_van", date.min))
    return kpi, day <= kpi.get("geldig_tot", date.max)


def _judge_one(agreement, kpi, valid, kwartaal, rows, snapshot):
    day = last_day(kwartaal)
    definition = metrics.catalogue().get(kpi["cijfer"])
    richting = kpi.get("richting") or definition.richting
    one = {
        "contract": agreement["id"], "kpi": kpi["id"], "kwartaal": kwartaal, "cijfer": kpi["cijfer"], "waarde": None,
        "laag": None, "hoog": None, "n": None, "norm": kpi.get("norm"), "richting": richting, "zekerheid": None,
    }  # fmt: skip
    extended = [one["tot"] for one in agreement["looptijd"].get("verlengd", [])]
    inside = agreement["looptijd"]["van"] <= day <= max([agreement["looptijd"]["tot"], *extended])
    if not valid or not inside or agreement.get("status") == "in aanbesteding":
        return {**one, "oordeel": "niet van toepassing"}
    start = {
        "kwartaal": first_day(kwartaal),
        "vier kwartalen": first_day(all_quarters(day - timedelta(days=300), day)[0]),
        "looptijd": agreement["looptijd"]["van"],
    }[kpi.get("venster", "kwartaal")]
    start = max(start, agreement["looptijd"]["van"])
    value, low, high, n, reported, early = _figure(agreement, kpi, start, day, kwartaal, rows, snapshot)
    one.update(waarde=value, laag=low, hoog=high, n=n)
    if not reported:
        return {**one, "oordeel": "rapportage ontbreekt"}
    if value is None or (n is not None and kpi["cijfer"] != "rapportage_op_tijd" and n < kpi.get("min_n", 5)):
        return {**one, "oordeel": "te weinig gegevens"}
    if one["norm"] is None:
        return {**one, "oordeel": "geen norm ingesteld"}
    norm = one["norm"]
    met = value >= norm if richting == "hoger" else value <= norm
    if early:
        certainty = "te vroeg"
    elif low is None:
        certainty = "geen interval"
    else:
        one_side = low >= norm if value >= norm and (met == (richting == "hoger")) else high <= norm
        certainty = "zeker" if one_side else "onzeker"
    return {**one, "oordeel": "voldoet" if met else "voldoet niet", "zekerheid": certainty}


def _figure(agreement, kpi, start, day, kwartaal, rows, snapshot):
    """(value, low, high, n, reported, too early)."""
    contract, filters = agreement["id"], kpi.get("filter", {})
    figure = kpi["cijfer"]
    if figure == "kwaliteit":
        return _quality(contract, kpi, start, kwartaal, rows)
    parcel = [one["gemeenten"] for one in agreement.get("percelen", []) if one["id"] == kpi.get("perceel")]
    places = parcel[0] if parcel else filters.get("gemeente")
    known = {person["persoon"] for person in rows["personen"] if person["datum_plichtig"] <= day}
    born = {
        person["persoon"]
        for person in rows["personen"]
        if person["persoon"] in known and (places is None or person["gemeentecode"] in places)
    }
    mine = [row for row in rows.get(_TABLE.get(figure, ""), []) if row.get("contract") == contract]
    if figure == "aanwezigheid":
        all_hours = [row for row in mine if row["persoon"] in known and row["soort"] == filters["soort"]]
        mine = [row for row in all_hours if row["persoon"] in born]
        window = [row for row in mine if start <= row["maand"] <= day]
        hours, present = sum(row["uren_gepland"] for row in window), sum(row["uren_aanwezig"] for row in window)
        reported = any(max(first_day(kwartaal), start) <= row["maand"] <= day for row in all_hours)
        people = len({row["persoon"] for row in window})
        return (present / hours if hours else None), None, None, people, reported, False
    if figure == "leerroute_geslaagd":
        spells = [row for row in mine if row["persoon"] in born and row["start"] <= day]
        spells = [row for row in spells if row["leerroute"] == filters.get("leerroute", row["leerroute"])]
        ended = [row for row in spells if row["einde"] and start <= row["einde"] <= day]
        ended = [row["reden_einde"] == "afgerond" for row in ended if row["reden_einde"] in ("afgerond", "uitval")]
        begun = [row for row in spells if row["start"] >= agreement["looptijd"]["van"]]
        early = 2 * sum(row["einde"] is not None and row["einde"] <= day for row in begun) < len(begun)
        return *_share(sum(ended), len(ended)), True, early
    if figure == "onderdeel_geslaagd":
        done = [row for row in mine if row["persoon"] in born and row["onderdeel"] == filters["onderdeel"]]
        done = [row["resultaat"] == "afgerond" for row in done if row["einde"] and start <= row["einde"] <= day]
        return *_share(sum(done), len(done)), True, False
    if figure == "tevredenheid":
        answers = [row for row in mine if row["onderdeel"] == filters["onderdeel"] and start <= row["datum"] <= day]
        scores = [row["score"] for row in answers]
        if len(scores) < 2:
            return (scores[0] if scores else None), None, None, len(scores), True, False
        half = stats.t.ppf(0.975, len(scores) - 1) * stdev(scores) / math.sqrt(len(scores))
        return mean(scores), mean(scores) - half, mean(scores) + half, len(scores), True, False
    if figure == "rapportage_op_tijd":
        return _reports(contract, agreement, start, day, rows)
    chosen = {name: [value] for name, value in filters.items() if name not in ("einde", "horizon")}
    answer = metrics.compute(
        figure,
        snapshot,
        voor=metrics.ALLES,
        peildatum=day,
        van=start,
        tot=day,
        filters={**chosen, "contract": [contract]},
    )[0]
    [row] = [
        row for row in answer.rijen if all(row[name] == filters[name] for name in ("einde", "horizon") if name in row)
    ]
    size = row.get("noemer", row.get("n"))  # of a share its noemer
    return row["waarde"], row.get("laag"), row.get("hoog"), size, True, False


_TABLE = {
    "aanwezigheid": "uren", "leerroute_geslaagd": "leerroutes", "onderdeel_geslaagd": "onderdelen",
    "tevredenheid": "tevredenheid",
}  # fmt: skip


def _share(teller, noemer):
    return (teller / noemer if noemer else None), *wilson(teller, noemer), noemer


def _reports(contract, agreement, start, day, rows):
    terms = [row for row in rows["contracten"] if row["contract"] == contract]
    on_time = due = 0
    for term in terms:
        for kwartaal in all_quarters(start, day):
            limit = last_day(kwartaal) + timedelta(days=term["termijn_dagen"])
            if not term["van"] <= last_day(kwartaal) <= term["tot"] or limit > day:
                continue
            dates = [
                row["datum"]
                for row in rows["rapportages"]
                if row["contract"] == contract and row["kwartaal"] == kwartaal and row["datum"] <= day
            ]
            due += 1
            on_time += bool(dates) and min(dates) <= limit
    return (on_time / due if due else None), None, None, due, True, False


def _quality(contract, kpi, start, kwartaal, rows):
    facts = {}
    for row in rows["kwaliteit"]:
        if row["contract"] == contract:
            value = row.get("waarde")
            if row.get("datum"):
                value = 1.0 if row["datum"] >= last_day(row["kwartaal"]) else 0.0
            facts.setdefault(row["kwartaal"], {})[row["kenmerk"]] = value
    reports = {row["kwartaal"] for row in rows["rapportages"] if row["contract"] == contract}
    if kwartaal not in facts and kwartaal not in reports:
        return None, None, None, None, False, False
    inside = [facts.get(one, {}) for one in all_quarters(start, last_day(kwartaal))]
    if "kenmerk" in kpi:
        values = [one[kpi["kenmerk"]] for one in inside if kpi["kenmerk"] in one]
        return (mean(values) if values else None), None, None, None, True, False
    pairs = [
        (one[kpi["teller"]], one[kpi["noemer"]]) for one in inside if kpi["teller"] in one and kpi["noemer"] in one
    ]
    teller, noemer = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    value = teller / noemer if noemer else None
    if kpi.get("soort") != "aandeel":
        return value, None, None, None, True, False
    return value, *wilson(teller, noemer), noemer, True, False
