"""How groups of cases of the second opinion become rows: one function per kind of figure."""

from fractions import Fraction
from functools import partial

from reference import grouped, passes, plus
from reference_statistics import first_day, incidence, mean, quantile, still_open, wilson


def counted(world, cases, dims, filters):
    kept = [case for case in cases if passes(case, filters)]
    return [
        {**key, "aantal": sum(case.get("aantal", 1) for case in group)} for key, group in grouped(kept, dims, filters)
    ]


def share_row(teller, noemer, interval=True):
    row = {"teller": teller, "noemer": noemer, "waarde": teller / noemer if noemer else None}
    if interval:
        row["laag"], row["hoog"] = wilson(teller, noemer)
    return row


def shares(world, cases, dims, filters, term=False):
    """A share of cases. With a term, a case with `rijp` False was not followed for all of it: it counts in n only."""
    kept = [case for case in cases if passes(case, filters)]
    rows = []
    for key, group in grouped(kept, dims, filters):
        ripe = [case for case in group if case.get("rijp", True)]
        if dims and not ripe:
            continue
        row = {**key, **share_row(sum(case["teller"] for case in ripe), len(ripe))}
        if term:
            row["n"] = len(group)
        rows.append(row)
    return rows


termed = partial(shares, term=True)


def incidences(ends, horizons):
    def finish(world, cases, dims, filters):
        kept = [case for case in cases if passes(case, filters)]
        rows = []
        for key, group in grouped(kept, dims, filters):
            durations = [case["duur"] for case in group]
            for horizon in horizons:
                beyond = not durations or horizon > max(days for days, _ in durations)
                risk = sum(1 for days, _ in durations if days >= horizon)
                followed = sum(
                    1
                    for case in group
                    for days, end in [case["duur"]]
                    if plus(case["datum"], horizon) <= world.day and (end is not None or days >= horizon)
                )
                for end in (*ends, "nog bezig"):
                    if beyond:
                        value = low = high = None
                    elif end == "nog bezig":
                        value, low, high = still_open(durations, horizon)
                    else:
                        value, low, high = incidence(durations, end, horizon)
                    rows.append({**key, "horizon": horizon, "einde": end, "waarde": value, "laag": low, "hoog": high,
                                 "n": len(durations), "in_risico": risk, "gevolgd": followed})  # fmt: skip
        return rows

    return finish


def days_until(kind, *quantiles):
    def finish(world, cases, dims, filters):
        kept = [case for case in cases if passes(case, filters)]
        return [
            {**key, "n": len(group),
             **{name: first_day([case["duur"] for case in group], share, kind) for name, share in quantiles}}
            for key, group in grouped(kept, dims, filters)
        ]  # fmt: skip

    return finish


def quartiles(world, cases, dims, filters):
    kept = [case for case in cases if passes(case, filters)]
    rows = []
    for key, group in grouped(kept, dims, filters):
        values = [case["maanden"] for case in group]
        rows.append({**key, "n": len(values), **{f"p{share}": quantile(values, share / 100) for share in (25, 50, 75)}})
    return rows


def scores(world, cases, dims, filters):
    kept = [case for case in cases if passes(case, filters)]
    rows = []
    for key, group in grouped(kept, dims, filters):
        values = [case["score"] for case in group]
        middle, low, high = mean(values)
        rows.append({**key, "waarde": middle, "laag": low, "hoog": high, "n": len(values),
                     "teller": sum(1 for value in values if value <= 5), "noemer": len(values),
                     "verdeling": [values.count(score) for score in range(1, 11)]})  # fmt: skip
    return rows


def exact(amounts):
    """The sum of amounts as they are written, without rounding on the way."""
    return float(sum(Fraction(str(amount)) for amount in amounts))


def ratios(world, cases, dims, filters):
    kept = [case for case in cases if passes(case, filters)]
    rows = []
    for key, group in grouped(kept, dims, filters):
        teller, noemer = exact(case["teller"] for case in group), exact(case["noemer"] for case in group)
        row = {**key, "teller": teller, "noemer": noemer, "waarde": teller / noemer if noemer else None}
        if group and "persoon" in group[0]:
            row["n"] = len({case["persoon"] for case in group})
        rows.append(row)
    return rows


def amounts(world, cases, dims, filters):
    kept = [case for case in cases if passes(case, filters)]
    return [{**key, "waarde": exact(case["bedrag"] for case in group)} for key, group in grouped(kept, dims, filters)]


def without_interval(world, cases, dims, filters):
    rows = shares(world, cases, dims, filters)
    return [{name: value for name, value in row.items() if name not in ("laag", "hoog")} for row in rows]
