"""Where the record lies: SQLite in the work folder, or PostgreSQL by URL (environment INBURGERING_LOGBOEK).

One table that only grows. Triggers in the database refuse UPDATE, DELETE and TRUNCATE, and an entry that does not
follow the last one. Every entry holds the hash of the one before it: who goes around the triggers breaks the chain.
"""

import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from contracts.record import stand
from contracts.record.entries import KINDS, Entry
from data.fouten import Gebruiksfout
from etl import mask

HEAD = "0001"  # the newest migration
_TRIES, _OPENINGS = 40, 10
_MIGRATING = threading.Lock()
_DISK = ("readonly database", "disk is full", "disk i/o error", "unable to open database")

_META = sa.MetaData()
REGELS = sa.Table(
    "regels",
    _META,
    sa.Column("nummer", sa.Integer, primary_key=True),
    sa.Column("moment", sa.String, nullable=False),
    sa.Column("wie", sa.String, nullable=False),
    sa.Column("soort", sa.String, nullable=False),
    sa.Column("contract", sa.String, nullable=False),
    sa.Column("kwartaal", sa.String),
    sa.Column("verwijst", sa.Integer),
    sa.Column("correctie", sa.Boolean, nullable=False),
    sa.Column("inhoud", sa.Text, nullable=False),
    sa.Column("vorige", sa.String, nullable=False),
    sa.Column("hash", sa.String, nullable=False),
)


@dataclass(frozen=True)
class Regel:
    """One entry as it was written. `moment` in UTC; `verwijst` is the entry that it closes, corrects or belongs to."""

    nummer: int
    moment: datetime
    wie: str
    soort: str
    contract: str
    kwartaal: str | None
    verwijst: int | None
    correctie: bool
    inhoud: Entry

    def to_json(self) -> dict[str, Any]:
        """All of it, as data."""
        return {
            "nummer": self.nummer, "moment": self.moment.isoformat(), "wie": self.wie, "soort": self.soort,
            "contract": self.contract, "kwartaal": self.kwartaal, "verwijst": self.verwijst,
            "correctie": self.correctie, **self.inhoud.model_dump(mode="json"),
        }  # fmt: skip


