"""Check: text becomes typed columns and, for each refused row, one code: the first that applies. Nothing is repaired.

A fault is the number `rank · 100 + column`, so that the smallest fault of a row is its code and the column to name.
Codes that need other files (contract, person, double) are decided when the warehouse is built.
"""

from datetime import date
from functools import lru_cache

import polars as pl

from data import referentie
from etl.codes import RANK
from etl.layout import Column, Layout, standard
from etl.mask import mask
from etl.read import EXTRA, ROW, Part

CHECK_VERSION = 2
FAULT, BSN = "_fout", "bsn"
NO_COLUMN = 99  # the fault is the row's, not one column's
CONTRACT_ON_FRONT = 98
FEATURES = (
    "docenten", "docenten_bevoegd", "groepen", "deelnemers_in_groepen", "klachten", "klachten_op_tijd",
    "wachttijd_dagen", "aanmeldingen", "gestart_op_tijd", "keurmerk_geldig_tot", "tolkopdrachten",
    "tolkopdrachten_geleverd", "tolkopdrachten_register",
)  # fmt: skip
DATE_FEATURES = ("keurmerk_geldig_tot",)
_TYPE_FAULT = {
    "bsn": "BSN_ONGELDIG", "datum": "DATUM_ONGELDIG", "maand": "DATUM_ONGELDIG", "kwartaal": "DATUM_ONGELDIG",
    "halfjaar": "DATUM_ONGELDIG", "getal": "GETAL_ONGELDIG", "geheel": "GETAL_ONGELDIG", "keuze": "WAARDE_ONBEKEND",
    "janee": "WAARDE_ONBEKEND", "gemeente": "GEMEENTE_ONBEKEND",
}  # fmt: skip
_YES_NO = {"ja": True, "j": True, "1": True, "true": True, "nee": False, "n": False, "0": False, "false": False}


def fault(code: str, column: int) -> int:
    """The number of a fault."""
    return RANK[code] * 100 + column


def check(part: Part) -> pl.DataFrame:
    """Typed columns of the layout (all of them, missing ones empty), `bsn` as nine digits, `_rij` and `_fout`.

    `bsn` still has to become a pseudonym; nothing of this frame may be written before that.
    """
    layout = standard()[part.tabel]
    present = set(part.frame.columns)
    text = part.frame.lazy().with_columns(
        *(_blank_is_empty(name) for name in layout.kolommen if name in present),
        *(pl.lit(None, pl.String).alias(name) for name in layout.kolommen if name not in present),
    )
    typed = text.with_columns(
        *(expr.alias(f"w_{name}") for name, spec in layout.kolommen.items() for expr in [_value(name, spec)])
    )
    faults = _faults(layout)
    checked = typed.with_columns(pl.min_horizontal(*faults).cast(pl.Int16).alias(FAULT))
    columns = []
    for name, spec in layout.kolommen.items():
        value = pl.col(f"w_{name}")
        if spec.anders is not None:
            value = value.fill_null(spec.anders)
        keep = name in (BSN, "contract")
        columns.append((value if keep else pl.when(pl.col(FAULT).is_null()).then(value)).alias(name))
    extra = []
    if part.tabel == "rapportage.kwaliteit":
        name_ok = pl.col("w_kenmerk").is_not_null() & pl.col(FAULT).is_null()
        number, day = _number(pl.col("waarde"), money=False), _date(pl.col("waarde"))
        free = pl.col("waarde").map_elements(mask, return_dtype=pl.String)
        columns = [column for column in columns if column.meta.output_name() != "waarde"]
        extra = [
            pl.when(name_ok).then(number).alias("waarde"),
            pl.when(name_ok & number.is_null()).then(day).alias("datum"),
            pl.when(name_ok & number.is_null() & day.is_null()).then(free).alias("tekst"),
        ]
    return checked.select(*columns, *extra, ROW, FAULT).collect()


