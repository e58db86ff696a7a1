"""Words for people: numbers as a Dutch reader writes them, and sentences made from answers by rules.

In:   values and rows of `metrics.Answer`, exact or published.
Out:  short Dutch text (level B1). What is hidden, empty or too small has its own words, never a 0.
Never here: HTML, Typst, a figure that is computed.
"""

from dashboard.wording.answers import sentences
from dashboard.wording.choice import FIRST_DAY, about, chosen, label_of, moment, together
from dashboard.wording.explain import counted, quote, spread, summary, sureness
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
    unbroken,
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
    "FIRST_DAY",
    "HIDDEN",
    "WORDS_BELOW",
    "about",
    "amount",
    "cell",
    "chosen",
    "compare",
    "counted",
    "day",
    "dimension",
    "entry_summary",
    "euros",
    "horizon",
    "interval",
    "is_hidden",
    "is_share",
    "label_of",
    "measure",
    "moment",
    "month",
    "number",
    "percentage",
    "period",
    "quarter",
    "quote",
    "sentence",
    "sentences",
    "share",
    "spread",
    "state",
    "summary",
    "sureness",
    "title_of",
    "together",
    "unbroken",
    "unit_of",
    "verdict_interval",
    "verdict_sentence",
    "verdict_story",
    "verdict_value",
]
