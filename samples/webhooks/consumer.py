#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A consumer of Detector's webhooks: checks the signature, keeps each event once, answers only when it is kept.

    WEBHOOK_SECRET=... python3 consumer.py --port 8099 --store events.db

Only the standard library. What a consumer of your own must do is in the class below: the time and the signature
before anything is read, the id against repeats, the answer last.
"""
import argparse
import hashlib
import hmac
import json
import os
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300
LONGEST_BODY = 1 << 20


class Store:
    """Events by id; the primary key is what drops a repeat."""

    def __init__(self, path):
        self.lock = threading.Lock()
        self.db = sqlite3.connect(path, check_same_thread=False)
        self.db.execute("CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, place INTEGER, subject TEXT, type TEXT, body BLOB)")
        self.db.commit()

    def keep(self, event, body):
        row = (event["id"], int(event["sequence"]), event["subject"], event["type"], body)
        with self.lock, self.db:
            return self.db.execute("INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?)", row).rowcount == 1


class Consumer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store = None
    secret = b""

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length) if length else self.read_chunks()
        stamp = self.headers.get("Detector-Timestamp") or ""
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > TOLERANCE_SECONDS:
            return self.answer(401)
        expected = "v1=" + hmac.new(self.secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, self.headers.get("Detector-Signature") or ""):
            return self.answer(401)
        event = json.loads(body)
        fresh = self.store.keep(event, body)
        print("event" if fresh else "repeat", event["sequence"].lstrip("0"), event["subject"], event["type"], flush=True)
        return self.answer(204)

    def read_chunks(self):
        """A body sent in chunks; http.server leaves reading them to us."""
        body = b""
        while self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            size = int(self.rfile.readline().split(b";")[0], 16)
            body += self.rfile.read(size)
            self.rfile.readline()
            if size == 0 or len(body) > LONGEST_BODY:
                break
        return body

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--port", type=int, default=8099)
    options.add_argument("--store", default="events.db")
    chosen = options.parse_args()
    Consumer.secret = os.environ["WEBHOOK_SECRET"].encode()
    Consumer.store = Store(chosen.store)
    server = ThreadingHTTPServer(("127.0.0.1", chosen.port), Consumer)
    print("listening", server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
