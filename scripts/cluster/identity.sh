# shellcheck shell=bash
# Makes the cluster's certificates, keys and tokens, and a kubeconfig for each user.

readonly PKI=$STATE/pki

make_identity() {
  [[ -f $STATE/kubeconfig/admin ]] && return 0
  mkdir -p "$PKI" "$STATE/kubeconfig"
  chmod 700 "$PKI" "$STATE/kubeconfig"
  make_certificates
  make_tokens
  local user
  for user in "${USERS[@]}" "system:node:$NODE_NAME"; do
    write_kubeconfig "$user"
  done
}

# One authority for everything. `server` is what etcd, the API server and the kubelet show; `client` is what the API
# server shows to etcd and the kubelet, so that neither obeys anybody else on this machine.
make_certificates() {
  new_key "$PKI/ca.key"
  openssl req -x509 -new -key "$PKI/ca.key" -days 365 -subj /CN=kubewicket-test -out "$PKI/ca.crt" \
    -addext keyUsage=critical,keyCertSign,digitalSignature
  sign server "subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$NODE_IP,IP:$SERVICE_IP"
  sign client extendedKeyUsage=clientAuth
  new_key "$PKI/service-accounts.key"
  openssl pkey -in "$PKI/service-accounts.key" -pubout -out "$PKI/service-accounts.pub"
} 2>"$STATE/logs/certificates.log"

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

sign() {
  local name=$1 extension=$2
  new_key "$PKI/$name.key"
  openssl req -new -key "$PKI/$name.key" -subj "/CN=kubewicket-test-$name" |
    openssl x509 -req -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -CAcreateserial -days 365 -extfile <(echo "$extension") \
      -out "$PKI/$name.crt"
}

# Format: token,user,uid,"group,group" (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file)
make_tokens() {
  local user groups
  for user in "${USERS[@]}" "system:node:$NODE_NAME"; do
    case $user in
      admin) groups=system:masters ;;
      system:node:*) groups=system:nodes ;;
      *) groups=kubewicket-test ;;
    esac
    printf '%s,%s,%s,"%s"\n' "$(openssl rand -hex 24)" "$user" "$user" "$groups"
  done >"$PKI/tokens.csv"
}

write_kubeconfig() {
  local user=$1 token namespace=default
  token=$(awk -F, -v user="$user" '$2 == user { print $1 }' "$PKI/tokens.csv")
  [[ $user == shop-editor ]] && namespace=shop
  cat >"$STATE/kubeconfig/$user" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: kubewicket-test
    cluster:
      server: https://127.0.0.1:$API_PORT
      certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
users:
  - name: $user
    user:
      token: $token
contexts:
  - name: kubewicket-test
    context:
      cluster: kubewicket-test
      user: $user
      namespace: $namespace
current-context: kubewicket-test
YAML
}

kubeconfig() {
  local user=${1:-admin} known
  for known in "${USERS[@]}"; do
    [[ $user == "$known" ]] || continue
    [[ -f $STATE/kubeconfig/$user ]] || fail "The test cluster is down; start it with scripts/test-cluster up."
    echo "$STATE/kubeconfig/$user"
    return 0
  done
  fail "There is no user '$user' in the test cluster; the users are ${USERS[*]}."
}
