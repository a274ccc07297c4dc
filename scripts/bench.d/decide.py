"""What a decision costs by itself: every guardrail of one call, without cluster, transport and commit."""

import json
import os
import subprocess
import sys

MAIN = "io.github.kubewicket.policy.GateBench"


def decide(root, entries):
    """Runs the gate in a JVM of its own; a list of {what, p50us, p99us, runs}."""
    java = subprocess.run(
        ["bash", "-c", '. scripts/jdk; kubewicket_find_jdk; printf %s "$JAVA_HOME/bin/java"'],
        cwd=root, check=True, capture_output=True, text=True,
    ).stdout
    target = os.path.join(root, "policy", "target")
    path = [os.path.join(target, "classes"), os.path.join(target, "test-classes"), os.path.join(root, "mcp-server", "target", "lib", "*")]
    options = ["-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    # The launcher builds without the tests, and the bench of the gate is one of their classes.
    subprocess.run(
        ["mvn", "-q", "-B", "-pl", "policy", "test-compile", "-Dspotless.check.skip"],
        cwd=root, check=True, stdout=sys.stderr, env={**os.environ, "JAVA_HOME": os.path.dirname(os.path.dirname(java))}, timeout=600,
    )
    said = subprocess.run(
        [java, *options, "-cp", os.pathsep.join(path), MAIN, str(entries)],
        cwd=root, check=True, stdout=subprocess.PIPE, text=True, timeout=600,
    ).stdout
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]
