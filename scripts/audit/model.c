// SPDX-License-Identifier: BSD-2-Clause
/* What caches may hold, line by line, and which access goes against it. */
#include <inttypes.h>
#include "model.h"

#define MAX_SITES	4096
#define MAX_TABLES	65536
#define PAGE_SIZE	4096
#define BARRIERS_OF_MAINTENANCE	2

struct site {
	uint64_t pc, offset;
	uint64_t operations;
};

struct cpu cpus[MAX_CPUS];
static struct config config;
static FILE *file;
static struct site sites[MAX_SITES];
static unsigned int site_count;
static uint64_t image, image_key;	/* virtual address, and key */
static bool begun, direct, limit_told;
static uint64_t tables[MAX_TABLES];
static unsigned int table_count;

uint64_t initial_dirty(uint64_t key)
{
	return direct && key >= image_key && key - image_key < config.file_size ? 0 : ALL;
}

void model_init(const struct config *wanted, FILE *out)
{
	config = *wanted;
	file = out;
	lines_init(initial_dirty);
	findings_init(out, config.image_size);
}

static void complain_of_limit(struct place at, uint64_t key)
{
	if (!limit_told)
		finding(LIMIT, 1, at, key, (struct place){ 0 });
	limit_told = true;
}

/* The model that goes without the operations of a site, NO_SITE when none does. */
static unsigned int model_of_site(unsigned int site)
{
	unsigned int model = site - config.first_site + 1;

	return site >= config.first_site && model < MODELS ? model : NO_SITE;
}

unsigned int model_left_out(unsigned int cpu)
{
	return cpus[cpu].site ? model_of_site(cpus[cpu].site) : NO_SITE;
}

uint64_t left_out(unsigned int cpu)
{
	unsigned int model = model_left_out(cpu);

	return model == NO_SITE ? 0 : 1ULL << model;
}

void model_begin(struct place at, bool is_direct, uint64_t addr, uint64_t key)
{
	if (!begun || direct != is_direct) {
		if (begun)
			lines_all_dirty();
		begun = true;
		direct = is_direct;
		model_base(addr, key);
	}
	cpus[at.cpu].state = is_direct ? CPU_MMU_OFF : CPU_MMU_ON;
}

void model_base(uint64_t addr, uint64_t key)
{
	image = addr;
	image_key = key;
	findings_base(addr, key);
}

static void check_walk(struct place at, uint64_t table)
{
	uint64_t key;

	for (key = table; key < table + PAGE_SIZE; key += LINE_SIZE) {
		struct line *line = line_find(key);

		if (line && line->stale)
			finding(WALK_STALE, line->stale, at, key,
				(struct place){ line->cpu, line->pc });
	}
}

void model_cpu(struct place at, enum cpu_state state)
{
	unsigned int i;

	if (state == CPU_MMU_OFF && cpus[at.cpu].state != CPU_MMU_OFF)
		code_fetched_ahead(&cpus[at.cpu]);
	cpus[at.cpu].state = begun ? state : CPU_FOREIGN;
	for (i = 0; state == CPU_MMU_ON && i < table_count; i++)
		check_walk(at, tables[i]);
}

/* What EL2 runs may be fetched ahead by it like by anybody whose MMU is off. */
void model_el2(struct place at, bool enters)
{
	struct cpu *cpu = &cpus[at.cpu];

	if (enters && cpu->state == CPU_MMU_ON) {
		cpu->el1_is_on = true;
		cpu->state = CPU_MMU_OFF;
		code_fetched_ahead(cpu);
	} else if (!enters && cpu->el1_is_on) {
		cpu->el1_is_on = false;
		cpu->state = CPU_MMU_ON;
	}
}

void model_site(struct place at)
{
	unsigned int i;

	if (!begun)
		return;
	for (i = 1; i <= site_count; i++)
		if (sites[i].pc == at.pc)
			break;
	if (i == MAX_SITES) {
		complain_of_limit(at, 0);
		return;
	}
	if (i > site_count) {
		site_count = i;
		sites[i].pc = at.pc;
		sites[i].offset = at.pc - image;
		if (model_of_site(i) != NO_SITE)
			fprintf(file, "site %u image+0x%" PRIx64 "\n", model_of_site(i),
				sites[i].offset);
		fflush(file);
	}
	cpus[at.cpu].site = i;
}

void model_barrier(unsigned int cpu)
{
	cpus[cpu].barriers++;
}

void model_table(struct place at, uint64_t key, bool walked)
{
	unsigned int i;

	key &= ~(uint64_t)(PAGE_SIZE - 1);
	for (i = 0; i < table_count && tables[i] != key; i++)
		;
	if (!walked && i < table_count)
		tables[i] = tables[--table_count];
	if (!walked)
		return;
	if (i == MAX_TABLES) {
		complain_of_limit(at, key);
		return;
	}
	tables[i] = key;
	if (i == table_count)
		table_count++;
	if (cpus[at.cpu].state == CPU_MMU_ON)
		check_walk(at, key);
}

