#!/bin/sh
# Published fault trees against counts that independent programs agree on (SCRAM 0.16.2, BuDDy).
# usage: open_psa.sh TOPOLINT; the trees lie in $TOPOLINT_SAMPLES/open-psa. 77 = skipped.
set -eu
topolint=$1
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${TOPOLINT_SAMPLES:-}" ] || exit 77
cd "$TOPOLINT_SAMPLES/open-psa"

failed=0
tab=$(printf '\t')
while IFS=$tab read -r files one two three probability; do
    case "$files" in '#'*) continue ;; esac
    names=$(echo "$files" | tr + ' ')
    option=--probability
    [ "$probability" = - ] && option=
    # shellcheck disable=SC2086
    got=$("$topolint" cuts --count --order 3 $option $names 2>/dev/null || echo "exit $?")
    want=$(printf '1\t%s\n2\t%s\n3\t%s' "$one" "$two" "$three")
    if [ "$probability" != - ]; then
        stated=$(echo "$got" | sed -n 's/^probability\t//p')
        rounded=$(awk -v p="$stated" 'BEGIN { printf "%.6g", p }')
        same=$(awk -v a="$rounded" -v b="$probability" 'BEGIN { print (a == b) }')
        [ "$same" = 1 ] || { echo "$files: probability $stated, expected $probability"; failed=1; }
        got=$(echo "$got" | grep -v '^probability')
    fi
    [ "$got" = "$want" ] || { printf '%s:\n%s\nexpected:\n%s\n' "$files" "$got" "$want"; failed=1; }
done <"$here/open_psa.tsv"

# Everything else is read, or refused with a reason that has a place.
for file in *.xml; do
    code=0
    "$topolint" cuts --count --order 3 "$file" >/dev/null 2>/tmp/open_psa.$$ || code=$?
    if [ "$code" -gt 3 ] || { [ "$code" -eq 3 ] && ! grep -q -- "--> $file:" /tmp/open_psa.$$; }; then
        echo "$file: exit $code without a place"
        failed=1
    fi
done
rm -f /tmp/open_psa.$$
exit $failed
