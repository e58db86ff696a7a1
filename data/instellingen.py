"""The settings of a work folder: limits on what is read, how long things are kept, logging in, the server, the logs.

A setting comes from the environment (INBURGERING_LIMIET_BESTAND_MB), else from `instellingen.yaml` in the work folder,
else it is the usual value. A secret comes from the environment only, or from a file that the environment names.
One model: the command `instellingen`, the table in docs/beheer.md and the JSON Schema follow it.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, SecretStr, ValidationError

from data import yaml_regels
from data.fouten import Gebruiksfout

BESTAND = "instellingen.yaml"
_VOORVOEGSEL = "INBURGERING_"
_UIT_BESTAND = "_BESTAND"
Rol = Literal["beleid", "contract", "beheer", "lezer"]
_LOKAAL = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/|$)")


def _adres(text: Any) -> Any:
    """An address on the web: encrypted, except on this computer."""
    if isinstance(text, str) and text and not text.startswith("https://") and not _LOKAAL.match(text):
        raise ValueError("dit is geen adres dat begint met https://.")
    return text.rstrip("/") if isinstance(text, str) else text


def _rij(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Adres = Annotated[str, BeforeValidator(_adres)]
_Gemeente = Annotated[str, Field(pattern=r"^(\d{4}|alle)$")]
_Rij = Annotated[tuple[_Gemeente, ...], BeforeValidator(_rij)]
_Geheim = Annotated[SecretStr, Field(json_schema_extra={"geheim": True})]


class _ZoalsGeschreven(RootModel[dict[str, Any]]):
    """What the file says, before anything is judged."""


class _Groep(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limiet(_Groep):
    """What a delivery may cost: beyond these a file is refused, and the others load."""

    bestand_mb: int = Field(default=4000, ge=1, description="grootste CSV dat wordt gelezen, in MB")
    werkboek_mb: int = Field(
        default=200, ge=1, description="grootste werkboek (XLSX), ingepakt, of CSV met een eigen indeling, in MB"
    )
    uitgepakt_mb: int = Field(default=1000, ge=1, description="grootste werkboek, uitgepakt, in MB")
    verhouding: int = Field(
        default=400, ge=10, description="hoeveel keer groter een deel van een werkboek uitgepakt mag zijn"
    )
    delen: int = Field(default=5000, ge=10, description="hoeveel delen (bladen, plaatjes) een werkboek mag hebben")
    kolommen: int = Field(default=2000, ge=10, description="hoeveel kolommen een blad of CSV mag hebben")
    cellen: int = Field(
        default=50_000_000, ge=1000, description="hoeveel cellen een blad mag hebben, lege ertussen meegeteld"
    )
    tekens: int = Field(default=100_000, ge=1000, description="hoeveel tekens een cel van een werkboek mag hebben")
    regel_mb: int = Field(default=1, ge=1, description="langste regel van een CSV, in MB")
    geheugen_mb: int = Field(default=3000, ge=256, description="geheugen voor het lezen van één werkboek, in MB")
    seconden: int = Field(default=300, ge=1, description="tijd voor het lezen van één werkboek")
    wachten: int = Field(default=60, ge=0, description="hoeveel seconden een opdracht wacht als een andere bezig is")


class Bewaar(_Groep):
    """How long things are kept in the work folder."""

    momentopnamen: int = Field(default=12, ge=1, description="hoeveel momentopnamen blijven staan")
    maanden: int = Field(default=60, ge=1, description="na hoeveel maanden oude momentopnamen en rapporten weg mogen")
    logboek_dagen: int = Field(default=90, ge=1, description="na hoeveel dagen het foutenlogboek weg mag")
    audit_maanden: int = Field(
        default=24, ge=6, description="na hoeveel maanden oude delen van het auditlogboek weg mogen"
    )


class Inloggen(_Groep):
    """OpenID Connect: who gives out the identity, and what its claims mean here. Without `uitgever`: no login."""

    uitgever: _Adres = Field(default="", description="adres van de inlogdienst (issuer); leeg: niet inloggen")
    client_id: str = Field(default="", description="naam van dit programma bij de inlogdienst")
    client_secret: _Geheim = Field(default=SecretStr(""), description="geheim van dit programma bij de inlogdienst")
    sessiesleutel: _Geheim = Field(
        default=SecretStr(""), description="ondertekent de sessies; leeg: een nieuwe bij elke start"
    )
    adres: _Adres = Field(default="", description="adres waarop mensen het dashboard openen")
    claim_rol: str = Field(default="roles", min_length=1, description="claim met rollen of groepen")
    claim_gemeente: str = Field(default="gemeenten", min_length=1, description="claim met gemeenten")
    claim_naam: str = Field(
        default="preferred_username", min_length=1, description="claim met de naam die in het auditlogboek komt"
    )
    rollen: dict[str, Rol] = Field(
        default_factory=dict, description="waarde van de claim: beleid, contract, beheer of lezer"
    )
    gemeenten: dict[str, _Rij] = Field(default_factory=dict, description="waarde van de claim: gemeentecodes, of alle")
    sessie_uren: int = Field(default=8, ge=1, le=24, description="na hoeveel uur iemand opnieuw moet inloggen")
    proxy: int = Field(
        default=0, ge=0, le=3, description="hoeveel proxy's ervoor staan waarvan de X-Forwarded-koppen tellen"
    )

    @property
    def aan(self) -> bool:
        """Whether people must log in."""
        return bool(self.uitgever)

    def samenhang(self) -> Iterator[str]:
        """What is right by itself and wrong together."""
        for name in ("client_id", "adres") if self.aan else ():
            if not getattr(self, name):
                variable = omgevingsnaam("inloggen", name)
                yield f"Bij inloggen.uitgever hoort ook inloggen.{name}. Vul die in (of {variable})."
        if 0 < len(self.sessiesleutel.get_secret_value()) < 32:
            yield "De sessiesleutel (inloggen.sessiesleutel) is te kort. Neem minstens 32 willekeurige tekens."


class Server(_Groep):
    """The web server. Any address but this computer's own asks for logging in."""

    adres: str = Field(default="127.0.0.1", min_length=1, description="adres waarop het dashboard luistert")
    draden: int = Field(default=8, ge=1, le=64, description="hoeveel verzoeken tegelijk worden beantwoord")
    stoptijd: int = Field(default=30, ge=0, le=600, description="hoeveel seconden stoppen op lopende verzoeken wacht")
    max_upload_mb: int = Field(default=25, ge=1, le=500, description="grootste bestand dat in het dashboard mag, in MB")


