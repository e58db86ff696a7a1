"""How a figure goes: how long it takes (curves, with who is still followed), and which ups and downs are ordinary."""

from typing import Any

from dash import html

import metrics
from dashboard import wording
from dashboard.components import section
from dashboard.components.card import graph
from dashboard.components.parts import plain_table
from dashboard.figures import course_chart, curve_chart
from dashboard.pages.context import Context
from dashboard.texts import mark, t, tn
from metrics import insight

_CURVES = ("intake_tot_pip",)  # besides every figure with competing ends
_EVERY = 3  # months between two rows of the table
_RULES = (mark("buiten de grenzen"), mark("acht op rij aan één kant"))  # as insight names them


def how_long(context: Context, definition: metrics.Definition) -> Any:
    """The curve of a figure about time, with the numbers still followed; nothing for another figure."""
    if definition.soort != "incidentie" and definition.id not in _CURVES:
        return None
    answer = context.desk.curve(context.snapshot, definition.id, context.view)
    drawn = curve_chart(answer) if answer is not None else None
    if answer is None or drawn is None:
        return None
    title = t("Hoe lang duurt het? {titel}", titel=t(definition.titel))
    note = t(
        "De lijn zegt welk deel zover is, zoveel tijd na het begin. Onder de as staat hoeveel mensen dan nog worden "
        "gevolgd: hoe minder, hoe onzekerder. Wie nog bezig is, telt mee tot nu. Dit verloop is niet voor buiten."
    )
    head, rows = _curve_table(answer)
    return section(
        t("Hoe lang duurt het?"),
        html.Div(
            [
                html.P([html.B(t(definition.titel)), f". {note}"], className="opmerking"),
                graph(drawn, title, f"curve-{definition.id}"),
                html.Details([html.Summary(t("Toon als tabel")), plain_table(head, rows, label=title)]),
            ]
        ),
    )


def _curve_table(answer: metrics.Answer) -> tuple[list[str], list[list[str]]]:
    """Every third month: the share of each end, and who is still followed."""
    ends = list(dict.fromkeys(row["einde"] for row in answer.rijen))
    found: dict[int, dict[str, Any]] = {}
    for row in answer.rijen:
        found.setdefault(row["horizon"], {})[row["einde"]] = row
    weeks = max(found, default=0) <= 30 * 7
    rows = []
    for place, (days, mine) in enumerate(sorted(found.items())):
        if place % (1 if weeks else _EVERY):
            continue
        first = next(iter(mine.values()))
        when = tn("{n} week", "{n} weken", days // 7, n=days // 7) if weeks else wording.horizon(days)
        cells = [wording.percentage(mine[end]["waarde"]) if mine[end]["waarde"] is not None else "–" for end in ends]
        rows.append([when, *cells, wording.number(first["in_risico"])])
    named = [wording.dimension("einde", end) for end in ends]
    return [wording.title_of("horizon"), *named, wording.title_of("in_risico")], rows


def ordinary(context: Context, definition: metrics.Definition) -> Any:
    """The quarters beside their ordinary ups and downs; nothing when a figure has no course of one line."""
    view = context.view
    if definition.eigen or view.van or view.tot or "kwartaal" not in definition.mogelijk:
        return None
    if definition.soort not in ("aantal", "aandeel", "gemiddelde", "verhouding"):
        return None
    found = context.desk.course(context.snapshot, definition.id, view)
    if len(found) != 1 or (drawn := course_chart(found[0], definition)) is None:
        return None
    course = found[0]
    if course.kaart.midden is None:
        # without limits a line of a few small quarters only suggests a course, and the page keeps such points away
        return section(t("Wat is gewoon, en wat niet?"), html.P(told(course)))
    title = t("Verloop per kwartaal: {titel}", titel=t(definition.titel))
    key = "aantal" if definition.soort == "aantal" else "waarde"
    rows = [
        [
            wording.quarter(point.kwartaal),
            "–" if point.waarde is None else wording.cell(key, point.waarde, definition),
            t("kan nog veranderen") if point.voorlopig else _mark(course, place),
        ]
        for place, point in enumerate(course.punten)
    ]
    head = [wording.title_of("kwartaal"), wording.title_of("waarde"), t("Let op")]
    return section(
        t("Wat is gewoon, en wat niet?"),
        html.Div(
            [
                html.P(told(course)),
                graph(drawn, title, f"verloop-{definition.id}"),
                html.Details([html.Summary(t("Toon als tabel")), plain_table(head, rows, label=title)]),
            ]
        ),
    )


def told(course: insight.Course) -> str:
    """What the course says, in a sentence."""
    card = course.kaart
    if card.midden is None:
        return t("Er zijn nog te weinig kwartalen ({n}) om te zeggen welke schommelingen gewoon zijn.", n=card.n)
    if not card.signalen:
        return t("Alle kwartalen liggen binnen de gewone schommelingen. Zoek dus geen oorzaak bij een los kwartaal.")
    quarters = list(dict.fromkeys(wording.quarter(course.punten[one.plaats].kwartaal) for one in card.signalen))
    shown = ", ".join(quarters[-4:])
    said = t("Dit valt op: {kwartalen}.", kwartalen=shown)
    if len(quarters) > 4:
        said = t("{n} kwartalen vallen op, de laatste: {kwartalen}.", n=len(quarters), kwartalen=shown)
    why = t("Daar is meer aan de hand dan gewone schommelingen; zoek naar een oorzaak.")
    return f"{said} {why}"


def _mark(course: insight.Course, place: int) -> str:
    return "; ".join(t(one.regel) for one in course.kaart.signalen if one.plaats == place) or "–"
