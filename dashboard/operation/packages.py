"""What this program is made of: every package of the lock, its licence, and a bill of materials (CycloneDX 1.6).

The lock says which versions and files are allowed, the installed packages say their licence and what they need.
"""

import re
import uuid
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from data import VERSIE
from data.fouten import Gebruiksfout

LOCK = Path(__file__).parents[2] / "requirements.lock"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

# Licences that go with the EUPL-1.2 for a program that uses the package as it is: permissive ones, and weak copyleft of
# which the source stays available by itself. Why, per kind: docs/beheer.md.
FITTING = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "HPND", "ISC", "LGPL-2.1-or-later",
    "EUPL-1.2", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0",
    "Unlicense", "Zlib", "ZPL-2.1",
}  # fmt: skip
_CLASSIFIERS = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Zope Public License": "ZPL-2.1", "ISC License (ISCL)": "ISC",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1", "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip
_WORDS = {"mit": "MIT", "the mit license": "MIT", "mit license": "MIT", "apache 2": "Apache-2.0", "bsd": "BSD-3-Clause",
          "bsd 3-clause license": "BSD-3-Clause"}  # fmt: skip


@dataclass(frozen=True)
class Package:
    """One package of the lock. `licentie` is an SPDX expression; empty when it does not say."""

    naam: str
    versie: str
    licentie: str
    hashes: tuple[str, ...]
    nodig: tuple[str, ...]

    @property
    def past(self) -> bool:
        """Whether its licence goes with ours: of A OR B one, of A AND B all."""
        choices = [re.findall(r"[\w.+-]+", part) for part in re.split(r"\sOR\s", self.licentie)]
        return any(part and {*part} - {"AND"} <= FITTING for part in choices)


def packages(lock: Path = LOCK) -> list[Package]:
    """Every package of the lock, by name. Raises Gebruiksfout when one is missing or another version is installed."""
    if not lock.is_file():
        raise Gebruiksfout("De lijst van pakketten (requirements.lock) staat niet bij het programma.")
    pinned: dict[str, tuple[str, list[str]]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := _PIN.match(line):
            name = _plain(match[1])
            pinned[name] = (match[2], [])
        if name:
            pinned[name][1].extend(_HASH.findall(line))
    found, wrong = [], []
    for name, (version, hashes) in sorted(pinned.items()):
        try:
            there = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"Het pakket {name} {version} ontbreekt. Zet het programma opnieuw neer: make env.")
            continue
        if there.version != version:
            wrong.append(f"Van {name} is {there.version} neergezet, niet {version}. Geef: make env.")
        needs = {_plain(re.split(r"[^\w.-]", text, maxsplit=1)[0]) for text in there.requires or ()}
        found.append(
            Package(name, version, _licence(there), tuple(sorted(hashes)), tuple(sorted(needs & pinned.keys())))
        )
    if wrong:
        raise Gebruiksfout(wrong)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(there: metadata.Distribution) -> str:
    facts = there.metadata
    if expression := facts.get_all("License-Expression"):
        return str(expression[0])
    classifiers = facts.get_all("Classifier") or []
    for line in classifiers:
        if line.startswith("License ::") and (known := _CLASSIFIERS.get(line.rpartition("::")[2].strip())):
            return known
    said = "\n".join(map(str, facts.get_all("License") or [])).strip().splitlines()
    first = said[0].strip() if said else ""
    for words, spdx in _WORDS.items():
        if re.fullmatch(rf"{re.escape(words)}( copyright.*)?", first.lower()) or first.lower().startswith(f"{words} ("):
            return spdx
    return first if re.fullmatch(r"[\w.+ -]{2,60}", first) else ""


def bill(found: list[Package]) -> dict[str, Any]:
    """The bill of materials: CycloneDX 1.6. The same packages give the same bill, so it says no moment."""
    own = {
        "type": "application", "bom-ref": "inburgeringsmonitor", "name": "inburgeringsmonitor", "version": VERSIE,
        "licenses": [{"license": {"id": "EUPL-1.2"}}],
    }  # fmt: skip
    needed = {name for one in found for name in one.nodig}
    depends = [{"ref": "inburgeringsmonitor", "dependsOn": [_ref(one) for one in found if one.naam not in needed]}]
    by_name = {one.naam: one for one in found}
    depends += [{"ref": _ref(one), "dependsOn": [_ref(by_name[name]) for name in one.nodig]} for one in found]
    components = [
        {
            "type": "library", "bom-ref": _ref(one), "name": one.naam, "version": one.versie, "purl": _ref(one),
            "licenses": [{"expression": one.licentie}] if " " in one.licentie else [{"license": {"id": one.licentie}}],
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
        }
        for one in found
    ]  # fmt: skip
    text = "".join(f"{one.naam}=={one.versie}{one.hashes}" for one in found)
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}",
        "metadata": {"component": own}, "components": components, "dependencies": depends,
    }  # fmt: skip


def _ref(one: Package) -> str:
    return f"pkg:pypi/{one.naam}@{one.versie}"
