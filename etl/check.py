"""Check: text becomes typed columns and, for each refused row, one code: the first that applies. Nothing is repaired.

Each different text of a column is judged once (`etl.known`), however many rows hold it. That is also where a BSN
becomes a pseudonym: it is in no frame that leaves here.

A fault is the number `rank · 100 + column`, so that the smallest fault of a row is its code and the column to name.
Codes that need other files (contract, person, double) are decided when the warehouse is built.
"""

from datetime import date
from functools import lru_cache

import polars as pl

from data import referentie
from etl.codes import RANK
from etl.csv_file import EXTRA, ROW
from etl.known import Known
from etl.layout import Column, Layout, standard
from etl.mask import mask
from etl.pseudonymise import COMPARE, Key, compare, hide

CHECK_VERSION = 5
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
_CODES = pl.Categorical(pl.Categories("inburgering-codes"))  # contracts, quarters, municipalities: few in all
_YES_NO = {"ja": True, "j": True, "1": True, "true": True, "nee": False, "n": False, "0": False, "false": False}


def fault(code: str, column: int) -> int:
    """The number of a fault."""
    return RANK[code] * 100 + column


def check(table: str, frame: pl.DataFrame, key: Key) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of one table as they may be kept, those without a fault and those with one.

    Both have the typed columns of the layout (missing ones empty), `_rij` and `_fout`. `bsn` has become `persoon`,
    `geboortedatum` has become `geboortejaar` and a keyed hash to compare by. A refused row keeps its person and
    contract only.
    """
    layout = standard()[table]
    used, rules = _rules(table)
    columns = [_judge(table, name, frame, key, filled=name in used) for name in layout.kolommen]
    judged = pl.DataFrame([column for group in columns for column in group]).with_columns(frame[ROW])
    faults = [pl.col(column.name) for group in columns for column in group if column.name.startswith("f_")]
    if frame[EXTRA].any():
        judged = judged.with_columns(frame[EXTRA])
        faults.append(_when(pl.col(EXTRA), "ONDERLING_STRIJDIG", NO_COLUMN))
    faults += rules
    fault_of = pl.min_horizontal(*faults) if faults else pl.lit(None)
    judged = judged.with_columns(fault_of.cast(pl.Int16).alias(FAULT))
    wrong = judged.clear()
    if judged[FAULT].null_count() < judged.height:
        wrong = judged.filter(pl.col(FAULT).is_not_null())
        judged = judged.filter(pl.col(FAULT).is_null())
    return _kept(layout, judged, key, sound=True), _kept(layout, wrong, key, sound=False)


def _kept(layout: Layout, judged: pl.DataFrame, key: Key, *, sound: bool) -> pl.DataFrame:
    """What may be kept of judged rows that all are sound, or all are not."""
    kept = []
    for name, spec in layout.kolommen.items():
        if spec.type != "kenmerkwaarde":
            value = pl.col(f"w_{name}")
            always = sound or name in (BSN, "contract")
            kept.append((value if always else pl.when(False).then(value)).alias(name))
    if "waarde" in layout.kolommen and layout.kolommen["waarde"].type == "kenmerkwaarde":
        kept += _feature_values()
    done = judged.select(*kept, ROW, FAULT)
    if "geboortedatum" in layout.kolommen:
        done = done.with_columns(
            pl.col("geboortedatum").dt.year().cast(pl.Int16).alias("geboortejaar"),
            compare(done[BSN], done["geboortedatum"], key).alias(COMPARE),
        ).drop("geboortedatum")
    return done.rename({BSN: "persoon"}) if BSN in layout.kolommen else done


def _judge(table: str, name: str, frame: pl.DataFrame, key: Key, *, filled: bool) -> list[pl.Series]:
    """Per row the typed value `w_`, and the fault `f_` when there is any.

    With `filled` also whether the cell is filled `t_`; of a feature that is the text itself.
    """
    if name == BSN and name in frame.columns:
        return _person(frame[name], key)
    if standard()[table].kolommen[name].type == "kenmerkwaarde":
        judged = _judge_texts(table, name, frame[name], key)
        return _named(name, judged, filled=True)
    known = _known(table, name, key)
    if name not in frame.columns:
        nothing = pl.zeros(frame.height, pl.UInt32, eager=True)
        return _named(name, known.blank.select(pl.all().gather(nothing)), filled=filled)
    numbers, texts = known.look_up(frame[name])
    blanks = numbers.null_count()
    if blanks:  # an empty cell comes after all texts
        numbers = numbers.fill_null(texts.height)
        texts = pl.concat([texts, known.blank])
    wanted = ["w"] + ["t"] * filled + ["f"] * (texts["f"].null_count() < texts.height)
    return _named(name, pl.DataFrame([texts[one].gather(numbers) for one in wanted]), filled=filled)


def kinds(table: str, key: Key) -> dict[str, pl.DataType]:
    """The columns of which each different text is judged once, with the kind of categories that their texts become."""
    columns = standard()[table].kolommen
    return {
        name: _known(table, name, key).kind
        for name, spec in columns.items()
        if name != BSN and spec.type != "kenmerkwaarde"
    }


def _known(table: str, name: str, key: Key) -> Known:
    known = key.columns.get((table, name))
    if known is None:
        known = key.columns.setdefault((table, name), Known(lambda texts: _judge_texts(table, name, texts, key)))
    return known


def _named(name: str, judged: pl.DataFrame, *, filled: bool) -> list[pl.Series]:
    """The series of one column under their names, without faults when there are none."""
    found = [judged["w"].alias(f"w_{name}")] + ([judged["t"].alias(f"t_{name}")] if filled else [])
    if "f" in judged.columns and judged["f"].null_count() < judged.height:
        found.append(judged["f"].alias(f"f_{name}"))
    return found


def _judge_texts(table: str, name: str, texts: pl.Series, key: Key) -> pl.DataFrame:
    """Per text the value as it may be kept `w`, whether there is anything `t`, and the number of its fault `f`."""
    layout = standard()[table]
    spec = layout.kolommen[name]
    stripped = pl.col(name).str.strip_chars()
    cells = pl.DataFrame([texts.alias(name)]).select(pl.when(stripped != "").then(stripped).alias(name))
    judged = cells.with_columns(_value(name, spec).alias(f"w_{name}"))
    faults = _faults(name, spec, list(layout.kolommen).index(name))
    fault_of = pl.min_horizontal(*faults) if faults else pl.lit(None)
    return judged.select(
        _stored(name, spec, judged, layout, key).alias("w"),
        (pl.col(name) if spec.type == "kenmerkwaarde" else pl.col(name).is_not_null()).alias("t"),
        fault_of.cast(pl.Int16).alias("f"),
    )


def _person(text: pl.Series, key: Key) -> list[pl.Series]:
    """What `_judge` gives, for the column bsn, which is always the first and must be filled."""

    def digits(texts: pl.Series) -> pl.Series:
        return pl.DataFrame([texts.alias("t")]).select(_bsn(pl.col("t").str.strip_chars())).to_series()

    person = key.hash_series(text, digits)
    if not person.null_count():
        return [person.alias("w_bsn")]
    blank = pl.col("t").str.strip_chars().fill_null("") == ""
    fault_of = pl.when(blank).then(fault("VERPLICHT_LEEG", 0)).otherwise(fault("BSN_ONGELDIG", 0))
    judged = pl.DataFrame([person.alias("p"), text.alias("t")])
    faults = judged.select(pl.when(pl.col("p").is_null()).then(fault_of).cast(pl.Int16).alias("f_bsn")).to_series()
    return [person.alias("w_bsn"), faults]


def _stored(name: str, spec: Column, judged: pl.DataFrame, layout: Layout, key: Key) -> pl.Series:
    """The value as it may be kept: no BSN, and lists of values as categories."""
    value = judged[f"w_{name}"]
    if name == BSN:
        return value.cast(pl.Int64)  # no such column: nothing in it
    if spec.type in ("tekst", "contract"):
        value = hide(value, key, identifies=name in layout.sleutel)
    if spec.anders is not None:
        value = value.fill_null(spec.anders)
    if spec.type == "keuze":
        return value.cast(pl.Enum(spec.keuzes))
    if spec.type in ("contract", "kwartaal", "halfjaar", "gemeente"):
        return value.cast(_CODES)
    return value


def _feature_values() -> list[pl.Expr]:
    """A feature's value is a number, else a day, else text."""
    text, sound = pl.col("t_waarde"), pl.col("w_kenmerk").is_not_null() & pl.col(FAULT).is_null()
    number, day = _number(text, money=False), _date(text)
    return [
        pl.when(sound).then(number).alias("waarde"),
        pl.when(sound & number.is_null()).then(day).alias("datum"),
        pl.when(sound & number.is_null() & day.is_null())
        .then(text.map_elements(mask, return_dtype=pl.String))
        .alias("tekst"),
    ]


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


