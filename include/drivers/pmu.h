/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The performance monitors of a CPU (FEAT_PMUv3, DDI0487J.a D19): a counter of cycles and
 * some of events, each 32 or 64 bits, with an interrupt when one of them overflows.
 *
 * All functions are for the CPU that calls them, whose registers they are, but for
 * those of interrupts. Each write has its effect when it returns. Counters that run are
 * nobody's but the caller's: pmu_reset() first, and again when done.
 *
 *	pmu_reset();
 *	pmu_set_type(0, PMU_CPU_CYCLES);
 *	pmu_enable(BIT(0));
 *	pmu_loop(PMCR_E, 100);
 *	cycles = pmu_read(0);
 *	pmu_reset();
 */
#ifndef DRIVERS_PMU_H
#define DRIVERS_PMU_H

#include <base/errno.h>
#include <base/kconfig.h>
#include <base/types.h>
#include <core/irq.h>

struct device;

/* ID_AA64DFR0_EL1.PMUVer, as pmu_version() has it */
#define PMU_V3		1U
#define PMU_V3P1	4U
#define PMU_V3P4	5U
#define PMU_V3P5	6U

/* Number of the cycle counter, and its bit in every set of counters; event counters are 0 to 30. */
#define PMU_CYCLES	31U
#define PMU_COUNTERS	32U

/* PMCR_EL0 */
#define PMCR_E		(1ULL << 0)
#define PMCR_P		(1ULL << 1)	/* write only: event counters are 0 */
#define PMCR_C		(1ULL << 2)	/* write only: the cycle counter is 0 */
#define PMCR_D		(1ULL << 3)	/* the cycle counter counts every 64th */
#define PMCR_DP		(1ULL << 5)	/* nor does it count where event counters may not */
#define PMCR_LC		(1ULL << 6)	/* the cycle counter overflows at 64 bits, not at 32 */
#define PMCR_LP		(1ULL << 7)	/* event counters likewise: FEAT_PMUv3p5 */

/* PMEVTYPER<n>_EL0 and PMCCFILTR_EL0 */
#define PMU_TYPE_P	(1ULL << 31)	/* not at EL1 */
#define PMU_TYPE_U	(1ULL << 30)	/* not at EL0 */
#define PMU_TYPE_NSH	(1ULL << 27)	/* at EL2, too */

/* PMUSERENR_EL0: what EL0 may do */
#define PMU_USER_EN	(1ULL << 0)	/* all of it */
#define PMU_USER_SW	(1ULL << 1)	/* write PMSWINC_EL0 */
#define PMU_USER_CR	(1ULL << 2)	/* read the cycle counter */
#define PMU_USER_ER	(1ULL << 3)	/* read event counters */

/* MDCR_EL2 */
#define MDCR_HPMN	0x1fULL		/* event counters from this one on are EL2's */
#define MDCR_HPME	(1ULL << 7)	/* enables those, as PMCR_EL0.E does the others */
#define MDCR_HPMD	(1ULL << 17)	/* those of EL1 do not count at EL2: FEAT_PMUv3p1 */
#define MDCR_HCCD	(1ULL << 23)	/* nor does the cycle counter: FEAT_PMUv3p5 */

/* Events (DDI0487J.a, common event numbers) */
#define PMU_SW_INCR		0x00U
#define PMU_L1D_CACHE_REFILL	0x03U
#define PMU_L1D_CACHE		0x04U
#define PMU_LD_RETIRED		0x06U
#define PMU_INST_RETIRED	0x08U
#define PMU_BR_IMMED_RETIRED	0x0dU
#define PMU_BR_MIS_PRED		0x10U
#define PMU_CPU_CYCLES		0x11U
#define PMU_BR_PRED		0x12U
#define PMU_MEM_ACCESS		0x13U
#define PMU_INST_SPEC		0x1bU
#define PMU_CHAIN		0x1eU
#define PMU_BR_RETIRED		0x21U
#define PMU_STALL_FRONTEND	0x23U
#define PMU_STALL_BACKEND	0x24U
#define PMU_EVENTS		0x40U	/* what PMCEID0_EL0 and PMCEID1_EL0 tell of, below 0x4000 */

/* What one turn of pmu_loop() is */
#define PMU_LOOP_INSTRUCTIONS	3U
#define PMU_LOOP_LOADS		1U
#define PMU_LOOP_BRANCHES	1U

#if IS_ENABLED(CONFIG_PERF_PMUV3)

/** pmu_version() - ID_AA64DFR0_EL1.PMUVer; 0 without a PMU, or with a vendor's own (0xf) */
unsigned int pmu_version(void);

/** pmu_counters() - event counters that this exception level has: PMCR_EL0.N */
unsigned int pmu_counters(void);

/** pmu_has_event() - whether PMCEID0_EL0 or PMCEID1_EL0 tells of an event below PMU_EVENTS */
bool pmu_has_event(unsigned int event);

/** pmu_event_ids() - PMCEID0_EL0 (@n is 0) or PMCEID1_EL0 as it reads */
u64 pmu_event_ids(unsigned int n);

/** pmu_reset() - stop and clear all: counters, types, enables, overflows, EL0's access */
void pmu_reset(void);

