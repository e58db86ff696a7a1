"""Charts of a report as SVG text. No browser is needed, and the same numbers always give the same bytes.

A drawing says nothing with colour alone: every bar carries its name and its value in words, parts of a whole are told
apart by pattern too, so that a grey printer or a colour-blind reader misses nothing.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.figures.palette import colour_of

WIDTH = 640
_INK, _SOFT, _BAR, _DARK = "#1b2733", "#d9e0e7", "#8fb0d6", "#154273"
_FONT, _SIZE = "Source Sans Pro", 13
_ROW, _THICK = 23, 14
_LETTER = 6.3  # the mean width of a letter at this size
_LEGIBLE = 0.055  # a smaller part has no room for its number


@dataclass(frozen=True)
class Bar:
    """One row: its name, its value (None: it has none that may be drawn), interval, mark, and the value in words."""

    name: str
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    mark: float | None = None


@dataclass(frozen=True)
class Part:
    """One part of a whole; `kind` None is what is not shown."""

    name: str
    share: float
    kind: str | None


def bars(
    rows: Sequence[Bar], *, top: float | None = None, ticks: Sequence[tuple[float, str]] = (), mark: str = ""
) -> str:
    """Horizontal bars under each other. `top` is the end of the scale, `mark` what the mark on a bar means."""
    most = top or max((value for row in rows for value in (row.value, row.high, row.mark) if value), default=1.0)
    left = min(230.0, 10 + _LETTER * max(len(line) for row in rows for line in _wrap(row.name)))
    right = 12 + _LETTER * max(len(row.text) for row in rows)
    width = WIDTH - left - right
    head = 24 if mark else 4
    height = head + _ROW * len(rows) + (22 if ticks else 6)

    def x(value: float) -> float:
        return left + width * max(0.0, min(value, most)) / most

    parts = []
    if mark:
        parts += [_diamond(left + 6, 11), _text(left + 16, 15, mark, size=12)]
    for value, name in ticks:
        parts.append(_line(x(value), head, x(value), head + _ROW * len(rows), _SOFT, 1))
        anchor = "start" if value == 0 else "end" if value >= most else "middle"
        parts.append(_text(x(value), height - 6, name, size=11.5, anchor=anchor))
    parts.append(_line(left, head, left, head + _ROW * len(rows), _INK, 1))
    for place, row in enumerate(rows):
        middle = head + _ROW * (place + 0.5)
        lines = _wrap(row.name)
        for number, line in enumerate(lines):
            offset = 4.5 + (number - (len(lines) - 1) / 2) * 12
            parts.append(_text(left - 8, middle + offset, line, anchor="end", size=_SIZE if len(lines) == 1 else 11.5))
        if row.value is not None:
            box = f'x="{left:.1f}" y="{middle - _THICK / 2:.1f}" height="{_THICK}" width="{x(row.value) - left:.1f}"'
            parts.append(f'<rect {box} fill="{_BAR}"/>')
        if row.value is not None and row.low is not None and row.high is not None:
            parts.append(_line(x(row.low), middle, x(row.high), middle, _DARK, 1.6))
            parts += [_line(x(end), middle - 4, x(end), middle + 4, _DARK, 1.6) for end in (row.low, row.high)]
        if row.mark is not None:
            parts.append(_diamond(x(row.mark), middle))
        parts.append(_text(WIDTH - right + 10, middle + 4.5, row.text))
    return _sheet(height, parts)


def stacks(rows: Sequence[tuple[str, Sequence[Part]]]) -> str:
    """A whole bar per row, divided into its parts; a legend names the parts in their order."""
    kinds: dict[str, str | None] = {part.name: part.kind for _, parts in rows for part in parts}
    mark = f"{zlib.crc32(repr(rows).encode()):08x}"  # a page with many drawings has each id once
    patterns = {kind: f"p{number}-{mark}" for number, kind in enumerate(dict.fromkeys(kinds.values()))}
    left = 10 + _LETTER * max(len(name) for name, _ in rows)
    width = WIDTH - left - 8
    legend, line, place = [], 0, 0.0
    for name, kind in kinds.items():
        long = 26 + 6.0 * len(name)
        if place and place + long > WIDTH - 4:
            line, place = line + 1, 0.0
        box = f'x="{place:.1f}" y="{4 + 19 * line}" width="13" height="12"'
        legend += [f'<rect {box} fill="url(#{patterns[kind]})" stroke="{_INK}" stroke-width="0.6"/>']
        legend.append(_text(place + 18, 14.5 + 19 * line, name, size=12))
        place += long
    head = 28 + 19 * line
    parts = list(legend)
    for number, (name, shares) in enumerate(rows):
        top = head + 30 * number
        parts.append(_text(left - 8, top + 16.5, name, anchor="end"))
        at = left
        for part in shares:
            long = width * part.share
            box = f'x="{at:.1f}" y="{top:.1f}" width="{max(long, 0.1):.1f}" height="24"'
            parts.append(f'<rect {box} fill="url(#{patterns[part.kind]})" stroke="#ffffff" stroke-width="1"/>')
            if part.share >= _LEGIBLE and part.kind is not None:
                label = f"{100 * part.share:.0f}%"
                ground = f'x="{at + long / 2 - 16:.1f}" y="{top + 4:.1f}" width="32" height="16"'
                parts.append(f'<rect {ground} fill="#ffffff"/>')  # letters on a pattern need a ground
                parts.append(_text(at + long / 2, top + 16.5, label, anchor="middle"))
            at += long
    defined = "".join(_pattern(name, kind) for kind, name in patterns.items())
    return _sheet(head + 30 * len(rows) + 2, [f"<defs>{defined}</defs>", *parts])


# what is drawn over the colour of an end, so that ends stay apart in grey: nothing, strokes in a direction, or dots
_STROKES = {
    "uitval": "M0 0L8 8", "niet voldaan": "M0 0L8 8", "overstap": "M4 0V8", "ontheven of vrijgesteld": "M4 0V8",
    "studie": "M4 0V8", "vertrokken": "M0 4H8", "vertrokken of overleden": "M0 4H8", "verhuizing": "M0 4H8",
    "nog bezig": "M0 8L8 0",
}  # fmt: skip
_PALE = "#eef1f4"


def _pattern(name: str, kind: str | None) -> str:
    """The fill of one end."""
    box = f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
    if kind is None:
        return (
            f'{box}<rect width="8" height="8" fill="#ffffff"/><circle cx="4" cy="4" r="1.1" fill="#66727f"/></pattern>'
        )
    still = kind == "nog bezig"
    ground = f'<rect width="8" height="8" fill="{_PALE if still else colour_of("einde", kind)}"/>'
    path = _STROKES.get(kind)
    stroke = f'<path d="{path}" stroke="{"#9aa7b4" if still else "#ffffff"}" stroke-width="1.6"/>' if path else ""
    if kind == "overig":
        stroke = '<circle cx="4" cy="4" r="1.6" fill="#ffffff"/>'
    return f"{box}{ground}{stroke}</pattern>"


def _wrap(name: str) -> list[str]:
    """A long name on two lines."""
    if len(name) <= 34:
        return [name]
    cut = name.rfind(" ", 0, len(name) // 2 + 6)
    return [name[:cut], name[cut + 1 :]] if cut > 0 else [name]


def _text(x: float, y: float, text: str, *, size: float = _SIZE, anchor: str = "start", ink: str = _INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-family="{_FONT}, sans-serif" font-size="{size}"'
    return f'<text {place} fill="{ink}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def _diamond(x: float, y: float) -> str:
    path = f"M{x:.1f} {y - 6:.1f}L{x + 5:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}L{x - 5:.1f} {y:.1f}Z"
    return f'<path d="{path}" fill="#b3541e" stroke="#ffffff" stroke-width="0.8"/>'


def _sheet(height: float, parts: Sequence[str]) -> str:
    box = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'
