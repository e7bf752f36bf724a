// SPDX-License-Identifier: BSD-2-Clause
/*
 * The registers of a PMU as DDI0487J.a D19 has them. Time is what runs: an access of a
 * register is an instruction of two cycles.
 */
#include "model.h"
#include <asm/cpu.h>
#include <asm/sysreg.h>

#define N		6U
#define PMCR_N_SHIFT	11
#define PMCR_WRITABLE	(PMCR_E | PMCR_D | PMCR_DP | PMCR_LC | PMCR_LP)
#define CYCLE_MASK	(1ULL << PMU_CYCLES)
#define COUNTER_MASK	(CYCLE_MASK | ((1ULL << N) - 1))
#define EVENT(n)	(1ULL << (n))
#define EVENTS_0	(EVENT(PMU_SW_INCR) | EVENT(PMU_L1D_CACHE_REFILL) | EVENT(PMU_L1D_CACHE) | \
			 EVENT(PMU_LD_RETIRED) | EVENT(PMU_INST_RETIRED) |		\
			 EVENT(PMU_BR_MIS_PRED) | EVENT(PMU_CPU_CYCLES) |		\
			 EVENT(PMU_BR_PRED) | EVENT(PMU_MEM_ACCESS) | EVENT(PMU_CHAIN))
#define EVENTS_1	(EVENT(PMU_STALL_FRONTEND - 32) | EVENT(PMU_STALL_BACKEND - 32))

struct model_defects model_defects;

static struct pmu {
	u64 pmcr, enabled, interrupts, overflows, select, user, mdcr;
	u64 type[PMU_COUNTERS], count[PMU_COUNTERS];
	u64 rest;		/* cycles towards the next that PMCR_EL0.D counts */
	bool enable_seen;	/* PMCR_EL0.E, as the interrupt knows it */
} pmus[MODEL_CPUS], *pmu;

static unsigned int level;

void model_set_cpu(unsigned int index)
{
	pmu = &pmus[index];
}

unsigned int model_cpu(void)
{
	return (unsigned int)(pmu - pmus);
}

u64 model_user(void)
{
	return pmu->user;
}

void model_start(unsigned int el)
{
	memset(pmus, 0, sizeof(pmus));
	for (unsigned int i = 0; i < MODEL_CPUS; i++) {
		pmus[i].mdcr = N;
		/* Firmware leaves it running. */
		pmus[i].pmcr = PMCR_E;
		pmus[i].enabled = COUNTER_MASK;
		pmus[i].interrupts = COUNTER_MASK;
	}
	level = el;
	model_set_cpu(0);
}

unsigned int cpu_current_el(void)
{
	return level;
}

static bool is_reserved(unsigned int n)
{
	return n != PMU_CYCLES && n >= (pmu->mdcr & MDCR_HPMN);
}

static bool is_prohibited(unsigned int n, unsigned int el)
{
	bool hpmd = pmu->mdcr & MDCR_HPMD;

	if (el != 2 || is_reserved(n))
		return false;
	if (n != PMU_CYCLES)
		return hpmd;
	return (hpmd && pmu->pmcr & PMCR_DP) || pmu->mdcr & MDCR_HCCD;
}

static bool is_filtered(unsigned int n, unsigned int el)
{
	u64 type = pmu->type[n];

	if (el == 2)
		return !(type & PMU_TYPE_NSH);
	return type & (el ? PMU_TYPE_P : PMU_TYPE_U);
}

static bool counts(unsigned int n, unsigned int el)
{
	bool on = is_reserved(n) ? pmu->mdcr & MDCR_HPME : pmu->pmcr & PMCR_E;

	return on && pmu->enabled & EVENT(n) && !is_filtered(n, el) && !is_prohibited(n, el);
}

static bool wraps_at_64(unsigned int n)
{
	if (n == PMU_CYCLES)
		return pmu->pmcr & PMCR_LC;
	return !is_reserved(n) && pmu->pmcr & PMCR_LP;
}

static bool counts_event(unsigned int n, unsigned int event, unsigned int el)
{
	return n < N && (pmu->type[n] & 0x3ff) == event && counts(n, el);
}

static void add(unsigned int n, u64 amount, unsigned int el)
{
	u64 before = pmu->count[n], after = before + amount;
	bool over = wraps_at_64(n) ? after < before : (after ^ before) >> 32;

	if (over && model_defects.loses_accesses && (pmu->type[n] & 0x3ff) == PMU_MEM_ACCESS)
		after--;
	pmu->count[n] = after;
	if (!over)
		return;
	pmu->overflows |= EVENT(n);
	if (n % 2 == 0 && counts_event(n + 1, PMU_CHAIN, el) && !model_defects.no_chain)
		add(n + 1, 1, el);
}

static void happen(unsigned int event, u64 times, unsigned int el)
{
	if (!times || (event < 32 && model_defects.absent_events & EVENT(event)))
		return;
	for (unsigned int n = 0; n < N; n++)
		if (counts_event(n, event, el))
			add(n, times, el);
}

static void pass_cycles(u64 cycles, unsigned int el)
{
	happen(PMU_CPU_CYCLES, cycles, el);
	if (!counts(PMU_CYCLES, el))
		return;
	if (pmu->pmcr & PMCR_D && !(pmu->pmcr & PMCR_LC)) {
		pmu->rest += cycles;
		cycles = pmu->rest / 64;
		pmu->rest %= 64;
	}
	add(PMU_CYCLES, cycles, el);
}

