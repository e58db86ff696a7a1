"""How the tables of one publication are called: one name per answer, for its sheet, its file and its title."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import wording


@dataclass(frozen=True)
class Named:
    """An answer with its names: `file` without an ending, `sheet` of at most 31 characters, `title` for people."""

    answer: Any
    file: str
    sheet: str
    title: str


def named(answers: Sequence[Any]) -> list[Named]:
    """Every answer with names that no other answer has, in the order given."""
    files: set[str] = set()
    sheets: set[str] = set()
    found = []
    for one in answers:
        per = [name for name in one.per if name not in one.definition.eigen]
        groups = [name for name, values in one.filters.items() if values]
        base = one.cijfer + "".join(f"-per-{name}" for name in per) + "".join(f"-{name}" for name in groups)
        title = one.definition.titel + (f" per {' en '.join(_word(name) for name in per)}" if per else "")
        if groups:
            title += f" ({'; '.join(_group(name, one.filters[name]) for name in groups)})"
        found.append(Named(one, _free(_clean(base), files, 60), _free(base, sheets, 31), title))
    return found


def _word(name: str) -> str:
    return wording.title_of(name)[:1].lower() + wording.title_of(name)[1:]


def _group(name: str, values: Sequence[Any]) -> str:
    return f"{_word(name)}: {', '.join(wording.dimension(name, value) for value in values)}"


def _clean(text: str) -> str:
    return re.sub(r"[^a-z0-9_-]", "-", text.lower())


def _free(base: str, taken: set[str], longest: int) -> str:
    name, number = base[:longest], 2
    while name.lower() in taken:
        name, number = (
            f"{base[: longest - 4]} ({number})" if longest == 31 else f"{base[: longest - 4]}-{number}",
            number + 1,
        )
    taken.add(name.lower())
    return name


def about(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What every file of a publication says of itself."""
    lines = [("Rapport", f"{facts['titel']}, {facts['ondertitel']}")]
    lines += [("Let op", "VOORBEELD: alle personen en cijfers zijn verzonnen.")] if facts["voorbeeld"] else []
    lines += [(name, value) for name, value in facts["herkomst"]]
    lines.append(
        (
            "Verborgen",
            "Een cel met ‘verborgen’ is niet getoond: de groep is te klein of anders uit te rekenen. Dat is geen nul.",
        )
    )
    return lines
