"""Every figure of the second opinion: its own dimensions, its cases, and how groups of cases become rows."""

from fractions import Fraction
from typing import Any, NamedTuple

import reference_more as more
import reference_people as people
import reference_signals as signals
from reference_rows import (
    amounts,
    counted,
    days_until,
    incidences,
    quartiles,
    ratios,
    scores,
    shares,
    termed,
    without_interval,
)


class Figure(NamedTuple):
    own: tuple[str, ...]
    cases: Any
    finish: Any


REASONS = ("uitval", "afgerond", "overstap", "vertrokken")
KINDS = ("voldaan", "ontheven of vrijgesteld", "vertrokken of overleden", "niet voldaan")
REASONS_BENEFIT = ("werk", "studie", "verhuizing", "overig")
THREE = (("p25", Fraction(1, 4)), ("p50", Fraction(1, 2)), ("p75", Fraction(3, 4)))
FIGURES = {
    "instroom": Figure((), people.instroom, counted),
    "taakstelling": Figure(("halfjaar", "gemeente"), people.taakstelling, people.taakstelling_rows),
    "routeverdeling": Figure(("leerroute",), people.routeverdeling, people.route_rows),
    "pip_op_tijd": Figure((), people.pip_op_tijd, termed),
    "intake_tot_pip": Figure((), people.intake_tot_pip, days_until("pip", *THREE)),
    "toets_op_tijd": Figure((), people.toets_op_tijd, shares),
    "brugklas_voor_pip": Figure((), people.brugklas_voor_pip, shares),
    "rapportage_op_tijd": Figure(("contract", "kwartaal"), people.rapportage_op_tijd, without_interval),
    "uitstroom": Figure(("leerroute", "reden_einde"), people.uitstroom, counted),
    "maanden_tot_uitstroom": Figure(("leerroute",), people.maanden_tot_uitstroom, quartiles),
    "voldaan_binnen": Figure((), people.voldaan_binnen, incidences(KINDS, (365, 730, 1095))),
    "p50_allen": Figure((), people.voldaan_binnen, days_until("voldaan", ("p50", Fraction(1, 2)))),
    "termijn_verstreken": Figure((), people.termijn_verstreken, shares),
    "routewissel": Figure((), people.routewissel, termed),
    "afschaling": Figure((), people.afschaling, shares),
    "ontzorgen_verlengd": Figure((), people.ontzorgen_verlengd, shares),
    "begeleiding_twaalf_maanden": Figure((), people.begeleiding_twaalf_maanden, termed),
    "examen_per_poging": Figure(("onderdeel",), people.examen_per_poging, shares),
    "examen_eerste_poging": Figure(("onderdeel",), people.examen_eerste_poging, shares),
    "examen_uiteindelijk": Figure(("onderdeel",), people.examen_uiteindelijk, shares),
    "inburgeringsexamen": Figure((), people.inburgeringsexamen, shares),
    "niveau_behaald": Figure((), people.niveau_behaald, shares),
    "leerroute_geslaagd": Figure((), people.leerroute_geslaagd, shares),
    "onderdeel_geslaagd": Figure(("onderdeel",), people.onderdeel_geslaagd, shares),
    "uitval": Figure((), people.uitval, incidences(REASONS, (183, 365, 730))),
    "leerroute_afgerond_binnen": Figure(
        (), people.leerroute_afgerond_binnen, incidences(("afgerond", "uitval", "overstap", "vertrokken"), (730, 1095))
    ),
    "tevredenheid": Figure(("onderdeel",), people.tevredenheid, scores),
    "respons": Figure(("onderdeel", "kwartaal"), people.respons, people.response_rows),
    "aanwezigheid": Figure(("soort",), people.aanwezigheid, ratios),
    "participatie_actief": Figure((), more.participatie_actief, shares),
    "betaald_werk": Figure((), more.betaald_werk, shares),
    "duaal_gestart": Figure((), more.duaal_gestart, termed),
    "werk_na_uitstroom": Figure((), more.werk_na_uitstroom, termed),
    "kosten": Figure(("jaar", "gemeente", "budget", "kostensoort"), more.kosten, more.money_rows),
    "kosten_per_persoon": Figure(("jaar",), more.kosten_per_persoon, ratios),
    "spuk_saldo": Figure(("jaar",), more.spuk_saldo, amounts),
    "uitvoeringstekort": Figure(("jaar", "gemeente"), more.uitvoeringstekort, amounts),
    "formatie": Figure((), more.formatie, more.formatie_rows),
    "besluiten": Figure(("soort", "grondslag"), more.besluiten, counted),
    "samenloop": Figure((), more.samenloop, counted),
    "pvt_volledig": Figure((), more.pvt_volledig, shares),
    "map_volledig": Figure((), more.map_volledig, shares),
    "aanbod_gekregen": Figure(("onderdeel", "doelgroep"), more.aanbod_gekregen, shares),
    "uren_z_route": Figure((), more.uren_z_route, shares),
    "route_past_bij_toets": Figure((), more.route_past_bij_toets, shares),
    "doorstroom_onderwijs": Figure((), more.doorstroom_onderwijs, termed),
    "uit_bijstand": Figure((), more.uit_bijstand, incidences(REASONS_BENEFIT, (365, 730, 1095))),
    "intake_begonnen": Figure((), signals.intake_begonnen, shares),
    "pip_openstaand": Figure(("stand",), signals.pip_openstaand, counted),
    "termijn_loopt_af": Figure(("stand",), signals.termijn_loopt_af, counted),
    "spuk_telling": Figure(("jaar", "doelgroep"), signals.spuk_telling, counted),
    "leerroute_klaar": Figure((), signals.leerroute_klaar, shares),
    "gegevenskwaliteit": Figure(("bestand", "contract", "kenmerk"), more.gegevenskwaliteit, counted),
}
