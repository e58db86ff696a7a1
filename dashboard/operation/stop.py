"""Stopping without cutting anyone off: what is being answered is finished, nothing new is taken."""

import signal
import threading
import time
from typing import Any

from waitress import wasyncore

from dashboard.operation import logs

_BEAT = 0.2


class Stop:
    """Asks a server to stop; asked twice, it stops at once."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.now = threading.Event()

    def ask(self, *_: Any) -> None:
        """From a signal, or from another thread."""
        (self.now if self.asked.is_set() else self.asked).set()

    def on_signals(self) -> None:
        """Listen to SIGTERM (systemd, containers) and SIGINT (Ctrl+C); only the main thread can."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self.ask)
            signal.signal(signal.SIGINT, self.ask)


def serve_until_stopped(server: Any, stoptijd: int, stop: Stop | None = None) -> None:
    """Serve until asked to stop, then finish running requests, for `stoptijd` seconds at most."""
    if stop is None:
        stop = Stop()
        stop.on_signals()
    sockets = _map(server)
    while not stop.asked.is_set():
        _turn(server, sockets)
    logs.tell("Het dashboard stopt; lopende verzoeken worden afgemaakt.", wachten_s=stoptijd)
    _turn(server, sockets, wait=0)  # who was let in by the system just now still gets an answer
    for listener in [one for one in sockets.values() if getattr(one, "accepting", False)]:
        listener.accepting = False
        wasyncore.dispatcher.close(listener)  # the listener only: its trigger still wakes the loop for what runs
    until = time.monotonic() + stoptijd
    while _busy(server, sockets) and time.monotonic() < until and not stop.now.is_set():
        _turn(server, sockets)
    if left := _busy(server, sockets):
        logs.tell("Gestopt terwijl nog verzoeken liepen.", "waarschuwing", verzoeken=left)
    else:
        logs.tell("Het dashboard is gestopt; alle verzoeken zijn beantwoord.")
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(sockets, ignore_all=True)


def _map(server: Any) -> dict[int, Any]:
    """Every socket of the server: of one address, or of several."""
    found = getattr(server, "_map", None)
    return found if found is not None else server.map


def _turn(server: Any, sockets: dict[int, Any], wait: float = _BEAT) -> None:
    wasyncore.loop(timeout=wait, use_poll=server.adj.asyncore_use_poll, map=sockets, count=1)


def _busy(server: Any, sockets: dict[int, Any]) -> int:
    """How many connections still wait for (a part of) an answer."""
    waiting = [one for one in list(sockets.values()) if getattr(one, "requests", None) or _unsent(one)]
    return len(waiting) or len(server.task_dispatcher.queue)


def _unsent(one: Any) -> bool:
    return bool(getattr(one, "total_outbufs_len", 0))
