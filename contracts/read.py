"""Reading agreements. All mistakes of all files are told at once, with file and line."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from contracts.checks import mistakes_in
from contracts.mend import readable
from contracts.model import UNKNOWN, Agreement
from data.fouten import Gebruiksfout
from data.yaml_regels import Mistakes, ontleed, regel, vertel, verteld
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
    first: dict[str, str] = {}
    for path in paths:
        agreement = _read(path, mistakes)
        if agreement is None or agreement.id == UNKNOWN:
            continue
        if agreement.id in found:
            mistakes.append((path.name, 1, f"het contract {agreement.id} staat ook in {first[agreement.id]}."))
        first.setdefault(agreement.id, path.name)
        found[agreement.id] = agreement
    if mistakes:
        raise Gebruiksfout(vertel(mistakes))
    return Agreements(found)


def _read(path: Path, mistakes: Mistakes) -> Agreement | None:
    """One agreement. With mistakes in its form, what can still be read is checked as well: all is told at once."""
    raw, lines = ontleed(path, mistakes)
    if raw is None:
        return None
    try:
        agreement: Agreement | None = Agreement.model_validate(raw)
    except ValidationError as fault:
        mistakes += [(path.name, line, text) for line, text in verteld(fault, lines)]
        agreement = readable(raw)
    if agreement is not None:
        for location, sentence in mistakes_in(agreement):
            mistakes.append((path.name, regel(lines, location), sentence))
    return agreement
