"""Who asks: the rights are an obligatory part of every question."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bevoegdheid:
    """Whose figures someone may see. `gemeenten` None: all. `exact` False: only what passes the publication guard.

    Other municipalities than one's own are asked for with `exact` False: their figures always pass the guard.
    """

    gemeenten: frozenset[str] | None
    exact: bool = True