class Log(_Groep):
    """The operator's log, on stderr."""

    vorm: Literal["tekst", "json"] = Field(default="tekst", description="tekst om te lezen, of json voor een logserver")
    niveau: Literal["info", "waarschuwing", "fout"] = Field(default="info", description="vanaf welk niveau")


class Instellingen(_Groep):
    """All settings of a work folder."""

    limiet: Limiet = Limiet()
    bewaar: Bewaar = Bewaar()
    inloggen: Inloggen = Inloggen()
    server: Server = Server()
    log: Log = Log()


@dataclass(frozen=True)
class Regel:
    """One setting in force: its value as a person may see it, and where that comes from."""

    groep: str
    naam: str
    waarde: Any
    herkomst: str
    betekenis: str


def regels() -> Iterator[tuple[str, str, Any, str]]:
    """Every setting: its group, name, usual value (as a person may see it) and what it means."""
    for groep, naam, field in _velden():
        yield groep, naam, zichtbaar(field.get_default(call_default_factory=True)), field.description or ""


def _velden() -> Iterator[tuple[str, str, Any]]:
    for groep, veld in Instellingen.model_fields.items():
        assert isinstance(veld.default, BaseModel)
        for naam, keuze in type(veld.default).model_fields.items():
            yield groep, naam, keuze


