// SPDX-License-Identifier: BSD-2-Clause
/* What instruction caches may hold, and which instructions are not what was written. */
#include "model.h"

#define PAGE_SIZE	4096

static uint64_t clock = 1;			/* counts maintenance of code */
static uint64_t icache_time[MAX_CPUS][MODELS];	/* last invalidation of all, by its site */

/* Keep the first or the last time of each site. */
static void note_step(struct step *steps, unsigned int *count, unsigned int site, bool last)
{
	unsigned int i;

	for (i = 0; i < *count; i++)
		if (steps[i].site == site)
			break;
	if (i < *count && last)
		steps[i].time = ++clock;
	if (i < *count || i == CODE_STEPS)
		return;
	steps[i] = (struct step){ .site = site, .time = ++clock };
	*count = i + 1;
}

void code_cleaned(unsigned int cpu, struct line *line, uint64_t key)
{
	struct code *code;

	if (!line->written)
		return;
	code = code_get(key, true);
	if (!code)
		return;		/* then running it will be found */
	line->maintained = true;
	note_step(code->clean, &code->cleans, model_left_out(cpu), false);
}

void code_invalidated(unsigned int cpu, struct line *line, uint64_t key)
{
	struct code *code = line->written ? code_get(key, true) : NULL;

	if (!code)
		return;
	line->maintained = true;
	note_step(code->ivau, &code->ivaus, model_left_out(cpu), true);
}

/* @cpu's whole instruction cache, invalidated by @by. While its MMU is off, it fills again. */
static void forget_icache(unsigned int cpu, unsigned int by)
{
	icache_time[cpu][model_left_out(by)] = clock;
	if (cpus[cpu].state == CPU_MMU_ON)
		cpus[cpu].prefetched &= left_out(by);
}

void code_forget(unsigned int by, bool everywhere)
{
	unsigned int i;

	clock++;
	for (i = 0; i < MAX_CPUS; i++)
		if (i == by || everywhere)
			forget_icache(i, by);
}

void code_fetched_ahead(struct cpu *cpu)
{
	cpu->fetched_count = 0;
	cpu->prefetched = ALL;
}

/* When the line was first clean, in a model; 0 never. */
static uint64_t cleaned_at(const struct code *code, unsigned int model)
{
	uint64_t first = 0;
	unsigned int i;

	for (i = 0; code && i < code->cleans; i++)
		if ((code->clean[i].site != model || !model) && (!first || code->clean[i].time < first))
			first = code->clean[i].time;
	return first;
}

static uint64_t invalidated_at(const struct code *code, unsigned int cpu, unsigned int model)
{
	uint64_t last = 0;
	unsigned int i;

	for (i = 0; i < MODELS; i++)
		if ((i != model || !model) && icache_time[cpu][i] > last)
			last = icache_time[cpu][i];
	for (i = 0; code && i < code->ivaus; i++)
		if ((code->ivau[i].site != model || !model) && code->ivau[i].time > last)
			last = code->ivau[i].time;
	return last;
}

/* Written code must be clean to the PoU, and the I-cache of this CPU invalidated after that. */
static void check_code(struct place at, uint64_t key, struct line *line)
{
	struct code *code = code_get(key, true);
	uint64_t unclean = 0, held = 0;
	struct place other = { line->cpu, line->pc };
	unsigned int i;

	line->maintained = true;
	if (code && code->checked == clock && code->checked_by == at.cpu)
		return;
	if (code) {
		code->checked = clock;
		code->checked_by = at.cpu;
	}
	for (i = 0; i < MODELS; i++) {
		/* A write with the MMU off is in memory by itself. */
		uint64_t clean = cleaned_at(code, i);
		uint64_t invalid = invalidated_at(code, at.cpu, i);

		if (!clean && line->dirty >> i & 1)
			unclean |= 1ULL << i;
		else if (invalid < clean || !invalid)
			held |= 1ULL << i;
	}
	if (unclean)
		finding(FETCH_POU, unclean, at, key, other);
	if (held)
		finding(FETCH_ICACHE, held, at, key, other);
}

static void note_fetch(struct cpu *cpu, uint64_t page)
{
	unsigned int i;

	for (i = 0; i < cpu->fetched_count && i < MAX_FETCHED; i++)
		if (cpu->fetched[i] == page)
			return;
	if (i < MAX_FETCHED)
		cpu->fetched[i] = page;
	if (cpu->fetched_count <= MAX_FETCHED)
		cpu->fetched_count++;
}

/*
 * With the MMU off, a CPU may fetch ahead, past the unified caches, in the page
 * that it runs in and in the next (DDI0487J.a D8.2.9).
 */
static bool is_prefetched(const struct cpu *cpu, uint64_t page)
{
	unsigned int i;

	if (cpu->fetched_count > MAX_FETCHED)
		return true;
	for (i = 0; i < cpu->fetched_count; i++)
		if (cpu->fetched[i] == page || cpu->fetched[i] + 1 == page)
			return true;
	return false;
}

static void fetch_line(struct place at, uint64_t key)
{
	struct cpu *cpu = &cpus[at.cpu];
	struct line *line = line_find(key);
	uint64_t dirty = line ? line->dirty : initial_dirty(key);
	struct place other = line ? (struct place){ line->cpu, line->pc } : (struct place){ 0 };

	if (cpu->state == CPU_MMU_OFF) {
		note_fetch(cpu, key / PAGE_SIZE);
		if (dirty)
			finding(FETCH_POC, dirty, at, key, other);
	} else if (cpu->prefetched & dirty && is_prefetched(cpu, key / PAGE_SIZE)) {
		finding(FETCH_AHEAD, cpu->prefetched & dirty, at, key, other);
	}
	if (!line || !line->written)
		return;
	if (cpus[at.cpu].state == CPU_MMU_ON && line->stale)
		finding(FETCH_STALE, line->stale, at, key, other);
	check_code(at, key, line);
}

void model_fetch(struct place at, uint64_t key, size_t size)
{
	uint64_t pc = at.pc, line;

	if (cpus[at.cpu].state == CPU_FOREIGN)
		return;
	for (line = key & ~(uint64_t)(LINE_SIZE - 1); line < key + size; line += LINE_SIZE) {
		at.pc = line < key ? pc : pc + (line - key);
		fetch_line(at, line);
	}
}
