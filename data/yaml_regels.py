"""YAML that people write, read with the line of every value, so that each mistake can be told with file and line.

Whatever the file holds (a picture, a loop of anchors, a date that is no day), it ends in sentences and never in a
traceback; what can still be read is read, so that all mistakes are told at once.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Lines = dict[tuple[Any, ...], int]
Mistakes = list[tuple[str, int, str]]
Model = TypeVar("Model", bound=BaseModel)
MAX_BYTES, MAX_VALUES, MAX_DEPTH = 1_000_000, 50_000, 60
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, and ten times as quick where it is there
_TEXT = "tag:yaml.org,2002:str"
_KNOWN = ("str", "int", "float", "bool", "null", "timestamp", "merge", "map", "seq", "value")
_PLAIN = "dit is geen geldige YAML. Kijk naar het inspringen."


def lees(path: Path, model: type[Model], mistakes: Mistakes, *, als_tekst: bool = False) -> tuple[Model | None, Lines]:
    """One file as a model, and the line of each value. Mistakes are added to the list; then there is no model.

    `als_tekst` reads every value as it is written: in YAML 0377 is the number 255, and 2024-04-10 a date.
    """
    before = len(mistakes)
    raw, lines = ontleed(path, mistakes, als_tekst=als_tekst)
    if raw is None:
        return None, lines
    try:
        found = model.model_validate(raw)
    except ValidationError as fault:
        mistakes += [(path.name, line, text) for line, text in verteld(fault, lines)]
        return None, lines
    return (found if len(mistakes) == before else None), lines


def ontleed(path: Path, mistakes: Mistakes, *, als_tekst: bool = False) -> tuple[dict[Any, Any] | None, Lines]:
    """One file as names with values, and the line of each. What cannot be read at all gives None; of what is wrong in
    one place only (a name twice, a day that does not exist) the mistake is added and the rest is read."""
    lines: Lines = {}

    def wrong(line: int, text: str) -> tuple[None, Lines]:
        mistakes.append((path.name, line, text))
        return None, lines

    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            return wrong(1, f"dit bestand is te groot ({len(content) // 1000} kB). Is dit wel een YAML-bestand?")
        node = _composed(content.decode("utf-8"))
        size = _size(node)
    except RecursionError:
        return wrong(1, "hier staan te veel dingen in elkaar.")
    except UnicodeDecodeError:
        return wrong(1, "dit is geen tekst in UTF-8. Bewaar het bestand opnieuw als UTF-8.")
    except (yaml.YAMLError, OSError, ValueError) as fault:
        mark = getattr(fault, "problem_mark", None)
        return wrong(mark.line + 1 if mark else 1, _unreadable(fault))
    if size is None:
        return wrong(1, "dit bestand verwijst naar zichzelf (& en *), of bevat te veel. Schrijf het uit.")
    if not isinstance(node, yaml.MappingNode):
        return wrong(1, "hier horen namen met waarden te staan, zoals id: danner-b1.")
    _lines(node, (), lines)
    mistakes += [(path.name, line, f"{name} staat hier twee keer. Voeg ze samen.") for name, line in _twice(node)]
    mistakes += [(path.name, line, text) for line, text in _mend(node)]
    loader = (yaml.BaseLoader if als_tekst else yaml.SafeLoader)("")
    try:
        raw = loader.construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError) as fault:
        mark = getattr(fault, "problem_mark", None)
        return wrong(mark.line + 1 if mark else 1, _PLAIN)
    return (raw if isinstance(raw, dict) else None), lines


def _composed(text: str) -> Any:
    """What the text holds, with the place of everything. What the quick loader refuses is read again by the one whose
    words `_unreadable` knows."""
    with suppress(yaml.YAMLError):
        return yaml.compose(text, Loader=LOADER)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _unreadable(fault: Exception) -> str:
    problem = str(getattr(fault, "problem", "") or fault)
    if "'\\t'" in problem or "\t" in problem:
        return "hier staat een tab. Spring in met spaties."
    if "expected a single document" in str(fault):
        return "hier begint een tweede document (---). Maak per contract een eigen bestand."
    if isinstance(fault, OSError):
        return "dit bestand is niet te lezen."
    return _PLAIN


def _size(root: Any) -> int | None:
    """How many values there are when every anchor is written out; None for too many, or for a loop."""
    count, waiting = 0, [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if count > MAX_VALUES or depth > MAX_DEPTH:
            return None
        if isinstance(node, yaml.MappingNode):
            waiting += [(one, depth + 1) for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(one, depth + 1) for one in node.value]
    return count


def _mend(node: Any) -> Iterator[tuple[int, str]]:
    """What is wrong with single values; each becomes text, so that the rest can be read."""
    if isinstance(node, yaml.MappingNode):
        for key, value in list(node.value):
            if not isinstance(key, yaml.ScalarNode):
                yield key.start_mark.line + 1, "een naam is één woord, geen lijst."
                node.value.remove((key, value))
            elif key.tag not in (_TEXT, "tag:yaml.org,2002:merge"):
                key.tag = _TEXT  # a name is text, also when it looks like a number
            yield from _mend(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mend(value)
    if node.tag.removeprefix("tag:yaml.org,2002:") not in _KNOWN:
        yield node.start_mark.line + 1, "een waarde met een ! ervoor kennen wij niet. Laat dat weg."
        node.tag = {"MappingNode": "tag:yaml.org,2002:map", "SequenceNode": "tag:yaml.org,2002:seq"}.get(
            type(node).__name__, _TEXT
        )
    elif isinstance(node, yaml.ScalarNode) and node.tag != _TEXT:
        try:
            yaml.SafeLoader("").construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError, TypeError):
            kind = "bestaande dag" if node.tag.endswith("timestamp") else "geldig getal"
            yield node.start_mark.line + 1, f"{node.value[:40]} is geen {kind}."
            node.tag = _TEXT


def vertel(mistakes: Iterable[tuple[str, int, str]]) -> list[str]:
    """One sentence per mistake, in the order of files and lines; the same sentence once."""
    return list(dict.fromkeys(f"{file}, regel {line}: {text}" for file, line, text in sorted(mistakes)))


def _lines(node: Any, path: tuple[Any, ...], lines: Lines) -> None:
    """The line on which each value begins, by its path."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
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
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key.value, key.start_mark.line + 1
                seen.add(key.value)
            yield from _twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _twice(value)


