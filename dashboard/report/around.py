"""The chapters around the sub-goals: recommendations, contracts, satisfaction, compliance, limits, signals, account."""

from collections.abc import Mapping, Sequence
from typing import Any

import metrics
from dashboard import wording
from dashboard.places import municipalities
from dashboard.report import blocks, pictures, said, summary, tables
from dashboard.report.plan import QUESTIONS, TERMS
from dashboard.report.publication import UNPLACED, Publication
from dashboard.report.recommendations import Recommendation
from dashboard.wording import signals as signal_words
from data import VERSIE

_MOST_SIGNALS = 8


def recommendations(done: Sequence[Recommendation]) -> list[blocks.Block]:
    """What became of what the last evaluation recommended."""
    if not done:
        return [
            blocks.paragraph("Er zijn nog geen eerdere aanbevelingen vastgelegd.", "antwoord"),
            blocks.paragraph(
                "De aanbevelingen van dit rapport worden vastgelegd in het register van de monitor. De volgende"
                " evaluatie begint met wat daarvan is geworden."
            ),
        ]
    return [
        blocks.paragraph(
            f"De vorige keer {'is' if len(done) == 1 else 'zijn'}"
            f" {said.some(len(done), 'aanbeveling', 'aanbevelingen')} gedaan. Hieronder staat wat ervan is geworden.",
            "antwoord",
        ),
        blocks.table(
            "Knelpunten, maatregelen en wat ervan is geworden",
            ["Knelpunt", "Maatregel", "Stand", "Toelichting"],
            [
                [
                    one.knelpunt,
                    one.maatregel,
                    f"{said.capital(one.stand)} ({wording.day(one.sinds)})",
                    one.toelichting or "–",
                ]
                for one in done
            ],
            left=4,
            widths=[1.2, 1.2, 0.8, 1],
        ),
        blocks.paragraph(
            "In dit register wordt niets gewijzigd of verwijderd: elke nieuwe stand is een regel erbij.", "klein"
        ),
    ]


def satisfaction(pub: Publication) -> list[blocks.Block]:
    """What people think of what they get."""
    names = municipalities()
    total, years, replies = pub.get("tevredenheid"), pub.get("tevredenheid", "jaar"), pub.get("respons")
    parts = [blocks.paragraph(QUESTIONS["tevredenheid"], "vraag")]
    if pub.zonder_tevredenheid:
        return [*parts, blocks.paragraph(UNPLACED, "antwoord")]
    if total is None or not total.rijen:
        return [
            *parts,
            blocks.paragraph(
                "Over tevredenheid is niets geleverd. Wij weten dus niet of mensen tevreden zijn.", "antwoord"
            ),
        ]
    parts.append(blocks.paragraph(satisfied(total, names), "antwoord"))
    parts += pictures.bars(pub, total, "Gemiddeld rapportcijfer per onderdeel")
    parts += tables.of(pub, total, "Gemiddeld rapportcijfer per onderdeel")
    parts += tables.pivot(pub, years, "Gemiddeld rapportcijfer per onderdeel en jaar, met het aantal antwoorden")
    parts.append(blocks.paragraph(_replies(replies)))
    return [
        *parts,
        blocks.heading("Zo leest u dit"),
        blocks.paragraph(
            "Mensen geven een cijfer van 1 tot en met 10, zonder naam. De vraag gaat over onderdelen zonder examen,"
            " zoals maatschappelijke begeleiding, MAP en PVT. Wie niet antwoordt, kan anders denken. Het onderzoek is"
            " voor alle gemeenten samen."
        ),
    ]


