"""Answers on a terminal: a table per figure with its definition under it."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from dashboard import wording
from dashboard.export._columns import MEASURES, columns


def to_table(answers: Sequence[Any]) -> Group:
    """A renderable: for each answer its title, rows and definition."""
    return Group(*(part for answer in answers for part in (_table(answer), _foot(answer))))


def print_answers(answers: Sequence[Any]) -> None:
    """Answers on stdout."""
    Console().print(to_table(answers))


def print_verdicts(verdicts: Iterable[Any]) -> None:
    """Verdicts on stdout: words, not colours, carry the meaning."""
    table = Table(box=box.SIMPLE_HEAD, title="Oordelen", title_justify="left")
    for title in ("Contract", "KPI", "Kwartaal", "Waarde", "Norm", "Oordeel", "Zekerheid", "Reeks", "Stap"):
        table.add_column(title, justify="right" if title in ("Waarde", "Norm", "Reeks") else "left")
    for verdict in verdicts:
        table.add_row(
            verdict.contract,
            verdict.kpi,
            verdict.kwartaal,
            _loose(verdict.waarde),
            _loose(verdict.norm),
            verdict.oordeel,
            verdict.zekerheid or "",
            str(verdict.reeks),
            verdict.stap or "",
        )
    Console().print(table)


def _loose(value: Any) -> str:
    return "–" if value is None else wording.HIDDEN if wording.is_hidden(value) else wording.number(value, 2)


def _table(answer: Any) -> Table:
    span = wording.period(answer.van, answer.tot)
    table = Table(box=box.SIMPLE_HEAD, title=f"{answer.definition.titel} · {span}", title_justify="left")
    keys = columns(answer.rijen)
    for key in keys:
        table.add_column(wording.title_of(key), justify="right" if key in MEASURES else "left")
    for row in answer.rijen:
        table.add_row(*(Text(_shown(key, row.get(key), answer.definition)) for key in keys))
    return table


def _shown(key: str, value: Any, definition: Any) -> str:
    if key in MEASURES or key == "horizon":
        return wording.cell(key, value, definition)
    return wording.dimension(key, value)


def _foot(answer: Any) -> Text:
    text = f"{answer.definition.definitie.strip()} Peildatum {wording.day(answer.peildatum)}.\n"
    return Text(text, style="dim")
