/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a case has broken for good: a CPU that does not come back, a heap whose contents
 * nobody knows, a boot CPU that hangs. Only a reset makes the machine whole; where the
 * run cannot go on behind one it goes on without, as far as that is possible.
 */
#ifndef LIB_TEST_RECOVER_H
#define LIB_TEST_RECOVER_H

#include <base/types.h>

/** recover_begin() - a run begins; an exception in the runner itself costs a reset, and not the run */
void recover_begin(void);

/** recover_end() - it is over */
void recover_end(void);

/**
 * recover_want() - have the machine reset behind the case that runs
 * @reason: static text
 */
void recover_want(const char *reason);

/** recover() - do it, where somebody wants it; between two cases, the last one's result printed and kept */
void recover(void);

/**
 * recover_guard() - bound a case, by what does not need the boot CPU
 * @us: microseconds that it may take; 0: as long as it likes
 *
 * Another CPU, or a watchdog that is described where there is none, gives the case up
 * that is in flight.
 */
void recover_guard(u64 us);

/**
 * recover_guard_behind() - likewise what the runner does behind it, by other CPUs alone
 *
 * The watchdog is stopped: what is found running is the case's.
 */
void recover_guard_behind(u64 us);

/** recover_spare_watchdogs() - whether the cases that come have the watchdogs for themselves */
void recover_spare_watchdogs(bool spare);

#endif
