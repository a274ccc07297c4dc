"""What is measured: the servers with their commands, versions and calls, and the raw requests beside them."""

import glob
import json
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass, field

from mcp import Answer, Server

PEERS = {"kubernetes-mcp-server": "0.0.67", "mcp-server-kubernetes": "4.1.7"}
KUBEWICKET = "Kubewicket"
BINARY = "kubernetes-mcp-server, its Go binary"
# What list_resources asks for; the ratios mean something only while this is so.
TABLE = (
    "application/json;as=Table;v=v1;g=meta.k8s.io,"
    "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"
)


@dataclass
class Subject:
    """One server: how it is started and what its calls are named."""

    name: str
    version: str
    command: list
    environment: dict
    log: str
    get: object
    lists: dict = field(default_factory=dict)
    server: Server | None = None

    def start(self):
        """Starts it and shakes hands; gives the running server."""
        self.server = self.launch()
        self.server.initialize()
        return self.server

    def launch(self):
        """Starts another process of it."""
        return Server(self.command, self.environment, self.log)


class Place:
    """Where things are kept: outside the checkout, and out of the reach of the user's own settings."""

    def __init__(self, root):
        self.root = root
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        self.cache = os.path.realpath(os.environ.get("KUBEWICKET_CACHE") or os.path.join(cache, "kubewicket"))
        self.npm = os.path.join(self.cache, "bench", "npm")
        self.scratch = os.path.join(self.cache, "bench", "run")
        shutil.rmtree(self.scratch, ignore_errors=True)
        os.makedirs(self.scratch)
        os.makedirs(self.npm, exist_ok=True)
        self.kubeconfig = os.path.realpath(os.environ["KUBEWICKET_TEST_KUBECONFIG"])

    def kubectl(self):
        """The kubectl on PATH, as a user has it, or else the test cluster's own, which is old."""
        built = sorted(glob.glob(os.path.join(self.cache, "test-cluster", "v*", "bin", "kubectl")))
        found = shutil.which("kubectl") or (built[-1] if built else None)
        if not found:
            raise SystemExit("kubewicket: the bench needs kubectl on PATH; mcp-server-kubernetes runs it.")
        return found

    def write(self, name, text):
        """Writes a scratch file and gives its path."""
        path = os.path.join(self.scratch, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def log(self, name):
        """Where the standard error of a server goes."""
        return os.path.join(self.scratch, re.sub(r"\W+", "-", name) + ".log")


def install(place):
    """Builds Kubewicket and makes its cache, and installs the other servers from npm, unless all that is there."""
    launcher = os.path.join(place.root, "scripts", "kubewicket")
    for step in ("--build", "--train"):
        subprocess.run([launcher, step], check=True)
    missing = [f"{name}@{version}" for name, version in PEERS.items() if _installed(place, name) != version]
    if missing:
        print("installing " + " and ".join(missing), flush=True)
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "install", "--prefix", place.npm, *quiet, *missing], check=True)


def _installed(place, name):
    try:
        with open(os.path.join(place.npm, "node_modules", name, "package.json"), encoding="utf-8") as file:
            return json.load(file)["version"]
    except OSError:
        return None


def kubewicket(place, config, name=KUBEWICKET):
    """Kubewicket as a client starts it, with this tools.yaml."""
    environment = {
        **os.environ,
        "KUBECONFIG": place.kubeconfig,
        "KUBEWICKET_CACHE": place.cache,
        "KUBEWICKET_CONFIG": config,
        "KUBEWICKET_STATE": os.path.join(place.scratch, "state"),
    }
    return Subject(
        name,
        "",
        [os.path.join(place.root, "scripts", "kubewicket"), "serve", "--stdio"],
        environment,
        place.log(name),
        lambda namespace, pod: ("get_resource", {"kind": "pod", "namespace": namespace, "name": pod}),
        {"": lambda namespace: ("list_resources", {"kind": "pods", "namespace": namespace})},
    )


def peers(place):
    """The other servers, with their defaults."""
    path = os.path.dirname(place.kubectl()) + os.pathsep + os.environ["PATH"]
    # A home of their own: kubectl keeps a cache there.
    environment = {**os.environ, "KUBECONFIG": place.kubeconfig, "HOME": place.scratch, "PATH": path}
    containers, flux = PEERS
    return [
        Subject(
            containers,
            PEERS[containers],
            [os.path.join(place.npm, "node_modules", ".bin", containers)],
            environment,
            place.log(containers),
            lambda namespace, pod: ("pods_get", {"namespace": namespace, "name": pod}),
            {"": lambda namespace: ("pods_list_in_namespace", {"namespace": namespace})},
        ),
        Subject(
            flux,
            PEERS[flux],
            [os.path.join(place.npm, "node_modules", ".bin", flux)],
            environment,
            place.log(flux),
            lambda namespace, pod: ("kubectl_get", {"resourceType": "pods", "namespace": namespace, "name": pod}),
            {
                "": lambda namespace: ("kubectl_get", {"resourceType": "pods", "namespace": namespace}),
                "output: wide": lambda namespace: (
                    "kubectl_get",
                    {"resourceType": "pods", "namespace": namespace, "output": "wide"},
                ),
            },
        ),
    ]


def binary(place, peer):
    """The Go program that the npm package of kubernetes-mcp-server starts through Node, started without it."""
    kind = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), "none")
    found = glob.glob(os.path.join(place.npm, "node_modules", f"{peer.name}-*-{kind}", "bin", f"{peer.name}-*"))
    if not found:
        return []
    return [Subject(BINARY, peer.version, found[:1], peer.environment, place.log(BINARY), peer.get, peer.lists)]


@dataclass
class Probe:
    """One thing that is timed again and again."""

    name: str
    run: object

    @staticmethod
    def get(subject, namespace, pod):
        """A get of one pod."""
        return Probe(subject.name, lambda: subject.server.call(*subject.get(namespace, pod)))

    @staticmethod
    def lists(subject, namespace):
        """Every way in which the server lists pods."""
        return [
            Probe(
                f"{subject.name}, {variant}" if variant else subject.name,
                lambda call=call: subject.server.call(*call(namespace), timeout=60),
            )
            for variant, call in subject.lists.items()
        ]

    @staticmethod
    def raw(name, connection, method, path, headers=None, body=None):
        """A request to the API server over a kept connection."""

        def run():
            reply = connection.send(method, path, headers or {"Accept": "application/json"}, body)
            error = "" if reply.status < 300 else f"HTTP {reply.status}: {reply.body[:200].decode(errors='replace')}"
            return Answer(reply.seconds, len(reply.body), error=error)

        return Probe(name, run)
