"""The chapter on contracts: what is bought, what was agreed, and verdicts where the norms are real.

Values of a contract are not in this report: of a few people per contract they would cost the figures of other chapters
their place beside the guard. Of talks only the count leaves the house, never what somebody wrote.
"""

from collections.abc import Sequence

import contracts
import metrics
from contracts import record
from dashboard import wording
from dashboard.report import blocks, said
from dashboard.report.publication import Publication, place_name


def chapter(
    known: contracts.Agreements, pub: Publication, voor: metrics.Bevoegdheid, entries: Sequence[record.Regel]
) -> list[blocks.Block]:
    """The contracts and their verdicts. With norms that are only an example a council's report does not judge."""
    own = {id for id, one in known.items() if one.bron != contracts.EXAMPLE_NORM}
    parts = [
        blocks.paragraph("Houden aanbieders zich aan hun afspraken?", "vraag"),
        blocks.paragraph(_agreed(len(known), len(own)), "antwoord"),
        blocks.table(
            "Contracten",
            ["Contract", "Aanbieder", "Looptijd tot en met", "Afspraken", "Status"],
            [
                [one.titel, one.aanbieder, wording.day(one.looptijd.einde), str(len(_titles(one))), one.status]
                for one in known.values()
            ],
            left=5,
            widths=[0, 1, 0, 0, 0],
        ),
    ]
    if len(own) < len(known):
        parts.append(
            blocks.note(
                "De normen in deze contracten zijn voorbeelden. Dit rapport oordeelt daarom niet over deze aanbieders:"
                " zonder echte norm zou elk oordeel schijn zijn."
                if not own
                else "Van sommige contracten zijn de normen voorbeelden. Over die aanbieders oordeelt dit rapport"
                " daarom niet: zonder echte norm zou elk oordeel schijn zijn."
            )
        )
    parts.append(blocks.heading("Per contract"))
    talks, actions = record.talks(entries), record.actions(entries, pub.day)
    counts = {
        id: (
            sum(one.contract == id and one.gesprek.datum <= pub.day for one in talks),
            sum(one.contract == id for one in actions),
            sum(one.contract == id and one.status == "gesloten" for one in actions),
        )
        for id in known
    }
    for id, one in known.items():
        parts += [
            blocks.heading(one.titel, 3),
            blocks.bullets([*_bought(one), *_reports(pub, id), *_talks(counts[id])]),
        ]
        if id in own:
            parts += _verdicts(known, id, pub, voor)
    if not any(sum(one) for one in counts.values()):
        parts.append(blocks.paragraph("In het logboek staan nog geen gesprekken met aanbieders."))
    return [
        *parts,
        blocks.heading("Zo leest u dit"),
        blocks.paragraph(
            "Een oordeel staat op wat is gemeten. ‘Onzeker’ wil zeggen dat toeval het oordeel kan omdraaien; dat is zo"
            " bij weinig deelnemers. Over minder dan vijf mensen geven wij geen oordeel. Uitkomsten per contract staan"
            " niet in dit rapport: zij gaan vaak over weinig mensen, en naast de andere tabellen zouden zij kleine"
            " groepen kunnen verraden. Van gesprekken noemen wij alleen hoeveel het er waren."
        ),
    ]


def _agreed(count: int, own: int) -> str:
    text = f"Er {'is' if count == 1 else 'zijn'} {said.some(count, 'contract', 'contracten')}."
    if own == 0:
        return f"{text} Geen van de contracten heeft normen waarop wij mogen oordelen."
    return f"{text} Over {said.some(own, 'contract', 'contracten')} kunnen wij oordelen."


def _titles(one: contracts.Agreement) -> list[str]:
    """What was agreed on, each once: a norm that was changed is the same agreement."""
    return list({kpi.id: kpi.titel for kpi in one.kpis}.values())


def _bought(one: contracts.Agreement) -> list[str]:
    """What is bought, from whom, for whom, until when, and what was agreed on."""
    part, term = one.onderdeel, one.looptijd
    what = [wording.dimension("leerroute", part.leerroute)] if part.leerroute else []
    what += [wording.dimension("onderdeel", name) for name in part.onderdelen]
    what += [part.dienst] if part.dienst else []
    more = ""
    if term.verlengbaar_tot is not None and term.verlengbaar_tot > term.einde:
        more = f"; verlengen mag tot en met {wording.day(term.verlengbaar_tot)}"
    found = [
        f"Ingekocht bij {one.aanbieder}: {_listed(what) or 'niet opgegeven'}.",
        f"Voor {_listed([place_name((code,)) for code in one.gemeenten]) or 'geen enkele gemeente'}.",
        f"Van {wording.day(term.van)} tot en met {wording.day(term.einde)}{more}.",
    ]
    titles = _titles(one)
    return [*found, f"Afspraken over: {'; '.join(titles)}." if titles else "Er zijn nog geen afspraken vastgelegd."]


def _reports(pub: Publication, id: str) -> list[str]:
    """How many reports came in time."""
    answer = pub.get("rapportage_op_tijd")
    mine = [row for row in (answer.rijen if answer else []) if row.get("contract") == id]
    due, timely = (sum(row[name] for row in mine if isinstance(row[name], int)) for name in ("noemer", "teller"))
    if not due:
        return []
    return [f"Rapportages: {wording.number(timely)} van de {wording.number(due)} op tijd."]


def _talks(counts: tuple[int, int, int]) -> list[str]:
    talks, agreed, done = counts
    if not (talks or agreed):
        return []
    text = f"Gesprekken: {wording.number(talks)}. Afgesproken acties: {wording.number(agreed)}"
    return [f"{text}, waarvan gesloten: {wording.number(done)}." if agreed else f"{text}."]


def _listed(names: Sequence[str]) -> str:
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _verdicts(known: contracts.Agreements, id: str, pub: Publication, voor: metrics.Bevoegdheid) -> list[blocks.Block]:
    body = []
    for one in contracts.assess(known, pub.snapshot, voor=voor, peildatum=pub.day, contracten=[id]):
        if one.bron == contracts.EXAMPLE_NORM or one.oordeel == "niet van toepassing":
            continue
        figure = metrics.catalogue().get(one.cijfer)
        of_people = figure is None or figure.personen
        # a verdict on a few people tells about them
        few = of_people and one.n is not None and 0 < one.n < metrics.THRESHOLD
        verdict, sure = ("verborgen", "–") if few else (one.oordeel, one.zekerheid or "–")
        body.append([one.titel, wording.verdict_value(one, one.norm), verdict, sure, "–" if few else str(one.reeks)])
    if not body:
        return []
    head = ["Afspraak", "Norm", "Oordeel", "Zekerheid", "Kwartalen op rij niet gehaald"]
    return [blocks.table(f"{known[id].titel}: oordelen in het laatste kwartaal", head, body, left=1)]
