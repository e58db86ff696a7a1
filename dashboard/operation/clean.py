"""What may stand in a log: codes and numbers. The last net under everyone who writes one."""

import re
import traceback
from datetime import date
from pathlib import Path
from typing import Any

CUT = "[weggelaten]"
LONGEST, MOST = 200, 50
_TOKEN = re.compile(
    r"(?i)\b(?:bearer|basic)\s+\S+"
    r"|\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}"  # a JSON Web Token
    r"|\b(?:access_token|id_token|refresh_token|client_secret|code|state|nonce|password|wachtwoord)=[^\s&]+"
    r"|://[^/\s:@]+:[^/\s@]+@"  # a password in an address
    r"|[\w-]{40,}"  # anything as long as a key: no code of ours is
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def clean_text(text: str, longest: int = LONGEST) -> str:
    """One line without a BSN or a token, and not long."""
    from etl import mask  # costs half a second to import, and many commands log nothing

    text = mask(_TOKEN.sub(CUT, _CONTROL.sub(" ", text)))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def clean_fact(value: Any) -> Any:
    """A fact as it may be written: texts cleaned, days as text, lists cut short."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        every = [clean_fact(one) for one in (sorted(value) if isinstance(value, set | frozenset) else value)]
        return every if len(every) <= MOST else [*every[:MOST], f"en nog {len(every) - MOST}"]
    if isinstance(value, dict):
        return {clean_text(str(key), 60): clean_fact(one) for key, one in list(value.items())[:MOST]}
    return clean_text(str(value))


def in_fours(digits: str) -> str:
    """Hexadecimal digits in groups of four with colons: no group is long enough for a BSN, and a colon joins none.

    Without it the mask takes one in some thousands of hashes for a number of a person.
    """
    return ":".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def places(fault: BaseException) -> list[str]:
    """Where in our code it went wrong; never the fault's own text, which may quote a cell."""
    steps = traceback.extract_tb(fault.__traceback__)
    return [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps[-6:]]
