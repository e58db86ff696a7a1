"""Cache: the checked and pseudonymised frames of a delivery, as Parquet under the hash of all that shaped them."""

import hashlib
import json
import os
import re
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from etl import codes, layout, own_words
from etl.check import CHECK_VERSION, FAULT, FEATURES, check, kinds, parse_date
from etl.codes import FileRefused
from etl.csv_file import look_over
from etl.files import REPORT, Delivery
from etl.intact import Seen, same, stamp
from etl.mask import mask
from etl.own_layout import Own
from etl.pseudonymise import Key, file_hash, in_letters
from etl.read import Part, Raw, Work, read, read_csv
from etl.read_own import read_own
from etl.safe import open_file, read_file

_CHANGED = "Het bestand veranderde tijdens het lezen. Probeer het opnieuw."
WORKERS = 2  # one piece is parsed while another is written; more threads only take memory
_ROOM = threading.BoundedSemaphore(WORKERS)  # also when two files are read at once


@dataclass
class CheckedPart:
    """The rows of one table of a delivery, on disk: in `fouten` those with a fault of their own, else in `paths`."""

    tabel: str
    blad: str | None
    paths: list[Path] = field(default_factory=list)
    fouten: list[Path] = field(default_factory=list)
    rijen: int = 0
    geweigerd: int = 0
    koppen: dict[str, str] = field(default_factory=dict)
    keuzes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """Every file of this part."""
        return [*self.paths, *self.fouten]


@dataclass
class Checked:
    """What is known of a delivery after reading and checking. `reden` is set when the file was refused as a whole."""

    soort: str | None
    hash: str
    reden: str | None = None
    melding: str | None = None
    parts: list[CheckedPart] = field(default_factory=list)
    onbekend: list[str] = field(default_factory=list)
    contract: str | None = None
    kwartaal: str | None = None
    datum: date | None = None
    toelichting: list[tuple[int, str]] = field(default_factory=list)
    indeling: str | None = None
    indeling_hash: str | None = None


def checked(
    delivery: Delivery, folder: Path, key: Key, reference_hash: str, own: Own | None = None, seen: Seen | None = None
) -> Checked:
    """The delivery, read and checked, perhaps in a layout of its own; from the folder when it is known there."""
    try:
        handle = open_file(delivery.path, whole=own is not None)
    except FileRefused as refused:
        return Checked(delivery.soort, file_hash(b""), refused.code, refused.melding)
    with handle:
        return _checked(delivery, handle, folder, key, reference_hash, own, seen or Seen())


def _checked(
    delivery: Delivery, handle: BinaryIO, folder: Path, key: Key, reference_hash: str, own: Own | None, seen: Seen
) -> Checked:
    in_pieces = own is None and delivery.path.suffix.lower() == ".csv"
    content = overview = None
    status = os.fstat(handle.fileno())
    digest = seen.hash_of(status)
    if digest is None:
        try:
            if in_pieces:
                overview = look_over(handle)
                digest = in_letters(overview.hash)
            else:
                content = read_file(handle)
                digest = file_hash(content)
        except FileRefused as refused:
            return Checked(delivery.soort, file_hash(b""), refused.code, refused.melding)
        seen.note(status, os.fstat(handle.fileno()), digest)
    shape = "|".join(
        [digest, str(delivery.soort), str(delivery.contract), str(delivery.kwartaal), delivery.path.suffix.lower(),
         layout.version(), str(CHECK_VERSION), key.fingerprint, reference_hash,
         *([own.hash, delivery.path.name] if own else [])]
    )  # fmt: skip
    named: dict[str, Any] = {"indeling": own.layout.naam, "indeling_hash": own.hash} if own else {}
    name = in_letters(hashlib.sha256(shape.encode()).hexdigest()[:32])
    if (found := _from_disk(folder, name)) is not None:
        return found
    try:
        if in_pieces:
            raw = read_csv(delivery, handle, overview)
        else:
            if content is None:
                content = read_file(handle)
                if file_hash(content) != digest:
                    raise FileRefused(codes.UNREADABLE, _CHANGED)
            raw = read_own(delivery, content, own.layout) if own else read(delivery, content)
        del content
        front = _front(delivery, raw, own) if raw.soort == REPORT else {}
        result = Checked(raw.soort, digest, toelichting=raw.toelichting, **named, **front)
        for number, part in enumerate(raw.parts):
            done = _write_part(part, folder / f"{name}-{number}", key)
            if own:
                done.blad = own_words.marked(number, part.blad)
            result.parts.append(done)
            result.onbekend += part.onbekend
            if part.tabel == "rapportage.kwaliteit":
                result.onbekend += _unknown_features(done)
        if raw.digest is not None and in_letters(raw.digest()) != digest:
            raise FileRefused(codes.UNREADABLE, _CHANGED)
    except FileRefused as refused:
        return Checked(delivery.soort, digest, refused.code, refused.melding, **named)
    _remember(result, folder / f"{name}.json")
    return result


