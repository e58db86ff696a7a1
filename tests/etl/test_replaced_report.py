"""A report that was replaced keeps its counts when a later load makes the answers anew."""

from tests.etl.conftest import ONE, people, report_book


def _report(path, day, invited):
    report_book(path, "danner-b1", "2024-K1", day, {
        "Tevredenheid": [["onderdeel", "uitgenodigd", *(f"score {n}" for n in range(1, 11))],
                         ["MAP", invited, *([0] * 7), 2, 0, 0]],
    })  # fmt: skip


def test_counts_add_up_when_answers_are_made_anew_beside_a_replaced_report(folder, load, rows):
    (folder / "personen.csv").write_text(people(ONE))
    _report(folder / "rapportage_danner-b1_2024-K1.xlsx", "2024-04-05", 9)
    _report(folder / "rapportage_danner-b1_2024-K1_verbeterd.xlsx", "2024-04-20", 5)
    answers = "onderdeel;contract;datum;score\nMAP;danner-b1;2024-02-01;7\n"
    (folder / "tevredenheid_1.csv").write_text(answers)
    first = load()["rapportage_danner-b1_2024-K1.xlsx"]
    (folder / "tevredenheid_2.csv").write_text(answers.replace(";7", ";3"))
    again = load()["rapportage_danner-b1_2024-K1.xlsx"]
    assert (first.gelezen, first.vervangen) == (again.gelezen, again.vervangen) == (1, 1)
    assert rows("SELECT uitgenodigd FROM uitnodigingen") == [(5,)]
    assert rows("SELECT score, count(*) FROM tevredenheid GROUP BY 1 ORDER BY 1") == [(3, 1), (7, 1), (8, 2)]
