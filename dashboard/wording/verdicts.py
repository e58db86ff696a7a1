"""A verdict on an agreement in one plain sentence, and what follows from it, by rules."""

from typing import Any

from dashboard.texts import mark, t, tn
from dashboard.wording.format import amount, day, number, percentage, quarter

_PERCENT = ("aandeel", "incidentie")
_PROVISIONAL = mark("Uitslagen van examens komen tot 16 weken later binnen; dit cijfer is nog voorlopig.")
_PARTICIPANTS = (mark("deelnemer"), mark("deelnemers"))
_UNITS = {
    "examen_per_poging": (mark("examen"), mark("examens")),
    "examen_eerste_poging": (mark("examen"), mark("examens")),
    "rapportage_op_tijd": (mark("rapportage"), mark("rapportages")),
    "respons": (mark("antwoord"), mark("antwoorden")),
    "tevredenheid": (mark("antwoord"), mark("antwoorden")),
    "kwaliteit": ("", ""),
}


def is_share(verdict: Any) -> bool:
    """Whether the value is written as a percentage."""
    return verdict.soort in _PERCENT or verdict.cijfer == "aanwezigheid"


def verdict_value(verdict: Any, value: float | None) -> str:
    """A value or norm of a verdict as its figure is written; as many decimals as keep value and norm apart."""
    if value is None:
        return "–"
    if verdict.soort == "geldigheid" and value in (0, 1):
        return t("ja") if value else t("nee")
    return _written(verdict, value, _decimals(verdict))


def verdict_interval(verdict: Any) -> str:
    """The bounds, or a dash."""
    if verdict.laag is None or verdict.hoog is None:
        return "–"
    decimals = 0 if is_share(verdict) else 1
    low, high = (_written(verdict, bound, decimals) for bound in (verdict.laag, verdict.hoog))
    return t("{laag} tot {hoog}", laag=low, hoog=high)


def verdict_sentence(verdict: Any) -> str:
    """What was found, beside the norm, and what that means; for every verdict there is."""
    name = verdict.titel or verdict.kpi
    if verdict.oordeel == "niet van toepassing":
        return t("{naam}: deze afspraak gold in dit kwartaal niet.", naam=name)
    if verdict.oordeel == "rapportage ontbreekt":
        return t("{naam}: de aanbieder heeft over dit kwartaal niets gerapporteerd. Er is dus geen oordeel.", naam=name)
    if verdict.oordeel == "te weinig gegevens":
        count = "" if verdict.n is None else f" ({_counted(verdict)})"
        return t("{naam}: er zijn te weinig gegevens{aantal} voor een oordeel.", naam=name, aantal=count)
    if verdict.soort == "geldigheid" and verdict.waarde in (0, 1):
        if verdict.waarde:
            return t("{naam}: ja, op de laatste dag van het kwartaal.", naam=name)
        return t("{naam}: nee, op de laatste dag van het kwartaal.", naam=name)
    found = f"{name}: {verdict_value(verdict, verdict.waarde)}{_quotient(verdict)}"
    if verdict.norm is None:
        return f"{found}. " + t("Er is nog geen norm afgesproken.")
    norm = t(_norm_of(verdict), norm=verdict_value(verdict, verdict.norm))
    return f"{found}; {norm}. {_kept(verdict)} {_certainty(verdict)}".strip()


def _norm_of(verdict: Any) -> str:
    if verdict.bron == "voorbeeldnorm":
        if verdict.richting == "hoger":
            return mark("de voorbeeldnorm is ten minste {norm}")
        return mark("de voorbeeldnorm is ten hoogste {norm}")
    if verdict.richting == "hoger":
        return mark("de afspraak is ten minste {norm}")
    return mark("de afspraak is ten hoogste {norm}")


def _kept(verdict: Any) -> str:
    if verdict.oordeel == "voldoet":
        return t("Die is gehaald.")
    if verdict.reeks > 1 and verdict.oordeel == "voldoet niet":
        return t("Die is niet gehaald, {n} kwartalen op rij.", n=verdict.reeks)
    return t("Die is niet gehaald.")


