"""The keurmerk as a gate: may this supplier teach on this day? Required for B1 and Z; the onderwijsroute is watched by
the Inspectie van het Onderwijs. Source: Wet inburgering 2021 art. 32-33 (keurmerk), Blik op Werk."""

from dataclasses import dataclass
from datetime import date

from contracts.model import WITH_KEURMERK, Agreement

_OPEN = ("geldig", "aspirant")
NOT_NEEDED, UNKNOWN = "niet nodig", "onbekend"


@dataclass(frozen=True)
class Gate:
    """`status` of the keurmerk on a day; `open` None: not known. `tot`: the last day that is known of it."""

    toezicht: str
    status: str
    open: bool | None
    sinds: date | None = None
    tot: date | None = None

    @property
    def zin(self) -> str:
        """One plain Dutch sentence."""
        if self.status == NOT_NEEDED:
            return f"Een keurmerk is hier niet nodig; toezicht: {self.toezicht}."
        if self.status == UNKNOWN:
            return f"De status van het keurmerk ({self.toezicht}) is niet bekend. Zet die in de afspraken."
        until = f" tot en met {self.tot:%d-%m-%Y}" if self.tot else ""
        sentence = f"Het keurmerk ({self.toezicht}) is {self.status} sinds {self.sinds:%d-%m-%Y}{until}."
        return sentence if self.open else f"{sentence} Zonder geldig keurmerk mogen er geen nieuwe lessen beginnen."


def gate(agreement: Agreement, day: date) -> Gate:
    """What is known of the keurmerk of a contract on a day."""
    mark = agreement.keurmerk
    if agreement.onderdeel.leerroute not in WITH_KEURMERK and mark is None:
        watch = "Inspectie van het Onderwijs" if agreement.onderdeel.leerroute == "onderwijs" else "de gemeente"
        return Gate(watch, NOT_NEEDED, None)
    if mark is not None and mark.toezicht != "Blik op Werk":
        return Gate(mark.toezicht, NOT_NEEDED, None)
    begun = [one for one in (mark.perioden if mark else ()) if one.van <= day and (one.tot is None or one.tot >= day)]
    if not begun:
        return Gate("Blik op Werk", UNKNOWN, None)
    now = max(begun, key=lambda one: one.van)
    return Gate("Blik op Werk", now.status, now.status in _OPEN, now.van, now.tot)
