"""Words for people: numbers as a Dutch reader writes them, and sentences made from answers by rules.

In:   values and rows of `metrics.Answer`, exact or published.
Out:  short Dutch text (level B1). What is hidden, empty or too small has its own words, never a 0.
Never here: HTML, Typst, a figure that is computed.
"""

from dashboard.wording.answers import sentences
from dashboard.wording.format import (
    EMPTY,
    HIDDEN,
    WORDS_BELOW,
    amount,
    cell,
    day,
    dimension,
    euros,
    horizon,
    interval,
    is_hidden,
    measure,
    month,
    number,
    percentage,
    period,
    quarter,
    share,
    title_of,
)
from dashboard.wording.sentences import compare, sentence, state
from dashboard.wording.units import unit_of
from dashboard.wording.verdicts import (
    entry_summary,
    is_share,
    verdict_interval,
    verdict_sentence,
    verdict_story,
    verdict_value,
)

__all__ = [
    "EMPTY",
    "HIDDEN",
    "WORDS_BELOW",
    "amount",
    "cell",
    "compare",
    "day",
    "dimension",
    "entry_summary",
    "euros",
    "horizon",
    "interval",
    "is_hidden",
    "is_share",
    "measure",
    "month",
    "number",
    "percentage",
    "period",
    "quarter",
    "sentence",
    "sentences",
    "share",
    "state",
    "title_of",
    "unit_of",
    "verdict_interval",
    "verdict_sentence",
    "verdict_story",
    "verdict_value",
]
