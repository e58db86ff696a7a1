"""How a figure goes in time: after how long something happens, which quarters stand out, and what is expected."""

from typing import Any

from dash import html

import metrics
from dashboard import access, wording
from dashboard.components import section
from dashboard.components.card import graph
from dashboard.components.parts import plain_table
from dashboard.figures import course_chart, curve_chart, forecast_chart
from dashboard.figures.base import SMALL
from dashboard.figures.curves import FEWEST
from dashboard.pages.context import Context

_WEEKS = ("intake_tot_pip",)  # a figure of one kind of end that is about weeks
_COURSES = ("aantal", "aandeel", "gemiddelde")
_STEP = {True: (7, 4, "weken"), False: (30.4375, 6, "maanden")}


def over_time(context: Context, definition: metrics.Definition) -> list[Any]:
    """The sections of a figure's own page; none for who sees only what is published."""
    if not access.current().mag("cijfers"):
        return []
    found = [_curve(context, definition), _course(context, definition)]
    return [one for one in found if one is not None]


def _curve(context: Context, definition: metrics.Definition) -> Any:
    if definition.soort != "incidentie" and definition.id not in _WEEKS:
        return None
    answer = context.desk.curve(context.snapshot, definition.id, context.view)
    drawn = curve_chart(answer) if answer is not None else None
    if answer is None or drawn is None:
        return None
    days, step, unit = _STEP[definition.id in _WEEKS]
    ends = answer.definition.einden
    shown = [row for row in answer.rijen if row["waarde"] is not None and row["in_risico"] >= FEWEST]
    moments = sorted({row["horizon"] for row in shown})
    ticks = [min(moments, key=lambda one: abs(one - number * step * days)) for number in range(20)]
    known = {(row["horizon"], row["einde"]): row for row in shown}
    rows = [
        [
            f"{round(moment / days)} {unit}",
            *(wording.percentage(known[moment, end]["waarde"]) for end in ends),
            wording.number(known[moment, ends[0]]["in_risico"]),
        ]
        for moment in dict.fromkeys(ticks)
    ]
    last = known[moments[-1], ends[0]]
    sentence = (
        f"Na {round(moments[-1] / days)} {unit} is het aandeel '{ends[0]}' {wording.percentage(last['waarde'])}. "
        "Wie nog bezig is, telt mee zolang die is gevolgd. Hoe minder mensen nog worden gevolgd, hoe onzekerder."
    )
    table = plain_table(["Na", *ends, "Nog gevolgd"], rows, label=f"Tabel: {definition.titel} in de tijd")
    return section(
        "Na hoeveel tijd?",
        html.Div(
            [
                html.P(sentence, className="zin"),
                graph(drawn, f"{definition.titel} in de tijd", f"tijd-{definition.id}"),
                html.Details([html.Summary("Toon als tabel"), table]),
            ]
        ),
    )


def _course(context: Context, definition: metrics.Definition) -> Any:
    """The quarters beside their ordinary ups and downs. Shares of few people are not drawn."""
    if definition.soort not in _COURSES or "kwartaal" not in definition.mogelijk or definition.eigen:
        return None
    courses = context.desk.course(context.snapshot, definition.id, context.view)
    if len(courses) != 1 or courses[0].kaart.midden is None:
        return None
    (course,) = courses
    small = definition.soort != "aantal"
    points = tuple(
        one for one in course.punten if one.waarde is not None and (not small or (one.n or 0) >= SMALL)
    )  # fmt: skip
    if len(points) < len(course.punten):
        return None  # limits of quarters that may not be shown would tell of them
    drawn = course_chart(course, definition)
    if drawn is None:
        return None
    marks = {course.punten[mark.plaats].kwartaal: mark.regel for mark in course.kaart.signalen}
    key = "aantal" if definition.soort == "aantal" else "waarde"
    rows = [
        [
            wording.quarter(one.kwartaal).capitalize(),
            wording.cell(key, round(one.waarde) if key == "aantal" else one.waarde, definition),
            marks.get(one.kwartaal, "kan nog veranderen" if one.voorlopig else "gewoon"),
        ]
        for one in points
    ]
    table = plain_table(["Kwartaal", "Waarde", "Wat valt op"], rows, left=1, label=f"Tabel: verloop {definition.titel}")
    return section(
        "Gewone schommeling of meer?",
        html.Div(
            [
                html.P(_said(marks), className="zin"),
                graph(drawn, f"Verloop van {definition.titel} met gewone grenzen", f"verloop-{definition.id}"),
                html.Details([html.Summary("Toon als tabel"), table]),
            ]
        ),
    )


def _said(marks: dict[str, str]) -> str:
    if not marks:
        return (
            "Elk kwartaal valt binnen de gewone schommeling. Een verschil tussen twee kwartalen vraagt geen verklaring."
        )
    told = "; ".join(f"{wording.quarter(quarter)} ({rule})" for quarter, rule in marks.items())
    return f"Dit is meer dan gewone schommeling: {told}. Zoek uit wat er toen anders was."


def ahead(context: Context) -> Any:
    """The instroom that is expected, with its interval; by municipality only."""
    if not access.current().mag("cijfers") or set(context.view.filters) - {"gemeente"}:
        return None
    expected = [
        row
        for row in context.desk.expected(context.snapshot, context.view)
        if row["groep"] == "allen" and "halfjaar" not in row
    ]
    years = context.answer("instroom", ("jaar",)).rijen
    counted = [(int(row["jaar"]), row["aantal"]) for row in years if isinstance(row["aantal"], int)]
    drawn = forecast_chart(counted, expected)
    if drawn is None:
        return None
    coming = [row for row in expected if row["verwacht"] is not None]
    told = " ".join(
        f"In {row['jaar']} verwachten wij ongeveer {wording.number(row['verwacht'])} nieuwe inburgeraars: "
        f"waarschijnlijk tussen {wording.number(row['laag'])} en {wording.number(row['hoog'])}."
        for row in coming
    )
    rows = [[str(year), wording.number(n), "geteld", ""] for year, n in counted]
    rows += [
        [str(row["jaar"]), wording.number(row["verwacht"]), "verwacht",
         f"{wording.number(row['laag'])} tot {wording.number(row['hoog'])}"]
        for row in coming
    ]  # fmt: skip
    table = plain_table(["Jaar", "Aantal", "Wat het is", "Waarschijnlijk"], rows, label="Tabel: verwachte instroom")
    note = f"Op basis van {coming[0]['op_basis_van']}. Beleid en wereldnieuws kunnen dit snel veranderen."
    card = html.Article(
        [
            html.P(told, className="zin"),
            html.P(note, className="opmerking"),
            graph(drawn, "Verwachte instroom per jaar", "verwacht-instroom"),
            html.Details([html.Summary("Toon als tabel"), table]),
        ],
        className="kaart",
    )
    return section("Wat komt eraan?", card)
