# SPDX-License-Identifier: BSD-2-Clause
#
# Lines "fp OBJECT", "function NAME OBJECT", then "image" and objdump -d of the
# linked image. What may not be there:
#
#	FP and SIMD registers, but in objects that test them: our exception
#	entry does not save them, and they may be trapped
#	LSE atomics and calls of libgcc's outlined ones: not every CPU has the
#	first, nothing links the second
#	DC ZVA: faults with the MMU off, and on device memory
#	in our own code, loads and stores on the stack at offsets that the
#	access size does not divide: -mstrict-align was not in force there
#
# Libraries may hold FP code, as libefi's printing does, as long as no function
# of ours can get there; followed along direct calls.

function complain(text)
{
	printf "%s%s: %s: %s %s\n", object ? object ": " : "", place, text, mnemonic, \
		operands >"/dev/stderr"
	wrong++
}

# Bytes that one register of a load or store moves; 0 where it cannot be told.
function access_size()
{
	if (mnemonic ~ /b$/)
		return 1
	if (mnemonic ~ /h$/)
		return 2
	if (mnemonic ~ /w$/ || operands ~ /^w/)
		return 4
	return operands ~ /^x/ ? 8 : 0
}

function check_alignment(	size, offset)
{
	# sp and x29 are multiples of 16; of other bases nothing is known.
	if (mnemonic !~ /^(ld|st)u?r/ || operands !~ /\[(sp|x29),/)
		return
	if (!match(operands, /, #-?(0x)?[0-9a-f]+\]/))
		return
	offset = substr(operands, RSTART + 3, RLENGTH - 4)
	sub(/^-/, "", offset)
	# Only the low three bits matter; llvm-objdump writes some in hex.
	if (offset ~ /^0x/)
		offset = index("0123456789abcdef", substr(offset, length(offset))) - 1
	size = access_size()
	if (size && offset % size)
		complain("unaligned access")
}

$1 == "fp" && !image { fp_object[$2] = 1; next }
$1 == "function" && !image { object_of[$2] = $3; next }
$0 == "image" { image = 1; next }

/^[0-9a-f]+ <.*>:$/ {
	place = $2
	gsub(/[<>:]/, "", place)
	# A local label of a function that has no symbol of ours keeps the object.
	object = place in object_of ? object_of[place] : ""
	functions++
	next
}

image && /^ *[0-9a-f]+:/ {
	line = $0
	sub(/^ *[0-9a-f]+:[ \t]*/, "", line)
	sub(/[ \t]*(\/\/|<).*$/, "", line)
	mnemonic = line
	sub(/[ \t].*$/, "", mnemonic)
	operands = substr(line, length(mnemonic) + 1)
	sub(/^[ \t]+/, "", operands)
	instructions++

	if (mnemonic ~ /^(b|bl|b\..*|bc\..*|adr|adrp|\.word|\.inst|udf)$/) {
		if (match($0, /<[^>+]+/))
			call(substr($0, RSTART + 1, RLENGTH - 1))
		next
	}
	if (mnemonic ~ /^(cbn?z|tbn?z)$/)
		next
	if (operands ~ /(^|[ ,{\[])[vqdshb][0-9][0-9]?([.,}\] ]|$)/ && !(object in fp_object)) {
		if (object)
			complain("FP or SIMD register")
		else
			library_fp[place] = mnemonic " " operands
	}
	if (mnemonic ~ /^(cas|swp|(ld|st)(add|clr|eor|set|smax|smin|umax|umin))/)
		complain("LSE atomic")
	if (mnemonic == "dc" && operands ~ /^g?zva/)
		complain("DC ZVA")
	if (object)
		check_alignment()
}

# A branch from where we are to @target.
function call(target)
{
	if (target ~ /^__aarch64_/)
		complain("outlined atomic")
	if (!((place, target) in called)) {
		called[place, target] = 1
		callees[place] = callees[place] " " target
	}
}

# Everything that functions of ours reach; who led there is in reached_from.
function follow_calls(	n, i, k, count, queue, part)
{
	for (i in object_of) {
		queue[++n] = i
		reached_from[i] = i
	}
	for (i = 1; i <= n; i++) {
		count = split(callees[queue[i]], part, " ")
		for (k = 1; k <= count; k++) {
			if (part[k] in reached_from)
				continue
			reached_from[part[k]] = queue[i]
			queue[++n] = part[k]
		}
	}
}

function complain_of_library(	name, at, path)
{
	for (name in library_fp) {
		if (!(name in reached_from))
			continue
		path = name
		for (at = name; reached_from[at] != at; at = reached_from[at])
			path = reached_from[at] " -> " path
		print object_of[at] ": reaches FP or SIMD code of a library: " path ": " \
			library_fp[name] >"/dev/stderr"
		wrong++
	}
}

END {
	follow_calls()
	complain_of_library()
	if (!instructions || !functions) {
		print "check-insns: no disassembly to check" >"/dev/stderr"
		exit 2
	}
	if (wrong) {
		print "check-insns: " wrong " instructions that must not be in the image" >"/dev/stderr"
		exit 1
	}
}