def satisfied(answer: metrics.Answer, names: Mapping[str, str]) -> str:
    """Between which marks people are satisfied, and with what least; a mark of a few answers draws no conclusion."""
    rows = [row for row in answer.rijen if isinstance(row.get("waarde"), int | float) and isinstance(row.get("n"), int)]
    known = [row for row in rows if row["n"] >= 10]
    if not known:
        return "Er zijn te weinig antwoorden om iets over de tevredenheid te zeggen."
    low, high = (pick(known, key=lambda row: row["waarde"]) for pick in (min, max))
    least, most = (wording.dimension("onderdeel", row["onderdeel"], names) for row in (low, high))
    if low is high:
        return (
            f"Over {least} geven mensen gemiddeld een {wording.number(low['waarde'], 1)} ({wording.number(low['n'])}"
            " antwoorden)."
        )
    text = (
        f"Mensen geven gemiddeld van {wording.number(low['waarde'], 1)} ({least}) tot"
        f" {wording.number(high['waarde'], 1)} ({most})."
    )
    if (
        isinstance(low.get("hoog"), int | float)
        and isinstance(high.get("laag"), int | float)
        and low["hoog"] < high["laag"]
    ):
        return f"{text} Dit verschil is groter dan toeval."
    return f"{text} Dit verschil kan toeval zijn."


def _replies(answer: metrics.Answer | None) -> str:
    """Answers of those who were asked, over everything that may be shown; nothing when a part is hidden."""
    rows = [] if answer is None else answer.rijen
    if not rows:
        return "Hoeveel mensen de vraag kregen, is niet geleverd."
    if any(not isinstance(row.get(key), int) for row in rows for key in ("teller", "noemer")):
        return "Hoeveel van de gevraagde mensen antwoordden, tonen wij niet voor alles samen: een deel is te klein."
    row = {key: sum(one[key] for one in rows) for key in ("teller", "noemer")}
    if row["teller"] > row["noemer"]:
        return "Er zijn meer antwoorden dan uitnodigingen geleverd; de respons is daarom niet te geven."
    return f"Van de uitgenodigde mensen antwoordden {wording.share(row)}."


def compliance(pub: Publication) -> list[blocks.Block]:
    """Decisions, and double sanctions."""
    parts = [blocks.paragraph(QUESTIONS["naleving"], "vraag")]
    decisions, double = pub.get("besluiten"), pub.get("samenloop")
    if decisions is None or not decisions.rijen:
        parts.append(blocks.paragraph("Er zijn geen besluiten geleverd.", "antwoord"))
    row = double.rijen[0] if double is not None and double.rijen else None
    if row is not None and isinstance(row["aantal"], int):
        text = (
            "Niemand is voor één gedraging op twee wetten gestraft."
            if row["aantal"] == 0
            else (
                f"{said.capital(said.some(row['aantal'], 'keer', 'keer'))} is mogelijk twee keer gestraft voor"
                " hetzelfde. Dat mag niet."
            )
        )
        parts.append(blocks.paragraph(text, "antwoord"))
    elif row is not None:
        parts.append(
            blocks.paragraph("Of iemand twee keer is gestraft, tonen wij niet: de groep is te klein.", "antwoord")
        )
    parts += tables.of(pub, decisions, "Besluiten per soort en grondslag")
    parts.append(
        blocks.paragraph(
            "De monitor legt besluiten vast en telt ze. Hij berekent geen boete en adviseert er geen. Sinds een"
            " uitspraak in 2025 zijn boetes voor statushouders bijna uitgesloten.",
            "klein",
        )
    )
    return parts


def limits(pub: Publication) -> list[blocks.Block]:
    """What the data cannot say."""
    ended = pub.get("leerroute_geslaagd")
    points = summary.unknown(pub)
    parts = [
        blocks.paragraph("Dit weten wij niet, en daarom:", "antwoord"),
        blocks.bullets(points),
        blocks.heading("Rijping: wie nog bezig is"),
        blocks.paragraph(
            "De wet is van 2022. Een traject duurt tot drie jaar. Wie later begon, is korter gevolgd. Wij rekenen"
            " daarom met iedereen die begon en zeggen wat na 12, 24 en 36 maanden is bereikt. Cijfers van alleen wie"
            " klaar is, vallen eerst te laag of te snel uit en worden later anders; zij staan er met die waarschuwing"
            " bij."
        ),
    ]
    if ended is not None:
        parts.append(blocks.paragraph(" ".join(said.total(ended, pub.about("leerroute_geslaagd")))))
    parts += [
        blocks.heading("Kleine groepen"),
        blocks.paragraph(
            "Heemstede heeft 11 tot 23 nieuwe statushouders per jaar. Bij zulke aantallen maakt één persoon al"
            " verschil. Daarom geven wij grenzen, geen percentage onder de twintig mensen, en geen cijfer over minder"
            " dan vijf mensen."
        ),
        blocks.heading("Rapportages en bestanden"),
    ]
    return parts + _reports(pub) + _quality(pub)