def _blank_is_empty(name: str) -> pl.Expr:
    stripped = pl.col(name).str.strip_chars()
    return pl.when(stripped != "").then(stripped).alias(name)


def _value(name: str, spec: Column) -> pl.Expr:
    """The typed value of a text column; empty where it can't be one."""
    text = pl.col(name)
    match spec.type:
        case "bsn":
            return _bsn(text)
        case "datum":
            return _date(text)
        case "maand":
            return _month(text)
        case "kwartaal":
            upper = text.str.to_uppercase()
            return pl.when(upper.str.contains(r"^(19[0-9][0-9]|20[0-9][0-9]|2100)-K[1-4]$")).then(upper)
        case "halfjaar":
            return pl.when(text.str.contains(r"^(19[0-9][0-9]|20[0-9][0-9]|2100)-[12]$")).then(text)
        case "getal":
            return _number(text, money=spec.geld)
        case "geheel":
            number = _number(text, money=spec.geld)
            return pl.when((number == number.round(0)) & (number.abs() < 2**31)).then(number).cast(pl.Int64)
        case "keuze":
            choices = {choice.lower(): choice for choice in spec.keuzes}
            choices |= {k.lower(): v for k, v in spec.gelijk.items()}
            return text.str.to_lowercase().replace_strict(choices, default=None, return_dtype=pl.String)
        case "janee":
            return text.str.to_lowercase().replace_strict(_YES_NO, default=None, return_dtype=pl.Boolean)
        case "gemeente":
            code = pl.when(text.str.contains(r"^[0-9]{1,4}$")).then(text.str.zfill(4))
            return pl.when(code.is_in(_municipalities())).then(code)
        case "contract":
            return text.str.to_lowercase()
        case "kenmerkwaarde" | "tekst":
            return text.str.to_lowercase() if name == "kenmerk" else text


@lru_cache(maxsize=1)
def _municipalities() -> list[str]:
    return referentie.gemeenten()["gemeentecode"].to_list()


def _bsn(text: pl.Expr) -> pl.Expr:
    digits = pl.when(text.str.contains(r"^[0-9]{8,9}$")).then(text.str.zfill(9))
    number = digits.cast(pl.Int64)
    return pl.when(_elfproef(number) & (number > 0)).then(digits)


