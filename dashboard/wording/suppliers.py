"""What is said of contracts side by side, of a quarter then and now, and of which contract needs a talk."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.texts import mark, t, tn
from dashboard.wording.format import day, dimension, number, percentage, quarter, share
from dashboard.wording.letters import inside
from dashboard.wording.verdicts import cause, verdict_value

_FEWEST = 5  # with fewer outcomes no comparison is made


def what_of(beside: Any) -> str:
    """What the contracts of a comparison buy, in words."""
    if beside.cijfer == "leerroute_geslaagd":
        return dimension("leerroute", beside.wat) if beside.gelijk else t(beside.wat)
    return t(str(beside.wat))


def beside_sentences(beside: Any, contract: str) -> list[str]:
    """What can be said of one contract beside others: the raw figure, the same with the same people, the funnel."""
    mine = beside.of(contract)
    name = what_of(beside)
    if not beside.gelijk:
        return [
            t(
                "Deze contracten kopen een andere leerroute in. Kijk ernaar, maar vergelijk ze niet: een verschil kan "
                "van de route komen."
            )
        ]
    if mine is None:
        return [t("{naam}: nog niemand is klaar. Dat is te weinig om te vergelijken.", naam=name)]
    if mine["noemer"] < _FEWEST:
        count = number(mine["noemer"])
        return [t("{naam}: nog maar {n} is klaar. Dat is te weinig om te vergelijken.", naam=name, n=count)]
    facts = {"naam": name, "deel": share(mine)}
    if len(beside.rijen) == 1:
        return [
            t(
                "{naam}: {deel} is afgerond, van wie klaar is. Geen ander contract koopt hetzelfde in: er is niemand "
                "om mee te vergelijken.",
                **facts,
            )
        ]
    first = t(
        "{naam}: {deel} is afgerond, van wie klaar is; bij alle {n} contracten die dit inkopen samen {gemiddelde}.",
        n=number(len(beside.rijen)),
        gemiddelde=percentage(mine["gemiddelde"]),
        **facts,
    )
    return [first, _fair(mine), _placed(beside, mine)]


def _fair(row: Mapping[str, Any]) -> str:
    fair = row["eerlijk"] or {"oordeel": "niet te vergelijken"}
    if fair["oordeel"] in ("niet te vergelijken", "te weinig gegevens"):
        return t(
            "Een eerlijke vergelijking kan niet: voor te weinig van deze mensen was er bij een ander contract iemand "
            "van dezelfde doelgroep en leeftijd."
        )
    found = t(
        "Met dezelfde mensen (doelgroep en leeftijd) waren er {verwacht} te verwachten; het zijn er {gezien}.",
        verwacht=number(fair["verwacht"], 1),
        gezien=number(fair["waargenomen"]),
    )
    return f"{found} {t(_FAIR.get(fair['oordeel'], _FEWER))}"


_FEWER = mark("Minder dan toeval verklaart.")
_FAIR = {"kan toeval zijn": mark("Dat verschil kan toeval zijn."), "hoger": mark("Meer dan toeval verklaart.")}


def _placed(beside: Any, row: Mapping[str, Any]) -> str:
    if row["plaats"] == "buiten 95 %":
        return t(
            "In de trechter ligt dit contract net buiten de grens van 95 %. Bij {n} contracten komt dat in {keer} van "
            "de 100 gevallen ergens door toeval voor.",
            n=number(len(beside.rijen)),
            keer=number(100 * row["vals_alarm"]),
        )
    return t(_PLACED.get(row["plaats"], _OUTSIDE))


_OUTSIDE = mark("In de trechter ligt dit contract buiten de grens van 99,8 %: toeval verklaart dat niet.")
_PLACED = {
    "niet te vergelijken": mark(
        "Voor een trechter zijn ten minste drie contracten met vijf uitkomsten nodig; die zijn er niet."
    ),
    "te weinig gegevens": mark("Voor een plaats in de trechter zijn ten minste vijf uitkomsten nodig."),
    "binnen": mark("In de trechter ligt dit contract binnen de grenzen: het verschil met de andere kan toeval zijn."),
}


def beside_row(row: Mapping[str, Any], names: Mapping[str, str], *, fair: bool = True) -> list[str]:
    """One contract in the table: raw, expected with the same people, standardised, and what that means. Of contracts
    that may not be compared (`fair` False) only the raw figure."""
    if not fair:
        return [names.get(row["contract"], row["contract"]), share(row), "–", "–", t("niet vergelijken"), "–"]
    same, place = row["eerlijk"] or {}, row["plaats"]
    known = same.get("oordeel") not in (None, "niet te vergelijken", "te weinig gegevens")
    return [
        names.get(row["contract"], row["contract"]),
        share(row),
        number(same["verwacht"], 1) if known else "–",
        percentage(same["gestandaardiseerd"]) if known and same.get("gestandaardiseerd") is not None else "–",
        t(str(same.get("oordeel") or "–")),
        t(place),
    ]


BESIDE_HEAD = (
    mark("Contract"),
    mark("Afgerond"),
    mark("Verwacht"),
    mark("Met dezelfde mensen"),
    mark("Eerlijk vergeleken"),
    mark("In de trechter"),
)


def past_sentence(past: Any) -> str:
    """What became of the verdicts of a past quarter, in one sentence."""
    name = quarter(past.kwartaal)
    if past.verteld:
        count, changed = len(past.verteld), sum(one.anders for one in past.verteld)
        told = tn(
            "Op {dag} is {n} oordeel over het {kwartaal} verteld.",
            "Op {dag} zijn {n} oordelen over het {kwartaal} verteld.",
            count,
            dag=day(past.verteld_op),
            n=number(count),
            kwartaal=name,
        )
        if not changed:
            return f"{told} " + tn("Dat is nog hetzelfde.", "Ze zijn nog hetzelfde.", count)
        now = tn(
            "Nu zou {n} daarvan anders zijn. Wat is verteld, blijft staan.",
            "Nu zouden {n} daarvan anders zijn. Wat is verteld, blijft staan.",
            changed,
            n=number(changed),
        )
        return f"{told} {now}"
    if past.toen:
        return t(
            "Over het {kwartaal} is nog niets verteld. Latere leveringen veranderden {n} van de {alle} oordelen.",
            kwartaal=name,
            n=number(sum(one.anders for one in past.toen)),
            alle=number(len(past.toen)),
        )
    return t("Over het {kwartaal} is nog niets verteld, en van toen is geen momentopname bewaard.", kwartaal=name)


def verdict_short(verdict: Any) -> str:
    """78% · voldoet niet (zeker)."""
    certainty = f" ({t(verdict.zekerheid)})" if verdict.zekerheid else ""
    return f"{verdict_value(verdict, verdict.waarde)} · {t(verdict.oordeel)}{certainty}"


def change_sentence(change: Any, kind: str) -> str:
    """One verdict then and now, with what caused it. `kind`: verteld or toen."""
    said = t(
        _CHANGES[kind],
        naam=change.toen.titel or change.toen.kpi,
        eerst=verdict_short(change.toen),
        nu=verdict_short(change.nu),
    )
    if change.toen.reeks != change.nu.reeks:
        said += " " + t("Reeks: {eerst}, nu {nu}.", eerst=change.toen.reeks, nu=change.nu.reeks)
    causes = "; ".join(cause(one) for one in change.oorzaken) or t("onbekend")
    return f"{said} " + t("Oorzaak: {oorzaken}.", oorzaken=causes)


_CHANGES = {"verteld": mark("{naam}: verteld {eerst}; nu {nu}."), "toen": mark("{naam}: toen {eerst}; nu {nu}.")}


def talk_first(found: Sequence[Any], names: Mapping[str, str], kwartaal: str, *, example: bool) -> str:
    """Which contract needs a talk this quarter, and why: the first sentence of the page."""
    when = quarter(kwartaal)
    if not found:
        return t(
            "{kwartaal}: geen contract vraagt om een gesprek. Alle afspraken zijn gehaald of nog niet te beoordelen.",
            kwartaal=when,
        )
    first, rest = found[0], found[1:]
    name = names[first.contract]
    if example:
        said = t("{kwartaal}, met de voorbeeldnormen: praat eerst over {contract}.", kwartaal=when, contract=name)
    else:
        said = t("{kwartaal}: praat eerst over {contract}.", kwartaal=when, contract=name)
    said = f"{said} {reason_of(first)}"
    if rest:
        others = ", ".join(names[one.contract].partition(" (")[0] for one in rest[:3])
        if len(rest) > 3:
            others = t("{namen} en nog {n}", namen=others, n=number(len(rest) - 3))
        said += " " + t("Daarna: {contracten}.", contracten=others)
    return said


def reason_of(one: Any) -> str:
    """Why one contract asks for a talk."""
    if not one.niet_gehaald:
        return t("Over dit kwartaal is niets gerapporteerd.")
    count = len(one.niet_gehaald)
    if one.zeker:
        said = tn(
            "Niet gehaald: {n} afspraak, {zeker} zeker.",
            "Niet gehaald: {n} afspraken, {zeker} zeker.",
            count,
            n=number(count),
            zeker=number(one.zeker),
        )
    else:
        said = tn(
            "Niet gehaald: {n} afspraak; geen daarvan is zeker.",
            "Niet gehaald: {n} afspraken; geen daarvan is zeker.",
            count,
            n=number(count),
        )
    top = one.niet_gehaald[0]
    streak = " " + t("({n} kwartalen op rij)", n=top.reeks) if top.reeks > 1 else ""
    step = t("; afgesproken stap: {stap}", stap=top.stap) if top.stap else ""
    said += " " + t("Voorop: {afspraak}.", afspraak=f"{inside(top.titel)}{streak}{step}")
    return f"{said} " + t("Ook ontbreekt een rapportage.") if one.ontbreekt else said


def silence_sentence(silent: Any) -> str:
    """What follows when reports do not come; empty when they do."""
    if not silent.reeks:
        return ""
    said = tn(
        "{n} rapportage op rij niet ontvangen.",
        "{n} rapportages op rij niet ontvangen.",
        silent.reeks,
        n=number(silent.reeks),
    )
    if silent.stap:
        said += " " + t("Afgesproken stap: {stap}.", stap=silent.stap)
    if silent.volgende is not None:
        said += " " + t(
            "Blijft ook nummer {nummer} uit, dan volgt: {stap}.", nummer=silent.volgende.na, stap=silent.volgende.stap
        )
    return said
