#!/bin/bash
# shellcheck disable=SC2034,SC2154
# What docker/run and kubernetes/run have in common: how things are checked, what is backed up, and a night and how it went. They read this file
# with root, the project, set; and set albums, the services that take long, and state, the directory with command.env.
export LC_ALL=C.UTF-8 TZ=UTC
# A first TLS handshake takes many seconds where the processor has other work.
export NATS_CONNECT_TIMEOUT=PT1M

base=$(mktemp -d /var/tmp/nightshift-test.XXXXXX)
# Blanks and umlauts on purpose.
work="$base/eine Nacht für alle"
data=$work/data nas=$work/nas restored=$work/restored
libraries=$root/scheduler/target/quarkus-app/lib
mkdir -p "$data" "$nas" "$restored"
failed=0

step() { printf '%4d s: %s\n' "$SECONDS" "$*"; }

# WHAT COMMAND...: the command ends with 0 where it is so.
check() {
  local what=$1 said status=0
  shift
  said=$("$@" 2>&1) || status=$?
  if ((status == 0)); then
    printf 'TEST-PASSED\t%s\t\n' "$what"
  else
    failed=$((failed + 1))
    printf 'TEST-FAILED\t%s\t%s\n' "$what" "$(printf '%s (status %d)' "$said" "$status" | tail -c 4000 | sed ':a;N;$!ba;s/\n/\\n/g')"
  fi
}

says() {                      # PATTERN COMMAND...: it is said, whatever the status
  local pattern=$1 said
  shift
  said=$("$@" 2>&1) || true
  [[ $said =~ $pattern ]] || { echo "'$pattern' is not in: $said"; return 1; }
}

refused() { ! "$@" || { echo "not refused: $*"; return 1; }; }

within() {                    # SECONDS COMMAND...: until it ends with 0
  local end=$((SECONDS + $1)) said
  shift
  until said=$("$@" 2>&1); do
    ((SECONDS < end)) || { echo "not in time: $said"; return 1; }
    sleep 0.5
  done
}

nightshift() { NIGHTSHIFT_STATE=$state "$root/deploy/local/nightshift" "$@"; }

# --- what is backed up, and where to

make_data() {
  "$root/deploy/local/demo" make "$work/demo" >/dev/null
  mv "$work"/demo/data/{notes,papers} "$data"
  make_albums
}

# New ones, so that a night has something to do.
make_albums() {
  local album
  for album in "${albums[@]}"; do
    mkdir -p "$data/$album"
    head -c 6000000 /dev/urandom >"$data/$album/Foto.jpg"
  done
}

make_fleet() {                # KILOBYTES: that a restic sends to remote in a second
  local service
  services=(notes papers "${albums[@]}")
  {
    cat <<END
backup:
  schedule: { zone: UTC }
  destinations:
    local: { repository: "$nas/{host}/{service}", password-file: /run/secrets/restic, concurrency: 2 }
    # Slow, so that jobs wait for each other.
    remote: { repository: "rest:http://archive:8000/{host}/{service}", password-file: /run/secrets/restic, concurrency: 2, limit-upload: $1 }
  hosts:
    daedalus:
      purpose: development
      snapshot: copy
      services:
END
    for service in "${services[@]}"; do echo "        $service: { paths: [\"$data/$service\"] }"; done
  } >"$work/backups.yaml"
}

free_port() {
  local port=$1
  while (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

# --- what is asked

# A night, by the bus as a person starts it: how each of its jobs has ended, a message a line. In the place of the shell that it is called in, so that
# nothing of it is left when that is ended: (night one), or night one &
night() {
  mapfile -t settings <"$state/command.env"
  exec env "${settings[@]}" ${NATS_SERVERS:+"NATS_SERVERS=$NATS_SERVERS"} java -cp "$libraries/main/*:$libraries/boot/*" "$root/integration-tests/FollowNight.java" \
    $((${#services[@]} * 2)) >"$work/night.$1"
}

all_succeeded() { (($(grep -c '"state":"succeeded"' "$1") == $2)) || { cat "$1"; return 1; }; }

# The most jobs of a destination that ran at once, by their ends and durations; and how many workers they had.
at_once() {                   # NIGHT DESTINATION
  sed -nE "s|.*\"job\":\"[^\"]*/$2\".*|&|p" "$work/night.$1" | while read -r line; do
    local end took
    end=$(date -d "$(sed -E 's/.*"at":"([^"]*)".*/\1/' <<<"$line")" +%s.%N)
    took=$(sed -E 's/.*"durationSeconds":([0-9.]+).*/\1/' <<<"$line")
    awk -v end="$end" -v took="$took" 'BEGIN { printf "%.3f 1\n%.3f -1\n", end - took, end }'
  done | sort -n | awk '{ now += $2; if (now > most) most = now } END { print most + 0 }'
}

workers() { sed -nE "/\"job\":\"[^\"]*\/$2\"/s/.*\"worker\":\"([^\"]*)\".*/\1/p" "$work/night.$1" | sort -u | wc -l; }

equal() { [[ $1 == "$2" ]] || { echo "$1, not $2"; return 1; }; }

# All of a tree as text: names, types, modes, owners, times, links, contents.
tree() {
  (
    cd "$1" || exit
    find . -printf '%p %y %m %U:%G %T+ to %l\n' | sort
    find . -type f -print0 | sort -z | xargs -r0 sha256sum
  )
}

same() { diff <(tree "$1") <(tree "$2"); }