static void operate_on_line(struct place at, enum operation operation, uint64_t key)
{
	uint64_t kept = left_out(at.cpu);
	struct line *line = line_get(key);

	if (!line) {
		complain_of_limit(at, key);
		return;
	}
	switch (operation) {
	case DC_IVAC:
		if (line->written && line->dirty & ~kept)
			finding(DROP, line->dirty & ~kept, at, key,
				(struct place){ line->cpu, line->pc });
		line->dirty &= kept;
		line->stale &= kept;
		break;
	case DC_CIVAC:
		code_cleaned(at.cpu, line, key);
		line->dirty &= kept;
		line->stale &= kept;
		break;
	case DC_CVAC:
		code_cleaned(at.cpu, line, key);
		line->dirty &= kept;
		break;
	case DC_CVAU:
		code_cleaned(at.cpu, line, key);
		break;
	case IC_IVAU:
		code_invalidated(at.cpu, line, key);
		break;
	default:
		break;
	}
}

void model_operation(struct place at, enum operation operation, uint64_t key)
{
	uint64_t line_size = operation == IC_IVAU ? LINE_SIZE : config.line;
	uint64_t start = key & ~(line_size - 1);

	if (!begun)
		return;
	sites[cpus[at.cpu].site].operations++;
	if (operation == IC_IALLU || operation == IC_IALLUIS) {
		code_forget(at.cpu, operation == IC_IALLUIS);
		return;
	}
	for (key = start; key < start + line_size; key += LINE_SIZE)
		operate_on_line(at, operation, key);
}

/*
 * A write and the maintenance that belongs to it are one: DSB, DC, DSB. Another
 * CPU that looks before its end is polling, and looks again.
 */
static bool is_settled(const struct line *line, unsigned int cpu)
{
	return !line->written || line->cpu == cpu ||
		cpus[line->cpu].barriers - line->barriers >= BARRIERS_OF_MAINTENANCE;
}

static void read_line(struct place at, uint64_t key)
{
	struct line *line = line_find(key);
	uint64_t dirty = line ? line->dirty : initial_dirty(key);
	struct place other = line ? (struct place){ line->cpu, line->pc } : (struct place){ 0 };

	if (line && !is_settled(line, at.cpu))
		return;
	switch (cpus[at.cpu].state) {
	case CPU_MMU_OFF:
		if (dirty)
			finding(READ_DIRTY, dirty, at, key, other);
		break;
	case CPU_MMU_ON:
		if (line && line->stale)
			finding(READ_STALE, line->stale, at, key, other);
		break;
	case CPU_FOREIGN:
		/* What others left is theirs; what we wrote must be where it can be seen. */
		if (line && line->written && line->dirty)
			finding(READ_DIRTY, line->dirty, at, key, other);
		break;
	}
}

/* An eviction writes whole lines: what is with @key in one of config.line bytes counts. */
static void check_write(struct place at, uint64_t key, bool on)
{
	uint64_t start = key & ~(config.line - 1), part;

	for (part = start; part < start + config.line; part += LINE_SIZE) {
		struct line *line = line_find(part);
		uint64_t bad = on ? (line ? line->stale : 0)
				  : (line ? line->dirty : initial_dirty(part));

		if (bad && (!line || is_settled(line, at.cpu)))
			finding(on ? WRITE_STALE : WRITE_DIRTY, bad, at, part,
				line ? (struct place){ line->cpu, line->pc } : (struct place){ 0 });
	}
}

static void write_line(struct place at, uint64_t key)
{
	enum cpu_state state = cpus[at.cpu].state;
	struct line *line;
	struct code *code;

	if (state == CPU_FOREIGN)
		return;
	check_write(at, key, state == CPU_MMU_ON);
	line = line_get(key);
	if (!line) {
		complain_of_limit(at, key);
		return;
	}
	line->dirty = state == CPU_MMU_ON ? ALL : 0;
	line->stale = state == CPU_MMU_ON ? 0 : ALL;
	line->pc = at.pc;
	line->cpu = at.cpu;
	line->barriers = cpus[at.cpu].barriers;
	line->written = true;
	code = line->maintained ? code_get(key, false) : NULL;
	if (code)
		code->cleans = code->ivaus = code->checked = 0;
}

void model_access(struct place at, uint64_t key, unsigned int size, bool store)
{
	uint64_t line;

	if (!begun)
		return;
	for (line = key & ~(uint64_t)(LINE_SIZE - 1); line < key + size; line += LINE_SIZE) {
		if (store)
			write_line(at, line);
		else
			read_line(at, line);
	}
}

void model_end(void)
{
	unsigned int i;

	for (i = 1; i <= site_count; i++)
		fprintf(file, "did image+0x%" PRIx64 " operations %" PRIu64 "\n",
			sites[i].offset, sites[i].operations);
	fprintf(file, "end\n");
	fclose(file);
}
