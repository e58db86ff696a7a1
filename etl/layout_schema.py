"""The JSON Schema of an own layout, so that an editor completes names and marks mistakes while one types.

`python -m etl.layout_schema` writes it beside the layouts that come with the program.
"""

import json
from typing import Any

from etl.layout import SHIPPED, Layout, standard
from etl.own_layout import OwnLayout

PATH = SHIPPED / "indeling.schema.json"


def schema() -> dict[str, Any]:
    """The model's own schema, with per table its columns and their values."""
    found = OwnLayout.model_json_schema()
    found = {"$schema": "http://json-schema.org/draft-07/schema#", **found, "title": "Indeling"}
    found["definitions"] = found.pop("$defs")
    sheet = found["definitions"]["Blad"]
    sheet["properties"]["tabel"]["enum"] = list(standard())
    sheet["allOf"] = [
        {"if": {"properties": {"tabel": {"const": name}}}, "then": {"properties": _columns(layout)}}
        for name, layout in standard().items()
    ]
    for one in (found, sheet):
        one["required"] = [name for name in one["required"] if name != "kolommen"]
    return json.loads(json.dumps(found).replace("#/$defs/", "#/definitions/"))


def _columns(layout: Layout) -> dict[str, Any]:
    """What kolommen, waarden and vast may name for one table."""
    texts = {name: {"description": _told(name, layout)} for name in layout.kolommen}
    values = {
        name: {
            "description": _told(name, layout),
            **({"additionalProperties": {"enum": [*spec.keuzes, *spec.gelijk, ""]}} if spec.keuzes else {}),
        }
        for name, spec in layout.kolommen.items()
    }
    return {
        "kolommen": {"properties": texts, "additionalProperties": False},
        "vast": {"properties": texts, "additionalProperties": False},
        "waarden": {"properties": values, "additionalProperties": False},
        "alleen_als_gevuld": {"anyOf": [{"enum": list(texts)}, {"type": "array", "items": {"enum": list(texts)}}]},
    }


def _told(name: str, layout: Layout) -> str:
    spec = layout.kolommen[name]
    must = "verplicht" if spec.verplicht else "mag leeg zijn"
    choices = f": {', '.join(spec.keuzes)}" if spec.keuzes else ""
    return f"{name} ({spec.type}, {must}){choices}"


def as_text() -> str:
    """The schema as it is kept in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(as_text(), encoding="utf-8")
