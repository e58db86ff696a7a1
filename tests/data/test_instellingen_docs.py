"""What the documentation says of the settings is what the program does: a setting without its row fails."""

import re
from pathlib import Path

from data import instellingen

PAGE = (Path(__file__).parents[2] / "docs" / "beheer.md").read_text(encoding="utf-8")

GROUPS = rf"\| `({'|'.join(instellingen.Instellingen.model_fields)})\."


def test_every_setting_stands_in_the_table():
    for group, name, usual, meaning in instellingen.regels():
        variable = instellingen.omgevingsnaam(group, name)
        shown = "leeg" if usual in ("", {}) else usual
        assert f"| `{group}.{name}` | {shown} | `{variable}` | {meaning} |" in PAGE


def test_the_table_holds_no_setting_that_is_gone():
    known = {f"{group}.{name}" for group, name, *_ in instellingen.regels()}
    told = {line.split("`")[1] for line in PAGE.splitlines() if re.match(GROUPS, line)}
    assert told == known
