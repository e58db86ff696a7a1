"""Working out what most people look at before they ask: at the start, and when there is a new momentopname."""

import threading
from collections.abc import Callable

from dashboard.operation import logs
from dashboard.operation.watch import Watch
from data.fouten import Gebruiksfout

_EVERY = 2.0


def keep_warm(watch: Watch, work_out: Callable[[], None], every: float = _EVERY) -> threading.Thread:
    """Call `work_out` for each momentopname that becomes the current one, in a thread of its own that ends with us."""
    thread = threading.Thread(target=_run, args=(watch, work_out, every), name="voorwerk", daemon=True)
    thread.start()
    return thread


def _run(watch: Watch, work_out: Callable[[], None], every: float) -> None:
    pause, seen = threading.Event(), None
    while True:
        try:
            snapshot = watch.current()
            if snapshot is not None and snapshot.id != seen:
                seen = snapshot.id
                work_out()
        except Gebruiksfout:
            pass  # a page tells it to who looks
        except Exception as fault:  # never a reason to stop: a page works it out when it is asked
            logs.tell("Vooraf rekenen is mislukt; pagina's rekenen zelf.", "waarschuwing", fault)
        pause.wait(every)
