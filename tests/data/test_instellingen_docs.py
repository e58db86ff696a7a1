"""What the documentation says of the settings is what the program does: a setting without its row fails."""

from pathlib import Path

from data import instellingen

PAGE = (Path(__file__).parents[2] / "docs" / "beheer.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_table():
    for group, name, usual, meaning in instellingen.regels():
        variable = instellingen.omgevingsnaam(group, name)
        assert f"| `{group}.{name}` | {usual} | `{variable}` | {meaning} |" in PAGE


def test_the_table_holds_no_setting_that_is_gone():
    known = {f"{group}.{name}" for group, name, *_ in instellingen.regels()}
    told = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith(("| `limiet.", "| `bewaar."))}
    assert told == known
