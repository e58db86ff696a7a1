"""Pseudonymise: a BSN becomes a keyed hash and a birth date a birth year, before anything is written to disk.

The key never lies in the work folder: all valid BSNs can be hashed in minutes, so key and data together are plain BSNs.
"""

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import numpy as np
import platformdirs
import polars as pl
import xxhash

from data.fouten import Gebruiksfout
from etl.known import Known
from etl.mask import mask
from etl.people import People
from etl.siphash import KEY_BYTES, siphash

COMPARE = "_vergelijk"
KEY_VARIABLE = "INBURGERING_SLEUTEL"
_KEY_BYTES = 32
_BLOCK = 64  # bytes, of SHA-256
_FEW = 5_000  # numbers, that are hashed sooner than DuckDB begins
_EIGHT_DIGITS = r"(?s)\d(?:\D*\d){7}"  # anywhere: `mask` knows what may stand between them
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
        self._compare = hmac.digest(secret, b"inburgeringsmonitor: to compare", "sha256")[:KEY_BYTES]
        self._people = People(self._pseudonyms)
        self.columns: dict[tuple[str, str], Known] = {}  # what is known of texts that are no BSN: see `etl.check`
        block = secret if len(secret) <= _BLOCK else hashlib.sha256(secret).digest()
        block = block.ljust(_BLOCK, b"\0")
        # hmac.digest sets up both halves again for each text, which takes three times as long
        self._pads = bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)
        self._inner, self._outer = (hashlib.sha256(pad) for pad in self._pads)

    def digest(self, text: str) -> int:
        """The first 64 bits of HMAC-SHA-256, signed, big-endian (RFC 2104)."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return int.from_bytes(outer.digest()[:8], "big", signed=True)

    def _pseudonyms(self, numbers: np.ndarray) -> np.ndarray:
        """`digest` of the nine digits of many numbers at once."""
        if len(numbers) > _FEW:
            return self._many_pseudonyms(numbers)
        inner, outer = self._inner.copy, self._outer.copy
        found = []
        for number in numbers.tolist():
            first = inner()
            first.update(b"%09d" % number)
            second = outer()
            second.update(first.digest())
            found.append(second.digest())
        return np.frombuffer(b"".join(found), ">i8")[::4].astype(np.int64)

    def _many_pseudonyms(self, numbers: np.ndarray) -> np.ndarray:
        """The same by DuckDB, on all processors: a loop here would let every other thread wait for it."""
        digits = "encode(lpad(n::VARCHAR, 9, '0'))"
        digest = f"sha256(?::BLOB || unhex(sha256(?::BLOB || {digits})))"
        with duckdb.connect(config={"temp_directory": ""}) as connection:  # nothing of it goes to a disk
            connection.register("numbers", {"n": numbers})
            found = connection.execute(
                f"SELECT ('0x' || left({digest}, 16))::UBIGINT AS h FROM numbers", [self._pads[1], self._pads[0]]
            ).fetchnumpy()["h"]
        return np.asarray(found, np.uint64).view(np.int64)

    def to_compare(self, persons: np.ndarray, days: np.ndarray) -> np.ndarray:
        """A keyed hash of each person and day (days since 1970), only to compare by."""
        return siphash(self._compare, persons, days)

    def hash_series(self, values: pl.Series, digits: Callable[[pl.Series], pl.Series]) -> pl.Series:
        """The pseudonym of each text; empty when it is none. `digits` gives the nine digits of those that are a BSN.

        One dictionary of people per load: each is judged and hashed once, whatever file it is in. May be called from
        several threads.
        """
        return self._people.pseudonyms(values, digits)


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


def compare(person: pl.Series, birth_date: pl.Series, key: Key) -> pl.Series:
    """A keyed hash of the person's full birth date, so that two rows that differ in it stay different."""
    days = birth_date.cast(pl.Int32).fill_null(0).to_numpy()
    found = pl.Series(key.to_compare(person.fill_null(0).to_numpy(), days), dtype=pl.Int64)
    known = person.is_not_null() & birth_date.is_not_null()
    return found if known.all() else pl.select(pl.when(known).then(found)).to_series()


def hide(values: pl.Series, key: Key, *, identifies: bool) -> pl.Series:
    """Free texts without anything that could be a BSN; with `identifies` two that look like BSNs stay two texts."""
    suspect = values.filter(values.str.contains(_EIGHT_DIGITS)).unique()
    hidden = {text: _hide(text, key, identifies=identifies) for text in suspect if mask(text) != text}
    return values.replace(hidden) if hidden else values


def _hide(text: str, key: Key, *, identifies: bool) -> str:
    return schrijf_persoon(key.digest(text)) if identifies else mask(text)


def file_hash(content: bytes) -> str:
    """The hash of a file's bytes, in letters: a row of digits could look like a BSN.

    XXH3 (128 bits, Collet 2019) tells files apart as well as SHA-256 does and is ten times as fast; who sends the files
    gains nothing by making two alike.
    """
    return in_letters(xxhash.xxh3_128(content).hexdigest())


def in_letters(hexadecimal: str) -> str:
    """Hexadecimal digits as the letters a-p."""
    return hexadecimal.translate(_LETTERS)
