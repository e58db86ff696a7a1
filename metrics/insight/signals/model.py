"""A declaration of a signal, and reading all of them: every mistake is told at once, with file and line."""

import string
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from data import yaml_regels
from data.fouten import Gebruiksfout
from metrics.catalogue import catalogue
from metrics.insight import suppliers
from metrics.insight.xmr import FEWEST

OWN = Path(__file__).parent / "declaraties"
Kind = Literal[
    "norm", "verwachting", "trend", "kwartaal", "aantal", "bedrag", "budget", "prognose", "landelijk", "trechter",
    "formatie", "ontbreekt",
]  # fmt: skip
# what each kind of condition needs to be told, and the kinds of figures that it is about
_NEEDS: dict[str, tuple[str, ...]] = {"norm": ("norm",), "bedrag": ("norm",), "aantal": ("norm",)}
_ABOUT: dict[str, tuple[str, ...]] = {
    "norm": ("aandeel", "gemiddelde", "verhouding", "incidentie"),
    "verwachting": ("aandeel",),
    "trend": ("aandeel", "aantal"),
    "kwartaal": ("aantal", "aandeel", "gemiddelde", "verhouding", "bedrag"),
    "aantal": ("aantal", "aandeel"),
    "bedrag": ("bedrag",),
    "budget": ("bedrag",),
    "prognose": ("aantal",),
    "landelijk": ("aandeel",),
    "trechter": ("aandeel",),
    "formatie": ("verhouding",),
    "ontbreekt": ("aantal", "aandeel", "gemiddelde", "verhouding", "bedrag"),
}
# what a sentence may name; `over` are the values of the row's dimensions
PLACES = ("over", "stand", "mensen", "norm", "grenzen", "vorige", "verwacht", "jaar", "periode", "deel_jaar")


class Condition(BaseModel):
    """When it is a signal. `norm`: a limit of the monitor (a share 0-1, a mean, euros, a number); `verschil`: from
    which difference (0-1) a change that may be chance is worth a word; `min_n`: under it nothing is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    soort: Kind
    kant: Literal["onder", "boven", "beide"] = "beide"
    norm: float | None = None
    verschil: float = Field(default=0.10, ge=0, le=1)
    min_n: int = Field(default=10, ge=1)
    marge: float = Field(default=0.10, ge=0, le=1)
    telt: Literal["aantal", "gemist"] = "aantal"
    van: dict[str, tuple[str, ...]] | None = None


class Declaration(BaseModel):
    """One signal. `zin` says what is seen, `reden` how that shows, both with places such as {stand} to be filled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    titel: str
    niveau: Literal["belangrijk", "let op", "ter informatie"]
    gevolg: Literal["vervroegde evaluatie", "bijstellen", "gesprek met aanbieder", "gegevens herstellen"]
    cijfer: str
    filter: dict[str, tuple[str | int, ...]] = {}
    per: tuple[str, ...] = ()
    venster: Literal["alles", "jaar", "kwartaal", "kalenderjaar", "vorig jaar"] = "jaar"
    voorwaarde: Condition
    zin: str
    reden: str
    advies: str
    bron: str


def read_signals(folder: Path | None = None) -> dict[str, Declaration]:
    """The declarations by id: those of the product, with those of a folder in their place or added.

    Raises Gebruiksfout with a sentence per mistake.
    """
    return _read(folder) if folder is None else dict(_read(None)) | _read(folder)


@lru_cache(maxsize=8)
def _read(folder: Path | None) -> dict[str, Declaration]:
    mistakes: yaml_regels.Mistakes = []
    found: dict[str, Declaration] = {}
    for path in sorted((folder or OWN).glob("*.y*ml")):
        one, lines = yaml_regels.lees(path, Declaration, mistakes)
        if one is None:
            continue
        for place, text in _mistakes(one, path.stem):
            mistakes.append((path.name, yaml_regels.regel(lines, place), text))
        found[one.id] = one
    if mistakes:
        raise Gebruiksfout(yaml_regels.vertel(mistakes))
    return found


def _mistakes(one: Declaration, stem: str) -> list[tuple[tuple[Any, ...], str]]:
    """(place, what is wrong) of everything that the form alone does not tell."""
    found: list[tuple[tuple[Any, ...], str]] = []
    kind = one.voorwaarde.soort
    if one.id != stem:
        found.append((("id",), f"het signaal heet {one.id}, maar het bestand {stem}. Geef ze dezelfde naam."))
    for field in ("zin", "reden"):
        found += [((field,), text) for text in _places(getattr(one, field))]
    for name in _NEEDS.get(kind, ()):
        if getattr(one.voorwaarde, name) is None:
            found.append((("voorwaarde",), f"bij soort {kind} hoort {name}."))
    definition = catalogue().get(one.cijfer)
    if definition is None:
        return [*found, (("cijfer",), f"het cijfer {one.cijfer} bestaat niet.")]
    if definition.soort not in _ABOUT[kind]:
        text = f"de voorwaarde {kind} past niet bij {one.cijfer}: dat is een {definition.soort}."
        found.append((("voorwaarde", "soort"), text))
    if kind == "norm" and definition.soort in ("aandeel", "incidentie") and not 0 <= (one.voorwaarde.norm or 0) <= 1:
        found.append((("voorwaarde", "norm"), "de norm van een aandeel ligt tussen 0 en 1, bijvoorbeeld 0.80."))
    if kind == "kwartaal" and "kwartaal" not in definition.mogelijk:
        found.append((("cijfer",), f"{one.cijfer} is niet per kwartaal bekend ({FEWEST} kwartalen zijn nodig)."))
    if kind == "verwachting" and not definition.verdeling:
        found.append((("cijfer",), f"{one.cijfer} heeft geen verwachting om mee te vergelijken."))
    if kind == "trechter" and not suppliers.comparable(one.cijfer):
        found.append((("cijfer",), f"{one.cijfer} kan niet per contract worden vergeleken."))
    for name in one.filter:
        if name not in definition.filterbaar:
            possible = ", ".join(definition.filterbaar)
            found.append((("filter", name), f"{one.cijfer} kent het filter {name} niet. Wel: {possible}."))
    for name in one.per:
        if name not in definition.mogelijk:
            possible = ", ".join(definition.mogelijk)
            found.append((("per",), f"{one.cijfer} kan niet per {name} worden gesplitst. Wel: {possible}."))
    return found


def _places(text: str) -> list[str]:
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return ["de accolades in deze zin kloppen niet."]
    known = ", ".join(f"{{{place}}}" for place in PLACES)
    return [f"{{{name}}} kennen wij niet. Kies uit: {known}." for name in names if name not in PLACES]
