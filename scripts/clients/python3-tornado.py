# Tornado as a client that echoes: python3-tornado.py ws://127.0.0.1:9001 AGENT
import asyncio
import json
import sys
import urllib.request

from tornado.websocket import websocket_connect

server, agent = sys.argv[1:3]


async def run(path):
    try:
        socket = await websocket_connect(
            f"{server}{path}?agent={agent}", compression_options={}, max_message_size=64 * 1024 * 1024
        )
        if path.endswith("client-closes"):
            socket.close()
        while True:
            message = await socket.read_message()
            if message is None:
                return
            await socket.write_message(message, binary=isinstance(message, bytes))
    except Exception:
        pass


async def main():
    with urllib.request.urlopen(server.replace("ws", "http", 1) + "/cases.json") as response:
        cases = json.load(response)["cases"]
    for case in cases:
        try:
            await asyncio.wait_for(run(case["path"]), 16)
        except asyncio.TimeoutError:
            pass


asyncio.run(main())
