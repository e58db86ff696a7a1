"""The one error that a user can act on; everything else that is raised is a fault of ours."""

from collections.abc import Iterable


class Gebruiksfout(Exception):
    """Wrong use or wrong input, told in Dutch: what is wrong, where, and what to do.

    `meldingen` holds one sentence per mistake, all of them at once. The command line prints them and ends with code 2.
    """

    def __init__(self, meldingen: str | Iterable[str]) -> None:
        self.meldingen: list[str] = [meldingen] if isinstance(meldingen, str) else list(meldingen)
        super().__init__("\n".join(self.meldingen))
