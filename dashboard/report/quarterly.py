"""The quarterly monitor: what changed, what needs attention. Four pages, from the same machinery as the evaluation."""

from collections.abc import Mapping
from typing import Any

from dashboard import wording
from dashboard.places import municipalities
from dashboard.report import around, blocks, pictures, said, tables
from dashboard.report.plan import Asked
from dashboard.report.publication import UNPLACED, Publication
from dashboard.wording import signals as signal_words


def build(pub: Publication, texts: Mapping[str, list[blocks.Block]]) -> list[blocks.Block]:
    """The chapters of the quarterly monitor."""
    parts = (
        ("samenvatting", "In het kort", _short(pub)),
        ("veranderd", "Wat is veranderd", _changed(pub)),
        ("aandacht", "Wat vraagt aandacht", _attention(pub)),
        ("verantwoording", "Verantwoording", _account(pub)),
    )
    return [
        blocks.chapter(id, title, ([blocks.own(texts[id])] if texts.get(id) else []) + made)
        for id, title, made in parts
    ]


def _find(pub: Publication, id: str, per: tuple[str, ...] = (), *, now: bool = True) -> Any:
    """The answer of this quarter, or of the four before it."""
    for asked, answer in pub.answers.items():
        if (asked.id, asked.per) == (id, per) and (asked.van is None or (answer.tot == pub.day) == now):
            return answer
    return None


def course(answer: Any, **where: Any) -> str:
    """The last quarter beside the one a year before, with whether chance can make the difference."""
    if answer is None or not answer.rijen:
        return "Hierover is niets geleverd."
    if "kwartaal" not in answer.per:
        return "Per kwartaal is de groep te klein om te tonen."
    quarters = sorted({row["kwartaal"] for row in answer.rijen})
    last = f"{answer.tot.year}-K{(answer.tot.month + 2) // 3}"
    before = f"{answer.tot.year - 1}-K{(answer.tot.month + 2) // 3}"
    if last not in quarters:
        return f"Over het {wording.quarter(last)} is nog niets bekend."
    now, then = said.row_of(answer, kwartaal=last, **where), said.row_of(answer, kwartaal=before, **where)
    assert now is not None
    text = f"{said.capital(wording.quarter(last))}: {said.told(answer.definition, now)}."
    if then is None:
        return f"{text} Er is geen kwartaal van een jaar eerder om mee te vergelijken."
    soort = answer.definition.soort
    beside = wording.compare(soort, said.main(now, soort), said.main(then, soort), f"het {wording.quarter(before)}")
    return f"{text} {beside[1]}"


def _short(pub: Publication) -> list[blocks.Block]:
    points = []
    for id, name in (
        ("instroom", "Nieuwe inburgeraars"),
        ("pip_op_tijd", "Plan (PIP) binnen tien weken"),
        ("aanwezigheid", "Aanwezigheid bij de taallessen"),
    ):
        where = {"soort": "taal"} if id == "aanwezigheid" else {}
        points.append(f"{name}: {course(_find(pub, id, ('kwartaal',)), **where)}")
    count = len({one.verklaring.id for one in pub.signals})
    points.append(
        f"Er {'vraagt' if count == 1 else 'vragen'} {said.some(count, 'punt', 'punten')} om aandacht."
        if count
        else "Er is nu geen signaal dat wij kunnen tonen."
    )
    return [
        blocks.paragraph(
            f"Dit bericht gaat over {pub.place()}. Wij vergelijken met hetzelfde kwartaal van een jaar eerder. Groepen"
            " van minder dan vijf mensen tonen wij niet."
        ),
        blocks.bullets(points),
    ]


def _changed(pub: Publication) -> list[blocks.Block]:
    parts = []
    for id, title in (
        ("instroom", "Nieuwe inburgeraars"),
        ("pip_op_tijd", "Plan (PIP) binnen tien weken"),
        ("aanwezigheid", "Aanwezigheid bij de taallessen"),
    ):
        answer = _find(pub, id, ("kwartaal",))
        where = {"soort": "taal"} if id == "aanwezigheid" else {}
        parts += [blocks.heading(title), blocks.paragraph(course(answer, **where))]
        parts += pictures.bars(pub, answer, f"{title}, per kwartaal") + tables.of(pub, answer, f"{title}, per kwartaal")
    parts.append(blocks.heading("Examens"))
    now, before = _find(pub, "examen_per_poging"), _find(pub, "examen_per_poging", now=False)
    parts.append(blocks.paragraph("Een uitslag komt na acht tot zestien weken: dit kwartaal is voorlopig."))
    parts += tables.of(pub, now, "Geslaagde examens per poging, dit kwartaal")
    parts += tables.of(pub, before, "Geslaagde examens per poging, de vier kwartalen ervoor")
    parts += [
        blocks.heading("Einde van leerroutes"),
        *tables.of(pub, _find(pub, "uitstroom"), "Einde van leerroutes, dit kwartaal"),
    ]
    parts.append(blocks.heading("Tevredenheid"))
    if pub.zonder_tevredenheid:
        return [*parts, blocks.paragraph(UNPLACED)]
    parts += tables.of(pub, _find(pub, "tevredenheid"), "Gemiddeld rapportcijfer, dit kwartaal")
    parts += tables.of(pub, _find(pub, "tevredenheid", now=False), "Gemiddeld rapportcijfer, de vier kwartalen ervoor")
    return parts


def _attention(pub: Publication) -> list[blocks.Block]:
    names = municipalities()
    parts: list[blocks.Block] = []
    for id in ("pip_openstaand", "termijn_loopt_af"):
        answer = pub.get(id)
        if answer is not None:
            parts += tables.of(pub, answer, answer.definition.titel)
    costs = tables.budgets(
        next(
            (
                one
                for asked, one in pub.answers.items()
                if asked == Asked("kosten", (), asked.filters, asked.van) and asked.id == "kosten"
            ),
            None,
        )
    )
    if costs:
        parts.append(
            blocks.table(
                "Uitgegeven dit jaar, naast de begroting van het hele jaar",
                ["Budget", "Uitgegeven", "Begroot"],
                [
                    [
                        said.capital(row["budget"]),
                        pictures.short(wording.euros(row["waarde"])),
                        wording.euros(row["begroot"]) if row["begroot"] is not None else "–",
                    ]
                    for row in costs
                ],
                left=1,
            )
        )
    groups: dict[str, Any] = {}
    for one in pub.signals:
        groups.setdefault(one.verklaring.id, one)
    if not groups:
        return [*parts, blocks.paragraph("Er is nu geen signaal dat wij kunnen tonen.")]
    parts.append(blocks.heading("Signalen"))
    parts.append(
        blocks.bullets(
            [
                f"{one.verklaring.titel}. {signal_words.sentences(one, names)[0]} {one.verklaring.advies}"
                for one in groups.values()
            ]
        )
    )
    return parts


def _account(pub: Publication) -> list[blocks.Block]:
    return [
        blocks.paragraph(
            f"Van de {wording.number(pub.rows)} regels tonen wij er {wording.number(pub.hidden)} niet of niet helemaal,"
            " omdat de groep te klein is of anders is uit te rekenen. De grenzen (95 %) laten zien waar het echte"
            " getal bijna zeker ligt. Wie nog bezig is, telt niet als geslaagd en niet als gezakt. Vergelijk berichten"
            " niet te fijn: een verschil van weinig mensen tussen twee berichten is toeval."
        ),
        *around.origin_lines(pub),
    ]