class Record:
    """The record of one work folder, or of a whole organisation when it lies in PostgreSQL."""

    def __init__(self, werkmap: Path, url: str | None = None) -> None:
        """Raises Gebruiksfout when the database cannot be reached; the URL is never quoted, it may hold a password."""
        self._werkmap = Path(werkmap)
        given = url or os.environ.get("INBURGERING_LOGBOEK")
        if given is None:
            Path(werkmap).mkdir(parents=True, exist_ok=True)
            given = f"sqlite:///{Path(werkmap) / 'logboek.sqlite'}"
        for short in ("postgresql://", "postgres://"):
            given = given.replace(short, "postgresql+psycopg://", 1) if given.startswith(short) else given
        try:
            self._engine = sa.create_engine(given)
            if self._engine.dialect.name not in ("sqlite", "postgresql"):
                raise Gebruiksfout("Het logboek kan in SQLite of in PostgreSQL liggen. Kijk naar INBURGERING_LOGBOEK.")
            self._open_first()
        except (SQLAlchemyError, ImportError):
            raise Gebruiksfout(
                "Het logboek is niet te openen. Kijk of de database draait en of INBURGERING_LOGBOEK klopt."
            ) from None

    def write(
        self,
        contract: str,
        inhoud: Entry,
        *,
        wie: str,
        kwartaal: str | None = None,
        verwijst: int | None = None,
        correctie: bool = False,
    ) -> Regel:
        """Add one entry. Raises Gebruiksfout when it points to an entry that is not there, or of another contract."""
        if verwijst is not None:
            self._check(contract, inhoud, verwijst, correctie)
        facts: dict[str, Any] = {
            "moment": datetime.now(UTC).isoformat(timespec="microseconds"), "wie": mask(wie.strip()) or "onbekend",
            "soort": inhoud.soort, "contract": contract, "kwartaal": kwartaal, "verwijst": verwijst,
            "correctie": correctie, "inhoud": canonical(inhoud.model_dump(mode="json")),
        }  # fmt: skip
        for attempt in range(_TRIES):
            try:
                with self._engine.begin() as connection:
                    last = sa.select(REGELS.c.hash).order_by(REGELS.c.nummer.desc()).limit(1)
                    previous = connection.execute(last).scalar() or ""
                    row = {**facts, "vorige": previous, "hash": digest(previous, facts)}
                    key = connection.execute(sa.insert(REGELS).values(row)).inserted_primary_key
                    number = int(key[0]) if key else 0
                stand.note(self._werkmap, stand.key_of(self._engine.url), number, row["hash"])
                return _regel({**row, "nummer": number})
            except (IntegrityError, DBAPIError) as fault:
                if any(one in str(fault).lower() for one in _DISK):
                    self._engine.dispose()  # a connection that was opened on a closed disk never writes again
                    raise Gebruiksfout(
                        "Het logboek is niet te schrijven: de schijf is vol of alleen-lezen. Er is niets vastgelegd."
                    ) from None
                if attempt + 1 == _TRIES:
                    raise Gebruiksfout("Het logboek is te druk of niet te schrijven. Probeer het opnieuw.") from fault
                time.sleep(0.005 * (attempt + 1))  # another wrote first: follow that entry instead
        raise AssertionError

    def entries(self, contract: str | None = None) -> list[Regel]:
        """All entries in the order in which they were written, or those of one contract."""
        query = sa.select(REGELS).order_by(REGELS.c.nummer)
        if contract is not None:
            query = query.where(REGELS.c.contract == contract)
        with self._engine.connect() as connection:
            return [_regel(dict(row)) for row in connection.execute(query).mappings()]

    def entry(self, nummer: int) -> Regel:
        """One entry by its number. Raises Gebruiksfout when it is not there."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(REGELS).where(REGELS.c.nummer == nummer)).mappings().first()
        if row is None:
            raise Gebruiksfout(f"Regel {nummer} staat niet in het logboek. Zie: inburgering logboek toon.")
        return _regel(dict(row))

    def verify(self) -> list[int]:
        """The numbers of entries that do not follow from the one before them: history was changed there. Also the last
        one that was written from this work folder, when it is not there any more."""
        broken, previous = [], ""
        known = stand.last(self._werkmap, stand.key_of(self._engine.url))
        with self._engine.connect() as connection:
            for row in connection.execute(sa.select(REGELS).order_by(REGELS.c.nummer)).mappings():
                facts = {name: row[name] for name in _HASHED}
                if row["vorige"] != previous or row["hash"] != digest(row["vorige"], facts):
                    broken.append(row["nummer"])
                previous = row["hash"]
                if known == (row["nummer"], row["hash"]):
                    known = None
        if known is not None and known[0] not in broken:
            broken.append(known[0])
        return broken

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """A bare connection, for migrations and for trying to change history."""
        with self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _check(self, contract: str, inhoud: Entry, verwijst: int, correctie: bool) -> None:
        first = self.entry(verwijst)
        if first.contract != contract:
            raise Gebruiksfout(f"Regel {verwijst} hoort bij {first.contract}, niet bij {contract}.")
        if correctie and first.soort == "oordelen":
            raise Gebruiksfout("Wat aan een aanbieder is verteld, staat vast. Vertel de nieuwe oordelen opnieuw.")
        wanted = {"sluiting": "actie", "actie": "gesprek", "stap": "gesprek", "document": "gesprek"}
        kind = inhoud.soort if correctie else wanted.get(inhoud.soort, "gesprek")
        if first.soort != kind:
            raise Gebruiksfout(f"Regel {verwijst} is een {first.soort}, geen {kind}. Kijk naar het nummer.")

    def _open_first(self) -> None:
        """Migrate, one thread at a time (alembic keeps its state in globals); of several processes one goes first."""
        with _MIGRATING:
            for attempt in range(_OPENINGS):
                try:
                    self._migrate()
                    break
                except SQLAlchemyError:
                    if attempt + 1 == _OPENINGS:
                        raise
                    time.sleep(0.02 * (attempt + 1))

    def _migrate(self) -> None:
        """Bring the database to the newest form; cheap when it is there already."""
        with self._engine.connect() as connection:
            if sa.inspect(connection).has_table("alembic_version"):
                version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
                if version == HEAD:
                    return
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


_HASHED = ("moment", "wie", "soort", "contract", "kwartaal", "verwijst", "correctie", "inhoud")


def canonical(value: Any) -> str:
    """JSON in one form only, so that its hash is always the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(previous: str, facts: dict[str, Any]) -> str:
    """SHA-256 over the hash of the entry before and everything in this one."""
    return hashlib.sha256(canonical([previous, *(facts[name] for name in _HASHED)]).encode()).hexdigest()


def _regel(row: dict[str, Any]) -> Regel:
    content = KINDS[row["soort"]].model_validate_json(row["inhoud"])
    return Regel(
        row["nummer"], datetime.fromisoformat(row["moment"]), row["wie"], row["soort"], row["contract"],
        row["kwartaal"], row["verwijst"], bool(row["correctie"]), content,
    )  # fmt: skip
