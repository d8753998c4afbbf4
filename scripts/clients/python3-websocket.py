# The websocket-client package as a client that echoes: python3-websocket.py ws://127.0.0.1:9001 AGENT
import json
import sys
import urllib.request

import websocket

server, agent = sys.argv[1:3]


def run(path):
    socket = None
    try:
        socket = websocket.create_connection(f"{server}{path}?agent={agent}", timeout=20)
        if path.endswith("client-closes"):
            socket.close()
            return
        while True:
            opcode, data = socket.recv_data()
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                break
            socket.send(data, opcode)
    except Exception:
        pass
    finally:
        if socket is not None:
            socket.shutdown()


with urllib.request.urlopen(server.replace("ws", "http", 1) + "/cases.json") as response:
    cases = json.load(response)["cases"]
for case in cases:
    run(case["path"])
