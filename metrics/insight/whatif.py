"""What if the State cut the budget when too few finish? A sum with one's own assumptions: no rule is known yet.

The policy document (§5, prestatiebekostiging) says only that it may come, expected from 2026. Norm, cut and budget are
therefore always given by who asks; nothing here is official.
"""

from dataclasses import dataclass
from typing import Any

from data.fouten import Gebruiksfout
from metrics.insight.scope import Scope, shown


@dataclass(frozen=True)
class Assumption:
    """`norm`: the share that must finish (0–1); `korting`: the part of the budget (0–1) lost per percentage point under
    it; `budget` in euros; `horizon`: finished within so many days (365, 730 or 1095)."""

    norm: float
    korting: float
    budget: float
    horizon: int = 1095

    def check(self) -> None:
        """Raises Gebruiksfout when an assumption makes no sense."""
        faults = []
        if not 0 <= self.norm <= 1:
            faults.append("De norm is een deel tussen 0 en 1, bijvoorbeeld 0.70.")
        if not 0 <= self.korting <= 1:
            faults.append("De korting per procentpunt is een deel tussen 0 en 1, bijvoorbeeld 0.01.")
        if self.budget < 0:
            faults.append("Het budget is een bedrag in euro's, 0 of hoger.")
        if self.horizon not in (365, 730, 1095):
            faults.append("Kies als termijn 365, 730 of 1095 dagen (12, 24 of 36 maanden).")
        if faults:
            raise Gebruiksfout(faults)


def cut(share: float, given: Assumption) -> float:
    """The euros lost at this share: never more than the budget, never less than nothing."""
    points = 100 * max(0.0, given.norm - share)
    return given.budget * min(1.0, given.korting * points)


def prestatie(scope: Scope, given: Assumption) -> dict[str, Any]:
    """The incidence of `voldaan` at the horizon, and what the assumptions would make of it.

    Keys: the assumptions, n, in_risico, waarde, laag, hoog (the share that finished, with its interval), korting_euro,
    korting_laag, korting_hoog, and `oordeel`: geen korting | korting | onzeker | nog niet te zeggen | verborgen.
    Who is still under way counts as long as followed, never as failed.
    """
    given.check()
    asked = {"horizon": [given.horizon], "einde": ["voldaan"]}
    rows = scope.ask("voldaan_binnen", filters=asked).rijen
    row = rows[0] if rows else {}
    found: dict[str, Any] = {"wat_als": True, **vars(given)}
    found |= {key: row.get(key) for key in ("n", "in_risico", "waarde", "laag", "hoog")}
    found |= dict.fromkeys(("korting_euro", "korting_laag", "korting_hoog"))
    if not shown(found["waarde"]):
        hidden = found["waarde"] is not None
        return found | {"oordeel": "verborgen" if hidden else "nog niet te zeggen"}
    found["korting_euro"] = cut(found["waarde"], given)
    if not shown(found["laag"]) or not shown(found["hoog"]):
        return found | {"oordeel": "onzeker"}
    found |= {"korting_laag": cut(found["hoog"], given), "korting_hoog": cut(found["laag"], given)}
    if found["laag"] >= given.norm:
        return found | {"oordeel": "geen korting"}
    return found | {"oordeel": "korting" if found["hoog"] < given.norm else "onzeker"}
