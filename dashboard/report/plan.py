"""What each report asks. A figure that the catalogue does not have is left out; nothing here computes or hides."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import metrics
from dashboard.texts import mark

STATUS = ("asielstatushouder", "nareiziger")
TEAM = ("0377", "0397")  # whose people the team of the policy document serves (IASZ)
REGION: tuple[str, ...] = ()  # no filter: everybody in the momentopname
FIRST = date(2022, 1, 1)
CHAPTERS = {
    "samenvatting": mark("Samenvatting"),
    "aanbevelingen": mark("Wat is gedaan met de vorige aanbevelingen"),
    "belofte": mark("Wat de wet vroeg en wat wij beloofden"),
    "instroom": mark("Wie er kwamen"),
    "tijdigheid": mark("Op tijd beginnen"),
    "snelheid": mark("Vooruitkomen"),
    "maatwerk": mark("Maatwerk"),
    "dualiteit": mark("Leren en meedoen"),
    "kwaliteit": mark("Kwaliteit"),
    "kosten": mark("Geld"),
    "contracten": mark("Afspraken met aanbieders"),
    "tevredenheid": mark("Tevredenheid"),
    "naleving": mark("Naleving"),
    "grenzen": mark("Wat de gegevens niet zeggen"),
    "signalen": mark("Signalen en vragen aan de raad"),
    "verantwoording": mark("Verantwoording"),
}
QUESTIONS = {
    "instroom": "Wie kwamen er, en is dat wat wij verwachtten?",
    "tijdigheid": "Krijgen mensen snel hun plan en hun eerste lessen?",
    "snelheid": "Hoe lang duurt het, en hoe loopt het af?",
    "maatwerk": "Past de route bij de persoon?",
    "dualiteit": "Doen mensen mee naast de taallessen, en hebben zij daarna werk?",
    "kwaliteit": "Leren mensen genoeg?",
    "kosten": "Wat kost het, en past dat in de begroting?",
    "tevredenheid": "Zijn mensen tevreden over wat zij krijgen?",
    "naleving": "Welke besluiten zijn genomen?",
}
FIXED = ("samenvatting", "grenzen", "verantwoording")  # a report without these would not be honest


@dataclass(frozen=True)
class Asked:
    """One question to `metrics.compute`. `filters` are those that the figure itself needs."""

    id: str
    per: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    van: date | None = None
    tot: date | None = None

    def at(self, towns: tuple[str, ...]) -> "Asked":
        """The same question about some municipalities; unchanged for a figure that does not know them."""
        if not towns or "gemeente" not in metrics.catalogue()[self.id].mogelijk or "gemeente" in dict(self.filters):
            return self
        return replace(self, filters=(("gemeente", towns), *self.filters))


def _with(id: str, name: str, values: tuple[Any, ...], per: tuple[str, ...] = ()) -> Asked:
    return Asked(id, per, ((name, values),))


_SINGLE: dict[str, tuple[str, ...]] = {
    "instroom": ("instroom",),
    "tijdigheid": ("pip_op_tijd", "intake_begonnen", "intake_tot_pip", "toets_op_tijd", "brugklas_voor_pip"),
    "snelheid": ("voldaan_binnen", "leerroute_afgerond_binnen", "uitstroom", "maanden_tot_uitstroom", "p50_allen",
                 "termijn_verstreken"),
    "maatwerk": ("routewissel", "route_past_bij_toets", "afschaling", "ontzorgen_verlengd",
                 "begeleiding_twaalf_maanden", "aanbod_gekregen"),
    "dualiteit": ("participatie_actief", "betaald_werk", "duaal_gestart", "werk_na_uitstroom", "doorstroom_onderwijs",
                  "uit_bijstand"),
    "kwaliteit": ("inburgeringsexamen", "examen_per_poging", "niveau_behaald", "uitval", "leerroute_geslaagd",
                  "onderdeel_geslaagd", "pvt_volledig", "map_volledig", "uren_z_route"),
    "tevredenheid": ("tevredenheid",),
    "kosten": ("kosten", "kosten_per_persoon", "spuk_saldo", "uitvoeringstekort"),
    "naleving": ("besluiten", "samenloop"),
    "grenzen": ("rapportage_op_tijd", "gegevenskwaliteit"),
}  # fmt: skip
_SPLIT: dict[str, tuple[Asked, ...]] = {
    "instroom": (
        Asked("instroom", ("jaar",)), Asked("instroom", ("gemeente",)), Asked("instroom", ("doelgroep",)),
        _with("instroom", "doelgroep", STATUS, ("jaar",)), _with("routeverdeling", "doelgroep", STATUS),
    ),
    "tijdigheid": (Asked("pip_op_tijd", ("jaar",)), Asked("pip_op_tijd", ("gemeente",))),
    "maatwerk": (Asked("routewissel", ("jaar",)),),
    "dualiteit": (Asked("duaal_gestart", ("jaar",)),),
    "kwaliteit": (Asked("aanwezigheid", ("jaar",)),),
    "kosten": (_with("formatie", "gemeente", TEAM),),
    "tevredenheid": (Asked("tevredenheid", ("jaar",)), Asked("respons")),
}  # fmt: skip
SUMMARY = ("tijdigheid", "snelheid", "maatwerk", "dualiteit", "kwaliteit", "kosten")
_HEAD = ("instroom", "pip_op_tijd", "voldaan_binnen", "termijn_verstreken", "routewissel", "participatie_actief",
         "uitval", "inburgeringsexamen", "kosten", "spuk_saldo", "rapportage_op_tijd")  # fmt: skip
# only figures whose every year has had its whole term: a younger year of the others is lower because it is younger
_TRENDS = ("pip_op_tijd", "routewissel", "duaal_gestart")


def evaluation(chapters: tuple[str, ...], towns: tuple[str, ...]) -> list[Asked]:
    """Everything that the chosen chapters of the evaluation and its summary rest on, each question once."""
    asked = [Asked(id) for id in _HEAD] + [Asked(id, ("jaar",)) for id in _TRENDS]
    for name in chapters:
        asked += [Asked(id) for id in _SINGLE.get(name, ())] + list(_SPLIT.get(name, ()))
    if "instroom" in chapters and len(towns) == 1:
        asked.append(Asked("taakstelling"))
    known = [one.at(towns) for one in asked if one.id in metrics.catalogue()]
    alone = [one for one in known if not (len(towns) == 1 and "gemeente" in one.per)]
    return list(dict.fromkeys(alone))


def quarter(day: date, towns: tuple[str, ...]) -> list[Asked]:
    """What the quarterly monitor asks: the quarter that ends on the peildatum beside the four before it."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    year = max(FIRST, date(first.year - 1, first.month, 1))
    before = first - timedelta(days=1)
    asked = [
        Asked("instroom", ("kwartaal",), van=year), Asked("pip_op_tijd", ("kwartaal",), van=year),
        Asked("examen_per_poging", (), van=first), Asked("examen_per_poging", (), van=year, tot=before),
        Asked("aanwezigheid", ("kwartaal",), (("soort", ("taal",)),), van=year),
        Asked("uitstroom", (), van=first), Asked("tevredenheid", (), van=first),
        Asked("tevredenheid", (), van=year, tot=before), Asked("kosten", (), van=date(day.year, 1, 1)),
        Asked("pip_openstaand"), Asked("termijn_loopt_af"), Asked("participatie_actief"),
        Asked("rapportage_op_tijd", (), van=year), Asked("instroom"), Asked("pip_op_tijd"),
    ]  # fmt: skip
    return list(dict.fromkeys(one.at(towns) for one in asked if one.id in metrics.catalogue()))