def zichtbaar(value: Any) -> Any:
    """A value as it may be shown: of a secret only whether it is there."""
    if isinstance(value, SecretStr):
        return "ingesteld" if value.get_secret_value() else "niet ingesteld"
    if isinstance(value, dict):
        return {key: zichtbaar(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


def omgevingsnaam(groep: str, naam: str) -> str:
    """The variable that overrides a setting."""
    return f"{_VOORVOEGSEL}{groep}_{naam}".upper()


def lees(werkmap: Path | None) -> Instellingen:
    """The settings in force. Raises Gebruiksfout with every mistake at once."""
    return _lees(werkmap)[0]


def van_kracht(werkmap: Path | None) -> list[Regel]:
    """Every setting in force, secrets masked, with where it comes from. Raises Gebruiksfout as `lees` does."""
    chosen, places = _lees(werkmap)
    return [
        Regel(
            groep, naam, zichtbaar(getattr(getattr(chosen, groep), naam)),
            places.get((groep, naam), "gewoon"), field.description or "",
        )
        for groep, naam, field in _velden()
    ]  # fmt: skip


def _lees(werkmap: Path | None) -> tuple[Instellingen, dict[tuple[str, str], str]]:
    mistakes: yaml_regels.Mistakes = []
    places: dict[tuple[str, str], str] = {}
    facts: dict[str, dict[str, Any]] = {groep: {} for groep in Instellingen.model_fields}
    path = werkmap / BESTAND if werkmap is not None else None
    if path is not None and path.is_file():
        _uit_bestand(path, facts, places, mistakes)
    told = yaml_regels.vertel(mistakes)
    told += _uit_omgeving(facts, places)
    if told:
        raise Gebruiksfout(told)
    chosen = Instellingen.model_validate(facts)
    if together := list(chosen.inloggen.samenhang()):
        raise Gebruiksfout(together)
    return chosen, places


def _uit_bestand(
    path: Path, facts: dict[str, dict[str, Any]], places: dict[tuple[str, str], str], mistakes: yaml_regels.Mistakes
) -> None:
    written, lines = yaml_regels.lees(path, _ZoalsGeschreven, mistakes, als_tekst=True)  # 0377 is a code, no number
    found = None
    try:
        if written is not None:
            found = Instellingen.model_validate(written.root)
    except ValidationError as fault:
        mistakes += [(path.name, yaml_regels.regel(lines, one["loc"]), _zin(one)) for one in fault.errors()]
    for groep, naam, field in _velden():
        line = lines.get((groep, naam))
        if line is None:
            continue
        if _is_geheim(field):
            variable = omgevingsnaam(groep, naam)
            text = f"{groep}.{naam} is geheim en hoort niet in de werkmap. Zet het in de omgeving: {variable}."
            mistakes.append((path.name, line, text))
        elif found is not None:
            facts[groep][naam] = getattr(getattr(found, groep), naam)
            places[groep, naam] = f"{BESTAND}, regel {line}"


def _uit_omgeving(facts: dict[str, dict[str, Any]], places: dict[tuple[str, str], str]) -> list[str]:
    """Put what the environment says over what the file says; gives the mistakes."""
    told: list[str] = []
    known = {omgevingsnaam(groep, naam): (groep, naam, field) for groep, naam, field in _velden()}
    secret = {name + _UIT_BESTAND: name for name, (*_, field) in known.items() if _is_geheim(field)}
    groups = tuple(f"{_VOORVOEGSEL}{groep}_".upper() for groep in facts)
    for variable in sorted(os.environ):
        if not variable.startswith(groups):
            continue
        if variable not in known and variable not in secret:
            told.append(f"De instelling {variable} kennen wij niet. Kies uit: {', '.join(sorted(known))}.")
            continue
        groep, naam, field = known[secret.get(variable, variable)]
        try:
            value = _waarde(field, os.environ[variable])
            if variable in secret:
                value = Path(os.environ[variable]).read_text(encoding="utf-8").strip()
            section = type(getattr(Instellingen(), groep)).model_validate({naam: value})
            facts[groep][naam] = getattr(section, naam)
            places[groep, naam] = f"omgeving ({variable})"
        except ValidationError as fault:
            told.append(f"{variable}: {_zin(fault.errors()[0])}")
        except (OSError, UnicodeDecodeError):
            told.append(f"Het bestand dat {variable} noemt, is niet te lezen. Kijk of het bestaat.")
    return told


_ZINNEN = (
    ("extra_forbidden", "kennen wij niet. Is de naam goed gespeld?"),
    ("int", "is geen heel getal. Schrijf bijvoorbeeld 100."),
    ("greater_than_equal", "moet minstens {ge} zijn."),
    ("less_than_equal", "moet hoogstens {le} zijn."),
    ("literal_error", "heeft een onbekende waarde. Kies uit: {expected}."),
    ("value_error", "klopt niet: {error}"),
    ("string_pattern", "is geen gemeentecode van vier cijfers, en niet het woord alle."),
    ("string_too_short", "mag niet leeg zijn."),
    ("dict", "hoort namen met waarden te hebben, zoals naam: waarde."),
    ("model", "hoort namen met waarden te hebben, zoals naam: waarde."),
)


def _zin(fault: Any) -> str:
    """What is wrong with one value; the value itself is never quoted."""
    name = ".".join(str(part) for part in fault["loc"] if isinstance(part, str))
    told = next((text for kind, text in _ZINNEN if fault["type"].startswith(kind)), "heeft een ongeldige waarde.")
    facts = {key: str(one).replace(" or ", " of ") for key, one in fault.get("ctx", {}).items()}
    return f"{name} {told.format_map(facts)}"


def _waarde(field: Any, text: str) -> Any:
    """A text of the environment; of a list or a map its parts, written as YAML or JSON."""
    if get_origin(field.annotation) is not dict:
        return text
    try:
        return yaml.load(text, Loader=yaml.BaseLoader) or {}  # every part stays text
    except yaml.YAMLError:
        return text


def _is_geheim(field: Any) -> bool:
    return field.annotation is SecretStr


def schema() -> dict[str, Any]:
    """The JSON Schema of instellingen.yaml, for editors; without what may not stand in it."""
    made = Instellingen.model_json_schema()
    for groep, naam, field in _velden():
        if _is_geheim(field):
            made["$defs"][groep.capitalize()]["properties"].pop(naam, None)
    for part in (made, *made["$defs"].values()):
        part.pop("description", None)
        for one in (part, *part.get("properties", {}).values()):
            one.pop("title", None)
    for groep, veld in made["properties"].items():
        made["properties"][groep] = {"$ref": veld.get("$ref", veld.get("allOf", [{}])[0].get("$ref"))}
    title = "Instellingen van de Inburgeringsmonitor"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}


def sjabloon() -> str:
    """A file instellingen.yaml with every setting, its meaning and its usual value, all still switched off."""
    lines = ["# Instellingen van deze werkmap. Haal # weg voor een regel, en voor de naam van zijn groep."]
    before = ""
    for groep, naam, field in _velden():
        if groep != before:
            lines += ["", f"#{groep}:"]
            before = groep
        if _is_geheim(field):
            lines.append(f"#  # {naam}: alleen in de omgeving, {omgevingsnaam(groep, naam)}; {field.description}")
            continue
        usual = json.dumps(field.get_default(call_default_factory=True), ensure_ascii=False)
        lines.append(f"#  {naam}: {usual}  # {field.description}")
    return "\n".join(lines) + "\n"


_gekozen: dict[str, Path | None] = {"werkmap": None}


def kies(werkmap: Path | None) -> None:
    """Which work folder's settings count in this process: one process serves one work folder."""
    _gekozen["werkmap"] = werkmap


def gekozen() -> Path | None:
    """The work folder that this process chose."""
    return _gekozen["werkmap"]


def van_proces() -> Instellingen:
    """The settings in force for the work folder of this process."""
    return lees(_gekozen["werkmap"])


def limieten() -> Limiet:
    """The limits in force for the work folder of this process."""
    return van_proces().limiet
