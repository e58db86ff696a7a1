"""How often somebody may ask: a bucket per person or address that fills up again; never more than so many buckets."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

# per minute; a page of figures is about ten questions, and a whole office can log in from one address
PER_MINUTE = {"inloggen": 60, "zwaar": 60, "schrijven": 60, "lezen": 1200}
_MOST = 10_000


class Limiter:
    """Token buckets: a full minute's worth at once, and then as fast as it fills up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allow(self, kind: str, who: str) -> bool:
        """Whether this one more is allowed; counts it when it is."""
        most, now = PER_MINUTE[kind], self._clock()
        with self._lock:
            left, then = self._left.pop((kind, who), (float(most), now))
            left = min(most, left + (now - then) * most / 60)
            allowed = left >= 1
            self._left[kind, who] = (left - allowed, now)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
        return allowed
