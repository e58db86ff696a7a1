"""The sentences of a signal: the templates of its declaration filled with numbers as people write them.

The declarations of the product stand in the table of texts. One that a municipality wrote itself stays Dutch, also what
is filled in: half a sentence in each language helps nobody.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.texts import DUTCH, mark, speaking, t, tn
from dashboard.wording import format as f
from dashboard.wording.format import title_of
from dashboard.wording.letters import capital
from dashboard.wording.phrases import PHRASES, Phrase, people

Names = Mapping[str, str]
_FACTS = ("aantal", "bedrag", "ontbreekt", "budget")  # counted: nothing to be unsure about
_PEOPLE = {"instroom": (mark("inburgeraar"), mark("inburgeraars"))}
_PERSONS = (mark("persoon"), mark("personen"))
_OF_PERSONS = ("pip_openstaand", "termijn_loopt_af")
_FEW = {
    "te weinig gegevens": mark("Hierover is nog te weinig bekend om iets te zeggen."),
    "geen gegevens": mark("Hierover is nog niets bekend."),
    "verborgen": mark("Dit tonen wij niet, want de groep is te klein."),
    "niet beoordeeld": mark("Dit beoordelen wij bij deze keuze niet."),
    "rustig": mark("Hier is nu geen reden om iets te doen."),
}

_CERTAINTIES = {
    "zeker": mark("Dit verschil is groter dan toeval."),
    "mogelijk": mark("Dit verschil kan toeval zijn."),
    "geen interval": mark("Of dit toeval is, is niet te zeggen."),
}


def sentences(signal: Any, names: Names | None = None, contracts: Names | None = None) -> tuple[str, str]:
    """(what is seen, why and how sure) of a `metrics.insight.Signal`; without a signal what there is to say instead.

    `names` are municipalities by code, `contracts` titles by id.
    """
    if signal.status != "signaal":
        return t(signal.verklaring.titel) + ".", t(_FEW[signal.status])
    seen, why = (
        _said(template, signal, names or {}, contracts or {})
        for template in (signal.verklaring.zin, signal.verklaring.reden)
    )
    return seen, " ".join(part for part in (why, certainty(signal)) if part)


def _said(template: str, signal: Any, names: Names, contracts: Names) -> str:
    """A template of the declaration, filled in its own language."""
    translated = t(template)
    if translated != template:
        return capital(translated.format_map(_places(signal, names, contracts)))
    with speaking(DUTCH):
        return capital(template.format_map(_places(signal, names, contracts)))


def not_judged(found: Iterable[Any]) -> list[str]:
    """Which signals the choice makes meaningless, and why: a sentence per choice, and none when all were judged."""
    titles: dict[str, list[str]] = {}
    for one in found:
        if one.door:
            titles.setdefault(one.door, []).append(one.verklaring.titel)
    said = []
    for choice, names in titles.items():
        facts = {"n": f.number(len(names)), "titels": "; ".join(dict.fromkeys(t(name) for name in names))}
        if choice == "periode":
            text = tn(
                "Bij een keuze voor een eigen periode beoordelen wij {n} signaal niet: {titels}.",
                "Bij een keuze voor een eigen periode beoordelen wij {n} signalen niet: {titels}.",
                len(names),
                **facts,
            )
            why = t("Zij kijken zelf al naar een vaste periode. Kies liever een peildatum.")
        else:
            text = tn(
                "Bij een keuze voor {keuze} beoordelen wij {n} signaal niet: {titels}.",
                "Bij een keuze voor {keuze} beoordelen wij {n} signalen niet: {titels}.",
                len(names),
                keuze=title_of(choice).lower(),
                **facts,
            )
            why = t("De keuze legt de datum al vast waarop zij letten, dus de uitkomst zou niets zeggen.")
        said.append(f"{text} {why}")
    return said


def certainty(signal: Any) -> str:
    """How sure a signal is, in a sentence; empty for a counted fact."""
    kind, how = signal.verklaring.voorwaarde.soort, signal.zekerheid
    if kind == "kwartaal":
        return t("Dit is een reden om te kijken, nog geen bewijs.")
    if kind == "budget" and how == "mogelijk":
        return t("Het kan ook aan het moment van boeken liggen.")
    if kind in _FACTS:
        return ""
    return t(_CERTAINTIES.get(how, ""))


def _places(signal: Any, names: Names, contracts: Names) -> dict[str, str]:
    found, row = signal.uitkomst, signal.uitkomst.rij
    moment = row.get("kwartaal") or f"{found.tot.year}-K{(found.tot.month + 2) // 3}"
    return {
        "over": ", ".join(_dimension(name, value, names, contracts) for name, value in found.dims.items()),
        "stand": _stand(signal, row),
        "mensen": _people(signal, row),
        "norm": _measure(signal, found.norm),
        "grenzen": _bounds(signal, row),
        "vorige": _stand(signal, found.vorige or {}),
        "verwacht": _expected(signal, row),
        "jaar": str(found.tot.year),
        "periode": f.quarter(moment),
        "deel_jaar": f.percentage(row.get("deel_jaar")),
    }


def _dimension(name: str, value: Any, names: Names, contracts: Names) -> str:
    if name == "contract" and value is not None:
        return contracts.get(str(value), str(value))
    if name == "cohort":
        return t("start in {jaren}", jaren=value)
    return f.dimension(name, value, names)


def _figure_kind(signal: Any) -> str:
    """What kind of number the figure is: aantal, deel, cijfer, euro or fte."""
    kind = signal.verklaring.voorwaarde.soort
    if kind == "formatie":
        return "fte"
    soort = signal.soort
    if soort == "aantal":
        return "deel" if signal.verklaring.voorwaarde.van else "aantal"
    return {"gemiddelde": "cijfer", "bedrag": "euro"}.get(soort, "deel")


def _measure(signal: Any, value: Any) -> str:
    """A limit, or a value alone."""
    kind = _figure_kind(signal)
    if kind == "fte":
        return t("{n} fte", n=f.number(value, 1))
    if kind == "cijfer":
        return f.number(value, 1)
    if kind == "euro":
        return f.euros(value)
    return f.number(value) if kind == "aantal" else f.percentage(value)


def _stand(signal: Any, row: Mapping[str, Any]) -> str:
    """The value of a row with what it rests on."""
    kind, figure = _figure_kind(signal), signal.verklaring.cijfer
    if signal.verklaring.voorwaarde.soort == "budget":
        return t(
            "{deel} van de begroting is uitgegeven ({uitgegeven} van de {begroot})",
            deel=f.percentage(row.get("uitputting")),
            uitgegeven=f.euros(row.get("waarde")),
            begroot=f.euros(row.get("begroot")),
        )
    if row.get("teller") is not None and row.get("noemer"):
        return f.share(row)
    if kind == "aantal":
        one, many = _PERSONS if figure in _OF_PERSONS else _PEOPLE.get(figure, ("", ""))
        return f.amount(row.get("aantal"), t(one), t(many)).strip()
    text = _measure(signal, row.get("waarde"))
    if kind in ("fte", "euro") or row.get("n") is None:
        return text
    if signal.verklaring.voorwaarde.soort == "kwartaal" and kind == "deel":
        teller = None if row.get("waarde") is None else round(row["waarde"] * row["n"])
        return f.share({"teller": teller, "noemer": row["n"], "waarde": row.get("waarde")})
    phrase = PHRASES.get(figure, Phrase())
    return f"{text} ({people(row['n'], phrase, mark('meting'), mark('metingen'))})"


def _people(signal: Any, row: Mapping[str, Any]) -> str:
    """A share with whom it is of: 30 van de 41 inburgeraars (73%)."""
    phrase = PHRASES.get(signal.verklaring.cijfer)
    who = t(phrase.wie if phrase else mark("inburgeraars"))
    text, _, part = f.share(row).partition(" (")
    return f"{text} {who} ({part}" if part else f"{text} {who}"


def _bounds(signal: Any, row: Mapping[str, Any]) -> str:
    kind = _figure_kind(signal)
    low, high = row.get("laag"), row.get("hoog")
    if kind == "deel":
        return f.interval(low, high)
    if kind == "euro" and low is not None and high is not None:
        return t("tussen {laag} en {hoog}", laag=f.euros(low), hoog=f.euros(high))
    text = f.interval(low, high, of_hundred=False, decimals=0 if kind == "aantal" else 1)
    return t("{n} fte", n=text) if kind == "fte" else text


def _expected(signal: Any, row: Mapping[str, Any]) -> str:
    if signal.verklaring.voorwaarde.soort == "trechter":
        expected, observed = row.get("verwacht"), row.get("waargenomen")
        if observed is not None and observed != row.get("teller"):
            return t(
                "{verwacht} (tegen {gezien} van wie vergeleken kan worden)",
                verwacht=f.number(expected),
                gezien=f.number(observed),
            )
        return f.number(expected)
    if signal.verklaring.voorwaarde.soort == "prognose":
        return t("ongeveer {n}", n=f.number(row.get("verwacht")))
    return _measure(signal, row.get("verwacht"))
