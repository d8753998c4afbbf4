# The websockets package as a client that echoes: python3-websockets.py ws://127.0.0.1:9001 AGENT
import asyncio
import json
import sys
import urllib.request

import websockets

server, agent = sys.argv[1:3]


async def run(path):
    try:
        async with websockets.connect(f"{server}{path}?agent={agent}", max_size=None, open_timeout=20, close_timeout=20) as socket:
            if path.endswith("client-closes"):
                return
            async for message in socket:
                await socket.send(message)
    except Exception:
        pass


async def main():
    with urllib.request.urlopen(server.replace("ws", "http", 1) + "/cases.json") as response:
        cases = json.load(response)["cases"]
    for case in cases:
        await run(case["path"])


asyncio.run(main())
