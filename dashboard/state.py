"""What someone looks at, as it stands in the address: a link gives the same view again."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlencode

FILTERS = ("gemeente", "doelgroep", "leerroute", "cohort")


@dataclass(frozen=True)
class View:
    """The filters, the peildatum and the begin of the period; empty means: as usual."""

    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    peildatum: date | None = None
    van: date | None = None

    @classmethod
    def read(cls, search: str | None) -> "View":
        """From the part of an address after the question mark; what can't be read is left out."""
        found = parse_qs((search or "").lstrip("?"))
        filters = {
            name: tuple(value for text in found[name] for value in text.split(",") if value)
            for name in FILTERS
            if name in found
        }
        return cls(
            {name: values for name, values in filters.items() if values}, _day(found, "peildatum"), _day(found, "van")
        )

    def write(self) -> str:
        """The part of an address after the path, with the question mark; empty when all is as usual."""
        facts = {name: ",".join(values) for name, values in sorted(self.filters.items()) if values}
        if self.peildatum:
            facts["peildatum"] = self.peildatum.isoformat()
        if self.van:
            facts["van"] = self.van.isoformat()
        return "?" + urlencode(facts, safe=",") if facts else ""


def _day(found: dict[str, list[str]], name: str) -> date | None:
    try:
        return date.fromisoformat(found[name][0])
    except (KeyError, ValueError):
        return None
