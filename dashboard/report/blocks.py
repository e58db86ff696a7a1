"""The parts that a report is made of, as plain data: one content, laid out by Typst, as HTML and on screen.

Text is always data. A block never holds markup of any of these, so nothing that somebody typed can become source.
"""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]


def heading(text: str, level: int = 2) -> Block:
    """A heading inside a chapter; a chapter's own title is level 1."""
    return {"soort": "kop", "niveau": level, "tekst": text}


def paragraph(text: str, style: str = "") -> Block:
    """A paragraph. `style`: vraag, antwoord, klein, or nothing."""
    return {"soort": "alinea", "tekst": text, "stijl": style}


def paragraphs(texts: Iterable[str], style: str = "") -> list[Block]:
    """A paragraph per text."""
    return [paragraph(text, style) for text in texts]


def bullets(points: Sequence[str]) -> Block:
    """A list."""
    return {"soort": "lijst", "punten": list(points)}


def table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: int,
    widths: Sequence[float] = (),
) -> Block:
    """A table. `left` columns hold words, the others numbers. `widths`: the parts of the room that columns take, 0 for
    as much as their words need; usually the first takes what is left."""
    return {
        "soort": "tabel", "titel": title, "koppen": list(head), "rijen": [list(row) for row in rows], "links": left,
        "breedtes": list(widths) or [1.0, *(0.0 for _ in head[1:])],
    }  # fmt: skip


def chart(title: str, svg: str, alt: str) -> Block:
    """A drawing with what it shows in words."""
    return {"soort": "grafiek", "titel": title, "svg": svg, "alt": alt}


def conclusion(goal: str, status: str, claim: str, sentences: Sequence[str], certainty: str) -> Block:
    """One conclusion of the summary: what, how it stands, and how sure that is."""
    return {
        "soort": "conclusie", "doel": goal, "stand": status, "kop": claim, "zinnen": list(sentences),
        "zeker": certainty,
    }  # fmt: skip


def columns(parts: Sequence[tuple[str, Sequence[str]]]) -> Block:
    """Short lists beside each other, each with a title."""
    return {"soort": "kolommen", "delen": [{"titel": title, "punten": list(points)} for title, points in parts]}


def terms(pairs: Sequence[tuple[str, str]]) -> Block:
    """Words and what they mean."""
    return {"soort": "begrippen", "paren": [list(pair) for pair in pairs]}


def note(text: str) -> Block:
    """Something a reader must not miss."""
    return {"soort": "let op", "tekst": text}


def own(parts: Sequence[Block]) -> Block:
    """What the adviser wrote, kept apart and marked."""
    return {"soort": "eigen", "blokken": list(parts)}


def chapter(id: str, title: str, parts: Sequence[Block]) -> Block:
    """A chapter; `id` is the name that one chooses it by."""
    return {"id": id, "titel": title, "blokken": list(parts)}


def texts(value: Any) -> list[str]:
    """Every text that a reader gets from some content, alternative texts included, drawings not."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in _SILENT for text in texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part)]
    return []


_SILENT = ("svg", "soort", "stijl", "id", "niveau")
