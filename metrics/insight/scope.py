"""Whose figures, and as of when: what all methods of this package are asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeGuard

from data.fouten import Gebruiksfout
from metrics.answer import Answer
from metrics.cache import AnswerCache
from metrics.compute import compute, default_peildatum
from metrics.connection import Snapshot
from metrics.days import FIRST_DAY
from metrics.exact import definition_of
from metrics.rights import Bevoegdheid

ASKED = "asked"  # among what a scope has seen: the keys of the questions since somebody emptied it


@dataclass(frozen=True)
class Scope:
    """A momentopname seen by someone on a day. The same question is computed once; `antwoorden` remembers it for others
    with the same rights too.

    `filters` hold for every figure that knows them; a figure that does not is asked without (see `left_out`).
    """

    snapshot: Snapshot
    voor: Bevoegdheid
    peildatum: date | None = None
    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    _seen: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    periode: bool = False  # somebody chose a period; methods here have periods of their own
    antwoorden: AnswerCache | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.peildatum is not None and self.peildatum < FIRST_DAY:
            raise Gebruiksfout(
                f"De periode begint op {FIRST_DAY:%d-%m-%Y}, met de Wet inburgering 2021. Kies een peildatum daarna."
            )

    @property
    def day(self) -> date:
        """The peildatum: as given, else the last day of the last whole quarter that is known."""
        if self.peildatum is None and "day" not in self._seen:
            self._seen["day"] = default_peildatum(self.snapshot)
        return self.peildatum or self._seen["day"]

    def left_out(self, id: str) -> list[str]:
        """The filters of this scope that a figure does not know."""
        return [name for name in self.filters if name not in definition_of(id).filterbaar]

    def ask(
        self,
        id: str,
        per: Sequence[str] = (),
        filters: Mapping[str, Sequence[Any]] | None = None,
        *,
        van: date | None = None,
        tot: date | None = None,
        peildatum: date | None = None,
    ) -> Answer:
        """One figure. A filter asked here narrows the same filter of the scope; when nothing is left, no rows are."""
        possible = definition_of(id).filterbaar
        chosen = {name: list(values) for name, values in self.filters.items() if name in possible and values}
        empty = False
        for name, values in (filters or {}).items():
            both = [value for value in values if str(value) in {str(one) for one in chosen.get(name, values)}]
            empty = empty or not both
            chosen[name] = both or list(values)
        key = (id, tuple(per), str(sorted(chosen.items())), van, tot, peildatum or self.day)
        self._seen.setdefault(ASKED, set()).add(key)
        if key not in self._seen:
            ask = compute if self.antwoorden is None else self.antwoorden.compute
            self._seen[key] = ask(
                id, self.snapshot, voor=self.voor, peildatum=peildatum or self.day, van=van, tot=tot, filters=chosen,
                per=per,
            )[0]  # fmt: skip
        answer: Answer = self._seen[key]
        return replace(answer, rijen=[]) if empty else answer


def shown(value: Any) -> TypeGuard[int | float]:
    """Whether a value of a row is a number: neither empty nor hidden by the publication guard."""
    return isinstance(value, int | float) and not isinstance(value, bool)
