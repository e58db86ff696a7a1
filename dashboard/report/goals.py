"""The chapters of the five sub-goals of the law: question, answer, chart, table, how to read it, who is under way."""

from collections.abc import Callable

import metrics
from dashboard import wording
from dashboard.places import municipalities
from dashboard.report import blocks, pictures, promises, said, tables
from dashboard.report.plan import QUESTIONS, STATUS
from dashboard.report.publication import Publication

_READ = "Zo leest u dit"
_WAY = "Mensen die nog bezig zijn"
_BAR = (
    "De staaf is wat is geteld. Het streepje met de twee einden laat zien waar het echte aandeel bijna zeker ligt (19"
    " van de 20 keer). Is het lang, dan gaat het om weinig mensen. Overlappen twee streepjes, dan kan het verschil"
    " toeval zijn."
)
_AS_BEFORE = "De staaf en het streepje leest u zoals bij ‘Op tijd beginnen’."
_FEW = "Bij minder dan twintig mensen geven wij geen percentage, maar zoveel van zoveel."


def _begin(goal: str, answers: list[str], changed: str = "") -> list[blocks.Block]:
    found = [blocks.paragraph(QUESTIONS[goal], "vraag")]
    if answers:
        found.append(blocks.paragraph(" ".join(answers), "antwoord"))
    if changed:
        found.append(blocks.paragraph(changed))
    return found


def _change(pub: Publication, years: metrics.Answer | None, id: str) -> str:
    """The last full year beside the one before it."""
    return said.change(years, pub.about(id, "jaar"))[1]


def _end(reading: str, under_way: str) -> list[blocks.Block]:
    return [
        blocks.heading(_READ),
        blocks.paragraph(reading, "klein"),
        blocks.heading(_WAY),
        blocks.paragraph(under_way, "klein"),
    ]


def tijdigheid(pub: Publication) -> list[blocks.Block]:
    """On time: the plan within ten weeks."""
    names = municipalities()
    years, towns = pub.get("pip_op_tijd", "jaar"), pub.get("pip_op_tijd", "gemeente")
    parts = _begin(
        "tijdigheid",
        said.total(pub.get("pip_op_tijd"), pub.about("pip_op_tijd")),
        said.change(years, pub.about("pip_op_tijd", "jaar"))[1],
    )
    parts += pictures.bars(pub, years, "Plan (PIP) binnen tien weken, per jaar")
    parts += tables.of(pub, years, "Plan (PIP) binnen tien weken, per jaar")
    if towns is not None:
        parts.append(blocks.heading("Verschil tussen gemeenten"))
        parts.append(blocks.paragraph(said.extremes(towns, "gemeente", names)))
        parts += pictures.bars(pub, towns, "Plan (PIP) binnen tien weken, per gemeente")
        parts += tables.of(pub, towns, "Plan (PIP) binnen tien weken, per gemeente")
    parts.append(blocks.heading("Andere cijfers over op tijd beginnen"))
    ids = ("intake_begonnen", "intake_tot_pip", "toets_op_tijd", "brugklas_voor_pip")
    parts += tables.singles(pub, ids, "Op tijd beginnen: andere cijfers")
    return parts + _end(
        f"De wet geeft tien weken (70 dagen) voor het plan. {_BAR} {_FEW}",
        "Wie nog geen plan heeft, telt pas mee als de tien weken voorbij zijn. Niemand telt dus te vroeg als te laat."
        " Wie binnen die tijd vertrok, telt niet mee.",
    )


def snelheid(pub: Publication) -> list[blocks.Block]:
    """How fast, and how it ends."""
    done, route = pub.get("voldaan_binnen"), pub.get("leerroute_afgerond_binnen")
    parts = _begin("snelheid", said.total(done, pub.about("voldaan_binnen")))
    parts += pictures.ends(pub, done, "Hoe het afloopt na het plan (PIP)")
    parts += tables.of(pub, done, "Hoe het afloopt na het plan (PIP), van alle mensen met een plan")
    parts += blocks.paragraphs(
        said.total(pub.get("termijn_verstreken"), pub.about("termijn_verstreken"))
        + said.total(pub.get("p50_allen"), pub.about("p50_allen"))
    )
    parts.append(blocks.heading("De leerroute"))
    parts.append(blocks.paragraph(" ".join(said.total(route, pub.about("leerroute_afgerond_binnen")))))
    parts += pictures.ends(pub, route, "Hoe de eerste leerroute afloopt")
    parts += tables.of(pub, route, "Hoe de eerste leerroute afloopt")
    parts += tables.pivot(pub, pub.get("uitstroom"), "Einde van leerroutes: aantal per reden")
    parts += tables.of(
        pub, pub.get("maanden_tot_uitstroom"), "Maanden van plan (PIP) tot het einde, van wie al klaar is"
    )
    return parts + _end(
        "De staaf is steeds het geheel: alle mensen met een plan. Elk deel is een uitkomst. Het deel ‘nog bezig’ wordt"
        " kleiner als de tijd verstrijkt. De uitkomst ‘voldaan’ is alleen van wie alles heeft gedaan; ontheven of"
        " vrijgesteld telt daar niet bij.",
        f"Zij blijven meetellen zolang wij hen volgen. {said.following(done, 36)} Tijden van wie al klaar is, lijken"
        " korter dan zij worden: wie langer nodig heeft, zit er nog niet bij. Daarom beginnen wij met alle mensen.",
    )


