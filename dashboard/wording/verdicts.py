"""A verdict on an agreement in one plain Dutch sentence, and what follows from it, by rules."""

from typing import Any

from dashboard.wording.format import day, number, percentage, quarter

_PERCENT = ("aandeel", "incidentie")
_PROVISIONAL = "Uitslagen van examens komen tot 16 weken later binnen; dit cijfer is nog voorlopig."
_UNITS = {
    "aanwezigheid": ("uur", "uur"),
    "leerroute_geslaagd": ("deelnemer", "deelnemers"),
    "onderdeel_geslaagd": ("deelnemer", "deelnemers"),
    "examen_per_poging": ("examen", "examens"),
    "examen_eerste_poging": ("examen", "examens"),
    "rapportage_op_tijd": ("rapportage", "rapportages"),
    "respons": ("antwoord", "antwoorden"),
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
        return "ja" if value else "nee"
    return _written(verdict, value, _decimals(verdict))


def verdict_interval(verdict: Any) -> str:
    """The bounds, or a dash."""
    if verdict.laag is None or verdict.hoog is None:
        return "–"
    return f"{_written(verdict, verdict.laag, 0 if is_share(verdict) else 1)} tot " + _written(
        verdict, verdict.hoog, 0 if is_share(verdict) else 1
    )


def verdict_sentence(verdict: Any) -> str:
    """What was found, beside the norm, and what that means; for every verdict there is."""
    name = verdict.titel or verdict.kpi
    if verdict.oordeel == "niet van toepassing":
        return f"{name}: deze afspraak gold in dit kwartaal niet."
    if verdict.oordeel == "rapportage ontbreekt":
        return f"{name}: de aanbieder heeft over dit kwartaal niets gerapporteerd. Er is dus geen oordeel."
    if verdict.oordeel == "te weinig gegevens":
        count = "" if verdict.n is None else f" ({_counted(verdict)})"
        return f"{name}: er zijn te weinig gegevens{count} voor een oordeel."
    if verdict.soort == "geldigheid" and verdict.waarde in (0, 1):
        return f"{name}: {'ja' if verdict.waarde else 'nee'}, op de laatste dag van het kwartaal."
    found = f"{name}: {verdict_value(verdict, verdict.waarde)}{_quotient(verdict)}"
    if verdict.norm is None:
        return f"{found}. Er is nog geen norm afgesproken."
    side = "ten minste" if verdict.richting == "hoger" else "ten hoogste"
    word = "voorbeeldnorm" if verdict.bron == "voorbeeldnorm" else "afspraak"
    norm = f"de {word} is {side} {verdict_value(verdict, verdict.norm)}"
    kept = "gehaald" if verdict.oordeel == "voldoet" else "niet gehaald"
    streak = f", {verdict.reeks} kwartalen op rij" if verdict.reeks > 1 and verdict.oordeel == "voldoet niet" else ""
    return f"{found}; {norm}. Die is {kept}{streak}. {_certainty(verdict)}".strip()


def needed_sentence(verdict: Any, reason: Any) -> str:
    """What would have been needed to meet the norm; empty when it was met."""
    if verdict.oordeel != "voldoet niet" or verdict.soort == "geldigheid":
        return ""
    if reason.tekort is None:
        if reason.afstand is None:
            return ""
        gap = f"{number(reason.afstand * 100, 1)} procentpunt" if is_share(verdict) else number(reason.afstand, 1)
        return f"Het verschil met de norm is {gap}."
    one, many = _UNITS.get(verdict.cijfer, ("deelnemer", "deelnemers"))
    more = "meer" if verdict.richting == "hoger" else "minder"
    count = number(reason.tekort, 0 if verdict.soort == "aandeel" or reason.tekort >= 10 else 1)
    unit = one if count == "1" else many
    return f"Met {count} {unit + ' ' if unit else ''}{more} was de norm gehaald."


def next_sentence(verdict: Any, reason: Any) -> str:
    """Where on the ladder this is, and what comes next."""
    now = f"Afgesproken stap: {verdict.stap}. " if verdict.stap else ""
    if reason.volgende is None:
        return now.strip()
    if reason.nog == 1:
        coming = f"{now}Is de afspraak het volgende kwartaal niet gehaald, dan volgt: {reason.volgende.stap}."
    else:
        coming = f"{now}Nog {reason.nog} kwartalen op rij zonder dat, dan volgt: {reason.volgende.stap}."
    if reason.toeval_volgende is None or verdict.norm in (0, 1):
        return coming
    return (
        f"{coming} Wie precies op de norm zit, komt bij deze aantallen in {_of_hundred(reason.toeval_volgende)} van de "
        "100 keer door toeval zo ver."
    )


def chance_sentence(verdict: Any, reason: Any) -> str:
    """How often chance alone would give this; empty when that cannot be said."""
    if reason.toeval is None or verdict.norm in (0, 1):  # who is exactly at all or none never misses by chance
        return ""
    one = (
        f"Bij deze aantallen ({number(verdict.n)}) haalt een aanbieder die precies op de norm zit, de norm in "
        f"{_of_hundred(reason.toeval)} van de 100 kwartalen toch niet, door toeval."
    )
    if verdict.oordeel != "voldoet niet" or reason.toeval_stap is None:
        return one
    return f"{one} {verdict.reeks} keer op rij: {_of_hundred(reason.toeval_stap)} van de 100 keer."


def verdict_story(verdict: Any, reason: Any) -> list[str]:
    """All there is to say, sentence by sentence; empty ones left out."""
    judged = verdict.oordeel in ("voldoet", "voldoet niet")
    told = [
        verdict_sentence(verdict),
        needed_sentence(verdict, reason),
        next_sentence(verdict, reason) if judged else "",
        chance_sentence(verdict, reason) if verdict.oordeel == "voldoet niet" else "",
        _PROVISIONAL if reason.voorlopig and verdict.waarde is not None else "",
    ]
    return [one for one in told if one]


def _certainty(verdict: Any) -> str:
    if verdict.zekerheid == "zeker":
        return "Dat is zeker: het hele 95 %-gebied ligt aan dezelfde kant van de norm."
    if verdict.zekerheid == "onzeker":
        low_high = verdict_interval(verdict)
        return f"Dat is niet zeker: door toeval kan het echte cijfer aan de andere kant liggen ({low_high})."
    if verdict.zekerheid == "te vroeg":
        return "Het is nog te vroeg: minder dan de helft van wie begon, is al klaar."
    return ""


def _quotient(verdict: Any) -> str:
    teller, noemer = verdict.teller, verdict.noemer
    if verdict.soort not in ("aandeel", "verhouding") or teller is None or not noemer:
        return f" ({_counted(verdict)})" if verdict.n is not None else ""
    unit = " uur" if verdict.cijfer == "aanwezigheid" else ""
    people = f", {_counted(verdict)}" if verdict.cijfer == "aanwezigheid" and verdict.n is not None else ""
    return f" ({number(teller)} van de {number(noemer)}{unit}{people})"


def _counted(verdict: Any) -> str:
    if verdict.cijfer == "tevredenheid":
        return f"{number(verdict.n)} antwoord{'' if verdict.n == 1 else 'en'}"
    one, many = _UNITS.get(verdict.cijfer, ("deelnemer", "deelnemers"))
    if verdict.cijfer == "aanwezigheid":
        one, many = "deelnemer", "deelnemers"
    return f"{number(verdict.n)} {one if verdict.n == 1 else many}".strip()


def _of_hundred(chance: float) -> str:
    return "minder dan 1" if chance < 0.005 else number(chance * 100)


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
        "gesprek": lambda: f"gesprek op {day(facts.datum)} met {', '.join(facts.aanwezigen)}",
        "actie": lambda: f"{facts.eigenaar}: {facts.wat} (voor {day(facts.voor)})",
        "sluiting": lambda: f"actie {entry.verwijst} gesloten: {facts.resultaat}",
        "stap": lambda: f"stap bij {facts.kpi}: {facts.stap}",
        "oordelen": lambda: f"{len(facts.oordelen)} oordelen over {quarter(entry.kwartaal)} verteld",
        "document": lambda: f"document: {facts.titel} ({facts.verwijzing})",
    }[entry.soort]()
