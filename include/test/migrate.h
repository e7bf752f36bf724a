/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Live migration: the machine goes on elsewhere, in the middle of a case. Whoever runs
 * it does that, by `make run MIGRATE=1` (docs/migration.md).
 */
#ifndef TEST_MIGRATE_H
#define TEST_MIGRATE_H

#include <base/types.h>

/* In which a machine has to have moved; on the host's time, unless that is slower. */
#define TEST_MIGRATE_MS	100000U

/** test_migrates() - whether whoever runs this machine moves it when asked: the word migrate=on */
bool test_migrates(void);

/**
 * test_migrate() - have this machine moved, now
 *
 * Prints the line "# please migrate" and waits for the line "migrated" on a console;
 * all CPUs and devices run on meanwhile. On the boot CPU, with a deadline of the case
 * above TEST_MIGRATE_MS. Ends the case with a SKIP where nobody moves machines, and
 * as an ERROR where it did not work.
 */
void test_migrate(void);

#endif
