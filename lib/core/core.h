/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of lib/core. */
#ifndef LIB_CORE_H
#define LIB_CORE_H

#include <core/boot.h>
#include <core/power.h>
#include <core/stage.h>

void boot_info_set(const struct boot_info *bi);

/* The boot CPU is CPU 0, before any table is read. */
void cpu_init_boot(void);

/* Memory for all CPUs that were found; before the page tables are made. */
void cpu_areas_init(void);

/* How the CPUs were started, and how long that took. */
u64 cpu_start_us(void);
const char *cpu_start_how(void);
void cpu_summary(void);

/* The first line of the output. */
void banner_print(void);
/* What the machine is, once drivers have probed. */
void summary_print(const struct boot_info *bi);

/* Put the map in order and take out what is in use; 0 or -errno. */
int memory_init(struct boot_info *bi);

/* Have the page allocator take over what the map has as free. */
void pages_init(void);
/* From now on pages can be written to: the own page tables are active. */
void pages_mapped(void);
/* From now on the heap may take pages. */
void heap_may_grow(void);
/* A range that is no longer free: it was reserved. */
void pages_withdraw(u64 base, u64 size);

/* Everything logged so far, once a console is there to show it. */
void log_replay(void);
/* Run the stages of one time; the sum of what they return where that is no error. */
unsigned int stages_run(enum stage_when when, struct boot_info *bi);

/*
 * Leave boot services, where there are any. Does not return where the run ends
 * before that: finish=return, no console, or a firmware that does not let go.
 */
void firmware_leave(struct boot_info *bi);

/* The end of the run, as finish= or the configuration says. */
void finish(unsigned int failures) __noreturn;

/* Whether finish=return wants boot services to be kept. */
bool finish_returns(void);

/* Ask on the console, where finish=menu says so; true: run again. */
bool finish_menu(void);

/* Whether the whole run is to have the MMU off: mmu=off, or the configuration. */
bool mmu_stays_off(void);

/* Exception level to run at, as el= says. */
void level_choose(unsigned int *el, bool *vhe);

#endif
