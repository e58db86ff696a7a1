"""Conditions on a figure itself: one function per kind, from a declaration and a scope to what each row says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from metrics.days import FIRST_DAY
from metrics.exact import definition_of
from metrics.insight import quarters
from metrics.insight.scope import Scope, shown
from metrics.insight.signals import judge, methods
from metrics.insight.signals.model import Declaration
from metrics.insight.signals.outcome import Outcome, rows_of, window


def _norm(one: Declaration, scope: Scope) -> list[Outcome]:
    van, tot = window(one.venster, scope.day, one.cijfer)
    rule = one.voorwaarde
    limit = rule.norm or 0.0
    return [
        Outcome(dims, *judge.against_limit(row, limit, rule.kant, rule.min_n), row, limit, None, van, tot)
        for dims, row in rows_of(one, scope, van, tot)
    ]


def _expected(one: Declaration, scope: Scope) -> list[Outcome]:
    van, tot = window(one.venster, scope.day, one.cijfer)
    rule = one.voorwaarde
    found = []
    for dims, row in rows_of(one, scope, van, tot):
        expected = row["verwacht"] if shown(row.get("verwacht")) else None
        verdict = judge.against_expected(row, expected, rule.kant, rule.verschil, rule.min_n)
        found.append(Outcome(dims, *verdict, row, expected, None, van, tot))
    return found


def _trend(one: Declaration, scope: Scope) -> list[Outcome]:
    van, tot = window("jaar", scope.day, one.cijfer)
    rule = one.voorwaarde
    soort = definition_of(one.cijfer).soort
    then = quarters.first_day(quarters.shift(quarters.quarter_of(van), -4))
    before = {tuple(dims.items()): row for dims, row in rows_of(one, scope, then, van - timedelta(days=1))}
    found = []
    for dims, row in rows_of(one, scope, van, tot):
        old = before.get(tuple(dims.items()))
        if old is None or then < FIRST_DAY:
            found.append(Outcome(dims, judge.NOTHING, "", row, None, None, van, tot))
            continue
        verdict = judge.against_before(row, old, soort, rule.kant, rule.verschil, rule.min_n)
        found.append(Outcome(dims, *verdict, row, None, old, van, tot))
    return found


def _count(one: Declaration, scope: Scope) -> list[Outcome]:
    """A counted fact: more of them than the limit, per value of `per`; with `van` as a part of another number."""
    van, tot = window(one.venster, scope.day, one.cijfer)
    rule = one.voorwaarde
    limit = rule.norm or 0.0
    sums = _sums(rows_of(one, scope, van, tot), one.per, rule.telt)
    wholes: dict[tuple[Any, ...], Any] = {}
    if rule.van is not None:
        other = one.model_copy(update={"filter": rule.van})
        wholes = _sums(rows_of(other, scope, van, tot), one.per, rule.telt)
    found = []
    for key, (count, whole) in sums.items():
        dims = dict(zip(one.per, key, strict=True))
        if not shown(count):
            found.append(Outcome(dims, judge.HIDDEN, "", {}, limit, None, van, tot))
            continue
        row: dict[str, Any] = {"aantal": count}
        if rule.van is not None:
            whole = wholes.get(key, (0, None))[0]
        if shown(whole):
            row |= {"teller": count, "noemer": whole, "waarde": count / whole if whole else None}
        measured = row.get("waarde") if rule.van is not None else count
        status = judge.SIGNAL if measured is not None and measured > limit else judge.QUIET
        certainty = judge.SURE if status == judge.SIGNAL else ""
        found.append(Outcome(dims, status, certainty, row, limit, None, van, tot))
    return found


def _sums(rows: list[Any], per: tuple[str, ...], counts: str) -> dict[tuple[Any, ...], tuple[Any, Any]]:
    """Per value of `per` the number, and the whole it is a part of; a hidden number stays hidden."""
    found: dict[tuple[Any, ...], tuple[Any, Any]] = {}
    for dims, row in rows:
        key = tuple(dims[name] for name in per)
        if "aantal" in row:
            number, whole = row["aantal"], None
        else:
            known = shown(row["teller"]) and shown(row["noemer"])
            missed = row["noemer"] - row["teller"] if known else None
            number, whole = (missed if counts == "gemist" else row["teller"]), row["noemer"]
        before, before_whole = found.get(key, (0, None))
        number = before + number if shown(before) and shown(number) else None
        found[key] = number, whole if before_whole is None else before_whole + whole if shown(whole) else None
    return found


def _money(one: Declaration, scope: Scope) -> list[Outcome]:
    """An amount in a whole year, beside a limit: a counted fact."""
    van, tot = window(one.venster, scope.day, one.cijfer)
    rule = one.voorwaarde
    found = []
    for dims, row in rows_of(one, scope, van, tot):
        status, _ = judge.against_limit({"waarde": row["waarde"]}, rule.norm or 0.0, rule.kant, 1)
        sure = judge.SURE if status == judge.SIGNAL else ""
        found.append(Outcome(dims, status, sure, row, rule.norm, None, van, tot))
    return found


def _budget(one: Declaration, scope: Scope) -> list[Outcome]:
    """Per gemeente and budget of the running year: spent beside budgeted, for the kinds of cost that have a budget."""
    van, tot = window("kalenderjaar", scope.day, one.cijfer)
    past = ((tot - van).days + 1) / (366 if van.year % 4 == 0 else 365)
    sums: dict[tuple[Any, ...], dict[str, Any]] = {}
    hidden: set[tuple[Any, ...]] = set()
    for dims, row in rows_of(one, scope, van, tot):
        if row.get("begroot"):
            if not shown(row["waarde"]):  # a sum without what is hidden would be another sum
                hidden.add((dims["gemeente"], dims["budget"]))
                continue
            mine = sums.setdefault((dims["gemeente"], dims["budget"]), {"waarde": 0.0, "begroot": 0.0})
            mine["waarde"] += row["waarde"]
            mine["begroot"] += row["begroot"]
    found = []
    for (town, budget), row in sorted(sums.items()):
        if (town, budget) in hidden:
            continue
        row |= {"uitputting": row["waarde"] / row["begroot"], "deel_jaar": past}
        dims = {"gemeente": town, "budget": budget}
        found.append(Outcome(dims, *judge.over_budget(row, past, one.voorwaarde.marge), row, past, None, van, tot))
    return found


def _missing(one: Declaration, scope: Scope) -> list[Outcome]:
    """Nothing at all in the window, while there are people."""
    van, tot = window(one.venster, scope.day, one.cijfer)
    people = scope.ask("instroom").rijen
    if van < FIRST_DAY or not people or people[0]["aantal"] == 0:
        return [Outcome({}, judge.NOTHING, "", {}, None, None, van, tot)]
    amount = 0.0
    for _, row in rows_of(one, scope, van, tot):
        values = [row.get(key) for key in ("aantal", "noemer", "n", "waarde") if row.get(key) is not None]
        amount += 1 if any(not shown(value) or value for value in values) else 0
    if amount:
        return [Outcome({}, judge.QUIET, "", {"aantal": None}, None, None, van, tot)]
    return [Outcome({}, judge.SIGNAL, judge.SURE, {"aantal": 0}, None, None, van, tot)]


CONDITIONS: dict[str, Callable[[Declaration, Scope], list[Outcome]]] = {
    "norm": _norm,
    "verwachting": _expected,
    "trend": _trend,
    "kwartaal": methods.quarter,
    "aantal": _count,
    "bedrag": _money,
    "budget": _budget,
    "prognose": methods.forecast,
    "landelijk": methods.national,
    "trechter": methods.funnel,
    "formatie": methods.capacity,
    "ontbreekt": _missing,
}
