# shellcheck shell=bash
# Has the Kubernetes programs built, once per machine, into the cache.

is_built() {
  local program
  for program in "${PROGRAMS[@]}"; do
    [[ -x $BIN/$program ]] || return 1
  done
}

# Programs appear under BIN all at once, by a rename at the end, so an interrupted build leaves nothing half done.
build_kubernetes() {
  is_built && return 0
  local work=$BUILD/work log=$BUILD/build.log begun=$SECONDS
  rm -rf "$work" "$BIN"
  mkdir -p "$work"
  say "building Kubernetes $KUBERNETES_VERSION from Debian's source, once; this takes about 5 minutes on 2 cores (log: $log)"
  "$HERE/cluster/compile" "$work" </dev/null >"$log" 2>&1 9>&- || {
    tail -n 20 "$log" >&2
    fail "Kubernetes could not be built; the whole log is $log."
  }
  mv "$work/bin" "$BIN"
  rm -rf "$work"
  say "built in $((SECONDS - begun)) s"
}
