"""Vandaag: the few things to know first, in sentences, each with a way to look further."""

from typing import Any

from dash import dcc, html

import metrics
from dashboard import access, wording
from dashboard.components import page_title, section
from dashboard.components.card import headline, row_strips
from dashboard.pages.answer import budgets, last_year, lead, since_last_year, spent
from dashboard.pages.context import Context
from dashboard.pages.signalen import attention, repairs, talks

_FIRST = (
    ("Tijdigheid", "pip_op_tijd", "/de-reis"),
    ("Snelheid", "leerroute_afgerond_binnen", "/de-reis"),
    ("Maatwerk", "routewissel", "/de-reis"),
    ("Kwaliteit", "examen_eerste_poging", "/resultaat"),
    ("Dualiteit", "participatie_actief", "/resultaat"),
)


def render(context: Context) -> Any:
    """The first page."""
    tiles = [_tile(context, goal, id, where) for goal, id, where in _FIRST if id in metrics.catalogue()]
    tiles.append(_money(context))
    return html.Div(
        [
            page_title("Vandaag", "Wat gebeurt er, en wat vraagt aandacht?", lead(context, "instroom")),
            html.Div(tiles, className="tegels"),
            section("Signalen: wat vraagt om bijstellen?", attention(context)),
            section("Contracten die aandacht vragen", _contracts(context))
            if access.current().mag("contracten")
            else None,
            section("Kunt u de cijfers vertrouwen?", _trust(context)),
        ]
    )


def _tile(context: Context, goal: str, id: str, where: str) -> Any:
    answer = context.answer(id)
    definition = answer.definition
    said = wording.sentences(answer, context.names) or _spread(context, answer)
    return html.Article(
        [
            html.P(goal, className="doel"),
            html.H2(definition.titel, className="tegel-titel"),
            headline(answer),
            row_strips(answer, context.names),
            *[html.P(text, className="zin") for text in said[:2]],
            html.P(changed, className="opmerking") if (changed := since_last_year(context, id)) else None,
            dcc.Link("Bekijk hoe dit zit", href=where + context.view.write(), className="verder"),
        ],
        className="kaart tegel",
    )


def _money(context: Context) -> Any:
    totals, year = budgets(context), last_year(context)
    amount = sum(pair[0] for (when, _), pair in totals.items() if when == year)
    return html.Article(
        [
            html.P("Kosten", className="doel"),
            html.H2("Uitgegeven naast begroot", className="tegel-titel"),
            html.P(wording.euros(amount), className="groot") if amount else None,
            html.P(spent(totals, year), className="zin"),
            dcc.Link("Bekijk hoe dit zit", href="/geld" + context.view.write(), className="verder"),
        ],
        className="kaart tegel",
    )


def _spread(context: Context, answer: metrics.Answer) -> list[str]:
    """Of many rows: the highest and the lowest, in words."""
    key = "aantal" if answer.definition.soort == "aantal" else "waarde"
    known = [row for row in answer.rijen if isinstance(row.get(key), int | float) and row.get("noemer", 20) >= 20]
    if not known:
        return ["Hierover is nog te weinig bekend."]
    ordered = sorted(known, key=lambda row: row[key])

    def say(row: dict[str, Any]) -> str:
        about = ", ".join(wording.dimension(name, row[name], context.names) for name in answer.dims)
        return f"{about} ({wording.cell(key, row[key], answer.definition)})"

    return [f"Het laagst is {say(ordered[0])}, het hoogst {say(ordered[-1])}."]


def _contracts(context: Context) -> Any:
    verdicts = context.desk.verdicts(context.snapshot, context.view)
    notable = [one for one in verdicts if one.oordeel in ("voldoet niet", "rapportage ontbreekt")]
    if not notable:
        kept = html.P("Alle afspraken die te beoordelen zijn, zijn gehaald.")
        return html.Div([kept, talks(context)])
    notable.sort(key=lambda one: (one.zekerheid != "zeker", -one.reeks))
    items = []
    for one in notable[:6]:
        title = context.desk.agreements[one.contract].titel
        certainty = f", {one.zekerheid}" if one.zekerheid else ""
        streak = f"; {one.reeks} kwartalen op rij" if one.reeks > 1 else ""
        link = dcc.Link(f"{title}: {one.titel}", href=f"/contracten/{one.contract}{context.view.write()}")
        items.append(html.Li([link, f" – {one.oordeel}{certainty}{streak}."]))
    more = len(notable) - 6
    rest = [dcc.Link(f"En nog {more} andere", href="/contracten" + context.view.write())] if more > 0 else []
    note = html.P("De normen in dit voorbeeld zijn bedacht: gebruik ze niet als oordeel.", className="opmerking")
    example = any(one.bron == "voorbeeldnorm" for one in notable)
    kept = [html.Ul(items, className="lijst"), *rest, note if example else None]
    return html.Div([*kept, talks(context)], className="kaart")


def _trust(context: Context) -> Any:
    report = context.desk.deliveries(context.snapshot)
    refused = sum(file.geweigerd for file in report.bestanden)
    read = sum(file.gelezen for file in report.bestanden)
    findings = sum(row[3] for row in context.desk.findings(context.snapshot))
    return html.Div(
        [
            html.P(
                f"Van de {wording.number(read)} gelezen rijen zijn er {wording.number(refused)} geweigerd. "
                f"Er zijn {wording.number(findings)} verschillen tussen de gemeente en de aanbieders."
            ),
            repairs(context),
            dcc.Link("Bekijk de leveringen en verschillen", href="/gegevens", className="verder"),
        ],
        className="kaart",
    )
