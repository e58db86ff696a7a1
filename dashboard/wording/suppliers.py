"""What is said of contracts side by side, of a quarter then and now, and of which contract needs a talk."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.wording.format import day, dimension, number, percentage, quarter, share
from dashboard.wording.verdicts import verdict_value

_FEWEST = 5  # with fewer outcomes no comparison is made


def what_of(beside: Any) -> str:
    """What the contracts of a comparison buy, in words."""
    if beside.cijfer == "leerroute_geslaagd":
        return dimension("leerroute", beside.wat) if beside.gelijk else beside.wat
    return str(beside.wat)


def beside_sentences(beside: Any, contract: str) -> list[str]:
    """What can be said of one contract beside others: the raw figure, the same with the same people, the funnel."""
    mine = beside.of(contract)
    name = what_of(beside)
    if not beside.gelijk:
        return [
            "Deze contracten kopen een andere leerroute in. Kijk ernaar, maar vergelijk ze niet: een verschil kan van "
            "de route komen."
        ]
    if mine is None or mine["noemer"] < _FEWEST:
        count = "nog niemand" if mine is None else f"nog maar {number(mine['noemer'])}"
        return [f"{name}: {count} is klaar. Dat is te weinig om te vergelijken."]
    raw = f"{name}: {share(mine)} is afgerond, van wie klaar is"
    if len(beside.rijen) == 1:
        return [f"{raw}. Geen ander contract koopt hetzelfde in: er is niemand om mee te vergelijken."]
    whole = f"bij alle {number(len(beside.rijen))} contracten die dit inkopen samen {percentage(mine['gemiddelde'])}"
    return [f"{raw}; {whole}.", _fair(mine), _placed(beside, mine)]


def _fair(row: Mapping[str, Any]) -> str:
    fair = row["eerlijk"] or {"oordeel": "niet te vergelijken"}
    if fair["oordeel"] in ("niet te vergelijken", "te weinig gegevens"):
        return (
            "Een eerlijke vergelijking kan niet: voor te weinig van deze mensen was er bij een ander contract iemand "
            "van dezelfde doelgroep en leeftijd."
        )
    found = (
        f"Met dezelfde mensen (doelgroep en leeftijd) waren er {number(fair['verwacht'], 1)} te verwachten; het zijn "
        f"er {number(fair['waargenomen'])}"
    )
    if fair["oordeel"] == "kan toeval zijn":
        return f"{found}. Dat verschil kan toeval zijn."
    side = "Meer" if fair["oordeel"] == "hoger" else "Minder"
    return f"{found}. {side} dan toeval verklaart."


def _placed(beside: Any, row: Mapping[str, Any]) -> str:
    place = row["plaats"]
    if place == "niet te vergelijken":
        return "Voor een trechter zijn ten minste drie contracten met vijf uitkomsten nodig; die zijn er niet."
    if place == "te weinig gegevens":
        return "Voor een plaats in de trechter zijn ten minste vijf uitkomsten nodig."
    if place == "binnen":
        return "In de trechter ligt dit contract binnen de grenzen: het verschil met de andere kan toeval zijn."
    if place == "buiten 95 %":
        return (
            f"In de trechter ligt dit contract net buiten de grens van 95 %. Bij {number(len(beside.rijen))} "
            f"contracten komt dat in {number(100 * row['vals_alarm'])} van de 100 gevallen ergens door toeval voor."
        )
    return "In de trechter ligt dit contract buiten de grens van 99,8 %: toeval verklaart dat niet."


def beside_row(row: Mapping[str, Any], names: Mapping[str, str], *, fair: bool = True) -> list[str]:
    """One contract in the table: raw, expected with the same people, standardised, and what that means. Of contracts
    that may not be compared (`fair` False) only the raw figure."""
    if not fair:
        return [names.get(row["contract"], row["contract"]), share(row), "–", "–", "niet vergelijken", "–"]
    same = row["eerlijk"] or {}
    known = same.get("oordeel") not in (None, "niet te vergelijken", "te weinig gegevens")
    return [
        names.get(row["contract"], row["contract"]),
        share(row),
        number(same["verwacht"], 1) if known else "–",
        percentage(same["gestandaardiseerd"]) if known and same.get("gestandaardiseerd") is not None else "–",
        str(same.get("oordeel") or "–"),
        row["plaats"],
    ]


BESIDE_HEAD = ("Contract", "Afgerond", "Verwacht", "Met dezelfde mensen", "Eerlijk vergeleken", "In de trechter")


def past_sentence(past: Any) -> str:
    """What became of the verdicts of a past quarter, in one sentence."""
    name = quarter(past.kwartaal)
    if past.verteld:
        changed = sum(one.anders for one in past.verteld)
        told = f"Op {day(past.verteld_op)} zijn {number(len(past.verteld))} oordelen over het {name} verteld"
        if not changed:
            return f"{told}. Ze zijn nog hetzelfde."
        return f"{told}. Nu zouden {number(changed)} daarvan anders zijn. Wat is verteld, blijft staan."
    if past.toen:
        changed = sum(one.anders for one in past.toen)
        return (
            f"Over het {name} is nog niets verteld. Latere leveringen veranderden {number(changed)} van de "
            f"{number(len(past.toen))} oordelen."
        )
    return f"Over het {name} is nog niets verteld, en van toen is geen momentopname bewaard."


def verdict_short(verdict: Any) -> str:
    """78% · voldoet niet (zeker)."""
    certainty = f" ({verdict.zekerheid})" if verdict.zekerheid else ""
    return f"{verdict_value(verdict, verdict.waarde)} · {verdict.oordeel}{certainty}"


def change_sentence(change: Any, kind: str) -> str:
    """One verdict then and now, with what caused it. `kind`: verteld or toen."""
    causes = "; ".join(change.oorzaken) or "onbekend"
    name = change.toen.titel or change.toen.kpi
    before, after = verdict_short(change.toen), verdict_short(change.nu)
    streak = "" if change.toen.reeks == change.nu.reeks else f" Reeks: {change.toen.reeks}, nu {change.nu.reeks}."
    return f"{name}: {kind} {before}; nu {after}.{streak} Oorzaak: {causes}."


def talk_first(found: Sequence[Any], names: Mapping[str, str], kwartaal: str, *, example: bool) -> str:
    """Which contract needs a talk this quarter, and why: the first sentence of the page."""
    when = quarter(kwartaal).capitalize()
    if not found:
        return f"{when}: geen contract vraagt om een gesprek. Alle afspraken zijn gehaald of nog niet te beoordelen."
    first, rest = found[0], found[1:]
    prefix = f"{when}, met de voorbeeldnormen" if example else when
    said = f"{prefix}: praat eerst over {names[first.contract]}. {reason_of(first)}"
    if rest:
        others = ", ".join(names[one.contract].partition(" (")[0] for one in rest[:3])
        more = f" en nog {number(len(rest) - 3)}" if len(rest) > 3 else ""
        said += f" Daarna: {others}{more}."
    return said


def reason_of(one: Any) -> str:
    """Why one contract asks for a talk."""
    if not one.niet_gehaald:
        return "Over dit kwartaal is niets gerapporteerd."
    count = len(one.niet_gehaald)
    sure = f", {number(one.zeker)} zeker" if one.zeker else "; geen daarvan is zeker"
    said = f"Niet gehaald: {number(count)} afspra{'ak' if count == 1 else 'ken'}{sure}"
    top = one.niet_gehaald[0]
    streak = f" ({top.reeks} kwartalen op rij)" if top.reeks > 1 else ""
    step = f"; afgesproken stap: {top.stap}" if top.stap else ""
    missing = " Ook ontbreekt een rapportage." if one.ontbreekt else ""
    return f"{said}. Voorop: {_inside(top.titel)}{streak}{step}.{missing}"


def _inside(title: str) -> str:
    """A title in the middle of a sentence; MAP and B1 keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def silence_sentence(silent: Any) -> str:
    """What follows when reports do not come; empty when they do."""
    if not silent.reeks:
        return ""
    said = f"{number(silent.reeks)} rapportage{'s' if silent.reeks > 1 else ''} op rij niet ontvangen."
    said += f" Afgesproken stap: {silent.stap}." if silent.stap else ""
    if silent.volgende is not None:
        said += f" Blijft ook nummer {silent.volgende.na} uit, dan volgt: {silent.volgende.stap}."
    return said
