"""Calls over HTTP at 64 kept connections, by wrk: one small C program for both servers, so that it is no bottleneck."""

import http.client
import json
import re
import resource
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field

from measure import resident

CONNECTIONS = 64
STREAMS = 1_000
CALLS = 100_000
MODERN, LEGACY = "2026-07-28", "2025-11-25"
ACCEPT = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
LUA = """\
-- Requests take turns through the sessions; an id is not used twice in one.
local sessions, body, headers, sent = {sessions}, {body}, {headers}, 0
function request()
  sent = sent + 1
  if #sessions > 0 then headers["Mcp-Session-Id"] = sessions[sent % #sessions + 1] end
  return wrk.format("POST", "/mcp", headers, (body:gsub('"id": 1,', '"id": ' .. sent .. ',', 1)))
end
function done(summary, latency, requests)
  io.write(string.format("p50 %.0f p99 %.0f\\n", latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass
class Load:
    """What one kind of call came to: per second, seconds, bytes of one answer."""

    name: str
    what: str
    rate: float = 0
    p50: float = 0
    p99: float = 0
    size: int = 0
    error: str = ""


@dataclass
class Overload:
    """Everything that was measured over HTTP."""

    loads: list = field(default_factory=list)
    idle: list = field(default_factory=list)
    # Pairs of calls so far and PSS in bytes.
    memory: list = field(default_factory=list)


class Endpoint:
    """A server that listens on a loopback port, and how its calls are made."""

    def __init__(self, name, command, environment, log, list_call):
        self.name, self.list_call = name, list_call
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with open(log, "ab") as file:
            command = [part.replace("PORT", str(self.port)) for part in command]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=environment)
        self.pid = self._process.pid
        self._await()

    def _await(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"kubewicket: {self.name} does not listen after a minute.")

    def end(self):
        """Ends it."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def post(self, body, headers):
        """One request on a connection of its own: status, headers, text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", "/mcp", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def session(self):
        """The headers of a new session of the older era; a server without sessions gives none."""
        params = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
        _, headers, _ = self.post(_request("initialize", params), ACCEPT)
        session = {"Mcp-Session-Id": headers["Mcp-Session-Id"]} if headers["Mcp-Session-Id"] else {}
        session |= ACCEPT | {"MCP-Protocol-Version": LEGACY}
        self.post(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}), session)
        return session

    def call(self, method, params, era):
        """The body and the headers of a call."""
        if era == LEGACY:
            return _request(method, params), ACCEPT | {"MCP-Protocol-Version": LEGACY}
        meta = {
            "io.modelcontextprotocol/protocolVersion": MODERN,
            "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
        }
        headers = ACCEPT | {"MCP-Protocol-Version": MODERN, "Mcp-Method": method}
        if "name" in params:
            headers["Mcp-Name"] = params["name"]
        return _request(method, {**params, "_meta": meta}), headers

    def calls(self, namespace):
        """Both calls that are measured, with their method and parameters."""
        tool, arguments = self.list_call(namespace)
        return {
            "list of 100 pods": ("tools/call", {"name": tool, "arguments": arguments}),
            "tools/list": ("tools/list", {}),
        }


def overload(place, namespace, subjects, alone, seconds, calls):
    """Measures Kubewicket beside the peer, in turns, then with idle streams, then its memory."""
    # The thousand streams are this process's, and the server's.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8_192, hard), hard))
    mine, peer = endpoints(place, subjects, alone)
    found = Overload()
    try:
        for what in mine.calls(namespace):
            kinds = [(mine, MODERN), (mine, LEGACY), (peer, LEGACY)]
            for endpoint, era in kinds:
                _load(place, endpoint, namespace, what, era, max(2, seconds // 2))
            found.loads += [_load(place, endpoint, namespace, what, era, seconds) for endpoint, era in kinds]
        peer.end()
        streams = idle(mine, STREAMS)
        for what in mine.calls(namespace):
            found.idle.append(_load(place, mine, namespace, what, MODERN, seconds))
        for stream in streams:
            stream.close()
        found.memory = memory(place, mine, namespace, calls)
    finally:
        mine.end()
        peer.end()
    return found


def endpoints(place, subjects, alone):
    """Kubewicket and the peer, both over HTTP; the peer without the Node that starts it."""
    own, other = subjects[0], alone[0] if alone else subjects[1]
    listens = [own.command[0], "serve", "--http", "127.0.0.1:PORT"]
    mine = Endpoint(own.name, listens, own.environment, place.log("http"), own.lists[""])
    command = [*other.command, "--port", "PORT", "--stateless", "--bind-address", "127.0.0.1"]
    return mine, Endpoint(other.name, command, other.environment, place.log("http-peer"), other.lists[""])


def idle(endpoint, count):
    """Sessions, each with its stream of events, on which nothing is told."""
    streams = []

    def some():
        for _ in range(count // 20):
            headers = {**endpoint.session(), "Accept": "text/event-stream", "Host": "127.0.0.1"}
            stream = socket.create_connection(("127.0.0.1", endpoint.port), 30)
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if name != "Content-Type")
            stream.sendall(f"GET /mcp HTTP/1.1\r\n{lines}\r\n".encode())
            if b" 200 " not in stream.recv(4096).split(b"\r\n")[0]:
                raise SystemExit("kubewicket: a stream of events is refused.")
            streams.append(stream)

    openers = [threading.Thread(target=some) for _ in range(20)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    if len(streams) != count:
        raise SystemExit(f"kubewicket: only {len(streams)} of {count} streams could be opened.")
    return streams


def memory(place, endpoint, namespace, calls):
    """PSS of the server at rest and after every tenth of so many calls."""
    found, done = [(0, resident(endpoint.pid))], 0
    while done < calls:
        load = _load(place, endpoint, namespace, "list of 100 pods", MODERN, 10)
        if load.error:
            break
        done += int(load.rate * 10)
        found.append((done, resident(endpoint.pid)))
    return found


def _request(method, params):
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})


def _load(place, endpoint, namespace, what, era, seconds):
    found = Load(endpoint.name, f"{what}, {era}")
    method, params = endpoint.calls(namespace)[what]
    body, headers = endpoint.call(method, params, era)
    opened = [endpoint.session() for _ in range(CONNECTIONS if era == LEGACY else 0)]
    sessions = [session["Mcp-Session-Id"] for session in opened if "Mcp-Session-Id" in session]
    status, _, text = endpoint.post(body, opened[0] if opened else headers)
    found.size = len(text)
    if status != 200 or '"error":' in text or '"isError":true' in text:
        found.error = f"HTTP {status}: {text[:300]}"
        return found
    lines = ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items())
    values = {"sessions": ", ".join(map(json.dumps, sessions)), "headers": lines}
    values = {name: f"{{{value}}}" for name, value in values.items()}
    script = place.write("load.lua", LUA.format(body=json.dumps(body), **values))
    wrk = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", script]
    said = subprocess.run(
        [*wrk, f"http://127.0.0.1:{endpoint.port}/mcp"], check=True, capture_output=True, text=True
    ).stdout
    found.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    found.p50, found.p99 = (float(value) / 1e6 for value in re.search(r"p50 (\d+) p99 (\d+)", said).groups())
    bad = re.search(r"Non-2xx.*|Socket errors:.*", said)
    found.error = bad[0] if bad else ""
    return found
