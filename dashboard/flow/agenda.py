"""What comes when, in the language of who asks: `contracts.agenda` tells it in Dutch, by kind."""

import re
from datetime import date

from markupsafe import Markup

import contracts
from dashboard import wording
from dashboard.texts import mark, own_words, said, t

STANDS = (mark("te laat"), mark("verwacht"), mark("gedaan"))
_FIXED = (
    mark("Evaluatie voor de gemeenteraad"),
    mark("Het contract eindigt"),
    mark("Het contract eindigt over een half jaar: wat komt erna?"),
)
_REPORT = re.compile(r"Rapportage over (\S+)")
_EXTEND = re.compile(r"Beslissen over verlengen \(kan tot (\d\d)-(\d\d)-(\d{4})\)")
_STATUS = re.compile(r"De status (.+) van het keurmerk eindigt")


def item_text(item: contracts.Item) -> Markup | str:
    """The words of one item. What somebody wrote down as an action stays as it is."""
    if item.soort == "actie":
        return own_words(item.tekst)
    if found := _REPORT.fullmatch(item.tekst):
        return t("Rapportage over {kwartaal}", kwartaal=found[1])
    if found := _EXTEND.fullmatch(item.tekst):
        day, month, year = (int(part) for part in found.groups())
        return t("Beslissen over verlengen (kan tot {dag})", dag=wording.day(date(year, month, day)))
    if found := _STATUS.fullmatch(item.tekst):
        return t("De status {status} van het keurmerk eindigt", status=t(found[1]))
    return said(item.tekst)
