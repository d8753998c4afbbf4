# aiohttp as a client that echoes: python3-aiohttp.py ws://127.0.0.1:9001 AGENT
import asyncio
import json
import sys
import urllib.request

import aiohttp

server, agent = sys.argv[1:3]


async def run(session, path):
    try:
        async with session.ws_connect(f"{server}{path}?agent={agent}", max_msg_size=0, compress=15) as socket:
            if path.endswith("client-closes"):
                await socket.close()
                return
            async for message in socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    await socket.send_str(message.data)
                elif message.type == aiohttp.WSMsgType.BINARY:
                    await socket.send_bytes(message.data)
    except Exception:
        pass


async def main():
    with urllib.request.urlopen(server.replace("ws", "http", 1) + "/cases.json") as response:
        cases = json.load(response)["cases"]
    # A connection of its own for each case: aiohttp would send the next request on one that it has not opened.
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        for case in cases:
            try:
                await asyncio.wait_for(run(session, case["path"]), 16)
            except asyncio.TimeoutError:
                pass


asyncio.run(main())
