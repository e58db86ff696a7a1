"""Pseudonymise: a BSN becomes a keyed hash and a birth date a birth year, before anything is written to disk.

The key never lies in the work folder: all valid BSNs can be hashed in minutes, so key and data together are plain BSNs.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import platformdirs
import polars as pl

from data.fouten import Gebruiksfout
from etl.check import BSN, FAULT
from etl.layout import standard
from etl.mask import mask

COMPARE = "_vergelijk"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def schrijf_persoon(persoon: int) -> str:
    """A pseudonym as people see it: sixteen letters a-p, which can never look like a BSN."""
    return in_letters(f"{persoon & 0xFFFF_FFFF_FFFF_FFFF:016x}")


class Key:
    """The secret key. `fingerprint` says which key it is, without giving it away."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        digest = hmac.digest(secret, b"inburgeringsmonitor: which key", "sha256")
        self.fingerprint = in_letters(digest.hex()[:16])
        self._known: dict[str, int] = {}

    def hash(self, text: str) -> int:
        """The first 64 bits of HMAC-SHA-256, signed, big-endian (RFC 2104)."""
        found = self._known.get(text)
        if found is None:
            digest = hmac.digest(self._secret, text.encode(), "sha256")
            found = self._known[text] = int.from_bytes(digest[:8], "big", signed=True)
        return found

    def hash_series(self, values: pl.Series) -> pl.Series:
        """The hash of each text; empty stays empty."""
        unique = values.drop_nulls().unique()
        if unique.is_empty():
            return pl.Series(values.name, [None] * len(values), dtype=pl.Int64)
        hashed = pl.Series([self.hash(text) for text in unique], dtype=pl.Int64)
        return values.replace_strict(unique, hashed, default=None, return_dtype=pl.Int64)


def key_file() -> Path:
    """Where the key lies: the user's configuration folder, or the folder INBURGERING_CONFIGMAP."""
    folder = os.environ.get("INBURGERING_CONFIGMAP")
    base = Path(folder) if folder else Path(platformdirs.user_config_dir("inburgeringsmonitor", appauthor=False))
    return base / "sleutel"


def read_key(*, may_create: bool) -> Key:
    """The key from INBURGERING_SLEUTEL or the key file. Makes one only for an empty work folder."""
    if given := os.environ.get("INBURGERING_SLEUTEL"):
        try:
            secret = bytes.fromhex(given)
        except ValueError:
            secret = b""
        if len(secret) < 32:
            raise Gebruiksfout("INBURGERING_SLEUTEL is geen sleutel: verwacht minstens 64 cijfers en letters a-f.")
        return Key(secret)
    path = key_file()
    if path.is_file():
        try:
            secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError:
            secret = b""
        if len(secret) < 32:
            raise Gebruiksfout("Het bestand met de sleutel is beschadigd. Zet uw reservekopie terug.")
        return Key(secret)
    if not may_create:
        raise Gebruiksfout(
            "De sleutel van deze werkmap ontbreekt. Zonder sleutel kunnen personen niet worden herkend. "
            f"Zet uw reservekopie van het bestand '{path.name}' terug, of begin met een lege werkmap."
        )
    secret = secrets.token_bytes(32)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secret.hex() + "\n")
    return Key(secret)


def throwaway_key() -> Key:
    """A key for a check that keeps nothing."""
    return Key(secrets.token_bytes(32))


def pseudonymise(table: str, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """`bsn` becomes `persoon`, `geboortedatum` becomes `geboortejaar`; free text loses what could be a BSN.

    `_vergelijk` is a keyed hash of the full birth date, so that two rows that differ in it stay different.
    """
    if BSN in frame.columns:
        bsn = frame[BSN]
        frame = frame.with_columns(key.hash_series(bsn).alias("persoon")).drop(BSN)
        if "geboortedatum" in frame.columns:
            day = frame["geboortedatum"]
            compare = key.hash_series(pl.Series("c", bsn + "|" + day.cast(pl.String)))
            frame = frame.with_columns(day.dt.year().cast(pl.Int16).alias("geboortejaar"), compare.alias(COMPARE)).drop(
                "geboortedatum"
            )
    layout = standard()[table]
    for name, spec in layout.kolommen.items():
        if spec.type in ("tekst", "contract") and name in frame.columns:
            values = frame[name].drop_nulls().unique()
            hidden = {
                text: _hide(text, key, identifies=name in layout.sleutel) for text in values if mask(text) != text
            }
            if hidden:
                frame = frame.with_columns(pl.col(name).replace(hidden))
    return frame.select(pl.exclude(FAULT), FAULT)


def _hide(text: str, key: Key, *, identifies: bool) -> str:
    """Two keys that look like BSNs must stay two keys."""
    return schrijf_persoon(key.hash(text)) if identifies else mask(text)


def file_hash(content: bytes) -> str:
    """The hash of a file's bytes, in letters: a row of digits could look like a BSN."""
    return in_letters(hashlib.sha256(content).hexdigest())


def in_letters(hexadecimal: str) -> str:
    """Hexadecimal digits as the letters a-p."""
    return hexadecimal.translate(_LETTERS)
