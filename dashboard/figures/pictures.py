"""Charts as files, drawn by one Chromium that this process keeps.

Starting a browser takes seconds, so it stays open between batches and closes when nobody asks any more. One batch is
drawn at a time; who comes when too many wait is told so at once. The same chart always gives the same bytes.
"""

import asyncio
import atexit
import logging
import os
import re
import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any

from dashboard.texts import mark
from dashboard.typeface import fontconfig
from data.fouten import Gebruiksfout

MOST_WAITING = 8  # batches; more would wait longer than anybody does
FIRST, EACH = 60.0, 2.0  # seconds that a batch may take: to begin with, and for every chart
IDLE = 300.0  # seconds after which the browser closes
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LOG = logging.getLogger("inburgering")


class GeenTekenaar(Gebruiksfout):
    """No picture can be made now: there is no browser, too many wait, or it took too long."""


def browser() -> str | None:
    """The browser that draws charts, or None."""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), None)


def draw(charts: Sequence[dict[str, Any]], kind: str = "svg", *, width: int = 640, scale: int = 1) -> list[bytes]:
    """Every chart as a picture ("svg" or "png"), in one batch. Its height stands in its layout.

    Raises GeenTekenaar, with what to do about it.
    """
    if not charts:
        return []
    if browser() is None:
        raise GeenTekenaar(
            mark(
                "Voor een plaatje is de browser Chromium nodig, en die is hier niet. Vraag uw beheerder om Chromium te "
                "installeren. De tabel en het bestand (CSV of XLSX) werken wel."
            )
        )
    pictures = _PAINTER.draw(
        [
            (_named(one), {"format": kind, "width": width, "height": one["layout"]["height"], "scale": scale})
            for one in charts
        ]
    )  # fmt: skip
    return [renumber(one.decode()).encode() for one in pictures] if kind == "svg" else pictures


def _named(chart: dict[str, Any]) -> dict[str, Any]:
    """The chart with a fixed name per trace: without one plotly makes a random one up, which ends in the picture."""
    return chart | {"data": [trace | {"uid": f"t{place}"} for place, trace in enumerate(chart["data"])]}


def renumber(svg: str) -> str:
    """plotly gives random ids; numbered in order of appearance the same chart is the same text."""
    found = list(dict.fromkeys(re.findall(r'id="([^"]+)"', svg)))
    for number, old in enumerate(sorted(found, key=len, reverse=True)):
        svg = re.sub(rf"(?<=[\"#]){re.escape(old)}(?=[\"')])", f"__{number}__", svg)
    order = list(dict.fromkeys(re.findall(r"__\d+__", svg)))
    for number, old in enumerate(order):
        svg = svg.replace(old, f"n{number}")
    return svg


class _Painter:
    """A thread with an event loop, in which one browser lives."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn: asyncio.Lock | None = None
        self._browser: Any = None
        self._closing: asyncio.TimerHandle | None = None
        self._letters: Any = None
        self._waiting = 0

    def draw(self, charts: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[bytes]:
        """The pictures of one batch, in order."""
        with self._guard:
            if self._waiting >= MOST_WAITING:
                raise GeenTekenaar(
                    mark("Er worden nu te veel plaatjes tegelijk gemaakt. Probeer het over een minuut weer.")
                )
            self._waiting += 1
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._turn = asyncio.Lock()
                threading.Thread(target=self._loop.run_forever, name="tekenaar", daemon=True).start()
                atexit.register(self.close)
        job = asyncio.run_coroutine_threadsafe(self._batch(charts), self._loop)
        try:
            return job.result(FIRST + EACH * len(charts))
        except (TookTooLong, TimeoutError):
            job.cancel()
            raise GeenTekenaar(mark("Het plaatje maken duurde te lang. Probeer het over een minuut weer.")) from None
        except Exception:
            _LOG.exception("Een grafiek tekenen mislukte.")
            raise GeenTekenaar(
                mark("Het plaatje kon niet worden gemaakt. De tabel en het bestand werken wel.")
            ) from None
        finally:
            with self._guard:
                self._waiting -= 1

    async def _batch(self, charts: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[bytes]:
        assert self._turn is not None
        async with self._turn:
            fresh = await self._opened()
            try:
                return await self._drawn(charts)
            except Exception:
                await self._shut()
                if fresh:
                    raise
            except BaseException:  # given up: what the browser is doing now is for nobody
                await self._shut()
                raise
            await self._opened()  # a browser that was kept can have died in between
            return await self._drawn(charts)

    async def _drawn(self, charts: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[bytes]:
        found = await asyncio.gather(*(self._browser.calc_fig(figure, opts=how) for figure, how in charts))
        self._closing = asyncio.get_running_loop().call_later(IDLE, self._expire)
        return found

    async def _opened(self) -> bool:
        """Open the browser when it is closed; tells whether it was."""
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        if self._browser is not None:
            return False
        import kaleido

        settings, self._letters = fontconfig()
        os.environ.setdefault("FONTCONFIG_FILE", str(settings))  # the browser takes it over; no option says it
        made = kaleido.Kaleido(n=1, path=browser(), mathjax=False)  # MathJax would come from elsewhere
        try:
            await made.open()
        finally:
            if os.environ.get("FONTCONFIG_FILE") == str(settings):
                del os.environ["FONTCONFIG_FILE"]
        self._browser = made
        return True

    def _expire(self) -> None:
        self._keep = asyncio.ensure_future(self._close_in_turn())  # kept: a task that nobody holds may vanish

    async def _close_in_turn(self) -> None:
        assert self._turn is not None
        async with self._turn:
            await self._shut()

    async def _shut(self) -> None:
        old, self._browser = self._browser, None
        if old is None:
            return
        try:
            await asyncio.wait_for(old.close(), 10)
        except Exception:
            _LOG.debug("De browser sloot niet vanzelf.", exc_info=True)

    def close(self) -> None:
        """Close the browser, if there is one; the next batch opens another."""
        if self._loop is None or self._browser is None:
            return
        try:
            asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(15)
        except Exception:
            _LOG.debug("De browser sloot niet vanzelf.", exc_info=True)


_PAINTER = _Painter()


def close() -> None:
    """Close the browser now instead of after a while."""
    _PAINTER.close()