def _reports(pub: Publication) -> list[blocks.Block]:
    answer = pub.get("rapportage_op_tijd")
    if answer is None or not answer.rijen:
        return [blocks.paragraph("Er zijn geen rapportages die al binnen hadden moeten zijn.")]
    due = sum(row["noemer"] for row in answer.rijen if isinstance(row["noemer"], int))
    late = summary.missing_reports(pub)
    if not late:
        return [blocks.paragraph(f"Alle {wording.number(due)} rapportages van aanbieders kwamen op tijd.")]
    return [
        blocks.paragraph(
            f"Van de {wording.number(due)} rapportages van aanbieders {'kwam' if late == 1 else 'kwamen'} er"
            f" {said.in_words(late)} te laat of niet. Wat daarin had moeten staan, telt niet mee in de cijfers over"
            " aanwezigheid en kwaliteit."
        )
    ]


def _quality(pub: Publication) -> list[blocks.Block]:
    answer = pub.get("gegevenskwaliteit")
    sums: dict[str, int] = {}
    for row in [] if answer is None else answer.rijen:
        if isinstance(row["aantal"], int):
            sums[row["kenmerk"]] = sums.get(row["kenmerk"], 0) + row["aantal"]
    if not sums.get("gelezen"):
        return []
    text = (
        f"Gelezen zijn {wording.number(sums['gelezen'])} regels; geweigerd zijn er"
        f" {wording.number(sums.get('geweigerd', 0))}, omdat er iets niet klopte. Een geweigerde regel telt nergens"
        " mee."
    )
    return [blocks.paragraph(text)]


def signals(pub: Publication, titles: Mapping[str, str]) -> list[blocks.Block]:
    """What deserves thought, and what the council may want to ask."""
    names = municipalities()
    groups: dict[str, list[Any]] = {}
    for one in pub.signals:
        groups.setdefault(one.verklaring.id, []).append(one)
    parts: list[blocks.Block] = []
    if not groups:
        parts.append(blocks.paragraph("Er is nu geen signaal dat wij kunnen tonen.", "antwoord"))
    else:
        parts.append(
            blocks.paragraph(
                f"Er {'is' if len(groups) == 1 else 'zijn'} {said.some(len(groups), 'punt', 'punten')} om over na te"
                " denken. Een signaal is een reden om te kijken; het is geen oordeel. De grenzen zijn keuzes van de"
                " monitor, geen officiële normen.",
                "antwoord",
            )
        )
    if groups:
        parts.append(blocks.heading("Signalen"))
    for members in list(groups.values())[:_MOST_SIGNALS]:
        seen, why = signal_words.sentences(members[0], names, titles)
        parts.append(blocks.heading(members[0].verklaring.titel, 3))
        more = (
            f" Dit geldt voor {said.some(len(members), 'regel', 'regels')}; dit is de eerste."
            if len(members) > 1
            else ""
        )
        parts.append(blocks.paragraph(f"{seen} {why}{more} Advies: {members[0].verklaring.advies}"))
    parts.append(blocks.heading("Vragen aan de raad"))
    return [*parts, blocks.bullets(questions(pub))]


