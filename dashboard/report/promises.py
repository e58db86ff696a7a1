"""What the law asked and what the municipality promised: the policy document's figures, beside what became of them."""

from collections.abc import Sequence
from typing import Any

import polars as pl

import metrics
from dashboard import wording
from dashboard.places import municipalities
from dashboard.report import blocks, said
from dashboard.report.publication import Publication
from data import referentie

_GOALS = (
    ("Tijdigheid", "Binnen tien weken na huisvesting (statushouder) of begin van de plicht een plan (PIP)."),
    ("Snelheid", "Binnen de wettelijke termijn van drie jaar succesvol klaar."),
    ("Maatwerk", "Een passende leerroute, en steun die past bij de persoon."),
    ("Dualiteit", "Taal leren en meedoen gaan samen in de B1-route en de Z-route."),
    ("Kwaliteit", "Een zo hoog mogelijk taalniveau en goede lessen."),
)
_NORMS = (
    ("Plan (PIP)", "binnen 10 weken (70 dagen)", "P-§5; Besluit inburgering art. 5.3"),
    ("Inburgeringstermijn", "3 jaar vanaf de dag na het eerste plan", "P-§5; Wi2021 art. 11-12"),
    ("Leerbaarheidstoets", "voor het plan", "P-§5"),
    ("Brugklas (statushouders)", "6 weken, voor het plan", "P-§5"),
    ("PVT", "ten minste 12 uur", "P-§5"),
    ("Z-route (statushouders)", "800 uur taal en KNM, 800 uur meedoen", "Besluit art. 3.14"),
    ("Overstap van leerroute", "binnen anderhalf jaar na de start", "wet, aanbesteding"),
    ("Afschalen van B1 naar A2", "pas na 600 uur les met inzet", "Besluit art. 5.5"),
    ("Financieel ontzorgen", "6 maanden; verlengen is maatwerk", "P-§5"),
    ("Maatschappelijke begeleiding", "12 maanden", "P-§5"),
)


def chapter(pub: Publication) -> list[blocks.Block]:
    """What the law and the policy document say."""
    offer = [
        ["Brede intake en plan (PIP)", "ja", "ja"],
        ["Brugklas (geen wettelijke taak)", "ja", "nee"],
        ["Participatieverklaringstraject (PVT)", "ja", "ja"],
        ["Maatschappelijke begeleiding", "ja", "nee"],
        ["Financieel ontzorgen, zes maanden", "ja", "nee"],
        ["Leerroute met KNM", "ja", "nee: kiest en betaalt zelf"],
        ["Module arbeidsmarkt en participatie (MAP)", "ja", "ja"],
    ]
    return [
        blocks.paragraph(
            "De Wet inburgering 2021 geldt vanaf 1 januari 2022. De gemeente begeleidt nieuwkomers bij hun inburgering."
            " De wet heeft vijf doelen; die zijn de hoofdstukken van dit rapport."
        ),
        blocks.table(
            "De vijf doelen, en wat wij daarbij beloofden", ["Doel", "Belofte"], _GOALS, left=2, widths=[0, 1]
        ),
        blocks.paragraph(
            "Geslaagd is volgens het beleidsdocument: klaar binnen drie jaar; een baan of opleiding die leidt tot eigen"
            " inkomen, of anders een zinvolle dag; en zelfredzaam zijn. Over zelfredzaamheid staat meer bij ‘Wat de"
            " gegevens niet zeggen’."
        ),
        blocks.table(
            "Normen uit de wet en het beleidsdocument", ["Onderdeel", "Norm", "Bron"], _NORMS, left=3, widths=[0, 1, 0]
        ),
        blocks.table(
            "Wat de gemeente moet aanbieden",
            ["Aanbod", "Statushouders", "Gezins- en overige migranten"],
            offer,
            left=3,
            widths=[1, 0, 0],
        ),
        blocks.paragraph(
            "Wanneer evalueren wij? Niet voor 1 januari 2024, eerder als de cijfers of de uitvoering daar aanleiding"
            " voor geven, en weer op 1 januari 2026. Daarna om de twee jaar. De eerste periode is lang omdat eerder"
            " bijna iedereen nog bezig is."
        ),
    ]


def inflow(pub: Publication, years: metrics.Answer | None, status: metrics.Answer | None) -> list[blocks.Block]:
    """Instroom per year beside the volumes of the policy document for the same municipalities."""
    if years is None or not years.rijen:
        return []
    frame = referentie.frame("instroom")
    towns = pub.towns or tuple(code for code, name in municipalities().items() if name and _in_region(code))
    known = frame.filter(pl.col("gemeentecode").is_in(list(towns)))
    body: list[Sequence[str]] = []
    for year in (2020, 2021):
        one = known.filter((pl.col("groep") == "statushouders") & (pl.col("jaar") == year))
        if len(one):
            body.append([f"{year} (beleidsdocument)", "–", wording.number(int(one["aantal"].sum()))])
    split = years.per[-1]  # a year, or two years when a year is too small
    for row in years.rijen:
        part = said.row_of(status, **{split: row[split]}) if status is not None and split in status.per else None
        count = "–" if part is None else _short(wording.number(part["aantal"]))
        body.append([str(row[split]), _short(wording.number(row["aantal"])), count])
    lines = [
        blocks.table(
            "Nieuwe inburgeraars per jaar, naast de aantallen waarmee is begonnen",
            ["Jaar", "Nieuwe inburgeraars", "Waarvan statushouders"],
            body,
            left=1,
        )
    ]
    lines.append(blocks.paragraph(_against(known, status)))
    if set(towns) == {"0397"}:
        lines.append(
            blocks.paragraph(
                "Voor 2021 kreeg Heemstede een taakstelling van 17 keer 2 halfjaren: 34 mensen. Van hen is naar"
                " verwachting 60% inburgeringsplichtig: 20 mensen (afgerond van 20,4). Daarnaast rekende het"
                " beleidsdocument op 10 tot 15 gezinsmigranten per jaar."
            )
        )
    return lines


def _against(known: pl.DataFrame, status: metrics.Answer | None) -> str:
    """The last full year beside 2021, with whether chance can make the difference (Poisson)."""
    one = known.filter((pl.col("groep") == "statushouders") & (pl.col("jaar") == 2021))
    if status is None or not len(one):
        return "In het beleidsdocument staan voor deze gemeenten geen aantallen om mee te vergelijken."
    years = said.full_years(status)
    row = said.row_of(status, jaar=years[-1]) if years else None
    if row is None:
        return "Er is nog geen heel jaar om met het beleidsdocument te vergelijken."
    before = {"aantal": int(one["aantal"].sum())}
    state, text = wording.compare("aantal", row, before, "2021, volgens het beleidsdocument,")
    if state in ("verborgen", "leeg"):
        return f"De instroom van {years[-1]} vergelijken met het beleidsdocument kan niet: het aantal tonen wij niet."
    return f"In {years[-1]} kwamen er {wording.amount(row['aantal'], 'statushouder', 'statushouders')}. {text}"


def _in_region(code: str) -> bool:
    rows: dict[str, Any] = referentie.gemeenten().filter(pl.col("gemeentecode") == code).to_dicts()[0]
    return rows["regio"] is not None


def _short(text: str) -> str:
    return "verborgen" if text == wording.HIDDEN else text
