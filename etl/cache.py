"""Cache: the checked and pseudonymised frames of a delivery, as Parquet under the hash of all that shaped them."""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from etl import codes, layout, own_words
from etl.check import CHECK_VERSION, FEATURES, check, parse_date
from etl.codes import FileRefused
from etl.files import REPORT, Delivery
from etl.intact import same, stamp
from etl.mask import mask
from etl.own_layout import Own
from etl.pseudonymise import Key, file_hash, in_letters, pseudonymise
from etl.read import Raw, read
from etl.read_own import read_own
from etl.safe import read_file


@dataclass
class CheckedPart:
    """The rows of one table of a delivery, on disk."""

    tabel: str
    blad: str | None
    path: Path
    rijen: int
    koppen: dict[str, str] = field(default_factory=dict)
    keuzes: dict[str, list[str]] = field(default_factory=dict)


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


def checked(delivery: Delivery, folder: Path, key: Key, reference_hash: str, own: Own | None = None) -> Checked:
    """The delivery, read and checked, perhaps in a layout of its own; from the folder when it is known there."""
    try:
        content = read_file(delivery.path)
    except FileRefused as refused:
        return Checked(delivery.soort, file_hash(b""), refused.code, refused.melding)
    digest = file_hash(content)
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
        raw = read_own(delivery, content, own.layout) if own else read(delivery, content)
        front = _front(delivery, raw, own) if raw.soort == REPORT else {}
    except FileRefused as refused:
        return Checked(delivery.soort, digest, refused.code, refused.melding, **named)
    result = Checked(raw.soort, digest, toelichting=raw.toelichting, **named, **front)
    for number, part in enumerate(raw.parts):
        frame = pseudonymise(part.tabel, check(part), key)
        path = folder / f"{name}-{number}.parquet"
        _write(frame, path)
        blad = own_words.marked(number, part.blad) if own else part.blad
        result.parts.append(CheckedPart(part.tabel, blad, path, frame.height, part.koppen, part.keuzes))
        result.onbekend += part.onbekend
        if part.tabel == "rapportage.kwaliteit":
            result.onbekend += _unknown_features(frame)
    _remember(result, folder / f"{name}.json")
    return result


def _unknown_features(frame: pl.DataFrame) -> list[str]:
    known = frame["kenmerk"].drop_nulls().unique(maintain_order=True)
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
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    frame.write_parquet(temporary, compression="zstd", compression_level=1)
    temporary.replace(path)


def _remember(result: Checked, path: Path) -> None:
    facts = asdict(result)
    facts["datum"] = result.datum.isoformat() if result.datum else None
    facts["parts"] = [
        [part.tabel, part.blad, part.path.name, part.rijen, stamp(part.path), part.koppen, part.keuzes]
        for part in result.parts
    ]
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    temporary.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    temporary.replace(path)


def _from_disk(folder: Path, name: str) -> Checked | None:
    try:
        facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        parts = []
        for tabel, blad, file, rows, written, *own in facts.pop("parts"):
            if not same(folder / file, written):
                return None
            parts.append(CheckedPart(tabel, blad, folder / file, rows, *own))
        facts["datum"] = date.fromisoformat(facts["datum"]) if facts["datum"] else None
        facts["toelichting"] = [(row, text) for row, text in facts["toelichting"]]
        return Checked(parts=parts, **facts)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # not there, or damaged: read the delivery again
