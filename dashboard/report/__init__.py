"""Reports as PDF: for the council (evaluatie), for the quarter (kwartaal), for a talk (contract:<id>).

In:   a momentopname and agreements; figures only through `metrics.publish`.
Out:  one PDF that a screen reader can read (PDF/UA-1, PDF/A); the same input gives the same bytes.
Never here: text that becomes source, a figure that the guard hides.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import contracts
import etl
import metrics
from contracts.record import Regel
from dashboard.report import content, figures, talk, talk_xlsx
from data.fouten import Gebruiksfout

_TEMPLATES = {"evaluatie": "template.typ", "kwartaal": "template.typ", "contract": "talk.typ"}
_STANDARDS: Any = ["ua-1", "a-2a"]  # the package types a list, its stub only one name


def make(
    soort: str,
    uit: Path,
    *,
    snapshot: etl.Snapshot,
    agreements: contracts.Agreements,
    voor: metrics.Bevoegdheid,
    van: date | None = None,
    tot: date | None = None,
    peildatum: date | None = None,
    eigen_tekst: Path | None = None,
    logboek: Sequence[Regel] = (),
    progress: Callable[[str, float], None] | None = None,
) -> Path:
    """Write one report and give its path. `soort` is evaluatie, kwartaal or contract:<id>.

    Beside the pages of a contract comes a workbook with the same name; `logboek` are the entries of the record.
    `eigen_tekst` is a Markdown file: text under a heading comes at the head of the chapter with that name. Raises
    Gebruiksfout for an unknown kind or contract.
    """
    show = progress or (lambda step, part: None)
    kind, _, contract = soort.partition(":")
    if kind not in _TEMPLATES or (kind == "contract") != bool(contract):
        raise Gebruiksfout(f"Het rapport '{soort}' bestaat niet. Kies uit: evaluatie, kwartaal, contract:<id>.")
    show("Cijfers verzamelen", 0.1)
    facts: dict[str, Any]
    if kind == "contract":
        if contract not in agreements:
            raise Gebruiksfout(f"Het contract '{contract}' bestaat niet. Kies uit: {', '.join(agreements)}.")
        facts = talk.build(agreements, contract, snapshot, voor, peildatum=peildatum, entries=logboek)
        show("Opmaken als PDF en werkboek", 0.8)
        Path(uit).parent.mkdir(parents=True, exist_ok=True)
        Path(uit).with_suffix(".xlsx").write_bytes(talk_xlsx.workbook(facts))
        facts.pop("_")
        return _compile(_TEMPLATES[kind], facts, facts.pop("tekeningen"), Path(uit))
    texts = own_text(eigen_tekst)
    facts = content.build(kind, snapshot, agreements, voor, van=van, tot=tot, peildatum=peildatum, eigen_tekst=texts)
    show("Grafieken tekenen", 0.5)
    drawn = figures.draw(facts.pop("grafieken"))
    facts["zonder_browser"] = drawn is None
    show("Opmaken als PDF", 0.9)
    return _compile(_TEMPLATES[kind], facts, drawn or [], Path(uit))


def _compile(template: str, facts: dict[str, Any], drawn: list[str], target: Path) -> Path:
    import font_source_sans_pro
    import typst

    with tempfile.TemporaryDirectory(prefix="inburgering-") as name:
        folder = Path(name)
        shutil.copy(Path(__file__).parent / template, folder / "main.typ")
        (folder / "data.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        for number, svg in enumerate(drawn):
            (folder / f"chart-{number}.svg").write_text(svg, encoding="utf-8")
        day = date.fromisoformat(facts["datum"])
        pdf = typst.compile(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=[font_source_sans_pro.font_directory],
            ignore_system_fonts=True,
            pdf_standards=_STANDARDS,
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    temporary.write_bytes(pdf)
    temporary.replace(target)
    return target


def own_text(path: Path | None) -> dict[str, list[str]]:
    """Paragraphs by heading (lower case); what stands before the first heading comes under the empty one."""
    if path is None:
        return {}
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Gebruiksfout(f"De tekst {path} is niet te lezen. Geef een Markdown-bestand in UTF-8 op.") from None
    found: dict[str, list[str]] = {}
    heading = ""
    for block in re.split(r"\n\s*\n|\n(?=#{1,6}\s)", text):
        lines = [line.strip() for line in block.strip().splitlines()]
        if lines and re.match(r"#{1,6}\s", lines[0]):
            heading = lines.pop(0).lstrip("#").strip().lower()
        if paragraph := " ".join(line for line in lines if line):
            found.setdefault(heading, []).append(paragraph)
    return found
