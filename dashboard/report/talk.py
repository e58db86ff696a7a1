"""The two pages for a talk with a supplier: verdicts, course, differences, and what to ask."""

from collections import Counter
from datetime import date
from typing import Any

import contracts
import etl
import metrics
from dashboard import wording

_MARK = {"voldoet": "✓ voldoet", "voldoet niet": "✗ voldoet niet"}


def build(
    agreements: contracts.Agreements,
    id: str,
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    *,
    peildatum: date | None,
) -> dict[str, Any]:
    """The content of the talk's pages as data. These pages are for the talk, not for publication."""
    agreement = agreements[id]
    day = peildatum or metrics.default_peildatum(snapshot)
    course = contracts.assess(agreements, snapshot, voor=voor, peildatum=day, kwartaal="alle", contracten=[id])
    quarters = list(dict.fromkeys(one.kwartaal for one in course))
    last = [one for one in course if one.kwartaal == quarters[-1]] if quarters else []
    with snapshot.connect() as connection:
        findings = connection.execute(
            "SELECT kwartaal, soort, count(*) FROM bevindingen WHERE contract = ? GROUP BY ALL ORDER BY ALL",
            [id],
        ).fetchall()
        notes = connection.execute(
            "SELECT kwartaal, tekst FROM toelichtingen WHERE contract = ? ORDER BY kwartaal DESC, rij LIMIT 6", [id]
        ).fetchall()
    recent = quarters[-4:]
    return {
        "titel": f"Gesprek: {agreement.titel}",
        "aanbieder": agreement.aanbieder,
        "voorbeeld": bool(snapshot.info["voorbeeld"]),
        "voorbeeldnorm": agreement.bron == contracts.EXAMPLE_NORM,
        "periode": wording.quarter(quarters[-1]) if quarters else "",
        "peildatum": wording.day(day),
        "datum": day.isoformat(),
        "momentopname": snapshot.id,
        "oordelen": [_row(one) for one in last],
        "verloop": {
            "koppen": ["Afspraak", *recent],
            "rijen": [
                [kpi.titel, *(_at(course, kpi.id, quarter) for quarter in recent)]
                for kpi in {one.id: one for one in agreement.kpis}.values()
            ],
        },
        "verschillen": _findings(findings, recent),
        "toelichting": [f"{wording.quarter(quarter)}: {text}" for quarter, text in notes],
        "vragen": _questions(last),
        "grafieken": [],
    }


def _value(verdict: contracts.Verdict, value: float | None) -> str:
    if value is None:
        return "-"
    if verdict.soort in ("aandeel", "incidentie") or verdict.cijfer == "aanwezigheid":
        return wording.percentage(value)
    return wording.number(value, 1)


def _row(verdict: contracts.Verdict) -> list[str]:
    return [
        verdict.titel, _value(verdict, verdict.waarde), _value(verdict, verdict.norm),
        _MARK.get(verdict.oordeel, verdict.oordeel), verdict.zekerheid or "-", str(verdict.reeks), verdict.stap or "-",
    ]  # fmt: skip


def _at(course: list[contracts.Verdict], kpi: str, quarter: str) -> str:
    found = next((one for one in course if one.kpi == kpi and one.kwartaal == quarter), None)
    return "-" if found is None else _value(found, found.waarde)


def _findings(rows: list[tuple[Any, ...]], recent: list[str]) -> list[list[str]]:
    totals: Counter[str] = Counter()
    for quarter, kind, count in rows:
        if quarter in recent:
            totals[kind] += count
    return [[kind, wording.number(count)] for kind, count in sorted(totals.items())]


def _questions(last: list[contracts.Verdict]) -> list[str]:
    """What to ask, from what stands out; careful where the number is uncertain."""
    found = []
    for one in last:
        if one.oordeel == "voldoet niet":
            sure = (
                "" if one.zekerheid == "zeker" else " Het cijfer is niet zeker: vraag eerst hoe de aanbieder dit ziet."
            )
            found.append(
                f"{one.titel}: de afspraak is {one.reeks} kwartalen op rij niet gehaald. Wat is de oorzaak?{sure}"
            )
        elif one.oordeel == "rapportage ontbreekt":
            found.append(f"{one.titel}: hierover is niets gerapporteerd. Wanneer komt dat?")
    return found or ["Alle afspraken zijn gehaald of nog niet te beoordelen. Wat gaat goed en kan anderen helpen?"]
