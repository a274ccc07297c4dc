"""What the gate itself costs: a refusal, a request for approval, and a whole write, beside the raw requests within them."""

import itertools
import time
from dataclasses import dataclass, field

from measure import Series, interleave
from seed import MERGE
from subjects import Probe, kubewicket

ASKS, ACTS = "bench-asks", "bench-acts"
REPLICAS = 3
RULES = """\
apiVersion: kubewicket.dev/v1
rules:
  - name: asks
    tools: [scale_workload, restart_workload, evict_pod]
    namespaces: [{namespace}]
    labels: app=bench-asks
    tier: approve
  - name: acts
    tools: [scale_workload]
    namespaces: [{namespace}]
    labels: app=bench-acts
    tier: auto
    shadow: off
novelty: off
nativeHealing: off
attempts: {{max: 100}}
freeze: {{denials: 1000/10m}}
blastRadius: {{maxIncreasePercent: 1000, maxReplicas: 1000, workloadsPerIncident: 100, stormPercent: 100, lastReplica: off}}
budgets:
  scale: {{workload: 1000/1h, namespace: 1000/1h, cluster: 1000/1h, tool: 1000/1h, caller: 1000/1h}}
approvals: {{maxPending: 100}}
"""


@dataclass
class Gate:
    """What was measured of the gate."""

    series: list = field(default_factory=list)
    writes: Series | None = None
    raw_write: Series | None = None
    tools_bytes: int = 0
    tools_count: int = 0


def gate(place, namespace, connection, rounds, acts):
    """Measures a Kubewicket of its own, with rules, on two small Deployments."""
    for name in (ASKS, ACTS):
        namespace.deployment(name, REPLICAS)
    subject = kubewicket(place, place.write("gate.yaml", RULES.format(namespace=namespace.name)), "with rules")
    server = subject.start()
    try:
        listed = server.request("tools/list", {})
        found = Gate(tools_bytes=listed.size, tools_count=len(listed.result["tools"]))
        found.series = interleave(_probes(server, namespace.name, connection), rounds, 3, 60)
        found.writes, found.raw_write = _writes(server, namespace.name, connection, acts)
    finally:
        server.end()
    return found


def _path(namespace, deployment):
    return f"/apis/apps/v1/namespaces/{namespace}/deployments/{deployment}"


def _scale(server, namespace, deployment, replicas, reason, expected):
    """One call of scale_workload whose decision is known beforehand."""
    workload = f"deployment/{deployment}"
    arguments = {"namespace": namespace, "workload": workload, "replicas": replicas, "reason": reason}
    answer = server.call("scale_workload", arguments, timeout=60)
    structured = (answer.result or {}).get("structuredContent") or {}
    decision = (structured.get("decision"), structured.get("result"))
    if decision == expected:
        answer.error = ""
    else:
        answer.error = answer.error or f"expected {expected}, got {decision}"
    return answer


def _probes(server, namespace, connection):
    number = itertools.count()
    asked = _path(namespace, ASKS)
    wish = {"spec": {"replicas": REPLICAS - 1}}
    deny, wait = ("deny", None), ("approval_required", None)

    def call(where, reason, expected):
        return lambda: _scale(server, where, ASKS, REPLICAS - 1, reason(), expected)

    return [
        Probe("refused: no rule", call("default", lambda: "measured", deny)),
        Probe("approval required, a new request", call(namespace, lambda: f"measured {next(number)}", wait)),
        Probe("approval required, the same call again", call(namespace, lambda: "measured", wait)),
        Probe.raw("raw GET of the Deployment", connection, "GET", asked),
        Probe.raw("raw GET of its scale", connection, "GET", asked + "/scale"),
        Probe.raw("raw dry run", connection, "PATCH", asked + "/scale?dryRun=All&fieldManager=kubewicket", MERGE, wish),
    ]


def _writes(server, namespace, connection, acts):
    """Scales to zero through Kubewicket, and back by a raw request."""
    through, raw = Series("a write with its verification"), Series("raw PATCH of the scale")
    back = Probe.raw(
        raw.name, connection, "PATCH", _path(namespace, ACTS) + "/scale", MERGE, {"spec": {"replicas": REPLICAS}}
    )
    for _ in range(acts):
        through.add(_scale(server, namespace, ACTS, 0, "measured", ("allow", "verified")))
        raw.add(back.run())
        _await_replicas(connection, _path(namespace, ACTS))
    return through, raw


def _await_replicas(connection, path):
    for _ in range(100):
        if connection.get(path).json().get("status", {}).get("replicas") == REPLICAS:
            return
        time.sleep(0.1)
