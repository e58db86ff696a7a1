"""What stands with a figure: the answer in one sentence, how sure it is, and what was counted."""

from collections.abc import Mapping, Sequence
from typing import Any

import metrics
from dashboard.texts import mark, t, tn
from dashboard.wording import format as f
from dashboard.wording.answers import NOTHING, sentences
from dashboard.wording.choice import together
from dashboard.wording.letters import capital, inside
from dashboard.wording.phrases import PHRASES, Phrase, did, people
from dashboard.wording.sentences import state

_FEWEST_FOR_SPREAD = 20
_NOT_APART = {"jaar", "bestand", "onderdeel"}  # somebody can be in more than one of these
Names = Mapping[str, str]


def summary(answer: metrics.Answer, total: metrics.Answer, names: Names, about: str = "") -> str:
    """The answer in a sentence or two; `about` says whom it is about and stands before it."""
    said = sentences(total, dict(names))[:2] or parts(total, names)
    if not said or (answer is not total and len(answer.rijen) > 1 and not total.dims):
        said = [*said[:1], *spread(answer, names)]
    text = " ".join(said) or t(NOTHING)
    return f"{about}: {inside(text)}" if about else text


def parts(answer: metrics.Answer, names: Names) -> list[str]:
    """Of a count in parts (routes and reasons): how many together, and how many of each of the last parts."""
    definition = answer.definition
    phrase = PHRASES.get(answer.cijfer)
    counts = [row.get("aantal") for row in answer.rijen]
    if definition.soort != "aantal" or not phrase or not definition.eigen or answer.per or len(counts) < 2:
        return []
    if set(definition.eigen) & _NOT_APART or not all(isinstance(count, int) for count in counts):
        return []
    last, groups = definition.eigen[-1], dict[str, int]()
    for row in answer.rijen:
        name = f.dimension(last, row[last], names)
        groups[name] = groups.get(name, 0) + row["aantal"]
    listed = [
        t("{n} {naam}", n=f.number(count), naam=name) for name, count in sorted(groups.items(), key=lambda one: -one[1])
    ]
    whole, told = sum(groups.values()), together(listed)
    if whole == 1 and phrase.een:
        return [t("{n} {wie_en_wat}: {delen}.", n=f.number(whole), wie_en_wat=t(phrase.een), delen=told)]
    who = {"wie": t(phrase.wie), "wat": did(phrase, whole)}
    return [t("{n} {wie} {wat}: {delen}.", n=f.number(whole), delen=told, **who)]


def spread(answer: metrics.Answer, names: Names) -> list[str]:
    """Of many rows: the highest and the lowest, in words."""
    soort = answer.definition.soort
    key = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50"}.get(soort, "waarde")
    if soort == "incidentie" or not answer.rijen:
        return []
    hidden = sum(f.is_hidden(row.get(key)) for row in answer.rijen)
    if hidden:  # one that is hidden can be the highest or the lowest
        return [
            tn(
                "{naam}: zie de tabel. {n} rij tonen wij niet, want de groep is te klein.",
                "{naam}: zie de tabel. {n} rijen tonen wij niet, want de groep is te klein.",
                hidden,
                naam=t(answer.definition.titel),
                n=f.number(hidden),
            )
        ]
    known = [
        row for row in answer.rijen
        if isinstance(row.get(key), int | float)
        and (soort != "aandeel" or (isinstance(row.get("noemer"), int) and row["noemer"] >= _FEWEST_FOR_SPREAD))
    ]  # fmt: skip
    if len(known) < 2:
        return [t("Hierover is nog te weinig bekend.")]
    ordered = sorted(known, key=lambda row: row[key])
    few = len(known) < len(answer.rijen) and soort == "aandeel"
    only = " " + t("Groepen onder de 20 mensen tellen hier niet mee.") if few else ""

    def say(row: Mapping[str, Any]) -> str:
        about = ", ".join(f.dimension(name, row[name], names) for name in answer.dims)
        return f"{about} ({f.cell(key, row[key], answer.definition)})"

    if soort in ("aantal", "bedrag"):
        return [t("Het meest: {meest}. Het minst: {minst}.", meest=say(ordered[-1]), minst=say(ordered[0]))]
    return [t("Het laagst is {laag}, het hoogst {hoog}.", laag=say(ordered[0]), hoog=say(ordered[-1])) + only]


