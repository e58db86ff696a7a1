"""The sentences of the command line's own machinery, in Dutch: one table.

argparse looks its sentences up under `_` and `ngettext`; `install` puts this table there. A sentence that a later
Python adds stays English and fails the test that reads every help text.
"""

import argparse

SENTENCES = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat u meegeeft",
    "options": "keuzes",
    "subcommands": "opdrachten",
    "show this help message and exit": "deze uitleg tonen",
    "show program's version number and exit": "het versienummer tonen",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "bij %(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "deze keuze of dit woord is hier niet bekend: %s",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "one of the arguments %s is required": "geef een van deze mee: %s",
    "not allowed with argument %s": "kan niet samen met %s",
    "expected one argument": "hierachter hoort één waarde",
    "expected at least one argument": "hierachter hoort ten minste één waarde",
    "expected at most one argument": "hierachter hoort hooguit één waarde",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan hier niet; kies uit: %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r is hier geen geldige waarde",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r is geen opdracht; kies uit: %(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan meer dan één ding betekenen: %(matches)s",
    "ignored explicit argument %r": "achter deze keuze hoort geen waarde: %r",
}


def _translate(message: str) -> str:
    return SENTENCES.get(message, message)


def _translate_plural(one: str, many: str, count: int) -> str:
    del many
    return {
        "expected %s argument": f"hier horen {count} waarden",
        "expected %s arguments": f"hier horen {count} waarden",
    }.get(one, one)


def install() -> None:
    """Let argparse speak Dutch, in this process."""
    argparse._ = _translate  # type: ignore[attr-defined]
    argparse.ngettext = _translate_plural  # type: ignore[attr-defined]
