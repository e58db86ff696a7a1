"""The pages that follow the newcomer: in, on the way, out, and what it costs. The sub-goal stands with each group."""

from dataclasses import replace
from typing import Any

from dash import html

import metrics
from dashboard import wording
from dashboard.components import money_card, page_title, section
from dashboard.components.parts import own_words
from dashboard.pages.ahead import costs_ahead, instroom_ahead
from dashboard.pages.answer import budgets, last_year, lead, spent
from dashboard.pages.beside import in_words
from dashboard.pages.context import Context
from dashboard.pages.courses import how_long
from dashboard.texts import mark, t
from data.fouten import Gebruiksfout

_TEAM = ("0377", "0397")  # the two municipalities whose formatie the policy document gives
_BUDGETS = {
    "voorzieningen": mark("Voorzieningen"), "uitvoering": mark("Uitvoering"), "re-integratie": mark("Re-integratie"),
    "invoering": mark("Invoering"),
}  # fmt: skip
_NOT_MEASURED = mark(
    "Zelfredzaamheid meten wij niet: niemand levert daar gegevens over. Wij weten wel of mensen werken, meedoen en uit "
    "de bijstand gaan, en of zij langer dan een half jaar hulp bij hun geld nodig hadden. Dat is niet hetzelfde."
)
Group = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]


def _page(context: Context, title: str, question: str, answer: str, groups: tuple[Group, ...]) -> Any:
    sections, seen = [], set()
    for name, figures in groups:
        cards, unsaid = [], []
        for id, per in figures:
            try:
                told = in_words(context, id, context.answer(id)) if id in metrics.catalogue() else None
                card = context.card(id, per, again=id in seen, beside=told)
            except Gebruiksfout as fault:
                if not context.desk.only_published(id):
                    raise
                why = [own_words(one) for one in fault.meldingen[-1:]]
                unsaid.append(html.P([html.B(t(metrics.catalogue()[id].titel)), ": ", *why]))
                continue
            seen.add(id)
            cards += [card] if card is not None else []
        if cards:
            sections.append(section(t(name), html.Div([_grids(cards), *unsaid])))
    return html.Div([page_title(t(title), t(question), answer), *sections])


def _grids(cards: list[Any]) -> html.Div:
    """Pictures two beside each other, single numbers three, long tables over the whole width: no card leaves a hole."""
    grids = [
        ([card for card in cards if kind in card.className], raster)
        for kind, raster in (("kaart-grafiek", "kaarten"), ("kaart-getal", "tegels"), ("kaart-tabel", "rasters"))
    ]
    return html.Div([html.Div(some, className=name) for some, name in grids if some], className="rasters")


def instroom(context: Context) -> Any:
    """Who comes, and which route do they follow."""
    groups: tuple[Group, ...] = (
        (mark("Hoeveel mensen"), (("instroom", ("kwartaal",)), ("instroom", ("gemeente",)), ("taakstelling", ()))),
        (mark("Welke route"), (("routeverdeling", ()), ("aanbod_gekregen", ()))),
    )
    question = mark("Wie komen er, en welke leerroute volgen zij?")
    page = _page(context, mark("Instroom"), question, lead(context, "instroom"), groups)
    page.children.append(instroom_ahead(context))
    return page