def maatwerk(pub: Publication) -> list[blocks.Block]:
    """Does the route fit."""
    years, offer = pub.get("routewissel", "jaar"), pub.get("aanbod_gekregen")
    parts = _begin(
        "maatwerk",
        said.total(pub.get("routewissel"), pub.about("routewissel")),
        said.change(years, pub.about("routewissel", "jaar"))[1],
    )
    parts += pictures.bars(pub, years, "Overstap naar een andere leerroute, per jaar van start")
    parts += tables.of(pub, years, "Overstap naar een andere leerroute binnen anderhalf jaar, per jaar van start")
    parts.append(blocks.heading("Andere cijfers over maatwerk"))
    ids = ("route_past_bij_toets", "afschaling", "ontzorgen_verlengd", "begeleiding_twaalf_maanden")
    parts += tables.singles(pub, ids, "Maatwerk: andere cijfers")
    parts.append(blocks.heading("Krijgt iedereen het aanbod?"))
    parts += tables.pivot(pub, offer, "Aanbod gekregen, van wie er recht op heeft")
    return parts + _end(
        "Een overstap is niet altijd slecht: soms blijkt iemand meer of minder aan te kunnen. Veel overstappen is een"
        f" teken dat de eerste keuze beter kan. Afschalen mag pas na 600 uur les met inzet. {_AS_BEFORE}",
        "Een overstap telt alleen bij mensen die al anderhalf jaar geleden begonnen: zo lang mag men overstappen. Bij"
        " het aanbod telt iedereen mee die er recht op heeft, ook wie er nog op wacht. Dat cijfer loopt dus nog op.",
    )


def dualiteit(pub: Publication) -> list[blocks.Block]:
    """Learning and taking part, together."""
    years, benefit = pub.get("duaal_gestart", "jaar"), pub.get("uit_bijstand")
    parts = _begin("dualiteit", said.total(pub.get("participatie_actief"), pub.about("participatie_actief")))
    parts.append(blocks.paragraph(" ".join(said.total(pub.get("duaal_gestart"), pub.about("duaal_gestart")))))
    if text := _change(pub, years, "duaal_gestart"):
        parts.append(blocks.paragraph(text))
    parts += pictures.bars(pub, years, "Taal en meedoen samen begonnen, per jaar van start")
    parts += tables.of(pub, years, "Taal en meedoen samen begonnen, per jaar van start")
    parts.append(blocks.heading("Werk en uitkering"))
    parts += tables.singles(pub, ("betaald_werk", "werk_na_uitstroom", "doorstroom_onderwijs"), "Werk en opleiding")
    parts.append(blocks.paragraph(" ".join(said.total(benefit, pub.about("uit_bijstand")))))
    parts += pictures.ends(pub, benefit, "Hoe uitkeringen aflopen")
    parts += tables.of(pub, benefit, "Hoe uitkeringen aflopen")
    return parts + _end(
        "In de B1-route en de Z-route horen taal en meedoen samen. Meedoen kan werk zijn, een stage of"
        f" vrijwilligerswerk. {_AS_BEFORE}",
        "‘Doet nu mee’ gaat over mensen die nog bezig zijn: het is een foto van één dag. ‘Werk na de inburgering’ gaat"
        " alleen over wie een half jaar geleden klaar was. Van de anderen weten wij nog niet of zij straks werken.",
    )


