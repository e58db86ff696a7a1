"""YAML that people write, read with the line of every value, so that each mistake can be told with file and line."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Lines = dict[tuple[Any, ...], int]
Mistakes = list[tuple[str, int, str]]
Model = TypeVar("Model", bound=BaseModel)


def lees(path: Path, model: type[Model], mistakes: Mistakes, *, als_tekst: bool = False) -> tuple[Model | None, Lines]:
    """One file as a model, and the line of each value. Mistakes are added to the list; then there is no model.

    `als_tekst` reads every value as it is written: in YAML 0377 is the number 255, and 2024-04-10 a date.
    """
    lines: Lines = {}
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = yaml.load(text, Loader=yaml.BaseLoader if als_tekst else yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        mistakes.append((path.name, line, "dit is geen geldige YAML. Kijk naar het inspringen."))
        return None, lines
    if not isinstance(raw, dict) or node is None:
        mistakes.append((path.name, 1, "hier horen namen met waarden te staan, zoals id: danner-b1."))
        return None, lines
    _lines(node, (), lines)
    twice = list(_twice(node))
    if twice:
        mistakes += [(path.name, line, f"{name} staat hier twee keer. Voeg ze samen.") for name, line in twice]
        return None, lines
    try:
        return model.model_validate(raw), lines
    except ValidationError as fault:
        for one in fault.errors():
            mistakes.append((path.name, regel(lines, one["loc"]), _told(one)))
        return None, lines


def vertel(mistakes: Iterable[tuple[str, int, str]]) -> list[str]:
    """One sentence per mistake, in the order of files and lines."""
    return [f"{file}, regel {line}: {text}" for file, line, text in sorted(mistakes)]


def _lines(node: Any, path: tuple[Any, ...], lines: Lines) -> None:
    """The line on which each value begins, by its path."""
    if node is None:
        return
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _lines(value, (*path, key.value), lines)
            lines[(*path, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _lines(value, (*path, index), lines)


def _twice(node: Any) -> Iterator[tuple[str, int]]:
    """Names that occur twice in one place, with the line of the second: YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(str(key.value))
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _twice(value)


def regel(lines: Lines, location: tuple[Any, ...]) -> int:
    """The line of a value, or of what it stands in."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)


def _told(fault: Any) -> str:
    name = ".".join(str(part) for part in fault["loc"] if not isinstance(part, int))
    kind = fault["type"]
    if kind == "missing":
        return f"{name} ontbreekt."
    if kind == "extra_forbidden":
        return f"{name} kennen wij niet. Is de naam goed gespeld?"
    if kind == "literal_error":
        return f"{name} heeft een onbekende waarde. Verwacht: {fault['ctx']['expected'].replace(' or ', ' of ')}."
    if kind.startswith("date"):
        return f"{name} is geen datum. Schrijf bijvoorbeeld 2024-01-31."
    if kind.startswith(("float", "int")):
        return f"{name} is geen getal. Schrijf bijvoorbeeld 0.80."
    return f"{name} heeft een ongeldige waarde."
