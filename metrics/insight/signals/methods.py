"""Conditions that rest on a method: a course, a forecast, the Netherlands, other contracts, the formatie to come."""

from datetime import date
from typing import Any

from metrics.days import FIRST_DAY
from metrics.exact import definition_of
from metrics.insight import national as netherlands
from metrics.insight import outlook, quarters
from metrics.insight.course import course
from metrics.insight.forecast import dispersion, predict
from metrics.insight.scope import Scope, shown
from metrics.insight.signals import judge
from metrics.insight.signals.model import Declaration
from metrics.insight.signals.outcome import Outcome
from metrics.insight.suppliers import contracts_beside


def quarter(one: Declaration, scope: Scope) -> list[Outcome]:
    """The last settled quarter in its process-behaviour chart."""
    found = []
    for row in course(scope, one.cijfer, one.filter):
        settled = [place for place, point in enumerate(row.punten) if not point.voorlopig]
        if row.kaart.oordeel == "te kort" or not settled:
            found.append(Outcome(row.dims, judge.FEW))
            continue
        last = row.punten[settled[-1]]
        mine = [mark.regel for mark in row.kaart.signalen if mark.plaats == settled[-1]]
        middle = row.kaart.midden or 0.0
        wrong = last.waarde is not None and (
            (last.waarde < middle and one.voorwaarde.kant != "boven")
            or (last.waarde > middle and one.voorwaarde.kant != "onder")
        )
        held: dict[str, Any] = {"waarde": last.waarde, "n": last.n, "kwartaal": last.kwartaal, "regel": mine}
        held |= {"aantal": None if last.waarde is None else round(last.waarde)}
        held |= {"laag": row.kaart.laag, "hoog": row.kaart.hoog, "verwacht": middle}
        status = judge.SIGNAL if mine and wrong else judge.QUIET
        # out of the ordinary is a reason to look, not yet a certainty
        certainty = judge.MAYBE if status == judge.SIGNAL else ""
        days = quarters.first_day(last.kwartaal), quarters.last_day(last.kwartaal)
        found.append(Outcome(row.dims, status, certainty, held, middle, None, *days))
    return found


def forecast(one: Declaration, scope: Scope) -> list[Outcome]:
    """The last four quarters beside what could be expected of them a year ago."""
    last = quarters.last_whole(scope.day)
    rows = {row["kwartaal"]: row["aantal"] for row in scope.ask(one.cijfer, ("kwartaal",), one.filter).rijen}
    span = quarters.first_day(quarters.shift(last, -3)), quarters.last_day(last)
    known = [quarter for quarter in rows if quarter <= last]
    if any(rows[quarter] is not None and not shown(rows[quarter]) for quarter in known):
        return [Outcome({}, judge.HIDDEN, "", {}, None, None, *span)]
    counts = [rows.get(quarter, 0) for quarter in quarters.between(min(known, default=last), last)]
    past, now = counts[:-4], sum(counts[-4:])
    expected = predict(past, 4, dispersion([past]))
    row: dict[str, Any] = {"aantal": now}
    if expected is not None:
        row |= {"verwacht": expected.verwacht, "laag": expected.laag, "hoog": expected.hoog}
    return [Outcome({}, *judge.outside(row, one.voorwaarde.kant), row, row.get("verwacht"), None, *span)]


def national(one: Declaration, scope: Scope) -> list[Outcome]:
    found = []
    wrong = {"onder": ("lager",), "boven": ("hoger",), "beide": ("lager", "hoger")}[one.voorwaarde.kant]
    status = {"verborgen": judge.HIDDEN, "nog niet bekend": judge.NOTHING, "te weinig gegevens": judge.FEW}
    for row in netherlands.compare(scope):
        dims = {"groep": row["groep"], "cohort": row["cohort"]}
        signal = row["oordeel"] in wrong
        mine = status.get(row["oordeel"], judge.SIGNAL if signal else judge.QUIET)
        day = date.fromisoformat(row["peildatum"])
        certainty = judge.SURE if signal else ""
        found.append(Outcome(dims, mine, certainty, row, row["landelijk"], None, date(row["cohort"], 1, 1), day))
    return found


def funnel(one: Declaration, scope: Scope) -> list[Outcome]:
    wrong = {"onder": ("lager",), "boven": ("hoger",), "beide": ("lager", "hoger")}[one.voorwaarde.kant]
    own = definition_of(one.cijfer).eigen
    found = []
    for row in contracts_beside(scope, one.cijfer):
        fair: dict[str, Any] = row["eerlijk"] or {"oordeel": "niet te vergelijken"}
        dims = {name: row[name] for name in (*own, "contract")}
        held = {"teller": row["teller"], "noemer": row["noemer"], "waarde": row["waarde"]} | {
            name: fair.get(name) for name in ("verwacht", "waargenomen", "gedekt", "kans")
        }
        if fair["oordeel"] in ("te weinig gegevens", "niet te vergelijken"):
            found.append(Outcome(dims, judge.FEW, "", held, None, None, FIRST_DAY, scope.day))
            continue
        signal = fair["oordeel"] in wrong
        # several contracts are looked at together: only beyond the 99.8 % limits chance is ruled out
        certainty = (judge.SURE if fair["kans"] < 0.002 else judge.MAYBE) if signal else ""
        status = judge.SIGNAL if signal else judge.QUIET
        found.append(Outcome(dims, status, certainty, held, None, None, FIRST_DAY, scope.day))
    return found


def capacity(one: Declaration, scope: Scope) -> list[Outcome]:
    """The fte that the coming year asks beside what there is."""
    [row, *_] = outlook.formatie(scope)
    year = date(row["jaar"], 1, 1), date(row["jaar"], 12, 31)
    held = {"waarde": row["nodig"], "laag": row["laag"], "hoog": row["hoog"], "n": row["personen"]}
    verdict = judge.against_limit(held, row["beschikbaar"], "boven", one.voorwaarde.min_n)
    if row["nodig"] is None:
        verdict = judge.FEW, ""
    return [Outcome({}, *verdict, held, row["beschikbaar"], None, *year)]
