"""Which files a folder holds, what each is, and of when: decided by the name alone."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.layout import tables

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
    """One file. `bestand` is its path relative to the folder, `soort` a table, rapportage, or None when unknown."""

    path: Path
    bestand: str
    soort: str | None
    stand: date | None = None
    contract: str | None = None
    kwartaal: str | None = None


def find(folders: Sequence[Path]) -> list[Delivery]:
    """Every CSV and XLSX file under the folders (or given as such), sorted by name; each file once.

    Hidden files, Excel's lock files and marked copies (in a folder `gemerkt`) are no deliveries. When two folders hold
    the same relative path, the folder's own name comes before it.
    """
    found: list[tuple[Path, Path, str]] = []
    known: set[Path] = set()
    for given in folders:
        folder = given.parent if given.is_file() else given
        for path in [given] if given.is_file() else sorted(given.rglob("*")):
            inside = path.relative_to(folder)
            if path.suffix.lower() in (".csv", ".xlsx") and path.is_file() and not _no_delivery(inside):
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
    return sorted(deliveries, key=lambda delivery: delivery.bestand)


def _no_delivery(path: Path) -> bool:
    return MARKED in path.parts[:-1] or any(part.startswith((".", "~$")) for part in path.parts)


def recognise(path: Path, bestand: str) -> Delivery:
    """What the file's name says: the table or report, the stand, and for a report its contract and kwartaal."""
    stem = path.stem.lower()
    if path.suffix.lower() == ".xlsx" and (match := _REPORT_NAME.fullmatch(path.stem)):
        contract, kwartaal = match["contract"].lower(), match["kwartaal"].upper()
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