TERMS = (
    ("Asielstatushouder", "Iemand die asiel heeft gekregen en mag blijven."),
    ("Nareiziger", "Een gezinslid dat een asielstatushouder volgt."),
    ("Statushouder", "Een asielstatushouder of nareiziger."),
    ("Gezinsmigrant", "Iemand die naar Nederland komt om bij een partner of gezin te wonen."),
    ("PIP", "Persoonlijk plan inburgering en participatie: het plan dat de gemeente met iemand maakt."),
    ("B1-route", "Leren tot taalniveau B1 en meedoen, meestal in drie jaar."),
    ("Onderwijsroute", "Leren op weg naar een opleiding."),
    ("Z-route", "Zelfredzaamheidsroute: voor wie B1 niet haalbaar is."),
    ("Duaal", "Taal leren en meedoen (werk, stage, vrijwilligerswerk) tegelijk."),
    ("PVT", "Participatieverklaringstraject: kennismaken met Nederlandse waarden."),
    ("MAP", "Module arbeidsmarkt en participatie: kennismaken met werk in Nederland."),
    ("Uitstroom", "Een leerroute die is geëindigd, met of zonder diploma."),
    ("Voldaan", "Alles gedaan wat de inburgering vraagt. Een ontheffing of vrijstelling telt daar niet bij."),
    ("Peildatum", "De dag waarop wij kijken. Wat daarna gebeurde, telt niet mee."),
    ("Grenzen (95 %)", "Het gebied waarin het echte percentage bijna zeker ligt. Hoe minder mensen, hoe breder."),
    ("Signaalgrens", "Een grens die de monitor kiest om te zien wat aandacht vraagt. Het is geen officiële norm."),
    ("Momentopname", "De gegevens zoals zij op één moment zijn geladen. Daarna veranderen zij niet meer."),
)  # fmt: skip