def reis(context: Context) -> Any:
    """From arrival to the end."""
    groups: tuple[Group, ...] = (
        (
            mark("Op tijd beginnen"),
            (
                ("pip_op_tijd", ("kwartaal",)), ("pip_op_tijd", ("gemeente",)), ("intake_tot_pip", ("jaar",)),
                ("toets_op_tijd", ()), ("brugklas_voor_pip", ()),
                ("intake_begonnen", ("jaar",)), ("pip_openstaand", ()),
            ),
        ),
        (
            mark("Vooruitkomen"),
            (
                ("leerroute_afgerond_binnen", ()), ("voldaan_binnen", ()), ("maanden_tot_uitstroom", ()),
                ("uitstroom", ()), ("termijn_verstreken", ()), ("p50_allen", ()), ("termijn_loopt_af", ()),
            ),
        ),
        (
            mark("Maatwerk"),
            (
                ("routewissel", ()), ("afschaling", ()), ("route_past_bij_toets", ()), ("ontzorgen_verlengd", ()),
                ("begeleiding_twaalf_maanden", ()),
            ),
        ),
    )  # fmt: skip
    question = mark("Beginnen mensen op tijd, en hoe lang duurt het?")
    page = _page(context, mark("De reis"), question, lead(context, "pip_op_tijd"), groups)
    page.children.append(how_long(context, metrics.catalogue()["leerroute_afgerond_binnen"]))
    return page


def resultaat(context: Context) -> Any:
    """What people learn and do."""
    groups: tuple[Group, ...] = (
        (
            mark("Kwaliteit"),
            (
                ("examen_per_poging", ()), ("examen_eerste_poging", ()), ("examen_uiteindelijk", ()),
                ("inburgeringsexamen", ()), ("niveau_behaald", ()), ("leerroute_geslaagd", ()), ("uitval", ()),
                ("onderdeel_geslaagd", ()), ("tevredenheid", ("jaar",)), ("respons", ()),
                ("aanwezigheid", ("kwartaal",)),
            ),
        ),
        (
            mark("Dualiteit: leren en meedoen"),
            (
                ("participatie_actief", ()), ("betaald_werk", ()), ("duaal_gestart", ()), ("werk_na_uitstroom", ()),
                ("doorstroom_onderwijs", ()), ("uit_bijstand", ()), ("pvt_volledig", ()), ("map_volledig", ()),
                ("uren_z_route", ()),
            ),
        ),
        (mark("Naleving"), (("besluiten", ()), ("samenloop", ()))),
    )  # fmt: skip
    question = mark("Leren mensen genoeg, zijn zij tevreden, en doen zij mee?")
    page = _page(context, mark("Resultaat"), question, lead(context, "inburgeringsexamen"), groups)
    page.children.append(section(t("Wat wij niet meten"), html.P(t(_NOT_MEASURED))))
    return page


def geld(context: Context) -> Any:
    """What it costs."""
    totals = budgets(context)
    groups: tuple[Group, ...] = (
        (mark("Per persoon en per jaar"), (("kosten_per_persoon", ()), ("spuk_saldo", ()), ("uitvoeringstekort", ()))),
        (mark("Alle kosten"), (("kosten", ()),)),
    )
    question = mark("Wat kost het, en past dat in de begroting?")
    page = _page(context, mark("Geld"), question, spent(totals, last_year(context)), groups)
    page.children += [costs_ahead(context), _team(context)]
    if totals:
        cards = [
            money_card(
                t(_BUDGETS[one]), [(str(year), *pair) for (year, budget), pair in totals.items() if budget == one]
            )
            for one in sorted({budget for _, budget in totals}, key=list(_BUDGETS).index)
        ]
        page.children.insert(1, section(t("Uitgegeven naast begroot"), html.Div(cards, className="kaarten")))
    return page


def _team(context: Context) -> Any:
    """The team works for Heemstede and Bloemendaal: its formatie is set beside their people only."""
    mine = {code for code, _ in context.desk.facts(context.snapshot)["gemeenten"]}
    chosen = set(context.view.filters.get("gemeente", _TEAM)) & set(_TEAM) & mine
    if not chosen:
        return None
    view = replace(context.view, filters={**context.view.filters, "gemeente": tuple(sorted(chosen))})
    names = wording.together([context.names[code] for code in sorted(chosen, reverse=True)])
    card = replace(context, view=view).card("formatie")
    title = t("Formatie voor {gemeenten}", gemeenten=names)
    return section(title, html.Div([card], className="kaarten")) if card is not None else None
