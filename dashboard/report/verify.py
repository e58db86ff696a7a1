"""Is a report what this program makes of what it says that it was made of, and if not, what differs?"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import contracts
import etl
import metrics
from contracts.record import Regel
from dashboard.report import recipe
from dashboard.report.content import Sources
from dashboard.report.recommendations import Entry
from data.fouten import Gebruiksfout

_NAMES = {
    "programma": "de versie van het programma",
    "definities": "de definities van de cijfers",
    "afspraken": "de afspraken met aanbieders",
    "teksten": "de eigen teksten",
    "signalen": "de signalen",
    "register": "het register van aanbevelingen",
    "logboek": "het logboek",
}
_MOST = 8


@dataclass(frozen=True)
class Difference:
    """What became of a check: the same bytes or not, and sentences that say what differs."""

    gelijk: bool
    zinnen: tuple[str, ...]


def verify(
    path: Path,
    store: etl.Store,
    agreements: contracts.Agreements,
    *,
    texts: Mapping[str, Any],
    register: Sequence[Entry],
    logboek: Sequence[Regel],
    declarations: Mapping[str, Any] | None,
) -> Difference:
    """Make a report again from its own recipe and compare. The register and the record only grow: what was added since
    is left out. Raises Gebruiksfout when the file is no report, or its momentopname is gone."""
    from dashboard import report

    try:
        given = path.read_bytes()
    except OSError:
        raise Gebruiksfout(f"Het bestand {path} is niet te lezen.") from None
    old = recipe.read(given)
    place = store.path_of(old["momentopname"]) if old["momentopname"].isalnum() else store.path_of("geen")
    if not place.is_file():
        raise Gebruiksfout(
            f"De momentopname {old['momentopname']} van dit rapport is niet meer bewaard. Controleren kan alleen met"
            " die momentopname."
        )
    sources = Sources(texts, register[: old["register"]], logboek[: old["logboek"]], declarations)
    snapshot = etl.Snapshot(old["momentopname"], place)
    made = report.build(recipe.order_of(old), snapshot, agreements, metrics.ALLES, sources, anew=True)
    again = made.files["*-samenvatting.pdf" if old["deel"] else "*.pdf"]
    if again == given:
        return Difference(True, ("Het rapport is gelijk: elke byte is dezelfde.",))
    return Difference(False, tuple(_why(old, recipe.read(again))))


def _why(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    found = [
        f"Anders is {name}: toen {_told(old[key])}, nu {_told(new[key])}."
        for key, name in _NAMES.items()
        if old[key] != new[key]
    ]
    lines = []
    for title in dict.fromkeys((*old["zegt"], *new["zegt"])):
        before, after = old["zegt"].get(title), new["zegt"].get(title)
        if before is None or after is None:
            lines.append(
                f"Het hoofdstuk ‘{title}’ staat alleen in het {'nieuwe' if before is None else 'oude'} rapport."
            )
        elif before != after:
            lines += [f"{title}: {one}" for one in _lines(before, after)]
    found += lines[:_MOST]
    if len(lines) > _MOST:
        found.append(f"En nog {len(lines) - _MOST} andere verschillen in de tekst.")
    if not found:
        found.append("De inhoud is gelijk, maar het bestand zelf is na het maken veranderd.")
    return found


def _lines(before: Sequence[str], after: Sequence[str]) -> list[str]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        f"toen ‘{' · '.join(before[a:b])[:160]}’, nu ‘{' · '.join(after[c:d])[:160]}’"
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def _told(value: Any) -> str:
    return f"{value} regels" if isinstance(value, int) else str(value)
