"""Words that pages share: things in a row, and what stands inside a sentence."""

from collections.abc import Sequence

from dashboard.texts import t


def listed(parts: Sequence[str]) -> str:
    """Things in a row, as they stand in a sentence."""
    if len(parts) < 2:
        return "".join(parts)
    return t("{begin} en {laatste}", begin=", ".join(parts[:-1]), laatste=parts[-1])


def inside(text: str) -> str:
    """A title in the middle of a sentence; PIP and B1 keep their capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() and not text.startswith(("B1", "Z-")) else text
