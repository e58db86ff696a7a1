"""Deliveries for measuring: about 43 rows a person, two thirds of them `uren`, written in columns.

The same tables, forms and faults as the example deliveries (data/voorbeeld), but without a person's course in them:
that takes a minute for 30,000 people, this takes one for a million. The BSNs are fictional: they begin with 98 or 99.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

SINCE, MONTHS = date(2022, 1, 1), 48
ROUTES = ("danner-b1", "danner-z", "vu-onderwijs", "hva-onderwijs")
CONTRACTS = (*ROUTES, "vluchtelingenwerk-pvt", "vluchtelingenwerk-begeleiding")
CODES = ["0375", "0377", "0392", "0396", "0397", "0453", "0473"]
GROUPS = ["asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant"]
BATCH = 50_000
ADDED = "uren_2026-01.csv"
FAULTY = 2_000  # one row in so many has a fault
_KEEP_DATE = ("personen", "examens", "besluiten", "gesprekken", "uren")


def bsns(count: int) -> np.ndarray:
    """Distinct fictional BSNs as text, passing the elfproef."""
    stem = np.arange(98_000_000, 100_000_000, dtype=np.int64)
    total = sum((stem // 10 ** (7 - place)) % 10 * weight for place, weight in enumerate(range(9, 1, -1)))
    check = total % 11
    found = stem[check < 10] * 10 + check[check < 10]
    return np.random.default_rng(1).permutation(found)[:count].astype("U9")


def _days(offset: np.ndarray) -> pl.Series:
    return pl.Series(np.datetime64(SINCE) + offset.astype("timedelta64[D]"))


def _spells(bsn: np.ndarray, rng: np.random.Generator, extra: dict[str, pl.Series], length: int) -> pl.DataFrame:
    """One spell a row, with an end for those that ended in time."""
    start = rng.integers(0, 1300, len(bsn))
    end = start + rng.integers(20, length, len(bsn))
    frame = pl.DataFrame({"bsn": bsn, **extra, "start": _days(start), "einde": _days(end)})
    return frame.with_columns(pl.when(pl.col("einde") < date(2025, 12, 31)).then("einde").alias("einde"))


def _tables(bsn: np.ndarray, rng: np.random.Generator) -> Iterator[tuple[str, pl.DataFrame, str]]:
    """Per table its rows and the column that says in which half-year's file a row comes."""
    n = len(bsn)

    def pick(values: list[str], count: int = n) -> pl.Series:
        return pl.Series(np.array(values)[rng.integers(0, len(values), count)])

    duty = rng.integers(0, 1400, n)
    people = pl.DataFrame(
        {"bsn": bsn, "geboortedatum": _days(-rng.integers(7_000, 20_000, n)), "geslacht": pick(["man", "vrouw"]),
         "gemeentecode": pick(CODES), "doelgroep": pick(GROUPS), "datum_plichtig": _days(duty),
         "datum_huisvesting": _days(duty + 30), "mutatiedatum": _days(duty)}
    )  # fmt: skip
    moved = people[: n // 20].with_columns(
        pl.col("mutatiedatum").dt.offset_by("90d"), pl.lit("0397").alias("gemeentecode")
    )
    yield "personen", pl.concat([people, moved]).sort("bsn"), "mutatiedatum"
    course = _spells(bsn, rng, {}, 1000).rename({"start": "datum_intake_1", "einde": "datum_einde"})
    course = course.with_columns(
        pl.col("datum_intake_1").dt.offset_by("40d").alias("datum_pip"),
        pl.when(pl.col("datum_einde").is_not_null()).then(pl.lit("voldaan")).alias("uitkomst"),
    ).with_columns(pl.max_horizontal("datum_einde", "datum_pip").alias("datum_einde"))
    course = course.with_columns(pl.when(pl.col("uitkomst").is_not_null()).then("datum_einde").alias("datum_einde"))
    yield "trajecten", course, "datum_intake_1"
    routes = _spells(bsn, rng, {"leerroute": pick(["B1", "onderwijs", "Z"]), "contract": pick(list(ROUTES))}, 1000)
    yield "leerroutes", routes.with_columns(_with_end("afgerond", None).alias("reden_einde")), "start"
    some = np.repeat(bsn, 3)
    parts = {"onderdeel": pl.Series(["PVT", "MAP", "maatschappelijke begeleiding"] * n),
             "contract": pick(list(CONTRACTS), 3 * n)}  # fmt: skip
    yield (
        "onderdelen",
        _spells(some, rng, parts, 300).with_columns(
            _with_end("afgerond", "loopt").alias("resultaat"), _with_end("12", None).alias("uren")
        ),
        "start",
    )
    some = np.repeat(bsn, 2)
    yield "examens", pl.DataFrame(
        {"bsn": some, "onderdeel": pick(["lezen", "luisteren", "schrijven", "spreken"], 2 * n),
         "niveau": pick(["A2", "B1"], 2 * n),
         "examendatum": _days(rng.integers(200, 1460, 2 * n)), "resultaat": pick(["geslaagd", "gezakt"], 2 * n)}
    ), "examendatum"  # fmt: skip
    few = bsn[: n // 7]
    yield "besluiten", pl.DataFrame(
        {"bsn": few, "datum": _days(rng.integers(200, 1460, len(few))),
         "soort": pick(["boete", "waarschuwing"], len(few)),
         "grondslag": pick(["Wi2021", "Participatiewet"], len(few)), "bedrag": pick(["250.0", "100.5"], len(few))}
    ), "datum"  # fmt: skip
    work = {"vorm": pick(["betaald werk", "vrijwilligerswerk"])}
    yield "participatie", _spells(bsn, rng, work, 600), "start"
    yield "uitkeringen", _spells(bsn[: n // 2], rng, {}, 900), "start"
    some = np.repeat(bsn, 2)
    yield (
        "gesprekken",
        pl.DataFrame(
            {"bsn": some, "datum": _days(rng.integers(0, 1460, 2 * n)), "soort": pick(["voortgang", "PIP"], 2 * n)}
        ).unique(["bsn", "datum", "soort"], maintain_order=True),
        "datum",
    )
    yield "uren", _hours(bsn, rng), "maand"


def _with_end(ended: str, running: str | None) -> pl.Expr:
    return pl.when(pl.col("einde").is_not_null()).then(pl.lit(ended)).otherwise(pl.lit(running, pl.String))


def _hours(bsn: np.ndarray, rng: np.random.Generator) -> pl.DataFrame:
    """A run of months per person: on average 20 months of language, half of them with participation too."""
    n = len(bsn)
    length = rng.integers(5, 36, n)
    first = rng.integers(0, MONTHS - length)
    contract = rng.integers(0, len(ROUTES), n)
    person = np.repeat(np.arange(n), length)
    month = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length) + first[person]
    also = rng.random(len(person)) < 0.45
    twice = np.repeat(np.arange(len(person)), 1 + also)
    second = np.concatenate([[False], twice[1:] == twice[:-1]])
    person, month = person[twice], month[twice]
    planned = np.where(second, rng.choice([16, 24, 32], len(twice)), rng.choice([32, 36, 40, 44], len(twice)))
    present = np.round(planned * np.clip(rng.normal(0.82, 0.12, len(twice)), 0, 1) * 2) / 2
    months = np.array([date(2022 + m // 12, m % 12 + 1, 1) for m in range(MONTHS)], dtype="datetime64[D]")
    return pl.DataFrame(
        {"bsn": bsn[person], "contract": np.array(ROUTES)[contract[person]], "maand": months[month],
         "soort": np.where(second, "participatie", "taal"), "uren_gepland": planned.astype(float),
         "uren_aanwezig": present}
    )  # fmt: skip


def _half(column: str) -> pl.Expr:
    day = pl.col(column)
    return pl.format("{}-{}", day.dt.year(), (day.dt.month() > 6).cast(pl.Int8) + 1)


def _by_half(name: str, frame: pl.DataFrame, own: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each half-year; who ended later is first known without an end."""
    end = "datum_einde" if name == "trajecten" else "einde"
    if name not in _KEEP_DATE and end in frame.columns:
        later = pl.col(end).is_not_null() & (_half(end) != _half(own))
        lost = {"trajecten": ["datum_einde", "uitkomst"], "leerroutes": ["einde", "reden_einde"],
                "onderdelen": ["einde", "uren"], "uitkeringen": ["einde"], "participatie": ["einde"]}[name]  # fmt: skip
        early = frame.filter(later).with_columns(
            pl.lit(None).cast(frame.schema[column]).alias(column) for column in lost
        )
        if name == "onderdelen":
            early = early.with_columns(pl.lit("loopt").alias("resultaat"))
        halves = pl.concat(
            [early.with_columns(_half(own).alias("_half")),
             frame.with_columns(pl.when(later).then(_half(end)).otherwise(_half(own)).alias("_half"))]
        )  # fmt: skip
    else:
        halves = frame.with_columns(_half(own).alias("_half"))
    for (half,), rows in sorted(halves.partition_by("_half", as_dict=True, include_key=False).items()):
        yield str(half), rows


def _as_text(frame: pl.DataFrame, form: int, rng: np.random.Generator) -> pl.DataFrame:
    """Dates and numbers in the file's own form, and a fault here and there."""
    day, month = (("%Y-%m-%d", "%Y-%m"), ("%d-%m-%Y", "%m-%Y"))[form % 2]
    columns = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if kind == pl.Date:
            column = column.dt.to_string(month if name == "maand" else day)
        elif kind == pl.Float64:
            whole = column.cast(pl.Int32).cast(pl.String)
            column = pl.when(column == column.floor()).then(whole).otherwise(column.cast(pl.String))
            column = column.str.replace(".", ",", literal=True) if form % 3 else column
        columns.append(column)
    text = frame.select(columns)
    wrong = pl.Series(rng.random(text.height) < 1 / FAULTY)
    last = text.columns[-1]
    return text.with_columns(pl.when(wrong).then(pl.lit("fout")).otherwise(last).alias(last))


def write(folder: Path, persons: int, *, one_file: bool = False) -> int:
    """Write the deliveries; gives the number of rows. With `one_file` all hours are in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = bsns(persons)
    seen: set[Path] = set()
    rows = 0
    for batch, begin in enumerate(range(0, persons, BATCH)):
        rng = np.random.default_rng(batch)
        for name, frame, own in _tables(numbers[begin : begin + BATCH], rng):
            for form, (half, part) in enumerate(_by_half(name, frame, own)):
                suffix = "2025-2" if one_file and name == "uren" else half
                form = 0 if one_file and name == "uren" else form
                path = folder / f"{name}_{suffix}.csv"
                with path.open("ab") as handle:
                    _as_text(part, form, rng).write_csv(
                        handle, separator=";,\t"[form % 3 if form % 3 != 1 else 0], include_header=path not in seen,
                        include_bom=False, quote_style="always" if name == "participatie" else "necessary",
                    )  # fmt: skip
                seen.add(path)
                rows += part.height
    return rows


def write_added(folder: Path, persons: int, share: float = 0.02) -> int:
    """One more file: the hours of January 2026 for a part of the people; gives the number of rows."""
    some = bsns(persons)[: max(1, int(persons * share))]
    frame = pl.DataFrame({"bsn": some, "contract": "vu-onderwijs", "maand": "2026-01", "soort": "taal",
                          "uren_gepland": "40", "uren_aanwezig": "31,5"})  # fmt: skip
    frame.write_csv(folder / ADDED, separator=";")
    return frame.height
