"""The content of a report as data: chapters of blocks. No layout, and nothing that the guard hides."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import contracts
import etl
import metrics
from contracts.record import Regel
from dashboard import wording
from dashboard.report import around, blocks, goals, money, plan, promises, publication, quarterly, summary, suppliers
from dashboard.report.recommendations import Entry, as_they_stand
from dashboard.report.said import Limit
from data import VERSIE
from data.fouten import Gebruiksfout
from metrics import insight

Content = dict[str, Any]
TITLES = {"evaluatie": "Evaluatie inburgering", "kwartaal": "Kwartaalbericht inburgering"}


@dataclass(frozen=True)
class Order:
    """What someone asks for. `chapters` empty: all; `towns` empty: everybody in the momentopname."""

    soort: str
    van: date | None = None
    tot: date | None = None
    peildatum: date | None = None
    towns: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()

    def checked(self) -> "Order":
        """The same in a fixed form. Raises Gebruiksfout for an unknown municipality or chapter."""
        known = publication.municipalities()
        faults = [
            f"Het hoofdstuk '{one}' bestaat niet. Kies uit: {', '.join(plan.CHAPTERS)}."
            for one in self.chapters
            if one not in plan.CHAPTERS
        ]
        faults += [
            f"De gemeente '{one}' kennen wij niet. Geef een code van vier cijfers, bijvoorbeeld 0397."
            for one in self.towns
            if one not in known
        ]
        if faults:
            raise Gebruiksfout(faults)
        wanted = set(self.chapters or plan.CHAPTERS) | set(plan.FIXED)
        order = tuple(name for name in plan.CHAPTERS if name in wanted)
        return Order(self.soort, self.van, self.tot, self.peildatum, tuple(sorted(set(self.towns))), order)


@dataclass(frozen=True)
class Sources:
    """What a report is made of besides figures: texts of the adviser, the register, the record, the signals."""

    texts: Mapping[str, list[blocks.Block]] = field(default_factory=dict)
    register: Sequence[Entry] = ()
    logboek: Sequence[Regel] = ()
    declarations: Mapping[str, Any] | None = None


def build(
    order: Order,
    snapshot: etl.Snapshot,
    agreements: contracts.Agreements,
    voor: metrics.Bevoegdheid,
    sources: Sources,
    *,
    anew: bool = False,
) -> tuple[Content, publication.Publication]:
    """Everything that a report says, and the answers that it rests on; `anew`: taken from no file."""
    order = order.checked()
    day = order.peildatum or metrics.default_peildatum(snapshot)
    declarations = sources.declarations if sources.declarations is not None else insight.read_signals()
    pub = publish(order, snapshot, voor, day, declarations, anew=anew)
    content: Content = {
        "soort": order.soort,
        "titel": TITLES[order.soort],
        "ondertitel": _subtitle(pub),
        "voorbeeld": bool(snapshot.info["voorbeeld"]),
        "periode": (
            wording.period(pub.van, pub.tot)
            if order.soort == "evaluatie"
            else wording.quarter(f"{day.year}-K{(day.month + 2) // 3}")
        ),
        "peildatum": wording.day(day),
        "momentopname": snapshot.id,
        "programma": VERSIE,
        "definities": definitions_version(),
        "datum": day.isoformat(),
    }
    content["herkomst"] = _origin(content, pub, sources)
    done = as_they_stand(sources.register)
    if order.soort == "kwartaal":
        content["hoofdstukken"] = quarterly.build(pub, sources.texts)
        return content, pub
    content["hoofdstukken"] = [
        blocks.chapter(name, plan.CHAPTERS[name], parts)
        for name in order.chapters
        if (parts := _chapter(name, pub, content, agreements, voor, sources, done))
    ]
    return content, pub


def publish(
    order: Order,
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    day: date,
    declarations: Mapping[str, Any] | None,
    *,
    anew: bool = False,
) -> publication.Publication:
    """The answers of a report, after one call of the guard for all together."""
    if order.soort == "kwartaal":
        questions = plan.quarter(day, order.towns)
    else:
        questions = plan.evaluation(order.chapters or tuple(plan.CHAPTERS), order.towns)
    wanted = order.soort == "kwartaal" or "signalen" in (order.chapters or plan.CHAPTERS)
    chosen = publication.declarations_of(declarations) if declarations is not None and wanted else None
    return publication.publish(
        questions, snapshot, voor, day=day, van=order.van, tot=order.tot, towns=order.towns, declarations=chosen,
        anew=anew,
    )  # fmt: skip


def _chapter(
    name: str,
    pub: publication.Publication,
    content: Content,
    agreements: contracts.Agreements,
    voor: metrics.Bevoegdheid,
    sources: Sources,
    done: Sequence[Any],
) -> list[blocks.Block]:
    mine = sources.texts.get(name, [])
    own = [blocks.own(mine)] if mine else []
    if name == "samenvatting":
        return summary.build(pub, done, _limits(sources.declarations), own)
    if name in goals.GOALS:
        return own + goals.GOALS[name](pub)
    made = {
        "aanbevelingen": lambda: around.recommendations(done),
        "belofte": lambda: promises.chapter(pub),
        "instroom": lambda: goals.instroom(pub),
        "kosten": lambda: money.chapter(pub),
        "contracten": lambda: suppliers.chapter(agreements, pub, voor, sources.logboek),
        "tevredenheid": lambda: around.satisfaction(pub),
        "naleving": lambda: around.compliance(pub),
        "grenzen": lambda: around.limits(pub),
        "signalen": lambda: around.signals(pub, {id: one.titel for id, one in agreements.items()}),
        "verantwoording": lambda: around.account(pub, content),
    }
    return own + made[name]()


def _limits(declarations: Mapping[str, Any] | None) -> dict[str, Limit]:
    """The limits of the monitor by figure, from its signals (an own signal with the same name counts)."""
    known = declarations if declarations is not None else insight.read_signals()
    return {
        one.cijfer: Limit(one.voorwaarde.norm, one.voorwaarde.kant)
        for one in known.values()
        if one.voorwaarde.soort == "norm" and one.voorwaarde.norm is not None and one.voorwaarde.kant != "beide"
    }


def _subtitle(pub: publication.Publication) -> str:
    return f"Wet inburgering 2021 · {pub.place()}"


def _origin(content: Content, pub: publication.Publication, sources: Sources) -> list[list[str]]:
    with pub.snapshot.connect() as connection:
        row = connection.execute("SELECT count(*), max(stand) FROM leveringen WHERE geladen > 0").fetchone()
    count, last = row or (0, None)
    return [
        ["Gaat over", pub.place()],
        ["Periode", wording.period(pub.van, pub.tot)],
        ["Peildatum", content["peildatum"]],
        ["Momentopname", content["momentopname"]],
        [
            "Leveringen",
            f"{wording.number(count)} bestanden" + (f", de nieuwste van {wording.day(last)}" if last else ""),
        ],
        ["Versie van het programma", content["programma"]],
        ["Versie van de definities", content["definities"]],
        ["Register van aanbevelingen", f"{wording.number(len(sources.register))} regels"],
        ["Logboek van gesprekken", f"{wording.number(len(sources.logboek))} regels"],
    ]


def definitions_version() -> str:
    """One short name for all definitions as they are: another name means that some definition changed."""
    facts = [f"{one.id}|{one.geldig_van}|{one.sql}|{one.definitie}" for one in metrics.catalogue().values()]
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()[:12]
