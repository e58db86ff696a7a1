"""Who may do what: the roles, the rights, and what pages and figures ask for. What is not here, nobody may."""

from typing import Literal

Rol = Literal["beleid", "contract", "beheer", "lezer"]
ROLLEN: tuple[Rol, ...] = ("beleid", "contract", "beheer", "lezer")

# a right → the roles that have it
RECHTEN: dict[str, frozenset[str]] = {
    "ingelogd": frozenset(ROLLEN),
    "publicatie": frozenset({"lezer", "beleid", "contract"}),
    "cijfers": frozenset({"beleid", "contract"}),
    "gegevens": frozenset({"beleid", "contract", "beheer"}),
    "contracten": frozenset({"contract"}),
    "controleren": frozenset({"contract", "beheer"}),
    "laden": frozenset({"beheer"}),
    "beheer": frozenset({"beheer"}),
}
IEDEREEN = "iedereen"  # the right of an address that asks for no login

# the path of a page, as the menu has it → the right that it asks for
PAGINAS: dict[str, str] = {
    "/": "cijfers",
    "/instroom": "cijfers",
    "/de-reis": "cijfers",
    "/resultaat": "cijfers",
    "/geld": "cijfers",
    "/cijfer": "publicatie",
    "/termijnen": "cijfers",
    "/gebeurtenissen": "cijfers",
    "/contracten": "contracten",
    "/publiceren": "publicatie",
    "/gegevens": "gegevens",
    "/definities": "ingelogd",
}

# Dash makes its own addresses; a figure only comes out of a callback, and there out of the desk
ADRESSEN: dict[str, str] = {
    "_dash_assets.static": IEDEREEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": IEDEREEN,
    "/_favicon.ico": IEDEREEN,
    "typeface": IEDEREEN,
    "beheer.alive": IEDEREEN,
    "beheer.ready": IEDEREEN,
    "/": "ingelogd",
    "/<path:path>": "ingelogd",
    "/_dash-layout": "ingelogd",
    "/_dash-dependencies": "ingelogd",
    "/_dash-update-component": "ingelogd",
}
