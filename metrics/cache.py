"""A memory of answers for everyone who asks in one process: a page, a picture and a file of one view count once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data import VERSIE
from metrics.answer import Answer, copied
from metrics.compute import compute, default_peildatum
from metrics.connection import Snapshot, ticket
from metrics.days import FIRST_DAY
from metrics.disclosure import THRESHOLD
from metrics.exact import questions_of
from metrics.finest import Fijnste, finest
from metrics.levels import Vraag
from metrics.once import Once, Stand
from metrics.rights import Bevoegdheid


class AnswerCache:
    """Asks as `compute` and `finest` do. The rights are a part of every key: nobody gets what another may see.

    Answers are copies, so that no one changes what another will get. A momentopname never changes; a new one has a
    key of its own, and what is asked of an old one no longer goes first when the places are full.
    """

    def __init__(self, plaatsen: int = 2048) -> None:
        self._answers: Once[Answer] = Once(plaatsen)
        self._publications: Once[list[Fijnste]] = Once(max(1, plaatsen // 128))

    def compute(
        self,
        ids: str | Sequence[str],
        snapshot: Snapshot,
        *,
        voor: Bevoegdheid,
        peildatum: date | None = None,
        van: date | None = None,
        tot: date | None = None,
        filters: Mapping[str, Sequence[Any]] | None = None,
        per: Sequence[str] = (),
        motor: str = "duckdb",
    ) -> list[Answer]:
        """As metrics.compute: one answer per figure, each found once. Raises the same Gebruiksfout, every time."""
        file, found = ticket(snapshot), []
        day = peildatum or default_peildatum(snapshot)
        for question in questions_of([ids] if isinstance(ids, str) else ids, filters or {}, per):
            id, start, end = question.definition.id, van or FIRST_DAY, tot or day
            key = (VERSIE, file, voor, motor, id, question.filters, question.per, day, start, end, bool(van or tot))

            def find(question: Any = question) -> Answer:
                return compute(
                    question.definition.id, snapshot, voor=voor, peildatum=day, van=van, tot=tot,
                    filters=dict(question.filters), per=question.per, motor=motor,
                )[0]  # fmt: skip

            found.append(copied(self._answers.get(key, find)))
        return found

    def finest(
        self,
        vragen: Sequence[Vraag],
        snapshot: Snapshot,
        *,
        voor: Bevoegdheid,
        peildatum: date | None = None,
        drempel: int = THRESHOLD,
    ) -> list[Fijnste]:
        """As metrics.finest, found once per publication."""
        file = ticket(snapshot)
        day = peildatum or default_peildatum(snapshot)
        key = (VERSIE, file, voor, tuple(vraag.sleutel for vraag in vragen), day, drempel)
        found = self._publications.get(key, lambda: finest(vragen, snapshot, voor=voor, peildatum=day, drempel=drempel))
        return [one.copied() for one in found]

    @property
    def stand(self) -> Stand:
        """How it is used."""
        return self._answers.stand

    def leeg(self) -> None:
        """Forget every answer."""
        self._answers.clear()
        self._publications.clear()
