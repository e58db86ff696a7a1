"""How a figure is spoken of: who it is about and what they did. Figures without an entry speak by their title.

`wie` is plural and follows a number ("30 van de 41 inburgeraars"); `wat` is what the counted ones did. All of it is
Dutch here; whoever says it translates it (`said`, `did`, `people`, or `t` of what stands alone).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.texts import mark, t, tn
from dashboard.wording.format import amount


@dataclass(frozen=True)
class Phrase:
    """`wie` and `wat` for counts and shares; `maat` names a mean, a median or an amount at the start of a sentence.

    `een` is who and what of one alone ("inburgeraar werd inburgeringsplichtig"). `uitkomst` holds of every competing
    end the sentence that says what became of people.
    """

    wie: str = ""
    wat: str = ""
    maat: str = ""
    eenheid: str = ""
    een: str = ""
    uitkomst: Mapping[str, str] = field(default_factory=dict)


def did(phrase: Phrase, count: int | float) -> str:
    """What so many of them did. English has another form for one of many ("is", "has"), where the table gives two."""
    return tn(phrase.wat, phrase.wat, count)


def people(count: int, phrase: Phrase, one: str, many: str) -> str:
    """A number with whom it counts, or with the given words for one and many: 40 antwoorden, 1 inburgeraar."""
    return amount(count, t(_SINGLE.get(phrase.wie, phrase.wie) or one), t(phrase.wie or many))


_INBURGERAARS = mark("inburgeraars")
_WITH_PLAN = mark("inburgeraars met een plan (PIP)")
_BUSY = mark("inburgeraars die nog bezig zijn")
_NEW = mark("nieuwe inburgeraars")
_EXAMINED = mark("inburgeraars die examen deden")
_WITH_ROUTE = mark("inburgeraars met een leerroute")
_STARTED = mark("gestarte leerroutes")
_ANSWERS = mark("antwoorden")
_DONE_ROUTES = mark("afgeronde leerroutes")

# of what stands behind a number in brackets, and so can be one
_SINGLE = {
    _INBURGERAARS: mark("inburgeraar"),
    _WITH_PLAN: mark("inburgeraar met een plan (PIP)"),
    _NEW: mark("nieuwe inburgeraar"),
    _ANSWERS: mark("antwoord"),
    _DONE_ROUTES: mark("afgeronde leerroute"),
    _STARTED: mark("gestarte leerroute"),
}

_DONE = {
    "voldaan": mark("Na {tijd} is {deel} van de {wie} klaar (voldaan)."),
    "niet voldaan": mark("Na {tijd} is {deel} van de {wie} niet op tijd geslaagd."),
}
_ROUTE = {
    "afgerond": mark("Na {tijd} is {deel} van de {wie} klaar met de leerroute."),
    "uitval": mark("Na {tijd} is {deel} van de {wie} uitgevallen."),
    "overstap": mark("Na {tijd} is {deel} van de {wie} overgestapt naar een andere leerroute."),
}
_DROPOUT = {
    "afgerond": mark("Na {tijd} is {deel} van de {wie} afgerond."),
    "uitval": mark("Na {tijd} is {deel} van de {wie} gestopt door uitval."),
}
_BENEFIT = {
    "werk": mark("Na {tijd} is {deel} van de {wie} uit de bijstand door werk."),
    "studie": mark("Na {tijd} is {deel} van de {wie} uit de bijstand door een studie."),
    "verhuizing": mark("Na {tijd} is {deel} van de {wie} verhuisd."),
    "overig": mark("Na {tijd} is {deel} van de {wie} uit de bijstand om een andere reden."),
}

PHRASES: dict[str, Phrase] = {
    "instroom": Phrase(
        _INBURGERAARS, mark("werden inburgeringsplichtig"), een=mark("inburgeraar werd inburgeringsplichtig")
    ),
    "intake_begonnen": Phrase(_NEW, mark("zijn begonnen met de brede intake")),
    "pip_openstaand": Phrase(
        mark("inburgeraars zonder plan (PIP)"), mark("moeten nu hun plan krijgen"),
        een=mark("inburgeraar zonder plan (PIP) moet nu een plan krijgen"),
    ),
    "termijn_loopt_af": Phrase(
        _INBURGERAARS, mark("moeten binnen zes maanden klaar zijn of zijn over de termijn"),
        een=mark("inburgeraar moet binnen zes maanden klaar zijn of is over de termijn"),
    ),
    "spuk_telling": Phrase(
        _INBURGERAARS, mark("tellen mee voor het geld van het Rijk"),
        een=mark("inburgeraar telt mee voor het geld van het Rijk"),
    ),
    "pip_op_tijd": Phrase(_INBURGERAARS, mark("kregen hun plan (PIP) binnen tien weken")),
    "toets_op_tijd": Phrase(_WITH_PLAN, mark("maakten de leerbaarheidstoets op tijd")),
    "brugklas_voor_pip": Phrase(
        mark("statushouders met een plan (PIP)"), mark("begonnen daarvoor aan de brugklas")
    ),
    "routeverdeling": Phrase(_WITH_ROUTE, mark("begonnen in deze leerroute")),
    "uitstroom": Phrase(mark("leerroutes"), mark("zijn geëindigd"), een=mark("leerroute is geëindigd")),
    "maanden_tot_uitstroom": Phrase(_DONE_ROUTES, maat=mark("De tijd van plan (PIP) tot einde"), eenheid="maanden"),
    "intake_tot_pip": Phrase(_INBURGERAARS, maat=mark("De tijd van intake tot plan (PIP)"), eenheid="dagen"),
    "voldaan_binnen": Phrase(_WITH_PLAN, uitkomst=_DONE),
    "leerroute_afgerond_binnen": Phrase(_WITH_ROUTE, uitkomst=_ROUTE),
    "p50_allen": Phrase(_WITH_PLAN, maat=mark("De tijd van plan (PIP) tot voldaan"), eenheid="dagen"),
    "uitval": Phrase(_STARTED, uitkomst=_DROPOUT),
    "uit_bijstand": Phrase(mark("uitkeringen"), uitkomst=_BENEFIT),
    "termijn_verstreken": Phrase(_BUSY, mark("zijn over hun termijn heen")),
    "routewissel": Phrase(_INBURGERAARS, mark("stapten binnen anderhalf jaar over naar een andere leerroute")),
    "afschaling": Phrase(mark("inburgeraars in de B1-route"), mark("mogen examen doen op niveau A2")),
    "ontzorgen_verlengd": Phrase(_INBURGERAARS, mark("hadden langer dan een half jaar financiële hulp nodig")),
    "begeleiding_twaalf_maanden": Phrase(_INBURGERAARS, mark("kregen een jaar maatschappelijke begeleiding")),
    "examen_per_poging": Phrase(mark("gemaakte examens"), mark("waren een voldoende")),
    "examen_eerste_poging": Phrase(mark("eerste examens"), mark("waren een voldoende")),
    "examen_uiteindelijk": Phrase(_EXAMINED, mark("haalden dit examen uiteindelijk")),
    "inburgeringsexamen": Phrase(_EXAMINED, mark("haalden alle vijf de onderdelen")),
    "leerroute_geslaagd": Phrase(mark("leerroutes die zijn afgerond of gestopt"), mark("zijn afgerond")),
    "onderdeel_geslaagd": Phrase(mark("onderdelen die klaar zijn"), mark("zijn afgerond")),
    "tevredenheid": Phrase(_ANSWERS, maat=mark("Het gemiddelde rapportcijfer")),
    "aanwezigheid": Phrase(_INBURGERAARS, maat=mark("De aanwezigheid")),
    "kosten_per_persoon": Phrase(_NEW, maat=mark("Het bedrag per nieuwe inburgeraar"), eenheid="euro"),
    "formatie": Phrase(_INBURGERAARS, maat=mark("De benodigde formatie, als deel van de beschikbare,")),
    "kosten": Phrase(maat=mark("De kosten waren")),
    "participatie_actief": Phrase(
        mark("inburgeraars in de B1- of Z-route"), mark("doen nu ook mee in werk of activiteiten")
    ),
    "betaald_werk": Phrase(_BUSY, mark("hebben nu betaald werk")),
    "duaal_gestart": Phrase(
        mark("gestarte B1- en Z-routes"), mark("kregen binnen een half jaar ook werk of activiteiten")
    ),
    "doorstroom_onderwijs": Phrase(
        mark("afgeronde onderwijsroutes"), mark("leidden een half jaar later tot een opleiding")
    ),
    "niveau_behaald": Phrase(_EXAMINED, mark("haalden alle taalexamens op niveau B1 of hoger")),
    "pvt_volledig": Phrase(mark("afgeronde PVT's"), mark("duurden twaalf uur of langer")),
    "map_volledig": Phrase(mark("afgeronde MAP's"), mark("duurden veertig uur of langer")),
    "uren_z_route": Phrase(mark("afgeronde Z-routes"), mark("hadden alle uren: 800 taal en 800 participatie")),
    "route_past_bij_toets": Phrase(
        mark("inburgeraars met een duidelijke toets"), mark("kregen een route die bij de toets past")
    ),
    "werk_na_uitstroom": Phrase(mark("geslaagde inburgeraars"), mark("werkten of leerden een half jaar later")),
    "rapportage_op_tijd": Phrase(mark("rapportages"), mark("kwamen op tijd")),
    "besluiten": Phrase(mark("besluiten"), mark("zijn genomen"), een=mark("besluit is genomen")),
    "samenloop": Phrase(
        mark("mogelijke dubbele straffen"), mark("zijn gezien"), een=mark("mogelijke dubbele straf is gezien")
    ),
}  # fmt: skip
