"""The API server without anything in between: a lean HTTP/1.1 client over one kept TLS connection."""

import base64
import json
import os
import socket
import ssl
import subprocess
import tempfile
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

# Seconds after which a server or something on the way may have dropped an idle connection.
LONGEST_REST = 30


@dataclass
class Reply:
    """Seconds from the first byte sent to the last byte read, the status, the body."""

    seconds: float
    status: int
    body: bytes

    def json(self):
        """The body as JSON."""
        return json.loads(self.body)


class Credentials:
    """What the kubeconfig's current context says: address, authority, token or client certificate."""

    def __init__(self, kubectl, kubeconfig):
        view = [kubectl, "--kubeconfig", kubeconfig, "config", "view", "--raw", "--minify", "--flatten", "-o", "json"]
        config = json.loads(subprocess.run(view, check=True, capture_output=True).stdout)
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self.address = urlsplit(cluster["server"])
        self.headers = {}
        self.tls = None
        if self.address.scheme == "https":
            self.tls = ssl.create_default_context()
            if "certificate-authority-data" in cluster:
                authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
                self.tls = ssl.create_default_context(cadata=authority)
            if cluster.get("insecure-skip-tls-verify"):
                self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        if "token" in user:
            self.headers["Authorization"] = f"Bearer {user['token']}"
        elif "client-certificate-data" in user and self.tls:
            self._present(user)
        else:
            raise SystemExit("kubewicket: the bench needs a kubeconfig with a token or a client certificate.")

    def _present(self, user):
        """Python takes a certificate only from a file."""
        pem = "\n".join(base64.b64decode(user[f"client-{part}-data"]).decode() for part in ("certificate", "key"))
        handle, path = tempfile.mkstemp()
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(pem)
            self.tls.load_cert_chain(path)
        finally:
            os.unlink(path)


class Connection:
    """One kept connection. Requests are made ready before the clock starts, and nothing is parsed while it runs."""

    def __init__(self, credentials):
        self._credentials = credentials
        self._socket = None
        self._used = 0.0

    def get(self, path, accept="application/json"):
        """One GET."""
        return self.send("GET", path, {"Accept": accept})

    def send(self, method, path, headers, body=None):
        """One request; the body may be bytes or anything that JSON can hold."""
        payload = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._credentials.address.netloc}", "User-Agent: kubewicket-bench"]
        fields = {**self._credentials.headers, **headers}
        if payload is not None:
            fields = {"Content-Type": "application/json", **fields, "Content-Length": str(len(payload))}
        lines += [f"{name}: {value}" for name, value in fields.items()]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + (payload or b"")
        if self._socket is not None and time.monotonic() - self._used > LONGEST_REST:
            self.close()
        if self._socket is None:
            self._socket = self._connect()
        begun = time.perf_counter()
        self._socket.sendall(request)
        status, reply, keep = self._receive()
        seconds = time.perf_counter() - begun
        self._used = time.monotonic()
        if not keep:
            self.close()
        return Reply(seconds, status, reply)

    def close(self):
        """Ends the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connect(self):
        address = self._credentials.address
        tls = self._credentials.tls
        plain = socket.create_connection((address.hostname, address.port or (443 if tls else 80)), 30)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return tls.wrap_socket(plain, server_hostname=address.hostname) if tls else plain

    def _more(self):
        piece = self._socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the API server closed the connection")
        return piece

    def _receive(self):
        data = bytearray()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = bytes(data[:end]).lower()
        status = int(head.split(b" ", 2)[1])
        keep = b"\r\nconnection: close" not in head
        del data[: end + 4]
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            length = int(head[at + 17 :].split(b"\r\n", 1)[0])
            while len(data) < length:
                data += self._more()
            return status, bytes(data), keep
        if b"\r\ntransfer-encoding: chunked" in head:
            return status, self._chunks(data), keep
        return status, bytes(data), keep

    def _chunks(self, data):
        body, at = [], 0
        while True:
            while (end := data.find(b"\r\n", at)) < 0:
                data += self._more()
            length = int(data[at:end].split(b";", 1)[0], 16)
            while len(data) < end + 4 + length:
                data += self._more()
            if length == 0:
                return b"".join(body)
            body.append(bytes(data[end + 2 : end + 2 + length]))
            at = end + 4 + length
