"""The sentences of a signal: the templates of its declaration filled with numbers as people write them."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.wording import format as f
from dashboard.wording.format import title_of
from dashboard.wording.phrases import PHRASES

Names = Mapping[str, str]
_FACTS = ("aantal", "bedrag", "ontbreekt", "budget")  # counted: nothing to be unsure about
_PEOPLE = {"instroom": ("inburgeraar", "inburgeraars")}
_PERSONS = ("persoon", "personen")
_OF_PERSONS = ("pip_openstaand", "termijn_loopt_af")
_FEW = {
    "te weinig gegevens": "Hierover is nog te weinig bekend om iets te zeggen.",
    "geen gegevens": "Hierover is nog niets bekend.",
    "verborgen": "Dit tonen wij niet, want de groep is te klein.",
    "niet beoordeeld": "Dit beoordelen wij bij deze keuze niet.",
    "rustig": "Hier is nu geen reden om iets te doen.",
}


def sentences(signal: Any, names: Names | None = None, contracts: Names | None = None) -> tuple[str, str]:
    """(what is seen, why and how sure) of a `metrics.insight.Signal`; without a signal what there is to say instead.

    `names` are municipalities by code, `contracts` titles by id.
    """
    if signal.status != "signaal":
        return signal.verklaring.titel + ".", _FEW[signal.status]
    places = _places(signal, names or {}, contracts or {})
    seen = _capital(signal.verklaring.zin.format_map(places))
    why = _capital(signal.verklaring.reden.format_map(places))
    return seen, " ".join(part for part in (why, certainty(signal)) if part)


def not_judged(found: Iterable[Any]) -> list[str]:
    """Which signals the choice makes meaningless, and why: a sentence per choice, and none when all were judged."""
    titles: dict[str, list[str]] = {}
    for one in found:
        if one.door:
            titles.setdefault(one.door, []).append(one.verklaring.titel)
    said = []
    for choice, names in titles.items():
        count = f.amount(len(names), "signaal", "signalen")
        listed = "; ".join(dict.fromkeys(names))
        if choice == "periode":
            about, why = "een eigen periode", "Zij kijken zelf al naar een vaste periode. Kies liever een peildatum."
        else:
            about = title_of(choice).lower()
            why = "De keuze legt de datum al vast waarop zij letten, dus de uitkomst zou niets zeggen."
        said.append(f"Bij een keuze voor {about} beoordelen wij {count} niet: {listed}. {why}")
    return said


def certainty(signal: Any) -> str:
    """How sure a signal is, in a sentence; empty for a counted fact."""
    kind, how = signal.verklaring.voorwaarde.soort, signal.zekerheid
    if kind == "kwartaal":
        return "Dit is een reden om te kijken, nog geen bewijs."
    if kind == "budget" and how == "mogelijk":
        return "Het kan ook aan het moment van boeken liggen."
    if kind in _FACTS:
        return ""
    return {
        "zeker": "Dit verschil is groter dan toeval.",
        "mogelijk": "Dit verschil kan toeval zijn.",
        "geen interval": "Of dit toeval is, is niet te zeggen.",
    }.get(how, "")


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
        return f"start in {value}"
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
        return f"{f.number(value, 1)} fte"
    if kind == "cijfer":
        return f.number(value, 1)
    if kind == "euro":
        return f.euros(value)
    return f.number(value) if kind == "aantal" else f.percentage(value)


def _stand(signal: Any, row: Mapping[str, Any]) -> str:
    """The value of a row with what it rests on."""
    kind, figure = _figure_kind(signal), signal.verklaring.cijfer
    if signal.verklaring.voorwaarde.soort == "budget":
        spent = f"{f.euros(row.get('waarde'))} van de {f.euros(row.get('begroot'))}"
        return f"{f.percentage(row.get('uitputting'))} van de begroting is uitgegeven ({spent})"
    if row.get("teller") is not None and row.get("noemer"):
        return f.share(row)
    if kind == "aantal":
        one, many = _PERSONS if figure in _OF_PERSONS else _PEOPLE.get(figure, ("", ""))
        return f.amount(row.get("aantal"), one, many).strip()
    text = _measure(signal, row.get("waarde"))
    if kind in ("fte", "euro") or row.get("n") is None:
        return text
    if signal.verklaring.voorwaarde.soort == "kwartaal" and kind == "deel":
        teller = None if row.get("waarde") is None else round(row["waarde"] * row["n"])
        return f.share({"teller": teller, "noemer": row["n"], "waarde": row.get("waarde")})
    many = PHRASES[figure].wie if figure in PHRASES and PHRASES[figure].wie else "metingen"
    return f"{text} ({f.number(row['n'])} {many})"


def _people(signal: Any, row: Mapping[str, Any]) -> str:
    """A share with whom it is of: 30 van de 41 inburgeraars (73%)."""
    phrase = PHRASES.get(signal.verklaring.cijfer)
    who = phrase.wie if phrase else "inburgeraars"
    text, _, part = f.share(row).partition(" (")
    return f"{text} {who} ({part}" if part else f"{text} {who}"


def _bounds(signal: Any, row: Mapping[str, Any]) -> str:
    kind = _figure_kind(signal)
    low, high = row.get("laag"), row.get("hoog")
    if kind == "deel":
        return f.interval(low, high)
    if kind == "euro" and low is not None and high is not None:
        return f"tussen {f.euros(low)} en {f.euros(high)}"
    text = f.interval(low, high, of_hundred=False, decimals=0 if kind == "aantal" else 1)
    return f"{text} fte" if kind == "fte" else text


def _expected(signal: Any, row: Mapping[str, Any]) -> str:
    if signal.verklaring.voorwaarde.soort == "trechter":
        expected, observed = row.get("verwacht"), row.get("waargenomen")
        if observed is not None and observed != row.get("teller"):
            return f"{f.number(expected)} (tegen {f.number(observed)} van wie vergeleken kan worden)"
        return f.number(expected)
    if signal.verklaring.voorwaarde.soort == "prognose":
        return f"ongeveer {f.number(row.get('verwacht'))}"
    return _measure(signal, row.get("verwacht"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
