"""Writes docs/definities.md, every definition with its worked example: `python -m tests.golden.definities`."""

import csv
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

import metrics
from dashboard import wording

HERE = Path(__file__).parent
WORKED = HERE / "uitkomsten.yaml"
TARGET = HERE.parents[1] / "docs" / "definities.md"
_KINDS = {
    "aantal": "aantal",
    "aandeel": "aandeel, met een marge van 95 % (Wilson)",
    "gemiddelde": "gemiddelde, met een marge van 95 % (t-verdeling)",
    "kwartielen": "kwartielen (p25, mediaan, p75)",
    "tijd_tot": "tijd tot een gebeurtenis (Kaplan–Meier)",
    "incidentie": "deel na een vaste tijd, met elkaar uitsluitende uitkomsten (Aalen–Johansen)",
    "verhouding": "verhouding van twee sommen",
    "bedrag": "bedrag in euro",
}
INTRO = HERE / "inleiding.md"


def longest(entry: dict[str, Any]) -> int:
    """The longest time that was seen, in days."""
    return max((int(line.split()[1]) for line in entry["duren"]), default=-1)


def render() -> str:
    """The whole page as Markdown."""
    worked = {entry["cijfer"]: entry for entry in yaml.safe_load(WORKED.read_text(encoding="utf-8"))}
    parts = [INTRO.read_text(encoding="utf-8"), _stories()]
    for goal, definitions in groupby(metrics.catalogue().values(), key=lambda definition: definition.subdoel):
        parts.append(f"## {goal.capitalize()}\n")
        parts += [_figure(definition, worked[definition.id]) for definition in definitions]
    return "\n".join(parts)


def _stories() -> str:
    with (HERE / "levering" / "personen.csv").open(encoding="utf-8", newline="") as file:
        lines = [
            f"| {row['naam']} | {row['doelgroep']} | {row['verhaal']} |" for row in csv.DictReader(file, delimiter=";")
        ]
    head = "## De mensen in het voorbeeld (verzonnen)\n\n| Naam | Doelgroep | Verhaal |\n|---|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _figure(definition: Any, entry: dict[str, Any]) -> str:
    lines = [
        f"### {definition.titel} (`{definition.id}`)\n",
        f"**{definition.vraag}** {' '.join(definition.definitie.split())}\n",
        f"- Soort: {_kind(definition)}",
        f"- Altijd per: {', '.join(definition.eigen) or '–'}",
        f"- Te filteren en uit te splitsen: {', '.join(definition.mogelijk) or '–'}",
        f"- Bron: {', '.join(definition.bron)}\n",
        f"*Voorbeeld.* {entry['uitleg']}\n",
    ]
    if "duren" in entry:
        lines.append("Dagen: " + "; ".join(_duration(line) for line in entry["duren"]) + ".\n")
    return "\n".join([*lines, *_table(entry["rijen"])]) + "\n"


def _kind(definition: Any) -> str:
    text = _KINDS[definition.soort]
    return text if definition.interval else text.replace(", met een marge van 95 % (Wilson)", ", zonder marge")


def _duration(line: str) -> str:
    name, days, end = line.split(" ", 2)
    return f"{name} {days} ({end})"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return ["Geen rijen."]
    keys = list(dict.fromkeys(key for row in rows for key in row["uitkomst"]))
    names = [key for key in ("wel", "niet", "wie") if any(key in row for row in rows)]
    titles = {"wel": "wie wel", "niet": "wie niet", "wie": "wie"}
    lines = [
        "| " + " | ".join([*keys, *(titles[name] for name in names)]) + " |",
        "|---" * (len(keys) + len(names)) + "|",
    ]
    for row in rows:
        cells = [_cell(row["uitkomst"].get(key)) for key in keys]
        cells += [", ".join(row.get(name, [])) or "–" for name in names]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, float):
        return wording.number(value, 0 if value.is_integer() else 4)
    return str(value)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
