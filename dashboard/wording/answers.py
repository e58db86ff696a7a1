"""What a whole answer says, in at most three sentences."""

import metrics
from dashboard.texts import mark, t
from dashboard.wording.format import dimension, horizon
from dashboard.wording.sentences import sentence, state

NOTHING = mark("Hierover is nog niets geleverd, of niemand past bij deze filters.")


def sentences(answer: metrics.Answer, names: dict[str, str]) -> list[str]:
    """What the answer says, in at most three sentences."""
    definition = answer.definition
    rows = answer.rijen
    if definition.soort == "incidentie":
        return _ends(answer)
    if not rows:
        return [t(NOTHING)]
    if len(rows) > 3:
        return []
    found = []
    for row in rows:
        about = ", ".join(dimension(name, row[name], names) for name in answer.dims)
        found.append(sentence(definition.id, definition.soort, row, titel=definition.titel, voor=about))
    if definition.klaar:
        found.append(t("Dit gaat alleen over wie al klaar is; wie nog bezig is, telt nog niet mee."))
    return found


def _ends(answer: metrics.Answer) -> list[str]:
    """Of competing ends: the first one at the last two horizons that are known, and which horizon is not known yet."""
    definition = answer.definition
    rows = [row for row in answer.rijen if row["einde"] == definition.einden[0]]
    if not rows or answer.dims:
        return []
    known = [row for row in rows if state("incidentie", row) not in ("niet rijp", "leeg")]
    found = [sentence(definition.id, "incidentie", row, titel=definition.titel) for row in known[-2:]]
    if later := [row for row in rows if state("incidentie", row) == "niet rijp"]:
        found.append(
            t(
                "Hoe het na {tijd} is, weten wij nog niet: daarvoor zijn te weinig mensen lang genoeg gevolgd.",
                tijd=horizon(later[0]["horizon"]),
            )
        )
    return found or [t(NOTHING)]
