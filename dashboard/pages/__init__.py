"""One module per page; each has `render(context)`. The order is that of the menu."""

from collections.abc import Callable
from typing import Any

from dashboard.pages import contracten, definities, gegevens, publiceren, subdoelen, vandaag
from dashboard.pages.context import Context

PAGES: dict[str, tuple[str, Callable[[Context], Any]]] = {
    "/": ("Vandaag", vandaag.render),
    "/instroom": ("Instroom", subdoelen.instroom),
    "/de-reis": ("De reis", subdoelen.reis),
    "/resultaat": ("Resultaat", subdoelen.resultaat),
    "/geld": ("Geld", subdoelen.geld),
    "/contracten": ("Contracten", contracten.render),
    "/publiceren": ("Publiceren", publiceren.render),
    "/gegevens": ("Gegevens", gegevens.render),
    "/definities": ("Definities", definities.render),
}
WITHOUT_DATA = ("/definities",)

__all__ = ["PAGES", "WITHOUT_DATA", "Context"]
