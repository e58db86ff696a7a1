"""The content of a report as data: sentences, tables, charts. No layout, and nothing that the guard hides."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import contracts
import etl
import metrics
from dashboard import wording
from dashboard.report import figures
from dashboard.report.plan import EVALUATION, GOALS, QUARTER, SUMMARY, TERMS, UNKNOWN, Item
from data import referentie

_COLUMNS = {
    "aantal": ("aantal",),
    "aandeel": ("teller", "noemer", "waarde", "grenzen"),
    "gemiddelde": ("n", "waarde", "grenzen"),
    "kwartielen": ("n", "p25", "p50", "p75"),
    "tijd_tot": ("n", "p25", "p50", "p75"),
    "incidentie": ("n", "waarde", "grenzen"),
    "verhouding": ("teller", "noemer", "waarde"),
    "bedrag": ("waarde", "begroot", "uitputting"),
}
_MAX_ROWS = 40
Content = dict[str, Any]


def build(
    soort: str,
    snapshot: etl.Snapshot,
    agreements: contracts.Agreements,
    voor: metrics.Bevoegdheid,
    *,
    van: date | None,
    tot: date | None,
    peildatum: date | None,
    eigen_tekst: dict[str, list[str]],
) -> Content:
    """Everything that a report says. All answers pass the guard at once, so that none gives another away."""
    items = _items(soort)
    day = peildatum or metrics.default_peildatum(snapshot)
    published = publication(soort, snapshot, voor, van=van, tot=tot, peildatum=day)
    first = next(iter(published.values()))
    info = snapshot.info
    content: Content = {
        "titel": {"evaluatie": "Evaluatie inburgering", "kwartaal": "Kwartaalbericht inburgering"}[soort],
        "ondertitel": "Wet inburgering 2021 in de regio IJmond en Zuid-Kennemerland",
        "voorbeeld": bool(info["voorbeeld"]),
        "periode": wording.period(first.van, first.tot),
        "peildatum": wording.day(day),
        "momentopname": snapshot.id,
        "datum": day.isoformat(),
        "samenvatting": _summary(published, day),
        "onbekend": list(UNKNOWN),
        "hoofdstukken": [],
        "afspraken": _agreements(agreements, snapshot, voor, day),
        "begrippen": [list(term) for term in TERMS],
        "definities": _definitions(list(published)),
        "eigen_tekst": eigen_tekst.get("", []),
        "grafieken": [],
        "totalen": [
            f"{one['onderwerp']}, {one['onderdeel']}: gedrukt staat {wording.number(one['gedrukt'])}, "
            f"de delen zijn samen {wording.number(one['berekend'])}. Wij rekenen met {wording.number(one['berekend'])}."
            for one in referentie.afwijkende_totalen()
        ],
    }
    for goal, (title, question) in GOALS.items():
        mine = [item for item in items if metrics.catalogue()[item.id].subdoel == goal]
        if mine:
            parts = [_part(item, published[(item.id, item.per)], content["grafieken"]) for item in mine]
            content["hoofdstukken"].append(
                {"titel": title, "vraag": question, "delen": parts, "eigen_tekst": eigen_tekst.get(title.lower(), [])}
            )
    return content


def _items(soort: str) -> list[Item]:
    return [item for item in (QUARTER if soort == "kwartaal" else EVALUATION) if item.id in metrics.catalogue()]


def publication(
    soort: str,
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    *,
    van: date | None = None,
    tot: date | None = None,
    peildatum: date | None = None,
) -> dict[tuple[str, tuple[str, ...]], metrics.Answer]:
    """Every answer that a report rests on, by figure and split, after one call of the guard for all together."""
    day = peildatum or metrics.default_peildatum(snapshot)
    if soort == "kwartaal" and van is None:
        van = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    asked = [(item.id, item.per) for item in _items(soort)] + [(id, ()) for id in SUMMARY if id in metrics.catalogue()]
    questions = list(dict.fromkeys(asked))
    answers = [
        metrics.compute(id, snapshot, voor=voor, peildatum=day, van=van, tot=tot, per=_possible(id, per))[0]
        for id, per in questions
    ]
    return dict(zip(questions, metrics.publish(answers), strict=True))


def _possible(id: str, per: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in per if name in metrics.catalogue()[id].mogelijk)


def municipalities() -> dict[str, str]:
    """Names of municipalities by code."""
    rows = referentie.gemeenten()
    return dict(zip(rows["gemeentecode"], rows["gemeente"], strict=True))


def label(answer: metrics.Answer, row: dict[str, Any]) -> str:
    """What a row is about, in words."""
    names = municipalities()
    parts = [wording.dimension(name, row[name], names) for name in answer.dims]
    if "horizon" in row:
        parts += [wording.horizon(row["horizon"]), str(row["einde"])]
    return ", ".join(parts)


def _summary(published: dict[tuple[str, tuple[str, ...]], metrics.Answer], day: date) -> list[dict[str, Any]]:
    """A conclusion per goal of the law, with how sure it is, and what it cost."""
    found = []
    for id in SUMMARY:
        answer = published.get((id, ()))
        if answer is None:
            continue
        goal = "instroom" if id == "instroom" else answer.definition.subdoel
        said = wording.sentences(answer, municipalities())
        found.append({"doel": goal.capitalize(), "kop": answer.definition.titel, "zinnen": said})
    if (costs := published.get(("kosten", ()))) is not None:
        year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        mine = [row for row in _money(costs) if row["jaar"] == year]
        if mine:
            total = {key: sum(row[key] or 0 for row in mine) for key in ("waarde", "begroot")}
            text = wording.sentence("kosten", "bedrag", total)
            found.append({"doel": "Kosten", "kop": f"Uitgegeven in {year}", "zinnen": [text]})
    return found


def _part(item: Item, answer: metrics.Answer, charts: list[Content]) -> Content:
    definition = answer.definition
    rows = _money(answer) if definition.soort == "bedrag" else answer.rijen
    if definition.soort == "incidentie":  # a horizon that nobody reached yet is said in a sentence
        rows = [row for row in rows if row["waarde"] is not None]
    dims = ("jaar", "budget") if definition.id == "kosten" else answer.dims
    part: Content = {
        "titel": definition.titel + (f" per {item.per[0]}" if item.per else ""),
        "definitie": " ".join(definition.definitie.split()),
        "zinnen": [],
        "tabel": _table(definition, dims, rows if dims or definition.soort == "incidentie" else []),
        "grafiek": None,
        "alt": "",
        "klaar": definition.klaar,
    }
    if definition.soort == "incidentie":
        part["zinnen"] = wording.sentences(answer, municipalities())
    elif not rows:
        part["zinnen"] = ["Hierover is nog niets geleverd."]
    elif not dims:
        part["zinnen"] = [wording.sentence(definition.id, definition.soort, rows[0], titel=definition.titel)]
    if item.grafiek and (drawn := figures.on_paper(answer, municipalities())) is not None:
        part["grafiek"] = len(charts)
        part["alt"] = f"Grafiek: {part['titel']}. " + "; ".join(
            f"{label(answer, row)}: {figures.value_text(definition, row)}" for row in answer.rijen
        )
        charts.append(drawn)
    return part


def _money(answer: metrics.Answer) -> list[dict[str, Any]]:
    """Costs added up per year and budget: the council decides on budgets, not on kinds of costs."""
    if "budget" not in answer.dims:
        return answer.rijen
    totals: dict[tuple[Any, Any], list[float | None]] = defaultdict(lambda: [0.0, None])
    for row in answer.rijen:
        total = totals[(row["jaar"], row["budget"])]
        total[0] = (total[0] or 0) + row["waarde"]
        if row.get("begroot") is not None:
            total[1] = (total[1] or 0) + row["begroot"]
    return [
        {"jaar": year, "budget": budget, "waarde": spent, "begroot": planned,
         "uitputting": spent / planned if planned else None}
        for (year, budget), (spent, planned) in sorted(totals.items())
        if spent is not None
    ]  # fmt: skip


def _table(definition: metrics.Definition, dims: Sequence[str], rows: list[dict[str, Any]]) -> Content:
    names, soort = municipalities(), definition.soort
    extra = ("horizon", "einde") if soort == "incidentie" else ()
    columns = [name for name in _COLUMNS[soort] if name == "grenzen" or any(name in row for row in rows[:1])]
    if soort == "aandeel" and rows and "verwacht" in rows[0]:
        columns.append("verwacht")
    head = [wording.title_of(name) for name in (*dims, *extra)]
    head += ["Grenzen (95 %)" if name == "grenzen" else wording.title_of(name) for name in columns]
    body = []
    for row in rows[:_MAX_ROWS]:
        cells = [wording.dimension(name, row[name], names) for name in dims]
        cells += [wording.cell(name, row[name], definition) for name in extra]
        cells += [wording.measure(name, row, definition) for name in columns]
        body.append(cells)
    more = len(rows) - _MAX_ROWS
    return {"koppen": head, "rijen": body, "links": len(dims) + len(extra), "meer": max(0, more)}


def _agreements(
    agreements: contracts.Agreements, snapshot: etl.Snapshot, voor: metrics.Bevoegdheid, day: date
) -> Content:
    """The contracts: what stands out. With norms that are only an example the council's report does not judge."""
    own = {id: one for id, one in agreements.items() if one.bron != contracts.EXAMPLE_NORM}
    listed = [[one.titel, one.aanbieder, str(len(one.kpis)), one.status] for one in agreements.values()]
    judged = []
    if own:
        for verdict in contracts.assess(agreements, snapshot, voor=voor, peildatum=day, contracten=list(own)):
            # a verdict on a few people tells about them
            few = verdict.n is not None and 0 < verdict.n < metrics.THRESHOLD
            said = (wording.HIDDEN, "-") if few else (verdict.oordeel, verdict.zekerheid or "-")
            judged.append([agreements[verdict.contract].titel, verdict.titel, *said])
    return {"lijst": listed, "oordelen": judged, "voorbeeldnormen": len(own) < len(agreements)}


def _definitions(questions: Sequence[tuple[str, tuple[str, ...]]]) -> list[list[str]]:
    found = []
    for id in dict.fromkeys(id for id, _ in questions):
        one = metrics.catalogue()[id]
        found.append([one.titel, " ".join(one.definitie.split()), "; ".join(one.bron)])
    return found