void model_run(unsigned int el, u64 instructions, u64 loads)
{
	happen(PMU_INST_RETIRED, instructions, el);
	happen(PMU_LD_RETIRED, loads, el);
	happen(PMU_MEM_ACCESS, loads, el);
	happen(PMU_L1D_CACHE, loads, el);
	happen(PMU_BR_PRED, loads, el);
	pass_cycles(2 * instructions, el);
	machine_interrupt();
}

bool model_line(unsigned int index)
{
	const struct pmu *p = &pmus[index];
	u64 low = (1ULL << (p->mdcr & MDCR_HPMN)) - 1, asked = p->interrupts & p->overflows;
	bool on = model_defects.late_enable ? p->enable_seen : p->pmcr & PMCR_E;
	bool hyp = model_defects.no_hpme ? on : p->mdcr & MDCR_HPME;

	return (on && asked & (low | CYCLE_MASK)) || (hyp && asked & ~low & ~CYCLE_MASK);
}

static void write_control(u64 value)
{
	pmu->pmcr = value & PMCR_WRITABLE;
	if (value & PMCR_P)
		memset(pmu->count, 0, N * sizeof(pmu->count[0]));
	if (value & PMCR_C)
		pmu->count[PMU_CYCLES] = 0;
}

static void software_increment(u64 mask)
{
	for (unsigned int n = 0; n < N; n++)
		if (mask & EVENT(n) && counts_event(n, PMU_SW_INCR, level))
			add(n, 1, level);
}

/* "pmevcntr12_el0": 12 with @prefix "pmevcntr"; -1 for what begins otherwise. */
static int number(const char *name, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(name, prefix, n) || name[n] < '0' || name[n] > '9' ? -1 : atoi(name + n);
}

static u64 *counter_word(const char *name)
{
	int n = number(name, "pmevcntr");

	if (n >= 0)
		return &pmu->count[n];
	n = number(name, "pmevtyper");
	if (n >= 0)
		return &pmu->type[n];
	if (!strcmp(name, "pmxevcntr_el0"))
		return &pmu->count[pmu->select];
	if (!strcmp(name, "pmxevtyper_el0"))
		return &pmu->type[pmu->select];
	return NULL;
}

static const struct {
	const char *name;
	size_t at;
} words[] = {
	{ "pmccntr_el0", offsetof(struct pmu, count[PMU_CYCLES]) },
	{ "pmccfiltr_el0", offsetof(struct pmu, type[PMU_CYCLES]) },
	{ "pmselr_el0", offsetof(struct pmu, select) },
	{ "pmuserenr_el0", offsetof(struct pmu, user) },
	{ "mdcr_el2", offsetof(struct pmu, mdcr) },
	{ "pmcntenset_el0", offsetof(struct pmu, enabled) },
	{ "pmcntenclr_el0", offsetof(struct pmu, enabled) },
	{ "pmintenset_el1", offsetof(struct pmu, interrupts) },
	{ "pmintenclr_el1", offsetof(struct pmu, interrupts) },
	{ "pmovsset_el0", offsetof(struct pmu, overflows) },
	{ "pmovsclr_el0", offsetof(struct pmu, overflows) },
};

static u64 *word(const char *name)
{
	u64 *counter = counter_word(name);

	for (size_t i = 0; !counter && i < ARRAY_SIZE(words); i++)
		if (!strcmp(name, words[i].name))
			counter = (u64 *)((char *)pmu + words[i].at);
	if (!counter) {
		fprintf(stderr, "no register %s\n", name);
		abort();
	}
	return counter;
}

u64 host_sysreg_read(const char *name)
{
	model_run(level, 1, 0);
	if (!strcmp(name, "ID_AA64DFR0_EL1"))
		return PMU_V3P5 << 8;
	if (!strcmp(name, "pmceid0_el0"))
		return EVENTS_0 & ~model_defects.absent_events;
	if (!strcmp(name, "pmceid1_el0"))
		return EVENTS_1;
	if (!strcmp(name, "pmcr_el0"))
		return pmu->pmcr | (u64)(level == 2 ? N : pmu->mdcr & MDCR_HPMN) << PMCR_N_SHIFT;
	return *word(name);
}

void host_sysreg_write(const char *name, u64 value)
{
	bool sets = strstr(name, "set_"), clears = strstr(name, "clr_");

	if (!strcmp(name, "pmcr_el0"))
		write_control(value);
	else if (!strcmp(name, "pmswinc_el0"))
		software_increment(value);
	else if (sets)
		*word(name) |= value & COUNTER_MASK;
	else if (clears)
		*word(name) &= ~value;
	else
		*word(name) = value;
	if (strcmp(name, "pmcr_el0"))
		pmu->enable_seen = pmu->pmcr & PMCR_E;
	model_run(level, 1, 0);
}

void pmu_loop(u64 control, u64 turns)
{
	host_sysreg_write("pmcr_el0", control);
	model_run(level, turns * PMU_LOOP_INSTRUCTIONS, turns * PMU_LOOP_LOADS);
	host_sysreg_write("pmcr_el0", control & ~(PMCR_E | PMCR_P | PMCR_C));
}
