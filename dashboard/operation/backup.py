"""A backup of a work folder in one file, and putting it back.

The file is a ZIP with a list of contents (`inhoud.json`): of every file its size and SHA-256. Everything in the work
folder goes in but what can be made again (the cache) and what lasts only a moment. The key never goes in: key and data
together are plain BSNs. A database is copied as it stands at one moment, while others may write.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

import etl
from data import VERSIE, instellingen, schijf
from data.fouten import Gebruiksfout

LIST = "inhoud.json"
FORM = 1
_BLOCK = 1 << 20
_PASSING = ("fout.log",)
_DELIVERY = (".csv", ".xlsx", ".xlsm", ".xls")
_KEY_VARIABLE = "INBURGERING_SLEUTEL"
Tell = Callable[[str, float], None]


@dataclass
class Contents:
    """What a backup holds, and what was left out and why."""

    bestanden: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    weggelaten: list[str] = field(default_factory=list)


def make(werkmap: Path, target: Path, *, cache: bool = False, tell: Tell = lambda step, part: None) -> Contents:
    """Write a backup; it is read again and compared before it takes its name. Raises Gebruiksfout when it can't be."""
    werkmap = Path(werkmap)
    if not werkmap.is_dir() or not any(werkmap.iterdir()):
        raise Gebruiksfout(f"De werkmap {werkmap} bestaat niet of is leeg; er is niets om te bewaren.")
    if target.suffix.lower() != ".zip":
        raise Gebruiksfout("Een reservekopie is één bestand: laat de naam bij --uit eindigen op .zip.")
    if target.resolve().is_relative_to(werkmap.resolve()):
        raise Gebruiksfout("Zet de reservekopie buiten de werkmap; anders gaan ze samen verloren.")
    store = etl.Store(werkmap)
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    with schijf.begrepen(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with store.lock(tell) if os.access(werkmap, os.W_OK) else nullcontext():
                found = _write(store, temporary, cache=cache, tell=tell)
            tell("De reservekopie nalezen", 0.8)
            with _opened(temporary) as (archive, facts):
                for name, one in facts["bestanden"].items():
                    with archive.open(name) as handle:
                        _same(name, one, _copy(handle, None))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    tell("Klaar", 1.0)
    return found


def _write(store: etl.Store, target: Path, *, cache: bool, tell: Tell) -> Contents:
    found = Contents()
    secrets = _secrets()
    names = list(_files(store, found, cache=cache))
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(descriptor, "wb") as handle,
        zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for place, path in enumerate(names):
            name = path.relative_to(store.werkmap).as_posix()
            tell("De werkmap bewaren", 0.7 * place / len(names))
            with _steady(path) as source, archive.open(name, "w", force_zip64=True) as entry:
                size, digest = _copy(source, entry, secrets)
            found.bestanden[name] = {"grootte": size, "sha256": digest, "tijd": path.stat().st_mtime_ns}
        info = etl.key_info(store)
        found.facts = {
            "vorm": FORM, "programma": VERSIE, "gemaakt": datetime.now(UTC).isoformat(timespec="seconds"),
            "momentopname": store.current_id(), "sleutelafdruk": info.werkmap_afdruk,
        }  # fmt: skip
        archive.writestr(LIST, json.dumps({**found.facts, "bestanden": found.bestanden}, ensure_ascii=False, indent=1))
    return found


def _files(store: etl.Store, found: Contents, *, cache: bool) -> Iterator[Path]:
    """Every file that goes along; what does not and matters is named in `weggelaten`."""
    for path in sorted(store.werkmap.rglob("*")):
        name = path.relative_to(store.werkmap)
        if path.is_symlink() or not path.is_file():
            continue
        hidden = any(part.startswith(".") for part in name.parts) and name.parts[0] != "audit"
        if hidden or name.name in (*_PASSING, ".slot") or name.name.endswith(("-journal", "-wal", "-shm")):
            continue
        if name.parts[0] == "cache" and not cache and not name.name.startswith("momentopname-"):
            continue
        if name.parts[0] == "momentopnamen" and path.suffix == ".duckdb" and not store.intact(path.stem):
            found.weggelaten.append(f"de momentopname {path.stem}: die is beschadigd")
            continue
        if path.suffix.lower() in _DELIVERY and name.parts[0] != "rapporten":
            found.weggelaten.append(f"{etl.mask(name.as_posix())}: een levering hoort niet in de werkmap")
            continue
        yield path
    if os.environ.get("INBURGERING_LOGBOEK"):
        found.weggelaten.append("het logboek van gesprekken: dat ligt in een eigen database; bewaar die apart")


def _secrets() -> list[bytes]:
    """What may never stand in a backup: the keys, as letters and as bytes, and what logs this program in."""
    texts = [os.environ.get(_KEY_VARIABLE, "")]
    for path in etl.key_file().parent.glob("sleutel*"):
        texts.append(path.read_text(encoding="ascii", errors="ignore"))
    chosen = instellingen.van_proces().inloggen
    plain = [chosen.client_secret.get_secret_value(), chosen.sessiesleutel.get_secret_value()]
    found = [text.strip().encode() for text in (*texts, *plain) if len(text.strip()) >= 16]
    for text in texts:
        try:
            found += [raw for raw in [bytes.fromhex(text.strip())] if raw]
        except ValueError:
            continue
    return [*found, *(one.upper() for one in found)]


@contextmanager
def _steady(path: Path) -> Iterator[IO[bytes]]:
    """A file as it stands at one moment: of a database a copy that is whole, while another may write in it."""
    if path.suffix != ".sqlite":
        with path.open("rb") as handle:
            yield handle
        return
    with tempfile.TemporaryDirectory(prefix="inburgering-") as folder:
        copy = Path(folder) / path.name
        try:
            there = sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)
            with closing(there) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.Error:
            raise Gebruiksfout(
                f"{path.name} is niet te lezen. Er is geen reservekopie gemaakt. Kijk of een eerdere nog goed is."
            ) from None
        with copy.open("rb") as handle:
            yield handle


