"""One MCP server over stdio: starts it, times its answers, and ends it and its children by their process ids."""

import json
import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass

PROTOCOL = "2025-11-25"


@dataclass
class Answer:
    """What came back: seconds until the last byte, sizes in bytes, and the error if it is one."""

    seconds: float
    size: int
    text: int = 0
    structured: int = 0
    error: str = ""
    result: dict | None = None


class ServerGone(Exception):
    """The server ended or did not answer in time."""


class Server:
    """A running server. The clock stops when the newline of the answer has been read; parsing comes after."""

    def __init__(self, command, environment, log):
        self._log = open(log, "ab")
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=environment, bufsize=0
        )
        self.pid = self._process.pid
        self._out = self._process.stdout.fileno()
        self._poll = select.poll()
        self._poll.register(self._out, select.POLLIN | select.POLLHUP)
        self._rest = b""
        self._id = 0

    def initialize(self, timeout=30):
        """Shakes hands and gives the seconds from the process's start to the reply."""
        answer = self.request(
            "initialize",
            {
                "protocolVersion": PROTOCOL,
                "capabilities": {},
                "clientInfo": {"name": "kubewicket-bench", "version": "1"},
            },
            timeout,
        )
        ready = time.perf_counter() - self.started
        self._write({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self.info = (answer.result or {}).get("serverInfo", {})
        return ready

    def call(self, tool, arguments, timeout=30):
        """Calls a tool."""
        return self.request("tools/call", {"name": tool, "arguments": arguments}, timeout)

    def request(self, method, params, timeout=30):
        """Sends one request and waits for its answer; notifications in between are passed over."""
        self._id += 1
        begun = time.perf_counter()
        self._write({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        while True:
            line = self._line(begun + timeout)
            seconds = time.perf_counter() - begun
            try:
                message = json.loads(line)
            except ValueError:
                raise ServerGone(f"a line that is not JSON: {line[:80]!r}") from None
            if message.get("id") == self._id and "method" not in message:
                return _answer(seconds, line, message)

    def end(self):
        """Closes its input and, if it does not leave by itself, ends it and what it started."""
        family = tree(self.pid)
        self._process.stdin.close()
        for nudge in (None, signal.SIGTERM, signal.SIGKILL):
            if nudge is not None:
                for pid in family:
                    _kill(pid, nudge)
            try:
                self._process.wait(3)
                break
            except subprocess.TimeoutExpired:
                continue
        self._process.stdout.close()
        self._log.close()

    def _write(self, message):
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
        except BrokenPipeError:
            raise ServerGone("the server has ended") from None

    def _line(self, until):
        pieces = [self._rest]
        while b"\n" not in pieces[-1]:
            left = until - time.perf_counter()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise ServerGone("no answer in time")
            piece = os.read(self._out, 1 << 20)
            if not piece:
                raise ServerGone("the server has ended")
            pieces.append(piece)
        head, _, self._rest = pieces[-1].partition(b"\n")
        pieces[-1] = head
        return b"".join(pieces)


def tree(pid):
    """The process and all its descendants."""
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children", encoding="ascii") as file:
                    found += [int(child) for child in file.read().split()]
        except OSError:
            continue
    return found


def _kill(pid, how):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass


def _answer(seconds, line, message):
    if "error" in message:
        return Answer(seconds, len(line), error=str(message["error"].get("message", message["error"])))
    result = message.get("result", {})
    text = "".join(item.get("text", "") for item in result.get("content", []))
    structured = result.get("structuredContent")
    return Answer(
        seconds,
        len(line),
        len(text.encode()),
        0 if structured is None else len(json.dumps(structured, ensure_ascii=False, separators=(",", ":")).encode()),
        (text or "an error without a text") if result.get("isError") else "",
        result,
    )
