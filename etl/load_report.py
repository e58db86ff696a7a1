"""The load report: what became of each file, with numbers that add up."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from etl.own_layout import Layouts, OwnLayout
from etl.reconcile import BETWEEN, MISSING

_NONE = Layouts()


class Refusal(NamedTuple):
    """One refused row; never its value. `rij` as a person sees it in the file (header = row 1)."""

    blad: str | None
    rij: int
    kolom: str | None
    code: str
    melding: str


@dataclass
class FileReport:
    """One file: gelezen = geladen + identiek + vervangen + geweigerd."""

    bestand: str
    soort: str | None
    status: str
    reden: str | None
    melding: str | None
    gelezen: int
    geladen: int
    identiek: int
    vervangen: int
    geweigerd: int
    redenen: dict[str, int] = field(default_factory=dict)
    kolommen_onbekend: list[str] = field(default_factory=list)
    weigeringen: list[Refusal] = field(default_factory=list)
    pad: Path | None = None
    indeling: str | None = None
    own: OwnLayout | None = None

    def to_json(self) -> dict[str, Any]:
        """The form of the delivery specification §4; a refused file also says why."""
        keys = ("bestand", "soort", "status", "gelezen", "geladen", "identiek", "vervangen", "geweigerd", "redenen")
        facts: dict[str, Any] = {key: getattr(self, key) for key in keys}
        if self.status == "geweigerd":
            facts |= {"reden": self.reden, "melding": self.melding}
        if self.indeling not in (None, "standaard"):
            facts["indeling"] = self.indeling
        if self.kolommen_onbekend:
            facts["kolommen_onbekend"] = self.kolommen_onbekend
        return facts


@dataclass
class LoadReport:
    """All files, sorted by name. `nieuw` is False when this was loaded before.

    `bevindingen` counts per kind, `per_contract` per contract and kind.
    """

    momentopname: str | None
    bestanden: list[FileReport]
    bevindingen: dict[str, int] = field(default_factory=dict)
    nieuw: bool = True
    per_contract: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def geweigerd(self) -> int:
        """Refused rows and refused files together: whether there is something to look at."""
        return sum(file.geweigerd + (file.status == "geweigerd") for file in self.bestanden)

    def to_json(self) -> dict[str, Any]:
        """The form of the delivery specification §4."""
        return {
            "momentopname": self.momentopname,
            "bestanden": [file.to_json() for file in self.bestanden],
            "bevindingen": self.bevindingen,
            "bevindingen_per_contract": self.per_contract,
        }

    def alone(self, connection: duckdb.DuckDBPyConnection) -> "LoadReport":
        """Without the findings that only mean something beside other deliveries, when those are not at hand."""
        (known,) = connection.execute(
            "SELECT (SELECT count(*) FROM leerroutes) + (SELECT count(*) FROM onderdelen) > 0"
        ).fetchone() or (False,)
        drop = (MISSING,) if known else (MISSING, *BETWEEN)
        self.bevindingen = {kind: count for kind, count in self.bevindingen.items() if kind not in drop}
        kept = {name: {kind: count for kind, count in kinds.items() if kind not in drop}
                for name, kinds in self.per_contract.items()}  # fmt: skip
        self.per_contract = {name: kinds for name, kinds in kept.items() if kinds}
        return self


def read_report(
    connection: duckdb.DuckDBPyConnection,
    momentopname: str | None,
    paths: dict[str, Path],
    layouts: Layouts = _NONE,
    *,
    nieuw: bool = True,
) -> LoadReport:
    """The report as the warehouse holds it."""
    rows = connection.execute(
        "SELECT levering, bestand, soort, status, reden, melding, gelezen, geladen, identiek, vervangen, geweigerd, "
        "kolommen_onbekend, indeling FROM leveringen ORDER BY bestand"
    ).fetchall()
    files = {}
    for levering, bestand, soort, status, reden, melding, *numbers, unknown, name in rows:
        files[levering] = FileReport(
            bestand,
            soort,
            status,
            reden,
            melding,
            *numbers,
            kolommen_onbekend=unknown or [],
            pad=paths.get(bestand),
            indeling=name,
            own=layouts.named(name),
        )
    for levering, *refusal in connection.execute(
        "SELECT levering, blad, rij, kolom, code, melding FROM weigeringen ORDER BY levering, blad, rij"
    ).fetchall():
        files[levering].weigeringen.append(Refusal(*refusal))
    for file in files.values():
        file.redenen = dict(sorted(Counter(refusal.code for refusal in file.weigeringen).items()))
    found = dict(connection.execute("SELECT soort, count(*) FROM bevindingen GROUP BY soort ORDER BY soort").fetchall())
    per_contract: dict[str, dict[str, int]] = {}
    for contract, kind, count in connection.execute(
        "SELECT contract, soort, count(*) FROM bevindingen WHERE contract IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        per_contract.setdefault(contract, {})[kind] = count
    return LoadReport(momentopname, list(files.values()), found, nieuw, per_contract)
