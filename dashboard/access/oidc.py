"""OpenID Connect: the code flow with PKCE, and every check on what comes back.

The provider is asked for its addresses and keys once, and again when it signs with a key that we do not know. Nothing
else than the provider of the settings is ever asked for anything, and no redirect is followed.
"""

import os
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests.utils import get_environ_proxies

from dashboard.access.people import Person
from data.instellingen import Inloggen

SCOPE = "openid profile"
# signatures by a key pair only: none, and secrets that both sides have, are not among them
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_TIMEOUT, _LEEWAY, _REFRESH = 10, 60, 60
_LOCAL = ("127.0.0.1", "localhost", "::1")
_MOST_BYTES = 1024 * 1024


class Mislukt(Exception):
    """The login did not work. `reden` is a code for the log; people get a sentence that says nothing more."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


@dataclass(frozen=True)
class Attempt:
    """What must come back unchanged, in the same browser. `naar`: where somebody wanted to go."""

    state: str
    nonce: str
    verifier: str
    browser: str
    naar: str


@dataclass
class Provider:
    """The provider of the settings."""

    inloggen: Inloggen
    _facts: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _fetched: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def redirect_uri(self) -> str:
        """Where the provider sends people back to."""
        return f"{self.inloggen.adres}/inloggen/terug"

    def facts(self) -> dict[str, Any]:
        """The provider's addresses, as it tells them; they must be its own words."""
        if not self._facts:
            found = _get(f"{self.inloggen.uitgever}/.well-known/openid-configuration")
            if str(found.get("issuer", "")).rstrip("/") != self.inloggen.uitgever:
                raise Mislukt("uitgever_anders")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                _checked(found.get(name))
            self._facts = found
        return self._facts

    def attempt(self, naar: str) -> Attempt:
        """A new attempt to log in."""
        return Attempt(
            state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48),
            browser=secrets.token_urlsafe(32), naar=naar,
        )  # fmt: skip

    def address(self, attempt: Attempt) -> str:
        """Where the browser goes to log in."""
        asked = {
            "response_type": "code", "client_id": self.inloggen.client_id, "redirect_uri": self.redirect_uri,
            "scope": SCOPE, "state": attempt.state, "nonce": attempt.nonce, "code_challenge_method": "S256",
            "code_challenge": create_s256_code_challenge(attempt.verifier),
        }  # fmt: skip
        return _with(self.facts()["authorization_endpoint"], asked)

    def redeem(self, code: str, attempt: Attempt) -> tuple[dict[str, Any], str]:
        """(who it is, the identity token): the code for a token, and the token held to everything that it must say."""
        secret = self.inloggen.client_secret.get_secret_value()
        client = OAuth2Session(
            self.inloggen.client_id, secret or None, scope=SCOPE, redirect_uri=self.redirect_uri,
            token_endpoint_auth_method="client_secret_basic" if secret else "none", default_timeout=_TIMEOUT,
        )  # fmt: skip
        client.trust_env = False  # type: ignore[attr-defined]
        try:
            token = client.fetch_token(
                self.facts()["token_endpoint"],
                code=code,
                code_verifier=attempt.verifier,
                **_network(self.facts()["token_endpoint"]),
            )
        except Exception:  # the library raises its own kinds and those of requests; none of their texts may get out
            raise Mislukt("code_geweigerd") from None
        given = token.get("id_token")
        if not isinstance(given, str):
            raise Mislukt("geen_identiteit")
        claims = self.check(given, attempt.nonce, token.get("access_token"))
        return self._more(claims, token.get("access_token")), given

    def check(self, token: str, nonce: str, access_token: str | None = None) -> dict[str, Any]:
        """What an identity token says, when all of it is right. Raises Mislukt."""
        read = self._signed(token)
        options = {"iss": {"values": [self.inloggen.uitgever, self.inloggen.uitgever + "/"]}}
        claims = CodeIDToken(
            read.claims, read.header, options,
            {"client_id": self.inloggen.client_id, "nonce": nonce, "access_token": access_token},
        )  # fmt: skip
        try:
            claims.validate(now=int(time.time()), leeway=_LEEWAY)
        except Exception:
            raise Mislukt("identiteit_ongeldig") from None
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if self.inloggen.client_id not in audience or (len(audience) > 1 and not claims.get("azp")):
            raise Mislukt("voor_een_ander")
        if not isinstance(claims["sub"], str) or not claims["sub"] or claims.get("nonce") != nonce:
            raise Mislukt("identiteit_ongeldig")
        return dict(claims)

    def _signed(self, token: str) -> Any:
        for again in (False, True):
            try:
                return jwt.decode(token, self._keyset(again), algorithms=list(ALGORITHMS))
            except (JoseError, ValueError, TypeError, KeyError):
                if again:
                    break
        raise Mislukt("handtekening")

    def _keyset(self, again: bool) -> KeySet:
        """The provider's keys; asked for again at most once a minute, so that nobody can make us ask all the time."""
        with self._lock:
            now = time.monotonic()
            if self._keys is None or (again and now - self._fetched > _REFRESH):
                self._fetched = now
                self._keys = KeySet.import_key_set(_get(self.facts()["jwks_uri"]))  # type: ignore[arg-type]
            return self._keys

    def _more(self, claims: dict[str, Any], access_token: str | None) -> dict[str, Any]:
        """What the token leaves out, the provider tells on asking, about the same person."""
        settings = self.inloggen
        wanted = (settings.claim_rol, settings.claim_gemeente, settings.claim_naam)
        address = self.facts().get("userinfo_endpoint")
        if all(claim(claims, name) is not None for name in wanted) or not address or not access_token:
            return claims
        more = _get(address, {"Authorization": f"Bearer {access_token}"})
        if more.get("sub") != claims["sub"]:
            raise Mislukt("iemand_anders")
        return {**more, **claims}

    def end_address(self, bewijs: str) -> str | None:
        """Where the browser goes to log out at the provider too; None when it has no such place."""
        try:
            address = self.facts().get("end_session_endpoint")
        except Mislukt:
            return None
        if not address:
            return None
        back = f"{self.inloggen.adres}/uitgelogd"
        asked = {"id_token_hint": bewijs, "post_logout_redirect_uri": back, "client_id": self.inloggen.client_id}
        return _with(_checked(address), asked)


