# SPDX-License-Identifier: BSD-2-Clause
#
# Writes what make must remember of a target: the command that made it (in
# KB_CMD) and, with -v deps=FILE, what the compiler read.
#
# Every object reads autoconf.h, which changes with every option. So that one
# option rebuilds only its users, autoconf.h is left out, and for each CONFIG_
# word in the files read the object depends on that option's own file below
# include/config, which conf touches when the value changes.

function make_escape(s)
{
	gsub(/\$/, "$$", s)
	gsub(/#/, "\\#", s)
	return s
}

function option_file(option,	s)
{
	s = tolower(substr(option, 8))
	gsub(/_/, "/", s)
	return "include/config/" s ".h"
}

function scan_options(file,	line)
{
	while ((getline line < file) > 0) {
		while (match(line, /CONFIG_[A-Z0-9_]+/)) {
			options[substr(line, RSTART, RLENGTH)] = 1
			line = substr(line, RSTART + RLENGTH)
		}
	}
	close(file)
}

function add_file(file)
{
	if (file in seen || file ~ /(^|\/)include\/generated\/autoconf\.h$/)
		return
	seen[file] = 1
	files[++count] = file
	# Foreign headers (compiler, sysroot) have no options of ours.
	if (srctree == "." ? file !~ /^\// : index(file, srctree "/") == 1)
		scan_options(file)
}

BEGIN {
	print "saved." target " := " make_escape(ENVIRON["KB_CMD"])
	if (deps == "")
		exit
	while ((getline line < deps) > 0) {
		sub(/\\$/, "", line)
		sub(/^[^ ]*: /, "", line)
		n = split(line, words, " ")
		for (i = 1; i <= n; i++)
			add_file(words[i])
	}
	printf "deps." target " :="
	for (i = 1; i <= count; i++)
		printf " \\\n %s", make_escape(files[i])
	print ""
	printf "deps." target " += $(wildcard"
	for (option in options)
		printf " \\\n %s", option_file(option)
	print ")"
	print target ": $(deps." target ")"
	# A header that is gone makes its users out of date instead of an error.
	print "$(deps." target "):"
}
