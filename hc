#!/bin/sh
# hc: runs Health Checker from a checkout, or beside its jar. Finds a JDK, builds where sources are newer than the
# jars, and becomes the Java program, so that signals reach it.
# HC_JAVA_OPTS   more options for the JVM        HC_CLASS_PATH   run these classes, build nothing
# HC_AOT=off     neither use nor make the start-up cache
set -u

oldest=25
here=$PWD

# The directory of this script, whatever links lead to it.
self=$0
while [ -h "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
home=$(cd "$(dirname "$self")" && pwd -P) || exit 2
modules='crds core operator worker api-server standalone'

say() { printf 'hc: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

# True where directory $1 is a JDK that is new enough; its file "release" is read, since starting a JVM takes longer.
is_jdk() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    [ -x "$1/bin/javac" ] || [ "$packed" = yes ] || return 1
    while IFS='=' read -r name value; do
        [ "$name" = JAVA_VERSION ] || continue
        value=${value#\"}
        value=${value%%[!0-9]*}
        [ -n "$value" ] && [ "$value" -ge "$oldest" ]
        return
    done <"$1/release"
    return 1
}

# The home of the java on PATH.
java_on_path() {
    java=$(command -v java) || return 1
    while [ -h "$java" ]; do
        link=$(readlink "$java")
        case $link in
            /*) java=$link ;;
            *) java=$(dirname "$java")/$link ;;
        esac
    done
    dirname "$(dirname "$java")"
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        jdk=$JAVA_HOME
        return 0
    fi
    for jdk in "$(java_on_path)" \
        /usr/lib/jvm/*25* /usr/lib/jvm/* \
        "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/java/* /opt/*jdk*; do
        is_jdk "$jdk" && return 0
    done
    if [ -x /usr/libexec/java_home ]; then
        jdk=$(/usr/libexec/java_home -v "$oldest+" 2>/dev/null) && is_jdk "$jdk" && return 0
    fi
    return 1
}

# Where something that the jars are made of is newer than $stamp, prints one such file. Tests are not in the jars.
newer_sources() {
    for module in $modules; do
        [ -d "$home/$module" ] && set -- "$@" "$home/$module"
    done
    find "$home/pom.xml" "$@" \
        \( -name target -o -path '*/src/test' \) -prune -o \
        \( -path '*/src/main*' -o -name pom.xml \) -newer "$stamp" -print 2>/dev/null | head -n 1
}

# One line a module on the terminal; all of it in a file.
progress() {
    awk -v log_file="$1" '
        { print > log_file }
        /^\[INFO\] Building / && match($0, /\[[0-9]+\/[0-9]+\]$/) {
            what = $0
            sub(/^\[INFO\] Building Health Checker(: | )?/, "", what)
            sub(/ *[0-9][^ ]* .*$/, "", what)
            print "hc: building " what " " substr($0, RSTART)
            fflush()
        }' >&2
}

build() {
    mkdir -p "$home/target" "${stamp%/*}" || die "cannot write to $home; build it once as its owner"
    lock=$home/target/.hc-building
    until mkdir "$lock" 2>/dev/null; do # several processes may be started at once from a fresh checkout
        if [ -r "$lock/pid" ] && ! kill -0 "$(cat "$lock/pid")" 2>/dev/null; then
            rm -rf "$lock"
        fi
        sleep 1
    done
    trap 'rm -rf "$lock"; exit 130' INT TERM HUP
    echo $$ >"$lock/pid"
    if is_stale; then
        : >"$stamp.new"
        log=$home/target/hc-build.log
        say "building from source; the first time this downloads libraries and takes some minutes"
        {
            (cd "$home" && JAVA_HOME=$jdk ./mvnw -B -pl "$build" -am package -Dmaven.test.skip=true -Dfast 2>&1 &&
                : >"$stamp.done")
        } | progress "$log"
        if [ -e "$stamp.done" ]; then
            rm -f "$stamp.done"
            mv "$stamp.new" "$stamp"
            rm -f "${jar%/*}"/health-checker-*.aot # of jars that are no more
        else
            grep '^\[ERROR\]' "$log" | head -n 20 >&2
            rm -rf "$lock"
            die "the build failed; all of its output is in $log"
        fi
    fi
    rm -rf "$lock"
    trap - INT TERM HUP
}

is_stale() { [ ! -e "$jar" ] || [ ! -e "$stamp" ] || [ -n "$(newer_sources)" ]; }

# Runs the whole build with all of its tests and adds up what they report.
run_tests() {
    began=$(mktemp) || exit 2
    (cd "$home" && JAVA_HOME=$jdk exec ./mvnw -B -T3 verify "$@")
    code=$?
    find "$home" -path '*/target/*-reports/TEST-*.xml' -newer "$began" -exec cat {} + 2>/dev/null | awk -v code=$code '
        function count(name, text) {
            if (!match($0, " " name "=\"[0-9]+\"")) return 0
            text = substr($0, RSTART + length(name) + 3)
            return text + 0
        }
        /<testsuite / { open = 1 }
        open {
            tests += count("tests"); failed += count("failures") + count("errors"); skipped += count("skipped")
            if (/>/) open = 0
        }
        END {
            if (code != 0 && failed == 0) print "hc: the build failed before or beside the tests"
            printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
            if (tests == 0) exit 3
        }'
    counted=$?
    rm -f "$began"
    [ "$code" -eq 0 ] && code=$counted
    exit "$code"
}

packed=no
build=standalone
jar=$home/standalone/target/fast/health-checker.jar
stamp=$home/standalone/target/fast/.built
if [ -n "${HC_CLASS_PATH:-}" ]; then
    packed=yes
    jar=$HC_CLASS_PATH
elif [ ! -e "$home/pom.xml" ] && [ -e "$home/health-checker.jar" ]; then
    packed=yes
    jar=$home/health-checker.jar
fi

find_jdk || die "no JDK $oldest or later in JAVA_HOME, on PATH, or where they are usually installed; get one from https://adoptium.net/temurin/releases/?version=$oldest or point JAVA_HOME at one"

class_path=$jar
main=io.healthchecker.standalone.command.Hc
case ${1:-} in
    test)
        shift
        case ${1:-} in
            -h | --help)
                echo 'Usage: hc test [cluster | browser] [MAVEN OPTION...]'
                echo 'Builds everything and runs all tests (./mvnw verify); ends with a line that counts them.'
                echo 'With cluster it runs those that need Linux, root and a Kubernetes node, and only those.'
                echo 'With browser it runs those of the dashboard in Chromium, and only those, with ten thousand services.'
                exit 0
                ;;
        esac
        [ -e "$home/pom.xml" ] || die "test needs a checkout; $home has no pom.xml"
        if [ "${1:-}" = cluster ]; then
            shift
            [ "$(uname)" = Linux ] && [ "$(id -u)" = 0 ] || die "test cluster needs Linux and root"
            # one node for all of them
            set -- -Dgroups=cluster -DexcludedGroups= -De2e.forks=1 "$@"
        elif [ "${1:-}" = browser ]; then
            shift
            set -- -Dgroups=browser -DexcludedGroups= -Dbrowser.whole=true -De2e.forks=1 "$@"
        fi
        run_tests "$@"
        ;;
    bench)
        if [ "$packed" = no ]; then
            build=standalone,bench
            modules="$modules cluster testing testing-browser bench"
            stamp=$home/standalone/target/fast/.built-bench
            class_path="$jar:$home/bench/target/fast/classes:$home/testing/target/fast/classes:$home/testing-browser/target/fast/classes:$home/cluster/target/fast/classes:$home/bench/target/fast/lib/*"
        fi
        ;;
    dev-cluster)
        shift
        [ -e "$home/pom.xml" ] || die "dev-cluster needs a checkout; $home has no pom.xml"
        main=io.healthchecker.cluster.command.DevCluster
        if [ "$packed" = no ]; then
            build=cluster
            modules=cluster
            jar=$home/cluster/target/fast/classes
            stamp=$home/cluster/target/fast/.built
            class_path="$jar:$home/cluster/target/fast/lib/*"
        fi
        ;;
esac

if [ "$packed" = no ] && is_stale; then
    build
fi

cd "$here" || exit 2
# The start-up cache belongs to these very jars and this JDK; its name says which.
set -- -cp "$class_path" "$main" "$@"
if [ "${HC_AOT:-on}" = on ] && [ "$build" = standalone ] && [ -f "$jar" ]; then
    # shellcheck disable=SC2012 # names, sizes and times of all of them, quickly
    key=$(ls -ln "$jar" "${jar%/*}/lib" "$jdk/release" | cksum | cut -d ' ' -f 1)
    cache=${jar%/*}/health-checker-$key.aot
    if [ -e "$cache" ]; then
        set -- "-XX:AOTCache=$cache" "$@"
    else
        set -- "-Dhc.cache.missing=$cache" "$@"
    fi
fi
# The cache is of no use under other flags than those of its training, which takes them from here.
# shellcheck disable=SC2086 # options are words
exec "$jdk/bin/java" -XX:+UseSerialGC -Xms64m -Xmx512m '-Xlog:aot*=off' \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    ${HC_JAVA_OPTS:-} "-Dhc.home=$home" "$@"
