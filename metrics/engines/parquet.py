"""A momentopname as Parquet: one file per table, made once, for engines that cannot read a DuckDB file.

An export goes when its momentopname is gone: at the next export from the same work folder, also in a folder that
several work folders share.
"""

import os
import shutil
from pathlib import Path

import duckdb

from metrics.connection import Snapshot, cursor

_TABLES = "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
_ORIGIN = ".bron"  # in every export: the folder of the momentopnamen that it came from
Schema = dict[str, dict[str, str]]


def export(snapshot: Snapshot, folder: Path) -> tuple[Path, Schema]:
    """(the folder with `<table>.parquet`, the DuckDB type of every column per table).

    The files are written beside each other and then moved into place, so that a stopped export leaves nothing behind
    that looks whole. A momentopname never changes: what is there is used again.
    """
    target = folder / snapshot.id
    with cursor(snapshot) as connection:
        schema: Schema = {}
        for table, column, kind in connection.execute(_TABLES).fetchall():
            schema.setdefault(table, {})[column] = kind
    if not target.is_dir():
        unfinished = folder / f".{snapshot.id}-{os.getpid()}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _write(snapshot.path, unfinished, schema)
        (unfinished / _ORIGIN).write_text(_origin(snapshot), encoding="utf-8")
        try:
            unfinished.rename(target)
        except OSError:  # another program was first
            shutil.rmtree(unfinished, ignore_errors=True)
        _tidy(snapshot, folder)
    return target, schema


def _origin(snapshot: Snapshot) -> str:
    return str(snapshot.path.parent.resolve())


def _tidy(snapshot: Snapshot, folder: Path) -> None:
    """Remove exports of momentopnamen of this work folder that are no longer there; of others nothing is known."""
    for old in folder.iterdir():
        note = old / _ORIGIN
        mine = note.is_file() and note.read_text(encoding="utf-8") == _origin(snapshot)
        if (
            mine
            and not (snapshot.path.parent / f"{old.name}{snapshot.path.suffix}").exists()
            and old.name != snapshot.id
        ):
            shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, folder: Path, schema: Schema) -> None:
    # the reader's own connection may touch no other file, so this is a database of its own that reads along
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {_text(path)} AS bron (READ_ONLY)")
        for table in schema:
            target = _text(folder / f"{table}.parquet")
            connection.execute(f'COPY bron.main."{table}" TO {target} (FORMAT parquet, COMPRESSION zstd)')


def _text(path: Path) -> str:
    """A file's name as a text in SQL: ATTACH and COPY take no bound values."""
    return "'" + str(path).replace("'", "''") + "'"