def needed_sentence(verdict: Any, reason: Any) -> str:
    """What would have been needed to meet the norm; empty when it was met."""
    if verdict.oordeel != "voldoet niet" or verdict.soort == "geldigheid":
        return ""
    if reason.tekort is None:
        if reason.afstand is None:
            return ""
        if is_share(verdict):
            points = number(reason.afstand * 100, 1)
            return t("Het verschil met de norm is {n} procentpunt.", n=points)
        return t("Het verschil met de norm is {n}.", n=number(reason.afstand, 1))
    count = number(reason.tekort, 0 if verdict.soort == "aandeel" or reason.tekort >= 10 else 1)
    return _needed(verdict, count, 1 if count == "1" else 2)


def _needed(verdict: Any, shown: str, count: int) -> str:
    """With how many more or fewer the norm would have been met. Each language has its own order and its own words."""
    one, many = _UNITS.get(verdict.cijfer, _PARTICIPANTS)
    more = verdict.richting == "hoger"
    if verdict.cijfer == "aanwezigheid":
        if more:
            return tn("Met {n} uur meer was de norm gehaald.", "Met {n} uur meer was de norm gehaald.", count, n=shown)
        return tn("Met {n} uur minder was de norm gehaald.", "Met {n} uur minder was de norm gehaald.", count, n=shown)
    if not one and more:
        return t("Met {n} meer was de norm gehaald.", n=shown)
    if not one:
        return t("Met {n} minder was de norm gehaald.", n=shown)
    unit = t(one if count == 1 else many)
    if more:
        return t("Met {n} {wat} meer was de norm gehaald.", n=shown, wat=unit)
    return t("Met {n} {wat} minder was de norm gehaald.", n=shown, wat=unit)


def next_sentence(verdict: Any, reason: Any) -> str:
    """Where on the ladder this is, and what comes next."""
    now = t("Afgesproken stap: {stap}.", stap=verdict.stap) if verdict.stap else ""
    if reason.volgende is None:
        return now
    step = reason.volgende.stap
    if reason.nog == 1:
        coming = t("Is de afspraak het volgende kwartaal niet gehaald, dan volgt: {stap}.", stap=step)
    else:
        coming = t("Nog {n} kwartalen op rij zonder dat, dan volgt: {stap}.", n=reason.nog, stap=step)
    coming = f"{now} {coming}".strip()
    if reason.toeval_volgende is None or verdict.norm in (0, 1):
        return coming
    chance = t(
        "Wie precies op de norm zit, komt bij deze aantallen in {keer} van de 100 keer door toeval zo ver.",
        keer=_of_hundred(reason.toeval_volgende),
    )
    return f"{coming} {chance}"


def chance_sentence(verdict: Any, reason: Any) -> str:
    """How often chance alone would give this; empty when that cannot be said."""
    if reason.toeval is None or verdict.norm in (0, 1):  # who is exactly at all or none never misses by chance
        return ""
    one = t(
        "Bij deze aantallen ({n}) haalt een aanbieder die precies op de norm zit, de norm in {keer} van de 100 "
        "kwartalen toch niet, door toeval.",
        n=number(verdict.n),
        keer=_of_hundred(reason.toeval),
    )
    if verdict.oordeel != "voldoet niet" or reason.toeval_stap is None:
        return one
    streak = t("{n} keer op rij: {keer} van de 100 keer.", n=verdict.reeks, keer=_of_hundred(reason.toeval_stap))
    return f"{one} {streak}"


def cause(text: str) -> str:
    """Why a verdict changed, as `contracts.compare` tells it; a number may stand behind it."""
    said, sep, count = text.partition(": ")
    return f"{t(said)}{sep}{count}"


