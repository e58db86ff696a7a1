"""What a page is given: the desk, the momentopname, and the view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import etl
import metrics
from dashboard.access import Desk
from dashboard.components import figure_card
from dashboard.state import View
from data import referentie


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
        rows = referentie.gemeenten()
        return dict(zip(rows["gemeentecode"], rows["gemeente"], strict=True))

    def answer(self, id: str, per: Sequence[str] = ()) -> metrics.Answer:
        """One answer for this view."""
        return self.desk.answer(self.snapshot, id, self.view, per)

    def card(self, id: str, per: Sequence[str] = (), *, again: bool = False) -> Any:
        """The card of a figure, or nothing when the catalogue does not have it. `again`: the page has one already."""
        if id not in metrics.catalogue():
            return None
        answer = self.answer(id, per)
        total = self.answer(id) if answer.per else None
        return figure_card(
            answer, total, self.names, search=self.view.write(), left_out=self.desk.left_out(id, self.view),
            again=again,
        )  # fmt: skip