def sureness(total: metrics.Answer, names: Names) -> list[str]:
    """How sure a figure is, in words: the interval, how many have been followed, and what it leaves out."""
    definition, lines = total.definition, []
    for row in total.rijen if len(total.rijen) <= 6 else ():
        if text := _interval(definition, row):
            about = ", ".join(f.dimension(name, row[name], names) for name in total.dims)
            if definition.soort == "incidentie":
                about = t("Na {tijd}, {uitkomst}", tijd=f.horizon(row["horizon"]), uitkomst=t(str(row["einde"])))
            lines.append(f"{about}: {text}" if about else capital(text))
    if lines:
        lines.append(
            t(
                "Zo’n interval (95 %) zegt hoeveel toeval kan schelen. Hoe meer mensen, hoe smaller. "
                "Fouten in de gegevens zitten er niet in."
            )
        )
    elif definition.soort == "aantal":
        lines.append(t("Dit is geteld. Er is geen schatting bij nodig."))
    elif definition.soort == "bedrag":
        lines.append(t("Dit is geboekt. Er is geen schatting bij nodig."))
    elif len(total.rijen) > 6:
        lines.append(t("De grenzen staan per regel in de tabel."))
    else:
        lines.append(t("Van dit cijfer kunnen wij de grenzen niet berekenen."))
    return lines + _maturity(total)


def _interval(definition: Any, row: Mapping[str, Any]) -> str:
    low, high = row.get("laag"), row.get("hoog")
    if not (isinstance(low, int | float) and isinstance(high, int | float)):
        return ""
    if definition.soort in ("aandeel", "incidentie"):
        if definition.soort == "aandeel" and (row.get("noemer") or 0) < f.WORDS_BELOW:
            return ""
        return t("het echte aandeel ligt waarschijnlijk {grenzen}.", grenzen=f.interval(low, high))
    bounds = f.interval(low, high, of_hundred=False, decimals=1)
    return t("de echte waarde ligt waarschijnlijk {grenzen}.", grenzen=bounds)


def _maturity(total: metrics.Answer) -> list[str]:
    """How many have been observed long enough, and what the figure says only of some."""
    definition, lines = total.definition, []
    if definition.soort == "incidentie":
        for days, n, followed in dict.fromkeys(
            (row["horizon"], row.get("n"), row.get("gevolgd")) for row in total.rijen if not total.dims
        ):
            if isinstance(n, int) and isinstance(followed, int):
                facts = {"tijd": f.horizon(days), "n": f.number(n), "gevolgd": f.number(followed)}
                said = t("Na {tijd}: van de {n} zijn er {gevolgd} zo lang gevolgd.", **facts)
                lines.append(f"{said} " + t("Wie korter is gevolgd, telt mee zolang wij die volgen."))
    elif definition.gevolgd and len(total.rijen) == 1:
        row = total.rijen[0]
        n, followed = row.get("n"), row.get("noemer")
        if isinstance(n, int) and isinstance(followed, int):
            lines.append(
                t(
                    "Van de {n} is bij {gevolgd} de termijn helemaal voorbij; alleen zij tellen mee.",
                    n=f.number(n),
                    gevolgd=f.number(followed),
                )
            )
    if definition.klaar:
        lines.append(
            t("Dit gaat alleen over wie al klaar is. In het begin kan het daardoor veel lager zijn dan het wordt.")
        )
    if total.rijen and state(definition.soort, total.rijen[0]) == "te weinig":
        lines.append(t("Het gaat om minder dan tien mensen. Trek hier geen conclusie uit."))
    return lines


def counted(total: metrics.Answer) -> list[tuple[str, str]]:
    """Teller and noemer with their numbers: what was counted, of whom."""
    phrase = PHRASES.get(total.cijfer, Phrase())
    if len(total.rijen) != 1:
        return []
    row = total.rijen[0]
    if total.definition.soort == "aandeel" and row.get("noemer") is not None:
        did_so = t("zij {wat}", wat=did(phrase, 2)) if phrase.wat else t("wie eraan voldoet")
        whom = t(phrase.wie or mark("allen over wie het gaat"))
        return [
            (t("Teller"), f"{f.number(row['teller'])}: {did_so}"),
            (t("Noemer"), f"{f.number(row['noemer'])}: {whom}"),
        ]
    if row.get("n") is not None:
        return [(t("Aantal"), people(row["n"], phrase, mark("meting"), mark("metingen")))]
    return []


def quote(answer: metrics.Answer, names: Names, about: str, moment: str) -> str:
    """What may be said literally: whom it is about, the answer, and of when."""
    said: Sequence[str] = sentences(answer, dict(names)) or parts(answer, names) or spread(answer, names)
    text = " ".join(said)
    return f"{about}: {inside(text)} {moment}" if about else f"{text} {moment}"
