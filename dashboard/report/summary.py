"""The summary of two pages: what works, what does not, what is unknown, what it cost. It stands alone."""

from collections.abc import Sequence
from typing import Any

from dashboard import wording
from dashboard.report import blocks, money, said, tables
from dashboard.report.publication import Publication
from dashboard.report.recommendations import STATES, Recommendation
from dashboard.report.said import BAD, GOOD, PLAIN, UNKNOWN, UNSURE, Limit

_SHOWN = 4  # recommendations that fit on the page; the report has all


def build(
    pub: Publication, done: Sequence[Recommendation], limits: dict[str, Limit], own: list[blocks.Block]
) -> list[blocks.Block]:
    """The blocks of the summary."""
    found = _conclusions(pub, limits)
    return [
        blocks.paragraph(
            f"Deze samenvatting staat op zichzelf. Zij gaat over {pub.place()}, {wording.period(pub.van, pub.tot)}."
            " Groepen van minder dan vijf mensen tonen wij niet."
            + (" Staat er ‘over … samen’, dan tonen wij het niet voor één gemeente alleen." if pub.lifted() else "")
        ),
        *own,
        _in_short(found),
        blocks.heading("Vijf conclusies, en hoe zeker zij zijn"),
        *(
            blocks.conclusion(goal, said.STATUS_TEXT[status], claim, sentences, sure)
            for goal, _, status, claim, sentences, sure in found
        ),
        blocks.heading("Wat het kostte"),
        *_cost(pub),
        blocks.heading("Wat wij nog niet weten, en waarom"),
        blocks.bullets(unknown(pub)),
        blocks.heading("Wat is gedaan met de vorige aanbevelingen"),
        *_done(done),
    ]


def _conclusions(pub: Publication, limits: dict[str, Limit]) -> list[tuple[str, str, str, str, list[str], str]]:
    """(goal, short name, status, claim, sentences, how sure) of the five sub-goals."""
    found = []
    for goal, name, id, where, more in _FIVE:
        answer = pub.get(id)
        soort = answer.definition.soort if answer is not None else "aandeel"
        rows = [] if answer is None else answer.rijen
        row = _row(rows, where)
        limit = limits.get(id)
        status = said.status(soort, row, limit)
        sentences = _numbers(pub, id, row, where)
        if (
            (text := said.change(pub.get(id, "jaar"), pub.about(id, "jaar"))[1])
            and status != UNKNOWN
            and soort != "incidentie"
        ):
            sentences.append(text)
        for extra in more:
            if pub.get(extra) is not None:
                sentences.append(said.total(pub.get(extra), pub.about(extra))[0])
        claim = _CLAIMS[goal][status]
        found.append((goal, name, status, claim, sentences, said.certainty(soort, row, limit)))
    return found


_FIVE: tuple[tuple[str, str, str, dict[str, Any], tuple[str, ...]], ...] = (
    ("Tijdigheid", "op tijd een plan (PIP)", "pip_op_tijd", {}, ()),
    (
        "Snelheid",
        "klaar binnen drie jaar",
        "voldaan_binnen",
        {"horizon": 1095, "einde": "voldaan"},
        ("termijn_verstreken",),
    ),
    ("Maatwerk", "een route die past", "routewissel", {}, ()),
    ("Dualiteit", "meedoen naast de taallessen", "participatie_actief", {}, ()),
    ("Kwaliteit", "volhouden en slagen", "uitval", {"horizon": 365, "einde": "uitval"}, ("inburgeringsexamen",)),
)
_CLAIMS = {
    "Tijdigheid": {
        GOOD: "De meeste mensen krijgen op tijd hun plan.",
        BAD: "Te veel mensen krijgen hun plan te laat.",
        UNSURE: "Of genoeg mensen op tijd hun plan krijgen, is niet zeker.",
        UNKNOWN: "Of mensen op tijd hun plan krijgen, kunnen wij niet zeggen.",
        PLAIN: "Zoveel mensen krijgen op tijd hun plan.",
    },
    "Snelheid": {
        GOOD: "Genoeg mensen zijn op tijd klaar.",
        BAD: "Te weinig mensen zijn op tijd klaar.",
        UNSURE: "Of genoeg mensen op tijd klaar zijn, is niet zeker.",
        UNKNOWN: "Hoeveel mensen binnen drie jaar klaar zijn, weten wij nog niet.",
        PLAIN: "Wie binnen drie jaar klaar is, wordt nu zichtbaar.",
    },
    "Maatwerk": {
        GOOD: "De meeste mensen blijven in de route waarin zij begonnen.",
        BAD: "Veel mensen stappen over naar een andere route.",
        UNSURE: "Of te veel mensen overstappen, is niet zeker.",
        UNKNOWN: "Of de gekozen route past, kunnen wij nog niet zeggen.",
        PLAIN: "Zoveel mensen stappen over naar een andere route.",
    },
    "Dualiteit": {
        GOOD: "De meeste mensen doen mee naast de taallessen.",
        BAD: "Te weinig mensen doen mee naast de taallessen.",
        UNSURE: "Of genoeg mensen meedoen, is niet zeker.",
        UNKNOWN: "Of genoeg mensen meedoen, kunnen wij niet zeggen.",
        PLAIN: "Zoveel mensen doen mee naast de taallessen.",
    },
    "Kwaliteit": {
        GOOD: "De meeste mensen houden hun leerroute het eerste jaar vol.",
        BAD: "Te veel mensen vallen in het eerste jaar uit.",
        UNSURE: "Of te veel mensen uitvallen, is niet zeker.",
        UNKNOWN: "Of mensen hun leerroute volhouden, kunnen wij nog niet zeggen.",
        PLAIN: "Zoveel mensen vallen in het eerste jaar uit.",
    },
}


