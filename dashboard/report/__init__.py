"""Reports: for the council (evaluatie, with its summary), for the quarter (kwartaal), for a talk (contract:<id>).

In:   a momentopname and agreements; figures only after one call of the publication guard for the whole report.
Out:  a PDF that a screen reader can read (PDF/UA-1, PDF/A), and beside it the same as workbook, HTML and open data. The
      same momentopname, peildatum and program give the same bytes.
Never here: text that becomes source, a figure that the guard hides, a browser.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import contracts
import etl
import metrics
from contracts.record import Regel
from dashboard import export
from dashboard.operation.clean import in_fours
from dashboard.report import content, own_text, paper, recipe, talk, talk_xlsx
from dashboard.report.content import Order, Sources
from dashboard.report.plan import CHAPTERS, FIXED
from dashboard.report.publication import Publication
from dashboard.report.recommendations import Entry, Register, write_example
from dashboard.report.verify import Difference, verify
from dashboard.texts import mark
from data.fouten import Gebruiksfout

__all__ = [
    "CHAPTERS", "FIXED", "Difference", "Made", "Order", "Register", "Sources", "build", "make", "own_text", "stamp",
    "verify", "write_example",
]  # fmt: skip
_KINDS = ("evaluatie", "kwartaal", "contract")
Progress = Callable[[str, float], None]


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
    gemeenten: Sequence[str] = (),
    hoofdstukken: Sequence[str] = (),
    eigen_tekst: Path | None = None,
    register: Sequence[Entry] = (),
    logboek: Sequence[Regel] = (),
    store: etl.Store | None = None,
    declarations: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    told: Callable[..., None] | None = None,
) -> Path:
    """Write one report and give its path. `soort` is evaluatie, kwartaal or contract:<id>.

    Beside an evaluation come its summary (`…-samenvatting.pdf`), a workbook, an HTML page and a folder of open data
    (`…-data`); beside a quarterly report a workbook and an HTML page; beside the pages of a contract a workbook.
    `eigen_tekst` is a Markdown file or a folder of them; `register` are earlier recommendations, `logboek` entries of
    the record, and with a `store` the pages of a contract say how an earlier quarter was then. `told` is called with
    what is about to be written, before it is: what it refuses is not written. Raises Gebruiksfout for an unknown kind,
    contract, municipality or chapter.
    """
    show = progress or (lambda step, part: None)
    kind, _, contract = soort.partition(":")
    if kind not in _KINDS or (kind == "contract") != bool(contract):
        raise Gebruiksfout(f"Het rapport '{soort}' bestaat niet. Kies uit: evaluatie, kwartaal, contract:<id>.")
    target = Path(uit)
    if kind == "contract":
        if contract not in agreements:
            raise Gebruiksfout(f"Het contract '{contract}' bestaat niet. Kies uit: {', '.join(agreements)}.")
        show(mark("Cijfers verzamelen"), 0.1)
        facts = talk.build(agreements, contract, snapshot, voor, peildatum=peildatum, entries=logboek, store=store)
        show(mark("Opmaken als PDF en werkboek"), 0.8)
        workbook = talk_xlsx.workbook(facts)
        facts.pop("_")
        drawn = {f"chart-{number}.svg": svg.encode() for number, svg in enumerate(facts.pop("tekeningen"))}
        pdf = paper.compile("talk.typ", facts, drawn)
        _tell(told, soort, pdf, snapshot.id)
        paper.write(target.with_suffix(".xlsx"), workbook)
        return paper.write(target, pdf)
    order = Order(kind, van, tot, peildatum, tuple(gemeenten), tuple(hoofdstukken))
    sources = Sources(own_text.read(eigen_tekst), register, logboek, declarations)
    made = build(order, snapshot, agreements, voor, sources, show)
    _tell(told, kind, made.pdf, snapshot.id)
    for name, data in made.files.items():
        paper.write(target.parent / name.replace("*", target.stem), data)
    show(mark("Klaar"), 1.0)
    return target


def _tell(told: Callable[..., None] | None, soort: str, pdf: bytes, momentopname: str) -> None:
    if told is not None:
        told(soort=soort, momentopname=momentopname, hash=stamp(pdf))


def stamp(content: bytes) -> str:
    """The first 32 digits of the SHA-256 of a file, in groups of four: a log that masks long numbers and keys leaves
    them as they are."""
    return in_fours(hashlib.sha256(content).hexdigest()[:32])


class Made:
    """A report in memory: its files by name, where `*` stands for the name that someone gives it."""

    def __init__(self, files: dict[str, bytes], content: content.Content, publication: Publication) -> None:
        self.files = files
        self.content = content
        self.publication = publication

    @property
    def pdf(self) -> bytes:
        """The report itself."""
        return self.files["*.pdf"]


def build(
    order: Order,
    snapshot: etl.Snapshot,
    agreements: contracts.Agreements,
    voor: metrics.Bevoegdheid,
    sources: Sources,
    progress: Progress | None = None,
    *,
    anew: bool = False,
) -> Made:
    """Make a report and everything that goes with it, in memory. What the guard let through before is kept beside the
    momentopname; `anew` does not look at that."""
    show = progress or (lambda step, part: None)
    show(mark("Cijfers verzamelen en bewaken"), 0.1)
    facts, pub = content.build(order, snapshot, agreements, voor, sources, anew=anew)
    show(mark("Tabellen als werkboek"), 0.5)
    workbook = export.publication_to_xlsx(pub.all, facts)
    show(mark("Opmaken als PDF"), 0.65)
    recorded = recipe.write(order, facts, agreements, sources)
    files = {
        "*.pdf": paper.compile("template.typ", *_for_paper(facts, workbook, recorded), attached=True),
        "*.xlsx": workbook,
    }
    if order.soort == "evaluatie":
        alone = {**facts, "titel": f"{facts['titel']}: samenvatting", "hoofdstukken": facts["hoofdstukken"][:1]}
        short = recipe.write(order, alone, agreements, sources, part="samenvatting")
        files["*-samenvatting.pdf"] = paper.compile("template.typ", *_for_paper(alone, workbook, short), attached=True)
    show(mark("HTML en open data"), 0.9)
    files["*.html"] = export.report_to_html(facts).encode("utf-8")
    if order.soort == "evaluatie":
        files |= {f"*-data/{name}": data for name, data in export.open_data(pub.all, facts).items()}
    return Made(files, facts, pub)


def _for_paper(facts: content.Content, workbook: bytes, recorded: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The data of the template and its files: drawings become files with a number."""
    drawn: dict[str, bytes] = {}
    chapters = []
    for chapter in facts["hoofdstukken"]:
        parts = []
        for one in chapter["blokken"]:
            if one["soort"] == "grafiek":
                number = len(drawn)
                drawn[f"chart-{number}.svg"] = one["svg"].encode("utf-8")
                one = {**{key: value for key, value in one.items() if key != "svg"}, "nummer": number}
            parts.append(one)
        chapters.append({**chapter, "blokken": parts})
    data = {
        **facts, "hoofdstukken": chapters, "kop": f"{facts['titel']}, {facts['periode']}", "bijlage": paper.XLSX,
        "inhoud": len(chapters) > 4,
    }  # fmt: skip
    return data, {**drawn, "tabellen.xlsx": workbook, "rapport.json": recorded}
