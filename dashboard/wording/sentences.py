"""One sentence from a row of an answer, by its kind (soort) and its state. Rules only; plain language (B1).

States of a row: verborgen · leeg · niet rijp · te weinig · bekend; of two rows also: stijging · daling · gelijk.
`gelijk` means that the difference can be chance, or is nothing: the sentence says which.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.texts import DUTCH, language, mark, t, tn
from dashboard.wording import format as f
from dashboard.wording.letters import capital, inside
from dashboard.wording.phrases import PHRASES, Phrase, did, people

TOO_FEW = 10  # under this many people or answers no conclusion is drawn
_Z = 1.96
Row = Mapping[str, Any]
BEFORE = mark("de periode daarvoor")
_WHEN = {"in": mark("in {naam}"), "op": mark("op {naam}")}


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
    vorige_naam: str = BEFORE,
) -> str:
    """What a row says, with how sure that is; `voor` names whom it is about, `vorige` is compared with.

    `figure` picks the words; an unknown figure speaks by its `titel`.
    """
    phrase = PHRASES.get(figure, Phrase())
    now = state(soort, row)
    name = t(titel) or figure.replace("_", " ")
    if row is None or now in ("verborgen", "leeg", "niet rijp"):
        return _without_number("leeg" if row is None else now, name, voor)
    text = _SAY[soort](row, phrase, name)
    if voor:
        text = f"{voor}: {text if language() == DUTCH else inside(text)}"
    if now == "te weinig":
        return f"{text} " + t("Dat is te weinig voor een conclusie.")
    if vorige is not None:
        text = f"{text} {compare(soort, row, vorige, vorige_naam)[1]}"
    return text


def _without_number(now: str, name: str, voor: str) -> str:
    """What is said of a row that shows nothing, and why it does not."""
    if not voor:
        if now == "verborgen":
            return t("{naam} tonen wij niet, want de groep is te klein.", naam=name)
        if now == "leeg":
            return t("Over {naam} is nog niets bekend.", naam=inside(name))
        return t("{naam} is nog niet te zeggen: te weinig mensen zijn lang genoeg gevolgd.", naam=name)
    name = inside(name)
    if now == "verborgen":
        return t("{voor}: {naam} tonen wij niet, want de groep is te klein.", voor=voor, naam=name)
    if now == "leeg":
        return t("{voor}: over {naam} is nog niets bekend.", voor=voor, naam=name)
    return t("{voor}: {naam} is nog niet te zeggen: te weinig mensen zijn lang genoeg gevolgd.", voor=voor, naam=name)


def compare(soort: str, row: Row, before: Row, before_name: str = BEFORE, op: str = "in") -> tuple[str, str]:
    """(state, sentence) of a row beside an earlier one; says whether the difference can be chance. `op` is the word
    before the name: in 2023, op 31-12-2023."""
    both = {state(soort, row), state(soort, before)}
    name = t(before_name)
    for hindrance, why in _HINDRANCES.items():
        if hindrance in both:
            return hindrance, t(why, naam=name)
    key = _main_key(soort)
    difference = row[key] - before[key]
    when = t(_WHEN[op], naam=name) if op in _WHEN else f"{op} {name}"
    was = _told(soort, before)
    if abs(difference) < 1e-9:
        return "gelijk", t("Dat is evenveel als {toen}.", toen=when)
    margin = _margin(soort, row, before, difference)
    if margin is not None and abs(difference) <= margin:
        return "gelijk", t("{toen} was het {waarde}. Dit verschil kan toeval zijn.", toen=capital(when), waarde=was)
    facts = {"toen": when, "waarde": was.replace(" (", ", ").replace(")", "")}  # between brackets itself
    size = _points(soort, row, before) if margin is not None else 0
    if size:
        facts["n"] = f.number(size)
    if difference > 0:
        change = "stijging"
        said = t("Dat is {n} van de 100 meer dan {toen} ({waarde}).", **facts) if size else ""
        said = said or t("Dat is meer dan {toen} ({waarde}).", **facts)
    else:
        change = "daling"
        said = t("Dat is {n} van de 100 minder dan {toen} ({waarde}).", **facts) if size else ""
        said = said or t("Dat is minder dan {toen} ({waarde}).", **facts)
    if margin is not None:
        return change, f"{said} " + t("Dit verschil is groter dan toeval.")
    return change, said if soort == "bedrag" else f"{said} " + t("Of dit toeval is, is niet te zeggen.")


_HINDRANCES = {
    "verborgen": mark("Vergelijken met {naam} kan niet, omdat een van beide groepen te klein is om te tonen."),
    "leeg": mark("Vergelijken met {naam} kan niet, omdat van een van beide perioden niets bekend is."),
    "niet rijp": mark("Vergelijken met {naam} kan niet, omdat te weinig mensen lang genoeg zijn gevolgd."),
    "te weinig": mark("Vergelijken met {naam} kan niet, omdat het om te weinig mensen gaat."),
}


def _points(soort: str, row: Row, before: Row) -> int:
    """How many of a hundred two shares differ, as the shown percentages do; 0 when no percentages are told."""
    if soort != "aandeel" or min(row.get("noemer") or 0, before.get("noemer") or 0) < f.WORDS_BELOW:
        return 0
    shown = [int(f.number(100 * one["waarde"], 0)) for one in (row, before)]
    return abs(shown[0] - shown[1])


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
    """How sure a share is, in people of a hundred; begins with a space."""
    if not _bounded(row):
        return ""
    bounds = f.interval(row["laag"], row["hoog"])
    return " " + capital(t("het echte aandeel ligt waarschijnlijk {grenzen}.", grenzen=bounds))


def _bounded(row: Row) -> bool:
    return all(isinstance(row.get(bound), int | float) for bound in ("laag", "hoog"))


def _of(row: Row, phrase: Phrase, one: str, many: str) -> str:
    """On how many it rests, in brackets: " (40 antwoorden)"; nothing when that is not known."""
    return f" ({people(row['n'], phrase, one, many)})" if row.get("n") is not None else ""


def _count(row: Row, phrase: Phrase, name: str) -> str:
    count = row["aantal"]
    if not phrase.wie:
        return f"{name}: {f.number(count)}."
    if count == 1 and phrase.een:
        return t("{n} {wie_en_wat}.", n=f.number(count), wie_en_wat=t(phrase.een))
    return t("{n} {wie} {wat}.", n=f.number(count), wie=t(phrase.wie), wat=did(phrase, count))


def _share(row: Row, phrase: Phrase, name: str) -> str:
    if row.get("teller") is None or row.get("noemer") is None:
        return f"{name}: {f.percentage(row['waarde'])}.{_sure(row)}"
    if not phrase.wat:
        return f"{name}: {f.share(row)}.{_sure(row)}"
    small = row["noemer"] < f.WORDS_BELOW
    text = t(
        "{teller} van de {noemer} {wie} {wat}{deel}.",
        teller=f.number(row["teller"]),
        noemer=f.number(row["noemer"]),
        wie=t(phrase.wie),
        wat=did(phrase, row["teller"]),
        deel="" if small else f" ({f.percentage(row['waarde'])})",
    )
    return text if small else text + _sure(row)


def _mean(row: Row, phrase: Phrase, name: str) -> str:
    text = t(
        "{maat} is een {waarde}{aantal}.",
        maat=t(phrase.maat) or name,
        waarde=f.number(row["waarde"], 1),
        aantal=_of(row, phrase, mark("antwoord"), mark("antwoorden")),
    )
    if _bounded(row):
        bounds = f.interval(row["laag"], row["hoog"], of_hundred=False, decimals=1)
        text = f"{text} " + t("Het ligt waarschijnlijk {grenzen}.", grenzen=bounds)
    return text


def _median(row: Row, phrase: Phrase, name: str) -> str:
    return t(
        "{maat} was voor de helft {duur} of korter{aantal}.",
        maat=t(phrase.maat) or name,
        duur=_length(row["p50"], phrase.eenheid),
        aantal=_of(row, phrase, mark("meting"), mark("metingen")),
    )


def _length(value: float, unit: str) -> str:
    """45 dagen, 14,0 maanden; without a unit the number alone."""
    shown = f.number(value, 0 if unit == "dagen" else 1)
    if unit == "dagen":
        return tn("{n} dag", "{n} dagen", 1 if shown == "1" else 2, n=shown)
    return t("{n} maanden", n=shown) if unit == "maanden" else f"{shown} {unit}".strip()


def _incidence(row: Row, phrase: Phrase, name: str) -> str:
    end, part = str(row.get("einde") or ""), f.percentage(row["waarde"])
    if row.get("horizon") is None:
        said = t("{naam} is {deel}{van} {uitkomst}.", naam=name, deel=part, van=_among(phrase), uitkomst=_end(end))
    elif end in phrase.uitkomst:
        said = t(phrase.uitkomst[end], tijd=f.horizon(row["horizon"]), deel=part, wie=t(phrase.wie))
    else:
        facts = {"deel": part, "van": _among(phrase), "uitkomst": _end(end)}
        said = t("Na {tijd} is {deel}{van} {uitkomst}.", tijd=f.horizon(row["horizon"]), **facts)
    return said + _sure(row)


def _among(phrase: Phrase) -> str:
    return t(" van de {wie}", wie=t(phrase.wie)) if phrase.wie else ""


def _end(end: str) -> str:
    return t(end) if end else t("zover")


def _ratio(row: Row, phrase: Phrase, name: str) -> str:
    return t(
        "{maat} was {waarde}{aantal}.",
        maat=t(phrase.maat) or name,
        waarde=f.euros(row["waarde"]) if phrase.eenheid == "euro" else f.percentage(row["waarde"]),
        aantal=_of(row, phrase, mark("inburgeraar"), mark("inburgeraars")),
    )


def _money(row: Row, phrase: Phrase, name: str) -> str:
    spent = f.euros(row["waarde"])
    text = f"{t(phrase.maat)} {spent}" if phrase.maat else t("{naam} {bedrag}", naam=name, bedrag=spent)
    if isinstance(row.get("begroot"), int | float) and row["begroot"]:
        part = f.percentage(row["waarde"] / row["begroot"])
        text += t("; begroot was {begroot} ({deel} is besteed)", begroot=f.euros(row["begroot"]), deel=part)
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
