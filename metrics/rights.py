"""Who asks: the rights are an obligatory part of every question."""

from dataclasses import dataclass

from data.fouten import Gebruiksfout


@dataclass(frozen=True)
class Bevoegdheid:
    """Whose figures someone may see. `gemeenten` None: all. `exact` False: only rows of the fixed publication.

    Other municipalities than one's own are asked for with `exact` False: their figures always pass the guard.
    """

    gemeenten: frozenset[str] | None
    exact: bool = True

    def moet_exact(self) -> None:
        """Raises Gebruiksfout for who may see only what is published."""
        if not self.exact:
            raise Gebruiksfout("U mag alleen gepubliceerde cijfers zien.")
