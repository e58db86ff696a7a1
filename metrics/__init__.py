"""The warehouse becomes figures. Every figure is defined once, in `definitions/`, and computed by `compute` only.

In:   a momentopname of etl.
Out:  answers: rows of counts with their statistic and its uncertainty; and, for what is published, the same rows after
      the publication guard.
Never here: a norm of a contract, a delivery's form, a number formatted for a person.

Only the names exported here are meant for the neighbours.
"""

from metrics.answer import VERBORGEN, Answer
from metrics.cache import AnswerCache
from metrics.catalogue import catalogue, lineage
from metrics.compute import compute, default_peildatum, keep_asked, keep_behind, keep_ready, persons, provenance
from metrics.curve import curve
from metrics.definition import Definition
from metrics.disclosure import THRESHOLD, publish
from metrics.finest import Fijnste, Poging, finest
from metrics.intervals import wilson
from metrics.levels import Niveau, Vraag
from metrics.once import Once, Stand
from metrics.plain import from_plain, to_plain
from metrics.publication import PUBLICATIE, fixed_publication, of_nobody
from metrics.query import ask
from metrics.rights import Bevoegdheid
from metrics.values import check_possible

ALLES = Bevoegdheid(None)

__all__ = [
    "ALLES",
    "PUBLICATIE",
    "THRESHOLD",
    "VERBORGEN",
    "Answer",
    "AnswerCache",
    "Bevoegdheid",
    "Definition",
    "Fijnste",
    "Niveau",
    "Once",
    "Poging",
    "Stand",
    "Vraag",
    "ask",
    "catalogue",
    "check_possible",
    "compute",
    "curve",
    "default_peildatum",
    "finest",
    "fixed_publication",
    "from_plain",
    "keep_asked",
    "keep_behind",
    "keep_ready",
    "lineage",
    "of_nobody",
    "persons",
    "provenance",
    "publish",
    "to_plain",
    "wilson",
]