def verdict_story(verdict: Any, reason: Any) -> list[str]:
    """All there is to say, sentence by sentence; empty ones left out."""
    judged = verdict.oordeel in ("voldoet", "voldoet niet")
    told = [
        verdict_sentence(verdict),
        needed_sentence(verdict, reason),
        next_sentence(verdict, reason) if judged else "",
        chance_sentence(verdict, reason) if verdict.oordeel == "voldoet niet" else "",
        t(_PROVISIONAL) if reason.voorlopig and verdict.waarde is not None else "",
    ]
    return [one for one in told if one]


def _certainty(verdict: Any) -> str:
    if verdict.zekerheid == "zeker":
        return t("Dat is zeker: het hele 95 %-gebied ligt aan dezelfde kant van de norm.")
    if verdict.zekerheid == "onzeker":
        return t(
            "Dat is niet zeker: door toeval kan het echte cijfer aan de andere kant liggen ({grenzen}).",
            grenzen=verdict_interval(verdict),
        )
    if verdict.zekerheid == "te vroeg":
        return t("Het is nog te vroeg: minder dan de helft van wie begon, is al klaar.")
    return ""


def _quotient(verdict: Any) -> str:
    teller, noemer = verdict.teller, verdict.noemer
    if verdict.soort not in ("aandeel", "verhouding") or teller is None or not noemer:
        return f" ({_counted(verdict)})" if verdict.n is not None else ""
    facts = {"teller": number(teller), "noemer": number(noemer)}
    if verdict.cijfer != "aanwezigheid":
        said = t("{teller} van de {noemer}", **facts)
        return f" ({said})"
    people = f", {_counted(verdict)}" if verdict.n is not None else ""
    said = t("{teller} van de {noemer} uur", **facts)
    return f" ({said}{people})"


def _counted(verdict: Any) -> str:
    one, many = _UNITS.get(verdict.cijfer, _PARTICIPANTS)
    return amount(verdict.n, t(one), t(many)).strip()


def _of_hundred(chance: float) -> str:
    return t("minder dan 1") if chance < 0.005 else number(chance * 100)


def _decimals(verdict: Any) -> int:
    """0 for percentages and 1 for others, or more when value and norm would look equal while they are not."""
    first = 0 if is_share(verdict) else 1
    if verdict.waarde is None or verdict.norm is None:
        return first
    for decimals in range(first, 4):
        value, norm = (_written(verdict, one, decimals) for one in (verdict.waarde, verdict.norm))
        exact = abs(float(verdict.norm) * (100 if is_share(verdict) else 1) * 10**decimals % 1) < 1e-9
        if (value != norm or verdict.waarde == verdict.norm) and (exact or decimals > first):
            return decimals
    return 3


def _written(verdict: Any, value: float, decimals: int) -> str:
    return percentage(value, decimals) if is_share(verdict) else number(value, decimals)


def entry_summary(entry: Any) -> str:
    """One line that says what an entry of the record holds."""
    facts = entry.inhoud
    return {
        "gesprek": lambda: t("gesprek op {dag} met {namen}", dag=day(facts.datum), namen=", ".join(facts.aanwezigen)),
        "actie": lambda: t("{wie}: {wat} (voor {dag})", wie=facts.eigenaar, wat=facts.wat, dag=day(facts.voor)),
        "sluiting": lambda: t("actie {nummer} gesloten: {resultaat}", nummer=entry.verwijst, resultaat=facts.resultaat),
        "stap": lambda: t("stap bij {afspraak}: {stap}", afspraak=facts.kpi, stap=facts.stap),
        "oordelen": lambda: tn(
            "{n} oordeel over {kwartaal} verteld",
            "{n} oordelen over {kwartaal} verteld",
            len(facts.oordelen),
            n=number(len(facts.oordelen)),
            kwartaal=quarter(entry.kwartaal),
        ),
        "document": lambda: t("document: {titel} ({verwijzing})", titel=facts.titel, verwijzing=facts.verwijzing),
    }[entry.soort]()