def _row(rows: Sequence[dict[str, Any]], where: dict[str, Any]) -> dict[str, Any] | None:
    return next((row for row in rows if all(row.get(key) == value for key, value in where.items())), None)


def _numbers(pub: Publication, id: str, row: Any, where: dict[str, Any]) -> list[str]:
    """The numbers under a claim: of competing ends the horizon itself when it is ripe, else what is known."""
    answer = pub.get(id)
    if answer is None or not where:
        return said.total(answer, pub.about(id))
    definition = answer.definition
    if wording.state("incidentie", row) != "bekend":
        return said.total(answer, pub.about(id))
    return said.over(pub.about(id), [wording.sentence(definition.id, definition.soort, row, titel=definition.titel)])


def _in_short(found: Sequence[tuple[str, str, str, str, list[str], str]]) -> blocks.Block:
    """Three short lists: what works, what does not, what is not known or not sure."""
    lists: dict[str, list[str]] = {GOOD: [], BAD: [], UNKNOWN: []}
    for goal, name, status, *_ in found:
        place = status if status in lists else UNKNOWN
        extra = {UNSURE: " (niet zeker)", PLAIN: " (geen grens afgesproken)"}.get(status, "")
        lists[place].append(f"{goal}: {name}{extra}")
    lists[UNKNOWN].append("Zelfredzaamheid: die meten wij niet")
    titles = ((GOOD, "Wat werkt"), (BAD, "Wat werkt nog niet"), (UNKNOWN, "Wat weten wij nog niet"))
    return blocks.columns([(title, lists[key] or ["Hierover is geen zekere conclusie."]) for key, title in titles])


def _cost(pub: Publication) -> list[blocks.Block]:
    years = tables.per_year(tables.budgets(pub.get("kosten")))
    parts = [blocks.paragraph(" ".join(money.answer(pub)))]
    whole = [year for year in years if year < pub.day.year or (pub.day.month, pub.day.day) == (12, 31)]
    if whole and (lines := money.by_budget(pub, whole[-1])):
        parts.append(blocks.paragraph(f"In {whole[-1]}: {' '.join(lines)}", "klein"))
    return parts


def unknown(pub: Publication) -> list[str]:
    """What cannot be said yet, and why: from the figures themselves."""
    found = ["Zelfredzaamheid meten wij niet. Wij weten wel of mensen werken, meedoen en uit de bijstand gaan."]
    done = pub.get("voldaan_binnen")
    unripe = (
        []
        if done is None
        else [
            wording.horizon(row["horizon"])
            for row in done.rijen
            if row["einde"] == done.definition.einden[0] and wording.state("incidentie", row) == "niet rijp"
        ]
    )
    text = (
        "Veel mensen zijn nog bezig. Hoe hun inburgering afloopt, weten wij nog niet; zij tellen niet als geslaagd en"
        " niet als gezakt."
    )
    if unripe:
        text += f" Over de uitkomst na {said.listed(unripe)} kunnen wij nog niets zeggen."
    elif follow := said.following(done, 36):
        text += f" {follow}"
    found.append(text)
    if pub.hidden:
        found.append(
            f"Van de {wording.number(pub.rows)} regels in dit rapport tonen wij er {wording.number(pub.hidden)} niet of"
            " niet helemaal: de groep is te klein, of zij is anders uit te rekenen."
        )
    missing = missing_reports(pub)
    if missing:
        found.append(
            f"Van de aanbieders ontbraken of kwamen te laat: {said.some(missing, 'rapportage', 'rapportages')}."
        )
    found.append("Een examenuitslag komt na acht tot zestien weken. Het laatste kwartaal is daarom voorlopig.")
    return found


def missing_reports(pub: Publication) -> int:
    """Reports that were due in the period and did not come in time."""
    answer = pub.get("rapportage_op_tijd")
    rows = [] if answer is None else answer.rijen
    return sum(
        row["noemer"] - row["teller"]
        for row in rows
        if isinstance(row["teller"], int) and isinstance(row["noemer"], int)
    )


def _done(done: Sequence[Recommendation]) -> list[blocks.Block]:
    if not done:
        return [blocks.paragraph("Er zijn nog geen eerdere aanbevelingen vastgelegd.")]
    counts = [(state, sum(one.stand == state for one in done)) for state in STATES]
    said_counts = said.listed([f"{said.in_words(count)} {state}" for state, count in counts if count])
    text = (
        f"Er {'was' if len(done) == 1 else 'waren'} {said.some(len(done), 'aanbeveling', 'aanbevelingen')}:"
        f" {said_counts}."
    )
    rows = [[one.maatregel, said.capital(one.stand)] for one in done[:_SHOWN]]
    return [
        blocks.paragraph(text),
        blocks.table("Aanbevelingen van de vorige evaluatie", ["Maatregel", "Stand"], rows, left=2, widths=[1, 0]),
    ]
