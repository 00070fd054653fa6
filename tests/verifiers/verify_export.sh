#!/bin/sh
# Checks the lines of an export (docs/evidence-format.md §15) with sh, awk, od, cmp and openssl, written from that document alone. It shares no code
# with the hub, and starts a few programs for every line: made to show that the document is enough, not for a million lines.
# Usage: verify_export.sh EXPORT.jsonl [ROOT.pem]     exit 0 valid, 1 not valid, 2 cannot check
[ $# -ge 1 ] && [ -r "$1" ] || { echo "usage: $0 EXPORT.jsonl [ROOT.pem]" >&2; exit 2; }
. "$(dirname "$0")/common.sh"
root=$(absolute "$2")
[ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 0a ] || fail "the file was cut"

# Splits at the member names, as for receipts, into one file for each member and a list of the lines: kind, index, file.
awk -v dir="$work" '
function take(upto,   at) { at = index(rest, upto); if (at == 0) exit bad = 1
  value = substr(rest, 1, at - 1); rest = substr(rest, at + length(upto)); return value }
# An entry ends as its line does: only the end itself tells them apart.
function last(end,   n) { n = length(rest) - length(end); if (n < 0 || substr(rest, n + 1) != end) exit bad = 1; value = substr(rest, 1, n); rest = ""; return value }
function save(name, value) { printf "%s", value > (dir "/" name); close(dir "/" name) }
function list(name, text,   n, i, parts) { if (text == "") { save(name ".count", 0); return 0 }
  if (text !~ /^"[A-Za-z0-9+\/=]*"(,"[A-Za-z0-9+\/=]*")*$/) exit bad = 1
  n = split(text, parts, ","); save(name ".count", n)
  for (i = 1; i <= n; i++) save(name "." i ".b64", substr(parts[i], 2, length(parts[i]) - 2)); return n }
function number(text) { if (text !~ /^(0|[1-9][0-9]*)$/) exit bad = 1; return text }
function signed(name) { save(name ".json", take("\",\"signature\":\"")); save(name ".sig", take("\",\"chain\":[")); list(name ".chain", take("]")) }
function line(kind, value) { print kind, value, NR > (dir "/lines") }
{ rest = $0 }
NR == 1 { if (take("\"filter\":\"") != "{\"format\":\"dx-export/1\",") exit bad = 1
  save("filter", take("\",\"from\":")); from = number(take(",\"peaks\":[")); save("from", from); list("peaks", take("],\"heads\":["))
  for (heads = 0; rest != "]}"; ) { if (heads > 0 && take("{") != "," || heads == 0 && take("{") != "") exit bad = 1
    if (take("\"checkpoint\":\"") != "") exit bad = 1
    signed("head" ++heads); if (take("}") != "") exit bad = 1 }
  if (heads != (from == 0 ? 1 : 2)) exit bad = 1
  save("heads", heads); next }
sealed { exit bad = 1 }
/^{"index":/ { take("{\"index\":"); at = number(take(",\"salt\":\"")); save("salt" NR, take("\",\"entry\":\"")); save("entry" NR ".json", last("\"}")); line("event", at) }
/^{"withheld":/ { take("{\"withheld\":"); at = number(take(",\"hashes\":[")); n = list("hashes" NR, take("]}")); if (n < 1 || n > 256) exit bad = 1; line("withheld", at) }
/^{"signer":/ { take("{\"signer\":\""); take("\",\"chain\":["); list("signer" NR, take("]}")); next }
/^{"batch":/ { take("{\"batch\":\""); take("\",\"checkpoint\":\""); save("batch" NR ".json", take("\",\"signature\":\"")); save("batch" NR ".sig", take("\"}")); line("batch", 0) }
/^{"seal":/ { take("{\"seal\":\""); signed("seal"); if (take("}") != "") exit bad = 1; sealed = NR }
!/^{"(index|withheld|signer|batch|seal)":/ || rest != "" { exit bad = 1 }
END { if (!sealed) bad = 1; exit bad }' "$1" || fail "the file is not a whole dx-export/1"
sed '$d' "$1" | hash > "$work/digest"
cd "$work" || exit 2

# §4: the log is its peaks, p.1 the largest; size is how many leaves they stand for.
size=$(cat from); peaks=$(cat peaks.count); i=0
while [ $i -lt "$peaks" ]; do i=$((i + 1)); unbase64 peaks.$i.b64 p.$i; [ "$(size_of p.$i)" = 32 ] || fail "a peak is not 32 bytes"; done
bits=0; n=$size; while [ "$n" -gt 0 ]; do bits=$((bits + n % 2)); n=$((n / 2)); done
[ "$bits" = "$peaks" ] || fail "the number of peaks does not fit the size"
append() { # a leaf hash
  peaks=$((peaks + 1)); mv "$1" p.$peaks; n=$size; size=$((size + 1))
  while [ $((n % 2)) -eq 1 ]; do
    { printf '\001'; cat p.$((peaks - 1)) p.$peaks; } | hash > p.next
    peaks=$((peaks - 1)); mv p.next p.$peaks; n=$((n / 2))
  done
}
compare_root() { # with that of a checkpoint
  check_checkpoint "$1"
  [ "$(sed -n 2p "$1")" = "$size" ] || fail "$2 does not stand behind the last entry of its batch"
  [ "$(sed -n 1p "$1")" = "$(sed -n 1p end)" ] || fail "$2 is another log's"
  if [ "$peaks" -eq 0 ]; then : | hash > r; else cp p.$peaks r; fi
  i=$peaks
  while [ "$i" -gt 1 ]; do i=$((i - 1)); { printf '\001'; cat p.$i r; } | hash > r.next; mv r.next r; done
  cmp -s r "$1.root" || fail "the entries before $size do not give the root that was signed: some were altered, removed, added or moved"
}
text() { echo >> "$1.json"; unescape "$1.json" "$2"; }
heads=$(cat heads); text head$heads end
if [ "$heads" = 2 ]; then text head1 start; compare_root start "the first head"; fi

shown=0 withheld=0 last= before=
while read -r kind at line; do
  case $kind in
    batch) text batch$line batch; compare_root batch "a batch's checkpoint"; continue;;
  esac
  [ "$at" = "$size" ] || fail "entry $at stands where $size belongs: entries were removed, added or moved"
  if [ "$kind" = event ]; then
    case "$(cat salt$line)" in *[!0-9a-f]*) fail "bad salt";; esac
    [ "$(size_of salt$line)" = 32 ] || fail "bad salt"
    unhex salt$line salt; text entry$line entry
    time=$(sed -n 's/^{"v":1,"event":"[A-Za-z]*","time":"\([-0-9:.TZ]*\)".*}$/\1/p' entry)
    [ -n "$time" ] || fail "entry $at is malformed"
    # Times of one form are in the order of their characters.
    [ "$(printf '%s\n%s\n' "$last" "$time" | sort | tail -n 1)" = "$time" ] || fail "entry $at is older than what stands before it"
    last=$time
    # §15: the first entry of a log that goes on from another says from which; what was before is not in the file.
    [ "$at" != 0 ] || before=$(sed -n 's/^{"v":1,"event":"LogStarted",.*"detail":"[^ "]* after \([^ ",]*\)[ ,].*$/\1/p' entry)
    { printf '\000'; cat salt entry; } | hash > leaf; append leaf; shown=$((shown + 1))
  else
    i=0; count=$(cat hashes$line.count)
    while [ $i -lt "$count" ]; do
      i=$((i + 1)); unbase64 hashes$line.$i.b64 leaf; [ "$(size_of leaf)" = 32 ] || fail "a hash is not 32 bytes"
      append leaf; withheld=$((withheld + 1))
    done
  fi
done < lines
compare_root end "the last head"

# Who signed, what was left out, and the seal.
i=0; while [ $i -lt "$heads" ]; do h=$((i + 1)); [ $h -eq "$heads" ] && note=end || note=start; check_signed $note head$h.sig head$h.chain "$root"; i=$h; done
if [ "$withheld" -gt 0 ]; then tr ' ' '\n' < filter | grep -Eqv '^(from|before|after)=|^$' || fail "$withheld entries are withheld though the export leaves nothing out"; fi
text seal seal
{ echo "dx-export/1"; echo "sha256:$(od -An -v -tx1 digest | tr -d ' \n')"; echo "shown $shown withheld $withheld"; sed -n 4p seal; } | cmp -s - seal || fail "the file is not the one that was sealed"
check_signed seal seal.sig seal.chain "$root"
[ -z "$before" ] || echo "NOT HERE: what was before in the log $before"
say_valid "$root"
