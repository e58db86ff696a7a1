"""One contract: this quarter with its reasons, what was told and recorded, the course, a fair comparison, money."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import dcc, html

import contracts
import metrics
from contracts import record
from dashboard import wording
from dashboard.components import page_title, plain_table, section
from dashboard.components.parts import own_words, with_own
from dashboard.components.verdicts import badge, example_note, overdue
from dashboard.pages import contract_course, contract_fair, contract_past
from dashboard.pages.context import Context
from dashboard.report.talk import money_sentences
from dashboard.texts import mark, t, tc, tn
from dashboard.wording import suppliers
from dashboard.wording.keurmerk import gate_sentence
from dashboard.wording.letters import capital
from dashboard.wording.own import of_agreements, of_entry
from data.vandaag import vandaag

_HEAD = (
    mark("Afspraak"), mark("Waarde"), mark("Grenzen (95 %)"), mark("Norm"), mark("Oordeel"), mark("Reeks"),
    mark("Afgesproken stap"),
)  # fmt: skip
# codes of agreements that people read as they are
_CODES = (
    mark("voorbeeldnorm"), mark("lopend"), mark("in aanbesteding"), mark("beëindigd"), mark("tolkopdrachten"),
)  # fmt: skip


def render(context: Context, id: str) -> Any:
    """The page of one contract, or a sentence that it is not there."""
    agreement = context.desk.agreements.get(id)
    if agreement is None:
        return html.Div(
            [
                page_title(t("Contract"), t("Het contract {id} bestaat niet.", id=id)),
                dcc.Link(t("Alle contracten"), href="/contracten"),
            ]
        )
    course = [one for one in context.desk.verdicts(context.snapshot, context.view, "alle") if one.contract == id]
    course = [one for one in course if one.oordeel != "niet van toepassing"]
    quarters = list(dict.fromkeys(one.kwartaal for one in course))
    last = [one for one in course if quarters and one.kwartaal == quarters[-1]]
    day = context.view.peildatum or context.desk.facts(context.snapshot)["peildatum"]
    when = wording.quarter(quarters[-1]).capitalize() if quarters else t("Dit kwartaal")
    gate = contracts.gate(agreement, day)
    entries, own = context.desk.entries(id), [*of_agreements([agreement]), agreement.bron]
    return html.Div(
        [
            dcc.Link(t("← Alle contracten"), href="/contracten" + context.view.write()),
            page_title(own_words(agreement.titel), with_own(_facts(agreement), own), with_own(_first(when, last), own)),
            html.P(with_own(gate_sentence(gate), [gate.toezicht]), className="opmerking"),
            _silence(context, agreement, day),
            example_note([agreement]),
            _ways(id),
            section(when, _verdicts(agreement, last, when)),
            section(t("Waarom, en wat was er nodig"), _reasons(agreement, last)),
            section(t("Verteld, toen en nu"), contract_past.render(context, id, course, quarters)),
            section(t("Gesprekken en acties"), _record(agreement, entries)),
            section(t("Het verloop"), contract_course.render(course, quarters)),
            section(t("Eerlijk vergelijken"), contract_fair.render(context, agreement, day)),
            section(t("Geld"), _money(context, agreement, day)),
            section(t("Verschillen met de eigen gegevens"), _findings(context, id)),
            section(t("Toelichting van de aanbieder"), _notes(context, id)),
        ]
    )


def _first(when: str, last: Sequence[contracts.Verdict]) -> str:
    """What this quarter comes down to."""
    found = contracts.attention(last)
    if not last:
        return t("Er is nog niets te beoordelen.")
    kept = sum(one.oordeel == "voldoet" for one in last)
    facts = {"kwartaal": when, "n": wording.number(kept), "alle": wording.number(len(last))}
    if kept == len(last):
        return tn("{kwartaal}: de afspraak is gehaald.", "{kwartaal}: alle {n} afspraken zijn gehaald.", kept, **facts)
    if not found:
        return tn(
            "{kwartaal}: {n} van de {alle} afspraken zijn gehaald; de andere zijn nog niet te beoordelen.",
            "{kwartaal}: {n} van de {alle} afspraken zijn gehaald; de andere zijn nog niet te beoordelen.",
            kept, **facts,
        )  # fmt: skip
    said = tn(
        "{kwartaal}: {n} van de {alle} afspraken zijn gehaald.",
        "{kwartaal}: {n} van de {alle} afspraken zijn gehaald.",
        kept, **facts,
    )  # fmt: skip
    return f"{said} {suppliers.reason_of(found[0])}"


def _facts(agreement: contracts.Agreement) -> str:
    term = agreement.looptijd
    said = t(
        "{aanbieder}. Looptijd {van} tot en met {tot}. Rapportage binnen {dagen} dagen na het kwartaal. "
        "Normen: {bron}.",
        aanbieder=t(agreement.aanbieder), van=wording.day(term.van), tot=wording.day(term.einde),
        dagen=agreement.rapportage.termijn_dagen, bron=t(agreement.bron),
    )  # fmt: skip
    if not agreement.percelen:
        return said
    return f"{said} " + t("Percelen: {namen}.", namen=", ".join(one.titel for one in agreement.percelen))


def _silence(context: Context, agreement: contracts.Agreement, day: date) -> Any:
    with context.snapshot.connect() as connection:
        owed = contracts.reports(agreement, connection, day)
    said = suppliers.silence_sentence(contracts.silence(agreement, owed, day))
    return html.P(with_own(said, of_agreements([agreement])), className="opmerking") if said else None


def _ways(id: str) -> Any:
    """What a contract manager does next."""
    return html.P(
        [
            html.A(t("Gesprek vastleggen"), href=f"/kwartaal/gesprek/{id}"), " · ",
            html.A(t("Gespreksbladen (PDF)"), href=f"/kwartaal/gespreksbladen/{id}.pdf"), " · ",
            html.A(t("Hetzelfde als werkboek"), href=f"/kwartaal/gespreksbladen/{id}.xlsx"), " · ",
            html.A(t("Rapportage controleren en laden"), href="/kwartaal/"),
        ],
        className="meenemen",
    )  # fmt: skip


def _verdicts(agreement: contracts.Agreement, last: Sequence[contracts.Verdict], when: str) -> Any:
    rows = [
        [
            own_words(one.titel), wording.verdict_value(one, one.waarde), wording.verdict_interval(one),
            wording.verdict_value(one, one.norm), badge(one, agreement), str(one.reeks),
            own_words(one.stap) if one.stap else "–",
        ]
        for one in last
    ]  # fmt: skip
    if not rows:
        return html.P(t("Er is nog niets te beoordelen."))
    return plain_table([t(one) for one in _HEAD], rows, label=t("Oordelen, {kwartaal}", kwartaal=when))


def _reasons(agreement: contracts.Agreement, last: Sequence[contracts.Verdict]) -> Any:
    """Every sentence about every verdict, behind the first one; what was not met stands open, most important first."""
    ordered = sorted(last, key=lambda one: (one.oordeel != "voldoet niet", *contracts.weight(one)))
    return html.Div([_reason(agreement, one) for one in ordered])


def _reason(agreement: contracts.Agreement, one: contracts.Verdict) -> Any:
    story = wording.verdict_story(one, contracts.reason(agreement, one))
    title, _, rest = story[0].partition(": ")
    own = of_agreements([agreement])
    lines: list[Any] = [html.Li(with_own(text, own)) for text in story[1:]]
    if has_people(one):
        where = f"/kwartaal/personen/{one.contract}/{one.kpi}?kwartaal={one.kwartaal}"
        lines.append(html.Li(html.A(t("Om wie gaat het? (pseudoniemen)"), href=where)))
    return html.Details(
        [html.Summary([html.B(own_words(title)), f": {rest}"]), html.Ul(lines, className="lijst") if lines else None],
        className="uitlegregel", open=one.oordeel == "voldoet niet",
    )  # fmt: skip


def has_people(verdict: contracts.Verdict) -> bool:
    """Whether a verdict is about persons that can be pointed out, as pseudonyms."""
    return verdict.cijfer in metrics.catalogue() and metrics.catalogue()[verdict.cijfer].personen and bool(verdict.n)


def _record(agreement: contracts.Agreement, entries: Sequence[record.Regel]) -> Any:
    actions = record.actions(entries, vandaag())
    rows = [
        [str(one.nummer), t(one.status), wording.day(one.actie.voor), own_words(one.actie.eigenaar),
         own_words(one.actie.wat), own_words(one.sluiting.resultaat) if one.sluiting else "–"]
        for one in actions if one.status != record.LATE
    ]  # fmt: skip
    talks = [
        html.Li([with_own(f"{_held(one)}. ", one.gesprek.aanwezigen), own_words(one.gesprek.verslag)])
        for one in record.talks(entries)[:8]
    ]
    others = [
        html.Li(with_own(f"{wording.day(one.moment.astimezone().date())}: {wording.entry_summary(one)}", of_entry(one)))
        for one in entries if one.soort in ("stap", "document") and not one.correctie
    ]  # fmt: skip
    return html.Div(
        [
            overdue(actions, {agreement.id: agreement}),
            plain_table(_actions_head(), rows, left=6, label=t("Acties")) if rows
            else html.P(t("Er zijn geen andere acties.")),
            html.Ul(talks, className="lijst") if talks else html.P(t("Er is nog geen gesprek vastgelegd.")),
            html.Ul(others, className="lijst") if others else None,
            html.P(
                [
                    html.A(t("Vastleggen, sluiten of verbeteren"), href=f"/kwartaal/gesprek/{agreement.id}"), " · ",
                    html.A(t("Het hele logboek"), href=f"/kwartaal/logboek/{agreement.id}"),
                ],
                className="meenemen",
            ),
        ]
    )  # fmt: skip


def _actions_head() -> list[str]:
    return [t("Nummer"), tc("agenda", "Stand"), tc("agenda", "Voor"), t("Wie"), t("Wat"), tc("agenda", "Resultaat")]


def _held(talk: record.TalkView) -> str:
    """When a talk was, and with whom."""
    facts = {"dag": wording.day(talk.gesprek.datum), "namen": ", ".join(talk.gesprek.aanwezigen)}
    return t("{dag}, met {namen} (verbeterd)", **facts) if talk.gecorrigeerd else t("{dag}, met {namen}", **facts)


def _money(context: Context, agreement: contracts.Agreement, day: date) -> Any:
    spent = context.desk.money(context.snapshot, agreement.id, day)
    rows = [
        [str(one["jaar"]), wording.euros(one["betaald"]), wording.euros(one["samen"]),
         "–" if one["begroot"] is None else wording.euros(one["begroot"])]
        for one in spent.per_jaar
    ]  # fmt: skip
    head = [t("Jaar"), t("Betaald"), t("Voor deze kosten samen"), t("Begroot")]
    return html.Div(
        [
            html.Ul([html.Li(text) for text in money_sentences(spent)], className="lijst"),
            plain_table(head, rows, label=t("Geld per jaar")) if rows else None,
        ]
    )


def _findings(context: Context, id: str) -> Any:
    """A row per quarter, a column per kind of difference."""
    found = [(quarter, kind, count) for _, quarter, kind, count in context.desk.findings(context.snapshot, id)]
    if not found:
        return html.P(t("Geen verschillen gevonden."))
    kinds = sorted({kind for _, kind, _ in found})
    counts = {(quarter, kind): count for quarter, kind, count in found}
    quarters = sorted({quarter for quarter, _, _ in found}, reverse=True)[:8]
    rows = [
        [quarter, *(wording.number(counts[quarter, kind]) if (quarter, kind) in counts else "–" for kind in kinds)]
        for quarter in quarters
    ]
    head = [t("Kwartaal"), *(capital(t(kind)) for kind in kinds)]
    return plain_table(head, rows, label=t("Verschillen per kwartaal"))


def _notes(context: Context, id: str) -> Any:
    notes = [
        html.Li([f"{wording.quarter(quarter)}: ", own_words(text)])
        for quarter, text in context.desk.notes(context.snapshot, id)
    ]
    return html.Ul(notes, className="lijst") if notes else html.P(t("Geen toelichting ontvangen."))
