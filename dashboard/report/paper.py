"""From content to PDF: one Typst pass gives PDF/UA-1 and PDF/A-3a, with the workbook and the recipe inside."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STANDARDS: Any = ["ua-1", "a-3a"]  # the package types a list, its stub only one name
_PLAIN: Any = ["ua-1", "a-2a"]  # PDF/A-2 takes no attachments, and needs none


def compile(template: str, facts: Mapping[str, Any], files: Mapping[str, bytes], *, attached: bool = False) -> bytes:
    """The PDF of a template of this folder. `files` are what it reads beside its data; `attached`: some stay inside."""
    return _typst(template, facts, files, pdf_standards=_STANDARDS if attached else _PLAIN)


def _typst(template: str, facts: Mapping[str, Any], files: Mapping[str, bytes], **how: Any) -> Any:
    import font_source_sans_pro
    import typst

    with tempfile.TemporaryDirectory(prefix="inburgering-") as name:
        folder = Path(name)
        shutil.copy(Path(__file__).parent / template, folder / "main.typ")
        (folder / "data.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        for file, content in files.items():
            (folder / file).write_bytes(content)
        day = date.fromisoformat(facts["datum"])
        return typst.compile(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=[font_source_sans_pro.font_directory],
            ignore_system_fonts=True,
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
            **how,
        )


def write(target: Path, content: bytes) -> Path:
    """Put a file in its place at once: a reader never sees a half one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(target)
    return target