def _copy(source: IO[bytes], target: IO[bytes] | None, secrets: list[bytes] | None = None) -> tuple[int, str]:
    """Size and SHA-256 of what was copied. Raises Gebruiksfout as soon as a secret is in it."""
    found, size, before = hashlib.sha256(), 0, b""
    longest = max(map(len, secrets or ()), default=0)
    while block := source.read(_BLOCK):
        if secrets:
            window = before + block
            if any(one in window for one in secrets):
                raise Gebruiksfout(
                    "In de werkmap staat een sleutel of geheim. Wie sleutel en gegevens samen heeft, kan personen "
                    "herkennen. Haal dat bestand eerst weg; er is geen reservekopie gemaakt."
                )
            before = window[-longest:]
        found.update(block)
        size += len(block)
        if target is not None:
            target.write(block)
    return size, found.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """A backup and its list. Raises Gebruiksfout when it is none, is damaged, or holds what no backup of ours holds."""
    broken = Gebruiksfout(f"{path.name} is geen reservekopie van de Inburgeringsmonitor, of is beschadigd.")
    try:
        with zipfile.ZipFile(path) as archive:
            facts = json.loads(archive.read(LIST))
            if facts["vorm"] > FORM:
                raise Gebruiksfout("Deze reservekopie is van een nieuwer programma. Werk dit programma eerst bij.")
            if sorted([*facts["bestanden"], LIST]) != sorted(archive.namelist()):
                raise broken
            for name, one in facts["bestanden"].items():
                parts = PurePosixPath(name).parts
                if not parts or name.startswith("/") or "\\" in name or ".." in parts or ":" in name:
                    raise broken
                if archive.getinfo(name).file_size != one["grootte"]:
                    raise broken
            yield archive, facts
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError, RuntimeError):
        raise broken from None
    except OSError as fault:
        raise (schijf.vertaal(fault, path.parent) or broken) from None
    except Exception as fault:
        if type(fault).__module__ == "zlib":
            raise broken from None
        raise


def _same(name: str, expected: dict[str, Any], copied: tuple[int, str]) -> None:
    if copied != (expected["grootte"], expected["sha256"]):
        raise Gebruiksfout(f"In de reservekopie is {name} beschadigd. Er is niets veranderd.")


def restore(
    source: Path, werkmap: Path, *, replace: bool = False, tell: Tell = lambda step, part: None
) -> dict[str, Any]:
    """Put a backup back as the work folder; gives the facts of its list. All of it is checked before anything changes.

    A work folder that is there is only set aside with `replace`, under another name beside it. Raises Gebruiksfout.
    """
    werkmap = Path(werkmap)
    if not source.is_file():
        raise Gebruiksfout(f"Het bestand {source} bestaat niet.")
    there = werkmap.exists() and (not werkmap.is_dir() or any(werkmap.iterdir()))
    if there and not replace:
        raise Gebruiksfout(
            f"In de werkmap {werkmap} staat al iets. Kies een lege map met --werkmap, of geef --vervang: dan wordt de "
            "huidige werkmap opzij gezet en blijft zij bewaard."
        )
    parent = werkmap.absolute().parent
    with schijf.begrepen(parent):
        parent.mkdir(parents=True, exist_ok=True)
        for leftover in parent.glob(f".{werkmap.name}-herstel-*"):  # of a restore that was cut off
            shutil.rmtree(leftover, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{werkmap.name}-herstel-", dir=parent))
        try:
            with _opened(source) as (archive, facts):
                room = shutil.disk_usage(parent).free
                if sum(one["grootte"] for one in facts["bestanden"].values()) > room:
                    raise OSError(28, "No space left on device")
                for place, (name, one) in enumerate(facts["bestanden"].items()):
                    tell("De werkmap terugzetten", 0.9 * place / len(facts["bestanden"]))
                    target = fresh / name
                    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                    with archive.open(name) as entry, target.open("xb") as handle:
                        _same(name, one, _copy(entry, handle))
                        handle.flush()
                        os.fsync(handle.fileno())
                    target.chmod(0o600 if target.parent.name == "audit" else 0o644)
                    moment = int(one["tijd"])
                    os.utime(target, ns=(moment, moment))  # the term of a momentopname counts from its moment
            aside = _set_aside(werkmap) if there else None
            if werkmap.exists() and not there:
                werkmap.rmdir()
            fresh.replace(werkmap)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    tell("Klaar", 1.0)
    return {**facts, "opzij": str(aside) if aside else None}


def _set_aside(werkmap: Path) -> Path:
    """Move a work folder away while nobody loads; it keeps everything."""
    aside = werkmap.with_name(f"{werkmap.name}.voor-herstel-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    with etl.Store(werkmap).lock():
        werkmap.rename(aside)
    return aside
