# One line per test of a .trx file: passed|failed|skipped, name, reason, separated by tabs.
# A record begins at each "<", so that neither line ends nor indentation matter. Portable awk: no extensions.
BEGIN { RS = "<" }

function attribute(name,    rest) {
    rest = $0
    if (!match(rest, "[ \n\r\t]" name "=\"[^\"]*\"")) return ""
    rest = substr(rest, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", rest)
    sub(/"$/, "", rest)
    return plain(rest)
}

function plain(text) {
    gsub(/&#x?[0-9A-Fa-f]+;/, " ", text)
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&amp;/, "\\&", text)
    gsub(/[ \t\r\n]+/, " ", text)
    sub(/^ /, "", text); sub(/ $/, "", text)
    return text
}

function text_of() {
    return plain(substr($0, index($0, ">") + 1))
}

function finish() {
    if (open) print outcome "\t" test "\t" (reason == "" ? "no reason given" : reason)
    open = 0
}

/^UnitTestResult[ \n\r\t]/ {
    finish()
    open = 1
    test = attribute("testName")
    result = attribute("outcome")
    outcome = result == "Passed" ? "passed" : result == "NotExecuted" ? "skipped" : "failed"
    reason = ""
}
/^Message>/ && open { reason = text_of() }
/^StdOut>/ && open && reason == "" { reason = text_of() }
/^\/Results>/ { finish() }
END { finish() }
