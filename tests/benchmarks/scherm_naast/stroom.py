"""Ten users of Streamlit at once: each changes the filter some times; prints the seconds of every change as JSON.

`python stroom.py ADDRESS FIRST CHANGE PLACES USERS TIMES`: FIRST and CHANGE are messages of a real browser in base64.
"""

import asyncio
import base64
import json
import sys
import time

import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

address, first, change, places, users, times = sys.argv[1:]
FIRST, CHANGE, PLACES = base64.b64decode(first), base64.b64decode(change), places.split(",")


async def _finished(socket: websockets.ClientConnection) -> None:
    while True:
        message = ForwardMsg()
        message.ParseFromString(await socket.recv())
        if message.WhichOneof("type") == "script_finished":
            return


async def _user(number: int) -> list[float]:
    found = []
    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as socket:
        await socket.send(FIRST)
        await _finished(socket)
        for turn in range(int(times)):
            place = PLACES[(number + turn) % len(PLACES)]
            began = time.perf_counter()
            await socket.send(CHANGE.replace(b"0392", place.encode()))
            await _finished(socket)
            found.append(time.perf_counter() - began)
    return found


async def _all() -> list[float]:
    parts = await asyncio.gather(*(_user(number) for number in range(int(users))))
    return [one for part in parts for one in part]


print(json.dumps(asyncio.run(_all())))
