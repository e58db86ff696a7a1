"""The report as a reader and a screen reader get it: text, structure, tags, alternative texts, the same bytes twice."""

from datetime import date

import openpyxl
import pikepdf
import pypdf
import pytest

import contracts
import metrics
from contracts import record
from dashboard import report, wording
from data.fouten import Gebruiksfout

pytestmark = pytest.mark.xdist_group("voorbeeld")


@pytest.fixture(scope="module")
def agreements():
    return contracts.read_agreements()


@pytest.fixture(scope="module")
def evaluation(snapshot, agreements, tmp_path_factory):
    target = tmp_path_factory.mktemp("rapport") / "evaluatie.pdf"
    return report.make("evaluatie", target, snapshot=snapshot, agreements=agreements, voor=metrics.ALLES)


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


def test_council_report_does_not_judge_on_example_norms(evaluation):
    text = _text(evaluation)
    assert "oordeelt daarom niet" in text
    assert "voldoet niet" not in text


def test_is_tagged_dutch_titled_and_declares_its_standards(evaluation):
    with pikepdf.open(evaluation) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert facts["pdfaid:part"] == "2"
            assert "Evaluatie" in facts["dc:title"]
        kinds, lonely = _walk(pdf.Root.StructTreeRoot)
        assert {"/Table", "/TH", "/H1", "/H2", "/Figure", "/L"} <= kinds
        assert lonely == 0, "a figure without an alternative text"


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


def test_the_same_input_gives_the_same_bytes(evaluation, snapshot, agreements, tmp_path):
    again = report.make("evaluatie", tmp_path / "e.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES)
    assert again.read_bytes() == evaluation.read_bytes()


def test_without_a_browser_there_are_tables_and_a_line_that_says_so(snapshot, agreements, tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.report.figures.browser", lambda: None)
    path = report.make("kwartaal", tmp_path / "k.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES)
    assert "tabellen in plaats van grafieken" in _text(path)


def test_own_text_is_data_and_never_source(snapshot, agreements, tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.report.figures.browser", lambda: None)
    own = tmp_path / "tekst.md"
    own.write_text('# Instroom\n\n#panic[oeps] en *vet* $x$ = #read("/etc/passwd")\n', encoding="utf-8")
    path = report.make(
        "evaluatie", tmp_path / "e.pdf", snapshot=snapshot, agreements=agreements, voor=metrics.ALLES, eigen_tekst=own
    )
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
    assert sheets.sheetnames == ["Over", "Oordelen", "Verschillen", "Rapportages", "Acties", "Gesprekken", "Verteld en nu",
                                 "Vergelijken", "Geld"]  # fmt: skip
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
