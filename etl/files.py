"""Which files a folder holds, what each is, and of when: decided by the name alone."""

import calendar
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from data.fouten import Gebruiksfout
from etl.layout import tables
from etl.mask import mask

REPORT = "rapportage"
WORKBOOK = "werkboek"
MARKED = "gemerkt"  # the folder of marked copies: beside the deliveries, never read as one
_REPORT_NAME = re.compile(r"rapportage_(?P<contract>.+?)_(?P<kwartaal>\d{4}-k[1-4])(?:[_.-].*)?", re.IGNORECASE)
_STANDS = (
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})",
    r"(?P<d>\d{2})-(?P<m>\d{2})-(?P<y>\d{4})",
    r"(?P<y>\d{4})-k(?P<k>[1-4])",
    r"(?P<y>\d{4})-(?P<m>\d{2})",
    r"(?P<m>\d{2})-(?P<y>\d{4})",
    r"(?P<y>\d{4})-(?P<h>[12])",
)


@dataclass(frozen=True)
class Delivery:
    """One file. `bestand` is its relative path as it may be shown; `soort` a table, rapportage, or None."""

    path: Path
    bestand: str
    soort: str | None
    stand: date | None = None
    contract: str | None = None
    kwartaal: str | None = None


def find(folders: Sequence[Path]) -> list[Delivery]:
    """Every CSV and XLSX under the folders (or given as such), sorted by name; each file once.

    Hidden files, Excel's lock files and marked copies (in a folder `gemerkt`) are no deliveries. When two folders hold
    the same relative path, the folder's own name comes before it. What has such a name and is no file (a pipe, a link
    to nowhere) is a delivery too: reading refuses it, and so it is told.
    """
    found: list[tuple[Path, Path, str]] = []
    known: set[Path] = set()
    for given in folders:
        folder = given.parent if given.is_file() else given
        for path in [given] if given.is_file() else sorted(_files(given)):
            inside = path.relative_to(folder)
            if path.suffix.lower() in (".csv", ".xlsx") and not _no_delivery(inside):
                real = path.resolve()
                if real not in known:
                    known.add(real)
                    found.append((folder, path, inside.as_posix()))
    names = [name for _, _, name in found]
    deliveries = []
    for index, (folder, path, name) in enumerate(found):
        twice = names.count(name) > 1
        prefix = f"{folder.name}/" if len({str(other) for other, _, n in found if n == name}) > 1 else f"{index}/"
        deliveries.append(recognise(path, prefix + name if twice else name))
    return in_order(deliveries)


def _files(folder: Path) -> Iterator[Path]:
    def closed(fault: OSError) -> None:
        raise Gebruiksfout(f"De map {shown(str(fault.filename))} is niet te lezen. Vraag leesrechten voor die map.")

    for place, _, names in os.walk(folder, onerror=closed):
        for name in names:
            yield Path(place) / name


def in_order(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Sorted by name; where two names look the same once they can be shown, they get a number."""
    taken: set[str] = set()
    unique = []
    for delivery in sorted(deliveries, key=lambda one: (one.bestand, str(one.path))):
        name, number = delivery.bestand, 1
        while name in taken:
            number += 1
            name = f"{delivery.bestand} ({number})"
        taken.add(name)
        unique.append(replace(delivery, bestand=name))
    return sorted(unique, key=lambda delivery: delivery.bestand)


def shown(name: str) -> str:
    """A file's name as it may be shown and kept: no bytes that are no text, no signs that steer a screen, no BSN."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return mask("".join(sign if sign.isprintable() else "\ufffd" for sign in text))


def _no_delivery(path: Path) -> bool:
    return MARKED in path.parts[:-1] or any(part.startswith((".", "~$")) for part in path.parts)


def recognise(path: Path, bestand: str) -> Delivery:
    """What the file's name says: the table or report, the stand, and for a report its contract and kwartaal."""
    stem, bestand = path.stem.lower(), shown(bestand)
    if path.suffix.lower() == ".xlsx" and (match := _REPORT_NAME.fullmatch(path.stem)):
        contract, kwartaal = shown(match["contract"].lower()), match["kwartaal"].upper()
        return Delivery(path, bestand, REPORT, None, contract, kwartaal)
    for table in sorted(tables(), key=len, reverse=True):
        if stem == table or stem.startswith((f"{table}_", f"{table}-", f"{table}.")):
            return Delivery(path, bestand, table, stand_of(stem[len(table) :]))
    return Delivery(path, bestand, None, stand_of(stem))


def stand_of(text: str) -> date | None:
    """The day that a file's name carries; a month, quarter or half-year counts as its last day. None without any."""
    for pattern in _STANDS:
        whole = "<d>" in pattern or "<k>" in pattern  # a number after it is a number of its own
        after = r"(?!\d)" if whole else r"(?!\d|-\d)"
        for match in re.finditer(rf"(?<!\d)(?:(?<!\d-)|(?<=v\d-)){pattern}{after}", text.lower()):
            parts = match.groupdict()
            year = int(parts["y"])
            try:
                if parts.get("d"):
                    return date(year, int(parts["m"]), int(parts["d"]))
                month = int(parts.get("m") or 0) or 3 * int(parts.get("k") or 0) or 6 * int(parts.get("h") or 0)
                return date(year, month, calendar.monthrange(year, month)[1])
            except (ValueError, calendar.IllegalMonthError):
                continue
    return None
