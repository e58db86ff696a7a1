"""What a report says of its figures: rules from rows to Dutch sentences (level B1), one branch per state.

States: bekend, verborgen, leeg, niet rijp, te weinig; of two years also stijging, daling, gelijk. Nothing here computes
a figure, and who is under way is never called failed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import metrics
from dashboard import wording
from dashboard.wording.phrases import PHRASES

GOOD, BAD, UNSURE, UNKNOWN, PLAIN = "werkt", "werkt nog niet", "niet zeker", "weten wij nog niet", "geen grens"
STATUS_TEXT = {
    GOOD: "Gaat goed",
    BAD: "Blijft achter",
    UNSURE: "Niet zeker",
    UNKNOWN: "Nog niet te zeggen",
    PLAIN: "Zonder oordeel",
}
_WORDS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_FEW = 10
Row = Mapping[str, Any]


def main(row: Row, soort: str) -> Row:
    """A row without what does not carry its number: of a mean the share that is not satisfied can be hidden alone."""
    return {key: value for key, value in row.items() if soort != "gemiddelde" or key not in ("teller", "noemer")}


@dataclass(frozen=True)
class Limit:
    """A limit of the monitor: `side` says on which side of it is wrong (onder, boven)."""

    value: float
    side: str


def in_words(count: int) -> str:
    """Small numbers of things in words: vijf aanbevelingen, 13 aanbevelingen."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else wording.number(count)


def some(count: int, one: str, many: str) -> str:
    """één aanbeveling, vijf aanbevelingen."""
    return f"{in_words(count)} {one if count == 1 else many}"


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]


def row_of(answer: metrics.Answer | None, **where: Any) -> Row | None:
    """The one row with these values, or None."""
    rows = [] if answer is None else answer.rijen
    return next((row for row in rows if all(row.get(key) == value for key, value in where.items())), None)


def status(soort: str, row: Row | None, limit: Limit | None) -> str:
    """How a row stands beside a limit: on the good or the wrong side with its whole interval, else not sure."""
    state = wording.state(soort, row)
    if state in ("verborgen", "leeg", "niet rijp", "te weinig") or row is None:
        return UNKNOWN
    if limit is None:
        return PLAIN
    low, high = row.get("laag"), row.get("hoog")
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return UNSURE
    if limit.side == "onder":
        return GOOD if low >= limit.value else BAD if high < limit.value else UNSURE
    return GOOD if high <= limit.value else BAD if low > limit.value else UNSURE


def certainty(soort: str, row: Row | None, limit: Limit | None) -> str:
    """How sure a conclusion is, in a sentence, and why."""
    state = wording.state(soort, row)
    if state == "verborgen":
        return "Dit tonen wij niet: de groep is te klein."
    if state == "leeg" or row is None:
        return "Hierover zijn geen gegevens geleverd."
    if state == "niet rijp":
        return "Te weinig mensen zijn lang genoeg gevolgd. Later kan het wel."
    if state == "te weinig":
        return "Het gaat om te weinig mensen voor een conclusie."
    found = status(soort, row, limit)
    if limit is None:
        return "Er is geen grens afgesproken. Het getal zelf is zeker binnen de genoemde grenzen."
    word = {"onder": "ten minste", "boven": "hoogstens"}[limit.side]
    line = f"de signaalgrens ({word} {wording.percentage(limit.value)})"
    if found == GOOD:
        return f"Zeker: ook met toeval erbij ligt het aan de goede kant van {line}."
    if found == BAD:
        return f"Zeker: ook met toeval erbij haalt het {line} niet."
    return f"Niet zeker: met toeval erbij kan het aan beide kanten van {line} liggen."


def total(answer: metrics.Answer | None, about: str = "") -> list[str]:
    """What an answer without dimensions says; of competing ends what is known and what not yet. `about`: the level that
    it is shown at when that is coarser than the report."""
    if answer is None:
        return ["Dit cijfer maakt geen deel uit van dit rapport."]
    definition = answer.definition
    if definition.soort == "incidentie":
        return over(about, incidence(answer))
    if not answer.rijen:
        return [f"Over {definition.titel[:1].lower()}{definition.titel[1:]} is niets geleverd."]
    row = answer.rijen[0]
    said = wording.sentence(definition.id, definition.soort, row, titel=definition.titel)
    said = said.replace(" zijn zijn ", " zijn, zijn ")  # "die nog bezig zijn" before another verb
    late = ["Dit gaat alleen over wie al klaar is; wie nog bezig is, telt nog niet mee."] if definition.klaar else []
    known = wording.state(definition.soort, row) in ("bekend", "te weinig")
    return over(about, [said, *(late if known else [])])


