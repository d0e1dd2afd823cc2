#!/bin/sh
# Real workbooks: what was counted in them by hand, and what may be said of them.
# usage: rvtools.sh TOPOLINT; the workbooks lie in $TOPOLINT_SAMPLES/rvtools. 77 = skipped.
set -eu
topolint=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -n "${TOPOLINT_SAMPLES:-}" ] || exit 77
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$TOPOLINT_SAMPLES"/rvtools/*.xlsx "$scratch"
cd "$scratch"
failed=0

check() { # WHAT GOT WANT
    [ "$2" = "$3" ] || { printf '%s: got\n%s\nexpected\n%s\n' "$1" "$2" "$3"; failed=1; }
}
ask() { # FILE SQL
    "$topolint" query --no-config --format csv "$1" "$2" 2>/dev/null | tail -n +2 | tr -d '"\r'
}
counts='SELECT (SELECT count(*) FROM vm), (SELECT count(*) FROM server), (SELECT count(*) FROM host),
    (SELECT count(*) FROM vsphere_cluster)'
exchange='topolint: 1\npartial: true\nexchange_organizations: [{name: O, version: "15.1"}]\ndags: [{name: DAG01, members: [%s, %s]}]
mailbox_databases: [{name: DB01, dag: DAG01, copies: [{server: %s, activation_preference: 1}, {server: %s, activation_preference: 2}]}]\n'

# 805 machines, 10 of them templates; 38 hosts in vInfo and 34 in vHost, 6 of them under one name.
book=SizingWorkshop-RVTools.xlsx
check "$book" "$(ask $book "$counts")" 805,795,66,4
check "$book clusters" "$(ask $book 'SELECT cluster, count(*) FROM vm GROUP BY cluster ORDER BY 2 DESC')" \
    "$(printf 'Cluster2,695\nCluster1,47\nDMZ,41\nMgmt,22')"
check "$book wadfs1" "$(ask $book "SELECT v.host, v.cluster, s.os, s.vm FROM server s JOIN vm v ON v.server_id = s.id WHERE s.name = 'wadfs1'")" \
    'bovmsp-04.customer.com,Cluster1,Microsoft Windows Server 2008 R2 (64-bit),1'
check "$book host" "$(ask $book "SELECT cores, memory_mb, version FROM host WHERE name = 'vmsp-01'")" 16,262109,6.0.0
# shellcheck disable=SC2059
printf "$exchange" bowexchsvc1 WADFS03 BOWEXCHSVC1 wadfs03 >overlay1.yaml

# Blank rows, day numbers, a machine without host and cluster; the tabs were made from different machines.
book=kubev2v-example1.xlsx
check "$book" "$(ask $book "$counts")" 9,9,10,1
check "$book unknown" "$(ask $book 'SELECT count(*) FROM vm WHERE host_id IS NULL AND cluster_id IS NULL')" 1
check "$book priority" "$(ask $book 'SELECT restart_priority, count(*) FROM vm GROUP BY 1 ORDER BY 2')" \
    "$(printf ',1\nmedium,8')"
# shellcheck disable=SC2059
printf "$exchange" vm-1 vm-2 vm-1 vm-2 >overlay2.yaml

# Inline texts, few columns; one snapshot in a tab that lists all.
book=rvtools-small-complete.xlsx
check "$book" "$(ask $book "$counts")" 3,3,2,1
check "$book snapshots" "$(ask $book 'SELECT name, snapshots FROM vm ORDER BY name')" \
    "$(printf 'sample-archive-01,0\nsample-db-01,1\nsample-web-01,0')"
# shellcheck disable=SC2059
printf "$exchange" sample-web-01 sample-db-01 sample-web-01 sample-db-01 >overlay3.yaml

# None of them shows HA or rules: nothing about them may be a finding, alone or with a DAG over two machines.
i=0
for book in SizingWorkshop-RVTools.xlsx kubev2v-example1.xlsx rvtools-small-complete.xlsx; do
    i=$((i + 1))
    for files in "$book" "$book overlay$i.yaml"; do
        code=0
        # shellcheck disable=SC2086
        "$topolint" lint --no-config --fail-on never --format json $files >lint.json 2>messages || code=$?
        check "lint $files" "$code" 0
        check "no error in $files" "$(grep -c '^error' messages || true)" 0
        said=$(sed -n '/"findings"/,/"not_assessed"/p' lint.json |
            grep -oE '"rule": "(anti-affinity[a-z-]*|stacked[a-z-]*|ha-[a-z-]*|members-share[a-z-]*)"' || true)
        check "said of $files" "$said" ""
        # shellcheck disable=SC2086
        "$topolint" draw --no-config $files -o out.dot 2>/dev/null || check "draw $files" $? 0
        # What was imported survives being written and read again.
        # shellcheck disable=SC2086
        "$topolint" convert --no-config $files -o once.yaml 2>/dev/null &&
            "$topolint" convert --no-config once.yaml -o twice.yaml 2>/dev/null || check "convert $files" $? 0
        cmp -s once.yaml twice.yaml || check "twice $files" "$(diff once.yaml twice.yaml | head -5)" ""
    done
done
exit $failed
