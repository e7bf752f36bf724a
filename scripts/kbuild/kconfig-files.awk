# SPDX-License-Identifier: BSD-2-Clause
#
# Turns conf's auto.conf.cmd, which names Kconfig files without the source
# tree in front (out of tree make would rebuild for ever), into make's
# kconfig_files.

/^\t[^ $]+( \\)?$/ { files = files " " srctree "/" $1 }

END {
	print "kconfig_files :=" files
	# One that is gone makes the configuration out of date instead of an error.
	print "$(kconfig_files):"
}
