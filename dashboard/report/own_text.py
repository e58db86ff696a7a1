"""The adviser's own text: a Markdown file per chapter, read as paragraphs, lists and small headings, and nothing more.

What is typed stays data: no mark of Typst or HTML in it ever becomes source. A BSN is masked.
"""

import re
from pathlib import Path

from dashboard.report import blocks
from dashboard.report.plan import CHAPTERS
from data.fouten import Gebruiksfout
from etl import mask

FOLDER = "teksten"
_LONGEST = 20_000
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BULLET = re.compile(r"[-*+]\s+(.*)")


def read(path: Path | None) -> dict[str, list[blocks.Block]]:
    """Blocks by chapter: from a folder with `<hoofdstuk>.md`, or from one file with a heading per chapter.

    Text of one file before its first heading belongs to the summary. Raises Gebruiksfout for a name that is no chapter.
    """
    if path is None:
        return {}
    if path.is_dir():
        found = {}
        for file in sorted(path.glob("*.md")):
            if file.stem not in CHAPTERS:
                raise Gebruiksfout(
                    f"Het hoofdstuk '{file.stem}' bestaat niet ({file.name}). Kies uit: {', '.join(CHAPTERS)}."
                )
            if parts := parse(_load(file)):
                found[file.stem] = parts
        return found
    return _one_file(_load(path))


def _load(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Gebruiksfout(f"De tekst {path} is niet te lezen. Geef een Markdown-bestand in UTF-8 op.") from None
    if len(text) > _LONGEST:
        raise Gebruiksfout(f"De tekst {path.name} is te lang: hoogstens {_LONGEST} tekens per bestand.")
    return mask("".join(one for one in text if one in "\n\t" or one.isprintable()))


def _one_file(text: str) -> dict[str, list[blocks.Block]]:
    names = {name: id for id, title in CHAPTERS.items() for name in (id, title.lower())}
    chapters: dict[str, list[str]] = {"samenvatting": []}
    now = "samenvatting"
    for line in text.splitlines():
        match = _HEADING.fullmatch(line.strip())
        if match and match[1].strip().lower() in names:
            now = names[match[1].strip().lower()]
            chapters.setdefault(now, [])
        else:
            chapters[now].append(line)
    return {id: parts for id, lines in chapters.items() if (parts := parse("\n".join(lines)))}


def parse(text: str) -> list[blocks.Block]:
    """Paragraphs, lists and headings (all of one level); everything else is kept as it was typed."""
    found: list[blocks.Block] = []
    for piece in re.split(r"\n\s*\n|\n(?=#{1,6}\s)", text.strip()):
        lines = [line.strip() for line in piece.strip().splitlines() if line.strip()]
        if lines and (match := _HEADING.fullmatch(lines[0])):
            found.append(blocks.heading(match[1]))
            lines = lines[1:]
        points = [_BULLET.fullmatch(line) for line in lines]
        if lines and all(points):
            found.append(blocks.bullets([point[1] for point in points if point]))
        elif lines:
            found.append(blocks.paragraph(" ".join(lines)))
    return found
