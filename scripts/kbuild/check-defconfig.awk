# SPDX-License-Identifier: BSD-2-Clause
#
# awk -v name=FILE -f check-defconfig.awk FILE .config: is each line of a
# defconfig or fragment true of the configuration made from it? conf drops
# unknown symbols, values out of range and options whose dependencies are not
# met without a word.

# Sets symbol and value; false for a line that is neither a value nor "is not set".
function parse(line,	eq)
{
	if (line ~ /^# CONFIG_[A-Za-z0-9_]+ is not set$/) {
		symbol = substr(line, 3, length(line) - 13)
		value = "n"
		return 1
	}
	if (line !~ /^CONFIG_/)
		return 0
	eq = index(line, "=")
	if (!eq)
		return 0
	symbol = substr(line, 1, eq - 1)
	value = substr(line, eq + 1)
	return 1
}

# By name, for a defconfig may be empty.
FILENAME == ARGV[1] {
	if (parse($0)) {
		wanted[symbol] = value
		place[symbol] = FNR
	} else if (/^# CONFIG_/ || !/^(#.*|[ \t]*)$/) {
		printf "%s:%d: neither CONFIG_NAME=value nor \"# CONFIG_NAME is not set\": %s\n", \
			name, FNR, $0 >"/dev/stderr"
		wrong++
	}
	next
}
parse($0) { have[symbol] = value }

END {
	for (symbol in wanted) {
		# A symbol whose dependencies are off does not appear at all, which is n.
		found = symbol in have ? have[symbol] : "n"
		if (found == wanted[symbol])
			continue
		printf "%s:%d: wants %s=%s, but the configuration has %s: ", \
			name, place[symbol], symbol, wanted[symbol], \
			symbol in have ? symbol "=" found : "no such symbol in force" >"/dev/stderr"
		print "misspelt, out of range, or a dependency is not met" >"/dev/stderr"
		wrong++
	}
	exit wrong ? 1 : 0
}
