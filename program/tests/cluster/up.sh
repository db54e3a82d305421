#!/usr/bin/env bash
# A cluster of three OpenSearch nodes on this machine, for program/tests/cluster/main.rs.
#
#   program/tests/cluster/up.sh start FOLDER   starts the nodes, with all their files in a folder, and waits for them
#   program/tests/cluster/up.sh kill FOLDER N  ends node N at once
#   program/tests/cluster/up.sh node FOLDER N  starts node N again
#   program/tests/cluster/up.sh stop FOLDER    ends all nodes
#   program/tests/cluster/up.sh with COMMAND…  starts the nodes in a new folder, runs a command with GIJIROKU_TEST_CLUSTER set to
#                                      the folder, and ends the nodes whatever happens
#   program/tests/cluster/up.sh secured COMMAND…  does the same with one node that has the security plugin, and
#                                      GIJIROKU_TEST_SECURED_CLUSTER; see secure()
#
# Needs Java 17, Maven, which downloads OpenSearch, curl, and openssl for the secured node. The HTTP ports are 9201 to 9203, or
# as PORT says.
set -euo pipefail
cd "$(dirname "$0")/../../.."
VERSION=2.19.1
TESTS=$PWD/program/tests/cluster
ARCHIVES=$PWD/target/opensearch/archives
FETCHED=$PWD/target/opensearch/opensearch-$VERSION
PORT=${PORT:-9201}
TRANSPORT=$((PORT + 100))
NODES="1 2 3"
export OPENSEARCH_JAVA_HOME=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}

download() { # artifacts
    local artifact
    for artifact; do
        mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
            -Dartifact="$artifact" -DoutputDirectory="$ARCHIVES"
    done
}

