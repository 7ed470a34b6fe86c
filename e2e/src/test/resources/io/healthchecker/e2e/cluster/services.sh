#!/bin/sh
# Runs what it is given; without that PostgreSQL, told by the variables of the public image: a cluster is made at the
# first start. Root makes the directory and gives itself up, as in the public image.
set -eu
[ $# -eq 0 ] || exec "$@"
programs=/usr/lib/postgresql/15/bin
export PGDATA="${PGDATA:-/var/lib/postgresql/data}"
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chown -R 999:999 "$PGDATA" /var/run/postgresql
    exec setpriv --reuid=999 --regid=999 --clear-groups "$0"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
    "$programs/initdb" -D "$PGDATA" -U "$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 -E UTF8 --locale=C
    rm /tmp/password
    echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    echo "CREATE DATABASE $POSTGRES_DB" | "$programs/postgres" --single -D "$PGDATA" postgres
fi
exec "$programs/postgres" -D "$PGDATA"