/** pmu_control() - PMCR_EL0 */
u64 pmu_control(void);

/** pmu_set_control() - write PMCR_EL0, the whole of it */
void pmu_set_control(u64 control);

/**
 * pmu_type() - what a counter counts, and where
 * @n: of an event counter, which exists, or PMU_CYCLES
 */
u64 pmu_type(unsigned int n);

/**
 * pmu_set_type() - have a counter count an event
 * @n: as above
 * @type: the event (0 of the cycle counter), PMU_TYPE_*. At EL2 counting at EL2 is
 *	always meant: PMU_TYPE_NSH is added. pmu_set_raw_type() leaves it as it is
 */
void pmu_set_type(unsigned int n, u64 type);
void pmu_set_raw_type(unsigned int n, u64 type);

/** pmu_read() - value of a counter, @n as above */
u64 pmu_read(unsigned int n);

/** pmu_write() - set it */
void pmu_write(unsigned int n, u64 value);

/** pmu_selected_type() - the same by PMSELR_EL0 and PMXEVTYPER_EL0 */
u64 pmu_selected_type(unsigned int n);
void pmu_set_selected_type(unsigned int n, u64 type);

/** pmu_selected_read() - by PMSELR_EL0 and PMXEVCNTR_EL0: event counters only */
u64 pmu_selected_read(unsigned int n);
void pmu_selected_write(unsigned int n, u64 value);

/** enum pmu_set - sets of counters with a register to set bits and one to clear them */
enum pmu_set {
	PMU_SET_ENABLE,		/* PMCNTENSET_EL0, PMCNTENCLR_EL0 */
	PMU_SET_INTERRUPT,	/* PMINTENSET_EL1, PMINTENCLR_EL1 */
	PMU_SET_OVERFLOW,	/* PMOVSSET_EL0, PMOVSCLR_EL0 */
	PMU_SETS,
};

/** pmu_set_read() - a set, by the register that sets bits, or that clears them */
u64 pmu_set_read(enum pmu_set set, bool clear);

/** pmu_set_write() - set, or clear, the bits of @mask in it */
void pmu_set_write(enum pmu_set set, bool clear, u64 mask);

static inline void pmu_enable(u64 mask)
{
	pmu_set_write(PMU_SET_ENABLE, false, mask);
}

static inline void pmu_disable(u64 mask)
{
	pmu_set_write(PMU_SET_ENABLE, true, mask);
}

/** pmu_overflows() - which counters have overflowed since that was cleared */
static inline u64 pmu_overflows(void)
{
	return pmu_set_read(PMU_SET_OVERFLOW, false);
}

static inline void pmu_clear_overflows(u64 mask)
{
	pmu_set_write(PMU_SET_OVERFLOW, true, mask);
}

/** pmu_software_increment() - write PMSWINC_EL0: PMU_SW_INCR, once for each counter of @mask */
void pmu_software_increment(u64 mask);

/** pmu_allow_user() - PMUSERENR_EL0 */
void pmu_allow_user(u64 what);

/** pmu_hyp() - MDCR_EL2; at EL2 only */
u64 pmu_hyp(void);

/** pmu_set_hyp() - write it, likewise. Bits but MDCR_H* are the debug architecture's: keep them */
void pmu_set_hyp(u64 mdcr);

/**
 * pmu_loop() - count while a loop of known length runs
 * @control: PMCR_EL0 while it runs; with PMCR_E, or nothing counts but for EL2's own
 * @turns: at least 1; each is PMU_LOOP_INSTRUCTIONS instructions, PMU_LOOP_LOADS of
 *	them loads, PMU_LOOP_BRANCHES branches
 *
 * PMCR_EL0.E is clear again on return; of what starts and stops the counters some few
 * instructions are counted, too (PMU_LOOP_SLACK at the most).
 */
void pmu_loop(u64 control, u64 turns);
#define PMU_LOOP_SLACK	8U

/**
 * pmu_irq() - the interrupt that a CPU's overflows raise
 * @index: of the CPU, as core/cpu.h has it
 * @intid: filled: a PPI, or an SPI of that CPU alone
 * @dev: filled with who describes it; may be NULL
 *
 * Return: 0; -ENOENT when nothing describes it.
 */
int pmu_irq(unsigned int index, u32 *intid, const struct device **dev);

/**
 * pmu_irq_request() - have a CPU's overflow interrupt, on the boot CPU
 * @index: of the CPU
 * @handler: as irq_request() has it; clears the overflow
 * @arg: passed on
 *
 * An SPI then goes to that CPU. The CPU itself enables it: irq_enable(). A PPI is
 * requested for all CPUs at once. irq_request(intid, NULL, NULL) gives it back.
 *
 * Return: its INTID; -ENOENT; else what irq_request() or irq_set_target() returned.
 */
int pmu_irq_request(unsigned int index, irq_handler_t handler, void *arg);

/** pmu_described() - whether a table describes a PMU at all: the n-th that does, or NULL */
const struct device *pmu_described(unsigned int n);

#else

static inline unsigned int pmu_version(void)
{
	return 0;
}

#endif

#endif
