"""What is coming: instroom with its bounds, what that costs, and the money of the State beside it."""

from typing import Any

from dash import html

from dashboard import access, wording
from dashboard.components import plain_table, section
from dashboard.components.card import graph
from dashboard.figures import forecast_chart
from dashboard.pages.context import Context

_ALL = "allen"
_BOUNDS = "De grenzen (95 %) gaan over het aantal mensen. Een prognose blijft onzeker: kijk elk kwartaal opnieuw."


def instroom_ahead(context: Context) -> Any:
    """How many people are expected, in a sentence, a picture and a table."""
    if not _possible(context):
        return None
    rows = context.desk.outlook(context.snapshot, context.view)["instroom"]
    mine = [row for row in rows if row["groep"] == _ALL and row["verwacht"] is not None]
    if not mine:
        return section("Wat komt eraan?", html.P("Er zijn nog te weinig kwartalen voor een verwachting."))
    counted = [(row["jaar"], row["aantal"]) for row in context.answer("instroom", ("jaar",)).rijen]
    drawn = forecast_chart([pair for pair in counted if isinstance(pair[1], int)], mine)
    table = [
        [
            str(row.get("halfjaar") or row["jaar"]), row["groep"], wording.number(row["bekend"]),
            wording.number(row["verwacht"]) if row["verwacht"] is not None else "–",
            f"{wording.number(row['laag'])} tot {wording.number(row['hoog'])}" if row["laag"] is not None else "–",
            row["op_basis_van"],
        ]
        for row in rows
    ]  # fmt: skip
    head = ["Jaar", "Groep", "Al bekend", "Verwacht", "Grenzen (95 %)", "Op basis van"]
    first = mine[0]
    said = (
        f"In {first['jaar']} verwachten wij {wording.number(first['verwacht'])} nieuwe inburgeraars, waarschijnlijk "
        f"{wording.interval(first['laag'], first['hoog'], of_hundred=False)}."
    )
    label = "Verwachte instroom"
    return section(
        "Wat komt eraan?",
        html.Article(
            [
                html.P(said, className="zin"),
                graph(drawn, label, "verwacht-instroom") if drawn else None,
                html.Details([html.Summary("Toon als tabel"), plain_table(head, table, left=2, label=label)]),
                html.P(_BOUNDS, className="opmerking"),
            ],
            className="kaart",
        ),
    )


def costs_ahead(context: Context) -> Any:
    """What the people who are expected cost beside what the State pays for them; and the years before."""
    if not _possible(context):
        return None
    found = context.desk.outlook(context.snapshot, context.view)
    rows = [row for row in found["kosten"] if row["aantal"] is not None]
    if not rows:
        return section("Wat komt eraan?", html.P("Er zijn nog te weinig kwartalen voor een verwachting."))
    year = rows[0]["jaar"]
    mine = [row for row in rows if row["jaar"] == year]
    cost = sum(row["kosten"] for row in mine)
    who = f"Voor de asielstatushouders en gezinsmigranten die in {year} beginnen"
    said = f"{who}, verwachten wij {wording.euros(cost)} aan voorzieningen."
    if all(row["rijk"] is not None for row in mine):
        paid = sum(row["rijk"] for row in mine)
        short = "te kort" if paid < cost else "over"
        said += f" Het Rijk betaalt daarvoor {wording.euros(paid)}: {wording.euros(abs(paid - cost))} {short}."
    else:
        said += " Wat het Rijk daarvoor betaalt, is nog niet bekend."
    table = [
        [
            str(row["jaar"]), wording.dimension("doelgroep", row["doelgroep"]), wording.number(row["aantal"]),
            f"{wording.number(row['laag'])} tot {wording.number(row['hoog'])}", wording.euros(row["kosten"]),
            wording.euros(row["rijk"]) if row["rijk"] is not None else "tarief nog niet bekend",
            wording.euros(row["saldo"]) if row["saldo"] is not None else "–",
        ]
        for row in rows
    ]  # fmt: skip
    spuk = [
        [
            str(row["jaar"]), wording.number(row["asielstatushouder"]), wording.number(row["gezinsmigrant"]),
            wording.euros(row["rijk"]), wording.euros(row["boekingen"]), wording.euros(row["saldo"]),
        ]
        for row in found["spuk"]
    ]  # fmt: skip
    head = ["Jaar", "Doelgroep", "Verwacht", "Grenzen (95 %)", "Kosten", "Rijk", "Verschil"]
    past = ["Jaar", "Asielstatushouders", "Gezinsmigranten", "Rijk", "Geboekt", "Verschil"]
    return section(
        "Wat komt eraan?",
        html.Article(
            [
                html.P(said, className="zin"),
                html.Details(
                    [
                        html.Summary("Verwachte kosten als tabel"),
                        plain_table(head, table, left=2, label="Verwachte kosten"),
                    ]
                ),
                html.Details(
                    [
                        html.Summary("Het geld van het Rijk (SPUK) in de jaren ervoor"),
                        plain_table(past, spuk, label="SPUK per jaar"),
                    ]
                ),
                html.P(_BOUNDS, className="opmerking"),
            ],
            className="kaart",
        ),
    )


def _possible(context: Context) -> bool:
    """For who sees exact figures, of the whole time: a chosen period or contract has no forecast of its own."""
    view = context.view
    return access.current().exact and not (view.van or view.tot or set(view.filters) - {"gemeente"})
