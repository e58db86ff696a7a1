"""One module per page; each has `render(context)`. The order is that of the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import metrics
from dashboard.pages import (
    cijfer,
    contracten,
    definities,
    gebeurtenissen,
    gegevens,
    publiceren,
    subdoelen,
    termijnen,
    vandaag,
)
from dashboard.pages.context import Context, bar_facts
from dashboard.pages.lead_in import lead_in
from dashboard.state import FILTERS
from dashboard.texts import mark

PAGES: dict[str, tuple[str, Callable[[Context], Any]]] = {
    "/": (mark("Vandaag"), vandaag.render),
    "/instroom": (mark("Instroom"), subdoelen.instroom),
    "/de-reis": (mark("De reis"), subdoelen.reis),
    "/resultaat": (mark("Resultaat"), subdoelen.resultaat),
    "/geld": (mark("Geld"), subdoelen.geld),
    "/contracten": (mark("Contracten"), contracten.render),
    "/publiceren": (mark("Publiceren"), publiceren.render),
    "/gegevens": (mark("Gegevens"), gegevens.render),
    "/definities": (mark("Definities"), definities.render),
}
WITHOUT_DATA = ("/definities",)
# pages with something after their path; not in the menu, but under the page of the menu named
DETAILS: dict[str, tuple[Callable[[Context], Any], str]] = {
    "/cijfer": (cijfer.render, ""),
    "/contracten": (contracten.render, "/contracten"),
}
# pages that another page leads to
LOOSE: dict[str, tuple[Callable[[Context], Any], str]] = {
    "/termijnen": (termijnen.render, "/"),
    "/gebeurtenissen": (gebeurtenissen.render, "/gegevens"),
}
_OTHER_NAMES = {"overzicht": "/", "home": "/", "start": "/", "evaluatie": "/publiceren", "rapport": "/publiceren"}
_NO_FILTERS = ("/contracten", "/gegevens", "/definities", "/gebeurtenissen")
_MONEY = ("gemeente", "doelgroep")
_LOOKING = ("peildatum", "momentopname")
_PERIOD = ("periode", "van", "tot")


@dataclass(frozen=True)
class Found:
    """A page that was found: its path, what follows it, and how it is made. `detail`: it is about one figure."""

    path: str
    rest: str
    render: Callable[[Any], Any]
    menu: str
    detail: bool = False

    @property
    def address(self) -> str:
        """The whole path."""
        return f"{self.path}/{self.rest}" if self.rest else self.path


def find(pathname: str) -> Found | None:
    """The page of an address, or None."""
    path = "/" + pathname.strip("/")
    if path in PAGES:
        return Found(path, "", PAGES[path][1], path)
    parent, _, rest = path.rpartition("/")
    if path in LOOSE:
        return Found(path, "", *LOOSE[path])
    if parent not in DETAILS:
        return None
    render, menu = DETAILS[parent]
    return Found(parent, rest, render, menu or cijfer.home(rest), parent == "/cijfer")


def meant(path: str) -> str | None:
    """The page that an unknown address probably means: a sub-goal, or a page by another name."""
    words = path.strip("/").lower()
    return cijfer.home_of(words) or _OTHER_NAMES.get(words)


def page_of(found: Found | None) -> str:
    """The entry of the menu that a page belongs to."""
    return found.menu if found else ""


def knows(found: Found | None) -> tuple[str, ...]:
    """What of the bar changes something on a page; the rest is switched off there."""
    if found is None or found.path in _NO_FILTERS:
        return _LOOKING if found and found.path == "/contracten" else ("momentopname",)
    if found.detail:
        definition = metrics.catalogue().get(found.rest)
        if definition is None:
            return ()
        timed = bool({"jaar", "kwartaal", "maand"} & set(definition.mogelijk))
        return (*definition.filterbaar, "naast", *_LOOKING, *(_PERIOD if timed else ()))
    return (*(_MONEY if found.path == "/geld" else FILTERS), "naast", *_LOOKING, *_PERIOD)


__all__ = [
    "DETAILS",
    "LOOSE",
    "PAGES",
    "WITHOUT_DATA",
    "Context",
    "Found",
    "bar_facts",
    "find",
    "knows",
    "lead_in",
    "meant",
    "page_of",
]