def over(about: str, sentences: Sequence[str]) -> list[str]:
    """Sentences about more people than the report: the first one names them."""
    if not about or not sentences:
        return list(sentences)
    together = about if about.startswith("de ") else f"{about} samen"
    return [f"Over {together}: {sentences[0][:1].lower()}{sentences[0][1:]}", *sentences[1:]]


def incidence(answer: metrics.Answer) -> list[str]:
    """Of competing ends: the first one at every horizon, who is still under way at the last, what is not ripe yet."""
    definition = answer.definition
    first = definition.einden[0]
    rows = [row for row in answer.rijen if row["einde"] == first]
    if not rows:
        return [f"Over {definition.titel[:1].lower()}{definition.titel[1:]} is niets geleverd."]
    found, unripe, hidden = [], [], []
    for row in rows:
        state = wording.state("incidentie", row)
        if state == "niet rijp":
            unripe.append(row)
        elif state == "verborgen":
            hidden.append(row)
        elif state != "leeg":
            found.append(row)
    said = [wording.sentence(definition.id, "incidentie", row, titel=definition.titel) for row in found[-2:]]
    if found:
        open_row = row_of(answer, horizon=found[-1]["horizon"], einde="nog bezig")
        if open_row is not None and isinstance(open_row["waarde"], int | float) and open_row["waarde"] > 0:
            part = wording.percentage(open_row["waarde"])
            said.append(f"Op dat moment is {part} nog bezig; die mensen zijn niet geslaagd en niet gezakt.")
    if hidden:
        months = " en ".join(wording.horizon(row["horizon"]) for row in hidden)
        said.append(f"Hoe het na {months} is, tonen wij niet: daarvoor is de groep te klein.")
    if unripe:
        months = " en ".join(wording.horizon(row["horizon"]) for row in unripe)
        said.append(f"Hoe het na {months} is, weten wij nog niet: te weinig mensen zijn lang genoeg gevolgd.")
    return said or [f"Over {definition.titel[:1].lower()}{definition.titel[1:]} is niets geleverd."]


def full_years(answer: metrics.Answer) -> list[int]:
    """The years of a split by year that are wholly inside the period and past."""
    years = sorted({int(row["jaar"]) for row in answer.rijen if str(row.get("jaar", "")).isdigit()})
    return [year for year in years if date(year, 1, 1) >= answer.van and date(year, 12, 31) <= answer.tot]


def change(answer: metrics.Answer | None, about: str = "", **where: Any) -> tuple[str, str]:
    """(state, sentence) of the last full year beside the year before; says whether the difference can be chance."""
    if answer is None:
        return "leeg", ""
    years = full_years(answer)
    if len(years) < 2:
        return "leeg", "Er zijn nog geen twee hele jaren om te vergelijken."
    now, before = (row_of(answer, jaar=year, **where) for year in (years[-1], years[-2]))
    definition = answer.definition
    if now is None or before is None:
        return "leeg", f"Vergelijken van {years[-1]} met {years[-2]} kan niet, omdat van een van beide niets bekend is."
    now, before = main(now, definition.soort), main(before, definition.soort)
    state, text = wording.compare(definition.soort, now, before, str(years[-2]))
    if state in ("verborgen", "leeg", "niet rijp", "te weinig"):
        return state, text.replace("Vergelijken met", f"Vergelijken van {years[-1]} met")
    said = told(definition, now)
    return state, " ".join(over(about, [f"In {years[-1]}: {said}.", text]))


def told(definition: Any, row: Row) -> str:
    """The value of a row in a few words."""
    soort = definition.soort
    if soort == "aandeel":
        return wording.share(row)
    key = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(soort, "waarde")
    value = row.get(key)
    if wording.is_hidden(value):
        return wording.HIDDEN
    if value is None:
        return wording.EMPTY
    if soort in ("kwartielen", "tijd_tot"):
        unit = PHRASES[definition.id].eenheid if definition.id in PHRASES else definition.eenheid
        return f"helft binnen {wording.number(value, 0 if unit == 'dagen' else 1)} {unit}".strip()
    text = wording.cell(key, value, definition)
    if soort in ("gemiddelde", "verhouding") and isinstance(row.get("n"), int):
        return f"{text} ({wording.number(row['n'])} {_unit(definition)})"
    return text


