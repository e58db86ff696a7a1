"""The register of bottlenecks and measures: what an evaluation recommended, and what became of it. It only grows.

In:   `aanbevelingen.jsonl` in the work folder, one entry per line, each with the hash of the one before it.
Out:  recommendations as they stand at an entry, so that a report can be made again as it was.
Never here: an entry that is changed or removed; a BSN.
"""

import fcntl
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.fouten import Gebruiksfout
from etl import mask

FILE = "aanbevelingen.jsonl"
STATES = ("nog niet begonnen", "in uitvoering", "uitgevoerd", "niet overgenomen")
_LONGEST = 1000


@dataclass(frozen=True)
class Entry:
    """One line of the register. `verwijst` is the recommendation that a state belongs to."""

    nummer: int
    moment: str
    wie: str
    soort: str  # aanbeveling | stand
    verwijst: int | None
    evaluatie: str | None
    subdoel: str | None
    knelpunt: str | None
    maatregel: str | None
    stand: str | None
    toelichting: str
    vorige: str
    hash: str


@dataclass(frozen=True)
class Recommendation:
    """A recommendation as it stands: bottleneck, measure, and the last thing that was said of it."""

    nummer: int
    evaluatie: str
    subdoel: str
    knelpunt: str
    maatregel: str
    stand: str
    toelichting: str
    sinds: date


class Register:
    """The register of one work folder."""

    def __init__(self, werkmap: Path) -> None:
        self.path = Path(werkmap) / FILE

    def entries(self) -> list[Entry]:
        """Every entry in its order. Raises Gebruiksfout when a line can't be read."""
        if not self.path.is_file():
            return []
        found = []
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                found.append(Entry(**json.loads(line)))
            except (ValueError, TypeError):
                raise Gebruiksfout(f"Regel {number} van {FILE} is beschadigd. Zet een reservekopie terug.") from None
        return found

    def recommend(self, knelpunt: str, maatregel: str, *, evaluatie: date, subdoel: str, wie: str) -> Entry:
        """Add a bottleneck with the measure that the evaluation recommends."""
        return self._add(
            "aanbeveling",
            wie,
            evaluatie=evaluatie.isoformat(),
            subdoel=subdoel,
            knelpunt=_text(knelpunt, "knelpunt"),
            maatregel=_text(maatregel, "maatregel"),
        )

    def report(self, nummer: int, stand: str, toelichting: str, *, wie: str) -> Entry:
        """Add what became of a recommendation."""
        if stand not in STATES:
            raise Gebruiksfout(f"De stand '{stand}' kennen wij niet. Kies uit: {', '.join(STATES)}.")
        if not any(one.nummer == nummer and one.soort == "aanbeveling" for one in self.entries()):
            raise Gebruiksfout(f"Aanbeveling {nummer} bestaat niet. Zie: inburgering aanbeveling toon.")
        return self._add("stand", wie, verwijst=nummer, stand=stand, toelichting=_text(toelichting, "toelichting"))

    def verify(self) -> list[int]:
        """The numbers of entries that do not follow from the one before: history was changed there."""
        broken, before = [], ""
        for place, one in enumerate(self.entries(), start=1):
            facts = {**one.__dict__}
            facts.pop("hash")
            if one.nummer != place or one.vorige != before or one.hash != _digest(facts):
                broken.append(one.nummer)
            before = one.hash
        return broken

    def _add(self, soort: str, wie: str, **facts: Any) -> Entry:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = self.entries()
            content: dict[str, Any] = {
                "nummer": len(known) + 1,
                "moment": datetime.now(UTC).isoformat(timespec="seconds"),
                "wie": mask(wie.strip()) or "onbekend",
                "soort": soort,
                "verwijst": None,
                "evaluatie": None,
                "subdoel": None,
                "knelpunt": None,
                "maatregel": None,
                "stand": None,
                "toelichting": "",
                **facts,
                "vorige": known[-1].hash if known else "",
            }
            entry = Entry(**content, hash=_digest(content))
            file.write(json.dumps(entry.__dict__, ensure_ascii=False, sort_keys=True) + "\n")
            file.flush()
        return entry


def as_they_stand(entries: Sequence[Entry]) -> list[Recommendation]:
    """Recommendations with their last state, in the order in which they were made."""
    found = []
    for one in entries:
        if one.soort != "aanbeveling":
            continue
        last = next((other for other in reversed(entries) if other.verwijst == one.nummer), None)
        found.append(
            Recommendation(
                one.nummer,
                one.evaluatie or "",
                one.subdoel or "",
                one.knelpunt or "",
                one.maatregel or "",
                (last.stand or STATES[0]) if last else STATES[0],
                last.toelichting if last else "",
                date.fromisoformat((last or one).moment[:10]),
            )
        )
    return found


def write_example(register: Register) -> None:
    """A few entries for the example, each marked, so that the report shows what the register is for."""
    if register.entries():
        return
    mark, who = "VOORBEELD", "VOORBEELD (verzonnen)"
    first = register.recommend(
        f"{mark}: veel plannen (PIP) komen later dan tien weken.",
        f"{mark}: de intake plannen op de dag van huisvesting.",
        evaluatie=date(2024, 1, 1),
        subdoel="tijdigheid",
        wie=who,
    )
    second = register.recommend(
        f"{mark}: in de Z-route is te weinig plek om mee te doen.",
        f"{mark}: afspraken maken met drie nieuwe werkplekken.",
        evaluatie=date(2024, 1, 1),
        subdoel="dualiteit",
        wie=who,
    )
    register.recommend(
        f"{mark}: van een onderdeel is de tevredenheid niet bekend.",
        f"{mark}: elk jaar alle deelnemers vragen.",
        evaluatie=date(2024, 1, 1),
        subdoel="kwaliteit",
        wie=who,
    )
    register.report(
        first.nummer, "uitgevoerd", f"{mark}: sinds mei 2024 staat de intake op de dag van huisvesting.", wie=who
    )
    register.report(second.nummer, "in uitvoering", f"{mark}: met twee werkplekken is een afspraak.", wie=who)


def _text(text: str, name: str) -> str:
    clean = mask(" ".join(text.split()))
    if not clean:
        raise Gebruiksfout(f"Vul een {name} in.")
    if len(clean) > _LONGEST:
        raise Gebruiksfout(f"Het {name} is te lang: hoogstens {_LONGEST} tekens.")
    return clean


def _digest(facts: dict[str, Any]) -> str:
    return hashlib.sha256(
        json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
