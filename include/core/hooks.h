/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole list of what arch/ may call upwards. scripts/kbuild's layer check
 * reads the function names from this file.
 */
#ifndef CORE_HOOKS_H
#define CORE_HOOKS_H

#include <core/boot.h>
#include <core/fault.h>
#include <core/lock.h>
#include <core/log.h>
#include <core/page_alloc.h>
#include <asm/exception.h>

/*
 * Declared in the headers above:
 *	log_printf() log_vprintf() boot_info_complain() pages_alloc() pages_free()
 *	spin_lock() spin_unlock()
 *	fault_mmio_read() fault_mmio_write() fault_sysreg_read() fault_sysreg_write()
 */

/** start() - everything after the hand-off; runs on our stack, MMU on */
void start(struct boot_info *bi) __noreturn;

/**
 * exception_report() - an exception that nobody expected and no case can absorb
 * @regs: the interrupted state
 * @info: which vector, syndrome, addresses
 *
 * Prints the decoded dump, ends the case that runs, or the run.
 */
void exception_report(struct pt_regs *regs, const struct exception_info *info) __noreturn;

/** cpu_secondary() - CPU @index runs on its own stack now; never returns */
void cpu_secondary(unsigned int index) __noreturn;

#endif
