"""From units to rows, one way per kind (soort) of figure."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from metrics.catalogue import outputs
from metrics.columns import Divided
from metrics.connection import Connection
from metrics.definition import AFTERWARDS, STILL_OPEN
from metrics.intervals import mean_interval, wilson
from metrics.measures import (
    COUNT,
    MEAN,
    PERSONS,
    QUARTILES,
    Durations,
    Measure,
    durations_of,
    exact,
    known,
    only_in_sql,
    told_of,
    total,
)
from metrics.query import Question, run, units
from metrics.ready import Source
from metrics.survival import first_day_reaching, incidences

Row = dict[str, Any]
Parameters = Mapping[str, Any]
_WITH_NORM = ("asielstatushouder", "nareiziger")


def aggregate(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    """The rows of a question, sorted by their dimensions (an empty one last)."""
    rows = _KINDS[question.definition.soort](connection, question, parameters)
    for name, values in question.filters:
        if name in AFTERWARDS:
            rows = [row for row in rows if row[name] in values]
    return sorted(rows, key=lambda row: _order(row, question.dims))


def _order(row: Row, dims: tuple[str, ...]) -> tuple[Any, ...]:
    keys = [(row[name] is None, "" if row[name] is None else row[name]) for name in dims]
    return (*keys, row.get("horizon", 0))


def _grouped(
    connection: Connection,
    question: Question,
    parameters: Parameters,
    measures: Sequence[Measure],
    *,
    where: str = "",
    having: Measure | None = None,
) -> list[tuple[Row, list[Any]]]:
    """(dimensions, measures) per combination that occurs; one row when there are no dimensions. `having`: only with one
    at least of these."""
    quick = None if where else _columns(connection, question, parameters)
    if quick is not None and (found := told_of(quick, measures, having)) is not None:
        return found
    dims = question.dims
    only = f" HAVING {having.sql} > 0" if having is not None else ""
    group = f" GROUP BY {', '.join(dims)}{only}" if dims else ""
    select = ", ".join([*dims, *(one.sql for one in measures)])
    _, rows = run(connection, f"{_units(connection, question)} SELECT {select} FROM _u{where}{group}", parameters)
    width = len(dims)
    return [(dict(zip(dims, row[:width], strict=True)), list(row[width:])) for row in rows]


def _columns(
    connection: Connection, question: Question, parameters: Parameters, without: Sequence[str] = ()
) -> Divided | None:
    """The units divided by their dimensions, when they are in memory."""
    return connection.groups(question, parameters, without) if isinstance(connection, Source) else None


def _units(connection: Connection, question: Question, without: Sequence[str] = ()) -> str:
    """The SQL of the units: out of the base tables, or out of what this connection has ready."""
    if isinstance(connection, Source):
        return connection.units(question, without)
    return units(question, without=without)


def _count(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    measure = total("aantal") if "aantal" in outputs(question.definition.id) else COUNT
    return [{**dims, "aantal": n} for dims, (n,) in _grouped(connection, question, parameters, [measure])]


def _share(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    if question.definition.verdeling:
        return _division(connection, question, parameters)
    # a noemer is empty for a unit that adds nothing to it by itself: who is not followed for the whole term yet, or an
    # answer beside the invitations; such units alone make no row
    measures = [total("teller"), total("noemer"), COUNT]
    measures += [Measure("sum(verwacht)::DOUBLE", only_in_sql)] if "verwacht" in outputs(question.definition.id) else []
    rows = []
    for dims, (teller, noemer, n, *expected) in _grouped(
        connection, question, parameters, measures, having=known("noemer")
    ):
        row = {**dims, **_share_keys(question, teller, noemer)}
        if question.definition.gevolgd:
            row["n"] = n
        rows.append(row | ({"verwacht": expected[0]} if expected else {}))
    return rows


def _share_keys(question: Question, teller: int, noemer: int) -> Row:
    row: Row = {"teller": teller, "noemer": noemer, "waarde": teller / noemer if noemer else None}
    if question.definition.interval:
        row["laag"], row["hoog"] = wilson(teller, noemer) if teller <= noemer else (None, None)
    return row


def _division(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    """Shares of one whole: the denominator does not know the dimension that divides it."""
    split = question.definition.verdeling or ""
    others = [name for name in question.dims if name != split]
    parts = _parts(connection, question, parameters, [*others, split])
    whole: dict[tuple[Any, ...], tuple[int, int]] = {}
    for *dims, _, count, expected in parts:
        before = whole.get(tuple(dims), (0, 0))
        whole[tuple(dims)] = before[0] + count, before[1] + expected
    norms = dict(_rows(connection, "SELECT leerroute, max(verwacht) FROM ref_routes GROUP BY leerroute"))
    chosen = dict(question.filters).get(split)
    rows = []
    for *dims, part, teller, _ in parts:
        if chosen is not None and part not in chosen:
            continue
        noemer, expected = whole[tuple(dims)]
        row = {**dict(zip(others, dims, strict=True)), split: part, **_share_keys(question, teller, noemer)}
        row["verwacht"] = norms.get(part) if expected else None
        row["verschil"] = None if row["verwacht"] is None else 100 * (row["waarde"] - row["verwacht"])
        rows.append({name: row[name] for name in (*question.dims, *(key for key in row if key not in question.dims))})
    return rows


def _parts(
    connection: Connection, question: Question, parameters: Parameters, names: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Per combination of these dimensions, the division last: how many, and of how many of them a norm is known."""
    split = (question.definition.verdeling or "",)
    quick = _columns(connection, question, parameters, split)
    groups = quick.columns.dims.get("doelgroep") if quick is not None else None
    if quick is not None and groups is not None:
        known = np.array([one in _WITH_NORM for one in groups.values], dtype=bool)[quick.taken(groups.codes)]
        many, with_norm = quick.count().tolist(), quick.count(known).tolist()
        told = ((quick.named(code), code) for code in np.flatnonzero(quick.count()).tolist())
        return [(*(values[name] for name in names), many[code], with_norm[code]) for values, code in told]
    wanted = ", ".join(f"'{one}'" for one in _WITH_NORM)
    status = f"count(*) FILTER (persoon IN (SELECT persoon FROM personen WHERE doelgroep IN ({wanted})))"
    select = ", ".join([*names, "count(*)", status])
    units_ = _units(connection, question, split)
    return run(connection, f"{units_} SELECT {select} FROM _u GROUP BY ALL", parameters)[1]


