"""Workbooks written part by part, so that each can be wrong in its own way."""

import io
import zipfile
from collections.abc import Iterable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def text(place: str, value: str) -> str:
    """A cell that holds a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(rows: str, before: str = "", doctype: str = "") -> str:
    """A worksheet with these rows."""
    return f'{_HEAD}{doctype}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def workbook(
    content: str | Iterable[bytes], *, name: str = "gegevens", shared: str = "", extra: dict[str, bytes] | None = None,
    packing: int = zipfile.ZIP_DEFLATED,
) -> bytes:  # fmt: skip
    """A workbook of one sheet; `extra` holds further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        if shared:
            archive.writestr("xl/sharedStrings.xml", f'{_HEAD}<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for piece in [content.encode()] if isinstance(content, str) else content:
                part.write(piece)
        for path, body in (extra or {}).items():
            archive.writestr(path, body)
    return file.getvalue()


def lie_about_size(book: bytes, part: str = "xl/worksheets/sheet1.xml", size: int = 100) -> bytes:
    """The same archive, of which the index says that a part is small."""
    changed = bytearray(book)
    entry = changed.rfind(b"PK\x01\x02", 0, changed.rfind(part.encode()))
    changed[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(changed)
