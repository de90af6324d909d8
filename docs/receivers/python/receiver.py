"""Receives hookswitch's events in Python 3.11 or newer, with nothing to install:

WEBHOOK_SECRET="whsec_…" PORT=3000 python3 receiver.py
"""

import base64
import hashlib
import hmac
import json
import os
import queue
import re
import threading
import time
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 5 * 60
MAX_BYTES = 8 * 1024 * 1024
MAX_SIGNATURES = 20  # More than any relay adds; bounds the work that a stranger can ask for.


def read_secrets(text: str) -> list[bytes]:
    """Reads whsec_…, several with blanks between: any of them may have signed.

    Python has no ed25519 of its own: for v1a (whpk_…), add the package cryptography.
    """
    secrets = text.split()
    if not secrets or not all(secret.startswith("whsec_") and len(secret) > 6 for secret in secrets):
        raise SystemExit("WEBHOOK_SECRET: whsec_…, several with blanks between")
    return [base64.b64decode(secret.removeprefix("whsec_"), validate=True) for secret in secrets]


def verify(headers, body: bytes | bytearray, secrets: list[bytes], now: float) -> bool:
    """Whether one of the secrets signed exactly these bytes, less than five minutes ago."""
    id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not id or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
        return False
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    content = f"{id}.{timestamp}.".encode() + body
    right = [b"v1," + base64.b64encode(hmac.digest(secret, content, hashlib.sha256)) for secret in secrets]
    given = headers.get("webhook-signature", "").encode().split(b" ")[:MAX_SIGNATURES]
    return any(hmac.compare_digest(one, other) for one in given for other in right)


# In memory, so that this file runs alone: a restart forgets. Yours are two tables, and what is kept is written before
# the answer.
known: set[str] = set()
newest: dict[tuple[str, str], dict] = {}
todo: queue.Queue[tuple[dict, bool]] = queue.Queue()
lock = threading.Lock()


def keep(id: str, event: dict, is_replay: bool) -> None:
    """Keeps each event once, by its id; one that an operator replays is worked on again."""
    with lock:
        again = id in known
        known.add(id)
    if is_replay or not again:
        todo.put((event, again))


def work(event: dict, again: bool) -> None:
    """Runs after the answer."""
    subject = event.get("subject", event["id"])
    key = (event["source"], subject)
    held = newest.get(key)
    late = held is not None and is_outdated(event, held)
    if not late:
        newest[key] = event
    marks = ["late"] * late + ["again"] * again
    if "corrects" in event:
        marks.append(f"corrects {event['corrects']}")
    match event["type"]:
        case "call.completed" | "call.dispositioned":  # Yours: an upsert of the call, unless it is late.
            print(event["type"], subject, *marks, flush=True)
        case unknown:  # There will be new types: never fail because of one.
            print("ignored", unknown, flush=True)


def is_outdated(event: dict, held: dict) -> bool:
    """Events come in any order: a late one may not overwrite a newer one, a correction always does."""
    if event.get("corrects") == held["id"]:
        return False
    if held.get("corrects") == event["id"]:
        return True
    return order(event) < order(held)


def order(event: dict) -> tuple[datetime, str]:
    return datetime.fromisoformat(event["time"]), event["sequence"]


def work_forever() -> None:
    while True:
        event, again = todo.get()
        try:
            work(event, again)
        except Exception as error:
            print("failed", error, flush=True)  # Yours: tried again from its table.


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10  # Seconds; nobody holds a thread for longer.

    def do_POST(self) -> None:
        self.send_response(self.receive())
        self.send_header("content-length", "0")
        self.end_headers()

    def receive(self) -> int:
        body = self.read_body()
        if isinstance(body, int):
            self.close_connection = True
            return body
        if not verify(self.headers, body, SECRETS, time.time()):
            return 401
        try:
            event = json.loads(body)
        except ValueError:
            return 400
        if not isinstance(event, dict) or "type" not in event:
            return 400
        keep(self.headers["webhook-id"], event, self.headers.get("webhook-replay") == "1")
        return 204

    def read_body(self) -> bytes | bytearray | int:
        """Reads what was sent, or the status that says why not."""
        if "transfer-encoding" in self.headers:  # Of proxies that pass a body on as it comes.
            return self.read_chunks() if self.headers["transfer-encoding"].lower() == "chunked" else 501
        size = self.headers.get("content-length", "0")
        if not (size.isascii() and size.isdigit() and len(size) < 16):
            return 400
        return self.rfile.read(int(size)) if int(size) <= MAX_BYTES else 413

    def read_chunks(self) -> bytearray | int:
        body = bytearray()
        while True:
            digits = self.rfile.readline(80).partition(b";")[0].strip()
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", digits):
                return 400
            size = int(digits, 16)
            if len(body) + size > MAX_BYTES:
                return 413
            if size == 0:
                break
            body += self.rfile.read(size)
            self.rfile.readline(80)
        self.close_connection = True  # Trailers, if any, are not read.
        return body

    def log_message(self, *_) -> None:
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # Many deliveries may come at once.


if __name__ == "__main__":
    SECRETS = read_secrets(os.environ.get("WEBHOOK_SECRET", ""))
    threading.Thread(target=work_forever, daemon=True).start()
    Server(("", int(os.environ.get("PORT", "3000"))), Receiver).serve_forever()
