"""Echoes every message at /echo, with the defaults of Tornado: python3 python3-tornado.py PORT"""

import sys

from tornado.ioloop import IOLoop
from tornado.web import Application
from tornado.websocket import WebSocketHandler


class Echo(WebSocketHandler):
    def on_message(self, message):
        return self.write_message(message, binary=isinstance(message, bytes))


Application([("/echo", Echo)]).listen(int(sys.argv[1]), "127.0.0.1")
IOLoop.current().start()
