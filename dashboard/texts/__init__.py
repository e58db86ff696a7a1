"""The one table of texts: Dutch stands in the code, and `en/*.po` holds the English beside each Dutch text.

In:   a Dutch text with named places (`{n} van de {m}`), and what stands in them.
Out:  the same text in the language of who asks, filled in. Dutch when the table has nothing.
Never here: numbers and dates in words (`dashboard.wording`), what people wrote themselves, reports: those are Dutch.

How to write a text:

    t("De peildatum is {dag}.", dag=wording.day(day))            a sentence
    tn("{n} rij is geweigerd.", "{n} rijen zijn geweigerd.", count, n=wording.number(count))   one or more
    tc("kolom", "Van")                                           a short word that means more than one thing
    _NAMES = {"jaar": mark("per jaar")}  …  t(_NAMES[key])       a text that is chosen later

The language belongs to the request (`speaking`); outside one it is Dutch. A test reads every call from the code and
holds the table to it: nothing missing, nothing dead, the same places in both.
"""

from dashboard.texts.language import DUTCH, ENGLISH, LANGUAGES, language, speaking
from dashboard.texts.own import pieces
from dashboard.texts.table import mark, t, tc, tn
from dashboard.texts.web import add_language, language_links, own_words, said

__all__ = [
    "DUTCH", "ENGLISH", "LANGUAGES", "add_language", "language", "language_links", "mark", "own_words", "pieces",
    "said", "speaking", "t", "tc", "tn",
]  # fmt: skip