def regel(lines: Lines, location: tuple[Any, ...]) -> int:
    """The line of a value, or of what it stands in."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)


def verteld(fault: ValidationError, lines: Lines) -> list[tuple[int, str]]:
    """(line, sentence) of everything that pydantic found; of a value that may have several forms only once."""
    found: dict[tuple[Any, ...], tuple[int, str]] = {}
    for one in fault.errors():
        place = tuple(part for part in one["loc"] if part != "[key]")
        while place and place not in lines and one["type"] != "missing":
            place = place[:-1]  # the branch of a union is no place in the file
        found.setdefault((place, one["type"] == "missing"), (regel(lines, place), _told(one, place)))
    return list(found.values())


_SAID = {
    "missing": "ontbreekt.",
    "extra_forbidden": "kennen wij niet. Is de naam goed gespeld?",
    "string_type": 'hoort tekst te zijn. Zet er aanhalingstekens om, zoals "0397".',
    "tuple_type": "hoort een lijst te zijn: met streepjes eronder, of tussen [ en ].",
    "list_type": "hoort een lijst te zijn: met streepjes eronder, of tussen [ en ].",
    "dict_type": "hoort namen met waarden te hebben, zoals {soort: taal}.",
    "model_type": "hoort namen met waarden te hebben, zoals {van: 2024-01-01}.",
    "string_too_short": "is leeg.",
}


def _told(fault: Any, place: tuple[Any, ...]) -> str:
    name = ".".join(str(part) for part in place if not isinstance(part, int)) or "dit bestand"
    kind = fault["type"]
    if kind != "missing" and fault["input"] is None:
        return f"{name} is leeg. Vul het in, of laat de naam weg."
    if kind in _SAID:
        return f"{name} {_SAID[kind]}"
    if kind == "literal_error":
        return f"{name} heeft een onbekende waarde. Verwacht: {fault['ctx']['expected'].replace(' or ', ' of ')}."
    if kind.startswith("date"):
        return f"{name} is geen datum. Schrijf bijvoorbeeld 2024-01-31."
    if kind == "greater_than_equal":
        return f"{name} is te klein: minstens {fault['ctx']['ge']}."
    if kind == "int_from_float":
        return f"{name} is geen heel getal."
    if kind.startswith(("float", "int")):
        return f"{name} is geen getal. Schrijf bijvoorbeeld 0.80."
    return f"{name} heeft een ongeldige waarde."
