"""What it cost beside what was planned, with the policy document's own sums as the starting point."""

from typing import Any

import polars as pl

from dashboard import wording
from dashboard.report import blocks, pictures, said, tables
from dashboard.report.plan import QUESTIONS, TEAM
from dashboard.report.publication import Publication, place_name
from data import referentie

_BUDGETS = ("voorzieningen", "uitvoering", "re-integratie", "invoering")


def chapter(pub: Publication) -> list[blocks.Block]:
    """Costs against budget."""
    rows = tables.budgets(pub.get("kosten"))
    years = tables.per_year(rows)
    parts = [blocks.paragraph(QUESTIONS["kosten"], "vraag")]
    if not rows:
        parts.append(
            blocks.paragraph(
                "Over de kosten is niets geleverd. Wij kunnen deze vraag dus niet beantwoorden.", "antwoord"
            )
        )
    else:
        parts.append(blocks.paragraph(" ".join(answer(pub)), "antwoord"))
    parts += pictures.money(
        [(str(year), *pair) for year, pair in years.items()], "Uitgegeven per jaar, naast de begroting"
    )
    parts += _per_budget(rows)
    parts.append(blocks.heading("Per persoon, en het geld van het Rijk"))
    parts += tables.of(pub, pub.get("kosten_per_persoon"), "Voorzieningen per nieuwe inburgeraar, in euro's")
    parts += tables.of(pub, pub.get("spuk_saldo"), "Geld van het Rijk voor voorzieningen, min wat is uitgegeven")
    parts.append(
        blocks.paragraph(
            "Het Rijk betaalt voor wie in een jaar komt; de kosten lopen over drie jaren. Een saldo onder nul is een"
            " tekort in dat jaar.",
            "klein",
        )
    )
    parts += tables.of(pub, pub.get("uitvoeringstekort"), "Tekort op de uitvoering, per jaar")
    parts += _staff(pub)
    parts += _starting_point()
    return [
        *parts,
        blocks.heading("Zo leest u dit"),
        blocks.paragraph(
            "Bedragen zijn geboekte uitgaven; wat nog betaald moet worden, telt niet mee. De ruit in de grafiek is de"
            " begroting. De regeling heeft een open einde: komen er meer mensen, dan kost het meer."
        ),
        blocks.heading("Mensen die nog bezig zijn"),
        blocks.paragraph(
            "De kosten van wie nog bezig is, tellen al mee; wat het oplevert nog niet. Een bedrag per resultaat geven"
            " wij daarom niet."
        ),
    ]


def _per_budget(rows: list[dict[str, Any]]) -> list[blocks.Block]:
    """Years beside each other, budgets under each other; the judgement is of the last year."""
    if not rows:
        return []
    years = sorted({row["jaar"] for row in rows})
    cells = {(row["budget"], row["jaar"]): row for row in rows}
    body = []
    for budget in sorted({row["budget"] for row in rows}, key=_place):
        mine = [cells.get((budget, year)) for year in years]
        last = mine[-1]
        body.append(
            [
                said.capital(budget),
                *(_spent(row) for row in mine),
                said.spending(last["waarde"], last["begroot"]) if last else "–",
            ]
        )
    head = ["Budget", *(str(year) for year in years), f"In {years[-1]}"]
    return [
        blocks.table(
            "Uitgegeven van wat is begroot, per budget en jaar", head, body, left=1, widths=[0, *(1 for _ in head[1:])]
        )
    ]


def _place(budget: str) -> int:
    return _BUDGETS.index(budget) if budget in _BUDGETS else len(_BUDGETS)


def _spent(row: dict[str, Any] | None) -> str:
    if row is None:
        return "–"
    planned = f" van {wording.euros(row['begroot'])}" if row["begroot"] else ""
    return (pictures.short(wording.euros(row["waarde"])) + planned).replace("€ ", "€\u00a0")  # an amount is one word


def answer(pub: Publication) -> list[str]:
    """The last full year, and everything since the begin of the period."""
    years = tables.per_year(tables.budgets(pub.get("kosten")))
    whole = [
        year
        for year in years
        if year <= pub.day.year and (year < pub.day.year or (pub.day.month, pub.day.day) == (12, 31))
    ]
    if not years:
        return ["Over de kosten is niets geleverd."]
    found = []
    if whole:
        spent, planned = years[whole[-1]]
        text = f"In {whole[-1]} is {wording.euros(spent)} uitgegeven"
        text += f"; begroot was {wording.euros(planned)}. Dat is {said.spending(spent, planned)}." if planned else "."
        found.append(text)
    total = sum(spent for spent, _ in years.values())
    planned = sum(budget for _, budget in years.values())
    text = f"In de hele periode ({wording.period(pub.van, pub.tot)}) is het {wording.euros(total)}"
    return [*found, text + (f", van {wording.euros(planned)} begroot." if planned else ".")]


