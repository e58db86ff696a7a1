"""The keurmerk of a contract in a sentence."""

from typing import Any

from dashboard.texts import mark, t
from dashboard.wording.format import day

# who watches, and what a keurmerk can be: codes and words of the agreements
_WORDS = (mark("de gemeente"), mark("geldig"), mark("aspirant"), mark("geschorst"), mark("ingetrokken"))


def gate_sentence(gate: Any) -> str:
    """Whether a supplier may teach on a day, in the language of who asks; in Dutch what `gate.zin` says."""
    watch = t(gate.toezicht)
    if gate.status == "niet nodig":
        return t("Een keurmerk is hier niet nodig; toezicht: {wie}.", wie=watch)
    if gate.status == "onbekend":
        return t("De status van het keurmerk ({wie}) is niet bekend. Zet die in de afspraken.", wie=watch)
    facts = {"wie": watch, "status": t(gate.status), "van": day(gate.sinds)}
    if gate.tot:
        said = t("Het keurmerk ({wie}) is {status} sinds {van} tot en met {tot}.", tot=day(gate.tot), **facts)
    else:
        said = t("Het keurmerk ({wie}) is {status} sinds {van}.", **facts)
    return said if gate.open else f"{said} " + t("Zonder geldig keurmerk mogen er geen nieuwe lessen beginnen.")
