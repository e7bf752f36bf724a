/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faults that the image makes itself, at the border to the hardware and the firmware:
 * a register that reads otherwise, a write that does not arrive, a call that is
 * answered wrongly, an interrupt that gets lost, memory that runs out. Asked for
 * with fault= (docs/faults.md), so that a test can be seen to fail on any machine.
 *
 * Without CONFIG_FAULT_INJECT nothing of this is in the image. With it and no
 * fault= each access tests one word. Works at EL1 and EL2, with the MMU on and
 * off, on every CPU. What is counted is counted without a lock: two CPUs at once
 * may count one hit.
 */
#ifndef CORE_FAULT_H
#define CORE_FAULT_H

#include <base/compiler.h>
#include <base/kconfig.h>
#include <base/types.h>

struct smccc_regs;

/* Bits of fault_armed. */
enum fault_kind {
	FAULT_MMIO = 0x1,
	FAULT_SYSREG = 0x2,
	FAULT_SMC = 0x4,
	FAULT_IRQ = 0x8,
	FAULT_ALLOC = 0x10,
};

/* For which kinds there are faults; belongs to arch, whose accessors test it. */
extern u32 fault_armed;

/** fault_is_armed() - whether there is any fault of a kind; constant without CONFIG_FAULT_INJECT */
static inline bool fault_is_armed(enum fault_kind kind)
{
	return IS_ENABLED(CONFIG_FAULT_INJECT) && unlikely(fault_armed & kind);
}

/* What follows is called where fault_is_armed(), and exists with CONFIG_FAULT_INJECT only. */

/**
 * fault_mmio_read() - what a register is said to have read
 * @addr: physical, which is where device_map() maps it
 * @val: as it read
 */
u64 fault_mmio_read(u64 addr, u64 val);

/** fault_mmio_write() - false: the write is not to be made. Else with *@val */
bool fault_mmio_write(u64 addr, u64 *val);

/**
 * fault_sysreg_read() - what a system register is said to have read
 * @name: as it stands in the source; case does not matter
 * @val: as it read
 */
u64 fault_sysreg_read(const char *name, u64 val);

/** fault_sysreg_write() - false: the write is not to be made. Else with *@val */
bool fault_sysreg_write(const char *name, u64 *val);

/**
 * fault_smc_call() - before a call of firmware
 * @regs: of the call; the function is w0. May be changed
 *
 * Return: false: the call is not to be made, @regs hold what it returned.
 */
bool fault_smc_call(struct smccc_regs *regs);

/** fault_smc_return() - behind a call of @function: changes what it returned */
void fault_smc_return(u32 function, struct smccc_regs *regs);

/** fault_irq() - an interrupt was acknowledged. Return: false: nobody is told; else of *@intid */
bool fault_irq(u32 *intid);

/**
 * fault_alloc() - memory was asked for
 * @what: "heap", "pages"
 *
 * Return: false: there is none.
 */
bool fault_alloc(const char *what);

/* These are called everywhere. */

void fault_region_add(const char *device, const char *driver, unsigned int n, u64 base, u64 size);
void fault_scope_set(const char *suite, const char *name);
void fault_scope_begin(bool inside);
void fault_run_report(void);

/**
 * fault_region() - registers of a device were mapped; fault=mmio: knows them by name
 * @device: name of the device
 * @driver: of its driver, NULL without
 * @n: which of its ranges
 * @base: physical address
 * @size: bytes
 */
static inline void fault_region(const char *device, const char *driver, unsigned int n,
				u64 base, u64 size)
{
	if (IS_ENABLED(CONFIG_FAULT_INJECT))
		fault_region_add(device, driver, n, base, size);
}

/**
 * fault_scope() - which case is going to run, for in=
 * @suite: its suite; NULL: none
 * @name: its name, "" for the suite's init() or exit()
 */
static inline void fault_scope(const char *suite, const char *name)
{
	if (IS_ENABLED(CONFIG_FAULT_INJECT))
		fault_scope_set(suite, name);
}

/** fault_inside() - the case's own code runs, or not any more: faults with in= hold there only */
static inline void fault_inside(bool inside)
{
	if (IS_ENABLED(CONFIG_FAULT_INJECT))
		fault_scope_begin(inside);
}

/** fault_report() - behind the last case: a line for each fault; one that nothing has hit is an error */
static inline void fault_report(void)
{
	if (IS_ENABLED(CONFIG_FAULT_INJECT))
		fault_run_report();
}

#endif
