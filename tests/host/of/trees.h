/* SPDX-License-Identifier: BSD-2-Clause */
/* Trees for the tests of drivers/of. */
#ifndef TESTS_HOST_OF_TREES_H
#define TESTS_HOST_OF_TREES_H

#include <ctest.h>
#include <drivers/of.h>

/** tree_read() - a file of the directory that main() was given, in a block of its own */
void *tree_read(const char *name, size_t *size);

/** tree_load() - tree_read(), of_load() and boot_info's fdt; it must be good */
void tree_load(const char *name);

/** tree_discover() - all stages of drivers/of and of the choice, as start() runs them */
void tree_discover(void);

/** tree_use_all() - ask everything of every node; for trees that lie */
void tree_use_all(void);

/** tree_use_pci() - ask every device what a host bridge is asked; behind tree_discover() */
void tree_use_pci(void);

/* Cases of pci.c. */
void pci_windows_are_translated(void);
void pci_pins_are_mapped(void);
void pci_messages_are_mapped(void);

/** fuzz_* - cases */
void fuzz_truncated(void);
void fuzz_flipped_bits(void);
void fuzz_written_words(void);

#endif
