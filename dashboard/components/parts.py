"""Small parts: a title, a section, a table, an empty state."""

from collections.abc import Iterable, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.texts import DUTCH, language, pieces, t


def aria(label: str = "", *, hidden: bool = False) -> dict[str, Any]:
    """What a screen reader hears instead, or that it hears nothing."""
    return {"aria-hidden": "true"} if hidden else {"aria-label": label}


def page_title(title: Any, question: Any, answer: Any = "") -> html.Div:
    """The heading of a page, the question that it is about, and the answer in a sentence when there is one."""
    said = [html.P(answer, className="pagina-antwoord")] if answer else []
    return html.Div([html.H1(title, className="pagina-titel"), html.P(question, className="pagina-vraag"), *said])


def section(title: str, children: Any) -> html.Section:
    """A heading of the second level with what belongs to it."""
    return html.Section([html.H2(title, className="sectie-titel"), children], className="sectie")


def plain_table(head: Sequence[str], rows: Sequence[Sequence[Any]], *, left: int = 1, label: str) -> html.Div:
    """A table that scrolls sideways inside itself; the first `left` columns are words, the others numbers."""
    if all(isinstance(cell, str) for row in rows for cell in row):
        # one component instead of one per cell: a table of two hundred rows then shows at once
        data: Any = {"head": list(head), "body": [list(row) for row in rows]}
        return html.Div(
            dmc.Table(data=data, className=f"woorden-{left}"),
            className="tabel",
            tabIndex=0,
            role="region",
            **aria(label),
        )
    cells = [
        html.Tr([html.Td(cell, className="" if place < left else "getal") for place, cell in enumerate(row)])
        for row in rows
    ]
    header = html.Tr(
        [html.Th(name, scope="col", className="" if place < left else "getal") for place, name in enumerate(head)]
    )
    table = html.Table([html.Caption(label, className="alleen-lezer"), html.Thead(header), html.Tbody(cells)])
    return html.Div(table, className="tabel", tabIndex=0, role="region", **aria(label))


def empty(sentence: str, help: str) -> dmc.Alert:
    """Nothing to show: what would light it up."""
    return dmc.Alert([html.P(sentence), html.P(help)], title=t("Nog geen gegevens"), color="gray", variant="light")


def own_words(text: str) -> Any:
    """What people or data say in Dutch, whatever language the page speaks: a screen reader then says it well."""
    return text if language() == DUTCH else html.Span(text, lang="nl")


def with_own(text: str, own: Iterable[str]) -> Any:
    """A sentence with phrases of people in it, such as the name of an agreement: those are Dutch in every language."""
    found = [own_words(part) if theirs else part for part, theirs in pieces(text, own)]
    return found[0] if len(found) == 1 else html.Span(found)


def notice(children: Any) -> html.Div:
    """A line that must not be missed: what was not understood, or that one looks at something of earlier."""
    return html.Div(html.P(children), className="melding")
