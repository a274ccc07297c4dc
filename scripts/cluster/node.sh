# shellcheck shell=bash
# Prepares the node's network and configuration, starts it, and takes away what it leaves behind.

configure_node() {
  # The kernel refuses the path of a socket that is longer than 107 bytes.
  ((${#CONTAINERD_SOCKET} < 100)) || fail "The path $STATE is too long for a socket; set KUBEWICKET_TEST_CLUSTER to a shorter one."
  mkdir -p "$STATE/node/cni"
  cat >"$STATE/node/containerd.toml" <<TOML
version = 2
root = "$STATE/node/containerd/root"
state = "$STATE/node/containerd/state"
oom_score = 0
[grpc]
  address = "$CONTAINERD_SOCKET"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  # Without CAP_SYS_RESOURCE no process may lower its score, and every pod would fail.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  disable_tcp_service = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$STATE/node/cni"
TOML
  # The bridge is made here and only joined there: a plugin that made it would also turn on IP forwarding machine-wide.
  cat >"$STATE/node/cni/10-pods.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "kubewicket-test", "plugins": [
  {"type": "bridge", "bridge": "$BRIDGE",
   "ipam": {"type": "host-local", "dataDir": "$STATE/node/addresses", "ranges": [[{"subnet": "$POD_RANGE"}]]}},
  {"type": "loopback"}]}
JSON
  echo "nameserver 127.0.0.1" >"$STATE/node/resolv.conf"
  cat >"$STATE/node/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $NODE_IP
port: $KUBELET_PORT
readOnlyPort: 0
healthzBindAddress: 127.0.0.1
healthzPort: $KUBELET_HEALTH_PORT
tlsCertFile: $PKI/server.crt
tlsPrivateKeyFile: $PKI/server.key
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: false}
  x509: {clientCAFile: $PKI/ca.crt}
authorization: {mode: AlwaysAllow}
# Without the kubelet's tree of service classes cgroups are made by runc alone, on v1 and v2 alike.
cgroupDriver: cgroupfs
cgroupsPerQOS: false
enforceNodeAllocatable: []
failSwapOn: false
nodeStatusUpdateFrequency: 1s
nodeStatusReportFrequency: 5m
makeIPTablesUtilChains: false
oomScoreAdj: 0
# A full disk on the machine must neither evict pods nor delete images that no registry could bring back.
evictionHard: {memory.available: "0%", nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%"}
imageGCHighThresholdPercent: 100
# Pods find no DNS; naming a server keeps the kubelet from complaining about its absence in the events of each pod.
clusterDNS: [10.214.0.10]
resolvConf: $STATE/node/resolv.conf
volumePluginDir: $STATE/node/volume-plugins
YAML
}

start_node() {
  ip link show "$BRIDGE" >/dev/null 2>&1 || ip link add "$BRIDGE" type bridge
  ip address replace "$NODE_IP/${POD_RANGE#*/}" dev "$BRIDGE"
  ip link set "$BRIDGE" up
  start node unshare --mount --pid --fork --kill-child "$HERE/cluster/node"
}

stop_node() {
  stop node-init 0
  stop node 2
  remove_cgroups
  ip link delete "$BRIDGE" 2>/dev/null || true
  # The node needed these only to mount its own folders there; what is not empty belongs to somebody else.
  rmdir "${FIXED_FOLDERS[@]}" 2>/dev/null || true
}

# A container that is killed with its node leaves an empty cgroup under containerd's fixed name; one folder for each
# container in containerd's state tells which are ours.
remove_cgroups() {
  local hierarchies hierarchy container
  mapfile -t hierarchies < <(findmnt -rno TARGET -t cgroup,cgroup2)
  for hierarchy in "${hierarchies[@]}"; do
    for container in "$STATE"/node/containerd/state/io.containerd.runtime.v2.task/k8s.io/*; do
      rmdir "$hierarchy/k8s.io/${container##*/}" 2>/dev/null || true
    done
    rmdir "$hierarchy/k8s.io" 2>/dev/null || true
  done
}
