"""The audit log: who logged in, loaded, took along or recorded what. It only grows.

A file per month in `audit/` of the work folder, one JSON line per event. Each line holds its number and the hash of the
line before it, so a line that was changed, added or taken out is seen. A lock and one write per line make it safe for
several processes; a line counts when it is on disk. The last hash also goes to the operator's log, which lies
elsewhere: who rewrites the whole chain is seen there.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dashboard.operation import logs
from dashboard.operation.clean import clean_fact, clean_text, in_fours
from data import instellingen, schijf
from data.fouten import Gebruiksfout

FOLDER = "audit"
_MONTH = re.compile(r"\d{4}-\d{2}\.jsonl")
_LONGEST = 64 * 1024
_LET_THROUGH = frozenset({"inloggen", "inloggen_geweigerd", "uitloggen", "geweigerd"})
EVENTS = _LET_THROUGH | frozenset({
    "laden", "laden_mislukt", "export", "rapport", "vastgelegd", "momentopname", "sleutel", "opruimen", "reservekopie",
    "herstel", "instelling", "vrijgave",
})  # fmt: skip


def audit(gebeurtenis: str, wie: str, **feiten: Any) -> None:
    """Write one event of the work folder that this process chose; without one it does nothing.

    Facts are codes and numbers. Raises Gebruiksfout when it can't be written: then what was asked must not happen.
    Logging in and out, and what was refused anyway, go on with a line in the operator's log: a full disk locks nobody
    out.
    """
    werkmap = instellingen.gekozen()
    if werkmap is None or not werkmap.is_dir():
        return
    try:
        Audit(werkmap).write(gebeurtenis, wie, **feiten)
    except Gebruiksfout as fault:
        if gebeurtenis not in _LET_THROUGH:
            raise
        logs.tell(fault.meldingen[0], "fout", gebeurtenis=gebeurtenis, wie=wie, **feiten)


@dataclass
class Checked:
    """What following the chain found: how many lines, the last stamp, and a sentence per fault."""

    regels: int = 0
    stempel: str = ""
    fouten: list[str] = field(default_factory=list)
    opmerkingen: list[str] = field(default_factory=list)


class Audit:
    """The audit log of one work folder."""

    def __init__(self, werkmap: Path) -> None:
        self.folder = Path(werkmap) / FOLDER

    def write(self, gebeurtenis: str, wie: str, **feiten: Any) -> dict[str, Any]:
        """Add one line; it is on disk when this returns. Raises Gebruiksfout when that can't be."""
        if gebeurtenis not in EVENTS:
            raise ValueError(f"unknown event {gebeurtenis}")
        facts = {name: clean_fact(value) for name, value in feiten.items() if value is not None}
        try:
            with self._alone():
                moment = datetime.now(UTC)
                last = self._last()
                line = {
                    "nummer": last[0] + 1, "moment": moment.isoformat(timespec="milliseconds"),
                    "gebeurtenis": gebeurtenis, "wie": clean_text(wie, 100) or "onbekend", "feiten": facts,
                    "vorige": last[1],
                }  # fmt: skip
                line["hash"] = digest(line)
                self._append(max([f"{moment:%Y-%m}.jsonl", *(one.name for one in self.files()[-1:])]), line)
        except OSError as fault:
            why = schijf.vertaal(fault, self.folder)
            told = f"Dit kan niet in het auditlogboek worden vastgelegd ({gebeurtenis}) en gebeurt daarom niet."
            raise Gebruiksfout([told, *(why.meldingen if why else ())]) from None
        logs.tell(
            "Vastgelegd in het auditlogboek.",
            regel=line["nummer"],
            gebeurtenis=gebeurtenis,
            stempel=stamp_of(line["hash"]),
        )
        return line

    def files(self) -> list[Path]:
        """The files, the oldest first."""
        return sorted(path for path in self.folder.glob("*.jsonl") if _MONTH.fullmatch(path.name))

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every line that can be read, the oldest first."""
        for path in self.files():
            for raw in path.read_bytes().splitlines():
                if (line := _read(raw)) is not None:
                    yield line

    def check(self, stempel: str | None = None) -> Checked:
        """Follow the chain. With a stamp that was noted before: whether it still stands in it."""
        found, number, previous = Checked(), 0, ""
        noted = None if stempel is None else stempel.replace(":", "").strip().lower()
        seen = noted is None
        stand = self._stand()  # before the files: a line that is written meanwhile is then no missing end
        first, removed = None, 0
        for path in self.files():
            for place, raw in enumerate(path.read_bytes().split(b"\n"), 1):
                if not raw:
                    continue
                where = f"{path.name}, regel {place}"
                line = _read(raw)
                if line is None:
                    torn = f"{where} is niet heel opgeschreven, bijvoorbeeld omdat de stroom uitviel."
                    (found.opmerkingen if _torn(raw) else found.fouten).append(torn)
                    continue
                if first is None:
                    first, number, previous = line["nummer"], line["nummer"] - 1, line["vorige"]
                if line["hash"] != digest(line):
                    found.fouten.append(f"{where} is veranderd nadat zij was opgeschreven.")
                elif line["nummer"] != number + 1 or line["vorige"] != previous:
                    found.fouten.append(
                        f"{where} volgt niet op de regel ervoor: daartussen is iets weggehaald of bijgezet."
                    )
                if line["gebeurtenis"] == "opruimen":
                    removed = max(removed, line["feiten"].get("audit_tot", 0))
                number, previous = line["nummer"], line["hash"]
                seen = seen or line["hash"].startswith(noted or " ")
                found.regels += 1
        if first is not None and first > 1 and removed < first - 1:
            found.fouten.append(f"Het begin ontbreekt: de oudste regel is nummer {first}.")
        if stand > number:
            found.fouten.append(
                f"Het einde ontbreekt: er zijn {stand} regels geschreven, de laatste is nummer {number}."
            )
        if not seen:
            found.fouten.append(
                f"De stempel {stempel} staat niet in het auditlogboek: het is in zijn geheel vervangen."
            )
        found.stempel = previous
        return found

    def too_old(self, before: date) -> list[Path]:
        """Files of months that ended before a day; never the newest."""
        return [path for path in self.files()[:-1] if path.stem < f"{before:%Y-%m}"]

    def remove(self, paths: list[Path], wie: str) -> None:
        """Remove files past their term, and write down up to which line, so that the chain is seen to begin there."""
        numbers = [line["nummer"] for path in paths for raw in path.read_bytes().splitlines() if (line := _read(raw))]
        if numbers:
            self.write("opruimen", wie, audit_tot=max(numbers), bestanden=len(paths))
        for path in paths:
            path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        with (self.folder / ".slot").open("a", encoding="ascii") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _last(self) -> tuple[int, str]:
        """The number and hash of the last whole line."""
        for path in reversed(self.files()):
            with path.open("rb") as handle:
                size = handle.seek(0, os.SEEK_END)
                handle.seek(max(size - _LONGEST, 0))
                for raw in reversed(handle.read().split(b"\n")):
                    if (line := _read(raw)) is not None:
                        return line["nummer"], line["hash"]
        return 0, ""

    def _append(self, name: str, line: dict[str, Any]) -> None:
        path = self.folder / name
        number = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(number).st_size
            whole = size == 0 or os.pread(number, 1, size - 1) == b"\n"
            content = (b"" if whole else b"\n") + canonical(line).encode() + b"\n"
            try:
                if os.write(number, content) != len(content):
                    raise OSError(28, "No space left on device")
                os.fsync(number)
            except OSError:
                os.ftruncate(number, size)  # the line was never told to be there
                raise
        finally:
            os.close(number)
        with suppress(OSError):
            temporary = self.folder / f".stand-{os.getpid()}"
            temporary.write_text(f"{line['nummer']}\n", encoding="ascii")
            temporary.replace(self.folder / ".stand")

    def _stand(self) -> int:
        try:
            return int((self.folder / ".stand").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0


def canonical(value: Any) -> str:
    """JSON in one form only, so that its hash is always the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(line: dict[str, Any]) -> str:
    """SHA-256 over everything in a line but its own hash; the hash of the line before is part of it."""
    return hashlib.sha256(canonical({name: one for name, one in line.items() if name != "hash"}).encode()).hexdigest()


def stamp_of(digits: str) -> str:
    """What a person notes of a hash: its first sixteen digits, in a form that no mask changes."""
    return in_fours(digits[:16])


_PARTS = {"nummer": int, "moment": str, "gebeurtenis": str, "wie": str, "feiten": dict, "vorige": str, "hash": str}


def _read(raw: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(line, dict) or set(line) != set(_PARTS):
        return None
    return line if all(isinstance(line[name], kind) for name, kind in _PARTS.items()) else None


def _torn(raw: bytes) -> bool:
    """A line that was cut off while it was written begins as every line does."""
    return raw.startswith(b'{"feiten":') and not raw.endswith(b"}")
