# shellcheck shell=bash
# Makes sure that this machine can hold a cluster, and installs the Debian packages that are missing.

readonly PACKAGES=(
  golang-go golang-github-modern-go-reflect2-dev gcc libc6-dev dpkg-dev # to build Kubernetes and the pause image
  etcd-server containerd runc containernetworking-plugins
  busybox-static openssl iproute2 util-linux curl
)

require_machine() {
  ((EUID == 0)) || not_possible "The test cluster runs containers and so needs root; run it as root or point the tests at another cluster."
  command -v apt-get >/dev/null || not_possible "The test cluster is made from Debian packages and there is no apt-get here; point the tests at another cluster."
  local release
  release=$(. /etc/os-release && echo "${ID:-unknown} ${VERSION_ID:-unknown}")
  [[ $release == "debian $DEBIAN_RELEASE" ]] || not_possible "The test cluster is known to build on Debian $DEBIAN_RELEASE only and this is $release; point the tests at another cluster."
  unshare --mount --pid --fork true 2>/dev/null || not_possible "This machine does not let root make namespaces, so no container can run here; point the tests at another cluster."
}

missing_packages() {
  local package
  for package in "${PACKAGES[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  say "installing ${missing[*]}"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
  local log=$CACHE/packages.log
  {
    "${apt[@]}" update || say "apt-get update reported a problem; going on with the package lists at hand"
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
  } </dev/null >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    fail "apt-get could not install ${missing[*]}; the whole log is $log."
  }
}
