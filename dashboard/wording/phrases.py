"""How a figure is spoken of: who it is about and what they did. Figures without an entry speak by their title.

`wie` is plural and follows a number ("30 van de 41 inburgeraars"); `wat` is what the counted ones did.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phrase:
    """`wie` and `wat` for counts and shares; `maat` names a mean, a median or an amount at the start of a sentence.

    `uitkomst` says of a competing end what became of people ("is 28% van de ... uitgevallen").
    """

    wie: str = ""
    wat: str = ""
    maat: str = ""
    eenheid: str = ""
    uitkomst: Mapping[str, str] = field(default_factory=dict)


_DONE = {"voldaan": "klaar (voldaan)", "niet voldaan": "niet op tijd geslaagd"}
_ROUTE = {
    "afgerond": "klaar met de leerroute",
    "uitval": "uitgevallen",
    "overstap": "overgestapt naar een andere leerroute",
}
_BENEFIT = {
    "werk": "uit de bijstand door werk",
    "studie": "uit de bijstand door een studie",
    "verhuizing": "verhuisd",
    "overig": "uit de bijstand om een andere reden",
}

PHRASES: dict[str, Phrase] = {
    "instroom": Phrase("inburgeraars", "werden inburgeringsplichtig"),
    "intake_begonnen": Phrase("nieuwe inburgeraars", "zijn begonnen met de brede intake"),
    "pip_openstaand": Phrase("inburgeraars zonder plan (PIP)", "moeten nu hun plan krijgen"),
    "termijn_loopt_af": Phrase("inburgeraars", "moeten binnen zes maanden klaar zijn of zijn over de termijn"),
    "spuk_telling": Phrase("inburgeraars", "tellen mee voor het geld van het Rijk"),
    "pip_op_tijd": Phrase("inburgeraars", "kregen hun plan (PIP) binnen tien weken"),
    "toets_op_tijd": Phrase("inburgeraars met een plan (PIP)", "maakten de leerbaarheidstoets op tijd"),
    "brugklas_voor_pip": Phrase("statushouders met een plan (PIP)", "begonnen daarvoor aan de brugklas"),
    "routeverdeling": Phrase("inburgeraars met een leerroute", "begonnen in deze leerroute"),
    "uitstroom": Phrase("leerroutes", "zijn geëindigd"),
    "maanden_tot_uitstroom": Phrase("afgeronde leerroutes", maat="De tijd van plan (PIP) tot einde", eenheid="maanden"),
    "intake_tot_pip": Phrase("inburgeraars", maat="De tijd van intake tot plan (PIP)", eenheid="dagen"),
    "voldaan_binnen": Phrase("inburgeraars met een plan (PIP)", uitkomst=_DONE),
    "leerroute_afgerond_binnen": Phrase("inburgeraars met een leerroute", uitkomst=_ROUTE),
    "p50_allen": Phrase("inburgeraars met een plan (PIP)", maat="De tijd van plan (PIP) tot voldaan", eenheid="dagen"),
    "uitval": Phrase("gestarte leerroutes", uitkomst={"afgerond": "afgerond", "uitval": "gestopt door uitval"}),
    "uit_bijstand": Phrase("uitkeringen", uitkomst=_BENEFIT),
    "termijn_verstreken": Phrase("inburgeraars die nog bezig zijn", "zijn over hun termijn heen"),
    "routewissel": Phrase("inburgeraars", "stapten binnen anderhalf jaar over naar een andere leerroute"),
    "afschaling": Phrase("inburgeraars in de B1-route", "mogen examen doen op niveau A2"),
    "ontzorgen_verlengd": Phrase("inburgeraars", "hadden langer dan een half jaar financiële hulp nodig"),
    "begeleiding_twaalf_maanden": Phrase("inburgeraars", "kregen een jaar maatschappelijke begeleiding"),
    "examen_per_poging": Phrase("gemaakte examens", "waren een voldoende"),
    "examen_eerste_poging": Phrase("eerste examens", "waren een voldoende"),
    "examen_uiteindelijk": Phrase("inburgeraars die examen deden", "haalden dit examen uiteindelijk"),
    "inburgeringsexamen": Phrase("inburgeraars die examen deden", "haalden alle vijf de onderdelen"),
    "leerroute_geslaagd": Phrase("leerroutes die zijn afgerond of gestopt", "zijn afgerond"),
    "onderdeel_geslaagd": Phrase("onderdelen die klaar zijn", "zijn afgerond"),
    "tevredenheid": Phrase("antwoorden", maat="Het gemiddelde rapportcijfer"),
    "aanwezigheid": Phrase("inburgeraars", maat="De aanwezigheid"),
    "kosten_per_persoon": Phrase("nieuwe inburgeraars", maat="Het bedrag per nieuwe inburgeraar", eenheid="euro"),
    "formatie": Phrase("inburgeraars", maat="De benodigde formatie, als deel van de beschikbare,"),
    "kosten": Phrase(maat="De kosten waren"),
    "participatie_actief": Phrase("inburgeraars in de B1- of Z-route", "doen nu ook mee in werk of activiteiten"),
    "betaald_werk": Phrase("inburgeraars die nog bezig zijn", "hebben nu betaald werk"),
    "duaal_gestart": Phrase("gestarte B1- en Z-routes", "kregen binnen een half jaar ook werk of activiteiten"),
    "doorstroom_onderwijs": Phrase("afgeronde onderwijsroutes", "leidden een half jaar later tot een opleiding"),
    "niveau_behaald": Phrase("inburgeraars die examen deden", "haalden alle taalexamens op niveau B1 of hoger"),
    "pvt_volledig": Phrase("afgeronde PVT's", "duurden twaalf uur of langer"),
    "map_volledig": Phrase("afgeronde MAP's", "duurden veertig uur of langer"),
    "uren_z_route": Phrase("afgeronde Z-routes", "hadden alle uren: 800 taal en 800 participatie"),
    "route_past_bij_toets": Phrase("inburgeraars met een duidelijke toets", "kregen een route die bij de toets past"),
    "werk_na_uitstroom": Phrase("geslaagde inburgeraars", "werkten of leerden een half jaar later"),
    "rapportage_op_tijd": Phrase("rapportages", "kwamen op tijd"),
    "besluiten": Phrase("besluiten", "zijn genomen"),
    "samenloop": Phrase("mogelijke dubbele straffen", "zijn gezien"),
}