def kwaliteit(pub: Publication) -> list[blocks.Block]:
    """Do people learn enough."""
    names = municipalities()
    exams, dropout = pub.get("examen_per_poging"), pub.get("uitval")
    present, parts_done = pub.get("aanwezigheid", "jaar"), pub.get("onderdeel_geslaagd")
    parts = _begin("kwaliteit", said.total(pub.get("inburgeringsexamen"), pub.about("inburgeringsexamen")))
    parts.append(blocks.paragraph(said.extremes(exams, "onderdeel", names)))
    parts += pictures.bars(pub, exams, "Geslaagde examens per poging")
    parts += tables.of(pub, exams, "Geslaagde examens per poging, per onderdeel")
    parts.append(blocks.heading("Uitval"))
    parts.append(blocks.paragraph(" ".join(_dropout(dropout) or said.total(dropout, pub.about("uitval")))))
    parts += pictures.ends(pub, dropout, "Hoe leerroutes aflopen, vanaf de start")
    parts += tables.of(pub, dropout, "Hoe leerroutes aflopen, vanaf de start")
    parts.append(blocks.heading("Aanwezigheid en onderdelen"))
    parts += pictures.bars(pub, present, "Aanwezigheid, per soort en jaar")
    parts += tables.pivot(pub, present, "Aanwezigheid: gevolgde uren van de geplande uren, met het aantal mensen")
    parts += tables.of(pub, parts_done, "Afgeronde onderdelen")
    ids = ("niveau_behaald", "leerroute_geslaagd", "pvt_volledig", "map_volledig", "uren_z_route")
    parts += tables.singles(pub, ids, "Kwaliteit: andere cijfers")
    return parts + _end(
        f"Een poging is één gemaakt examen. Wie zakt en later slaagt, telt twee keer. {_AS_BEFORE} De aanwezigheid is"
        " een deling van uren, geen aandeel van mensen; daarom staan er geen grenzen bij.",
        "Een uitslag komt na acht weken, soms na zestien. Het laatste kwartaal is dus voorlopig. Wie nog geen examen"
        " deed, telt niet mee: niet als geslaagd en niet als gezakt. Bij uitval blijft wie nog bezig is meetellen"
        " zolang wij hem volgen.",
    )


def _dropout(answer: metrics.Answer | None) -> list[str]:
    """The first year of what began, as the headline of dropping out."""
    row = said.row_of(answer, horizon=365, einde="uitval")
    if row is None or not isinstance(row.get("waarde"), int | float):
        return []
    low, high = row.get("laag"), row.get("hoog")
    text = f"Van wie aan een leerroute begint, is na een jaar {wording.percentage(row['waarde'])} uitgevallen."
    return [text, f"Het echte aandeel ligt waarschijnlijk {wording.interval(low, high)}."]


GOALS: dict[str, Callable[[Publication], list[blocks.Block]]] = {
    "tijdigheid": tijdigheid,
    "snelheid": snelheid,
    "maatwerk": maatwerk,
    "dualiteit": dualiteit,
    "kwaliteit": kwaliteit,
}


def instroom(pub: Publication) -> list[blocks.Block]:
    """Who came, beside what was expected."""
    years, status = pub.get("instroom", "jaar"), pub.get("instroom", "jaar", doelgroep=STATUS)
    routes, towns = pub.get("routeverdeling", doelgroep=STATUS), pub.get("instroom", "gemeente")
    parts = _begin(
        "instroom",
        said.total(pub.get("instroom"), pub.about("instroom")),
        said.change(years, pub.about("instroom", "jaar"))[1],
    )
    parts += pictures.bars(pub, years, "Nieuwe inburgeraars per jaar")
    parts += promises.inflow(pub, years, status)
    parts += tables.of(pub, pub.get("instroom", "doelgroep"), "Nieuwe inburgeraars per doelgroep")
    if towns is not None:
        parts += pictures.bars(pub, towns, "Nieuwe inburgeraars per gemeente")
        parts += tables.of(pub, towns, "Nieuwe inburgeraars per gemeente")
    if (task := pub.get("taakstelling")) is not None:
        parts += tables.of(pub, task, "Taakstelling: statushouders gehuisvest, van het aantal dat het Rijk vroeg")
    parts.append(blocks.heading("De leerroutes"))
    if routes is not None and routes.rijen:
        for row in routes.rijen:
            route = said.capital(wording.dimension("leerroute", row["leerroute"]))
            parts.append(
                blocks.paragraph(
                    f"{route}: {said.told(routes.definition, row)}. Verwacht was "
                    f"{_expected(row)}: {said.expected(row)}."
                )
            )
        parts += pictures.bars(pub, routes, "Leerroutes van statushouders, naast de verwachting", mark="verwacht")
        parts += tables.of(pub, routes, "Leerroutes van statushouders, naast de verwachting")
    else:
        parts.append(blocks.paragraph("Over leerroutes is niets geleverd."))
    return parts + _end(
        "De staaf is het aantal mensen dat in dat jaar inburgeringsplichtig werd. Bij de leerroutes is de ruit wat het"
        f" beleidsdocument verwachtte. {_FEW}",
        "Iedereen die begon, telt mee: ook wie nog bezig is of vertrok. Wie later een andere route kreeg, staat hier"
        " bij de eerste.",
    )


def _expected(row: said.Row) -> str:
    want = row.get("verwacht")
    return wording.percentage(want) if isinstance(want, int | float) else "niet bekend"
