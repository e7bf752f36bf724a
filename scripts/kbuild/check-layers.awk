# SPDX-License-Identifier: BSD-2-Clause
#
# Reads sections that begin with "library NAME", "hooks" or "layer NAME" (lowest
# first): nm of a library, the header that says what arch may call upwards, nm -A
# of a layer's objects. Complains of each use of a symbol that a higher layer
# defines, and of libraries used from where they do not belong.

function complain(text)
{
	print text >"/dev/stderr"
	wrong = 1
}

# Who may use a library. libfdt's only user is what of_load() calls, which runs in
# the stages DESCRIBE and DISCOVER alone: behind them the MMU may be off, where the
# library's unaligned accesses fault.
function may_load(symbol, object)
{
	return symbol != "of_load" || object ~ /(^|\/)drivers\/of\/describe\.o$/
}

function may_use(library, object)
{
	if (library == "fdt")
		return object ~ /^drivers\/of\/tree\.o$/
	return object ~ /^(arch\/arm64\/boot|drivers\/firmware|tests\/efi)\//
}

NF == 2 && ($1 == "library" || $1 == "layer") {
	section = $1
	name = $2
	if (section == "layer") {
		rank[name] = ++ranks
		layer_name[ranks] = name
	}
	next
}
$0 == "hooks" { section = "hooks"; next }

section == "library" && NF == 3 { library[$3] = name }

# Declarations, and lists in comments, which begin with a tab; no other comment.
section == "hooks" && (!/^[ \t]*(\/?\*|#)/ || /^ \*\t/) {
	line = $0
	while (match(line, /[A-Za-z_0-9]+\(/)) {
		hook[substr(line, RSTART, RLENGTH - 1)] = 1
		line = substr(line, RSTART + RLENGTH)
	}
}

# Behind DISCOVER the MMU may be off, and libfdt is not built for that: it is
# reached by of_load(), and that from the file of the first two stages alone.
function only_in_first_stages(symbol, object)
{
	return symbol == "of_load" && object !~ /^drivers\/of\/describe\.o$/
}

# object:address type symbol, or object: U symbol
section == "layer" && NF >= 2 {
	symbol = $NF
	type = $(NF - 1)
	object = $1
	sub(/:.*$/, "", object)
	if (type ~ /^[vVwW]$/)
		complain(object ": weak symbol " symbol ": this tree has none")
	else if (type == "U") {
		uses++
		user[uses] = object
		used[uses] = symbol
		user_layer[uses] = name
	} else if (type ~ /^[A-Z]$/) {
		definer[symbol] = object
		layer_of[symbol] = name
	}
}

END {
	for (i = 1; i <= uses; i++) {
		symbol = used[i]
		if (!may_load(symbol, user[i]))
			complain(user[i] " uses " symbol ", which calls libfdt: only drivers/of/describe.o" \
				" may, since the MMU is on in its stages")
		if (symbol in layer_of) {
			if (rank[layer_of[symbol]] <= rank[user_layer[i]])
				continue
			if (user_layer[i] == "arch" && symbol in hook)
				continue
			complain(user[i] " (layer " user_layer[i] ") uses " symbol " of " \
				definer[symbol] " (layer " layer_of[symbol] "), which is above it" \
				(user_layer[i] == "arch" ? "; include/core/hooks.h lists what arch may call" : ""))
		} else if (symbol in library && !may_use(library[symbol], user[i])) {
			complain(user[i] " uses " symbol " of lib" library[symbol] ", which only " \
				(library[symbol] == "fdt" ? "drivers/of/tree.c" : \
				"arch/arm64/boot, drivers/firmware and tests/efi") " may")
		}
	}
	exit wrong
}
