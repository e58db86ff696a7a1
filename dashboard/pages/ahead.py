"""What is coming: instroom with its bounds, what that costs, and the money of the State beside it."""

import re
from typing import Any

from dash import html

from dashboard import access, wording
from dashboard.components import plain_table, section
from dashboard.components.card import graph
from dashboard.figures import forecast_chart
from dashboard.pages.context import Context
from dashboard.texts import mark, t

_ALL = "allen"
_BOUNDS = mark("De grenzen (95 %) gaan over het aantal mensen. Een prognose blijft onzeker: kijk elk kwartaal opnieuw.")
_BASES = (  # what an expectation rests on, as insight tells it
    mark("{n} kwartalen"), mark("te kort: {n} van {nodig} kwartalen"), mark("taakstelling: {n} mensen huisvesten"),
)  # fmt: skip


def instroom_ahead(context: Context) -> Any:
    """How many people are expected, in a sentence, a picture and a table."""
    if not _possible(context):
        return None
    rows = context.desk.outlook(context.snapshot, context.view)["instroom"]
    mine = [row for row in rows if row["groep"] == _ALL and row["verwacht"] is not None]
    if not mine:
        return section(t("Wat komt eraan?"), html.P(t("Er zijn nog te weinig kwartalen voor een verwachting.")))
    counted = [(row["jaar"], row["aantal"]) for row in context.answer("instroom", ("jaar",)).rijen]
    drawn = forecast_chart([pair for pair in counted if isinstance(pair[1], int)], mine)
    table = [
        [
            str(row.get("halfjaar") or row["jaar"]), wording.dimension("groep", row["groep"]),
            wording.number(row["bekend"]),
            wording.number(row["verwacht"]) if row["verwacht"] is not None else "–",
            _bounds(row) if row["laag"] is not None else "–",
            _basis(row["op_basis_van"]),
        ]
        for row in rows
    ]  # fmt: skip
    head = [t("Jaar"), t("Groep"), t("Al bekend"), t("Verwacht"), t("Grenzen (95 %)"), t("Op basis van")]
    first = mine[0]
    said = t(
        "In {jaar} verwachten wij {n} nieuwe inburgeraars, waarschijnlijk {grenzen}.",
        jaar=first["jaar"], n=wording.number(first["verwacht"]),
        grenzen=wording.interval(first["laag"], first["hoog"], of_hundred=False),
    )  # fmt: skip
    label = t("Verwachte instroom")
    return section(
        t("Wat komt eraan?"),
        html.Article(
            [
                html.P(said, className="zin"),
                graph(drawn, label, "verwacht-instroom") if drawn else None,
                html.Details([html.Summary(t("Toon als tabel")), plain_table(head, table, left=2, label=label)]),
                html.P(t(_BOUNDS), className="opmerking"),
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
        return section(t("Wat komt eraan?"), html.P(t("Er zijn nog te weinig kwartalen voor een verwachting.")))
    year = rows[0]["jaar"]
    mine = [row for row in rows if row["jaar"] == year]
    cost = sum(row["kosten"] for row in mine)
    said = t(
        "Voor de asielstatushouders en gezinsmigranten die in {jaar} beginnen, verwachten wij {bedrag} aan "
        "voorzieningen.",
        jaar=year, bedrag=wording.euros(cost),
    )  # fmt: skip
    if all(row["rijk"] is not None for row in mine):
        paid = sum(row["rijk"] for row in mine)
        amounts = {"bedrag": wording.euros(paid), "verschil": wording.euros(abs(paid - cost))}
        if paid < cost:
            beside = t("Het Rijk betaalt daarvoor {bedrag}: {verschil} te kort.", **amounts)
        else:
            beside = t("Het Rijk betaalt daarvoor {bedrag}: {verschil} over.", **amounts)
    else:
        beside = t("Wat het Rijk daarvoor betaalt, is nog niet bekend.")
    table = [
        [
            str(row["jaar"]), wording.dimension("doelgroep", row["doelgroep"]), wording.number(row["aantal"]),
            _bounds(row), wording.euros(row["kosten"]),
            wording.euros(row["rijk"]) if row["rijk"] is not None else t("tarief nog niet bekend"),
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
    head = [
        t("Jaar"), t("Doelgroep"), t("Verwacht"), t("Grenzen (95 %)"), t("Kosten"), t("Rijk"), t("Verschil"),
    ]  # fmt: skip
    past = [t("Jaar"), t("Asielstatushouders"), t("Gezinsmigranten"), t("Rijk"), t("Geboekt"), t("Verschil")]
    return section(
        t("Wat komt eraan?"),
        html.Article(
            [
                html.P(f"{said} {beside}", className="zin"),
                html.Details(
                    [
                        html.Summary(t("Verwachte kosten als tabel")),
                        plain_table(head, table, left=2, label=t("Verwachte kosten")),
                    ]
                ),
                html.Details(
                    [
                        html.Summary(t("Het geld van het Rijk (SPUK) in de jaren ervoor")),
                        plain_table(past, spuk, label=t("SPUK per jaar")),
                    ]
                ),
                html.P(t(_BOUNDS), className="opmerking"),
            ],
            className="kaart",
        ),
    )


def _bounds(row: dict[str, Any]) -> str:
    return t("{laag} tot {hoog}", laag=wording.number(row["laag"]), hoog=wording.number(row["hoog"]))


def _basis(text: str) -> str:
    """What an expectation rests on, which insight tells in Dutch, in the language of who asks."""
    for known in _BASES:
        if found := re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\d+)", re.escape(known)), text):
            return t(known, **found.groupdict())
    return text


def _possible(context: Context) -> bool:
    """For who sees exact figures, of the whole time: a chosen period or contract has no forecast of its own."""
    view = context.view
    return access.current().exact and not (view.van or view.tot or set(view.filters) - {"gemeente"})