unpack() { python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$1" "$2"; }

# The server comes without the module that has its token filters, so that it is put beside the one that it comes with.
fetch() {
    [ -e "$FETCHED/modules/analysis-common/plugin-descriptor.properties" ] && return
    download org.opensearch.distribution.integ-test-zip:opensearch:$VERSION:zip \
        org.opensearch.plugin:analysis-common:$VERSION:jar
    unpack "$ARCHIVES/opensearch-$VERSION.zip" "$(dirname "$FETCHED")"
    chmod +x "$FETCHED"/bin/*
    local module=$FETCHED/modules/analysis-common
    mkdir -p "$module"
    cp "$ARCHIVES/analysis-common-$VERSION.jar" "$module/"
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
    [ ! -e "$1/security.yml" ] || cat "$1/security.yml" >>"$home/config/opensearch.yml"
    local as=()
    # OpenSearch refuses to run as root.
    if [ "$(id -u)" = 0 ]; then
        chown -R nobody "$1"
        as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
    fi
    (cd "$home" && OPENSEARCH_PATH_CONF=$home/config OPENSEARCH_TMPDIR=$home/tmp \
        OPENSEARCH_JAVA_OPTS="-Xms${HEAP:-384m} -Xmx${HEAP:-384m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1" \
        exec "${as[@]}" "$1/server/bin/opensearch" >"$home/out.log" 2>&1) &
    echo $! >"$1/pid$2"
    # Its end is no news.
    disown
}

wait_for_all() { # folder, options of curl with the scheme and the host
    local node folder=$1 health
    shift
    health=":$PORT/_cluster/health?wait_for_nodes=$(wc -w <<<"$NODES")&timeout=1s"
    set -- "${@:1:$#-1}" "${@: -1}$health"
    for _ in $(seq 1 600); do
        if curl -fs "$@" 2>/dev/null | grep -q '"timed_out":false'; then
            return
        fi
        for node in $NODES; do
            if ! kill -0 "$(cat "$folder/pid$node")" 2>/dev/null; then
                echo "node $node has ended:" >&2
                tail -n 20 "$folder/node$node/out.log" >&2
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

start() { # folder, options of curl with the scheme and the host
    local node
    for node in $NODES; do start_node "$1" "$node"; done
    wait_for_all "$@"
}

# The checkout may lie where only its owner can go, and OpenSearch runs as another user.
copy_server() { # folder
    fetch
    mkdir -p "$1"
    cp -r "$FETCHED" "$1/server"
}

# Adds the security plugin to the server in a folder: TLS, and the users `writer` and `reader` with the roles of roles.yml. It
# leaves ca.pem, other-ca.pem, whom nobody should trust, and `password`, which both users have.
secure() { # folder
    local archive=opensearch-security-$VERSION.0.zip plugin=$1/server/plugins/opensearch-security name
    [ -e "$ARCHIVES/$archive" ] || download "org.opensearch.plugin:opensearch-security:$VERSION.0:zip"
    unpack "$ARCHIVES/$archive" "$plugin"
    local configuration=$1/server/config/opensearch-security
    cp -r "$plugin/config" "$configuration"

    for name in ca other-ca; do
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$name" -keyout "$1/$name.key" -out "$1/$name.pem" 2>/dev/null
    done
    openssl req -newkey rsa:2048 -nodes -subj "/CN=node" -keyout "$1/server/config/node.key" -out "$1/node.csr" 2>/dev/null
    openssl x509 -req -days 2 -in "$1/node.csr" -CA "$1/ca.pem" -CAkey "$1/ca.key" -CAcreateserial \
        -extfile <(echo "subjectAltName=IP:127.0.0.1") -out "$1/server/config/node.pem" 2>/dev/null
    cp "$1/ca.pem" "$1/server/config/ca.pem"

    openssl rand -hex 16 >"$1/password"
    local hash
    hash=$(bash "$plugin/tools/hash.sh" -p "$(cat "$1/password")" 2>/dev/null | tail -n 1)
    cat >"$configuration/internal_users.yml" <<YAML
_meta: { type: internalusers, config_version: 2 }
writer: { hash: "$hash" }
reader: { hash: "$hash" }
YAML
    { echo '_meta: { type: roles, config_version: 2 }'; cat "$TESTS/roles.yml"; } >"$configuration/roles.yml"
    cat >"$configuration/roles_mapping.yml" <<YAML
_meta: { type: rolesmapping, config_version: 2 }
gijiroku_writer: { users: [writer] }
gijiroku_reader: { users: [reader] }
YAML
    cat >"$1/security.yml" <<YAML
plugins.security.allow_default_init_securityindex: true
plugins.security.nodes_dn: ["CN=node"]
$(for name in transport http; do
        echo "plugins.security.ssl.$name.pemcert_filepath: node.pem"
        echo "plugins.security.ssl.$name.pemkey_filepath: node.key"
        echo "plugins.security.ssl.$name.pemtrustedcas_filepath: ca.pem"
    done)
plugins.security.ssl.http.enabled: true
YAML
}

# Makes a folder with the server, whose nodes end with this script, whatever happens.
new_folder() {
    folder=$(mktemp -d)
    chmod 755 "$folder"
    trap 'stop "$folder"; rm -rf "$folder"' EXIT
    copy_server "$folder"
}

case "${1:-}" in
start) copy_server "$2" && start "$2" http://127.0.0.1 ;;
kill) kill -9 "$(cat "$2/pid$3")" ;;
node) start_node "$2" "$3" ;;
stop) stop "$2" ;;
with)
    shift
    new_folder
    start "$folder" http://127.0.0.1
    GIJIROKU_TEST_CLUSTER=$folder "$@"
    ;;
secured)
    shift
    NODES=1 HEAP=${HEAP:-512m}
    new_folder
    secure "$folder"
    start "$folder" --cacert "$folder/ca.pem" --user "writer:$(cat "$folder/password")" https://127.0.0.1
    GIJIROKU_TEST_SECURED_CLUSTER=$folder "$@"
    ;;
*)
    sed -n 2,15p "$0"
    exit 2
    ;;
esac
