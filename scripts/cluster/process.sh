# shellcheck shell=bash
# Starts processes that outlive this shell, and later ends exactly these and no other.

# A process id alone is used again sooner or later; with the moment of its start and the machine's boot it is unique.
process_identity() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The name in brackets may hold spaces, so fields are counted from behind it; a zombie (Z) has already ended.
  local fields
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} != Z ]] || return 1
  echo "$1 ${fields[19]} $(cat /proc/sys/kernel/random/boot_id)"
}

start() {
  local name=$1
  shift
  (
    exec </dev/null >"$STATE/logs/$name.log" 2>&1
    close_the_rest
    exec setsid nohup "$@"
  ) &
  process_identity $! >"$STATE/pids/$name" || fail "$name ended at once; its log is $STATE/logs/$name.log."
}

# A server that kept the lock of this run, or a pipe of the caller, would have others wait for its end.
close_the_rest() {
  local descriptor
  for descriptor in "/proc/$BASHPID/fd/"*; do
    descriptor=${descriptor##*/}
    ((descriptor <= 2)) || eval "exec $descriptor>&-"
  done
}

is_running() {
  local recorded
  recorded=$(cat "$STATE/pids/$1" 2>/dev/null) || return 1
  [[ -n $recorded && $(process_identity "${recorded%% *}") == "$recorded" ]]
}

# Ends one process: asks first, and after the given number of seconds no longer asks.
stop() {
  local name=$1 patience=$2 process
  if is_running "$name"; then
    read -r process _ <"$STATE/pids/$name"
    kill -TERM "$process" 2>/dev/null || true
    local end=$((SECONDS + patience))
    while is_running "$name" && ((SECONDS < end)); do sleep 0.05; done
    if is_running "$name"; then
      kill -KILL "$process" 2>/dev/null || true
      while is_running "$name"; do sleep 0.05; done
    fi
  fi
  rm -f "$STATE/pids/$name"
}

# Waits until a command succeeds, with patience for a machine that is busy otherwise: wait_for WHAT COMMAND...
wait_for() {
  local what=$1 patience=120 record
  shift
  local end=$((SECONDS + patience))
  until "$@" >/dev/null 2>&1; do
    for record in "$STATE/pids/"*; do
      is_running "${record##*/}" || give_up "${record##*/} ended while $what was waited for"
    done
    ((SECONDS < end)) || give_up "$what was not ready after $patience s"
    sleep 0.1
  done
}

# Whoever reads this in the output of a build cannot look into the logs.
give_up() {
  tail -n 10 "$STATE/logs/"*.log >&2
  fail "$1; the whole logs are in $STATE/logs."
}
