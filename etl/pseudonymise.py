"""Pseudonymise: a BSN becomes a keyed hash and a birth date a birth year, before anything is written to disk.

The key never lies in the work folder: all valid BSNs can be hashed in minutes, so key and data together are plain BSNs.
"""

import hashlib
import hmac
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

import platformdirs
import polars as pl

from data.fouten import Gebruiksfout
from etl.check import BSN, FAULT
from etl.layout import standard
from etl.mask import mask

COMPARE = "_vergelijk"
KEY_VARIABLE = "INBURGERING_SLEUTEL"
_KEY_BYTES = 32
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


def given_key() -> Key | None:
    """The key from INBURGERING_SLEUTEL, else from the key file; None when there is neither."""
    if given := os.environ.get(KEY_VARIABLE):
        return _key(given, f"{KEY_VARIABLE} is geen sleutel: verwacht minstens 64 cijfers en letters a-f.")
    return key_in(key_file())


def key_in(path: Path) -> Key | None:
    """The key in a file; None when there is no file. A file that others may read is closed to them."""
    try:
        text = path.read_text(encoding="ascii")
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o600)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        text = ""
    return _key(
        text, f"Het bestand met de sleutel ({path.name}) is beschadigd of niet te lezen. Zet uw reservekopie terug."
    )


def _key(text: str, otherwise: str) -> Key:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) < _KEY_BYTES:
        raise Gebruiksfout(otherwise)
    return Key(secret)


def read_key(*, may_create: bool) -> Key:
    """The key from INBURGERING_SLEUTEL or the key file. Makes one only for an empty work folder."""
    if (key := given_key()) is not None:
        return key
    if not may_create:
        raise Gebruiksfout(
            "De sleutel van deze werkmap ontbreekt. Zonder sleutel kunnen personen niet worden herkend. "
            f"Zet uw reservekopie van het bestand '{key_file().name}' terug. Is die er niet: maak een nieuwe sleutel "
            "en laad alles opnieuw met: inburgering sleutel --wissel MAP"
        )
    return new_key(key_file())


def new_key(path: Path) -> Key:
    """Make a key in this file: whole or not at all, readable for the user only. An existing one is never replaced."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f".{path.name}-{os.getpid()}")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as handle:
                handle.write(secrets.token_bytes(_KEY_BYTES).hex() + "\n")
                handle.flush()
                os.fsync(descriptor)
            with suppress(FileExistsError):  # made by another load meanwhile: then that one counts
                path.hardlink_to(temporary)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError:
        raise Gebruiksfout(
            f"De sleutel kan niet worden bewaard in {path.parent}. Geef die map schrijfrechten, of wijs met "
            "INBURGERING_CONFIGMAP een andere map aan (niet de werkmap)."
        ) from None
    key = key_in(path)
    if key is None:
        raise RuntimeError("a key that was just made is gone")
    return key


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
