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
_INTRO = """# De cijfers: wat zij betekenen, en een uitgewerkt voorbeeld

Deze bladzijde wordt gemaakt uit de definities zelf (`metrics/definitions/*.sql`) en uit een kleine, verzonnen levering
(`tests/golden`). Bij elk cijfer staat met naam en toenaam wie meetelt. Een test laadt diezelfde levering en rekent na.
Maken: `.venv/bin/python -m tests.golden.definities`.

Voor alle cijfers geldt:

- **Peildatum**: de dag waarop wij kijken, hier 30-06-2024. Wat daarna gebeurt, bestaat nog niet. De **periode** loopt
  van 01-01-2022 tot en met de peildatum, tenzij u anders kiest.
- **Statushouder**: asielstatushouder of nareiziger.
- **Wie nog bezig is**, telt bij tijd en bij ‘deel na een vaste tijd’ mee zolang die gevolgd is: niet als klaar, en niet
  als mislukt. Voorbij de langste tijd die is gezien, staat er niets.
- **Lang genoeg gevolgd**: bij een cijfer met een vaste termijn is `n` de hele groep. Bij een aandeel is `noemer` wie
  van hen de hele termijn is gevolgd; bij een ‘deel na een vaste tijd’ is dat `gevolgd` (de termijn is om; wij verloren
  niemand eerder uit het oog).
- **Filteren en uitsplitsen** kan op wat bij het cijfer staat. De leerroute van een persoon is de eerste. Een cijfer over
  routes, onderdelen, uren of boekingen kijkt naar het contract dat daarbij staat; een ander cijfer telt iedereen die
  ooit een route of onderdeel onder dat contract had, en iemand met twee contracten staat dan in twee rijen.
- **Een rij staat er** als zij voorkomt. Zonder uitsplitsing staat er altijd één rij, ook als die 0 telt.

### De kolommen

| Kolom | Betekenis |
|---|---|
| aantal | hoeveel mensen, routes, examens of besluiten |
| teller, noemer | hoeveel van hoeveel |
| waarde | bij een aandeel het deel, van 0 tot 1 (0,7647 is 76 %); bij geld euro's; bij een gemiddelde het gemiddelde. Leeg als de noemer 0 is |
| laag, hoog | de grenzen (95 %): daartussen ligt het echte deel waarschijnlijk. Hoe minder mensen, hoe verder uit elkaar |
| n | van hoeveel mensen of antwoorden; bij een vaste termijn ook wie nog niet lang genoeg is gevolgd |
| p25, p50, p75 | een kwart, de helft en driekwart zit op of onder dit getal |
| horizon, einde | na hoeveel dagen, en hoe het afliep |
| in_risico, gevolgd | wie op die dag nog werd gevolgd; wie de hele termijn is gevolgd |
| verwacht, verschil | wat was verwacht, en het verschil in procentpunten |
| begroot, uitputting | de begroting, en welk deel daarvan is uitgegeven |

PIP: het persoonlijk plan. PVT: participatieverklaringstraject. MAP: module arbeidsmarkt en participatie. KNM: kennis van
de Nederlandse maatschappij. B1, onderwijs en Z: de drie leerroutes. SPUK: het geld van het Rijk.

### Waar wij een keuze maakten

| Waar | Keuze |
|---|---|
| gewone peildatum | de laatste dag van het laatste kwartaal dat voorbij was op de nieuwste datum in trajecten, leerroutes, onderdelen, examens en uren. Een maand met uren telt als haar laatste dag. Een geplande datum telt ook. Zijn er alleen personen, dan telt hun laatste mutatie |
| uren in een periode | een maand hoort in de periode als haar eerste dag erin ligt |
| taakstelling in een periode | een halfjaar hoort in de periode als het erin begint; het telt dan helemaal mee, tot en met de peildatum |
| rapportages | een kwartaal hoort bij een contract als zijn laatste dag in de looptijd ligt |
| termijn van drie jaar | eerst drie kalenderjaren, dan de maanden verlenging; 29 februari wordt zo nodig 28 februari |
| vertrek zonder einde | wie vertrok zonder einddatum, is gevolgd tot de dag van vertrek |
| kosten | een post op de begroting waarvan niets is uitgegeven, staat er met 0; van een deel van het jaar staat de begroting van het hele jaar ernaast |
| kwaliteit van de gegevens | gaat over alles wat is geladen; de peildatum doet niet mee |
| `tweejaar` | bij uitsplitsen: twee kalenderjaren samen, geteld vanaf het laatste jaar van de periode; een eerste jaar dat overblijft, staat alleen |
"""


def longest(entry: dict[str, Any]) -> int:
    """The longest time that was seen, in days."""
    return max((int(line.split()[1]) for line in entry["duren"]), default=-1)


def render() -> str:
    """The whole page as Markdown."""
    worked = {entry["cijfer"]: entry for entry in yaml.safe_load(WORKED.read_text(encoding="utf-8"))}
    parts = [_INTRO, _stories()]
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
