/* SPDX-License-Identifier: BSD-2-Clause */
/* A PMU of FEAT_PMUv3p5 for each of two CPUs, with every event that the suite pmu asks for. */
#ifndef TESTS_HOST_PMU_MODEL_H
#define TESTS_HOST_PMU_MODEL_H

#include <host.h>
#include <drivers/pmu.h>

#define MODEL_CPUS	2U

/* What is wrong with it. */
struct model_defects {
	bool no_chain;		/* CHAIN counts nothing */
	bool loses_accesses;	/* one MEM_ACCESS of each counter's wrap */
	bool no_hpme;		/* EL2's counters interrupt by PMCR_EL0.E */
	bool late_enable;	/* PMCR_EL0.E does not move the interrupt */
	u64 absent_events;	/* bits of PMCEID0_EL0 */
};

extern struct model_defects model_defects;

/** model_start() - both as they come out of reset, at an exception level, of CPU 0 */
void model_start(unsigned int el);

/** model_set_cpu() - which one is meant from now on; model_cpu() tells */
void model_set_cpu(unsigned int index);
unsigned int model_cpu(void);

/** model_run() - something executes: so many instructions and loads, at a level */
void model_run(unsigned int el, u64 instructions, u64 loads);

/** model_line() - whether the PMU of a CPU asks for its interrupt */
bool model_line(unsigned int index);

/** model_user() - PMUSERENR_EL0 */
u64 model_user(void);

/* machine.c: what the image around a driver and a suite is; takes what is asked for. */
void machine_interrupt(void);
void machine_start(void);

#endif
