"""Today, from one place, so that a run can be repeated as of another day (environment INBURGERING_VANDAAG)."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.fouten import Gebruiksfout


def vandaag() -> date:
    """The current day in the Netherlands, or the day that INBURGERING_VANDAAG names (YYYY-MM-DD)."""
    given = os.environ.get("INBURGERING_VANDAAG")
    if not given:
        return datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Gebruiksfout(
            f"INBURGERING_VANDAAG is '{given}', maar dat is geen datum. Schrijf bijvoorbeeld 2025-12-31."
        ) from None