def _staff(pub: Publication) -> list[blocks.Block]:
    """The people that the work asks beside the team that there is; only for those that it serves."""
    if pub.towns and not set(pub.towns) <= set(TEAM):
        return []
    found = pub.get("formatie", gemeente=TEAM)
    row = found.rijen[0] if found is not None and found.rijen else None
    if found is None or row is None:
        return []
    if wording.is_hidden(row.get("teller")) or row.get("teller") is None:
        return [blocks.paragraph("Hoeveel formatie nodig is, tonen wij niet: de groep is te klein.")]
    return [
        blocks.paragraph(
            f"Formatie van {place_name(TEAM)}: nodig is {wording.number(row['teller'], 1)} fte, beschikbaar is "
            f"{wording.number(row['noemer'], 1)} fte. Wij rekenen 15 uur per jaar per persoon die nog bezig is."
        )
    ]


def _starting_point() -> list[blocks.Block]:
    """The policy document's sums, each total computed from its parts; where a printed total differs, that is said."""
    costs = referentie.frame("voorzieningen")
    tariffs = {
        row["doelgroep"]: row["tarief"]
        for row in referentie.frame("tarieven").filter(pl.col("jaar") == 2022).to_dicts()
    }
    groups = ("asielstatushouder", "gezinsmigrant")
    prices = {(row["doelgroep"], row["onderdeel"]): row["bedrag"] for row in costs.iter_rows(named=True)}
    whole = {group: int(costs.filter(pl.col("doelgroep") == group)["bedrag"].sum()) for group in groups}
    body = [
        [
            said.capital(part),
            *(wording.euros(prices[group, part]) if (group, part) in prices else "–" for group in groups),
        ]
        for part in dict.fromkeys(costs["onderdeel"])
    ]
    body.append(["Samen", *(wording.euros(whole[group]) for group in groups)])
    body.append(["Het Rijk betaalt", *(wording.euros(tariffs[group]) for group in groups)])
    body.append(["Tekort per persoon", *(wording.euros(whole[group] - tariffs[group]) for group in groups)])
    short = {row["onderwerp"]: row["gedrukt"] for row in referentie.frame("tekort").iter_rows(named=True)}
    asylum = whole["asielstatushouder"] - tariffs["asielstatushouder"]
    persons = int(referentie.frame("taakstelling")["personen"][0])
    budget = referentie.frame("uitvoering").filter(pl.col("gemeentecode") == "0397")
    planned = {str(row["jaar"]): wording.euros(row["budget"]) for row in budget.sort("jaar").iter_rows(named=True)}
    form = referentie.frame("formatie")
    staff = [
        [
            row["onderdeel"],
            f"{wording.number(row['waarde'], 2)} fte" if row["soort"] == "fte" else wording.euros(row["waarde"]),
        ]
        for row in form.iter_rows(named=True)
        if row["soort"] in ("fte", "euro")
    ]
    totals: dict[str, Any] = {one["onderdeel"]: one for one in referentie.totalen() if one["onderwerp"] == "formatie"}
    staff.append(["fte samen", f"{wording.number(totals['fte']['berekend'], 2)} fte"])
    staff.append(["kosten samen", wording.euros(totals["totaal Heemstede en Bloemendaal"]["berekend"])])
    return [
        blocks.heading("Waarmee wij begonnen: de bedragen van het beleidsdocument"),
        blocks.table(
            "Inburgeringsvoorzieningen per persoon (P-§6.2)",
            ["Onderdeel", "Asielstatushouder", "Gezinsmigrant"],
            body,
            left=1,
        ),
        blocks.paragraph(
            f"Het tekort van {wording.euros(asylum)} per asielstatushouder, keer {persons} mensen, is"
            f" {wording.euros(asylum * persons)}. Het beleidsdocument rondt dat af op"
            f" {wording.euros(short['voorzieningen Heemstede'])} en betaalt het uit het re-integratiebudget."
        ),
        blocks.table(
            "Budget van Heemstede voor de uitvoering (P-§6.2)",
            ["Jaar", *planned],
            [["Budget", *planned.values()]],
            left=1,
        ),
        blocks.table(
            "Formatie en kosten van de uitvoering, Heemstede en Bloemendaal (P-§6.2)",
            ["Onderdeel", "Omvang"],
            staff,
            left=1,
        ),
        blocks.paragraph(
            "Heemstede draagt 52%, Bloemendaal 48%. Het beleidsdocument voorzag voor Heemstede een blijvend tekort van"
            f" {wording.euros(short['uitvoering Heemstede'])} per jaar op de uitvoering (€ 141.000 min € 101.000)."
        ),
        *_printed(),
    ]


def _printed() -> list[blocks.Block]:
    """Printed totals that are not the sum of their parts."""
    return [
        blocks.note(
            f"In het beleidsdocument klopt een totaal niet ({one['onderwerp']}, {one['onderdeel']}): gedrukt staat "
            f"{wording.number(one['gedrukt'])}, de delen zijn samen {wording.number(one['berekend'])}. Wij rekenen met "
            f"{wording.number(one['berekend'])}."
        )
        for one in referentie.afwijkende_totalen()
    ]


def by_budget(pub: Publication, year: int) -> list[str]:
    """One line per budget of a year, for the summary."""
    rows = [row for row in tables.budgets(pub.get("kosten")) if row["jaar"] == year]
    rows.sort(key=lambda row: _place(row["budget"]))
    return [
        f"{said.capital(row['budget'])}: {pictures.short(wording.euros(row['waarde']))}"
        + (f", {said.spending(row['waarde'], row['begroot'])}." if row["begroot"] else ".")
        for row in rows
    ]