def claim(claims: dict[str, Any], name: str) -> Any:
    """A claim by its name; a dot goes into a nested one, unless the name with the dot is there itself."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def person_of(claims: dict[str, Any], inloggen: Inloggen) -> Person:
    """Who logged in, with what the mapping in the settings gives them. Raises Mislukt when that is nothing."""
    roles = frozenset(
        inloggen.rollen[one] for one in _texts(claim(claims, inloggen.claim_rol)) if one in inloggen.rollen
    )
    values = [one for one in _texts(claim(claims, inloggen.claim_gemeente)) if one in inloggen.gemeenten]
    codes = frozenset(code for one in values for code in inloggen.gemeenten[one])
    if not codes:  # figures of no municipality would all be 0, which is not true of any
        roles -= {"beleid", "contract"}
    if not roles:
        raise Mislukt("geen_rol" if codes else "geen_gemeente")
    name = claim(claims, inloggen.claim_naam)
    shown = name if isinstance(name, str) and name.strip() else claims["sub"]
    shown = "".join(sign for sign in shown if sign.isprintable())[:80]
    return Person(shown, frozenset(roles), None if "alle" in codes else codes)


def _texts(value: Any) -> list[str]:
    """A claim as a list of texts; a provider with one value may leave the list out."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _network(address: str) -> dict[str, Any]:
    """How to get there: no redirect, and of this computer's surroundings its proxy and its own certificates only."""
    near = urlsplit(address).hostname in _LOCAL
    return {
        "allow_redirects": False,
        "proxies": {} if near else get_environ_proxies(address),
        "verify": os.environ.get("SSL_CERT_FILE") or True,
    }


def _checked(address: Any) -> str:
    parts = urlsplit(address if isinstance(address, str) else "")
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)) or not parts.hostname:
        raise Mislukt("onveilig_adres")
    return str(address)


def _get(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        with requests.Session() as session:
            session.trust_env = False  # no password file of this computer's surroundings
            answer = session.get(_checked(address), headers=headers, timeout=_TIMEOUT, stream=True, **_network(address))
            content = answer.raw.read(_MOST_BYTES + 1, decode_content=True)
            if answer.status_code != 200 or len(content) > _MOST_BYTES:
                raise Mislukt("inlogdienst_antwoordt_niet")
            answer._content = content
            found = answer.json()
    except (requests.RequestException, ValueError, OSError):
        raise Mislukt("inlogdienst_antwoordt_niet") from None
    if not isinstance(found, dict):
        raise Mislukt("inlogdienst_antwoordt_niet")
    return found


def _with(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
