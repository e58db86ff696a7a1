"""Reading agreements. All mistakes of all files are told at once, with file and line."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from contracts.checks import mistakes_in
from contracts.model import Agreement
from data.fouten import Gebruiksfout
from data.yaml_regels import Mistakes, lees, regel, vertel
from etl import ContractTerm

_DEMO = Path(__file__).parent / "agreements"


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
                one.looptijd.einde,
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
        for location, sentence in mistakes_in(agreement):
            mistakes.append((path.name, regel(lines, location), sentence))
    return agreement
