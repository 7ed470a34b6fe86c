# Makes a node of fresh namespaces, inside of them: directory $1 is the cluster's, $2 the name of its cgroup.
set -eu
directory=$1
cgroup=$2

# what programs keep at fixed places stays in the directory
for place in /run /var/lib /var/log; do
    mkdir -p "$directory/machine$place"
    mount --bind "$directory/machine$place" "$place"
done

# the node has one address, on a wire of which both ends are here
ip link set lo up
ip link add node0 type veth peer name node1
ip link set node0 up
ip link set node1 up
ip address add 10.231.0.2/24 dev node0
ip route add default via 10.231.0.1 dev node0
echo 1 >/proc/sys/net/ipv4/ip_forward
if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then
    echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
fi

# the cgroup of all pods, in every hierarchy
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -e "$hierarchy/cgroup.procs" ] && mkdir -p "$hierarchy/$cgroup"
done
if [ -e /sys/fs/cgroup/cpuset/cpuset.cpus ]; then
    cat /sys/fs/cgroup/cpuset/cpuset.cpus >"/sys/fs/cgroup/cpuset/$cgroup/cpuset.cpus"
    cat /sys/fs/cgroup/cpuset/cpuset.mems >"/sys/fs/cgroup/cpuset/$cgroup/cpuset.mems"
fi
# all pods together would weigh as much as one process beside them
if [ -e "/sys/fs/cgroup/cpu/$cgroup/cpu.shares" ]; then
    echo 8192 >"/sys/fs/cgroup/cpu/$cgroup/cpu.shares"
elif [ -e "/sys/fs/cgroup/$cgroup/cpu.weight" ]; then
    echo 800 >"/sys/fs/cgroup/$cgroup/cpu.weight"
fi

# the kubelet sets these for the whole machine; end.sh sets them back
for name in vm/overcommit_memory kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
    echo "$name $(cat "/proc/sys/$name")"
done >"$directory/sysctls"
echo "$cgroup" >"$directory/cgroup"
