"""One run of the bench, from an empty namespace to the table."""

import argparse
import contextlib
import gc
import os
import signal
import sys
import time
from dataclasses import dataclass, field

from decide import decide
from gate import gate
from load import CALLS, overload
from machine import Machine
from measure import interleave, memory, starts
from raw import Connection, Credentials
from report import report
from seed import Namespace
from subjects import TABLE, Place, Probe, binary, install, kubewicket, peers

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclass
class Scale:
    """How much is measured; what one probe may spend is bounded, so that a slow server cannot make the run long."""

    pods: tuple
    starts: int
    gets: int
    lists: int
    get_seconds: float
    list_seconds: float
    gate: int
    acts: int
    minutes: int
    ledger: int
    load_seconds: int
    load_calls: int


FULL = Scale((100, 1_000, 5_000), starts=20, gets=300, lists=40, get_seconds=45, list_seconds=30, gate=30, acts=5, minutes=13, ledger=1_000_000, load_seconds=10, load_calls=CALLS)
QUICK = Scale((100, 300), starts=3, gets=40, lists=10, get_seconds=8, list_seconds=4, gate=8, acts=1, minutes=4, ledger=20_000, load_seconds=3, load_calls=2_000)


@dataclass
class Results:
    """Everything that the report tells."""

    machine: Machine
    scale: Scale
    subjects: list
    starts: list = field(default_factory=list)
    gets: list = field(default_factory=list)
    lists: dict = field(default_factory=dict)
    memory: list = field(default_factory=list)
    owned: list = field(default_factory=list)
    gate: object = None
    load: object = None
    decisions: list = field(default_factory=list)
    tools: dict = field(default_factory=dict)
    minutes: float = 0


def say(what):
    """Tells whoever waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def run(scale):
    """Measures."""
    place = Place(ROOT)
    install(place)
    begun = time.monotonic()
    until = begun + 60 * scale.minutes
    kubectl = place.kubectl()
    credentials = Credentials(kubectl, place.kubeconfig)
    connection = Connection(credentials)
    subjects = [kubewicket(place, os.path.join(ROOT, "tools.yaml")), *peers(place)]
    results = Results(Machine.look(ROOT, connection, kubectl), scale, subjects)
    with Namespace(credentials) as namespace, contextlib.ExitStack() as running:
        say(f"{scale.pods[0]} pods in {namespace.name}")
        namespace.grow(scale.pods[0])
        pod = namespace.pods[0]
        # The first start of each may build caches; it is not a measurement.
        alone = binary(place, subjects[1])
        starts([*subjects, *alone], 2, namespace.name, pod)
        say("cold starts")
        results.starts = starts([*subjects, *alone], scale.starts, namespace.name, pod, until)
        say("many calls over HTTP")
        results.load = overload(place, namespace.name, subjects, alone, scale.load_seconds, scale.load_calls)
        # Time of its own: what comes after is bounded as it was.
        until = time.monotonic() + 60 * scale.minutes
        for subject in subjects:
            running.callback(subject.start().end)
            subject.version = subject.version or subject.server.info.get("version", "")
        gc.disable()
        say("gets")
        results.gets = gets(subjects, connection, namespace.name, pod, scale, until)
        for count in scale.pods:
            say(f"lists of {count:,}")
            namespace.grow(count)
            results.lists[count] = lists(subjects, connection, namespace, count, scale, until)
        say("gets of an owned pod")
        owned = namespace.deployment("bench-owner", 2)
        results.owned = gets(subjects, connection, namespace.name, owned, scale, until)
        say("memory")
        for subject in subjects:
            results.memory.append(memory(subject, Probe.lists(subject, namespace.name), 5))
        say("the gate")
        results.gate = gate(place, namespace, connection, scale.gate, scale.acts)
        say("removing the namespace")
    say("decisions")
    results.decisions = decide(ROOT, scale.ledger)
    results.minutes = (time.monotonic() - begun) / 60
    return results


def gets(subjects, connection, namespace, pod, scale, until):
    """Gets of one pod, by each server and raw."""
    path = f"/api/v1/namespaces/{namespace}/pods/{pod}"
    probes = [Probe.raw("raw GET", connection, "GET", path)]
    probes += [Probe.get(subject, namespace, pod) for subject in subjects]
    return interleave(probes, scale.gets, max(5, scale.gets // 6), scale.get_seconds, until)


def lists(subjects, connection, namespace, count, scale, until):
    """Lists of all the pods, by each server and raw."""
    before = namespace.count()
    path = f"/api/v1/namespaces/{namespace.name}/pods?includeObject=None"
    probes = [Probe.raw("raw table request", connection, "GET", path, {"Accept": TABLE})]
    for subject in subjects:
        probes += Probe.lists(subject, namespace.name)
    found = interleave(probes, scale.lists, max(3, scale.lists // 4), scale.list_seconds, until)
    if (before, namespace.count()) != (count, count):
        raise SystemExit(f"kubewicket: there are {namespace.count()} pods instead of {count}; somebody removes them.")
    return found


def main():
    """Reads the arguments, measures, writes."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--output")
    arguments = parser.parse_args()
    # What was started is ended, and the namespace removed, whoever ends the run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    text = report(run(QUICK if arguments.quick else FULL))
    output = arguments.output or (None if arguments.quick else os.path.join(ROOT, "docs", "benchmarks.md"))
    if output is None:
        print(text)
        return
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)
    say(f"wrote {output}")


if __name__ == "__main__":
    main()
