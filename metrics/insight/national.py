"""The municipality beside the Netherlands, where Statistics Netherlands counts the same thing on the same day.

Only the state at the end of 2023 of the brede intake is comparable (Statistiek Wet inburgering 2023). Our own figure is
computed as of that day too: a later peildatum would compare two years with four.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data import referentie
from metrics.answer import VERBORGEN
from metrics.insight.chance import binomial_test
from metrics.insight.scope import Scope, shown

FIGURE = "intake_begonnen"
GROUPS: Mapping[str, tuple[str, ...]] = {
    "asielmigranten": ("asielstatushouder", "nareiziger"),
    "gezins- en overige migranten": ("gezinsmigrant", "overige migrant"),
}
FEWEST = 5  # under this many people no comparison
_CHANCE = 0.05


def compare(scope: Scope) -> list[dict[str, Any]]:
    """A row per group and cohort: our own share with its interval, the national one, and whether chance can explain it.

    `oordeel`: hoger | lager | kan toeval zijn | te weinig gegevens | nog niet bekend | verborgen. `kans` is the exact
    binomial p-value, for the national share (inside its rounding) that fits our own figure best.
    """
    rows = []
    for known in referentie.frame("landelijk").iter_rows(named=True):
        day = date.fromisoformat(str(known["peildatum"]))
        row: dict[str, Any] = {
            "onderwerp": known["onderwerp"],
            "groep": known["groep"],
            "cohort": known["cohort"],
            "peildatum": day.isoformat(),
            "cijfer": FIGURE,
            "bron": known["bron"],
        }
        own: dict[str, Any] = dict.fromkeys(("teller", "noemer", "waarde", "laag", "hoog"))
        if not scope.voor.exact:  # the fixed publication does not hold it
            own = dict.fromkeys(own, VERBORGEN)
        elif scope.day >= day:
            asked = {"doelgroep": GROUPS[known["groep"]], "cohort": [known["cohort"]]}
            answer = scope.ask(FIGURE, filters=asked, peildatum=day)
            own |= {key: answer.rijen[0][key] for key in own} if answer.rijen else {"teller": 0, "noemer": 0}
        rows.append(row | own | judge(own, known["teller"], known["noemer"], known["afronding"]))
    return rows


def judge(own: Mapping[str, Any], teller: int, noemer: int, rounding: int) -> dict[str, Any]:
    """Our own share against a national one of which teller and noemer are rounded to plus or minus `rounding`.

    The nation is so much larger that its own chance does not count; its rounding does. Gives `landelijk`,
    `landelijk_laag`, `landelijk_hoog`, `kans` and `oordeel`.
    """
    low = (teller - rounding) / (noemer + rounding)
    high = min(1.0, (teller + rounding) / (noemer - rounding))
    found: dict[str, Any] = {"landelijk": teller / noemer, "landelijk_laag": low, "landelijk_hoog": high, "kans": None}
    count, size = own["teller"], own["noemer"]
    if size is None:
        return found | {"oordeel": "nog niet bekend"}
    if not shown(count) or not shown(size):
        return found | {"oordeel": "verborgen"}
    if size < FEWEST:
        return found | {"oordeel": "te weinig gegevens"}
    nearest = min(max(count / size, low), high)
    chance = binomial_test(int(count), int(size), nearest)
    if chance >= _CHANCE:
        return found | {"kans": chance, "oordeel": "kan toeval zijn"}
    return found | {"kans": chance, "oordeel": "hoger" if count / size > nearest else "lager"}
