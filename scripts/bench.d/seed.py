"""A namespace with pods as a busy cluster has them; nobody schedules or runs them, so nothing moves while it is measured."""

import random
import threading
import time
import uuid

from raw import Connection

# A scheduler that does not exist: the pods stay without a node, and no scheduler writes events about them.
NOBODY = "kw-bench-nobody"
APPS = ("web", "cart", "checkout", "search", "billing", "mailer", "worker", "gateway", "catalogue", "sessions")
PARALLEL = 8
MERGE = {"Content-Type": "application/merge-patch+json"}


class Namespace:
    """The namespace of one run; removed when the run ends, however it ends."""

    def __init__(self, credentials):
        self._credentials = credentials
        self._connection = Connection(credentials)
        self._random = random.Random(20)
        self.name = f"kw-bench-{uuid.uuid4().hex[:8]}"
        self.pods = []

    def __enter__(self):
        self._ok("POST", "/api/v1/namespaces", {"metadata": {"name": self.name, "labels": {"env": "test"}}})
        return self

    def __exit__(self, *failure):
        """Asks for the removal and waits for the pods to go, so that the next run does not meet them."""
        self._connection.close()
        self._ok("DELETE", f"/api/v1/namespaces/{self.name}")
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self._connection.get(f"/api/v1/namespaces/{self.name}").status == 404:
                return
            time.sleep(0.5)

    def grow(self, count):
        """Creates pods until there are so many, several at once."""
        fresh = [self._pod(number) for number in range(len(self.pods), count)]
        self.pods += [pod["metadata"]["name"] for pod, _ in fresh]
        failures = []
        workers = [
            threading.Thread(target=self._create, args=(fresh[first::PARALLEL], failures)) for first in range(PARALLEL)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        if failures:
            raise SystemExit(f"kubewicket: the API server does not take the bench's pods: {failures[0]}")

    def count(self):
        """How many pods are there; one that somebody deleted would spoil the figures."""
        listed = self._ok("GET", f"/api/v1/namespaces/{self.name}/pods?limit=1")
        return len(listed["items"]) + listed["metadata"].get("remainingItemCount", 0)

    def deployment(self, name, replicas):
        """Creates a small Deployment, waits for its pods, and gives the name of the first."""
        labels = {"app": name}
        pod, _ = self._pod(0)
        pod["spec"].pop("hostname", None)
        self._ok(
            "POST",
            f"/apis/apps/v1/namespaces/{self.name}/deployments",
            {
                "metadata": {"name": name, "labels": labels},
                "spec": {
                    "replicas": replicas,
                    "selector": {"matchLabels": labels},
                    "template": {"metadata": {"labels": labels}, "spec": pod["spec"]},
                },
            },
        )
        for _ in range(100):
            owned = self._ok("GET", f"/api/v1/namespaces/{self.name}/pods?labelSelector=app%3D{name}")["items"]
            if len(owned) == replicas:
                return owned[0]["metadata"]["name"]
            time.sleep(0.1)
        raise SystemExit(f"kubewicket: the Deployment {name} has no pods after 10 s; does a controller manager run?")

    def _create(self, pods, failures):
        connection = Connection(self._credentials)
        path = f"/api/v1/namespaces/{self.name}/pods"
        for pod, status in pods:
            for method, where, body, headers in (
                ("POST", path, pod, {}),
                ("PATCH", f"{path}/{pod['metadata']['name']}/status", status, MERGE),
            ):
                reply = connection.send(method, where, headers, body)
                if reply.status >= 300:
                    failures.append(reply.body.decode(errors="replace")[:300])
                    return
        connection.close()

    def _ok(self, method, path, body=None):
        reply = self._connection.send(method, path, {"Accept": "application/json"}, body)
        if reply.status >= 300:
            raise SystemExit(f"kubewicket: {method} {path}: {reply.body.decode(errors='replace')[:300]}")
        return reply.json()

    def _pod(self, number):
        """A pod and its status; one in fifty is in trouble."""
        pick = self._random
        app = APPS[number % len(APPS)]
        image = f"shop/{app}:1.{pick.randrange(40)}.{pick.randrange(10)}"
        name = f"{app}-{pick.randrange(16**10):010x}-{number:05d}"
        pod = {
            "metadata": {
                "name": name,
                "labels": {
                    "bench": "pod",
                    "app.kubernetes.io/name": app,
                    "app.kubernetes.io/instance": f"{app}-{number % 3}",
                    "app.kubernetes.io/version": image.rpartition(":")[2],
                    "tier": "backend" if number % 3 else "frontend",
                    "pod-template-hash": name.split("-")[1],
                },
                "annotations": {"prometheus.io/scrape": "true", "prometheus.io/port": "8080"},
            },
            "spec": {"schedulerName": NOBODY, "terminationGracePeriodSeconds": 0, "containers": [_container(app, image)]},
        }
        return pod, {"status": self._status(number, app, image)}

    def _status(self, number, app, image):
        started = "2026-01-02T03:04:05Z"
        crashing, pending = number % 50 == 7, number % 50 == 23
        if pending:
            return {"phase": "Pending"}
        waiting = {"waiting": {"reason": "CrashLoopBackOff", "message": f"back-off 5m0s restarting failed container={app}"}}
        conditions = {"Initialized": True, "Ready": not crashing, "ContainersReady": not crashing, "PodScheduled": True}
        return {
            "phase": "Running",
            "startTime": started,
            "podIP": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "qosClass": "Burstable",
            "conditions": [
                {"type": kind, "status": str(holds), "lastTransitionTime": started} for kind, holds in conditions.items()
            ],
            "containerStatuses": [
                {
                    "name": app,
                    "image": image,
                    "imageID": f"shop/{app}@sha256:{self._random.randrange(16**64):064x}",
                    "containerID": f"containerd://{self._random.randrange(16**64):064x}",
                    "ready": not crashing,
                    "restartCount": number % 40 if crashing else number % 4 // 3,
                    "state": waiting if crashing else {"running": {"startedAt": started}},
                }
            ],
        }


def _container(app, image):
    probe = {"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 10}
    return {
        "name": app,
        "image": image,
        "ports": [{"name": "http", "containerPort": 8080}],
        "env": [
            {"name": "LOG_LEVEL", "value": "info"},
            {"name": "REGION", "value": "eu-central"},
            {"name": "UPSTREAM", "value": f"http://{app}-upstream:8080"},
            {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
            {"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db-login", "key": "password"}}},
        ],
        "readinessProbe": probe,
        "livenessProbe": {**probe, "initialDelaySeconds": 15},
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}},
    }
