"""How long figures take, beside pandas: `python tests/benchmarks/cijfers.py 100000 [--rondes 3] [--alleen ID …]`.

Each question is asked several times of a warm program, the first time left out; the fastest counts, because a shared
machine only ever makes slower. Pandas gets its tables in memory beforehand, which is more than it has in practice.
On a busy machine the clock says nothing: `--processortijd` adds up the work of all processors instead, which counts
DuckDB's two threads in full against the one of pandas. Limits are then not looked at.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
import bank

import metrics
from metrics import ALLES

P = date(2025, 6, 30)
VAN = date(2022, 1, 1)
OVERVIEW = (
    "instroom", "pip_op_tijd", "leerroute_afgerond_binnen", "routewissel", "examen_eerste_poging",
    "participatie_actief",
)  # fmt: skip
LIMIT_OVERVIEW, LIMIT_ONE = 0.3, 0.5  # seconds: the overview at 100,000 persons, any figure at 1,000,000
Frames = dict[str, pd.DataFrame]


def _fastest(ask: Callable[[], Any], rounds: int, clock: Callable[[], float] = time.perf_counter) -> float:
    ask()
    times = []
    for _ in range(rounds):
        began = clock()
        ask()
        times.append(clock() - began)
    return min(times)


def _frames(snapshot: bank.File) -> Frames:
    """The tables in memory, dates as pandas has them; what is after the peildatum is taken out in the functions."""
    tables = (
        "personen", "trajecten", "leerroutes", "onderdelen", "examens", "participatie", "uren", "tevredenheid",
        "boekingen",
    )  # fmt: skip
    with snapshot.connect() as connection:
        return {name: connection.execute(f"SELECT * EXCLUDE (levering, rij) FROM {name}").df() for name in tables}


def _known(frames: Frames, table: str, dates: tuple[str, ...]) -> pd.DataFrame:
    """The rows as they were on the peildatum."""
    persons = frames["personen"]
    rows = frames[table]
    if "persoon" in rows:
        rows = rows[rows["persoon"].isin(persons.loc[persons["datum_plichtig"] <= pd.Timestamp(P), "persoon"])]
    first, *others = dates
    rows = rows[(rows[first] <= pd.Timestamp(P)) & (rows[first] >= pd.Timestamp(VAN))]
    return rows.assign(**{name: rows[name].where(rows[name] <= pd.Timestamp(P)) for name in others})


def _instroom(f: Frames) -> Any:
    return len(_known(f, "personen", ("datum_plichtig",)))


def _pip_op_tijd(f: Frames) -> Any:
    rows = _known(f, "personen", ("datum_plichtig", "datum_huisvesting", "datum_vertrek"))
    status = rows["doelgroep"].isin(["asielstatushouder", "nareiziger"])
    rows = rows.assign(begin=rows["datum_huisvesting"].where(status, rows["datum_plichtig"])).merge(
        f["trajecten"], on="persoon", how="left"
    )
    term = rows["begin"] + timedelta(days=70)
    gone = rows["datum_pip"].isna() & ((rows["datum_vertrek"] <= term) | (rows["datum_einde"] <= term))
    rows, term = rows[(term <= pd.Timestamp(P)) & ~gone], term[(term <= pd.Timestamp(P)) & ~gone]
    return (rows["datum_pip"] <= term).mean()


def _aanwezigheid(f: Frames) -> Any:
    rows = _known(f, "uren", ("maand",))
    found = rows.groupby("soort").agg(
        teller=("uren_aanwezig", "sum"), noemer=("uren_gepland", "sum"), n=("persoon", "nunique")
    )
    return found.assign(waarde=found["teller"] / found["noemer"])


def _examen_per_poging(f: Frames) -> Any:
    rows = _known(f, "examens", ("examendatum",))
    rows = rows[rows["resultaat"] != "geen"]
    return (rows["resultaat"] == "geslaagd").groupby(rows["onderdeel"]).agg(["sum", "count"])


def _examen_eerste_poging(f: Frames) -> Any:
    rows = _known(f, "examens", ("examendatum",))
    rows = rows[rows["resultaat"] != "geen"].sort_values("examendatum").drop_duplicates(["persoon", "onderdeel"])
    return (rows["resultaat"] == "geslaagd").groupby(rows["onderdeel"]).agg(["sum", "count"])


def _uitstroom(f: Frames) -> Any:
    rows = _known(f, "leerroutes", ("start", "einde"))
    return rows[rows["einde"].notna()].groupby(["leerroute", "reden_einde"]).size()


def _uitval(f: Frames) -> Any:
    rows = _known(f, "leerroutes", ("start", "einde"))
    ends = rows["reden_einde"].where(rows["einde"].notna(), "")
    days = (rows["einde"].fillna(pd.Timestamp(P)) - rows["start"]).dt.days
    table = pd.crosstab([rows["leerroute"], days], ends)
    risk = table[::-1].groupby(level=0).cumsum().sum(axis=1)[::-1]
    ended = table.drop(columns="")
    before = (1 - ended.sum(axis=1) / risk).groupby(level=0).cumprod().groupby(level=0).shift(fill_value=1)
    return ended.div(risk, axis=0).mul(before, axis=0).groupby(level=0).cumsum()


def _voldaan_binnen(f: Frames) -> Any:
    rows = _known(f, "trajecten", ("datum_pip", "datum_einde")).merge(f["personen"], on="persoon")
    gone = rows["datum_vertrek"].where(rows["datum_vertrek"] <= pd.Timestamp(P))
    ends = rows["uitkomst"].where(rows["datum_einde"].notna(), "")
    days = (rows["datum_einde"].fillna(gone).fillna(pd.Timestamp(P)) - rows["datum_pip"]).dt.days.clip(lower=0)
    table = pd.crosstab(days, ends)
    risk = table[::-1].cumsum().sum(axis=1)[::-1]
    ended = table.drop(columns="")
    before = (1 - ended.sum(axis=1) / risk).cumprod().shift(fill_value=1)
    return ended.div(risk, axis=0).mul(before, axis=0).cumsum()


def _tevredenheid(f: Frames) -> Any:
    rows = _known(f, "tevredenheid", ("datum",))
    return rows.groupby("onderdeel")["score"].agg(["mean", "std", "count"]), pd.crosstab(
        rows["onderdeel"], rows["score"]
    )


def _kosten(f: Frames) -> Any:
    rows = _known(f, "boekingen", ("datum",))
    rows = rows[rows["soort"] == "realisatie"]
    return rows.groupby([rows["datum"].dt.year, "gemeentecode", "budget", "kostensoort"])["bedrag"].sum()


def _routeverdeling(f: Frames) -> Any:
    rows = _known(f, "leerroutes", ("start",))
    first = rows.sort_values(["start", "leerroute"]).drop_duplicates("persoon")
    return first["leerroute"].value_counts(normalize=True)


def _participatie_actief(f: Frames) -> Any:
    spells = _known(f, "leerroutes", ("start", "einde"))
    open_ = spells[spells["einde"].isna() & spells["leerroute"].isin(["B1", "Z"])]["persoon"].unique()
    busy = _known(f, "participatie", ("start",))
    busy = busy[busy["einde"].isna() | (busy["einde"] >= pd.Timestamp(P))]["persoon"]
    return pd.Series(open_).isin(busy).mean()


def _maanden_tot_uitstroom(f: Frames) -> Any:
    rows = _known(f, "leerroutes", ("start", "einde"))
    rows = rows[(rows["reden_einde"] == "afgerond") & rows["einde"].notna()].merge(f["trajecten"], on="persoon")
    months = (rows["einde"] - rows["datum_pip"]).dt.days / 30.4375
    return months.groupby(rows["leerroute"]).quantile([0.25, 0.5, 0.75])


IN_PANDAS: dict[str, Callable[[Frames], Any]] = {
    "instroom": _instroom,
    "pip_op_tijd": _pip_op_tijd,
    "aanwezigheid": _aanwezigheid,
    "examen_per_poging": _examen_per_poging,
    "examen_eerste_poging": _examen_eerste_poging,
    "uitstroom": _uitstroom,
    "uitval": _uitval,
    "voldaan_binnen": _voldaan_binnen,
    "tevredenheid": _tevredenheid,
    "kosten": _kosten,
    "routeverdeling": _routeverdeling,
    "participatie_actief": _participatie_actief,
    "maanden_tot_uitstroom": _maanden_tot_uitstroom,
}


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("personen", type=int)
    parser.add_argument("--rondes", type=int, default=3)
    parser.add_argument("--alleen", nargs="*", default=[])
    parser.add_argument("--zonder-pandas", action="store_true")
    parser.add_argument("--processortijd", action="store_true")
    arguments = parser.parse_args()
    clock = time.process_time if arguments.processortijd else time.perf_counter
    ids = arguments.alleen or list(metrics.catalogue())
    with tempfile.TemporaryDirectory(prefix="cijfers-") as folder:
        snapshot = bank.fill(Path(folder) / "bank.duckdb", arguments.personen)
        times = {
            id: _fastest(lambda id=id: metrics.compute(id, snapshot, voor=ALLES, peildatum=P), arguments.rondes, clock)
            for id in ids
        }
        frames = {} if arguments.zonder_pandas else _frames(snapshot)
        beside = {
            id: _fastest(lambda ask=ask: ask(frames), max(1, arguments.rondes - 1), clock)
            for id, ask in IN_PANDAS.items()
            if frames and id in times
        }
        overview = _fastest(
            lambda: [metrics.compute(id, snapshot, voor=ALLES, peildatum=P) for id in OVERVIEW], arguments.rondes, clock
        )
    print(f"{'cijfer':30}{'s':>8}{'pandas':>9}{'keer':>7}")
    for id, took in sorted(times.items(), key=lambda pair: -pair[1]):
        other = f"{beside[id]:9.3f}{beside[id] / took:7.1f}" if id in beside else ""
        print(f"{id:30}{took:8.3f}{other}")
    ratios = [beside[id] / times[id] for id in beside]
    print(f"overzicht (zes cijfers){overview:15.3f}")
    if ratios:
        print(f"pandas: mediaan {statistics.median(ratios):.1f} keer zo lang, minst {min(ratios):.1f} keer")
    if arguments.processortijd:
        return 0
    slow = arguments.personen <= 1_000_000 and max(times.values()) > LIMIT_ONE
    late = arguments.personen <= 100_000 and overview > LIMIT_OVERVIEW
    return int(slow or late or (bool(ratios) and (min(ratios) < 1 or statistics.median(ratios) < 3)))


if __name__ == "__main__":
    sys.exit(main())
