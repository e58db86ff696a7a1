"""What was counted beside what is expected or was planned: forecasts with their interval, costs with their budget."""

from collections.abc import Sequence
from typing import Any

from dashboard import wording
from dashboard.figures.base import euro, sheet
from dashboard.figures.names import Named, named
from dashboard.figures.palette import ACCENT, INK, MARK, see_through
from dashboard.texts import t


def forecast_chart(counted: Sequence[tuple[int, int]], expected: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Years as bars: counted ones whole, coming ones as what is known so far and a dot with its interval.

    `expected` are rows of `insight.outlook.instroom` of one group. None when nothing is expected.
    """
    coming = [row for row in expected if row.get("verwacht") is not None]
    if not coming:
        return None
    ahead = {row["jaar"] for row in coming}
    years = [(year, n) for year, n in counted if year not in ahead]
    names = [str(year) for year, _ in years] + [str(row["jaar"]) for row in coming]
    data: list[dict[str, Any]] = [
        {
            "type": "bar", "x": names, "y": [n for _, n in years] + [row["bekend"] for row in coming],
            "name": t("geteld"),
            "marker": {"color": [ACCENT] * len(years) + [see_through(ACCENT, 0.45)] * len(coming)},
            "hovertemplate": t("{jaar}: {n} geteld", jaar="%{x}", n="%{y}") + "<extra></extra>",
        },
        {
            "type": "scatter", "mode": "markers", "x": [str(row["jaar"]) for row in coming],
            "y": [row["verwacht"] for row in coming], "name": t("verwacht"),
            "marker": {"size": 11, "symbol": "diamond", "color": MARK},
            "error_y": {
                "type": "data", "symmetric": False, "thickness": 2, "width": 7, "color": INK,
                "array": [row["hoog"] - row["verwacht"] for row in coming],
                "arrayminus": [row["verwacht"] - row["laag"] for row in coming],
            },
            "hovertemplate": t("{jaar}: verwacht {n}", jaar="%{x}", n="%{y:.0f}") + "<extra></extra>",
        },
    ]  # fmt: skip
    layout = sheet(300)
    layout["annotations"] = [
        _above(place, n, f"<b>{wording.number(n)}</b>") for place, (_, n) in enumerate(years)
    ] + [
        _above(
            place, row["hoog"],
            t("verwacht {n}", n=f"<b>{wording.number(row['verwacht'])}</b>")
            + "<br>" + t("{laag} tot {hoog}", laag=wording.number(row["laag"]), hoog=wording.number(row["hoog"])),
        )
        for place, row in enumerate(coming, len(years))
    ]  # fmt: skip
    top = max([n for _, n in years] + [row["hoog"] for row in coming])
    layout["xaxis"] |= {"type": "category", "showgrid": False}
    layout["yaxis"] |= {"range": [0, 1.22 * top], "nticks": 5}
    return {"data": data, "layout": layout}


def budget_chart(rows: Sequence[tuple[str, float, float]]) -> dict[str, Any] | None:
    """Bars of what was spent, a mark where the budget ends: (name, spent, planned; 0 when nothing was)."""
    if not rows:
        return None
    names = [name for name, _, _ in rows]
    planned = [(name, plan) for name, _, plan in rows if plan]
    data: list[dict[str, Any]] = [
        {
            "type": "bar", "orientation": "h", "y": names, "x": [spent for _, spent, _ in rows],
            "name": t("uitgegeven"),
            "marker": {"color": ACCENT}, "hovertemplate": "%{y}: %{text}<extra></extra>", "textposition": "none",
            "text": [wording.euros(spent) for _, spent, _ in rows], "showlegend": False,
        },
        {
            "type": "scatter", "mode": "markers", "name": t("begroot"),
            "y": [name for name, _ in planned], "x": [plan for _, plan in planned],
            "text": [wording.euros(plan) for _, plan in planned],
            "marker": {"symbol": "line-ns", "size": 22, "line": {"width": 3, "color": MARK}},
            "hovertemplate": t("begroot: {bedrag}", bedrag="%{text}") + "<extra></extra>",
        },
    ]  # fmt: skip
    said = [_spent(spent, plan) for _, spent, plan in rows]
    longest = 1.06 * max(max(spent, plan) for _, spent, plan in rows) or 1
    direct = bool(rows[0][2])  # the mark of the first bar can be named at the mark itself
    layout = sheet((50 if direct else 78) + 36 * len(rows), legend=bool(planned) and not direct)
    names_at, deep = named([Named(rows[0][2] / longest, rows[0][2], t("begroot"))] if direct else [], below=False)
    layout["annotations"] = [
        *names_at, *[
        {
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "yref": "y", "y": place, "text": text,
            "showarrow": False, "align": "left", "font": {"size": 14},
        }
        for place, text in enumerate(said)
    ]]  # fmt: skip
    layout["margin"]["t"] += deep
    layout["height"] += deep
    layout["margin"]["r"] = 20 + 7 * (max(map(len, said)) - 7)
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": False}
    layout["xaxis"] |= {
        "range": [0, longest],
        "nticks": 5,
        "tickprefix": euro(),
        "tickformat": ",.0f",
    }
    return {"data": data, "layout": layout}


def _spent(spent: float, planned: float) -> str:
    if not planned:
        return f"<b>{wording.euros(spent)}</b>  " + t("niets begroot")
    of = t("van {begroot} ({deel})", begroot=wording.euros(planned), deel=wording.percentage(spent / planned))
    return f"<b>{wording.euros(spent)}</b>  {of}"


def _above(x: int, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "yanchor": "bottom", "yshift": 4, "text": text, "showarrow": False, "font": {"size": 14}}
