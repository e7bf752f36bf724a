/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The cache model of docs/cache-audit.md.
 *
 * 64 models run at once, a bit each in every mask: model 0 is the image as it
 * is; model n is the image without the maintenance of site n, sites being
 * numbered as they are met. An access does the same in all of them, and an
 * operation does nothing in the one that goes without it.
 */
#ifndef AUDIT_MODEL_H
#define AUDIT_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define LINE_SHIFT	6		/* the smallest line that is told apart: 64 bytes */
#define LINE_SIZE	(1u << LINE_SHIFT)
#define MODELS		64
#define MAX_CPUS	1024

enum finding_kind {
	READ_DIRTY,
	WRITE_DIRTY,
	READ_STALE,
	WRITE_STALE,
	WALK_STALE,
	FETCH_STALE,
	FETCH_POC,
	FETCH_POU,
	FETCH_ICACHE,
	FETCH_AHEAD,
	DROP,
	LIMIT,
};

struct line;

enum operation { DC_CVAC, DC_CVAU, DC_CIVAC, DC_IVAC, IC_IVAU, IC_IALLU, IC_IALLUIS };

enum cpu_state {
	CPU_FOREIGN,		/* the firmware's: has not come to the image yet, or left it */
	CPU_MMU_ON,
	CPU_MMU_OFF,
};

/* Where something happened, and to what. */
struct place {
	unsigned int cpu;
	uint64_t pc;
};

struct config {
	uint64_t image_size, file_size;	/* bytes of the image in memory and in the file */
	uint64_t line;			/* bytes that an eviction writes and an operation acts on */
	unsigned int first_site;	/* sites before this one are never left out */
};

/** model_init() - set up; @out gets the findings, a line each */
void model_init(const struct config *config, FILE *out);

/**
 * model_begin() - the boot CPU reached the image; once more: under other assumptions
 * @image: virtual address of the image
 * @key: the same as QEMU numbers physical memory
 */
void model_begin(struct place at, bool direct, uint64_t image, uint64_t key);
void model_base(uint64_t image, uint64_t key);
void model_cpu(struct place at, enum cpu_state state);
void model_site(struct place at);
void model_barrier(unsigned int cpu);
void model_table(struct place at, uint64_t key, bool walked);
void model_operation(struct place at, enum operation operation, uint64_t key);
void model_access(struct place at, uint64_t key, unsigned int size, bool store);
/** model_el2() - EL2, its MMU off, runs beneath an EL1 that is unaware; or no more */
void model_el2(struct place at, bool enters);
/** model_fetch() - @size bytes of instructions are about to run, from @at.pc */
void model_fetch(struct place at, uint64_t key, size_t size);
/** model_end() - write what was seen of each site */
void model_end(void);

/* model.c, for fetch.c */
#define ALL		(~0ULL)
#define NO_SITE		0
#define MAX_FETCHED	64

struct cpu {
	enum cpu_state state;
	uint32_t barriers;
	unsigned int site;
	/* Pages that instructions were fetched from with the MMU off, each with its next one. */
	uint64_t fetched[MAX_FETCHED];
	bool el1_is_on;			/* while EL2 runs with its MMU off */
	unsigned int fetched_count;	/* more than MAX_FETCHED: from anywhere */
	uint64_t prefetched;		/* models in which the I-cache may still hold what came so */
};

extern struct cpu cpus[MAX_CPUS];

/** initial_dirty() - models in which a line that was never touched may be dirty */
uint64_t initial_dirty(uint64_t key);
/** model_left_out() - the model that goes without the operations of a CPU now, or NO_SITE */
unsigned int model_left_out(unsigned int cpu);
/** left_out() - the same as a mask, 0 for none */
uint64_t left_out(unsigned int cpu);

/* fetch.c */
/** code_cleaned() - by DC, to whatever point; code_invalidated() - by IC IVAU */
void code_cleaned(unsigned int cpu, struct line *line, uint64_t key);
void code_invalidated(unsigned int cpu, struct line *line, uint64_t key);
/** code_forget() - IC IALLU, or IALLUIS for @everywhere */
void code_forget(unsigned int by, bool everywhere);
/** code_fetched_ahead() - the MMU of a CPU is off from here */
void code_fetched_ahead(struct cpu *cpu);

/* findings.c */
void findings_init(FILE *out, uint64_t image_size);
void findings_base(uint64_t image, uint64_t key);
/** finding() - @models: the models in which it is one; @other: the access that it goes against */
void finding(enum finding_kind kind, uint64_t models, struct place at, uint64_t key,
	     struct place other);

/* lines.c */
struct line {
	uint64_t dirty;		/* models in which a cache may hold what memory lacks */
	uint64_t stale;		/* models in which a cache may hold less than memory */
	uint64_t pc;		/* of the last write that was seen */
	uint32_t barriers;	/* that its CPU had executed by then */
	uint16_t cpu;
	bool written;		/* since the image began */
	bool maintained;	/* has a struct code */
};

/* What was done to make a written line executable. */
#define CODE_STEPS	4
struct step {
	uint8_t site;
	uint64_t time;
};

struct code {
	uint64_t number;
	unsigned int cleans, ivaus;
	struct step clean[CODE_STEPS];		/* the first of each site since the write */
	struct step ivau[CODE_STEPS];		/* the last of each site */
	uint64_t checked;			/* when it was run last, and by which CPU */
	unsigned int checked_by;
};

/** lines_init() - @initial: masks of a line nothing is known of */
void lines_init(uint64_t (*initial_dirty)(uint64_t key));
/** line_find() - NULL when nothing was written or maintained there; line_get() makes it */
struct line *line_find(uint64_t key);
/** line_get() - NULL when there is no room left */
struct line *line_get(uint64_t key);
/** lines_all_dirty() - of what the image wrote, nothing is in memory for certain */
void lines_all_dirty(void);
/** code_get() - NULL when there is no room left, or when there is none and not @make */
struct code *code_get(uint64_t key, bool make);

#endif
