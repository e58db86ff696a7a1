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
from dashboard.components.verdicts import badge, example_note, overdue
from dashboard.pages import contract_course, contract_fair, contract_past
from dashboard.pages.context import Context
from dashboard.report.talk import money_sentences
from dashboard.wording import suppliers
from data.vandaag import vandaag

_HEAD = ["Afspraak", "Waarde", "Grenzen (95 %)", "Norm", "Oordeel", "Reeks", "Afgesproken stap"]
_ACTIONS = ["Nummer", "Stand", "Voor", "Wie", "Wat", "Resultaat"]


def render(context: Context, id: str) -> Any:
    """The page of one contract, or a sentence that it is not there."""
    agreement = context.desk.agreements.get(id)
    if agreement is None:
        return html.Div(
            [
                page_title("Contract", f"Het contract {id} bestaat niet."),
                dcc.Link("Alle contracten", href="/contracten"),
            ]
        )
    course = [one for one in context.desk.verdicts(context.snapshot, context.view, "alle") if one.contract == id]
    course = [one for one in course if one.oordeel != "niet van toepassing"]
    quarters = list(dict.fromkeys(one.kwartaal for one in course))
    last = [one for one in course if quarters and one.kwartaal == quarters[-1]]
    day = context.view.peildatum or context.desk.facts(context.snapshot)["peildatum"]
    when = wording.quarter(quarters[-1]).capitalize() if quarters else "Dit kwartaal"
    entries = context.desk.entries(id)
    return html.Div(
        [
            dcc.Link("← Alle contracten", href="/contracten" + context.view.write()),
            page_title(agreement.titel, _facts(agreement), _first(when, last)),
            html.P(contracts.gate(agreement, day).zin, className="opmerking"),
            _silence(context, agreement, day),
            example_note([agreement]),
            _ways(id),
            section(when, _verdicts(agreement, last, when)),
            section("Waarom, en wat was er nodig", _reasons(agreement, last)),
            section("Verteld, toen en nu", contract_past.render(context, id, course, quarters)),
            section("Gesprekken en acties", _record(agreement, entries)),
            section("Het verloop", contract_course.render(course, quarters)),
            section("Eerlijk vergelijken", contract_fair.render(context, agreement, day)),
            section("Geld", _money(context, agreement, day)),
            section("Verschillen met de eigen gegevens", _findings(context, id)),
            section("Toelichting van de aanbieder", _notes(context, id)),
        ]
    )


def _first(when: str, last: Sequence[contracts.Verdict]) -> str:
    """What this quarter comes down to."""
    found = contracts.attention(last)
    if not last:
        return "Er is nog niets te beoordelen."
    kept = sum(one.oordeel == "voldoet" for one in last)
    if not found:
        return f"{when}: {kept} van de {len(last)} afspraken zijn gehaald; de andere zijn nog niet te beoordelen."
    return f"{when}: {kept} van de {len(last)} afspraken zijn gehaald. {suppliers.reason_of(found[0])}"


def _facts(agreement: contracts.Agreement) -> str:
    term = agreement.looptijd
    parcels = f" Percelen: {', '.join(one.titel for one in agreement.percelen)}." if agreement.percelen else ""
    return (
        f"{agreement.aanbieder}. Looptijd {wording.day(term.van)} tot en met {wording.day(term.einde)}. "
        f"Rapportage binnen {agreement.rapportage.termijn_dagen} dagen na het kwartaal. "
        f"Normen: {agreement.bron}.{parcels}"
    )


def _silence(context: Context, agreement: contracts.Agreement, day: date) -> Any:
    with context.snapshot.connect() as connection:
        owed = contracts.reports(agreement, connection, day)
    said = suppliers.silence_sentence(contracts.silence(agreement, owed, day))
    return html.P(said, className="opmerking") if said else None


def _ways(id: str) -> Any:
    """What a contract manager does next."""
    return html.P(
        [
            html.A("Gesprek vastleggen", href=f"/kwartaal/gesprek/{id}"), " · ",
            html.A("Gespreksbladen (PDF)", href=f"/kwartaal/gespreksbladen/{id}.pdf"), " · ",
            html.A("Hetzelfde als werkboek", href=f"/kwartaal/gespreksbladen/{id}.xlsx"), " · ",
            html.A("Rapportage controleren en laden", href="/kwartaal/"),
        ],
        className="meenemen",
    )  # fmt: skip


def _verdicts(agreement: contracts.Agreement, last: Sequence[contracts.Verdict], when: str) -> Any:
    rows = [
        [
            one.titel, wording.verdict_value(one, one.waarde), wording.verdict_interval(one),
            wording.verdict_value(one, one.norm), badge(one, agreement), str(one.reeks), one.stap or "–",
        ]
        for one in last
    ]  # fmt: skip
    return plain_table(_HEAD, rows, label=f"Oordelen, {when}") if rows else html.P("Er is nog niets te beoordelen.")


