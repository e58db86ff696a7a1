"""The publication guard: what is published tells nothing about a group under the threshold, not by subtraction either.

Primary: a count, a numerator, its complement, or an n from 1 up to the threshold is hidden; so is a share of 0 or
100 %, which says the same of everyone in the group. Secondary: every total that equals a sum of published parts must
have no hidden part, or at least two that together reach the threshold (Hundepool et al. 2012, chapter 4).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from metrics.answer import VERBORGEN, Answer

THRESHOLD = 5
_SHOWN = {"horizon", "einde", "verwacht", "begroot"}
_Key = tuple[Any, ...]


@dataclass
class _Cell:
    """One group of people in one figure; the same group in two answers is one cell."""

    size: float
    hidden: bool
    rows: list[dict[str, Any]]


def publish(answers: Sequence[Answer], *, drempel: int = THRESHOLD) -> list[Answer]:
    """The same answers with what may not be shown replaced by VERBORGEN. Ask for everything that is published at once:
    only then totals in one answer are weighed against parts in another.
    """
    published = [replace(answer, rijen=[dict(row) for row in answer.rijen]) for answer in answers]
    cells: dict[_Key, _Cell] = {}
    relations: list[tuple[_Key | None, list[_Key]]] = []
    for answer in published:
        for row in answer.rijen:
            cell = cells.setdefault(_key(answer, row), _Cell(_size(answer, row), hidden=False, rows=[]))
            cell.rows.append(row)
            cell.hidden = cell.hidden or _primary(answer, row, drempel)
    for answer in published:
        relations += _relations(answer, cells)
    _secondary(cells, relations, drempel)
    for answer in published:
        for row in answer.rijen:
            if cells[_key(answer, row)].hidden:
                _hide(answer, row)
            elif "verdeling" in row and any(0 < count < drempel for count in row["verdeling"]):
                row["verdeling"] = VERBORGEN
    return published


def _context(answer: Answer) -> tuple[Any, ...]:
    return answer.cijfer, answer.peildatum, answer.van, answer.tot, answer.momentopname


def _group(answer: Answer, row: dict[str, Any]) -> frozenset[tuple[str, Any]]:
    """The dimensions that say which group a row is about: its own, and filters (one value is as good as a row)."""
    group = {name: row[name] for name in answer.dims}
    for name, values in answer.filters.items():
        if name not in group:
            group[name] = values[0] if len(values) == 1 else values
    return frozenset(group.items())


def _key(answer: Answer, row: dict[str, Any]) -> _Key:
    return (*_context(answer), _group(answer, row), row.get("horizon"), row.get("einde"))


def _size(answer: Answer, row: dict[str, Any]) -> float:
    key = {"aantal": "aantal", "aandeel": "teller", "bedrag": "waarde"}.get(answer.definition.soort, "n")
    return row.get(key) or 0


def _primary(answer: Answer, row: dict[str, Any], threshold: int) -> bool:
    """Whether the row alone tells too much."""
    soort = answer.definition.soort
    if soort == "bedrag":
        return False
    if soort == "aantal":
        return 0 < row["aantal"] < threshold
    if soort == "aandeel":
        teller, noemer = row["teller"], row["noemer"]
        if not noemer:
            return False
        return noemer < threshold or teller < threshold or noemer - teller < threshold
    n = row["n"]
    if soort == "incidentie" and n and row["waarde"] is not None:
        events = row["waarde"] * n
        return n < threshold or 0 < events < threshold - 1e-9 or 0 < n - events < threshold - 1e-9
    return 0 < n < threshold


def _relations(answer: Answer, cells: dict[_Key, _Cell]) -> list[tuple[_Key | None, list[_Key]]]:
    """(total, parts) for every sum of rows whose total is published too; None: always known."""
    if answer.definition.soort not in ("aantal", "aandeel"):
        return []
    found: list[tuple[_Key | None, list[_Key]]] = []
    dims = answer.dims
    for length in range(1, len(dims) + 1):
        for dropped in combinations(dims, length):
            families: dict[_Key, list[_Key]] = defaultdict(list)
            for row in answer.rijen:
                group = frozenset(item for item in _group(answer, row) if item[0] not in dropped)
                families[(*_context(answer), group, None, None)].append(_key(answer, row))
            for total, parts in families.items():
                if total in cells:
                    found.append((total, parts))
                elif dropped == (answer.definition.verdeling,):
                    found.append((None, parts))
    return found


def _secondary(cells: dict[_Key, _Cell], relations: list[tuple[_Key | None, list[_Key]]], threshold: int) -> None:
    """Hide further cells until no relation gives a hidden one away; the smallest cell goes first. Always ends."""
    changed = True
    while changed:
        changed = False
        for total, parts in relations:
            hidden = [key for key in parts if cells[key].hidden]
            shown = [key for key in parts if not cells[key].hidden and cells[key].size > 0]
            if total is not None and cells[total].hidden:
                if not hidden and parts:
                    cells[min(parts, key=lambda key: (cells[key].size, str(key)))].hidden = changed = True
                continue
            enough = len(hidden) >= 2 and sum(cells[key].size for key in hidden) >= threshold
            if not hidden or enough:
                continue
            if shown:
                cells[min(shown, key=lambda key: (cells[key].size, str(key)))].hidden = changed = True
            elif total is not None:
                cells[total].hidden = changed = True


def _hide(answer: Answer, row: dict[str, Any]) -> None:
    for key in row:
        if key not in answer.dims and key not in _SHOWN:
            row[key] = VERBORGEN
