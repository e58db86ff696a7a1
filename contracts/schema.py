"""The JSON Schema of an agreement, for editors that help while typing (VS Code with the YAML extension, for one).

`python -m contracts.schema` writes it anew after a change of the model; a test holds the committed file to it.
"""

import json
import re
from pathlib import Path
from typing import Any

from contracts.model import Agreement

PLACE = Path(__file__).parent / "afspraak.schema.json"
_TITLE = "Afspraken van één contract"


def schema() -> dict[str, Any]:
    """The schema as data. English titles and docstrings of the program are left out."""
    made = Agreement.model_json_schema()
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("description", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_titles(made),
        "title": _TITLE,
    }


def text() -> str:
    """The schema as it is committed."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _without_titles(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: _without_titles(value)
            for key, value in part.items()
            if not (key == "title" and isinstance(value, str) and re.match(r"[A-Z]", value))
        }
    return [_without_titles(one) for one in part] if isinstance(part, list) else part


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
