/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The self-hosted debug architecture of this CPU: breakpoints, watchpoints, software
 * step (DDI 0487J.a D2). Each CPU has its own registers. Nothing is armed outside of
 * arch_debug_begin() and arch_debug_end().
 */
#ifndef ASM_DEBUG_H
#define ASM_DEBUG_H

/* MDSCR_EL1 (DDI 0487J.a D19.3.20) */
#define MDSCR_SS		(1ULL << 0)	/* software step */
#define MDSCR_KDE		(1ULL << 13)	/* exceptions of the level that takes them */
#define MDSCR_HDE		(1ULL << 14)	/* they halt: an external debugger has them */
#define MDSCR_MDE		(1ULL << 15)	/* break- and watchpoints */

#define DEBUG_PSTATE_D		(1ULL << 9)
#define DEBUG_SPSR_SS		(1ULL << 21)

/* DBGBCR<n>_EL1 and DBGWCR<n>_EL1: what both have */
#define DEBUG_E			(1ULL << 0)
#define DEBUG_EL0		(2ULL << 1)			/* PMC or PAC; HMC, SSC 0 */
#define DEBUG_EL1		(1ULL << 1)
#define DEBUG_EL0_EL1		(3ULL << 1)
#define DEBUG_EL2		(1ULL << 13 | 3ULL << 14)	/* HMC 1, SSC 3: EL2 alone */
#define DEBUG_ALL_LEVELS	(3ULL << 1 | 1ULL << 13)	/* HMC 1, SSC 0 */
#define DEBUG_LBN(n)		((unsigned long long)(n) << 16)

/* DBGBCR<n>_EL1 */
#define BREAK_INSN		(0xfULL << 5)			/* BAS: one of A64 */
#define BREAK_ADDRESS		(0ULL << 20)			/* BT */
#define BREAK_ADDRESS_LINKED	(1ULL << 20)
#define BREAK_CONTEXT		(2ULL << 20)
#define BREAK_CONTEXT_LINKED	(3ULL << 20)
#define BREAK_CONTEXT_EL2_LINKED (13ULL << 20)			/* CONTEXTIDR_EL2: FEAT_VHE */

/* DBGWCR<n>_EL1 */
#define WATCH_LOADS		(1ULL << 3)			/* LSC */
#define WATCH_STORES		(2ULL << 3)
#define WATCH_BYTES(bas)	((unsigned long long)(bas) << 5)
#define WATCH_LINKED		(1ULL << 20)			/* WT */
#define WATCH_MASK(bits)	((unsigned long long)(bits) << 24)

#ifndef __ASSEMBLER__
#include <base/types.h>

#define DEBUG_REGISTERS		16

/** struct arch_debug_state - all of it that software sets, as moves with a thread or a machine */
struct arch_debug_state {
	u64 mdscr;
	u64 break_value[DEBUG_REGISTERS];
	u64 break_control[DEBUG_REGISTERS];
	u64 watch_value[DEBUG_REGISTERS];
	u64 watch_control[DEBUG_REGISTERS];
};

/** arch_debug_breakpoints() - how many this CPU has: ID_AA64DFR0_EL1.BRPs */
unsigned int arch_debug_breakpoints(void);

/** arch_debug_watchpoints() - how many this CPU has: ID_AA64DFR0_EL1.WRPs */
unsigned int arch_debug_watchpoints(void);

/** arch_debug_context_breakpoints() - how many of the last breakpoints can compare contexts */
unsigned int arch_debug_context_breakpoints(void);

/** arch_debug_set_breakpoint() - DBGBVR and DBGBCR of number @n, in force behind arch_debug_arm() */
void arch_debug_set_breakpoint(unsigned int n, u64 value, u64 control);

/** arch_debug_set_watchpoint() - the same of a watchpoint */
void arch_debug_set_watchpoint(unsigned int n, u64 value, u64 control);

/** arch_debug_get_breakpoint() - as they read back; zeroes beyond the last */
void arch_debug_get_breakpoint(unsigned int n, u64 *value, u64 *control);

/** arch_debug_get_watchpoint() - the same of a watchpoint */
void arch_debug_get_watchpoint(unsigned int n, u64 *value, u64 *control);

/**
 * arch_debug_begin() - make the debug registers of this CPU ours
 *
 * The OS lock is open, no break- or watchpoint set, whatever was left; at EL2 debug
 * exceptions come to EL2 (MDCR_EL2.TDE), and MDSCR_EL1 is 0.
 *
 * Return: 1 when the OS lock was locked, else 0, for arch_debug_end(); -EBUSY when an
 * external debugger has the breakpoints (MDSCR_EL1.HDE): nothing was changed but the
 * lock, which is as it was.
 */
int arch_debug_begin(void);

/**
 * arch_debug_end() - nothing is armed any more, and MDCR_EL2.TDE is 0
 * @locked: what arch_debug_begin() said
 */
void arch_debug_end(int locked);

/** arch_debug_arm() - write MDSCR_EL1; it and what was set before are in force on return */
void arch_debug_arm(u64 mdscr);

/** arch_debug_set_os_lock() - OSLAR_EL1: with the lock closed no debug exceptions come */
void arch_debug_set_os_lock(bool locked);

/** arch_debug_route_to_el2() - MDCR_EL2.TDE; at EL2 only */
void arch_debug_route_to_el2(bool route);

/** arch_debug_save() - read all of it */
void arch_debug_save(struct arch_debug_state *state);

/** arch_debug_load() - write all of it, of this CPU or another; MDSCR_EL1 last */
void arch_debug_load(const struct arch_debug_state *state);

#endif
#endif
