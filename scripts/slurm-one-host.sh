#!/usr/bin/env bash
# A Slurm cluster of this one machine, for tests. Needs root, and Debian's slurm-wlm and munge.
#
#   slurm-one-host.sh start FOLDER        starts munged, slurmctld and slurmd; everything they write is in FOLDER
#   slurm-one-host.sh node FOLDER         starts slurmd again, after it was killed
#   slurm-one-host.sh stop FOLDER         stops them, by the ids in their pid files
#
# Commands of Slurm find it by SLURM_CONF=FOLDER/slurm.conf. Exit code 77: it cannot be had here, and why.
set -eu

action="${1:?start, node or stop}"
folder="$(realpath -m "${2:?a folder}")"
host="$(hostname -s)"
export SLURM_CONF="$folder/slurm.conf"

cannot() {
  echo "$1" >&2
  exit 77
}

configure() {
  local cpus memory
  # Two tasks at once, whatever the machine: specs are about order, not speed.
  cpus=2
  memory=4000
  mkdir -p "$folder/state" "$folder/spool"
  cat >"$SLURM_CONF" <<CONF
ClusterName=lab
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$((20000 + $$ % 20000))
SlurmdPort=$((20001 + $$ % 20000))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CryptoType=crypto/munge
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
ReturnToService=2
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=100000
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
SlurmdTimeout=10
KillWait=5
MinJobAge=300
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE OverSubscribe=NO State=UP
CONF
}

# As root, so that the folder may be one that nobody else can enter.
start_munge() {
  mkdir -p -m 755 "$folder/munge"
  (umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
  /usr/sbin/munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" 2>"$folder/munge/said" ||
    { cat "$folder/munge/said" >&2; exit 1; }
}

start_node() {
  slurmd -N "$host"
  for _ in $(seq 100); do
    [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ] && return 0
    sleep 0.1
  done
  cannot "slurmd did not become idle: $(tail -1 "$folder/slurmd.log")"
}

stop_by_file() {
  local id
  [ -s "$1" ] || return 0
  id="$(cat "$1")"
  kill "$id" 2>/dev/null || return 0
  for _ in $(seq 50); do
    kill -0 "$id" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$id" 2>/dev/null || true
}

case "$action" in
  start)
    [ "$(id -u)" -eq 0 ] || cannot 'a one-host Slurm needs root'
    for program in munged slurmctld slurmd sbatch; do
      PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null || cannot "$program is not installed (apt-get install slurm-wlm munge)"
    done
    mkdir -p "$folder"
    configure
    start_munge
    slurmctld
    start_node
    ;;
  node) start_node ;;
  stop)
    stop_by_file "$folder/slurmd.pid"
    stop_by_file "$folder/slurmctld.pid"
    stop_by_file "$folder/munge/pid"
    ;;
  *)
    echo 'start, node or stop' >&2
    exit 2
    ;;
esac
