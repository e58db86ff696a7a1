"""What the documents promise exists: every test that the threat model names, every setting, page and command."""

import ast
import re
from pathlib import Path

import pytest

from dashboard.cli import parser
from data import instellingen

ROOT = Path(__file__).parents[2]
PAGES = ("dreigingen", "gegevensbescherming", "beheer", "onderdelen")


def _text(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_model_names_exists():
    place, named = "", []
    for path, name in re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", _text("dreigingen")):
        place = path or place
        if path or name:
            named.append((place, name))
    assert len(named) > 20
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        functions = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
        assert not name or name in functions, f"{path}::{name}"


@pytest.mark.parametrize("name", PAGES)
def test_every_setting_command_and_link_exists(name):
    text = _text(name)
    known = {f"{group}.{field}" for group, field, *_ in instellingen.regels()}
    groups = "|".join(instellingen.Instellingen.model_fields)
    assert set(re.findall(rf"`((?:{groups})\.[a-z_]+)`", text)) <= known
    usual = {f"{group}.{field}": str(value) for group, field, value, _ in instellingen.regels()}
    for setting, value in re.findall(rf"`((?:{groups})\.[a-z_]+)` \((\d+)\)", text):
        assert usual[setting] == value
    commands = set(parser()._subparsers._group_actions[0].choices)
    assert set(re.findall(r"\binburgering ([a-z]+)\b", text)) <= commands
    for link in re.findall(r"\]\(([^)#]+\.md)", text):
        assert (ROOT / "docs" / link).is_file(), link
