# Waits until its standard input ends, as it does with the process that holds the other end, however that one ended.
# Then ends every process that is recorded in directory $1, and removes the directory and what else is left.
# An id counts only where the command line names the directory: ids are used anew.
trap '' HUP INT QUIT TERM
cat >/dev/null
directory=$1

arguments() {
    if [ -d /proc/self ]; then
        tr '\0' ' ' <"/proc/$1/cmdline"
    else
        ps -p "$1" -o args=
    fi 2>/dev/null
}

recorded() {
    for file in "$directory"/*.pid; do
        [ -r "$file" ] || continue
        read -r pid <"$file" || continue
        case $(arguments "$pid") in
            *"$directory"*) echo "$pid" ;;
        esac
    done
}

tries=0
while [ $tries -lt 100 ]; do
    left=$(recorded)
    [ -n "$left" ] || break
    # shellcheck disable=SC2086 # ids are words
    kill -9 $left 2>/dev/null
    sleep 0.1
    tries=$((tries + 1))
done

# of a real node: its cgroups, and what the kubelet set for the whole machine
if [ -r "$directory/sysctls" ]; then
    while read -r name value; do
        echo "$value" >"/proc/sys/$name"
    done <"$directory/sysctls"
fi
if [ -r "$directory/cgroup" ]; then
    pods="*/$(cat "$directory/cgroup")*"
    tries=0
    while [ $tries -lt 100 ]; do
        left=$(find /sys/fs/cgroup -depth -type d -path "$pods")
        [ -n "$left" ] || break
        # shellcheck disable=SC2086 # names are words
        rmdir $left 2>/dev/null || sleep 0.1 # busy until the last process in it is gone
        tries=$((tries + 1))
    done
fi

rm -rf "$directory"
