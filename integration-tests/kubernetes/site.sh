#!/bin/bash
# shellcheck disable=SC2034,SC2154
# What run and several-nodes have in common: an overlay on a cluster of one node, and what is asked of it. They read this file after night.sh, with
# overlay, its name, and servers, the number of its nats-servers, set.
own=$work/own state=$work/own
albums=(album-1 album-2 album-3 album-4 album-5 album-6)
jobs=16

k() { kubectl --namespace nightshift "$@"; }
setup() { "$root/deploy/kubernetes/setup" --fleet "$work/backups.yaml" --overlay "$overlay" --data "$data" --mounts "$nas" --copy "$own"; }
apply() { kubectl apply -k "$work/test"; }
change() { setup && apply && well; }

# shellcheck disable=SC2317
end() {
  local status=$?
  trap '' INT TERM
  if ((status || failed)); then
    {
      k get pods,pvc --output wide
      k get events --field-selector type=Warning | tail -n 20
      k logs --selector app.kubernetes.io/part-of=nightshift --tail 15 --prefix
    } >&2 || true
  fi
  jobs -p | xargs -r kill 2>/dev/null || true
  k delete deployments,daemonsets,statefulsets --all --timeout 150s >/dev/null 2>&1 || true
  umount --recursive "$work" || true
  rm -rf --one-file-system "$base"
  exit "$status"
}

# --- what is applied

# The overlay that setup makes, on a cluster that is older than it, and has neither volumes of its own nor a destination. Folders of the node are of
# this test alone.
make_overlay() {
  local n
  mkdir -p "$work/test"
  cat >"$work/test/kustomization.yaml" <<END
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../own, others.yaml]
patches:
  - target: { kind: PodDisruptionBudget }
    patch: |
      - { op: replace, path: /apiVersion, value: policy/v1beta1 }
  - target: { kind: Deployment, name: "backup-worker-.*" }
    patch: |
      - { op: remove, path: /spec/template/spec/topologySpreadConstraints/0/nodeTaintsPolicy }
      - { op: replace, path: /spec/template/spec/volumes/3/hostPath/path, value: "$work/views" }
      - { op: replace, path: /spec/template/spec/volumes/6/hostPath/path, value: "$restored" }
  - target: { kind: DaemonSet }
    patch: |
      - { op: replace, path: /spec/template/spec/volumes/2/hostPath/path, value: "$work/views" }
END
  {
    volume scheduler 10001 1Gi scheduler
    for ((n = 0; n < servers; n++)); do volume "bus-$n" 10002 5Gi "store-nats-$n"; done
    archive
  } >"$work/test/others.yaml"
}

volume() {                    # NAME USER SIZE CLAIM
  mkdir -p "$work/volumes/$1"
  chown "$2:$2" "$work/volumes/$1"
  cat <<END
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: $1 }
spec: { capacity: { storage: $3 }, accessModes: [ReadWriteOnce], hostPath: { path: "$work/volumes/$1" }, claimRef: { namespace: nightshift, name: $4 } }
END
}

archive() {
  cat <<END
---
apiVersion: v1
kind: Service
metadata: { name: archive, namespace: nightshift }
spec: { selector: { app: archive }, ports: [{ port: 8000 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: archive, namespace: nightshift }
spec:
  selector: { matchLabels: { app: archive } }
  template:
    metadata: { labels: { app: archive } }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: archive
          image: debian:trixie-slim
          command: [/rest-server, --path, /archive, --listen, ":8000", --no-auth]
          volumeMounts: [{ name: program, mountPath: /rest-server, readOnly: true }, { name: archive, mountPath: /archive }]
      volumes: [{ name: program, hostPath: { path: "$(command -v restic-rest-server)", type: File } }, { name: archive, emptyDir: {} }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: archive, namespace: nightshift }
spec:
  podSelector: { matchLabels: { app: archive } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app.kubernetes.io/name: backup-worker } } }], ports: [{ port: 8000 }] }]
END
}

password() { (umask 077 && echo "$2" >"$own/secrets/$1/restic"); }        # DESTINATION PASSWORD

# What has changed is rolled out, and all of it is well.
well() {
  local each
  for each in statefulset/nats deployment/scheduler deployment/notifier deployment/backup-worker-local deployment/backup-worker-remote \
    daemonset/snapshot-service; do
    k rollout status "$each" --timeout 300s || return 1
  done
}

