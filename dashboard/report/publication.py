"""All answers of one report, after one call of the publication guard for everything that leaves the house together.

A figure about one municipality that the guard hides is asked again about the municipalities that work together, and
then about the region: the finest level that may be shown. What leaves comes from one call, the last one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import etl
import metrics
from dashboard import wording
from dashboard.report.plan import REGION, TEAM, Asked
from data import referentie
from metrics import insight

# kinds of signals that stand on yearly figures; the others ask about quarters and contracts, too fine to publish beside
_SIGNALS = ("norm", "aantal", "bedrag", "budget", "verwachting", "landelijk", "formatie", "ontbreekt")


@dataclass
class Publication:
    """The published answers. `towns`: the municipalities that the report is about, none for all of them."""

    snapshot: etl.Snapshot
    day: date
    van: date
    tot: date
    towns: tuple[str, ...]
    answers: dict[Asked, metrics.Answer]
    signals: list[Any] = field(default_factory=list)
    _coarser: dict[Asked, Asked] = field(default_factory=dict)

    @property
    def all(self) -> list[metrics.Answer]:
        """Every answer that is published, in a fixed order."""
        return list(self.answers.values())

    @property
    def hidden(self) -> int:
        """How many rows about people or money hide something."""
        return sum(any(wording.is_hidden(value) for value in row.values()) for one in self._people for row in one.rijen)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(len(one.rijen) for one in self._people)

    @property
    def _people(self) -> list[metrics.Answer]:
        """The answers about people: of files and reports nothing needs hiding."""
        return [one for one in self.all if one.definition.subdoel != "gegevens" and one.cijfer != "rapportage_op_tijd"]

    def get(self, id: str, *per: str, **filters: tuple[Any, ...]) -> metrics.Answer | None:
        """One answer, at the finest level that may be shown; None when the report does not have it."""
        asked = Asked(id, per, tuple(filters.items()))
        if id not in metrics.catalogue():
            return None
        asked = asked.at(self.towns)
        return self.answers.get(self._coarser.get(asked, asked))

    def about(self, id: str, *per: str, **filters: tuple[Any, ...]) -> str:
        """Whom an answer is about when that is coarser than the report; else nothing."""
        if id not in metrics.catalogue():
            return ""
        asked = Asked(id, per, tuple(filters.items())).at(self.towns)
        if asked not in self._coarser:
            return ""
        return place_name(dict(self._coarser[asked].filters).get("gemeente", ()))

    def lifted(self) -> list[tuple[metrics.Answer, str]]:
        """The answers that are about more people than the report, and about whom."""
        pairs = {self._coarser[one]: self.about(one.id, *one.per, **dict(one.filters)) for one in self._coarser}
        return [(self.answers[one], about) for one, about in pairs.items() if one in self.answers]

    def place(self) -> str:
        """Whom the report is about."""
        return place_name(self.towns)


def publish(
    questions: Sequence[Asked],
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    *,
    day: date,
    van: date | None,
    tot: date | None,
    towns: tuple[str, ...] = (),
    declarations: Any = None,
) -> Publication:
    """Ask everything, and let the guard look at all of it at once; with `declarations` the signals too."""
    exact = metrics.Bevoegdheid(voor.gemeenten)

    def ask(one: Asked) -> metrics.Answer:
        return metrics.compute(
            one.id,
            snapshot,
            voor=exact,
            peildatum=day,
            van=one.van or van,
            tot=one.tot or tot,
            filters=dict(one.filters),
            per=one.per,
        )[0]

    raw = {one: ask(one) for one in questions}
    coarser: dict[Asked, Asked] = {}
    for level in _levels(towns):
        before = {one: coarser.get(one, one) for one in questions}
        shown = dict(zip(raw, metrics.publish(list(raw.values())), strict=True))
        more = [one for one, now in before.items() if _lifts(one, towns) and _hides(shown[now])]
        if not more:
            break
        coarser |= {one: _at(one, level) for one in more}
        raw |= {_at(one, level): ask(_at(one, level)) for one in more if _at(one, level) not in raw}
    seen: dict[Any, Any] = {}
    if declarations is not None:
        # asked with exact figures only to know what the guard must look at; what is said comes from what it lets by
        insight.evaluate(_scope(snapshot, exact, day, towns, seen), declarations)
    both = {**raw, **{key: one for key, one in seen.items() if isinstance(one, metrics.Answer)}}
    guarded = dict(zip(both, metrics.publish(list(both.values())), strict=True))
    signals = []
    if declarations is not None:
        known = {**seen, **{key: guarded[key] for key in seen if key in guarded}}
        asked = len(known)
        signals = insight.evaluate(_scope(snapshot, exact, day, towns, known), declarations)
        signals = [] if len(known) != asked else [one for one in signals if one.status == "signaal"]
    answers = {one: guarded[one] for one in raw if one not in coarser}
    first = next(iter(answers.values()))
    return Publication(snapshot, day, first.van, first.tot, towns, answers, signals, coarser)


def declarations_of(known: Any) -> dict[str, Any]:
    """The signals that a publication may look at."""
    return {id: one for id, one in known.items() if one.voorwaarde.soort in _SIGNALS}


def _scope(snapshot: etl.Snapshot, voor: Any, day: date, towns: tuple[str, ...], seen: dict[Any, Any]) -> Any:
    return insight.Scope(snapshot, voor, day, {"gemeente": towns} if towns else {}, seen)


def _levels(towns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What to try after the report's own municipalities: those that work together, then everybody."""
    return [] if not towns else [TEAM, REGION] if set(towns) < set(TEAM) else [REGION]


def _lifts(one: Asked, towns: tuple[str, ...]) -> bool:
    return one.filters[:1] == (("gemeente", towns),)


def _at(one: Asked, level: tuple[str, ...]) -> Asked:
    return Asked(one.id, one.per, one.filters[1:], one.van, one.tot).at(level)


def _hides(answer: metrics.Answer) -> bool:
    """Whether the guard leaves nothing of an answer to show."""
    key = {"aantal": "aantal", "kwartielen": "p50", "tijd_tot": "p50", "aandeel": "teller"}.get(
        answer.definition.soort, "waarde"
    )
    values = [row.get(key) for row in answer.rijen]
    return any(wording.is_hidden(one) for one in values) and not any(isinstance(one, int | float) for one in values)


def municipalities() -> dict[str, str]:
    """Names of municipalities by code."""
    rows = referentie.gemeenten()
    return dict(zip(rows["gemeentecode"], rows["gemeente"], strict=True))


def place_name(towns: Sequence[str]) -> str:
    """Heemstede; Heemstede en Bloemendaal; or the whole region."""
    if not towns:
        return "alle gemeenten samen"
    names = sorted((municipalities().get(code, code) for code in towns), reverse=set(towns) == set(TEAM))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