def questions(pub: Publication) -> list[str]:
    """What follows from the signals for the council: decisions, no details of execution."""
    kinds = {one.verklaring.gevolg for one in pub.signals}
    found = []
    if "vervroegde evaluatie" in kinds:
        found.append(
            "Wilt u eerder dan over twee jaar opnieuw evalueren? Een of meer signalen geven daar aanleiding voor."
        )
    if any(one.verklaring.cijfer in ("kosten", "uitvoeringstekort", "spuk_saldo") for one in pub.signals):
        found.append("Wilt u het verschil tussen uitgaven en begroting opnemen in de kadernota?")
    if "bijstellen" in kinds:
        found.append("Kunt u instemmen met het bijstellen van de uitvoering op de punten hierboven?")
    if "gesprek met aanbieder" in kinds:
        found.append("Wilt u weten wat de gesprekken met aanbieders hebben opgeleverd, en wanneer?")
    found.append(
        "Welke uitkomst vindt u over twee jaar goed genoeg, bijvoorbeeld voor klaar zijn binnen drie jaar? Een eigen"
        " grens maakt het volgende rapport scherper."
    )
    return found


def account(pub: Publication, facts: Mapping[str, Any]) -> list[blocks.Block]:
    """Definitions, sources, method, what was hidden, and what this report was made of."""
    used = list(dict.fromkeys(one.cijfer for one in pub.all))
    known = [metrics.catalogue()[id] for id in used]
    parts = [
        blocks.heading("Hoe dit rapport is gemaakt"),
        blocks.table("Waaruit dit rapport bestaat", ["Wat", "Waarde"], facts["herkomst"], left=2, widths=[0, 1]),
        blocks.paragraph(
            "Met dezelfde momentopname, peildatum en versie maakt het programma precies hetzelfde bestand. Wie de PDF"
            " heeft, kan dat nagaan met de opdracht: inburgering rapport controleer. De tabellen zitten als werkboek in"
            " de PDF. De grafieken tekent het programma zelf, uit dezelfde getallen als de tabellen."
        ),
        blocks.heading("Hoe wij rekenen"),
        blocks.bullets(
            [
                "Aandelen: geteld van geteld, met het interval van Wilson (95 %).",
                "Gemiddelden: met het t-interval (95 %).",
                (
                    "Tijd tot een gebeurtenis: Kaplan-Meier; bij meer uitkomsten Aalen-Johansen. Wie nog bezig is,"
                    " blijft meetellen tot de dag waarop wij kijken."
                ),
                (
                    "Verschil tussen twee jaren: groter dan toeval als het interval van het verschil nul niet bevat"
                    " (Newcombe 1998, methode 10); bij aantallen met de Poisson-verdeling."
                ),
                "Geen percentage bij minder dan twintig mensen, geen conclusie bij minder dan tien.",
            ]
        ),
        blocks.heading("Wat is verborgen"),
        blocks.paragraph(
            f"Van de {wording.number(pub.rows)} regels tonen wij er {wording.number(pub.hidden)} niet of niet helemaal."
            " Een getal over één tot en met vier mensen is verborgen, en ook andere getallen waaruit het is uit te"
            " rekenen. Dat is gewogen voor alle tabellen, grafieken, zinnen en bestanden van dit rapport samen."
            " Verborgen is iets anders dan nul."
        ),
        *_coarser(pub),
        blocks.heading("Begrippen"),
        blocks.terms(TERMS),
        blocks.heading("Definities en bronnen"),
    ]
    rows = [
        [
            one.titel,
            " ".join(one.definitie.split()),
            f"{'; '.join(one.bron)}. Geldig vanaf {wording.day(one.geldig_van)}.",
        ]
        for one in known
    ]
    return [
        *parts,
        blocks.table("Wat elk cijfer telt", ["Cijfer", "Definitie", "Bron"], rows, left=3, widths=[1, 3.2, 1.5]),
    ]


def _coarser(pub: Publication) -> list[blocks.Block]:
    """Which figures are shown about more people than the report is about."""
    lines = pub.lifted()
    intro = blocks.paragraph("Hiervoor was de groep te klein, of zij was anders uit te rekenen:")
    return [intro, blocks.bullets(lines)] if lines else []


def origin_lines(pub: Publication) -> list[blocks.Block]:
    """From which momentopname and program, in one line."""
    return [blocks.paragraph(f"Momentopname {pub.snapshot.id}, programma {VERSIE}.", "klein")]
