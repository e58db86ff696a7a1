"""The two pages for a talk with a supplier: verdicts and why, questions, course, differences, actions, money."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import contracts
import etl
import metrics
from contracts import record
from dashboard import wording
from dashboard.report.funnel_drawing import funnel_drawing
from dashboard.report.sparkline import sparkline
from dashboard.texts import t
from dashboard.wording import suppliers

QUARTERS = 8  # of the course on paper; the workbook has all
_MOST = 5  # rows of what differs, of actions and of reasons
_TOLD, _CHANGES, _MOST_BESIDE = 2, 4, 6
_CHARTS = 16  # more do not fit; the workbook has all
_MARK = {"voldoet": "✓ voldoet", "voldoet niet": "✗ voldoet niet"}
_ORDER = ("voldoet niet", "rapportage ontbreekt", "geen norm ingesteld", "te weinig gegevens", "voldoet")


def build(
    agreements: contracts.Agreements,
    id: str,
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    *,
    peildatum: date | None,
    entries: Sequence[record.Regel] = (),
    store: etl.Store | None = None,
) -> dict[str, Any]:
    """The content of the talk's pages as data, and under `_` what the workbook needs. These pages are for the talk, not
    for publication. `entries` are those of the record; with a `store` a quarter of which nothing was told is held
    beside the momentopname of its time."""
    agreement = agreements[id]
    day = peildatum or metrics.default_peildatum(snapshot)
    course = contracts.assess(agreements, snapshot, voor=voor, peildatum=day, kwartaal="alle", contracten=[id])
    quarters = list(dict.fromkeys(one.kwartaal for one in course if one.oordeel != "niet van toepassing"))
    last = [one for one in course if quarters and one.kwartaal == quarters[-1]]
    last = [one for one in last if one.oordeel != "niet van toepassing"]
    recent = quarters[-QUARTERS:]
    with snapshot.connect() as connection:
        findings = connection.execute(
            "SELECT kwartaal, soort, count(*) FROM bevindingen WHERE contract = ? GROUP BY ALL ORDER BY ALL", [id]
        ).fetchall()
        notes = connection.execute(
            "SELECT kwartaal, tekst FROM toelichtingen WHERE contract = ? ORDER BY kwartaal DESC, rij LIMIT 3", [id]
        ).fetchall()
        reports = contracts.reports(agreement, connection, day)
    actions = record.actions([one for one in entries if one.contract == id], day)
    differences = _differences(findings, recent[-4:])
    late = _late(reports, day)
    spent = contracts.money(agreement, snapshot, voor=voor, day=day)
    gate = contracts.gate(agreement, day)
    drawn = sorted(last, key=lambda one: _ORDER.index(one.oordeel))[:_CHARTS]
    small = [_small(one, course, recent) for one in last if one in drawn]
    names = {one.id: one.titel for one in agreements.values()}
    fair = contracts.beside(agreements, agreement, snapshot, voor=voor, day=day)
    funnel = next((one for one in fair if one.trechter), None)
    drawings = [drawing for _, drawing in small if drawing is not None]
    drawing = funnel_drawing(funnel.rijen, names, id) if funnel is not None else None
    past = _past(agreements, id, quarters, snapshot, entries, course, voor, store)
    silent = suppliers.silence_sentence(contracts.silence(agreement, reports, day))
    return {
        "titel": f"Gesprek: {agreement.titel}",
        "aanbieder": agreement.aanbieder,
        "voorbeeld": bool(snapshot.info["voorbeeld"]),
        "voorbeeldnorm": any(one.bron == contracts.EXAMPLE_NORM for one in last),
        "periode": wording.quarter(quarters[-1]) if quarters else "nog geen kwartaal beoordeeld",
        "peildatum": wording.day(day),
        "datum": day.isoformat(),
        "momentopname": snapshot.id,
        "kop": [_term(agreement), *([gate.zin] if gate.open is not None or gate.status == "onbekend" else [])],
        "oordelen": [_row(one) for one in last],
        "waarom": _why(agreement, last),
        "vragen": _questions(last, late, actions, differences),
        "reeks_titel": f"Het verloop, {_short(recent[0])} tot en met {_short(recent[-1])}" if recent else "Het verloop",
        "verloop": [facts for facts, _ in small],
        "verschillen": [[kind, wording.number(count)] for kind, count in differences[:_MOST]],
        "rapportages": late,
        "acties": [
            [one.status, wording.day(one.actie.voor), one.actie.eigenaar, one.actie.wat]
            for one in actions if one.status != "gesloten"
        ][:_MOST],
        "stilte": silent,
        "eerlijk": [text for one in fair for text in suppliers.beside_sentences(one, id) if text],
        "vergelijking": _beside_rows(fair, names),
        "trechter": {
            "nummer": len(drawings),
            "titel": f"Trechter: {suppliers.what_of(funnel)}",
            "beschrijving": _spoken(funnel, names),
        } if funnel is not None and drawing is not None else None,
        "toen": [text for one in past for text in _then(one)],
        "mix": _mix(contracts.mix(agreements, agreement, snapshot, voor=voor, day=day)),
        "geld": money_sentences(spent),
        "toelichting": [f"{wording.quarter(quarter)}: {text}" for quarter, text in notes],
        "tekeningen": [*drawings, *([drawing] if drawing is not None else [])],
        "_": {"oordelen": course, "toen": past, "eerlijk": fair, "namen": names,
              "bevindingen": findings, "rapportages": reports, "acties": actions, "geld": spent,
              "gesprekken": record.talks([one for one in entries if one.contract == id])},
    }  # fmt: skip


def _past(
    agreements: contracts.Agreements,
    id: str,
    quarters: Sequence[str],
    snapshot: etl.Snapshot,
    entries: Sequence[record.Regel],
    course: Sequence[contracts.Verdict],
    voor: metrics.Bevoegdheid,
    store: etl.Store | None,
) -> list[contracts.Past]:
    """The quarters that were told last, and else the quarter before this one."""
    told = [one for one in contracts.told_quarters(entries, id) if one in quarters][:_TOLD]
    chosen = told or list(quarters[-2:-1])
    return [
        contracts.past(
            agreements, id, one, snapshot, entries, voor=voor, store=None if told else store,
            now=[verdict for verdict in course if verdict.kwartaal == one],
        )
        for one in chosen
    ]  # fmt: skip


def _then(past: contracts.Past) -> list[str]:
    """What was told and what changed since; the sentences of at most four changes."""
    changes, kind = (past.verteld, "verteld") if past.verteld else (past.toen, "toen")
    other = [suppliers.change_sentence(one, kind) for one in changes if one.anders]
    more = [f"En nog {len(other) - _CHANGES}; zie het werkboek."] if len(other) > _CHANGES else []
    return [suppliers.past_sentence(past), *other[:_CHANGES], *more]


def _beside_rows(fair: Sequence[contracts.Beside], names: dict[str, str]) -> list[list[str]]:
    """The comparison that is fair and has more than one contract."""
    found = [one for one in fair if one.gelijk and len(one.rijen) > 1]
    return [suppliers.beside_row(row, names) for one in found[:1] for row in one.rijen[:_MOST_BESIDE]]


def _spoken(beside: contracts.Beside, names: dict[str, str]) -> str:
    rows = "; ".join(f"{names.get(row['contract'], row['contract'])}: {wording.share(row)}" for row in beside.rijen)
    return f"Trechter van contracten. {rows}. Gemiddelde: {wording.percentage(beside.rijen[0]['gemiddelde'])}."


def _term(agreement: contracts.Agreement) -> str:
    term = agreement.looptijd
    until = f"Looptijd {wording.day(term.van)} tot en met {wording.day(term.einde)}"
    more = term.verlengbaar_tot is not None and term.verlengbaar_tot > term.einde
    return f"{until}{f', te verlengen tot {wording.day(term.verlengbaar_tot)}' if more else ''}."


def _short(quarter: str) -> str:
    return f"{quarter[5:]} {quarter[:4]}"


def _row(verdict: contracts.Verdict) -> list[str]:
    certainty = f", {verdict.zekerheid}" if verdict.zekerheid and verdict.zekerheid != "geen interval" else ""
    return [
        verdict.titel,
        wording.verdict_value(verdict, verdict.waarde),
        wording.verdict_interval(verdict),
        wording.verdict_value(verdict, verdict.norm),
        _MARK.get(verdict.oordeel, verdict.oordeel) + certainty,
        str(verdict.reeks),
        verdict.stap or "–",
    ]


def _why(agreement: contracts.Agreement, last: Sequence[contracts.Verdict]) -> list[str]:
    """What stands out, the surest and longest first; the sentences of a verdict without its title row."""
    found = sorted(
        (one for one in last if one.oordeel == "voldoet niet"),
        key=contracts.weight,
    )
    return [" ".join(wording.verdict_story(one, contracts.reason(agreement, one))) for one in found[:_MOST]]


def _small(
    verdict: contracts.Verdict, course: Sequence[contracts.Verdict], recent: Sequence[str]
) -> tuple[dict[str, Any], str | None]:
    mine = [one for one in course if one.kpi == verdict.kpi and one.kwartaal in recent]
    drawing = sparkline(mine)
    values = [f"{one.kwartaal}: {wording.verdict_value(one, one.waarde)}" for one in mine if one.waarde is not None]
    return {
        "titel": verdict.titel,
        "nu": f"{wording.verdict_value(verdict, verdict.waarde)} · norm {wording.verdict_value(verdict, verdict.norm)}",
        "beschrijving": f"Verloop van {verdict.titel}: {'; '.join(values) or 'geen waarden'}.",
        "getekend": drawing is not None,
    }, drawing


def _differences(rows: Sequence[tuple[Any, ...]], recent: Sequence[str]) -> list[tuple[str, int]]:
    totals: Counter[str] = Counter()
    for quarter, kind, count in rows:
        if quarter in recent:
            totals[kind] += count
    return totals.most_common()


def _late(reports: Sequence[contracts.Report], day: date) -> list[list[str]]:
    """Reports that came late or did not come, the newest first."""
    found = [
        [wording.quarter(one.kwartaal), f"{one.dagen_te_laat} dagen te laat" if one.ontvangen else "niet ontvangen"]
        for one in reports
        if one.dagen_te_laat or (one.ontvangen is None and one.termijn < day)
    ]
    return found[::-1][:_MOST]


def _mix(shares: Sequence[contracts.Share]) -> list[str]:
    """The group of this supplier beside that of comparable ones, where they differ most."""
    known = [one for one in shares if one.deel is not None and one.ander_deel is not None and one.totaal >= 20]
    if not known or all(one.totaal == one.ander_totaal for one in known):
        return []
    apart = sorted(known, key=lambda one: -abs((one.deel or 0) - (one.ander_deel or 0)))[:3]
    return [
        f"{wording.dimension(one.dimensie, one.waarde)}: {wording.percentage(one.deel)} hier, "
        f"{wording.percentage(one.ander_deel)} bij alle vergelijkbare contracten"
        for one in apart
    ]


def money_sentences(spent: contracts.Money) -> list[str]:
    """What was paid, beside the budget, and per participant and success; honest about what that does not say."""
    if not spent.per_jaar:
        return [t("Onder dit contract is niets geboekt.")]
    year = spent.per_jaar[-1]
    found = [
        t(
            "Tot nu toe is {alles} betaald, in {jaar} {bedrag}.",
            alles=wording.euros(spent.totaal), jaar=year["jaar"], bedrag=wording.euros(year["betaald"]),
        )
    ]  # fmt: skip
    if year["begroot"]:
        found.append(
            t(
                "Voor deze kosten samen was in {jaar} {bedrag} begroot; uitgegeven is {deel}.",
                jaar=year["jaar"], bedrag=wording.euros(year["begroot"]),
                deel=wording.percentage(year["samen"] / year["begroot"]),
            )
        )  # fmt: skip
    if spent.per_deelnemer is not None:
        each, count = wording.euros(spent.per_deelnemer), wording.number(spent.begonnen)
        found.append(t("Dat is {bedrag} voor elk van de {n} {wie}.", bedrag=each, n=count, wie=t(spent.eenheid)))
    if spent.per_succes is not None:
        found.append(
            t(
                "Per goed resultaat is dat {bedrag} ({n} resultaten). De kosten van wie nog bezig is, tellen al mee: "
                "dit bedrag daalt nog.",
                bedrag=wording.euros(spent.per_succes), n=wording.number(spent.gelukt),
            )
        )  # fmt: skip
    elif spent.begonnen is not None:
        found.append(t("Voor een bedrag per resultaat zijn er te weinig resultaten."))
    return found


def _questions(
    last: Sequence[contracts.Verdict],
    late: Sequence[list[str]],
    actions: Sequence[record.ActionView],
    differences: Sequence[tuple[str, int]],
) -> list[str]:
    """What to ask, from what stands out; careful where the number is uncertain. At most six."""
    found = [
        f"De actie ‘{one.actie.wat}’ had op {wording.day(one.actie.voor)} klaar moeten zijn. Hoe staat het ervoor?"
        for one in actions
        if one.status == "te laat"
    ][:2]
    for one in sorted(last, key=contracts.weight):
        if one.oordeel == "voldoet niet":
            streak = f"al {one.reeks} kwartalen op rij niet gehaald" if one.reeks > 1 else "dit kwartaal niet gehaald"
            ask = "Wat is de oorzaak, en wat gaat u doen?"
            if one.zekerheid in ("onzeker", "te vroeg"):
                ask = "Het cijfer is niet zeker. Herkent u dit beeld?"
            found.append(f"{one.titel}: {streak}. {ask}")
        elif one.oordeel == "rapportage ontbreekt":
            found.append(f"{one.titel}: hierover is niets gerapporteerd. Wanneer komt dat?")
    if late:
        found.append(f"De rapportage over het {late[0][0]}: {late[0][1]}. Wat is nodig om op tijd te zijn?")
    if differences:
        kind, count = differences[0]
        found.append(f"Onze gegevens verschillen het vaakst hierin: {kind} ({count} keer). Wie zoekt dat uit?")
    return found[:6] or ["Alle afspraken zijn gehaald of nog niet te beoordelen. Wat gaat goed en kan anderen helpen?"]
