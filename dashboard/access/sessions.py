"""Who is logged in: sessions are kept in memory, and the browser holds nothing but a random name for one.

A session ends at logout, after an hour without a request, after the hours of the settings, or when the program stops.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.access.people import Person

IDLE_SECONDS = 60 * 60
_MOST = 5000  # sessions at once; the one that was used longest ago goes first


@dataclass
class Session:
    """One login. `bewijs` is the identity token, which the provider wants to see at logout."""

    person: Person
    begun: float
    seen: float
    bewijs: str = field(default="", repr=False)


class Sessions:
    """Names of sessions are never taken from a browser: a login always gets a new one (session fixation)."""

    def __init__(self, uren: int, sleutel: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._uren, self._clock = uren, clock
        self._key = (sleutel or secrets.token_urlsafe(32)).encode()
        self._known: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, person: Person, bewijs: str = "") -> str:
        """A new session; gives its name."""
        name, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._known[name] = Session(replace(person, sleutel=self._sign("sessie", name)), now, now, bewijs)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return name

    def find(self, name: str | None) -> Session | None:
        """The session of this name, unless it has ended."""
        now = self._clock()
        with self._lock:
            session = self._known.get(name or "")
            if session is None:
                return None
            if now - session.seen > IDLE_SECONDS or now - session.begun > self._uren * 3600:
                del self._known[name or ""]
                return None
            session.seen = now
            self._known.move_to_end(name or "")
            return session

    def end(self, name: str | None) -> Session | None:
        """End a session; gives what it was."""
        with self._lock:
            return self._known.pop(name or "", None)

    def csrf(self, person: Person) -> str:
        """What a form of this session carries, and no other site can know."""
        return self._sign("formulier", person.sleutel)

    def _sign(self, use: str, text: str) -> str:
        return hmac.new(self._key, f"{use}:{text}".encode(), hashlib.sha256).hexdigest()


class Once:
    """Things that may be used one time, within a few minutes, by the browser that they were made for."""

    def __init__(self, seconds: int = 600, most: int = 2000, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._known: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, name: str, thing: Any) -> None:
        """Keep a thing under a name."""
        with self._lock:
            self._known[name] = (self._clock(), thing)
            while len(self._known) > self._most:
                self._known.popitem(last=False)

    def take(self, name: str) -> Any:
        """The thing of this name, which is then gone; None when it was used, is too old, or never was."""
        with self._lock:
            made, thing = self._known.pop(name, (0.0, None))
        return thing if thing is not None and self._clock() - made <= self._seconds else None
