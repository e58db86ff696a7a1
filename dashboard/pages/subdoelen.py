"""The pages that follow the newcomer: in, on the way, out, and what it costs. The sub-goal stands with each group."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from dash import html

import metrics
from dashboard.components import money_card, page_title, section
from dashboard.pages.context import Context

_TEAM = ("0377", "0397")  # the two municipalities whose formatie the policy document gives
Group = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]


def _page(context: Context, title: str, question: str, groups: tuple[Group, ...]) -> Any:
    sections = []
    for name, figures in groups:
        cards = [card for id, per in figures if (card := context.card(id, per)) is not None]
        if cards:
            sections.append(section(name, html.Div(cards, className="kaarten")))
    return html.Div([page_title(title, question), *sections])


def instroom(context: Context) -> Any:
    """Who comes, and which route do they follow."""
    groups: tuple[Group, ...] = (
        ("Hoeveel mensen", (("instroom", ("kwartaal",)), ("instroom", ("gemeente",)), ("taakstelling", ()))),
        ("Welke route", (("routeverdeling", ()), ("aanbod_gekregen", ()))),
    )
    return _page(context, "Instroom", "Wie komen er, en welke leerroute volgen zij?", groups)


def reis(context: Context) -> Any:
    """From arrival to the end."""
    groups: tuple[Group, ...] = (
        (
            "Op tijd beginnen",
            (
                ("pip_op_tijd", ("kwartaal",)), ("pip_op_tijd", ("gemeente",)), ("intake_tot_pip", ("jaar",)),
                ("toets_op_tijd", ()), ("brugklas_voor_pip", ()),
            ),
        ),
        (
            "Vooruitkomen",
            (
                ("leerroute_afgerond_binnen", ()), ("voldaan_binnen", ()), ("maanden_tot_uitstroom", ()),
                ("uitstroom", ()), ("termijn_verstreken", ()), ("p50_allen", ()),
            ),
        ),
        (
            "Maatwerk",
            (
                ("routewissel", ()), ("afschaling", ()), ("route_past_bij_toets", ()), ("ontzorgen_verlengd", ()),
                ("begeleiding_twaalf_maanden", ()),
            ),
        ),
    )  # fmt: skip
    return _page(context, "De reis", "Beginnen mensen op tijd, en hoe lang duurt het?", groups)


def resultaat(context: Context) -> Any:
    """What people learn and do."""
    groups: tuple[Group, ...] = (
        (
            "Kwaliteit",
            (
                ("examen_per_poging", ()), ("examen_eerste_poging", ()), ("examen_uiteindelijk", ()),
                ("inburgeringsexamen", ()), ("niveau_behaald", ()), ("leerroute_geslaagd", ()), ("uitval", ()),
                ("onderdeel_geslaagd", ()), ("tevredenheid", ("jaar",)), ("respons", ()),
                ("aanwezigheid", ("kwartaal",)),
            ),
        ),
        (
            "Dualiteit: leren en meedoen",
            (
                ("participatie_actief", ()), ("betaald_werk", ()), ("duaal_gestart", ()), ("werk_na_uitstroom", ()),
                ("doorstroom_onderwijs", ()), ("uit_bijstand", ()), ("pvt_volledig", ()), ("map_volledig", ()),
                ("uren_z_route", ()),
            ),
        ),
        ("Naleving", (("besluiten", ()), ("samenloop", ()))),
    )  # fmt: skip
    return _page(context, "Resultaat", "Leren mensen genoeg, zijn zij tevreden, en doen zij mee?", groups)


def geld(context: Context) -> Any:
    """What it costs."""
    answer = context.answer("kosten") if "kosten" in metrics.catalogue() else None
    totals: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in answer.rijen if answer else ():
        totals[(row["jaar"], row["budget"])][0] += row["waarde"]
        totals[(row["jaar"], row["budget"])][1] += row.get("begroot") or 0
    rows = [
        (f"{year}, {budget}", spent, planned or None) for (year, budget), (spent, planned) in sorted(totals.items())
    ]
    groups: tuple[Group, ...] = (
        ("Per soort", (("kosten", ()), ("kosten_per_persoon", ()))),
        ("Budgetten", (("spuk_saldo", ()), ("uitvoeringstekort", ()))),
    )
    page = _page(context, "Geld", "Wat kost het, en past dat in de begroting?", groups)
    page.children.append(_team(context))
    if rows:
        summary = money_card("Uitgegeven en begroot", rows, "Uitgegeven en begroot per jaar en budget")
        page.children.insert(1, section("In één oogopslag", html.Div([summary], className="kaarten")))
    return page


def _team(context: Context) -> Any:
    """The team works for Heemstede and Bloemendaal: its formatie is set beside their people only."""
    chosen = set(context.view.filters.get("gemeente", _TEAM)) & set(_TEAM)
    if not chosen:
        return None
    view = replace(context.view, filters={**context.view.filters, "gemeente": tuple(sorted(chosen))})
    names = " en ".join(context.names[code] for code in sorted(chosen, reverse=True))
    card = replace(context, view=view).card("formatie")
    return section(f"Formatie voor {names}", html.Div([card], className="kaarten")) if card is not None else None
