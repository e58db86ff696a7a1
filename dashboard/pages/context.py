"""What a page is given: the desk, the momentopname, and the view."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import etl
import metrics
from dashboard import access, events, wording
from dashboard.access import Desk
from dashboard.components import figure_card
from dashboard.places import municipalities
from dashboard.state import FIRST_DAY, View
from dashboard.texts import t, tn


@dataclass(frozen=True)
class Context:
    """`rest` is what follows the page's own path."""

    desk: Desk
    snapshot: etl.Snapshot
    view: View
    rest: str = ""

    @property
    def names(self) -> dict[str, str]:
        """Names of municipalities by code."""
        return municipalities()

    @property
    def titles(self) -> dict[str, str]:
        """Titles of contracts by id."""
        return {id: one.titel for id, one in self.desk.agreements.items()}

    @property
    def example(self) -> bool:
        """Whether the figures are of people who do not exist."""
        return bool(self.desk.facts(self.snapshot)["voorbeeld"])

    @property
    def day(self) -> Any:
        """The peildatum: as chosen, else the usual one."""
        return self.view.peildatum or self.desk.facts(self.snapshot)["peildatum"]

    def answer(self, id: str, per: Sequence[str] = ()) -> metrics.Answer:
        """One answer for this view."""
        return self.desk.answer(self.snapshot, id, self.view, per)

    @property
    def events(self) -> list[dict[str, Any]]:
        """What happened in the period that is looked at, for charts over time."""
        first, last = self.view.van or FIRST_DAY, min(self.view.tot or self.day, self.day)
        return events.shown(self.desk.werkmap, self.example, first, last)

    def lacks(self, id: str) -> str | None:
        """What a figure waits for, in a sentence: without it, even a 0 says nothing."""
        absent = self.desk.absent(self.snapshot, id)
        if not absent:
            return None
        sheets = wording.together([t("het blad {naam}", naam=name) for name in absent])
        return tn(
            "Let op: {bladen} is niet geleverd. Daardoor kan dit cijfer leeg of te laag zijn.",
            "Let op: {bladen} zijn niet geleverd. Daardoor kan dit cijfer leeg of te laag zijn.",
            len(absent), bladen=sheets,
        )  # fmt: skip

    def seen_with(self, view: View) -> "Context":
        """The same with another view."""
        return replace(self, view=view)

    def card(self, id: str, per: Sequence[str] = (), *, again: bool = False, beside: str | None = None) -> Any:
        """The card of a figure, or nothing when the catalogue does not have it. `again`: the page has one already;
        `beside`: a comparison in words."""
        if id not in metrics.catalogue():
            return None
        answer = self.answer(id, per)
        total = self.answer(id) if answer.per else None
        return figure_card(
            answer, total, self.names, view=self.view, left_out=self.desk.left_out(id, self.view), again=again,
            events=self.events, beside=beside, lacks=self.lacks(id),
        )  # fmt: skip


def bar_facts(desk: Desk, snapshot: etl.Snapshot) -> dict[str, Any]:
    """What the frame needs to know: the momentopname, and everything that can be chosen."""
    moments = [(id, f"{wording.day(made)} {made:%H:%M}") for id, made in desk.moments() if id != desk.current_id()]
    titles = [(id, one.titel) for id, one in desk.agreements.items()]
    mine, facts = access.current().gemeenten, desk.facts(snapshot)
    towns = [
        (code, town if mine is None or code in mine else t("{gemeente} (alleen gepubliceerd)", gemeente=town))
        for code, town in facts["gemeenten"]
    ]
    return {**facts, "gemeenten": towns, "contracten": titles, "momentopnamen": moments}
