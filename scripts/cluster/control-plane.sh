# shellcheck shell=bash
# Starts etcd, the API server, the controller manager and the scheduler, and asks each whether it is well.

start_etcd() {
  # The data is thrown away with the cluster, so durability would only cost time.
  # On processors other than amd64 this version wants to be told that it is meant.
  start etcd env "ETCD_UNSUPPORTED_ARCH=$(dpkg --print-architecture)" etcd --name=test --data-dir="$STATE/etcd" --unsafe-no-fsync --logger=zap --log-level=warn \
    --listen-client-urls="https://127.0.0.1:$ETCD_PORT" --advertise-client-urls="https://127.0.0.1:$ETCD_PORT" \
    --client-cert-auth --trusted-ca-file="$PKI/ca.crt" --cert-file="$PKI/server.crt" --key-file="$PKI/server.key" \
    --listen-peer-urls="https://127.0.0.1:$ETCD_PEER_PORT" --initial-cluster="test=https://127.0.0.1:$ETCD_PEER_PORT" \
    --initial-advertise-peer-urls="https://127.0.0.1:$ETCD_PEER_PORT" \
    --peer-client-cert-auth --peer-trusted-ca-file="$PKI/ca.crt" --peer-cert-file="$PKI/server.crt" --peer-key-file="$PKI/server.key" \
    --listen-metrics-urls="http://127.0.0.1:$ETCD_HEALTH_PORT"
}

start_api_server() {
  # Without the ServiceAccount admission a pod can be made the moment its namespace exists.
  start kube-apiserver "$BIN/kube-apiserver" --bind-address=127.0.0.1 --secure-port="$API_PORT" --advertise-address="$NODE_IP" \
    --tls-cert-file="$PKI/server.crt" --tls-private-key-file="$PKI/server.key" \
    --etcd-servers="https://127.0.0.1:$ETCD_PORT" \
    --etcd-cafile="$PKI/ca.crt" --etcd-certfile="$PKI/client.crt" --etcd-keyfile="$PKI/client.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" \
    --kubelet-client-certificate="$PKI/client.crt" --kubelet-client-key="$PKI/client.key" \
    --kubelet-preferred-address-types=InternalIP \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$PKI/service-accounts.pub" \
    --service-account-signing-key-file="$PKI/service-accounts.key" \
    --token-auth-file="$PKI/tokens.csv" --authorization-mode=Node,RBAC \
    --service-cluster-ip-range="$SERVICE_RANGE" --allow-privileged=true \
    --enable-admission-plugins=NodeRestriction --disable-admission-plugins=ServiceAccount
}

start_controller_manager() {
  start kube-controller-manager "$BIN/kube-controller-manager" --kubeconfig="$STATE/kubeconfig/admin" --leader-elect=false \
    --bind-address=127.0.0.1 --port=0 --secure-port="$CONTROLLER_MANAGER_PORT" \
    --tls-cert-file="$PKI/server.crt" --tls-private-key-file="$PKI/server.key" \
    --service-account-private-key-file="$PKI/service-accounts.key" --root-ca-file="$PKI/ca.crt" \
    --kube-api-qps=200 --kube-api-burst=400
}

start_scheduler() {
  start kube-scheduler "$BIN/kube-scheduler" --kubeconfig="$STATE/kubeconfig/admin" --leader-elect=false \
    --bind-address=127.0.0.1 --port=0 --secure-port="$SCHEDULER_PORT" \
    --tls-cert-file="$PKI/server.crt" --tls-private-key-file="$PKI/server.key"
}

ask() { curl --silent --fail --max-time 5 --noproxy '*' --cacert "$PKI/ca.crt" "$@"; }

# The API server serves before it is ready; what only needs to talk to it as an administrator can start then.
api_server_serves() { ask --no-fail "https://127.0.0.1:$API_PORT/version"; }

# The answer of one component's own health check: is_well NAME
is_well() {
  case $1 in
    etcd) ask "http://127.0.0.1:$ETCD_HEALTH_PORT/health" ;;
    kube-apiserver) ask "https://127.0.0.1:$API_PORT/readyz" ;;
    kube-controller-manager) ask "https://127.0.0.1:$CONTROLLER_MANAGER_PORT/healthz" ;;
    kube-scheduler) ask "https://127.0.0.1:$SCHEDULER_PORT/healthz" ;;
    containerd) ctr --address "$CONTAINERD_SOCKET" version ;;
    kubelet) ask "http://127.0.0.1:$KUBELET_HEALTH_PORT/healthz" ;;
  esac >/dev/null 2>&1
}

# The node can take a pod when it is Ready and the controller manager has taken the taint of a new node off.
node_takes_pods() {
  local answer
  answer=$(kubectl_admin get node "$NODE_NAME" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status},{.spec.taints}')
  [[ $answer == True, ]]
}

kubectl_admin() { "$BIN/kubectl" --kubeconfig="$STATE/kubeconfig/admin" --cache-dir="$STATE/kubectl-cache" "$@"; }
