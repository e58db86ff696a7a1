"""All answers of one report, after one call of the publication guard for everything that leaves the house together.

What the guard would hide is shown at the finest level that passes (`metrics.finest`), and says so. The first question
weighs heaviest. What signals rest on is in the same call: a signal is only told when its own question passed as asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import etl
import metrics
from dashboard import wording
from dashboard.places import municipalities
from dashboard.report import kept
from dashboard.report.plan import TEAM, Asked
from data.fouten import Gebruiksfout
from metrics import insight

# kinds of signals that stand on yearly figures; the others ask about quarters and contracts, too fine to publish beside
_SIGNALS = ("norm", "aantal", "bedrag", "budget", "verwachting", "formatie", "ontbreekt")
_AS_ASKED = "zoals gevraagd"
UNPLACED = (
    "Over tevredenheid staat hier niets: van de antwoorden is niet bekend bij welke gemeente zij horen, en de maker "
    "van dit verslag heeft niet alle gemeenten."
)
_ENOUGH = 0.5  # a table is worth showing when half of its rows show something


@dataclass
class Publication:
    """The published answers. `towns`: the municipalities that the report is about, none for all of them."""

    snapshot: etl.Snapshot
    day: date
    van: date
    tot: date
    towns: tuple[str, ...]
    answers: dict[Asked, metrics.Answer]
    behind: list[metrics.Answer] = field(default_factory=list)
    signals: list[Any] = field(default_factory=list)
    dropped: list[Asked] = field(default_factory=list)
    zonder_tevredenheid: bool = False  # made by who has not all municipalities
    _levels: dict[Asked, Any] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, str]:
        """Names of municipalities by code."""
        return municipalities()

    @property
    def all(self) -> list[metrics.Answer]:
        """Every answer with a table of its own, in a fixed order."""
        return list(self.answers.values())

    @property
    def everything(self) -> list[metrics.Answer]:
        """Every answer that something in the report rests on: those with a table, and those behind signals."""
        return [*self.all, *self.behind]

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

    def _asked(self, id: str, per: Sequence[str], filters: Mapping[str, Any]) -> Asked:
        return Asked(id, tuple(per), tuple(filters.items())).at(self.towns)

    def get(self, id: str, *per: str, **filters: tuple[Any, ...]) -> metrics.Answer | None:
        """One answer, at the finest level that may be shown; None when the report does not have it. A table whose split
        was lost on the way is none."""
        if id not in metrics.catalogue():
            return None
        found = self.answers.get(self._asked(id, per, filters))
        return None if found is None or (per and not found.per) else found

    def about(self, id: str, *per: str, **filters: tuple[Any, ...]) -> str:
        """Whom an answer is about when that is coarser than the report; else nothing."""
        if id not in metrics.catalogue():
            return ""
        level = self._levels.get(self._asked(id, per, filters))
        return "" if level is None or level.gebied == _AS_ASKED else place_name(level.gemeenten)

    def title(self, text: str, answer: metrics.Answer) -> str:
        """A title that says what became of the question: two years instead of one, more municipalities."""
        asked = next((one for one, other in self.answers.items() if other is answer), None)
        if asked is not None and asked.per != answer.per:
            text = _renamed(text, asked.per, answer.per)
        level = self._levels.get(asked) if asked is not None else None
        if level is None or level.gebied == _AS_ASKED or not self.towns:
            return text
        return f"{text} ({place_name(level.gemeenten)})"

    def lifted(self) -> list[str]:
        """The figures that are about more people than the report, and about whom; and the tables that are left out."""
        found = []
        for asked, level in self._levels.items():
            title = self.answers[asked].definition.titel
            if level.gebied != _AS_ASKED and self.towns:
                found.append(f"{title}: getoond over {place_name(level.gemeenten)}.")
            elif asked.per and not self.answers[asked].per:
                found.append(f"{title} per {said_name(asked.per[0])}: niet getoond, alleen het geheel.")
            elif "tweejaar" in self.answers[asked].per:
                found.append(f"{title} per jaar: getoond per twee jaar.")
        found += [
            f"{metrics.catalogue()[one.id].titel} per {said_name(one.per[0])}: niet getoond." for one in self.dropped
        ]
        return list(dict.fromkeys(found))

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
    anew: bool = False,
) -> Publication:
    """Ask everything in one publication; with `declarations` the signals too. What was published before is taken from
    its file, unless `anew`. Raises Gebruiksfout for who may not see exact figures: a report is made by who may."""
    voor.moet_exact()
    apart = voor.gemeenten is not None
    if apart:  # reports over two periods could be subtracted, so they hold no answers of nobody
        questions = [one for one in questions if not metrics.of_nobody(one.id)]
        if not questions:
            raise Gebruiksfout(f"{UNPLACED} Kies ook een ander hoofdstuk.")
        if declarations is not None:
            declarations = {id: one for id, one in declarations.items() if not metrics.of_nobody(one.cijfer)}
    known = declarations or {}
    asked = [questions, declarations is not None, [one.model_dump(mode="json") for one in known.values()]]
    file = None if anew else kept.file_for(snapshot, voor, [*asked, day, van, tot, towns])
    plain = kept.read(file)
    if plain is not None:
        try:
            return _restored(plain, questions, snapshot, towns, known, apart)
        except (LookupError, TypeError, ValueError, Gebruiksfout):
            pass  # of another form: it is made again
    made = _publish(questions, snapshot, voor, day=day, van=van, tot=tot, towns=towns, declarations=declarations)
    if file is not None:
        kept.write(file, _plain(made, questions))
    return made


def _plain(made: Publication, questions: Sequence[Asked]) -> dict[str, Any]:
    """What the guard let through, as plain data; never what it was computed from."""
    place = {one: number for number, one in enumerate(questions)}
    return {
        "dagen": metrics.to_plain([made.day, made.van, made.tot]),
        "antwoorden": [
            [place[one], *metrics.to_plain([answer, made._levels.get(one)])] for one, answer in made.answers.items()
        ],
        "achter": metrics.to_plain(made.behind),
        "signalen": [one.to_plain() for one in made.signals],
        "weg": [place[one] for one in made.dropped],
    }


def _restored(
    plain: Mapping[str, Any],
    questions: Sequence[Asked],
    snapshot: etl.Snapshot,
    towns: tuple[str, ...],
    known: Any,
    apart: bool,
) -> Publication:
    day, van, tot = metrics.from_plain(plain["dagen"])
    answers, levels = dict[Asked, metrics.Answer](), dict[Asked, Any]()
    for place, *rest in plain["antwoorden"]:
        answers[questions[place]], level = metrics.from_plain(rest)
        if level is not None:
            levels[questions[place]] = level
    signals = [insight.Signal.from_plain(one, known) for one in plain["signalen"]]
    dropped = [questions[place] for place in plain["weg"]]
    behind = metrics.from_plain(plain["achter"])
    return Publication(snapshot, day, van, tot, towns, answers, behind, signals, dropped, apart, levels)


def _publish(
    questions: Sequence[Asked],
    snapshot: etl.Snapshot,
    voor: metrics.Bevoegdheid,
    *,
    day: date,
    van: date | None,
    tot: date | None,
    towns: tuple[str, ...],
    declarations: Any,
) -> Publication:
    seen: dict[Any, Any] = {}
    if declarations is not None:  # asked first only to know which questions signals rest on
        insight.evaluate(_scope(snapshot, voor, day, towns, seen), declarations)
    told = {key: one for key, one in seen.items() if isinstance(one, metrics.Answer) and one.peildatum == day}
    rest = {
        key: metrics.Vraag(one.cijfer, one.per, one.filters, one.van, one.tot, deel=_ENOUGH)
        for key, one in told.items()
        # of one municipality alone the signals' own periods about people would cost the report's figures their place
        if not (towns and one.definition.personen)
    }
    chosen, dropped = list(questions), list[Asked]()
    while True:
        asked = [_vraag(one, van, tot) for one in chosen]
        found = metrics.finest([*asked, *rest.values()], snapshot, voor=voor, peildatum=day)
        mine = dict(zip(chosen, found, strict=False))
        lost = [one for one, answer in mine.items() if one.per and not answer.getoond]
        if not lost:
            break
        dropped += lost  # a table that shows nothing still costs other figures their place
        chosen = [one for one in chosen if one not in lost]
    behind = dict(zip(rest, found[len(chosen) :], strict=True))
    answers = {one: answer.antwoord for one, answer in mine.items()}
    own = {_same(answer.antwoord): answer.antwoord for answer in mine.values() if answer.niveau.stap == 0}
    known = {key: one.antwoord for key, one in behind.items() if one.niveau.stap == 0}
    known |= {key: own[_same(one)] for key, one in told.items() if key not in known and _same(one) in own}
    signals = _signals(snapshot, voor, day, towns, declarations, known)
    first = next(one for one in answers.values())
    levels = {one: answer.niveau for one, answer in mine.items() if answer.niveau.stap}
    begin, end = van or first.van, tot or first.tot
    return Publication(
        snapshot,
        day,
        begin,
        min(end, day),
        towns,
        answers,
        [one.antwoord for one in behind.values()],
        signals,
        dropped,
        voor.gemeenten is not None,
        levels,
    )


def _signals(
    snapshot: etl.Snapshot, voor: Any, day: date, towns: tuple[str, ...], declarations: Any, told: Mapping[Any, Any]
) -> list[Any]:
    """The signals, told from published answers only. One that would ask anything else is not told."""
    known, found = dict(told), []
    for id, one in (declarations or {}).items():
        before = len(known)
        mine = insight.evaluate(_scope(snapshot, voor, day, towns, known), {id: one})
        if len(known) == before:
            found += [signal for signal in mine if signal.status == "signaal"]
        else:
            known = {key: answer for place, (key, answer) in enumerate(known.items()) if place < before}
    return sorted(found, key=lambda signal: _LEVELS.index(signal.verklaring.niveau))


_LEVELS = ("belangrijk", "let op", "ter informatie")


def _vraag(one: Asked, van: date | None, tot: date | None) -> metrics.Vraag:
    table = one.per or metrics.catalogue()[one.id].eigen
    return metrics.Vraag(
        one.id, one.per, dict(one.filters), one.van or van, one.tot or tot, deel=_ENOUGH if table else 1.0
    )


def _same(answer: metrics.Answer) -> tuple[Any, ...]:
    """What two answers to the same question share."""
    filters = tuple(sorted((name, tuple(map(str, values))) for name, values in answer.filters.items()))
    return answer.cijfer, answer.per, filters, answer.van, answer.tot


def declarations_of(known: Any) -> dict[str, Any]:
    """The signals that a publication may look at."""
    return {id: one for id, one in known.items() if one.voorwaarde.soort in _SIGNALS}


def _scope(snapshot: etl.Snapshot, voor: Any, day: date, towns: tuple[str, ...], seen: dict[Any, Any]) -> Any:
    return insight.Scope(snapshot, voor, day, {"gemeente": towns} if towns else {}, seen)


def said_name(name: str) -> str:
    """The name of a split inside a sentence."""
    title = wording.title_of(name)
    return title[:1].lower() + title[1:]


def place_name(towns: Sequence[str]) -> str:
    """Heemstede; Heemstede en Bloemendaal; or the whole region."""
    if not towns:
        return "alle gemeenten samen"
    if len(towns) >= _MANY:
        return "de hele regio"
    names = sorted((municipalities().get(code, code) for code in towns), reverse=set(towns) == set(TEAM))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


_MANY = 5
_PARTS = {"jaar": "jaar", "tweejaar": "twee jaar"}


def _renamed(text: str, asked: tuple[str, ...], shown: tuple[str, ...]) -> str:
    """A title whose split became coarser: per quarter becomes per year, per year per two years, or none at all."""
    for name in ("kwartaal", "jaar"):
        if name in asked and name not in shown:
            part = next((_PARTS[one] for one in ("jaar", "tweejaar") if one in shown), None)
            return text.replace(f", per {name}", f", per {part}" if part else "").replace(f" en {name}", f" en {part}")
    return text
