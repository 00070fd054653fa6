#!/bin/sh
# Checks a receipt with sh, awk, od, cmp and openssl, written from docs/evidence-format.md alone. It shares no code with the hub.
# Usage: verify_receipt.sh RECEIPT [ROOT.pem]     exit 0 valid, 1 not valid, 2 cannot check
[ $# -ge 1 ] && [ -r "$1" ] || { echo "usage: $0 RECEIPT [ROOT.pem]" >&2; exit 2; }
. "$(dirname "$0")/common.sh"

# §2: split at the member names. Inside strings every quote is preceded by a backslash, so these cannot occur in a value.
awk -v dir="$work" '
function take(upto,   at) { at = index(rest, upto); if (at == 0) exit bad = 1
  value = substr(rest, 1, at - 1); rest = substr(rest, at + length(upto)); return value }
function save(name, value) { printf "%s", value > (dir "/" name); close(dir "/" name) }
function list(name, text,   n, i, parts) { if (text == "") { save(name ".count", 0); return }
  if (text !~ /^"[A-Za-z0-9+\/=]*"(,"[A-Za-z0-9+\/=]*")*$/) exit bad = 1
  n = split(text, parts, ","); save(name ".count", n)
  for (i = 1; i <= n; i++) save(name "." i ".b64", substr(parts[i], 2, length(parts[i]) - 2)) }
NR > 1 { exit bad = 1 }
{ rest = $0
  if (take("\"id\":\"") != "{\"format\":\"dx-receipt/1\",") exit bad = 1
  save("id", take("\",\"entry\":\""))
  save("entry.json", take("\",\"salt\":\"")); save("salt.hex", take("\",\"index\":")); save("index", take(",\"path\":["))
  path = take("],\"checkpoint\":\""); save("checkpoint.json", take("\",\"signature\":\"")); save("signature.b64", take("\",\"chain\":["))
  chain = take("]}"); if (rest != "") exit bad = 1
  list("path", path); list("chain", chain) }
END { if (NR != 1) bad = 1; exit bad }' "$1" || fail "the file is not a dx-receipt/1"
[ -z "$(tail -c 1 "$1" | tr -d '}')" ] && [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 7d ] || fail "something follows the receipt"

root=$(absolute "$2")
cd "$work" || exit 2
case "$(cat salt.hex)" in *[!0-9a-f]*) fail "bad salt";; esac
[ "$(size_of salt.hex)" = 32 ] || fail "bad salt"
case "$(cat index)" in ''|*[!0-9]*|0[0-9]*) fail "bad index";; esac
for name in entry checkpoint; do echo >> $name.json; unescape $name.json $name; done
unhex salt.hex salt

# §3: version, and the entry names this receipt.
awk -v id="$(cat id)" 'NR > 1 { exit bad = 1 }
  { if (index($0, "{\"v\":1,\"event\":\"") != 1 || id !~ /^[0-9A-Za-z-]+$/ || index($0, ",\"receipt\":\"" id "\"") == 0) exit bad = 1 }
  END { if (NR != 1) bad = 1; exit bad }' entry || fail "the entry does not name this receipt"

check_checkpoint checkpoint

# §4: the leaf and its path.
{ printf '\000'; cat salt entry; } | hash > r
fn=$(cat index); size=$(sed -n 2p checkpoint); sn=$((size - 1)); i=0
[ "$fn" -lt "$size" ] || fail "the index lies outside the log"
while [ $i -lt "$(cat path.count)" ]; do
  i=$((i + 1)); unbase64 path.$i.b64 p
  [ "$(size_of p)" = 32 ] && [ $sn -ne 0 ] || fail "the path does not fit the log's size"
  if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq $sn ]; then
    { printf '\001'; cat p r; } | hash > next
    while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do fn=$((fn / 2)); sn=$((sn / 2)); done
  else
    { printf '\001'; cat r p; } | hash > next
  fi
  mv next r; fn=$((fn / 2)); sn=$((sn / 2))
done
[ $sn -eq 0 ] && cmp -s r checkpoint.root || fail "the entry is not in the log of the checkpoint"

check_signed checkpoint signature.b64 chain "$root"
say_valid "$root"
