"""Reading agreements. All mistakes of all files are told at once, with file and line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import metrics
from contracts.model import Agreement, Kpi
from data import referentie
from data.fouten import Gebruiksfout
from data.yaml_regels import Mistakes, lees, regel, vertel
from etl import ContractTerm

_DEMO = Path(__file__).parent / "agreements"
_ROW_FILTERS = ("einde", "horizon")
_FIXED_ELSEWHERE = ("contract", "kwartaal")  # the contract itself, and its window


class Agreements(Mapping[str, Agreement]):
    """All agreements by the id of their contract."""

    def __init__(self, found: Mapping[str, Agreement]) -> None:
        self._found = dict(sorted(found.items()))

    def __getitem__(self, id: str) -> Agreement:
        return self._found[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def terms(self) -> list[ContractTerm]:
        """What loading needs to know of them."""
        return [
            ContractTerm(
                one.id,
                one.looptijd.van,
                one.looptijd.tot,
                one.rapportage.ritme,
                one.rapportage.termijn_dagen,
                rapporteert=one.status != "in aanbesteding",
            )
            for one in self._found.values()
        ]


def read_agreements(folder: Path | None = None) -> Agreements:
    """The agreements in a folder (`*.yaml`, `*.yml`); without one, those of the example.

    Raises Gebruiksfout with one sentence per mistake.
    """
    folder = Path(folder) if folder is not None else _DEMO
    paths = sorted(path for path in folder.glob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    if not paths:
        raise Gebruiksfout(f"In {folder} staan geen afspraken. Maak per contract een YAML-bestand.")
    mistakes: Mistakes = []
    found: dict[str, Agreement] = {}
    for path in paths:
        agreement = _read(path, mistakes)
        if agreement is None:
            continue
        if agreement.id in found:
            mistakes.append((path.name, 1, f"het contract {agreement.id} staat ook in een ander bestand."))
        found[agreement.id] = agreement
    if mistakes:
        raise Gebruiksfout(vertel(mistakes))
    return Agreements(found)


def _read(path: Path, mistakes: Mistakes) -> Agreement | None:
    agreement, lines = lees(path, Agreement, mistakes)
    if agreement is not None:
        for location, sentence in _check(agreement):
            mistakes.append((path.name, regel(lines, location), sentence))
    return agreement


def _check(agreement: Agreement) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Mistakes that only show beside the figures and the reference data: (where, what is wrong)."""
    known = set(referentie.gemeenten()["gemeentecode"])
    for index, code in enumerate(agreement.gemeenten):
        if code not in known:
            yield ("gemeenten", index), f'de gemeentecode {code} bestaat niet. Verwacht: vier cijfers, zoals "0397".'
    if agreement.looptijd.tot < agreement.looptijd.van:
        yield ("looptijd",), "de looptijd eindigt voordat zij begint."
    yield from _ladder(agreement.rapportage.gevolg, ("rapportage",))
    for index, kpi in enumerate(agreement.kpis):
        here = ("kpis", index)
        yield from _ladder(kpi.gevolg, here)
        if kpi.cijfer == "kwaliteit":
            yield from _check_quality(kpi, here)
        else:
            yield from _check_figure(kpi, here)
        for other in agreement.kpis[:index]:
            if other.id == kpi.id and _overlap(kpi, other):
                yield (*here, "id"), f"de KPI {kpi.id} geldt twee keer tegelijk. Geef de oude een geldig_tot."


def _ladder(steps: tuple[Any, ...], here: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    for index in range(1, len(steps)):
        if steps[index].na <= steps[index - 1].na:
            yield (*here, "gevolg", index), "de stappen lopen niet op: na moet bij elke stap groter zijn."
    if steps and steps[0].na < 1:
        yield (*here, "gevolg", 0), "na is minstens 1."


def _check_figure(kpi: Kpi, here: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    definition = metrics.catalogue().get(kpi.cijfer)
    if definition is None:
        yield (*here, "cijfer"), f"het cijfer {kpi.cijfer} bestaat niet. Alle cijfers zien: inburgering cijfers."
        return
    if "contract" not in definition.mogelijk:
        yield (*here, "cijfer"), f"het cijfer {kpi.cijfer} is niet per contract te berekenen."
    rows = _ROW_FILTERS if definition.soort == "incidentie" else ()
    for name in kpi.filter:
        if name not in (*definition.mogelijk, *rows):
            possible = ", ".join((*definition.mogelijk, *rows))
            yield (*here, "filter", name), f"{kpi.cijfer} kent het filter {name} niet. Wel mogelijk: {possible}."
    for name in (*(one for one in definition.eigen if one not in _FIXED_ELSEWHERE), *rows):
        if len(kpi.filter.get(name, ())) != 1:
            yield (*here, "filter"), f"kies één {name}; anders geeft {kpi.cijfer} meer dan één uitkomst."
    if definition.soort in ("aandeel", "incidentie") and kpi.norm is not None and not 0 <= kpi.norm <= 1:
        yield (*here, "norm"), "een aandeel heeft een norm van 0 tot 1. Schrijf 0.80 voor 80 %."
    if definition.richting == "geen" and kpi.norm is not None and kpi.richting is None:
        yield (*here, "norm"), f"bij {kpi.cijfer} is hoger niet beter of slechter. Zet er een richting bij."


def _check_quality(kpi: Kpi, here: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if (kpi.kenmerk is None) == (kpi.teller is None or kpi.noemer is None):
        yield here, "geef bij kwaliteit één kenmerk, of een teller en een noemer."
    if kpi.richting is None:
        yield here, "geef bij kwaliteit een richting: hoger of lager."
    if kpi.filter:
        yield (*here, "filter"), "kwaliteit kent geen filter."
    if kpi.soort == "aandeel" and kpi.norm is not None and not 0 <= kpi.norm <= 1:
        yield (*here, "norm"), "een aandeel heeft een norm van 0 tot 1. Schrijf 0.80 voor 80 %."


def _overlap(one: Kpi, other: Kpi) -> bool:
    """A newer entry ends the older one by itself; only an equal begin, or a later given end, makes two at once."""
    first, second = sorted((one, other), key=lambda kpi: str(kpi.geldig_van or "0000"))
    if first.geldig_van == second.geldig_van:
        return True
    return first.geldig_tot is not None and second.geldig_van is not None and first.geldig_tot >= second.geldig_van
