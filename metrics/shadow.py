"""The base tables as they were on the peildatum and as far as one's rights go, under their own names.

A definition only sees these shadows. Nothing after the peildatum exists in them; persons of other municipalities
neither. Everything here is applied once, so that no definition can forget it.
"""

_P = "$peildatum"
# every row belongs to a known person (publishing holds that), so leaving out who is not seen is the same as keeping who
# is; and it is quick, for few people become inburgeringsplichtig after the peildatum
_PERSON = "WHERE persoon NOT IN (SELECT persoon FROM _unseen)"


def _upto(column: str) -> str:
    return f"CASE WHEN {column} <= {_P} THEN {column} END AS {column}"


def _ended(column: str, end: str = "einde") -> str:
    """A value that came with the end is not there yet when the end is after the peildatum."""
    return f"CASE WHEN {end} IS NULL OR {end} <= {_P} THEN {column} END AS {column}"


_OWN = "($alle OR gemeentecode IN (SELECT unnest($gemeenten)))"

# the persons who are not in the shadow of personen: later than the peildatum, or beyond one's rights
UNSEEN = f"SELECT persoon FROM main.personen WHERE NOT (datum_plichtig <= {_P} AND {_OWN})"

SHADOWS: dict[str, str] = {
    "personen": f"""SELECT persoon, geboortejaar, geslacht, gemeentecode, doelgroep, datum_plichtig,
        {_upto("datum_huisvesting")}, {_upto("datum_vertrek")}
        FROM main.personen WHERE datum_plichtig <= {_P} AND {_OWN}""",
    "trajecten": f"""SELECT persoon, {_upto("datum_intake_1")}, {_upto("datum_intake_2")},
        {_upto("datum_leerbaarheidstoets")}, {_upto("datum_pip")}, {_upto("datum_einde")},
        {_ended("uitkomst", "datum_einde")},
        CASE WHEN datum_leerbaarheidstoets <= {_P} THEN toets_uitslag END AS toets_uitslag, alfabetisering
        FROM main.trajecten {_PERSON}""",
    "leerroutes": f"""SELECT persoon, leerroute, contract, start, {_upto("einde")}, {_ended("reden_einde")},
        {_ended("niveau")} FROM main.leerroutes {_PERSON} AND start <= {_P}""",
    "onderdelen": f"""SELECT persoon, onderdeel, contract, start, {_upto("einde")}, {_ended("uren")},
        CASE WHEN einde > {_P} THEN 'loopt' ELSE resultaat END AS resultaat, verlengd, {_upto("eindgesprek")},
        {_upto("ondertekend")}, overgedragen FROM main.onderdelen {_PERSON} AND start <= {_P}""",
    "examens": f"""SELECT persoon, onderdeel, niveau, examendatum, resultaat, reden_geen_resultaat
        FROM main.examens {_PERSON} AND examendatum <= {_P}""",
    "besluiten": f"""SELECT persoon, datum, soort, grondslag, bedrag, maanden, instantie
        FROM main.besluiten {_PERSON} AND datum <= {_P}""",
    "participatie": f"""SELECT persoon, vorm, start, {_upto("einde")}, uren_per_week
        FROM main.participatie {_PERSON} AND start <= {_P}""",
    "uren": f"""SELECT persoon, contract, maand, soort, uren_gepland, uren_aanwezig
        FROM main.uren {_PERSON} AND maand <= {_P}""",
    "uitkeringen": f"""SELECT persoon, start, {_upto("einde")}, {_ended("reden_einde")}
        FROM main.uitkeringen {_PERSON} AND start <= {_P}""",
    "gesprekken": f"SELECT persoon, datum, soort FROM main.gesprekken {_PERSON} AND datum <= {_P}",
    "tevredenheid": f"""SELECT onderdeel, contract, gemeentecode, datum, score FROM main.tevredenheid
        WHERE datum <= {_P} AND ($alle OR gemeentecode IS NULL OR gemeentecode IN (SELECT unnest($gemeenten)))""",
    "uitnodigingen": "SELECT onderdeel, contract, kwartaal, uitgenodigd FROM main.uitnodigingen",
    "boekingen": f"""SELECT boekstuk, datum, gemeentecode, budget, kostensoort, contract, doelgroep, bedrag
        FROM main.boekingen WHERE datum <= {_P} AND soort = 'realisatie' AND {_OWN}""",
    "begroting": f"SELECT jaar, gemeentecode, budget, kostensoort, bedrag FROM main.begroting WHERE {_OWN}",
    "taakstelling": f"SELECT halfjaar, gemeentecode, aantal FROM main.taakstelling WHERE {_OWN}",
    "rapportages": f"SELECT contract, kwartaal, datum FROM main.rapportages WHERE datum <= {_P}",
    "leveringen": """SELECT bestand, soort, status, contract, kwartaal, gelezen, geladen, identiek, vervangen, geweigerd
        FROM main.leveringen""",
    "bevindingen": "SELECT soort, contract, kwartaal FROM main.bevindingen",
    "contracten": "SELECT contract, van, tot, ritme, termijn_dagen FROM main.contracten",
    "ref_gemeenten": "SELECT gemeentecode, gemeente, regio FROM main.ref_gemeenten",
    "ref_routes": "SELECT doelgroep, leerroute, verwacht FROM main.ref_routes",
    "ref_tarieven": "SELECT jaar, doelgroep, tarief FROM main.ref_tarieven",
    "ref_uitvoering": "SELECT jaar, gemeentecode, budget, aandeel, fte, uren_per_fte FROM main.ref_uitvoering",
}

# the age classes of the specification: year of datum_plichtig minus birth year
AGE = """CASE WHEN year(p.datum_plichtig) - p.geboortejaar < 25 THEN '<25'
    WHEN year(p.datum_plichtig) - p.geboortejaar < 35 THEN '25-34'
    WHEN year(p.datum_plichtig) - p.geboortejaar < 45 THEN '35-44' ELSE '45+' END"""

PERSON_SQL = {
    "gemeente": "p.gemeentecode",
    "doelgroep": "p.doelgroep",
    "cohort": "year(p.datum_plichtig)",
    "geslacht": "p.geslacht",
    "leeftijd": AGE,
    "leerroute": "f.leerroute",
}
_PAIR = "(year(u.datum) - (year(CAST($tot AS DATE)) - year(u.datum) + 1) % 2)"
TIME_SQL = {
    "jaar": "year(u.datum)",
    "kwartaal": "year(u.datum) || '-K' || quarter(u.datum)",
    "maand": "strftime(u.datum, '%Y-%m')",
    # two calendar years, counted back from the last year of the period; a first year left over stands alone
    "tweejaar": f"""CASE WHEN {_PAIR} < year(CAST($van AS DATE)) THEN '' || year(u.datum)
        ELSE {_PAIR} || '-' || ({_PAIR} + 1) END""",
}
FIRST_ROUTE = """SELECT persoon, arg_min(leerroute, (start, CASE leerroute WHEN 'B1' THEN 1 WHEN 'onderwijs' THEN 2
    ELSE 3 END)) AS leerroute FROM leerroutes GROUP BY persoon"""
CONTRACTS_OF = """SELECT persoon, contract FROM leerroutes WHERE contract IS NOT NULL
    UNION SELECT persoon, contract FROM onderdelen WHERE contract IS NOT NULL"""
