"""Reading and writing the table of events. A line is added, never changed; a write is whole or not there at all."""

import fcntl
import os
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.events.model import Event
from dashboard.texts import mark, t
from data import schijf, yaml_regels
from data.fouten import Gebruiksfout

FILE = "gebeurtenissen.yaml"
_EXAMPLE = Path(__file__).with_name("voorbeeld.yaml")
_HEAD = (
    "# Wat er gebeurde en een cijfer kan verklaren. Voeg regels toe; haal niets weg: een regel met trekt_in laat een\n"
    "# gebeurtenis vervallen. Velden: datum, soort (beleid, contract, rapportage, uitvoering, overig), titel,\n"
    "# toelichting, wie.\n"
    "gebeurtenissen:\n"
)
_MOST = 2000
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    gebeurtenissen: tuple[Event, ...] = ()


def read(werkmap: Path, example: bool = False) -> list[Event]:
    """The events that stand, in the order of time; with those of the example when the figures are of the example.

    Raises Gebruiksfout with a sentence per mistake, with file and line.
    """
    path = Path(werkmap) / FILE
    lines = [*(_read(_EXAMPLE, 0.0) if example else ()), *_own(path)]
    standing: dict[str, Event] = {}
    for one in lines:
        if one.trekt_in:
            standing.pop(one.trekt_in, None)
        else:
            standing[one.kenmerk] = one
    return sorted(standing.values(), key=lambda one: (one.datum or date.min, one.titel))


def shown(werkmap: Path, example: bool, first: date, last: date) -> list[dict[str, Any]]:
    """Events inside a period as a chart takes them; a table with mistakes leaves a chart as it is (the list tells)."""
    try:
        found = read(werkmap, example)
    except Gebruiksfout:
        return []
    return [{"datum": one.datum, "titel": one.titel} for one in found if one.datum and first <= one.datum <= last]


def add(werkmap: Path, event: Event, example: bool = False) -> None:
    """Write one event at the end. Raises Gebruiksfout when it stands there already."""
    with _writing(werkmap) as path:
        if event.kenmerk in {one.kenmerk for one in read(werkmap, example)}:
            raise Gebruiksfout(mark("Deze gebeurtenis staat er al."))
        _append(path, event)


def withdraw(werkmap: Path, kenmerk: str, wie: str, op: str) -> None:
    """Let an event lapse. What was written stays; a later line says that it no longer counts."""
    with _writing(werkmap) as path:
        if kenmerk not in {one.kenmerk for one in read(werkmap)}:
            raise Gebruiksfout(mark("Deze gebeurtenis is er niet (meer), of hoort bij het voorbeeld."))
        _append(path, Event(trekt_in=kenmerk, wie=wie, op=op))


def now() -> str:
    """The moment of writing."""
    return datetime.now().astimezone().isoformat(timespec="minutes")


def _own(path: Path) -> tuple[Event, ...]:
    return _read(path, path.stat().st_mtime) if path.is_file() else ()


@lru_cache(maxsize=16)
def _read(path: Path, changed: float) -> tuple[Event, ...]:
    """The lines of a file; `changed` makes a changed file another question."""
    del changed
    mistakes: yaml_regels.Mistakes = []
    table, _ = yaml_regels.lees(path, _Table, mistakes)
    if mistakes or table is None:
        raise Gebruiksfout(yaml_regels.vertel(mistakes))
    return table.gebeurtenissen


def _append(path: Path, event: Event) -> None:
    facts = {name: value for name, value in event.model_dump().items() if value not in ("", None)}
    before = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
    if len(_ITEM.findall(before)) >= _MOST:
        raise Gebruiksfout(
            t("Er staan al {n} regels in {bestand}. Bewaar het bestand en begin een nieuw.", n=_MOST, bestand=FILE)
        )
    line = yaml.safe_dump([facts], allow_unicode=True, sort_keys=False, width=1000)
    inward = next((mark.group(1) for mark in _ITEM.finditer(before)), "")  # as the lines that stand there
    text = before.rstrip("\n") + "\n" + textwrap.indent(line, inward)
    _check(path, text)
    with schijf.begrepen(path.parent):
        temporary = path.with_name(f".{path.name}-{os.getpid()}")
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    _read.cache_clear()


def _check(path: Path, text: str) -> None:
    """What is written can be read back; else nothing is written."""
    try:
        _Table.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError):
        raise Gebruiksfout(
            t(
                "Dit kon niet worden toegevoegd: de regels in {bestand} staan anders dan verwacht. "
                "Elke regel begint met een streepje onder het woord gebeurtenissen.",
                bestand=path.name,
            )
        ) from None


@contextmanager
def _writing(werkmap: Path) -> Iterator[Path]:
    """One writer at a time."""
    folder = Path(werkmap)
    with (folder / f".{FILE}.slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / FILE