def _reasons(agreement: contracts.Agreement, last: Sequence[contracts.Verdict]) -> Any:
    """Every sentence about every verdict, behind the first one; what was not met stands open, most important first."""
    ordered = sorted(last, key=lambda one: (one.oordeel != "voldoet niet", *contracts.weight(one)))
    return html.Div([_reason(agreement, one) for one in ordered])


def _reason(agreement: contracts.Agreement, one: contracts.Verdict) -> Any:
    story = wording.verdict_story(one, contracts.reason(agreement, one))
    title, _, rest = story[0].partition(": ")
    lines: list[Any] = [html.Li(text) for text in story[1:]]
    if has_people(one):
        where = f"/kwartaal/personen/{one.contract}/{one.kpi}?kwartaal={one.kwartaal}"
        lines.append(html.Li(html.A("Om wie gaat het? (pseudoniemen)", href=where)))
    return html.Details(
        [html.Summary([html.B(title), f": {rest}"]), html.Ul(lines, className="lijst") if lines else None],
        className="uitlegregel", open=one.oordeel == "voldoet niet",
    )  # fmt: skip


def has_people(verdict: contracts.Verdict) -> bool:
    """Whether a verdict is about persons that can be pointed out, as pseudonyms."""
    return verdict.cijfer in metrics.catalogue() and metrics.catalogue()[verdict.cijfer].personen and bool(verdict.n)


def _record(agreement: contracts.Agreement, entries: Sequence[record.Regel]) -> Any:
    actions = record.actions(entries, vandaag())
    rows = [
        [str(one.nummer), one.status, wording.day(one.actie.voor), one.actie.eigenaar, one.actie.wat,
         one.sluiting.resultaat if one.sluiting else "–"]
        for one in actions if one.status != record.LATE
    ]  # fmt: skip
    talks = [
        html.Li(
            f"{wording.day(one.gesprek.datum)}, met {', '.join(one.gesprek.aanwezigen)}"
            f"{' (verbeterd)' if one.gecorrigeerd else ''}. {one.gesprek.verslag}"
        )
        for one in record.talks(entries)[:8]
    ]
    others = [
        html.Li(f"{wording.day(one.moment.astimezone().date())}: {wording.entry_summary(one)}")
        for one in entries if one.soort in ("stap", "document") and not one.correctie
    ]  # fmt: skip
    return html.Div(
        [
            overdue(actions, {agreement.id: agreement}),
            plain_table(_ACTIONS, rows, left=6, label="Acties") if rows else html.P("Er zijn geen andere acties."),
            html.Ul(talks, className="lijst") if talks else html.P("Er is nog geen gesprek vastgelegd."),
            html.Ul(others, className="lijst") if others else None,
            html.P(
                [
                    html.A("Vastleggen, sluiten of verbeteren", href=f"/kwartaal/gesprek/{agreement.id}"), " · ",
                    html.A("Het hele logboek", href=f"/kwartaal/logboek/{agreement.id}"),
                ],
                className="meenemen",
            ),
        ]
    )  # fmt: skip


def _money(context: Context, agreement: contracts.Agreement, day: date) -> Any:
    spent = context.desk.money(context.snapshot, agreement.id, day)
    rows = [
        [str(one["jaar"]), wording.euros(one["betaald"]), wording.euros(one["samen"]),
         "–" if one["begroot"] is None else wording.euros(one["begroot"])]
        for one in spent.per_jaar
    ]  # fmt: skip
    head = ["Jaar", "Betaald", "Voor deze kosten samen", "Begroot"]
    return html.Div(
        [
            html.Ul([html.Li(text) for text in money_sentences(spent)], className="lijst"),
            plain_table(head, rows, label="Geld per jaar") if rows else None,
        ]
    )


def _findings(context: Context, id: str) -> Any:
    """A row per quarter, a column per kind of difference."""
    found = [(quarter, kind, count) for _, quarter, kind, count in context.desk.findings(context.snapshot, id)]
    if not found:
        return html.P("Geen verschillen gevonden.")
    kinds = sorted({kind for _, kind, _ in found})
    counts = {(quarter, kind): count for quarter, kind, count in found}
    quarters = sorted({quarter for quarter, _, _ in found}, reverse=True)[:8]
    rows = [
        [quarter, *(wording.number(counts[quarter, kind]) if (quarter, kind) in counts else "–" for kind in kinds)]
        for quarter in quarters
    ]
    return plain_table(["Kwartaal", *(kind.capitalize() for kind in kinds)], rows, label="Verschillen per kwartaal")


def _notes(context: Context, id: str) -> Any:
    notes = [
        html.Li(f"{wording.quarter(quarter)}: {text}") for quarter, text in context.desk.notes(context.snapshot, id)
    ]
    return html.Ul(notes, className="lijst") if notes else html.P("Geen toelichting ontvangen.")
