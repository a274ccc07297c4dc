"""Where it was measured: the machine, the programs, the cluster."""

import datetime
import json
import os
import platform
import subprocess
from dataclasses import dataclass


@dataclass
class Machine:
    """What the figures depend on."""

    date: str
    cores: int
    memory: int
    processor: str
    kernel: str
    java: str
    node: str
    kubectl: str
    kubernetes: str
    load: float
    commit: str

    @staticmethod
    def look(root, connection, kubectl):
        """Looks at this machine and this cluster."""
        return Machine(
            datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            len(os.sched_getaffinity(0)),
            os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            _processor(),
            f"{platform.system()} {platform.release()}",
            _said(root, '. scripts/jdk; kubewicket_find_jdk; "$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p'),
            _said(root, "node --version"),
            json.loads(_said(root, '"$0" version --client -o json', kubectl))["clientVersion"]["gitVersion"],
            connection.get("/version").json()["gitVersion"],
            os.getloadavg()[0],
            _said(root, "git rev-parse --short HEAD 2>/dev/null || true"),
        )


def _said(root, script, *arguments):
    command = ["bash", "-c", script, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def _processor():
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()
