"""What stands in which chapter of a report. A figure that the catalogue does not have is left out."""

from dataclasses import dataclass

GOALS = {
    "instroom": ("Instroom", "Wie kwamen er, en welke route volgen zij?"),
    "tijdigheid": ("Op tijd beginnen", "Krijgen mensen snel hun plan en hun eerste lessen?"),
    "snelheid": ("Vooruitkomen", "Hoe lang duurt het, en hoe loopt het af?"),
    "maatwerk": ("Maatwerk", "Past de route bij de persoon?"),
    "kwaliteit": ("Kwaliteit", "Leren mensen genoeg, en zijn zij tevreden?"),
    "dualiteit": ("Leren en meedoen", "Doen mensen mee naast de taallessen?"),
    "kosten": ("Geld", "Wat kost het, en past dat in de begroting?"),
    "handhaving": ("Naleving", "Welke besluiten zijn genomen?"),
}


@dataclass(frozen=True)
class Item:
    """One figure in a report: how it is split, and whether it is drawn."""

    id: str
    per: tuple[str, ...] = ()
    grafiek: bool = False


EVALUATION = (
    Item("instroom", ("jaar",), grafiek=True),
    Item("instroom", ("gemeente",)),
    Item("routeverdeling", grafiek=True),
    Item("pip_op_tijd", ("jaar",), grafiek=True),
    Item("pip_op_tijd", ("gemeente",), grafiek=True),
    Item("intake_tot_pip", ("jaar",)),
    Item("toets_op_tijd"),
    Item("brugklas_voor_pip"),
    Item("leerroute_afgerond_binnen", grafiek=True),
    Item("uitstroom", grafiek=True),
    Item("maanden_tot_uitstroom"),
    Item("voldaan_binnen", grafiek=True),
    Item("termijn_verstreken"),
    Item("routewissel"),
    Item("afschaling"),
    Item("ontzorgen_verlengd"),
    Item("begeleiding_twaalf_maanden"),
    Item("examen_per_poging", grafiek=True),
    Item("onderdeel_geslaagd", grafiek=True),
    Item("tevredenheid"),
    Item("aanwezigheid", ("jaar",), grafiek=True),
    Item("participatie_actief"),
    Item("betaald_werk"),
    Item("duaal_gestart"),
    Item("werk_na_uitstroom"),
    Item("kosten"),
    Item("besluiten"),
    Item("samenloop"),
)
QUARTER = tuple(
    item
    for item in EVALUATION
    if item.id in ("instroom", "routeverdeling", "pip_op_tijd", "uitstroom", "examen_per_poging", "aanwezigheid",
                   "tevredenheid", "kosten")
)  # fmt: skip
SUMMARY = (
    "instroom", "pip_op_tijd", "leerroute_afgerond_binnen", "routewissel", "inburgeringsexamen", "participatie_actief",
)  # fmt: skip
UNKNOWN = (
    "Zelfredzaamheid meten wij niet. Wij weten wel of mensen werken, meedoen en uit de bijstand gaan.",
    "Veel mensen zijn nog bezig. Hoe hun inburgering afloopt, weten wij nog niet; zij tellen niet als geslaagd en niet "
    "als gezakt.",
    "De aantallen zijn klein. Een verschil van een paar mensen kan toeval zijn; daarom staat bij elk percentage tussen "
    "welke grenzen het echte percentage waarschijnlijk ligt.",
    "Een examenuitslag komt pas na acht tot zestien weken. Het laatste kwartaal is daarom voorlopig.",
)
TERMS = (
    ("Asielstatushouder", "Iemand die asiel heeft gekregen en mag blijven."),
    ("Nareiziger", "Een gezinslid dat een asielstatushouder volgt."),
    ("Gezinsmigrant", "Iemand die naar Nederland komt om bij een partner of gezin te wonen."),
    ("PIP", "Persoonlijk plan inburgering en participatie: het plan dat de gemeente met iemand maakt."),
    ("B1-route", "Leren tot taalniveau B1 en meedoen, meestal in drie jaar."),
    ("Onderwijsroute", "Leren op weg naar een opleiding."),
    ("Z-route", "Zelfredzaamheidsroute: voor wie B1 niet haalbaar is."),
    ("Uitstroom", "Een leerroute die is geëindigd, met of zonder diploma."),
    ("Peildatum", "De dag waarop wij kijken. Wat daarna gebeurde, telt niet mee."),
    ("Grenzen (95 %)", "Het gebied waarin het echte percentage bijna zeker ligt. Hoe minder mensen, hoe breder."),
)
