# Waits until its standard input ends, as it does with the process that holds the other end, however that one ended.
# Then ends every process that is recorded in directory $1, and removes the directory.
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
rm -rf "$directory"