def _faults(name: str, spec: Column, index: int) -> list[pl.Expr]:
    """What a cell can have wrong by itself: the number of the fault, or empty."""
    text, value = pl.col(name), pl.col(f"w_{name}")
    found = []
    if spec.verplicht:
        found.append(_when(text.is_null(), "VERPLICHT_LEEG", index))
    if spec.type in _TYPE_FAULT:
        found.append(_when(text.is_not_null() & value.is_null(), _TYPE_FAULT[spec.type], index))
    if spec.type in ("getal", "geheel"):
        found.append(_when(_may_be_bsn(value), "BUITEN_BEREIK", index))
    if spec.van is not None:
        found.append(_when(value < spec.van, "BUITEN_BEREIK", index))
    if spec.tot is not None:
        found.append(_when(value > spec.tot, "BUITEN_BEREIK", index))
    return found


@lru_cache
def _rules(table: str) -> tuple[frozenset[str], list[pl.Expr]]:
    """The columns of which it matters whether they are filled, and what a row can have wrong when each cell is right.

    A value that is not right cannot break such a rule.
    """
    layout = standard()[table]
    order = list(layout.kolommen)
    filled = {name for pair in layout.samen for name in pair} | {rule.kolom for rule in (*layout.vereist, *layout.leeg)}
    found: list[pl.Expr] = []
    if "waarde" in order and layout.kolommen["waarde"].type == "kenmerkwaarde":
        feature, text, index = pl.col("w_kenmerk"), pl.col("t_waarde"), order.index("waarde")
        dated = feature.is_in(DATE_FEATURES)
        numeric = feature.is_in(FEATURES) & ~dated
        found.append(_when(dated & text.is_not_null() & _date(text).is_null(), "DATUM_ONGELDIG", index))
        wrong = text.is_not_null() & _number(text, money=False).is_null()
        found.append(_when(numeric & wrong, "GETAL_ONGELDIG", index))
        found.append(_when(_may_be_bsn(_number(text, money=False)), "BUITEN_BEREIK", index))
    for chain in layout.volgorde:
        for place in range(1, len(chain)):
            latest = pl.max_horizontal(*(f"w_{name}" for name in chain[:place]))
            found.append(_when(latest > pl.col(f"w_{chain[place]}"), "DATUM_VOLGORDE", order.index(chain[place])))
    for one, other in layout.samen:
        apart = pl.col(f"t_{one}") != pl.col(f"t_{other}")
        found.append(_when(apart, "ONDERLING_STRIJDIG", order.index(other)))
    for rule in layout.vereist:
        lacks = ~pl.col(f"t_{rule.kolom}") & (pl.col(f"w_{rule.tenzij}") != rule.waarde)
        found.append(_when(lacks, "ONDERLING_STRIJDIG", order.index(rule.kolom)))
    for rule in layout.leeg:
        wrong = pl.col(f"w_{rule.als}") == rule.waarde if rule.als else pl.col(f"w_{rule.tenzij}") != rule.waarde
        found.append(_when(pl.col(f"t_{rule.kolom}") & wrong, "ONDERLING_STRIJDIG", order.index(rule.kolom)))
    return frozenset(filled), found


def _when(condition: pl.Expr, code: str, column: int) -> pl.Expr:
    return pl.when(condition).then(pl.lit(fault(code, column), pl.Int32))
