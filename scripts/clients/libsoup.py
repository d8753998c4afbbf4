# libsoup as a client that echoes: libsoup.py ws://127.0.0.1:9001 AGENT
import json
import sys
import urllib.request

import gi

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Soup

server, agent = sys.argv[1:3]
loop = GLib.MainLoop()
session = Soup.Session()
session.add_feature_by_type(Soup.WebsocketExtensionManager)


def run(path):
    def on_message(socket, kind, message):
        if kind == Soup.WebsocketDataType.TEXT:
            socket.send_message(Soup.WebsocketDataType.TEXT, message)
        else:
            socket.send_message(Soup.WebsocketDataType.BINARY, message)

    def on_open(session, result):
        try:
            socket = session.websocket_connect_finish(result)
        except GLib.Error:
            loop.quit()
            return
        socket.set_max_incoming_payload_size(64 * 1024 * 1024)
        socket.connect("message", on_message)
        socket.connect("closed", lambda _: loop.quit())
        if path.endswith("client-closes"):
            socket.close(1000, None)

    state = {}

    def on_timeout():
        state["over"] = True
        loop.quit()
        return GLib.SOURCE_REMOVE

    message = Soup.Message.new("GET", f"{server}{path}?agent={agent}")
    session.websocket_connect_async(message, None, [], GLib.PRIORITY_DEFAULT, None, on_open)
    # Longer than the suite waits in any case.
    timer = GLib.timeout_add_seconds(16, on_timeout)
    state["over"] = False
    loop.run()
    if not state["over"]:
        GLib.source_remove(timer)


with urllib.request.urlopen(server.replace("ws", "http", 1) + "/cases.json") as response:
    cases = json.load(response)["cases"]
for case in cases:
    run(case["path"])
