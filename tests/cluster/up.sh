#!/usr/bin/env bash
# A cluster of three OpenSearch nodes on this machine, for tests/cluster/main.rs.
#
#   tests/cluster/up.sh start FOLDER   starts the nodes, with all their files in a folder, and waits for them
#   tests/cluster/up.sh kill FOLDER N  ends node N at once
#   tests/cluster/up.sh node FOLDER N  starts node N again
#   tests/cluster/up.sh stop FOLDER    ends all nodes
#   tests/cluster/up.sh with COMMAND…  starts the nodes in a new folder, runs a command with GIJIROKU_TEST_CLUSTER set to
#                                      the folder, and ends the nodes whatever happens
#
# Needs Java 17 and Maven, which downloads OpenSearch. The HTTP ports are 9201 to 9203, or as PORT says.
set -euo pipefail
cd "$(dirname "$0")/../.."
VERSION=2.19.1
FETCHED=$PWD/target/opensearch/opensearch-$VERSION
PORT=${PORT:-9201}
TRANSPORT=$((PORT + 100))
NODES="1 2 3"

# The server comes without the module that has its token filters, so that it is put beside the one that it comes with.
fetch() {
    [ -e "$FETCHED/modules/analysis-common/plugin-descriptor.properties" ] && return
    local artifact archives=$PWD/target/opensearch/archives
    for artifact in org.opensearch.distribution.integ-test-zip:opensearch:$VERSION:zip \
        org.opensearch.plugin:analysis-common:$VERSION:jar; do
        mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
            -Dartifact="$artifact" -DoutputDirectory="$archives"
    done
    python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' \
        "$archives/opensearch-$VERSION.zip" "$(dirname "$FETCHED")"
    chmod +x "$FETCHED"/bin/*
    local module=$FETCHED/modules/analysis-common
    mkdir -p "$module"
    cp "$archives/analysis-common-$VERSION.jar" "$module/"
    cat >"$module/plugin-descriptor.properties" <<PROPERTIES
name=analysis-common
description=Token filters
version=$VERSION
opensearch.version=$VERSION
java.version=11
classname=org.opensearch.analysis.common.CommonAnalysisPlugin
extended.plugins=lang-painless;optional=true
has.native.controller=false
PROPERTIES
}

each() { local list="" node; for node in $NODES; do list+="${list:+, }$1$((node + $2))"; done; echo "$list"; }

start_node() { # folder, number
    local home=$1/node$2
    mkdir -p "$home/config" "$home/data" "$home/logs" "$home/tmp"
    cp -r "$1/server/config/." "$home/config/"
    sed -i '/gc.log/d; /G1/d; /InitiatingHeap/d' "$home/config/jvm.options"
    cat >"$home/config/opensearch.yml" <<YAML
cluster.name: gijiroku-test-$PORT
node.name: node$2
path.data: $home/data
path.logs: $home/logs
network.host: 127.0.0.1
http.port: $((PORT + $2 - 1))
transport.port: $((TRANSPORT + $2 - 1))
discovery.seed_hosts: [$(each 127.0.0.1: $((TRANSPORT - 1)))]
cluster.initial_cluster_manager_nodes: [$(each node 0)]
cluster.routing.allocation.disk.threshold_enabled: false
node.processors: 1
YAML
    local as=()
    # OpenSearch refuses to run as root.
    if [ "$(id -u)" = 0 ]; then
        chown -R nobody "$1"
        as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
    fi
    (cd "$home" && OPENSEARCH_JAVA_HOME=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")} \
        OPENSEARCH_PATH_CONF=$home/config OPENSEARCH_TMPDIR=$home/tmp \
        OPENSEARCH_JAVA_OPTS="-Xms${HEAP:-384m} -Xmx${HEAP:-384m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1" \
        exec "${as[@]}" "$1/server/bin/opensearch" >"$home/out.log" 2>&1) &
    echo $! >"$1/pid$2"
    # Its end is no news.
    disown
}

wait_for_all() { # folder
    local node
    for _ in $(seq 1 600); do
        if curl -fs "http://127.0.0.1:$PORT/_cluster/health?wait_for_nodes=3&timeout=1s" 2>/dev/null | grep -q '"timed_out":false'; then
            return
        fi
        for node in $NODES; do
            if ! kill -0 "$(cat "$1/pid$node")" 2>/dev/null; then
                echo "node $node has ended:" >&2
                tail -n 20 "$1/node$node/out.log" >&2
                return 1
            fi
        done
        sleep 0.5
    done
    echo "the nodes have not found each other in five minutes" >&2
    return 1
}

stop() { # folder
    local file
    for file in "$1"/pid*; do
        [ -e "$file" ] && kill -9 "$(cat "$file")" 2>/dev/null || true
        rm -f "$file"
    done
}

start() { # folder
    fetch
    mkdir -p "$1"
    # The checkout may lie where only its owner can go, and OpenSearch runs as another user.
    cp -r "$FETCHED" "$1/server"
    local node
    for node in $NODES; do start_node "$1" "$node"; done
    wait_for_all "$1"
}

case "${1:-}" in
start) start "$2" ;;
kill) kill -9 "$(cat "$2/pid$3")" ;;
node) start_node "$2" "$3" ;;
stop) stop "$2" ;;
with)
    shift
    folder=$(mktemp -d)
    chmod 755 "$folder"
    trap 'stop "$folder"; rm -rf "$folder"' EXIT
    start "$folder"
    GIJIROKU_TEST_CLUSTER=$folder "$@"
    ;;
*)
    sed -n 2,12p "$0"
    exit 2
    ;;
esac
