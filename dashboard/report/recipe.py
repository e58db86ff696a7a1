"""What a report was made of, inside the report itself: enough to make it again, and to say what differs."""

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import contracts
from dashboard.report import blocks
from dashboard.report.content import Content, Order, Sources
from data.fouten import Gebruiksfout

MARK = "inburgering-rapport"
_STREAM = re.compile(rb"stream\r?\n")
_LARGEST = 50_000_000


def write(order: Order, facts: Content, agreements: contracts.Agreements, sources: Sources, *, part: str = "") -> bytes:
    """The recipe as JSON: order, momentopname, versions, fingerprints of what it read, and every text that it says."""
    said = {one["titel"]: blocks.texts(one["blokken"]) for one in facts["hoofdstukken"]}
    value = {
        "merk": MARK,
        "deel": part,
        "soort": order.soort,
        "van": _day(order.van),
        "tot": _day(order.tot),
        "peildatum": facts["datum"],
        "gemeenten": list(order.towns),
        "hoofdstukken": list(order.chapters),
        "momentopname": facts["momentopname"],
        "programma": facts["programma"],
        "definities": facts["definities"],
        "afspraken": _print([one.model_dump(mode="json") for one in agreements.values()]),
        "teksten": _print(sources.texts),
        "register": len(sources.register),
        "logboek": len(sources.logboek),
        "signalen": _print({id: one.model_dump(mode="json") for id, one in (sources.declarations or {}).items()}),
        "zegt": said,
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read(pdf: bytes) -> dict[str, Any]:
    """The recipe inside a PDF. Raises Gebruiksfout when there is none: not a report of this program."""
    for match in _STREAM.finditer(pdf):
        start = match.end()
        raw = pdf[start : start + 40]
        try:
            if raw.startswith(b'{"'):
                content = pdf[start : pdf.index(b"endstream", start)]
            else:
                engine = zlib.decompressobj()
                content = engine.decompress(pdf[start : start + _LARGEST], _LARGEST)
        except (zlib.error, ValueError):
            continue
        if MARK.encode() in content:
            try:
                found: dict[str, Any] = json.loads(content)
            except ValueError:
                continue
            if found.get("merk") == MARK:
                return found
    raise Gebruiksfout(
        "In deze PDF staat niet waaruit zij is gemaakt. Kies een evaluatie of kwartaalbericht van dit programma."
    )


def order_of(recipe: Mapping[str, Any]) -> Order:
    """The order that a recipe holds."""
    return Order(
        recipe["soort"],
        _date(recipe["van"]),
        _date(recipe["tot"]),
        _date(recipe["peildatum"]),
        tuple(recipe["gemeenten"]),
        tuple(recipe["hoofdstukken"]),
    )


def _print(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