def _rows(connection: Connection, text: str) -> list[tuple[Any, ...]]:
    """The rows of a table that hangs on nothing; asked once where units are ready."""
    return connection.fixed(text) if isinstance(connection, Source) else connection.execute(text).fetchall()


def _mean(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    """Scores are whole numbers: their sums are exact. teller of noemer: the share that is dissatisfied (5 or lower)."""
    rows = []
    for dims, (n, low_scores, spread) in _grouped(connection, question, parameters, MEAN):
        summed = sum(score * count for score, count in enumerate(spread, 1))
        squares = sum(score * score * count for score, count in enumerate(spread, 1))
        mean = summed / n if n else None
        deviation = math.sqrt((n * squares - summed * summed) / (n * (n - 1))) if n > 1 else None
        low, high = mean_interval(mean, deviation, n) if mean is not None else (None, None)
        row = {"teller": low_scores, "noemer": n, "waarde": mean, "laag": low, "hoog": high, "n": n}
        rows.append({**dims, **row, "verdeling": spread})
    return rows


def _quartiles(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    """By linear interpolation (Hyndman & Fan 1996, type 7)."""
    rows = []
    for dims, (n, values) in _grouped(connection, question, parameters, QUARTILES):
        p25, p50, p75 = values or (None, None, None)
        rows.append({**dims, "n": n, "p25": p25, "p50": p50, "p75": p75})
    return rows


def _durations(connection: Connection, question: Question, parameters: Parameters) -> list[tuple[Row, Durations]]:
    """Per combination its durations; without dimensions one, also when nobody is there.

    Durations are whole days: a count per day and end says as much as a list of persons, and is small.
    """
    dims, horizons = question.dims, question.definition.horizonnen
    quick = _columns(connection, question, parameters)
    if quick is not None and (told := durations_of(quick, horizons, parameters["peildatum"])) is not None:
        return told
    long_ago = [f"count(*) FILTER (CAST($peildatum AS DATE) - datum >= {horizon})" for horizon in horizons]
    select = ", ".join([*dims, "duur", "coalesce(afloop, '')", "count(*)", *long_ago])
    _, rows = run(connection, f"{_units(connection, question)} SELECT {select} FROM _u GROUP BY ALL", parameters)
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {} if dims else {(): []}
    for row in rows:
        found.setdefault(row[: len(dims)], []).append(row[len(dims) :])
    result = []
    for values, group in found.items():
        whole = [np.array([one[place] for one in group], dtype=np.int64) for place in (0, *range(2, 3 + len(horizons)))]
        ends = np.array([one[1] for one in group], dtype=object)
        possible = dict(zip(horizons, whole[2:], strict=True))
        result.append((dict(zip(dims, values, strict=True)), Durations(whole[0], ends, whole[1], possible)))
    return result


def _time_to(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    rows = []
    for dims, one in _durations(connection, question, parameters):
        kind = question.definition.einden[0] if question.definition.einden else None
        points = {
            f"p{share}": first_day_reaching(one.days, one.ends, share / 100, kind, one.counts) for share in (25, 50, 75)
        }
        rows.append({**dims, "n": one.n, **points})
    return rows


def _incidence(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    """`gevolgd` is the cohort's maturity: of its n, how many began a whole horizon ago and were not lost before it."""
    rows = []
    kinds, horizons = question.definition.einden, question.definition.horizonnen
    for dims, seen in _durations(connection, question, parameters):
        followed = {
            horizon: int(seen.possible[horizon][(seen.ends != "") | (seen.days >= horizon)].sum())
            for horizon in horizons
        }
        for one in incidences(seen.days, seen.ends, kinds, horizons, STILL_OPEN, seen.counts):
            measured = {"waarde": one.waarde, "laag": one.laag, "hoog": one.hoog, "n": seen.n}
            where = {"horizon": one.horizon, "einde": one.einde, "in_risico": one.in_risico}
            rows.append({**dims, **measured, **where, "gevolgd": followed[one.horizon]})
    return rows


def _ratio(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    measures = [exact("teller"), exact("noemer")]
    if question.definition.geheel:
        return _of_whole(connection, question, parameters, [*measures, PERSONS])
    if "persoon" in outputs(question.definition.id):
        found = _per_person(connection, question, parameters)
    else:
        found = _grouped(connection, question, parameters, measures)
    return [
        {**dims, "teller": teller, "noemer": noemer, "waarde": teller / noemer if noemer else None}
        | ({"n": n[0]} if n else {})
        for dims, (teller, noemer, *n) in found
    ]


def _per_person(connection: Connection, question: Question, parameters: Parameters) -> list[tuple[Row, list[Any]]]:
    """Sums and the number of persons. Adding up per person first is a third less work than counting them apart.

    The few numbers of one person add up to eight decimals whatever their order; those sums are then added exactly.
    """
    quick = _columns(connection, question, parameters)
    measures = [exact("teller"), exact("noemer")]
    if quick is not None and (told := told_of(quick, [*measures, PERSONS])) is not None:
        return told
    dims = question.dims
    inner = f"SELECT {', '.join([*dims, 'persoon'])}, sum(teller) AS teller, sum(noemer) AS noemer FROM _u"
    inner += f" GROUP BY {', '.join([*dims, 'persoon'])}"
    select = ", ".join([*dims, *(one.sql for one in measures), "count(persoon)"])
    group = f" GROUP BY {', '.join(dims)}" if dims else ""
    _, rows = run(connection, f"{_units(connection, question)} SELECT {select} FROM ({inner}) AS s{group}", parameters)
    width = len(dims)
    return [(dict(zip(dims, row[:width], strict=True)), list(row[width:])) for row in rows]


def _of_whole(
    connection: Connection, question: Question, parameters: Parameters, measures: Sequence[Measure]
) -> list[Row]:
    """Beside one whole that knows no filter and no dimension; `deler` turns the teller into the unit of the noemer."""
    everything = Question(question.definition, (), ())
    _, [(whole, divisor)] = run(
        connection, f"{_units(connection, everything)} SELECT max(noemer), max(deler) FROM _u", parameters
    )
    rows = []
    for dims, (teller, _, n) in _grouped(
        connection, question, parameters, measures, where=" WHERE persoon IS NOT NULL"
    ):
        needed = teller / divisor if divisor else None
        share = needed / whole if whole and needed is not None else None
        rows.append({**dims, "teller": needed, "noemer": whole, "waarde": share, "n": n})
    return rows


def _money(connection: Connection, question: Question, parameters: Parameters) -> list[Row]:
    rows = [{**dims, "waarde": amount} for dims, (amount,) in
            _grouped(connection, question, parameters, [exact("bedrag")])]  # fmt: skip
    keys = ("jaar", "gemeente", "budget", "kostensoort")
    if question.dims[:4] == keys:
        _beside_budget(connection, question, parameters, rows, keys)
    if "maand" in question.dims:
        _cumulative(connection, question, parameters, rows)
    return rows


def _beside_budget(
    connection: Connection, question: Question, parameters: Parameters, rows: list[Row], keys: tuple[str, ...]
) -> None:
    """A budget knows no contract, doelgroep or month: beside such a part of the costs there is none. A budget of which
    nothing was spent is a row too: 0 of so much."""
    split = set(question.per) - set(keys) | {name for name, _ in question.filters} - set(keys)
    budgets: dict[tuple[Any, ...], float] = {}
    if not split:
        found = _rows(connection, "SELECT jaar, gemeentecode, budget, kostensoort, bedrag FROM begroting")
        budgets = {tuple(row[:4]): row[4] for row in found}
    spent = {tuple(row[name] for name in keys) for row in rows}
    first, last = parameters["van"].year, parameters["tot"].year
    for place in budgets:
        unspent = dict(zip(keys, place, strict=True))
        if (
            place not in spent
            and first <= unspent["jaar"] <= last
            and (parameters["alle"] or unspent["gemeente"] in parameters["gemeenten"])
            and all(unspent[name] in values for name, values in question.filters)
        ):
            rows.append({**unspent, "waarde": 0.0})
    for row in rows:
        budget = budgets.get(tuple(row[name] for name in keys))
        row["begroot"], row["uitputting"] = budget, row["waarde"] / budget if budget else None


def _cumulative(connection: Connection, question: Question, parameters: Parameters, rows: list[Row]) -> None:
    """Per month also what was spent since its year (or the period) began, in the same group; other months that a
    filter leaves out of the rows count in it."""
    others = [name for name in question.dims if name not in ("maand", "kwartaal")]
    whole = replace(question, filters=tuple(one for one in question.filters if one[0] not in ("maand", "kwartaal")))
    first = Measure("min(strftime(datum, '%Y-%m'))", only_in_sql)
    all_months = _grouped(connection, whole, parameters, [exact("bedrag"), first])
    for row in rows:
        row["cumulatief"] = math.fsum(
            amount
            for dims, (amount, month) in all_months
            if all(dims[name] == row[name] for name in others)
            and row["maand"][:4] == month[:4]
            and month <= row["maand"]
        )


_KINDS: dict[str, Callable[[Connection, Question, Parameters], list[Row]]] = {
    "aantal": _count,
    "aandeel": _share,
    "gemiddelde": _mean,
    "kwartielen": _quartiles,
    "tijd_tot": _time_to,
    "incidentie": _incidence,
    "verhouding": _ratio,
    "bedrag": _money,
}
