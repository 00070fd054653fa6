# What the verifiers share; sourced, never run. Written from docs/evidence-format.md alone, with sh, awk, od, cmp and openssl.
LC_ALL=C; export LC_ALL
command -v openssl >/dev/null && command -v awk >/dev/null || { echo "openssl and awk are needed" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
fail() { echo "NOT VALID: $1"; exit 1; }
absolute() { case "$1" in ''|/*) printf '%s' "$1";; *) printf '%s' "$PWD/$1";; esac; }

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

# §5: a checkpoint FILE is well formed; leaves its root in FILE.root.
check_checkpoint() {
  awk 'NR == 1 && (length($0) < 1 || length($0) > 1020 || /[[:space:][:cntrl:]+]/) { exit bad = 1 }
    NR == 2 && !/^(0|[1-9][0-9]*)$/ { exit bad = 1 }
    NR == 3 && length($0) != 44 { exit bad = 1 }
    NR == 4 && !/^time [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9][0-9]Z$/ { exit bad = 1 }
    END { if (NR != 4) bad = 1; exit bad }' "$1" || fail "the checkpoint is malformed"
  [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 0a ] || fail "the checkpoint is malformed"
  sed -n 3p "$1" | tr -d '\n' > "$1.b64"; unbase64 "$1.b64" "$1.root"
  [ "$(size_of "$1.root")" = 32 ] || fail "the checkpoint is malformed"
}

# §6 and §7: CONTENT was signed (SIGNATURE in base64) by the first of CHAIN.1.b64 ... CHAIN.count certificates, as of the time in its fourth line.
check_signed() {
  content=$1 signature=$2 chain=$3 root=$4
  count=$(cat "$chain.count"); [ "$count" -ge 1 ] || fail "no certificate"
  i=0; : > issuers.pem
  while [ $i -lt "$count" ]; do
    i=$((i + 1)); unbase64 "$chain.$i.b64" "$chain.$i.der"
    openssl x509 -inform DER -in "$chain.$i.der" -out "$chain.$i.pem" 2>/dev/null || fail "certificate $i cannot be read"
    openssl x509 -in "$chain.$i.pem" -outform DER | cmp -s - "$chain.$i.der" || fail "certificate $i is not in DER"
    [ $i -eq 1 ] || cat "$chain.$i.pem" >> issuers.pem
  done
  seconds=$(sed -n 4p "$content" | awk '{ split(substr($2, 1, 23), t, /[-T:.]/); y = t[1]; m = t[2]; if (m <= 2) { y--; m += 12 }
    days = 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + t[3] - 719469
    printf "%.0f", days * 86400 + t[4] * 3600 + t[5] * 60 + t[6] }')
  unbase64 "$signature" signed.der
  openssl verify -attime "$seconds" -check_ss_sig -CAfile "$chain.$count.pem" -untrusted issuers.pem "$chain.1.pem" >/dev/null 2>&1 ||
    fail "the certificates do not form a chain valid at that time"
  openssl cms -verify -binary -inform DER -in signed.der -content "$content" -CAfile "${root:-$chain.$count.pem}" -certfile issuers.pem \
    -attime "$seconds" -purpose any -signer signer.pem -out /dev/null 2>/dev/null || fail "the signature over $content does not verify"
  openssl x509 -in signer.pem -outform DER | cmp -s - "$chain.1.der" || fail "it was signed with another certificate"
}
say_valid() { if [ -n "$1" ]; then echo "VALID"; else echo "VALID, but no trusted root was given: who signed was not checked"; fi; }
