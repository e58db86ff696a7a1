"""The other process in which workbooks are unpacked: it holds no key, writes no file, and may take only so much memory.

Run as a script by `etl.safe`; imports nothing of the product, so that it starts in a moment. Speaks over stdin and
stdout: each message is a length of eight bytes and a pickle of plain values. Asks: ("open", bytes) and ("rows", sheet).
Answers: ("ok", sheet names) or ("part", rows) … ("ok", None), else (what is wrong, detail).
"""

import io
import os
import pickle
import resource
import sys
from typing import Any, BinaryIO

_ROWS_AT_ONCE = 2000


def send(stream: BinaryIO, value: Any) -> None:
    """One message."""
    content = pickle.dumps(value, protocol=5)
    stream.write(len(content).to_bytes(8, "big"))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """One message. Raises EOFError when the other side is gone. Only the parent's messages are read with this."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    return pickle.loads(stream.read(int.from_bytes(head, "big")))


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rows(book: Any, sheet: str, columns: int, cells: int, characters: int, out: BinaryIO) -> None:
    found = book.get_sheet_by_name(sheet)
    height, width = found.total_height + 1, found.total_width + 1
    if width > columns:
        send(out, ("kolommen", width))
        return
    if height * width > cells:
        send(out, ("cellen", (height, width)))
        return
    rows: list[list[Any]] = []
    for number, row in enumerate(found.iter_rows(), start=1):
        rows.append(row)
        if any(type(cell) is str and len(cell) > characters for cell in row):
            send(out, ("tekens", number))
            return
        if len(rows) == _ROWS_AT_ONCE:
            send(out, ("part", rows))
            rows = []
    send(out, ("part", rows))
    send(out, ("ok", None))


def main() -> None:
    """Answer until stdin closes."""
    memory, columns, cells, characters = (int(text) for text in sys.argv[1:5])
    source, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    from python_calamine import CalamineWorkbook

    _limit(memory)
    book: Any = None
    while True:
        try:
            kind, value = receive(source)
        except EOFError:
            return
        try:
            if kind == "open":
                book = None
                book = CalamineWorkbook.from_filelike(io.BytesIO(value))
                del value
                send(out, ("ok", list(book.sheet_names)))
            else:
                _rows(book, value, columns, cells, characters, out)
        except MemoryError:
            send(out, ("geheugen", None))
        except BaseException:  # calamine raises a dozen kinds, a panic among them; each means the same to the user
            send(out, ("stuk", None))


if __name__ == "__main__":
    main()
