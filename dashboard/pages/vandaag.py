"""Vandaag: what matters most in one sentence, then the goals of the law, and what asks for something."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html

import metrics
from dashboard import access, wording
from dashboard.components import page_title, section
from dashboard.components.card import headline, row_strips
from dashboard.components.drill import figure_href
from dashboard.components.tile import Quarter, course_bars, course_rows, tile
from dashboard.pages.answer import budgets, last_year, lead, since_last_year, spent
from dashboard.pages.beside import in_words
from dashboard.pages.changes import changes
from dashboard.pages.context import Context
from dashboard.pages.foremost import foremost
from dashboard.pages.signalen import attention, repairs
from dashboard.pages.talks import to_talk
from dashboard.pages.termijnen import in_short
from dashboard.state import View
from dashboard.texts import mark, t, tn

_FIRST = (
    (mark("Tijdigheid"), "pip_op_tijd"),
    (mark("Snelheid"), "leerroute_afgerond_binnen"),
    (mark("Maatwerk"), "routewissel"),
    (mark("Kwaliteit"), "examen_eerste_poging"),
    (mark("Dualiteit"), "participatie_actief"),
)


def render(context: Context) -> Any:
    """The first page."""
    tiles = [_tile(context, goal, id) for goal, id in _FIRST if id in metrics.catalogue()]
    tiles.append(_money(context))
    return html.Div(
        [
            page_title(t("Vandaag"), t("Wat gebeurt er, en wat vraagt aandacht?"), foremost(context)),
            html.P(lead(context, "instroom"), className="zin"),
            html.Div(tiles, className="tegels"),
            section(t("Signalen: wat vraagt om bijstellen?"), attention(context)),
            html.Div(
                [
                    html.Div(
                        [
                            section(t("Wat moet op tijd?"), in_short(context)),
                            section(t("Wat is er veranderd?"), changes(context, [id for _, id in _FIRST])),
                            section(t("Kunt u de cijfers vertrouwen?"), _trust(context)),
                        ]
                    ),
                    html.Div([section(t("Contracten die aandacht vragen"), to_talk(context))])
                    if access.current().mag("contracten")
                    else None,
                ],
                className="tweeluik",
            ),
        ]
    )


def _tile(context: Context, goal: str, id: str) -> Any:
    answer = context.answer(id)
    said = wording.sentences(answer, context.names) or wording.spread(answer, context.names)
    about = in_words(context, id, answer) or since_last_year(context, id)
    return tile(
        t(goal),
        t(answer.definition.titel),
        figure_href(id, context.view),
        [
            html.P(lacks, className="opmerking") if (lacks := context.lacks(id)) else None,
            headline(answer),
            row_strips(answer, context.names),
            *[html.P(text, className="zin") for text in (said[-1:] if answer.definition.horizonnen else said[:1])],
            html.P(about, className="opmerking") if about else None,
            _course(context, answer),
            _limit(context, answer.definition),
        ],
    )


def _course(context: Context, answer: metrics.Answer) -> Any:
    """The quarters of a figure, per value of its own dimension when it has one; a chosen period has no course."""
    definition = answer.definition
    if context.view.van or context.view.tot or "kwartaal" not in definition.mogelijk:
        return None
    if definition.soort == "incidentie":
        return _by_start(context, definition)
    if definition.soort not in ("aantal", "aandeel", "gemiddelde") or len(definition.eigen) > 1:
        return None
    found = context.desk.course(context.snapshot, definition.id, context.view)
    if definition.eigen:
        return course_rows(found, definition, context.names)
    return course_bars(found[0], definition) if found else None


def _by_start(context: Context, definition: metrics.Definition) -> Any:
    """How far who started in a quarter was after the shortest time that is looked at; only quarters that are that old.
    What is hidden or not known yet has no column."""
    if not access.current().exact:
        return None
    days = min(definition.horizonnen)
    rows = [
        row for row in context.answer(definition.id, ("kwartaal",)).rijen
        if row["einde"] == definition.einden[0] and row["horizon"] == days and isinstance(row["kwartaal"], str)
    ]  # fmt: skip
    quarters = [
        Quarter(
            row["kwartaal"],
            row["waarde"] if isinstance(row.get("waarde"), int | float) else None,
            row["n"] if isinstance(row.get("n"), int) else None,
        )
        for row in sorted(rows, key=lambda row: row["kwartaal"])
    ]
    ripe = [place for place, one in enumerate(quarters) if one.waarde is not None]
    if not ripe:
        return None
    return course_bars(_Course(tuple(quarters[: ripe[-1] + 1])), definition, horizon=days)


@dataclass(frozen=True)
class _Course:
    punten: tuple[Quarter, ...]


def _limit(context: Context, definition: metrics.Definition) -> Any:
    """The limit from which the monitor asks for attention; none of these is an official norm."""
    for one in context.desk.declarations.values():
        if one.cijfer == definition.id and one.voorwaarde.soort == "norm" and one.voorwaarde.norm is not None:
            limit = wording.cell("waarde", one.voorwaarde.norm, definition)
            return html.P(t("Signaalgrens: {grens} (geen officiële norm).", grens=limit), className="opmerking")
    return html.P(t("Er is geen norm voor dit cijfer."), className="opmerking")


def _money(context: Context) -> Any:
    totals, year = budgets(context), last_year(context)
    amount = sum(pair[0] for (when, _), pair in totals.items() if when == year)
    return tile(
        t("Kosten"),
        t("Uitgegeven naast begroot"),
        "/geld" + context.view.write(),
        [
            html.P(wording.euros(amount), className="groot") if amount else None,
            html.P(spent(totals, year), className="zin"),
            html.P(
                t("De norm is de begroting. Dit is geboekt: er is geen schatting bij nodig."), className="opmerking"
            ),
        ],
    )


def _trust(context: Context) -> Any:
    report = context.desk.deliveries(context.snapshot)
    refused = sum(file.geweigerd for file in report.bestanden)
    read = sum(file.gelezen for file in report.bestanden)
    findings = sum(row[3] for row in context.desk.findings(context.snapshot))
    rows = tn(
        "Van de {gelezen} gelezen rijen is er {geweigerd} geweigerd.",
        "Van de {gelezen} gelezen rijen zijn er {geweigerd} geweigerd.",
        refused, gelezen=wording.number(read), geweigerd=wording.number(refused),
    )  # fmt: skip
    return html.Div(
        [
            html.P(f"{rows} {_differ(findings, limited=context.desk.findings_limited)}"),
            repairs(context),
            dcc.Link(t("Bekijk de leveringen en verschillen"), href="/gegevens" + View().write(), className="verder"),
        ]
    )


def _differ(findings: int, *, limited: bool) -> str:
    """How many differences there are between the municipality and the suppliers, in the contracts that one may see."""
    n = wording.number(findings)
    if limited:
        return tn(
            "Er is {n} verschil tussen de gemeente en de aanbieders, in contracten waar uw gemeenten bij horen.",
            "Er zijn {n} verschillen tussen de gemeente en de aanbieders, in contracten waar uw gemeenten bij horen.",
            findings, n=n,
        )  # fmt: skip
    return tn(
        "Er is {n} verschil tussen de gemeente en de aanbieders.",
        "Er zijn {n} verschillen tussen de gemeente en de aanbieders.",
        findings, n=n,
    )  # fmt: skip
