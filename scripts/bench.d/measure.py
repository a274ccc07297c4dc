"""The clockwork: probes in turn, round after round, so that whatever drifts drifts for all of them."""

import math
import statistics
import threading
import time
from dataclasses import dataclass, field

from mcp import Server, ServerGone, tree
from subjects import Subject


@dataclass
class Series:
    """All that was seen of one probe. Seconds of answers that are errors do not count."""

    name: str
    seconds: list = field(default_factory=list)
    size: int = 0
    text: int = 0
    structured: int = 0
    error: str = ""

    def add(self, answer):
        """Takes one answer."""
        if answer.error:
            self.error = answer.error
            return
        self.seconds.append(answer.seconds)
        self.size, self.text, self.structured = answer.size, answer.text, answer.structured

    def percentile(self, share):
        """The smallest value that so much of all is not above."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    @property
    def p50(self):
        """The median."""
        return statistics.median(self.seconds)


def interleave(probes, rounds, warmup, seconds_each, until=math.inf):
    """Runs the probes in turn, but begins no round after `until`, as `time.monotonic` has it.

    A probe that takes long sits out rounds, evenly, so that it spends no more than its seconds.
    """
    series = {probe.name: Series(probe.name) for probe in probes}
    alive = [probe for probe in probes if _warm(probe, warmup, seconds_each / 4, series[probe.name])]
    spent = dict.fromkeys(series, 0.0)
    for number in range(1, rounds + 1):
        if time.monotonic() > until:
            break
        for probe in alive:
            if spent[probe.name] > seconds_each * number / rounds:
                continue
            begun = time.perf_counter()
            _run(probe, series[probe.name])
            spent[probe.name] += time.perf_counter() - begun
    return list(series.values())


def _warm(probe, times, seconds, series):
    """Calls it untimed; false for a probe that only fails, which is then shown with its error and not repeated."""
    trial = Series(probe.name)
    until = time.monotonic() + seconds
    for _ in range(times):
        _run(probe, trial)
        if time.monotonic() > until or (trial.error and not trial.seconds):
            break
    series.error = trial.error
    return bool(trial.seconds)


def _run(probe, series):
    try:
        series.add(probe.run())
    except ServerGone as gone:
        series.error = str(gone)


@dataclass
class Start:
    """Seconds from the start of a process, over several runs."""

    name: str
    initialize: list = field(default_factory=list)
    tools: list = field(default_factory=list)
    answer: list = field(default_factory=list)
    tools_bytes: int = 0
    tools_count: int = 0
    error: str = ""


def starts(subjects: list[Subject], runs, namespace, pod, until=math.inf):
    """Cold starts in turn: to the reply to initialize, to tools/list, to the first answer of a tool."""
    found = {subject.name: Start(subject.name) for subject in subjects}
    for _ in range(runs):
        if time.monotonic() > until:
            break
        for subject in subjects:
            seen = found[subject.name]
            server = subject.launch()
            try:
                _start(server, subject, seen, namespace, pod)
            except ServerGone as gone:
                seen.error = str(gone)
            finally:
                server.end()
    return list(found.values())


def _start(server: Server, subject, seen, namespace, pod):
    ready = server.initialize()
    listed = server.request("tools/list", {})
    listed_at = time.perf_counter() - server.started
    answer = server.call(*subject.get(namespace, pod))
    answered_at = time.perf_counter() - server.started
    if answer.error:
        seen.error = answer.error
        return
    seen.initialize.append(ready)
    seen.tools.append(listed_at)
    seen.answer.append(answered_at)
    seen.tools_bytes, seen.tools_count = listed.size, len(listed.result["tools"])


@dataclass
class Memory:
    """Of a server and its children, in bytes: PSS now, the high-water marks of those that live, PSS at its highest."""

    name: str
    pss: int
    high_water: int
    peak: int
    processes: int


def memory(subject, probes, calls):
    """Looks at the tree at rest, then again and again while the server answers these probes."""
    pid = subject.server.pid
    at_rest = resident(pid)
    peak, stop = [at_rest], threading.Event()

    def watch():
        while not stop.wait(0.02):
            peak.append(resident(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _ in range(calls):
            for probe in probes:
                _run(probe, Series(probe.name))
    finally:
        stop.set()
        watcher.join()
    return Memory(subject.name, at_rest, _sum(pid, "status", "VmHWM"), max(peak), len(tree(pid)))


def resident(pid):
    """PSS of a process and its children now, in bytes."""
    return _sum(pid, "smaps_rollup", "Pss")


def _sum(pid, file, key):
    return sum(_kibibytes(f"/proc/{process}/{file}", key) for process in tree(pid)) * 1024


def _kibibytes(path, key):
    try:
        with open(path, encoding="ascii", errors="replace") as lines:
            for line in lines:
                if line.startswith(key + ":"):
                    return int(line.split()[1])
    except OSError:
        # A child that has just ended, such as a kubectl.
        pass
    return 0
