"""What a file that somebody takes along is called: so that it can be told from its neighbours in a folder."""

import re

from dashboard.state import View

_MOST = 90
OUTSIDE = "-voor-buiten"


def file_name(figure: str, view: View, snapshot: str, kind: str, *, example: bool, outside: bool) -> str:
    """The figure, whose it is, the momentopname, and whether it has been through the publication guard.

    A CSV has no room for a heading: without the choices in its name, one municipality looks like all of them; and
    without the last word, exact figures look like those that may be published.
    """
    chosen = "".join(f"-{name}-{'-'.join(values)}" for name, values in sorted(view.filters.items()))
    if view.van or view.tot:
        chosen += f"-{view.van or ''}-tot-{view.tot or ''}"
    chosen = re.sub(r"[^A-Za-z0-9]+", "-", chosen)
    if len(chosen) > _MOST:
        chosen = "-keuze"
    return (
        f"{'VOORBEELD-' if example else ''}{figure}{chosen.rstrip('-')}-{snapshot}{OUTSIDE if outside else ''}.{kind}"
    )