forward() {                   # WHAT PORT ITS-PORT
  k port-forward "$1" "$2:$3" >/dev/null &
  check "$1 is reached by kubectl port-forward" within 30 bash -c ": <>/dev/tcp/127.0.0.1/$2"
}

# --- what is asked

pods() { k get pods --selector nightshift.io/destination=remote --field-selector status.phase=Running --output name; }

# A worker of remote whose restic runs.
busy() {
  local pod
  for pod in $(pods); do
    # shellcheck disable=SC2016  # for the inner shell
    if k exec "$pod" -- sh -c 'for f in /proc/[0-9]*/comm; do read -r name <$f && [ $name = restic ] && exit 0; done 2>/dev/null; exit 1' 2>/dev/null; then
      echo "$pod"
      return
    fi
  done
  return 1
}

kill_container() {            # POD CONTAINER
  docker ps --quiet --filter "label=io.kubernetes.pod.name=${1#pod/}" --filter "label=io.kubernetes.container.name=$2" | xargs docker kill
}

has_ended() { (($(grep -c "/$2\"" "$work/night.$1") >= $3)) || { echo "not yet $3"; return 1; }; }       # NIGHT DESTINATION NUMBER

once() { [[ ! $(sed -E 's/.*"job":"([^"]*)".*/\1/' "$work/night.$1" | sort | uniq -d) ]] || { cat "$work/night.$1"; return 1; }; }

# Each of the albums has so many snapshots in its repository of remote.
snapshots_each() {
  local album
  for album in "${albums[@]}"; do
    equal "$(nightshift snapshots "$album" remote --json | grep -o '"id"' | wc -l)" "$1" || return 1
  done
}

# --- what is done

begin() {
  trap end EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mount --bind "$work" "$work"
  mount --make-rshared "$work"
}

# Whom the pods talk to from now on; nothing in this cluster would hold them off.
watch_connections() {
  java -cp "$libraries/main/*:$libraries/boot/*" "$here/Connections.java" >"$work/connections" &
}

# Each connection was one that the policies allow, and there were all that a night has.
connections_allowed() {
  local each lacking='' needed=({scheduler,snapshot-service,notifier,backup-worker}' nats 4222/TCP' 'backup-worker archive 8000/TCP' 'backup-worker nobody 53/UDP')
  ! grep '^REFUSED' "$work/connections" || return 1
  ((servers == 1)) || needed+=('nats nats 6222/TCP')
  for each in "${needed[@]}"; do
    grep -qx "allowed $each" <(tr '\t' ' ' <"$work/connections") || lacking+="$each; "
  done
  [[ ! $lacking ]] || { echo "not seen: $lacking"; return 1; }
}

build_images() {
  step 'images'
  check 'the images are built by one command' "$root/deploy/images/build" --base --tag test
}

prepare() {                   # KILOBYTES: that a restic sends to remote in a second
  step 'data and settings'
  make_data
  make_fleet "$1"
  check 'a password that is missing is told, with the directory to put it into' says "into $own/secrets/remote" setup
  password local 'one password'
  password remote 'another password'
  check 'with the passwords all is ready' setup
  make_overlay
}

bring_up() {
  step 'up'
  check 'a node is named a host' kubectl label node daedalus nightshift.io/host=true
  watch_connections
  check 'kubectl apply -k takes all of it' apply
  check 'all is well' well
  ((failed == 0)) || exit 1
  NIGHTSHIFT_URL=http://127.0.0.1:$(free_port 18080)
  export NIGHTSHIFT_URL
  forward service/scheduler "${NIGHTSHIFT_URL##*:}" 80
}

# A server of the bus is reached by those who ask with nats.
reach_bus() {                 # WHAT
  NATS_SERVERS=tls://127.0.0.1:$(free_port 18422)
  export NATS_SERVERS
  forward "$1" "${NATS_SERVERS##*:}" 4222
}

bring_down() {
  step 'down'
  check 'each connection is one that the NetworkPolicies allow' connections_allowed
  check 'all is known' says "All $jobs backups are safe" nightshift status
  check 'kubectl delete -k takes all of it away' kubectl delete -k "$work/test" --timeout 300s
  check 'but the repositories of the destination in a folder' test -s "$nas/daedalus/papers/config"
  step 'end'
  ((failed == 0))
}
