"""Cells of a workbook that hold an error such as #N/A: calamine gives them as empty, which would be a guess."""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

_CHUNK = 1 << 20
_CELL = re.compile(  # bounded, and never past the next cell: a hostile sheet costs no more than its length
    rb'<(?:\w+:)?c\s(?=[^<>]{0,200}\bt="e")[^<>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}>'
    rb"(?:(?!</?(?:\w+:)?c[\s>]).){0,9000}?<(?:\w+:)?v>([^<]{1,40})<",
    re.DOTALL,
)


def error_cells(content: bytes, sheet: str) -> Iterator[tuple[int, int, str]]:
    """(row, column, text) of each cell with an error, counted from 0; nothing when the parts can't be found."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _part_of(archive, sheet)
            if part is None:
                return
            with archive.open(part) as stream:
                rest = b""
                while chunk := stream.read(_CHUNK):
                    text = rest + chunk
                    cut = text.rfind(b"</row>") + 1 or max(0, len(text) - _CHUNK)
                    rest = text[cut:]
                    if b't="e"' in text:
                        yield from _found(text[:cut])
                yield from _found(rest)
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return


def _found(text: bytes) -> Iterator[tuple[int, int, str]]:
    for match in _CELL.finditer(text):
        column = 0
        for letter in match[1].decode():
            column = column * 26 + ord(letter) - 64
        yield int(match[2]) - 1, column - 1, html.unescape(match[3].decode("utf-8", "replace"))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the archive that holds a sheet."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book):
        name, id = re.search(r'\sname="([^"]*)"', tag), re.search(r'\s\w+:id="([^"]*)"', tag)
        if name and id and html.unescape(name[1]) == sheet:
            for link in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
                target = re.search(r'\sTarget="([^"]*)"', link)
                if target and f'Id="{id[1]}"' in link:
                    return posixpath.normpath(posixpath.join("/xl", target[1])).lstrip("/")
    return None
