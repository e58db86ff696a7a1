"""The report as a reader and a screen reader get it: text, structure, tags, alternative texts, the same bytes twice."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pypdf
import pytest

import contracts
import metrics
from contracts import record
from dashboard import report, wording
from dashboard.report import Register
from data.fouten import Gebruiksfout

sys.path.insert(0, str(Path(__file__).parent))
import pdf_ua

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.fixture(scope="module")
def agreements():
    return contracts.read_agreements()


@pytest.fixture(scope="module")
def evaluation(snapshot, agreements, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rapport")
    register = Register(folder)
    report.write_example(register)
    return report.make(
        "evaluatie", folder / "evaluatie.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES,
        register=register.entries(),
    )  # fmt: skip


def _text(path):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def test_says_what_it_is_and_of_when(evaluation, snapshot):
    text = _text(evaluation)
    assert "Evaluatie inburgering" in text
    assert "VOORBEELD" in text
    assert snapshot.id in text
    assert "31-12-2025" in text
    assert "Zelfredzaamheid meten wij niet" in text
    assert "de delen zijn samen 157" in text
    assert "de delen zijn samen 271.000" in text


def test_the_figures_are_those_of_compute_after_the_guard(evaluation, snapshot):
    text = _text(evaluation)
    (answer,) = metrics.compute("pip_op_tijd", snapshot, voor=metrics.ALLES)
    row = answer.rijen[0]
    assert f"{wording.number(row['teller'])} van de {wording.number(row['noemer'])} inburgeraars" in text


def test_the_golden_figures_are_the_starting_point(evaluation):
    text = _text(evaluation)
    for one in (
        "€ 14.211",
        "€ 13.000",
        "€ 1.211",
        "€ 629",
        "€ 601",
        "€ 28",
        "€ 24.220",
        "€ 24.000",
        "€ 40.000",
        "€ 101.000",
    ):
        assert one in text
    assert "Maatschappelijke begeleiding € 1.944" in text
    assert "€ 271.000" in text


def test_council_report_does_not_judge_on_example_norms(evaluation):
    text = _text(evaluation)
    assert "oordeelt daarom niet" in text
    assert "voldoet niet" not in text


def test_the_summary_stands_alone_on_two_pages_and_is_the_same_text(evaluation):
    alone = evaluation.with_name("evaluatie-samenvatting.pdf")
    assert len(pypdf.PdfReader(alone).pages) <= 2
    text, whole = _text(alone), _text(evaluation)
    for goal in ("Tijdigheid", "Snelheid", "Maatwerk", "Dualiteit", "Kwaliteit"):
        assert f"{goal}: " in text
    assert text.count("Hoe zeker:") == 5
    for part in ("Wat werkt", "Wat werkt nog niet", "Wat weten wij nog niet", "Wat het kostte"):
        assert part in text and part in whole
    assert "Er waren drie aanbevelingen: één nog niet begonnen, één in uitvoering en één uitgevoerd." in text


def test_opens_with_what_became_of_the_previous_recommendations(evaluation):
    chapters = [str(item.title) for item in pypdf.PdfReader(evaluation).outline if not isinstance(item, list)]
    assert chapters[0] == "Samenvatting"
    assert chapters.index("Wat is gedaan met de vorige aanbevelingen") < chapters.index(
        "Wat de wet vroeg en wat wij beloofden"
    )
    goals = ["Op tijd beginnen", "Vooruitkomen", "Maatwerk", "Leren en meedoen", "Kwaliteit"]
    assert [one for one in chapters if one in goals] == goals
    assert len(pypdf.PdfReader(evaluation).pages) <= 30


def test_no_page_holds_only_a_few_lines(evaluation):
    """But the second of the summary, which stands alone, and the last. The foot lies under 60 points."""
    for number, page in enumerate(pypdf.PdfReader(evaluation).pages[2:-1], 3):
        places = []

        def seen(text, now, line, font, size, places=places):
            if text.strip():
                places.append(now[1] * line[4] + now[3] * line[5] + now[5])

        page.extract_text(visitor_text=seen)
        lowest = min(place for place in places if place > 60)
        assert lowest < 0.6 * float(page.mediabox.height), f"page {number} is used down to {lowest:.0f} points only"


def test_the_tag_tree_is_that_of_a_readable_document(evaluation):
    with pikepdf.open(evaluation) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("3", "A")
            assert "Evaluatie" in facts["dc:title"]
        own = {one.own for one in pdf_ua.tree(pdf)}
        assert {"Title", "Table", "TH", "H1", "H2", "Figure", "L", "TOC", "Caption", "Link"} <= own
        assert sum(one.role == "Table" for one in pdf_ua.tree(pdf)) > 25
        assert {str(one.UF) for one in pdf.Root.AF} == {"rapport.json", "tabellen.xlsx"}
        attached = pdf.attachments["tabellen.xlsx"].get_file().read_bytes()
    assert attached == evaluation.with_suffix(".xlsx").read_bytes()


def test_a_checker_of_pdf_ua_finds_nothing(evaluation):
    assert pdf_ua.findings(evaluation, pages=12) == []
    assert pdf_ua.findings(evaluation.with_name("evaluatie-samenvatting.pdf")) == []


def test_the_checker_does_find_what_is_wrong(evaluation, tmp_path):
    """The same file with its faults made by hand: each is found."""
    with pikepdf.open(evaluation) as pdf:
        nodes = pdf_ua.tree(pdf)
        picture = next(one for one in nodes if one.role == "Figure")
        del picture.element["/Alt"]
        heading = next(one for one in nodes if one.own == "H2")
        heading.element.S = pikepdf.Name("/H4")
        head = next(one for one in nodes if one.role == "TH")
        del head.element["/A"]
        del pdf.Root["/Lang"]
        pdf.save(tmp_path / "fout.pdf")
    found = " ".join(pdf_ua.findings(tmp_path / "fout.pdf", pages=0))
    for code in ("13-004", "14-003", "15-003", "11-006"):
        assert code in found


def test_every_page_has_its_number_and_says_where_it_comes_from(evaluation, snapshot):
    pages = pypdf.PdfReader(evaluation).pages
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert f"Bladzijde {number} van {len(pages)}" in text
        assert snapshot.id in text


def _walk(node):
    kinds, lonely = set(), 0
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Array):
            stack += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            kind = str(one.get("/S", ""))
            kinds.add(kind)
            lonely += kind == "/Figure" and not str(one.get("/Alt", ""))
            if "/K" in one:
                stack.append(one.K)
    return kinds, lonely


def test_no_browser_is_needed_for_charts(snapshot, agreements, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    path = report.make("kwartaal", tmp_path / "k.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES)
    with pikepdf.open(path) as pdf:
        assert "/Figure" in _walk(pdf.Root.StructTreeRoot)[0]
    assert len(pypdf.PdfReader(path).pages) <= 5


def test_own_text_is_data_and_never_source(snapshot, agreements, tmp_path):
    own = tmp_path / "tekst.md"
    own.write_text('# Instroom\n\n#panic[oeps] en *vet* $x$ = #read("/etc/passwd")\n', encoding="utf-8")
    path = report.make(
        "evaluatie", tmp_path / "e.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES, eigen_tekst=own,
        hoofdstukken=["instroom"],
    )  # fmt: skip
    assert "Toelichting van de beleidsadviseur" in _text(path)
    assert "<em>" not in path.with_suffix(".html").read_text(encoding="utf-8")
    assert '#panic[oeps] en *vet* $x$ = #read("/etc/passwd")' in _text(path).replace("”", '"').replace("“", '"')


def test_the_pages_for_a_talk(snapshot, agreements, tmp_path):
    """Two pages that say what verdicts and record say, tagged, every picture described; a workbook beside them."""
    book = record.Record(tmp_path)
    late = record.Actie(wat="Plan sturen =1+1", eigenaar="aanbieder", voor=date(2025, 6, 1))
    book.write("danner-b1", late, wie="a")
    book.write("danner-z", late.model_copy(update={"wat": "van een ander"}), wie="a")
    path = report.make(
        "contract:danner-b1", tmp_path / "c.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES,
        logboek=book.entries(),
    )  # fmt: skip
    book.close()
    text = _text(path)
    assert len(pypdf.PdfReader(path).pages) == 2
    assert "Gesprek: B1-route" in text
    assert "niet om te publiceren" in text
    assert "VOORBEELD" in text
    assert "Het keurmerk (Blik op Werk) is geldig" in text
    assert "Plan sturen =1+1" in text and "van een ander" not in text
    verdicts = contracts.assess(agreements, snapshot, voor=metrics.ALLES, contracten=["danner-b1"])
    for one in verdicts:
        assert one.titel in text
        if one.waarde is not None:
            assert wording.verdict_value(one, one.waarde) in text
    worst = [one for one in verdicts if one.oordeel == "voldoet niet"]
    assert any(" ".join(wording.verdict_sentence(one).split()) in text for one in worst)
    with pikepdf.open(path) as pdf:
        kinds, lonely = _walk(pdf.Root.StructTreeRoot)
        assert {"/Table", "/TH", "/H1", "/H2", "/Figure", "/L"} <= kinds
        assert lonely == 0
        with pdf.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
    sheets = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert sheets.sheetnames == [
        "Over", "Oordelen", "Verschillen", "Rapportages", "Acties", "Gesprekken", "Verteld en nu",
        "Vergelijken", "Geld",
    ]  # fmt: skip
    rows = list(sheets["Oordelen"].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows if row[0] == "2025-K4"] == [pytest.approx(one.waarde) for one in verdicts]
    [action] = sheets["Acties"].iter_rows(min_row=2)
    assert (action[4].value, action[4].data_type) == ("Plan sturen =1+1", "s")


def test_a_contract_that_has_not_begun_still_has_pages(snapshot, agreements, tmp_path):
    path = report.make(
        "contract:mbo-onderwijs", tmp_path / "c.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES
    )
    assert "Er is nog niets te beoordelen." in _text(path)


def test_unknown_kinds_and_contracts_are_told(snapshot, agreements, tmp_path):
    for kind in ("jaar", "contract:", "contract:onbekend"):
        with pytest.raises(Gebruiksfout, match="bestaat niet"):
            report.make(kind, tmp_path / "x.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES)
    assert not list(tmp_path.iterdir())
