"""What was typed in a form becomes entries of the record, or a sentence per field; what was typed is never lost."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import IO, Any, TypeVar

from pydantic import ValidationError

from contracts.record.entries import Entry
from dashboard.texts import mark, t

Made = TypeVar("Made", bound=Entry)
_CHUNK = 1 << 20
_SAID = {
    "datum": mark("Vul de dag in, zoals 31-01-2024."),
    "voor": mark("Vul in op welke dag het klaar moet zijn."),
    "aanwezigen": mark("Noem ten minste één rol, zoals: contractmanager, aanbieder."),
    "wat": mark("Vul in wat er gebeurt."),
    "eigenaar": mark("Vul in wie het doet, zoals: aanbieder."),
    "resultaat": mark("Vul in wat ervan kwam."),
    "kpi": mark("Kies de afspraak waar het om gaat."),
    "stap": mark("Vul in welke stap is gezet, zoals: verbeterplan."),
    "titel": mark("Vul in wat voor document het is."),
    "verwijzing": mark("Kies een bestand, of vul een adres in dat begint met https://."),
}
_TOO_LONG = mark("Dit is te lang: hoogstens 4.000 tekens.")
_LOOK = mark("Kijk dit na.")


class Form:
    """The typed values by field, and what is wrong by field. Values stay as they were typed."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        self.errors: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def filled(self, *names: str) -> bool:
        """Whether something was typed in one of these fields."""
        return any(self[name] for name in names)

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field, in the language of who asks; the first thing counts."""
        self.errors.setdefault(name, t(sentence))

    def entry(self, make: type[Made], places: Mapping[str, str] | None = None, **facts: Any) -> Made | None:
        """An entry of these facts; None when it is wrong. `places`: the form's field for a field of the entry."""
        try:
            return make(**facts)
        except ValidationError as fault:
            for one in fault.errors():
                field = str(one["loc"][0]) if one["loc"] else ""
                long = one["type"].endswith("too_long")
                self.wrong((places or {}).get(field, field), _TOO_LONG if long else _SAID.get(field, _LOOK))
            return None


def past_day(form: Form, name: str, today: date) -> None:
    """What was held was held: a day that is still to come is a mistake."""
    try:
        later = date.fromisoformat(form[name]) > today
    except ValueError:
        return  # the entry says so
    if later:
        form.wrong(name, mark("Deze dag moet nog komen. Leg een gesprek vast als het is geweest."))


def roles(text: str) -> tuple[str, ...]:
    """Who was there, by role: separated by commas."""
    return tuple(one.strip() for one in text.split(",") if one.strip())


def digest_of(stream: IO[bytes]) -> str:
    """The SHA-256 of a file that is not kept."""
    found = hashlib.sha256()
    while part := stream.read(_CHUNK):
        found.update(part)
    return found.hexdigest()
