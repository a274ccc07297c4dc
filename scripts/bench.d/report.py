"""The tables of docs/benchmarks.md, out of what was measured."""

import statistics

from subjects import BINARY, KUBEWICKET

MIB = 1 << 20


def report(results):
    """The whole document as Markdown."""
    sections = [
        _head(results),
        _targets(results),
        _starts(results),
        _timed("Get one pod, warm", results.gets),
        _timed("Get one pod that a Deployment owns, warm", results.owned),
        *(_timed(f"List {count:,} pods, warm", series) for count, series in results.lists.items()),
        _bytes(results),
        _memory(results),
        _load(results.load),
        _gate(results.gate),
        _decisions(results),
        _failures(results),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _head(results):
    machine, scale = results.machine, results.scale
    most = max(scale.pods)
    versions = "; ".join(f"{subject.name} {subject.version}" for subject in results.subjects)
    return f"""# Benchmarks

Written by `scripts/bench`; run it to get the figures of your machine.

| | |
|---|---|
| date | {machine.date}, {results.minutes:.0f} minutes, commit {machine.commit or "unknown"} |
| machine | {machine.cores} cores ({machine.processor}), {machine.memory / (1 << 30):.0f} GiB, {machine.kernel}; load before the run {machine.load:.1f} |
| Java | {machine.java} |
| Node, kubectl | {machine.node}, {machine.kubectl} |
| Kubernetes | {machine.kubernetes}, API server and etcd on the same machine |
| servers | {versions} |

All servers run at once and are asked in turn, round after round, one call at a time over stdio, so whatever drifts drifts for all.
The raw rows are the requests that Kubewicket itself needs (the same path, `Accept` header and credentials), over one kept
connection without compression, in the same rounds. The clock runs from the first byte of the request to the last byte of the answer; nobody parses
meanwhile. "Warm" is after the same number of untimed calls each. The {most:,} pods have 6 labels, environment, probes, resources
and a status, and no node, so nothing about them changes. Other servers have their default settings; where a default fails,
another setting is shown too. A server that takes long sits out rounds, evenly. p99 of fewer than 100 runs is the slowest.
Kubewicket answers a get with the object's owners and recent events, and a list with counts by state and the unhealthy
first; the others answer with the objects."""


def _targets(results):
    scale = results.scale
    most = max(scale.pods)
    start = _find(results.starts, KUBEWICKET)
    rows = []

    def row(what, wanted, measured, holds):
        rows.append([what, wanted, measured, "yes" if holds else "**no**"])

    if start.initialize:
        ready = statistics.median(start.initialize) * 1000
        row("start to `initialize`, median", "≤ 250 ms", f"{ready:.0f} ms", ready <= 250)
        row("`tools/list`", "≤ 12 KB", f"{start.tools_bytes:,} B", start.tools_bytes <= 12 * 1024)
    for what, series, raw in (
        ("get, p50", results.gets, "raw GET"),
        (f"list of {most:,}, p50", results.lists[most], "raw table request"),
    ):
        mine, base = _find(series, KUBEWICKET), _find(series, raw)
        if mine.seconds and base.seconds:
            ratio = mine.p50 / base.p50
            row(what, f"≤ 5 × {raw}", f"{ratio:.1f} ×", ratio <= 5)
    largest = max(_find(series, KUBEWICKET).size for series in results.lists.values())
    row("largest list answer, whole line", "≤ 8 KB", f"{largest:,} B", 0 < largest <= 8 * 1024)
    used = _find(results.memory, KUBEWICKET)
    row("PSS after the run", "≤ 130 MiB", f"{used.pss / MIB:.0f} MiB", used.pss <= 130 * MIB)
    if results.load:
        _load_targets(results.load, row)
    plain, many, grown = (decision["p99us"] for decision in results.decisions)
    row("a decision without conditions, p99", "≤ 1 ms", _micros(plain), plain <= 1_000)
    row("a decision with 100 rules and CEL, p99", "≤ 3 ms", _micros(many), many <= 3_000)
    first, last = results.decisions[0]["p50us"], results.decisions[2]["p50us"]
    row(f"a decision over {results.scale.ledger:,} entries, p50", "≤ 2 × over none", f"{last / first:.1f} ×", last <= 2 * first)
    return "## What Kubewicket wants to hold\n\n" + _table(["", "wanted", "measured", "holds"], rows)


def _starts(results):
    rows = []
    for start in results.starts:
        if not start.initialize:
            rows.append([start.name, "fails", "", "", ""])
            continue
        times = [_both(values) for values in (start.initialize, start.tools, start.answer)]
        rows.append([start.name, *times, str(len(start.initialize))])
    head = ["", "`initialize`", "`tools/list`", "first get", "runs"]
    note = ""
    if any(start.name == BINARY for start in results.starts):
        note = "\n\nThe Go binary is what the npm package starts through Node; as one installs it from npm, Node comes first."
    return (
        "## Cold start\n\nMilliseconds from the start of the process to each answer, one after the other: median (fastest).\n\n"
        + _table(head, rows)
        + note
    )


def _timed(title, series):
    if not series:
        return ""
    raw, mine = series[0], _find(series, KUBEWICKET)
    rows = []
    for one in series:
        if not one.seconds:
            rows.append([one.name, "fails" if one.error else "not reached", "", "0", "", ""])
            continue
        against = f"{one.p50 / raw.p50:.1f}" if raw.seconds else ""
        faster = "" if one in (raw, mine) or not mine.seconds else f"{one.p50 / mine.p50:.1f}"
        cells = [_ms(one.p50), _ms(one.percentile(0.99)), str(len(one.seconds)), against, faster]
        rows.append([one.name, *cells])
    head = ["", "p50 ms", "p99 ms", "runs", "× raw", "× Kubewicket"]
    return f"## {title}\n\n" + _table(head, rows)


def _bytes(results):
    rows = []
    for start in results.starts:
        if start.tools_bytes and start.name != BINARY:
            rows.append([f"`tools/list`, {start.tools_count} tools", start.name, f"{start.tools_bytes:,}", "", ""])
    if results.gate:
        what = f"`tools/list`, {results.gate.tools_count} tools"
        rows.append([what, KUBEWICKET + " with write tools", f"{results.gate.tools_bytes:,}", "", ""])
    asked = [("get", results.gets), *((f"list of {count:,}", series) for count, series in results.lists.items())]
    for what, series in asked:
        for one in series:
            sizes = [f"{one.size:,}", f"{one.text:,}", f"{one.structured:,}"] if one.seconds else ["fails", "", ""]
            if one.name.startswith("raw"):
                sizes[1:] = ["", ""]
            rows.append([what, one.name, *sizes])
    note = "The line is the whole JSON-RPC message, in which quotes of a text are escaped; `text` and `structured` are its two parts."
    return f"## Bytes of an answer\n\n{note}\n\n" + _table(["", "", "line", "text", "structured"], rows)


def _memory(results):
    most = max(results.scale.pods)
    rows = [
        [
            one.name,
            f"{one.pss / MIB:.0f}",
            f"{one.high_water / MIB:.0f}",
            f"{one.peak / MIB:.0f}",
            str(one.processes),
        ]
        for one in results.memory
    ]
    note = (
        "MiB of the server and its children: PSS after all calls above; the sum of what each living process ever had resident\n"
        f"(`VmHWM`, which counts shared pages in each); the highest PSS seen while it listed {most:,} pods again."
    )
    head = ["", "PSS after", "VmHWM", "PSS, highest", "processes"]
    return f"## Memory\n\n{note}\n\n" + _table(head, rows)


def _load(load):
    if load is None:
        return ""
    rows = [_load_row(one, one.what) for one in load.loads] + [_load_row(one, f"{one.what}, 1,000 idle streams") for one in load.idle]
    text = (
        "## Over HTTP\n\n64 kept connections of wrk on the same two servers' machine, one server at a time after a warm-up; the peer is its Go\n"
        "program with `--stateless`, without the Node that starts it.\n"
        "Kubewicket answers those who ask the same at the same time with one read that begins after they asked.\n\n"
        + _table(["", "asked for", "calls/s", "p50 ms", "p99 ms", "bytes"], rows)
    )
    memory = [[f"{calls:,}", f"{pss / MIB:.0f}"] for calls, pss in load.memory]
    return text + "\n\nPSS of Kubewicket in MiB after so many lists:\n\n" + _table(["calls", "PSS"], memory)


def _load_row(one, what):
    if one.error and not one.rate:
        return [one.name, what, "fails", "", "", ""]
    return [one.name, what, f"{one.rate:,.0f}", _ms(one.p50), _ms(one.p99), f"{one.size:,}"]


def _load_targets(load, row):
    def rate(name, what):
        return next((one for one in load.loads if (one.name == KUBEWICKET) == name and one.what.startswith(what)), None)

    for what, wanted in (("list of 100 pods", 10), ("tools/list", 1)):
        mine, other = rate(True, what), rate(False, what)
        if mine.rate and other.rate:
            ratio = mine.rate / other.rate
            row(f"calls per second over HTTP, {what}", f"≥ {wanted} × the peer", f"{ratio:.1f} ×", ratio >= wanted)
    for quiet in load.idle:
        alone = next(one for one in load.loads if one.name == quiet.name and one.what == quiet.what)
        if quiet.p99 and alone.p99:
            ratio = quiet.p99 / alone.p99
            row(f"p99 with 1,000 idle streams, {quiet.what}", "≤ 2 × without", f"{ratio:.1f} ×", ratio <= 2)


def _gate(gate):
    if gate is None:
        return ""
    rows = [_gate_row(one) for one in [*gate.series, gate.raw_write, gate.writes] if one is not None]
    text = (
        "## The gate\n\n`scale_workload` on a Deployment of 3 pods, through Kubewicket and as the raw requests that it is made of.\n\n"
        + _table(["", "p50 ms", "p99 ms", "runs"], rows)
    )
    raw = [one for one in gate.series if one.name.startswith("raw")]
    asks = next((one for one in gate.series if "new request" in one.name), None)
    if asks and asks.seconds and all(one.seconds for one in raw):
        inside = sum(one.p50 for one in raw)
        text += (
            f"\n\nA request for approval holds the three raw requests ({_ms(inside)} ms together); the other {_ms(asks.p50 - inside)} ms are the two\n"
            "screenings, the diff, the decision, and one durable commit to the ledger. A write without approval has two such commits\n"
            "and looks at its target at least twice, with a pause of 200 ms between, before it calls the change verified."
        )
    return text


def _decisions(results):
    rows = [[one["what"], _micros(one["p50us"]), _micros(one["p99us"]), str(one["runs"])] for one in results.decisions]
    return (
        "## A decision by itself\n\nEvery guardrail of one call that nothing speaks against, asked of a warm gate over a real ledger file: no cluster,\n"
        "no transport, no commit.\n\n" + _table(["", "p50", "p99", "runs"], rows)
    )


def _micros(microseconds):
    return f"{microseconds / 1000:.2f} ms"


def _gate_row(one):
    if not one.seconds:
        return [one.name, "fails", "", "0"]
    return [one.name, _ms(one.p50), _ms(one.percentile(0.99)), str(len(one.seconds))]


def _failures(results):
    asked = [("get", results.gets), ("get of an owned pod", results.owned)]
    asked += [(f"list of {count:,}", series) for count, series in results.lists.items()]
    if results.gate:
        asked.append(("gate", [*results.gate.series, results.gate.writes, results.gate.raw_write]))
    rows = [[one.name, what, _code(one.error)] for what, series in asked for one in series if one and one.error]
    if results.load:
        rows += [[one.name, one.what, _code(one.error)] for one in [*results.load.loads, *results.load.idle] if one.error]
    rows += [[start.name, "cold start", _code(start.error)] for start in results.starts if start.error]
    if not rows:
        return "## What failed\n\nNothing."
    return "## What failed\n\n" + _table(["", "asked for", "what it said"], rows)


def _find(series, name):
    return next(one for one in series if one.name == name)


def _ms(seconds):
    milliseconds = seconds * 1000
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:.1f}" if milliseconds >= 10 else f"{milliseconds:.2f}"


def _both(seconds):
    return f"{_ms(statistics.median(seconds))} ({_ms(min(seconds))})"


def _code(text):
    line = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{line[:160]}{'…' if len(line) > 160 else ''}`"


def _table(head, rows):
    """Columns of numbers stand to the right."""
    words = [not any(row[at][:1].isdigit() for row in rows) for at in range(len(head))]
    words[0] = True
    lines = [head, ["---" if text else "---:" for text in words], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
