# SPDX-License-Identifier: BSD-2-Clause
#
# nm -n's list on stdin: the symbol table that lib/core reads for backtraces,
# as assembler. Offsets count from _image and ascend; no relocations. An empty
# list gives an empty table of the same names.

function hex(s,	i, n)
{
	n = 0
	s = tolower(s)
	for (i = 1; i <= length(s); i++)
		n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return n
}

function array(name)
{
	print "\t.balign 4\n\t.globl " name "\n\t.type " name ", %object\n" name ":"
}

$3 == "_image" { image = hex($1) }
$2 ~ /^[tT]$/ && $3 !~ /^[.$]/ {
	address = hex($1)
	# One name an address: the first, but a global one rather than a local.
	if (count && offset[count] == address) {
		if ($2 == "T" && kind[count] == "t") {
			name[count] = $3
			kind[count] = $2
		}
		next
	}
	offset[++count] = address
	name[count] = $3
	kind[count] = $2
}

END {
	print "\t.section .symbols, \"a\""
	array("symbols_count")
	print "\t.long " count + 0
	array("symbols_offset")
	for (i = 1; i <= count; i++)
		print "\t.long " offset[i] - image
	array("symbols_name")
	for (i = 1; i <= count; i++) {
		print "\t.long " place + 0
		place += length(name[i]) + 1
	}
	array("symbols_strings")
	for (i = 1; i <= count; i++)
		print "\t.asciz \"" name[i] "\""
	print "\t.section .note.GNU-stack, \"\", %progbits"
}
