"""Reference data: figures of the policy document, municipalities and norms. Every row names its source in `bron`.

The files are read once. Totals that the policy document prints are kept beside the parts they are made of; where a
printed total is not the sum of its parts, `afwijkende_totalen` says so and the computed total counts.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

_FOLDER = Path(__file__).parent
_CODES = {"gemeentecode": pl.String}


@lru_cache(maxsize=32)
def frame(name: str) -> pl.DataFrame:
    """One file of reference data by its name without .csv; empty cells are null, gemeentecode is text."""
    return pl.read_csv(_FOLDER / f"{name}.csv", schema_overrides=_CODES)


def gemeenten() -> pl.DataFrame:
    """All Dutch municipalities, also those dissolved since 2022: gemeentecode, gemeente, regio (null outside ours)."""
    return frame("gemeenten").select("gemeentecode", "gemeente", "regio")


def warehouse_frames() -> dict[str, pl.DataFrame]:
    """What every warehouse carries, by table name."""
    return {
        "ref_gemeenten": gemeenten(),
        "ref_routes": frame("routes"),
        "ref_tarieven": frame("tarieven"),
        "ref_uitvoering": frame("uitvoering"),
    }


def totalen() -> list[dict[str, Any]]:
    """Every printed total beside the sum of its parts: onderwerp, onderdeel, gedrukt, berekend, bron."""
    return [
        {**row, "berekend": _computed(row["onderwerp"], row["onderdeel"])}
        for row in frame("gedrukte_totalen").iter_rows(named=True)
    ]


def afwijkende_totalen() -> list[dict[str, Any]]:
    """The printed totals that are not the sum of their parts. The product shows the computed one and says so."""
    return [total for total in totalen() if abs(total["gedrukt"] - total["berekend"]) > 1e-9]


def _computed(subject: str, part: str) -> float:
    if subject == "instroom":
        group, year = part.rsplit(" ", 1)
        rows = frame("instroom").filter((pl.col("groep") == group) & (pl.col("jaar") == int(year)))
        return float(rows["aantal"].sum())
    if subject == "voorzieningen":
        return float(frame("voorzieningen").filter(pl.col("doelgroep") == part)["bedrag"].sum())
    kind = {"fte": "fte", "totaal Heemstede en Bloemendaal": "euro"}.get(part, "euro_deel")
    return round(float(frame("formatie").filter(pl.col("soort") == kind)["waarde"].sum()), 6)
