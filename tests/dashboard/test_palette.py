"""Colours that survive: a dark screen, white paper, and the eyes of who is colour-blind. Measured, not looked at."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

import dashboard
from dashboard.figures import palette

CSS = (Path(dashboard.__file__).parent / "assets" / "stijl.css").read_text(encoding="utf-8")
CARDS = set(re.findall(r"--kaart:\s*(#[0-9a-f]{6})", CSS))
# Machado, Oliveira & Fernandes 2009, severity 1
EYES = {
    "gewoon": np.eye(3),
    "protanopie": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopie": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopie": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_LMS = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_LAB = [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
]
TOGETHER = {
    "leerroutes": [palette.colour_of("leerroute", one) for one in ("B1", "onderwijs", "Z")],
    "doelgroepen": [
        palette.colour_of("doelgroep", one)
        for one in ("asielstatushouder", "nareiziger", "gezinsmigrant", "overige migrant")
    ],
    "einden": [
        palette.colour_of("einde", one)
        for one in ("voldaan", "ontheven of vrijgesteld", "vertrokken of overleden", "niet voldaan", "nog bezig")
    ],
    "redenen": [palette.colour_of("reden_einde", one) for one in ("afgerond", "overstap", "uitval", "vertrokken")],
    "geteld en begroot": [palette.ACCENT, palette.MARK],
}


def _linear(colour):
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _contrast(one, other):
    low, high = sorted(float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) + 0.05 for colour in (one, other))
    return high / low


def _oklab(colour, eye):
    seen = np.clip(np.array(EYES[eye]) @ _linear(colour), 0, None)
    return np.array(TO_LAB) @ np.cbrt(np.array(TO_LMS) @ seen)


def test_the_style_sheet_names_a_light_and_a_dark_card():
    assert len(CARDS) == 2


FILLED = {*palette.SERIES, *itertools.chain(*TOGETHER.values())}


@pytest.mark.parametrize("colour", sorted({*FILLED, palette.QUIET}))
def test_each_colour_can_be_seen_on_a_light_and_a_dark_card_and_written_on(colour):
    if colour != palette.MUTED:  # the rest of a whole, always with its number in dark letters
        assert [one for one in CARDS if _contrast(colour, one) < 3] == []
    if colour in FILLED:
        assert _contrast(colour, palette.ink_on(colour)) >= 4.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("what", TOGETHER)
def test_what_stands_together_can_be_told_apart_by_every_eye(what, eye):
    for one, other in itertools.combinations(TOGETHER[what], 2):
        assert 100 * np.linalg.norm(_oklab(one, eye) - _oklab(other, eye)) >= 8, (one, other)
