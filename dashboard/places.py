"""Names of municipalities: asked for with every card and every page of a report, and always the same."""

from functools import lru_cache

from data import referentie


@lru_cache(maxsize=1)
def municipalities() -> dict[str, str]:
    """Names by code."""
    rows = referentie.gemeenten()
    return dict(zip(rows["gemeentecode"], rows["gemeente"], strict=True))