def _write_part(part: Part, stem: Path, key: Key) -> CheckedPart:
    """Check a part piece by piece, in two threads, and write each piece to a file of its own."""
    done = CheckedPart(part.tabel, part.blad, koppen=part.koppen, keuzes=part.keuzes)

    def work(job: Work, path: Path) -> tuple[Path, int, int]:
        with _ROOM:
            sound, wrong = check(part.tabel, job(kinds(part.tabel, key)), key)
            if wrong.height:
                _write(wrong, path.with_suffix(".fout.parquet"))
            if sound.height:
                _write(sound.drop(FAULT), path)
        return path, sound.height, wrong.height

    def collect(piece: tuple[Path, int, int]) -> None:
        path, right, wrong = piece
        done.paths += [path] if right else []
        done.fouten += [path.with_suffix(".fout.parquet")] if wrong else []
        done.rijen += right + wrong
        done.geweigerd += wrong

    with ThreadPoolExecutor(WORKERS) as pool:
        running: deque[Future[tuple[Path, int, int]]] = deque()
        try:
            for number, job in enumerate(part.jobs()):
                path = stem.with_name(f"{stem.name}-{number}.parquet")
                if part.pieces is None:
                    collect(work(job, path))
                    continue
                while len(running) > WORKERS:
                    collect(running.popleft().result())
                running.append(pool.submit(work, job, path))
            while running:
                collect(running.popleft().result())
        finally:
            for future in running:
                future.cancel()
    return done


def _unknown_features(part: CheckedPart) -> list[str]:
    if not part.paths:
        return []
    known = pl.read_parquet(part.paths, columns=["kenmerk"])["kenmerk"].drop_nulls().unique(maintain_order=True)
    return [f"kenmerk {name}" for name in known if name not in FEATURES]


def _front(delivery: Delivery, raw: Raw, own: Own | None) -> dict:
    """Contract, kwartaal and Datum of the Voorblad; they must be there and agree with the file's name."""
    for label in ("contract", "kwartaal", "datum"):
        if not raw.voorblad.get(label):
            where = f"In de cel die de indeling noemt, staat geen {label}." if own else ""
            raise FileRefused(codes.NO_COLUMN, where or f"Op het Voorblad is {label.capitalize()} niet ingevuld.")
    contract, kwartaal = mask(raw.voorblad["contract"].lower()), raw.voorblad["kwartaal"].upper()
    if own and not re.fullmatch(r"(19|20)[0-9]{2}-K[1-4]", kwartaal):
        raise FileRefused(
            codes.UNREADABLE, "Het kwartaal is niet te lezen. Noem in de indeling, bij waarden, wat het betekent."
        )
    named = delivery.contract is not None or own is None
    if named and (contract != delivery.contract or kwartaal != delivery.kwartaal):
        raise FileRefused(
            codes.UNREADABLE, "Contract of Kwartaal op het Voorblad is anders dan in de naam van het bestand."
        )
    day = parse_date(raw.voorblad["datum"])
    if day is None:
        raise FileRefused(codes.UNREADABLE, "De datum van de rapportage is geen datum zoals 31-03-2024.")
    return {"contract": contract, "kwartaal": kwartaal, "datum": day}


def _write(frame: pl.DataFrame, path: Path) -> None:
    temporary = _beside(path)
    frame.write_parquet(temporary, compression="lz4", statistics=False)
    temporary.replace(path)


def _beside(path: Path) -> Path:
    """Where a file is written until it is whole: two files of one content are read at once, each in its own thread."""
    return path.with_name(f".{path.name}-{os.getpid()}-{threading.get_ident()}")


def _remember(result: Checked, path: Path) -> None:
    facts = asdict(result)
    facts["datum"] = result.datum.isoformat() if result.datum else None
    facts["parts"] = [
        vars(part) | {name: [[path.name, stamp(path)] for path in getattr(part, name)] for name in ("paths", "fouten")}
        for part in result.parts
    ]
    temporary = _beside(path)
    temporary.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    temporary.replace(path)


def _from_disk(folder: Path, name: str) -> Checked | None:
    try:
        facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        parts = []
        for part in facts.pop("parts"):
            for kind in ("paths", "fouten"):
                if not all(same(folder / file, written) for file, written in part[kind]):
                    return None
                part[kind] = [folder / file for file, _ in part[kind]]
            parts.append(CheckedPart(**part))
        facts["datum"] = date.fromisoformat(facts["datum"]) if facts["datum"] else None
        facts["toelichting"] = [(row, text) for row, text in facts["toelichting"]]
        return Checked(parts=parts, **facts)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # not there, or damaged: read the delivery again
