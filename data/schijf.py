"""Faults of the disk, told in Dutch: full, read-only, damaged. What a user can act on is no fault of ours."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.fouten import Gebruiksfout

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL_TEXTS = ("no space left", "disk quota exceeded", "file too large", "os error 28", "os error 122", "os error 27")
_CLOSED_TEXTS = ("read-only file system", "permission denied", "os error 13", "os error 30")
_DAMAGED_TEXTS = ("checksum", "not a valid duckdb", "corrupt", "truncated", "serialization error")


def vertaal(fault: BaseException, werkmap: Path | str) -> Gebruiksfout | None:
    """The sentence for a fault of the disk; None when it is another fault.

    DuckDB and polars give the system's own words instead of its number, so those are looked for.
    """
    number = fault.errno if isinstance(fault, OSError) else None
    engine = type(fault).__module__.split(".")[0].strip("_") in ("duckdb", "polars", "pyo3_runtime")
    text = str(fault).lower() if engine or isinstance(fault, OSError) else ""
    if number in _FULL or any(one in text for one in _FULL_TEXTS):
        return Gebruiksfout(
            f"De schijf van {werkmap} is vol. Er is niets veranderd; de vorige momentopname blijft de huidige. "
            "Maak ruimte (bijvoorbeeld met: inburgering opruimen) en probeer het opnieuw."
        )
    if number in _CLOSED or any(one in text for one in _CLOSED_TEXTS):
        return Gebruiksfout(
            f"In {werkmap} mag niet worden geschreven. Er is niets veranderd; bekijken kan nog wel. "
            "Vraag schrijfrechten, of kies een andere map met --werkmap."
        )
    if engine and any(one in text for one in _DAMAGED_TEXTS):
        return beschadigd()
    return None


def beschadigd(id: str = "") -> Gebruiksfout:
    """A momentopname that can't be read, and what to do."""
    return Gebruiksfout(
        f"De momentopname {id} is beschadigd. ".replace("  ", " ")
        + "Laad uw leveringen opnieuw: inburgering laad MAP. Die herstelt haar; uw leveringen zijn niet veranderd."
    )


@contextmanager
def begrepen(werkmap: Path) -> Iterator[None]:
    """Within this, a fault of the disk comes out as a Gebruiksfout."""
    try:
        yield
    except Gebruiksfout:
        raise
    except BaseException as fault:
        if (told := vertaal(fault, werkmap)) is not None:
            raise told from None
        raise
