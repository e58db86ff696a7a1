"""The JSON Schema of layouts: as generated, accepting what the program accepts and refusing what it refuses."""

import pytest
import yaml

from etl import layout_schema
from etl.layout import SHIPPED, STANDARD

SCHEMA = layout_schema.schema()
TYPES = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "array": list, "object": dict}


def _valid(value, schema):
    """The part of JSON Schema (draft 7) that the schema uses."""
    if "$ref" in schema:
        return _valid(value, SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(value is None if kind == "null" else isinstance(value, TYPES[kind]) for kind in kinds):
        return False
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        return False
    if "anyOf" in schema and not any(_valid(value, one) for one in schema["anyOf"]):
        return False
    for one in schema.get("allOf", ()):
        if _valid(value, one["if"]) and not _valid(value, one["then"]):
            return False
    if isinstance(value, dict):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties", True)
        if any(name not in value for name in schema.get("required", ())):
            return False
        for name, inner in value.items():
            if name in known:
                if not _valid(inner, known[name]):
                    return False
            elif other is False or (other is not True and not _valid(inner, other)):
                return False
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            return False
        return all(_valid(one, schema.get("items", {})) for one in value)
    return not ("minimum" in schema and value < schema["minimum"])


def test_the_schema_that_editors_read_is_current():
    assert layout_schema.PATH.read_text(encoding="utf-8") == layout_schema.as_text()


def test_every_name_is_explained():
    for part in (SCHEMA, SCHEMA["definitions"]["Blad"]):
        for name, one in part["properties"].items():
            assert len(one["description"]) > 20, name


@pytest.mark.parametrize(
    "path", [one for one in sorted(SHIPPED.glob("*.yaml")) if one != STANDARD], ids=lambda p: p.stem
)
def test_the_layouts_that_come_with_the_program_are_valid_and_point_to_it(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=indeling.schema.json\n")
    assert _valid(yaml.safe_load(text), SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tabel: leerroutes", "tabel: onzin"),
        ("start: Vanaf", "begin: Vanaf"),
        ("Taal: B1", "Taal: B2"),
        ("kop: 2", "kop: twee"),
        ("kop: 2", "kop: 0"),
        ("naam: x", "kleur: x"),
        ("kop: 2", "kop: 2\n    koppen: 3"),
    ],
)
def test_mistakes_are_seen_while_typing(old, new):
    text = """naam: x
bestand: "lijst *.csv"
bladen:
  - tabel: leerroutes
    kop: 2
    kolommen: {bsn: Burger, leerroute: [Traject, Route], start: Vanaf}
    waarden: {leerroute: {Taal: B1}}
    vast: {contract: danner-b1}
"""
    assert _valid(yaml.safe_load(text), SCHEMA)
    assert not _valid(yaml.safe_load(text.replace(old, new)), SCHEMA)
