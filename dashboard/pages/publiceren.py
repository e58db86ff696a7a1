"""Publiceren: what may be shown. All figures pass the guard together; what it hides is told, not left out."""

from typing import Any

from dash import html

import metrics
from dashboard import access, wording
from dashboard.components import page_title, plain_table, section
from dashboard.components.card import table_of
from dashboard.pages.context import Context
from dashboard.texts import t
from dashboard.wording.letters import inside

CHOICE = (
    ("instroom", ("jaar",)), ("instroom", ("gemeente",)), ("routeverdeling", ()), ("pip_op_tijd", ("jaar",)),
    ("pip_op_tijd", ("gemeente",)), ("uitstroom", ()), ("examen_per_poging", ()), ("onderdeel_geslaagd", ()),
    ("tevredenheid", ()), ("aanwezigheid", ()),
)  # fmt: skip


def answers(context: Context) -> list[metrics.Answer]:
    """What this page publishes, after the guard."""
    return context.desk.to_publish(context.snapshot, context.view, CHOICE)


def render(context: Context) -> Any:
    """The figures as they may be shown."""
    published = answers(context)
    hidden = sum(
        any(wording.is_hidden(value) for value in row.values()) for answer in published for row in answer.rijen
    )
    shown = sum(len(answer.rijen) for answer in published)
    parts = []
    for answer in published:
        head, rows, left = table_of(answer, context.names)
        title = _title(answer)
        parts.append(section(title, plain_table(head, rows, left=left, label=title)))
    link = html.A(t("Alles meenemen als XLSX"), href=f"/bestand/publicatie.xlsx{context.view.write()}", download="")
    return html.Div(
        [
            page_title(
                t("Publiceren"),
                t(
                    "Van de {alle} regels tonen wij er {n} niet, omdat de groep te klein is of anders uit te rekenen "
                    "zou zijn.",
                    alle=wording.number(shown), n=wording.number(hidden),
                ),
            ),
            html.P(
                [
                    t("Groepen van minder dan vijf mensen blijven verborgen, ook als u cijfers van elkaar aftrekt."),
                    " ", link,
                ]
            ),
            *_report(),
            *_left_out(context),
            *parts,
        ]
    )  # fmt: skip


def _title(answer: metrics.Answer) -> str:
    title = t(answer.definition.titel)
    if not answer.per:
        return title
    return t("{titel} per {verdeling}", titel=title, verdeling=inside(wording.title_of(answer.per[0])))


def _left_out(context: Context) -> list[Any]:
    """What who has some municipalities cannot publish with their own figures, told and where it is."""
    names = [metrics.catalogue()[id].titel for id, _ in CHOICE if context.desk.only_published(id)]
    return [
        html.P(t("{naam} staat hier niet bij: niet bekend is bij welke gemeente een antwoord hoort. Wat daarvan is "
                 "gepubliceerd, staat op de pagina van dat cijfer.", naam=t(name)))
        for name in names
    ]  # fmt: skip


def _report() -> list[Any]:
    """The way to a whole report, for who may make one."""
    if not access.current().mag("cijfers"):
        return []
    words = t(
        "Een evaluatie voor de raad of een kwartaalbericht: kies periode, gemeenten en hoofdstukken, bekijk, neem mee."
    )
    # an address of its own outside the pages of Dash: the browser goes there itself
    return [html.P(words), html.P(html.A(t("Een verslag maken"), href="/verslag/", className="knop"))]
