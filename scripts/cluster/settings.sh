# shellcheck shell=bash disable=SC2034
# Names, places, ports and small printing functions that every part of the test cluster shares.

# Raised when the recipe in build.sh or images.sh changes, so that no machine keeps using what an older recipe made.
readonly RECIPE=1
readonly KUBERNETES_VERSION=1.20.2
readonly DEBIAN_RELEASE=12

# Everything listens on loopback except the kubelet, which the API server must reach by an address that is not
# loopback: it gets the address of a bridge that leads nowhere but to the pods. The ports are not the ones that
# a default etcd, API server or kubelet takes, so a cluster that is already on this machine is not in the way.
readonly API_PORT=16443
readonly ETCD_PORT=12379
readonly ETCD_PEER_PORT=12380
readonly ETCD_HEALTH_PORT=12381
readonly CONTROLLER_MANAGER_PORT=16257
readonly SCHEDULER_PORT=16259
readonly KUBELET_PORT=16250
readonly KUBELET_HEALTH_PORT=16248
readonly BRIDGE=kwtest0
readonly NODE_NAME=node-a
readonly NODE_IP=10.213.0.1
readonly POD_RANGE=10.213.0.0/24
readonly SERVICE_RANGE=10.214.0.0/24
readonly SERVICE_IP=10.214.0.1
readonly PAUSE_IMAGE=kubewicket.test/pause:1
readonly BUSYBOX_IMAGE=kubewicket.test/busybox:1
readonly FIXED_FOLDERS=(/var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers /run/containerd)
readonly PROGRAMS=(kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl)
readonly USERS=(admin viewer shop-editor nobody)

CACHE=${XDG_CACHE_HOME:-~/.cache}/kubewicket
CACHE=$(realpath -m "${KUBEWICKET_CACHE:-$CACHE}/test-cluster")
ARCH=$(uname -m)
BUILD=$CACHE/v$KUBERNETES_VERSION-$ARCH-$RECIPE
BIN=$BUILD/bin
IMAGES=$BUILD/images
STATE=$(realpath -m "${KUBEWICKET_TEST_CLUSTER:-$CACHE/run}")
readonly CACHE ARCH BUILD BIN IMAGES STATE
readonly CONTAINERD_SOCKET=$STATE/containerd.sock

# Exit code that tells a caller "this machine cannot have a test cluster", as opposed to "it should, but failed".
readonly NOT_POSSIBLE=3

say() { printf 'test-cluster: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

not_possible() {
  say "$*"
  exit "$NOT_POSSIBLE"
}
