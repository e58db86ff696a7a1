"""Which words in the sentences about agreements and the record are not ours, and so stay Dutch in every language."""

from collections.abc import Iterable
from typing import Any


def of_agreements(agreements: Iterable[Any]) -> list[str]:
    """Names and steps as they stand in the agreements."""
    found: list[str] = []
    for one in agreements:
        steps = (*one.rapportage.gevolg, *(step for kpi in one.kpis for step in kpi.gevolg))
        found += [one.titel, *(kpi.titel for kpi in one.kpis), *(step.stap for step in steps)]
        found += [one.aanbieder, *(parcel.titel for parcel in one.percelen)]
    return found


def of_entry(entry: Any) -> list[str]:
    """What somebody typed in an entry of the record."""
    facts = entry.inhoud.model_dump()
    texts = [value for value in facts.values() if isinstance(value, str)]
    lists = [value for value in facts.values() if isinstance(value, tuple)]
    return [*texts, *(text for one in lists for text in one if isinstance(text, str))]
