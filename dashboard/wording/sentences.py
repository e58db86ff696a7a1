"""One Dutch sentence from a row of an answer, by its kind (soort) and its state. Rules only; B1 Dutch.

States of a row: verborgen · leeg · niet rijp · te weinig · bekend; of two rows also: stijging · daling · gelijk.
`gelijk` means that the difference can be chance, or is nothing: the sentence says which.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.wording import format as f
from dashboard.wording.phrases import PHRASES, Phrase

TOO_FEW = 10  # under this many people or answers no conclusion is drawn
_Z = 1.96
Row = Mapping[str, Any]


def state(soort: str, row: Row | None) -> str:
    """The state of one row: verborgen, leeg, niet rijp, te weinig or bekend."""
    if row is None:
        return "leeg"
    value = row.get(_main_key(soort))
    own = () if soort == "aandeel" and row.get("teller") is not None else (_main_key(soort),)
    if any(f.is_hidden(row.get(key)) for key in (*own, "teller", "noemer", "n", "aantal")):
        return "verborgen"
    if soort == "aantal":
        return "leeg" if value is None else "bekend"
    size = _size(soort, row)
    if size == 0 or (value is None and size is None):
        return "leeg"
    if value is None:
        return "niet rijp" if soort == "incidentie" or (soort in ("kwartielen", "tijd_tot") and size) else "leeg"
    if soort != "bedrag" and size is not None and size < TOO_FEW:
        return "te weinig"
    return "bekend"


def sentence(
    figure: str,
    soort: str,
    row: Row | None,
    *,
    titel: str = "",
    voor: str = "",
    vorige: Row | None = None,
    vorige_naam: str = "de periode daarvoor",
) -> str:
    """What a row says, with how sure that is; `voor` names whom it is about, `vorige` is compared with.

    `figure` picks the words; an unknown figure speaks by its `titel`.
    """
    phrase = PHRASES.get(figure, Phrase())
    now = state(soort, row)
    name = titel or figure.replace("_", " ")
    begin = f"{voor}: " if voor else ""
    if now == "verborgen":
        return f"{begin}{_lower(name, voor)} tonen wij niet, want de groep is te klein."
    if now == "leeg" or row is None:
        return f"{begin}{'over' if voor else 'Over'} {_lower(name, 'x')} is nog niets bekend."
    if now == "niet rijp":
        return f"{begin}{_lower(name, voor)} is nog niet te zeggen: te weinig mensen zijn lang genoeg gevolgd."
    text = begin + _SAY[soort](row, phrase, name)
    if now == "te weinig":
        return f"{text} Dat is te weinig voor een conclusie."
    if vorige is not None:
        text = f"{text} {compare(soort, row, vorige, vorige_naam)[1]}"
    return text


def compare(
    soort: str, row: Row, before: Row, before_name: str = "de periode daarvoor", op: str = "in"
) -> tuple[str, str]:
    """(state, sentence) of a row beside an earlier one; says whether the difference can be chance. `op` is the word
    before the name: in 2023, op 31-12-2023."""
    both = {state(soort, row), state(soort, before)}
    for hindrance, why in (
        ("verborgen", "omdat een van beide groepen te klein is om te tonen"),
        ("leeg", "omdat van een van beide perioden niets bekend is"),
        ("niet rijp", "omdat te weinig mensen lang genoeg zijn gevolgd"),
        ("te weinig", "omdat het om te weinig mensen gaat"),
    ):
        if hindrance in both:
            return hindrance, f"Vergelijken met {before_name} kan niet, {why}."
    key = _main_key(soort)
    difference = row[key] - before[key]
    was = _told(soort, before)
    apart = was.replace(" (", ", ").replace(")", "")  # between brackets itself
    if abs(difference) < 1e-9:
        return "gelijk", f"Dat is evenveel als {op} {before_name}."
    if (margin := _margin(soort, row, before, difference)) is None:
        word = "meer" if difference > 0 else "minder"
        certainty = "" if soort == "bedrag" else " Of dit toeval is, is niet te zeggen."
        return (
            "stijging" if difference > 0 else "daling"
        ), f"Dat is {word} dan {op} {before_name} ({apart}).{certainty}"
    if abs(difference) <= margin:
        return "gelijk", f"{op.capitalize()} {before_name} was het {was}. Dit verschil kan toeval zijn."
    word = "meer" if difference > 0 else "minder"
    return (
        "stijging" if difference > 0 else "daling"
    ), f"Dat is {word} dan {op} {before_name} ({apart}). Dit verschil is groter dan toeval."


def _margin(soort: str, row: Row, before: Row, difference: float) -> float | None:
    """How large a difference chance can make; None when that is not known.

    Shares and means: the bounds of both intervals combined (Newcombe 1998, method 10; "MOVER"). Counts: Poisson.
    """
    if soort == "aantal":
        return _Z * math.sqrt(row["aantal"] + before["aantal"])
    high, low = (row, before) if difference > 0 else (before, row)
    bounds = (high.get("laag"), high.get("waarde"), low.get("hoog"), low.get("waarde"))
    if soort == "bedrag" or any(not isinstance(bound, int | float) for bound in bounds):
        return None
    return math.hypot(high["waarde"] - high["laag"], low["hoog"] - low["waarde"])


def _main_key(soort: str) -> str:
    return {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(soort, "waarde")


def _size(soort: str, row: Row) -> float | None:
    for key in ("noemer", "n") if soort == "aandeel" else ("n", "noemer"):
        if row.get(key) is not None:
            return row[key]
    return None


def _lower(name: str, voor: str) -> str:
    """A name inside a sentence; an abbreviation (PIP) keeps its capitals."""
    return name[:1].lower() + name[1:] if voor and name[1:2].islower() else name


def _told(soort: str, row: Row) -> str:
    value = row[_main_key(soort)]
    if soort == "aandeel":
        return f.share(row)
    if soort in ("incidentie", "verhouding"):
        return f.percentage(value)
    if soort == "bedrag":
        return f.euros(value)
    return f.number(value, 0 if soort == "aantal" else 1)


def _sure(row: Row) -> str:
    """How sure a share is, in people of a hundred."""
    if not all(isinstance(row.get(bound), int | float) for bound in ("laag", "hoog")):
        return ""
    return f" Het echte aandeel ligt waarschijnlijk {f.interval(row['laag'], row['hoog'])}."


def _count(row: Row, phrase: Phrase, name: str) -> str:
    if not phrase.wie:
        return f"{name}: {f.number(row['aantal'])}."
    return f"{f.number(row['aantal'])} {phrase.wie} {phrase.wat}."


def _share(row: Row, phrase: Phrase, name: str) -> str:
    if row.get("teller") is None or row.get("noemer") is None:
        return f"{name}: {f.percentage(row['waarde'])}.{_sure(row)}"
    if not phrase.wat:
        return f"{name}: {f.share(row)}.{_sure(row)}"
    small = row["noemer"] < f.WORDS_BELOW
    part = "" if small else f" ({f.percentage(row['waarde'])})"
    text = f"{f.number(row['teller'])} van de {f.number(row['noemer'])} {phrase.wie} {phrase.wat}{part}."
    return text if small else text + _sure(row)


def _mean(row: Row, phrase: Phrase, name: str) -> str:
    text = f"{phrase.maat or name} is een {f.number(row['waarde'], 1)}"
    text += f" ({f.number(row['n'])} {phrase.wie or 'antwoorden'})." if row.get("n") is not None else "."
    if all(isinstance(row.get(bound), int | float) for bound in ("laag", "hoog")):
        text += f" Het ligt waarschijnlijk {f.interval(row['laag'], row['hoog'], of_hundred=False, decimals=1)}."
    return text


def _median(row: Row, phrase: Phrase, name: str) -> str:
    unit = f" {phrase.eenheid}" if phrase.eenheid else ""
    decimals = 0 if phrase.eenheid == "dagen" else 1
    text = f"{phrase.maat or name} was voor de helft {f.number(row['p50'], decimals)}{unit} of korter"
    return text + (f" ({f.number(row['n'])} {phrase.wie or 'metingen'})." if row.get("n") is not None else ".")


def _incidence(row: Row, phrase: Phrase, name: str) -> str:
    when = f"Na {f.horizon(row['horizon'])}" if row.get("horizon") is not None else name
    what = phrase.uitkomst.get(str(row.get("einde")), str(row.get("einde") or "zover"))
    wie = f" van de {phrase.wie}" if phrase.wie else ""
    return f"{when} is {f.percentage(row['waarde'])}{wie} {what}.{_sure(row)}"


def _ratio(row: Row, phrase: Phrase, name: str) -> str:
    people = f" ({f.number(row['n'])} {phrase.wie or 'inburgeraars'})" if row.get("n") is not None else ""
    value = f.euros(row["waarde"]) if phrase.eenheid == "euro" else f.percentage(row["waarde"])
    return f"{phrase.maat or name} was {value}{people}."


def _money(row: Row, phrase: Phrase, name: str) -> str:
    text = f"{phrase.maat or name} {f.euros(row['waarde'])}"
    if isinstance(row.get("begroot"), int | float) and row["begroot"]:
        text += f"; begroot was {f.euros(row['begroot'])} ({f.percentage(row['waarde'] / row['begroot'])} is besteed)"
    return text + "."


_SAY: dict[str, Callable[[Row, Phrase, str], str]] = {
    "aantal": _count,
    "aandeel": _share,
    "gemiddelde": _mean,
    "kwartielen": _median,
    "tijd_tot": _median,
    "incidentie": _incidence,
    "verhouding": _ratio,
    "bedrag": _money,
}