def _elfproef(number: pl.Expr) -> pl.Expr:
    total = sum(
        ((number // 10 ** (8 - place)) % 10 * weight for place, weight in enumerate((9, 8, 7, 6, 5, 4, 3, 2, -1))),
        start=pl.lit(0, pl.Int64),
    )
    return total % 11 == 0


def _may_be_bsn(value: pl.Expr) -> pl.Expr:
    """A whole number of eight or nine digits that passes the elfproef: in a column of amounts it would be kept."""
    size = value.abs()
    inside = (size >= 10_000_000) & (size < 1_000_000_000) & (size == size.floor())
    return inside & _elfproef(pl.when(inside).then(size).cast(pl.Int64))


def _date(text: pl.Expr) -> pl.Expr:
    def parse(pattern: str, form: str) -> pl.Expr:
        return pl.when(text.str.contains(pattern)).then(text).str.to_date(form, strict=False)

    day = pl.coalesce(
        parse(r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"),
        parse(r"^\d{2}-\d{2}-\d{4}$", "%d-%m-%Y"),
        parse(r"^\d{2}/\d{2}/\d{4}$", "%d/%m/%Y"),
    )
    return pl.when(day.is_between(pl.date(1900, 1, 1), pl.date(2100, 12, 31))).then(day)


def parse_date(text: str) -> date | None:
    """One date in a form of the specification, or None."""
    return pl.select(_date(pl.lit(text.strip(), pl.String))).item()


def _month(text: pl.Expr) -> pl.Expr:
    first = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}$")).then(text + "-01").str.to_date("%Y-%m-%d", strict=False)
    other = pl.when(text.str.contains(r"^[0-9]{2}-[0-9]{4}$")).then("01-" + text).str.to_date("%d-%m-%Y", strict=False)
    day = pl.coalesce(first, other)
    return pl.when(day.is_between(pl.date(1900, 1, 1), pl.date(2100, 12, 31))).then(day)


def _number(text: pl.Expr, *, money: bool) -> pl.Expr:
    """1234.5, 1234,5, 1.234,50, with or without a euro sign; in money "11.000" could be two things and is none."""
    bare = text.str.replace(r"^(-?)\s*€\s*", "${1}").str.replace(r"\s*€$", "")
    comma = pl.when(bare.str.contains(r"^-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+$")).then(
        bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    )
    form = r"^-?[0-9]+(\.[0-9]+)?$"
    plain = pl.when(bare.str.contains(form)).then(bare)
    if money:
        plain = pl.when(~bare.str.contains(r"^-?[0-9]+\.[0-9]{3}$")).then(plain)
    number = pl.coalesce(comma, plain).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _faults(layout: Layout) -> list[pl.Expr]:
    """One expression per rule: the number of the fault, or empty."""
    order = list(layout.kolommen)
    found = [_when(pl.col(EXTRA), "ONDERLING_STRIJDIG", NO_COLUMN)]
    for index, (name, spec) in enumerate(layout.kolommen.items()):
        text, value = pl.col(name), pl.col(f"w_{name}")
        if spec.verplicht:
            found.append(_when(text.is_null(), "VERPLICHT_LEEG", index))
        if spec.type in _TYPE_FAULT:
            found.append(_when(text.is_not_null() & value.is_null(), _TYPE_FAULT[spec.type], index))
        if spec.type == "kenmerkwaarde":
            feature = pl.col("w_kenmerk")
            dated = feature.is_in(DATE_FEATURES)
            numeric = feature.is_in(FEATURES) & ~dated
            wrong = text.is_not_null() & _date(text).is_null()
            found.append(_when(dated & wrong, "DATUM_ONGELDIG", index))
            found.append(
                _when(numeric & text.is_not_null() & _number(text, money=False).is_null(), "GETAL_ONGELDIG", index)
            )
            found.append(_when(_may_be_bsn(_number(text, money=False)), "BUITEN_BEREIK", index))
        if spec.type in ("getal", "geheel"):
            found.append(_when(_may_be_bsn(value), "BUITEN_BEREIK", index))
        if spec.van is not None:
            found.append(_when(value < spec.van, "BUITEN_BEREIK", index))
        if spec.tot is not None:
            found.append(_when(value > spec.tot, "BUITEN_BEREIK", index))
    for chain in layout.volgorde:
        for place in range(1, len(chain)):
            latest = pl.max_horizontal(*(f"w_{name}" for name in chain[:place]))
            found.append(_when(latest > pl.col(f"w_{chain[place]}"), "DATUM_VOLGORDE", order.index(chain[place])))
    for one, other in layout.samen:
        apart = pl.col(one).is_null() != pl.col(other).is_null()
        found.append(_when(apart, "ONDERLING_STRIJDIG", order.index(other)))
    for rule in layout.vereist:
        lacks = pl.col(rule.kolom).is_null() & (pl.col(f"w_{rule.tenzij}") != rule.waarde)
        found.append(_when(lacks, "ONDERLING_STRIJDIG", order.index(rule.kolom)))
    for rule in layout.leeg:
        wrong = pl.col(f"w_{rule.als}") == rule.waarde if rule.als else pl.col(f"w_{rule.tenzij}") != rule.waarde
        found.append(_when(pl.col(rule.kolom).is_not_null() & wrong, "ONDERLING_STRIJDIG", order.index(rule.kolom)))
    return found


def _when(condition: pl.Expr, code: str, column: int) -> pl.Expr:
    return pl.when(condition).then(pl.lit(fault(code, column), pl.Int32))