def bounds(definition: Any, row: Row) -> str:
    """The interval of a row, or a dash where there is none or it says nothing."""
    if definition.soort in ("kwartielen", "tijd_tot"):
        low, high = row.get("p25"), row.get("p75")
        if wording.is_hidden(low) or wording.is_hidden(high):
            return "verborgen"
        if low is None or high is None:
            return "–"
        return f"middelste helft {wording.number(low)} tot {wording.number(high)}"
    text = wording.measure("grenzen", row, definition)
    return "verborgen" if text == wording.HIDDEN else text


def _unit(definition: Any) -> str:
    return (PHRASES[definition.id].wie if definition.id in PHRASES else "") or "metingen"


def extremes(answer: metrics.Answer | None, dim: str, names: Mapping[str, str]) -> str:
    """Which of the values is highest and lowest, when their intervals do not overlap; else that it can be chance."""
    rows = [] if answer is None else [row for row in answer.rijen if wording.state("aandeel", row) == "bekend"]
    rows = [row for row in rows if isinstance(row.get("waarde"), int | float)]
    if answer is None or len(rows) < 2:
        return "Voor een vergelijking zijn de groepen te klein."
    low, high = (pick(rows, key=lambda row: row["waarde"]) for pick in (min, max))
    first, last = (wording.dimension(dim, row[dim], names) for row in (high, low))
    if (
        isinstance(high.get("laag"), int | float)
        and isinstance(low.get("hoog"), int | float)
        and high["laag"] > low["hoog"]
    ):
        return (
            f"Het verschil tussen {first} ({wording.percentage(high['waarde'])}) en {last} "
            f"({wording.percentage(low['waarde'])}) is groter dan toeval."
        )
    return (
        f"Het hoogst is {first} ({wording.percentage(high['waarde'])}), het laagst {last} "
        f"({wording.percentage(low['waarde'])}). Dit verschil kan toeval zijn."
    )


def expected(row: Row) -> str:
    """A share beside what was expected: more, fewer, or not to be told from chance."""
    state = wording.state("aandeel", row)
    if state == "verborgen":
        return "tonen wij niet: de groep is te klein"
    if state == "leeg":
        return "niets bekend"
    if state == "te weinig":
        return "te weinig mensen om te vergelijken"
    want, low, high = row.get("verwacht"), row.get("laag"), row.get("hoog")
    if not isinstance(want, int | float) or not isinstance(low, int | float) or not isinstance(high, int | float):
        return "geen verwachting"
    if low > want:
        return "meer dan verwacht"
    return "minder dan verwacht" if high < want else "past bij de verwachting"


def spending(spent: Any, planned: Any) -> str:
    """An amount beside its budget, in words."""
    if wording.is_hidden(spent) or wording.is_hidden(planned):
        return "tonen wij niet"
    if not isinstance(planned, int | float) or not planned:
        return "niets begroot"
    part = spent / planned
    if abs(part - 1) < 0.005:
        return "precies volgens de begroting"
    more = wording.percentage(abs(part - 1)) if abs(part - 1) >= 0.01 else "minder dan 1%"
    return f"{more} {'boven' if part > 1 else 'onder'} de begroting"


def following(answer: metrics.Answer | None, months: int) -> str:
    """How many people have been followed for a whole term."""
    rows = (
        []
        if answer is None
        else [row for row in answer.rijen if wording.horizon(row["horizon"]) == f"{months} maanden"]
    )
    if not rows:
        return ""
    size, at_risk = rows[0].get("n"), rows[0].get("in_risico")
    if not isinstance(size, int) or not isinstance(at_risk, int):
        return f"Hoeveel mensen al {months} maanden zijn gevolgd, tonen wij niet."
    if at_risk == 0:
        return f"Nog niemand van de {wording.number(size)} mensen is na {months} maanden nog in beeld."
    return f"Van de {wording.number(size)} mensen zijn er {wording.number(at_risk)} na {months} maanden nog in beeld."


def listed(names: Sequence[str]) -> str:
    """a, b en c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}" if names else ""
