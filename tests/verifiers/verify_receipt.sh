#!/bin/sh
# Checks a receipt with sh, awk, od, cmp and openssl, written from docs/evidence-format.md alone. It shares no code with the hub.
# Usage: verify_receipt.sh RECEIPT [ROOT.pem]     exit 0 valid, 1 not valid, 2 cannot check
LC_ALL=C; export LC_ALL
[ $# -ge 1 ] && [ -r "$1" ] || { echo "usage: $0 RECEIPT [ROOT.pem]" >&2; exit 2; }
command -v openssl >/dev/null && command -v awk >/dev/null || { echo "openssl and awk are needed" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
fail() { echo "NOT VALID: $1"; exit 1; }

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

# A JSON string to a printf format of octal escapes: the only form in which sh keeps every byte.
unescape() { printf "$(awk '
BEGIN { for (i = 1; i < 256; i++) ord[sprintf("%c", i)] = i; hex = "0123456789abcdef"
        short["b"] = 8; short["t"] = 9; short["n"] = 10; short["f"] = 12; short["r"] = 13; short["\""] = 34; short["\\"] = 92 }
function put(code) { printf "\\%03o", code }
{ n = length($0)
  for (i = 1; i <= n; i++) { c = substr($0, i, 1)
    if (ord[c] < 32 || c == "\"") exit 1
    if (c != "\\") { put(ord[c]); continue }
    c = substr($0, ++i, 1)
    if (c == "u") { code = substr($0, i + 1, 4); i += 4
      if (code !~ /^00[01][0-9a-f]$/) exit 1
      value = (index(hex, substr(code, 3, 1)) - 1) * 16 + index(hex, substr(code, 4, 1)) - 1
      if (value == 8 || value == 9 || value == 10 || value == 12 || value == 13) exit 1
      put(value) }
    else if (c in short) put(short[c]); else exit 1 } }
END { if (NR == 0) exit 1 }' "$1" || echo bad)" > "$2"; }
unhex() { printf "$(awk '{ for (i = 1; i < length($0); i += 2)
  printf "\\%03o", (index("0123456789abcdef", substr($0, i, 1)) - 1) * 16 + index("0123456789abcdef", substr($0, i + 1, 1)) - 1 }' "$1")" > "$2"; }
unbase64() { openssl base64 -d -A -in "$1" -out "$2" 2>/dev/null && [ "$(openssl base64 -A -in "$2")" = "$(cat "$1")" ] || fail "bad base64"; }
size_of() { wc -c < "$1" | tr -d ' '; }
hash() { openssl dgst -sha256 -binary; }
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

# §5: the checkpoint.
awk 'NR == 1 && (length($0) < 1 || length($0) > 1020 || /[[:space:][:cntrl:]+]/) { exit bad = 1 }
  NR == 2 && !/^(0|[1-9][0-9]*)$/ { exit bad = 1 }
  NR == 3 && length($0) != 44 { exit bad = 1 }
  NR == 4 && !/^time [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9][0-9]Z$/ { exit bad = 1 }
  END { if (NR != 4) bad = 1; exit bad }' checkpoint || fail "the checkpoint is malformed"
[ "$(tail -c 1 checkpoint | od -An -tx1 | tr -d ' ')" = 0a ] || fail "the checkpoint is malformed"
sed -n 3p checkpoint | tr -d '\n' > root.b64; unbase64 root.b64 root
[ "$(size_of root)" = 32 ] || fail "the checkpoint is malformed"

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
[ $sn -eq 0 ] && cmp -s r root || fail "the entry is not in the log of the checkpoint"

# §6 and §7: the signature and the chain, as of the checkpoint's time.
count=$(cat chain.count); [ "$count" -ge 1 ] || fail "no certificate"
i=0; : > issuers.pem
while [ $i -lt "$count" ]; do
  i=$((i + 1)); unbase64 chain.$i.b64 chain.$i.der
  openssl x509 -inform DER -in chain.$i.der -out chain.$i.pem 2>/dev/null || fail "certificate $i cannot be read"
  openssl x509 -in chain.$i.pem -outform DER | cmp -s - chain.$i.der || fail "certificate $i is not in DER"
  [ $i -eq 1 ] || cat chain.$i.pem >> issuers.pem
done
seconds=$(sed -n 4p checkpoint | awk '{ split(substr($2, 1, 23), t, /[-T:.]/); y = t[1]; m = t[2]; if (m <= 2) { y--; m += 12 }
  days = 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + t[3] - 719469
  printf "%.0f", days * 86400 + t[4] * 3600 + t[5] * 60 + t[6] }')
unbase64 signature.b64 signature
openssl verify -attime "$seconds" -check_ss_sig -CAfile chain.$count.pem -untrusted issuers.pem chain.1.pem >/dev/null 2>&1 ||
  fail "the certificates do not form a chain valid at the checkpoint's time"
trusted=$work/chain.$count.pem
if [ -n "$2" ]; then case "$2" in /*) trusted=$2;; *) trusted=$OLDPWD/$2;; esac; fi
openssl cms -verify -binary -inform DER -in signature -content checkpoint -CAfile "$trusted" -certfile issuers.pem \
  -attime "$seconds" -purpose any -signer signer.pem -out /dev/null 2>/dev/null || fail "the checkpoint's signature does not verify"
openssl x509 -in signer.pem -outform DER | cmp -s - chain.1.der || fail "the checkpoint was signed with another certificate"
if [ -n "$2" ]; then echo "VALID"; else echo "VALID, but no trusted root was given: who signed was not checked"; fi
