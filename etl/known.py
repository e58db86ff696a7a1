"""Known texts: each different text of a column is judged once per load, however many rows and files hold it."""

import threading
from collections.abc import Callable

import polars as pl

MOST = 200_000  # different texts; a column with more than these is begun anew, or memory would grow with the delivery
Judge = Callable[[pl.Series], pl.DataFrame]


class Known:
    """What is known of the texts of one column. `judge` gives, for texts, one row each: `w`, `t`, `f`.

    A categorical finds the different texts of a column and numbers them; `judged` has a row per number. May be used
    from several threads.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._busy = threading.Lock()
        self.blank = judge(pl.Series([None], dtype=pl.String))
        self._begin()

    def _begin(self) -> None:
        self._kind = pl.Categorical(pl.Categories.random())
        # the categories live as long as a series that has them
        self._anchor = pl.Series([None], dtype=self._kind)
        self._judged = self.blank.clear()

    @property
    def kind(self) -> pl.DataType:
        """The kind of categories that texts become; reading them as such spares looking them up."""
        return self._kind

    def look_up(self, texts: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
        """The number of each text, empty for an empty one, and what the numbers stand for."""
        with self._busy:
            if self._judged.height > MOST:
                self._begin()
            kind, anchor = self._kind, self._anchor
            numbers = texts.cast(kind).to_physical().cast(pl.UInt32)
            highest = numbers.max()
            known, needed = self._judged.height, 0 if highest is None else int(str(highest)) + 1
            if needed > known:
                fresh = pl.int_range(known, needed, dtype=pl.UInt32, eager=True).cat.to(kind).cast(pl.String)
                self._judged = pl.concat([self._judged, self._judge(fresh)], rechunk=True)
            del anchor
            return numbers, self._judged
