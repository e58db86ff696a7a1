"""What every English sentence must be."""

import re

DUTCH_WORDS = re.compile(
    r"\b(de|het|een|van|voor|zijn|niet|nog|wordt|naar|geen|mensen|deze|ook|bij|zonder|wij|omdat|maar|hun|dat|inburg\w*|"
    r"toeval|kregen|tussen|meer|minder|rijp|bekend|aanbieders?|kwartaal|afspraak|oordeel)\b",
    re.IGNORECASE,
)


def is_english(text):
    assert text == text.strip() and "  " not in text, text
    assert text[0].isupper() or text[0].isdigit() or text[0] in "€−", text
    assert text.endswith("."), text
    assert not re.search(r"[{}]|None|\bnan\b|\.\.| [.,;]|\(\)", text), text
    assert not DUTCH_WORDS.search(text), text
