"""The only door from the pages to what lies below, and the gate in front of every address.

In:   a work folder and a view; a request, and the settings for logging in.
Out:  answers (cached per momentopname and rights), verdicts, deliveries and findings; who asks, and what they may.
Never here: a component of a page, SQL about people, a right that is not in `rights`.
"""

from dashboard.access.desk import Desk
from dashboard.access.gate import Gate, add_gate, csrf_field, csrf_token, csrf_veld, demo_person
from dashboard.access.limits import Limiter
from dashboard.access.login import add_login
from dashboard.access.people import Geweigerd, Person, acting, current, known, needs, pages_of, require
from dashboard.access.rights import ADRESSEN, IEDEREEN, PAGINAS, RECHTEN, ROLLEN
from dashboard.access.sessions import Sessions
from dashboard.access.web import add_web

__all__ = [
    "ADRESSEN",
    "IEDEREEN",
    "PAGINAS",
    "RECHTEN",
    "ROLLEN",
    "Desk",
    "Gate",
    "Geweigerd",
    "Limiter",
    "Person",
    "Sessions",
    "acting",
    "add_gate",
    "add_login",
    "add_web",
    "csrf_field",
    "csrf_token",
    "csrf_veld",
    "current",
    "demo_person",
    "known",
    "needs",
    "pages_of",
    "require",
]
