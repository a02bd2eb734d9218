#!/bin/bash
# Stands before restic: notes each start and end, and does with the next call what a test has written into "next".
set -u
real='@REAL@' notes='@NOTES@' control='@CONTROL@'
case ${1:-} in version | features) exec "$real" "$@" ;; esac

run=$$-$RANDOM parent=$PPID child='' order=''
now() { date -u +%FT%T.%NZ; }
note() { (IFS=$'\t' && echo "$*" >>"$notes"); }
orphaned() { [[ $(cut -d' ' -f4 "/proc/$$/stat") != "$parent" ]]; }
hold() {
  : >"$control/held"
  until [[ -e $control/go ]]; do sleep 0.05; done
}
# Restic writes a lock under another name first.
locked() { compgen -G "$RESTIC_REPOSITORY/locks/*" | grep -qv -e -tmp-; }
await_lock() { until locked || ! kill -0 "$child" 2>/dev/null; do sleep 0.01; done; }

if read -r wanted command repository 2>/dev/null <"$control/next" && [[ $1 == "$command" && $RESTIC_REPOSITORY == "$repository"* ]] &&
  mv "$control/next" "$control/taken.$run" 2>/dev/null; then
  order=$wanted
fi
case $order in
  BEFORE)
    hold
    ! orphaned || exit 137
    ;;
  OUT_OF_MEMORY)
    : >"$control/held"
    exit 137
    ;;
esac

"$real" "$@" &
child=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM
trap 'kill -INT "$child" 2>/dev/null' INT
note started "$(now)" "$run" "$child" "$(pwd -P)" "$RESTIC_REPOSITORY" "$@"
# Of its own, so that it sees restic's end when this script is killed.
# shellcheck disable=SC2016  # its own words, not ours
(setsid bash -c 'tail --pid="$1" -s 0.05 -f /dev/null; printf "ended\t%s\t%s\t\n" "$(date -u +%FT%T.%NZ)" "$2" >>"$3"' \
  watch "$child" "$run" "$notes" </dev/null >/dev/null 2>&1 &)
case $order in
  DURING)
    await_lock
    kill -STOP "$child" 2>/dev/null
    hold
    kill -CONT "$child" 2>/dev/null
    ;;
  KILLED)
    await_lock
    kill -KILL "$child" 2>/dev/null
    : >"$control/held"
    ;;
  HUNG)
    await_lock
    kill -STOP "$child" 2>/dev/null
    : >"$control/held"
    ;;
esac
# A signal with a trap ends "wait" before the child has ended.
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
note ended "$(now)" "$run" "$code"
[[ $order != AFTER ]] || hold
exit "$code"
