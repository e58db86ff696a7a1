"""An answer: the question as it was understood, and its rows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from metrics.definition import Definition


class _Verborgen:
    """The state of a value that may not be published: not 0, not empty."""

    def __repr__(self) -> str:
        return "verborgen"

    def __reduce__(self) -> str:
        return "VERBORGEN"

    def __copy__(self) -> "_Verborgen":
        return self

    def __deepcopy__(self, memo: object) -> "_Verborgen":
        return self


VERBORGEN = _Verborgen()


@dataclass(frozen=True)
class Answer:
    """The rows of one figure. Each row holds its dimensions by name, then the figure's own keys; full precision.

    `achter`: answers that can be reckoned back from this one; the publication guard looks at them, nobody else.
    """

    cijfer: str
    definition: Definition
    peildatum: date
    van: date
    tot: date
    momentopname: str
    filters: dict[str, tuple[Any, ...]]
    per: tuple[str, ...]
    rijen: list[dict[str, Any]]
    achter: tuple["Answer", ...] = ()

    @property
    def dims(self) -> tuple[str, ...]:
        """The dimensions of the rows."""
        return tuple(dict.fromkeys((*self.definition.eigen, *self.per)))

    def to_json(self) -> dict[str, Any]:
        """The fixed shape of an answer; a hidden value is the text "verborgen"."""
        return {
            "cijfer": self.cijfer,
            "peildatum": self.peildatum.isoformat(),
            "van": self.van.isoformat(),
            "tot": self.tot.isoformat(),
            "momentopname": self.momentopname,
            "filters": {name: list(values) for name, values in self.filters.items()},
            "per": list(self.per),
            "rijen": [
                {key: "verborgen" if value is VERBORGEN else value for key, value in row.items()} for row in self.rijen
            ],
        }


def copied(answer: Answer) -> Answer:
    """The same answer with rows of its own: what is done to them does nothing to the other."""
    rows = [dict(row) for row in answer.rijen]
    for row in rows:
        if isinstance(spread := row.get("verdeling"), list):  # the only value that can be changed itself
            row["verdeling"] = list(spread)
    return replace(answer, filters=dict(answer.filters), rijen=rows)
