// SPDX-License-Identifier: BSD-2-Clause
/* Findings as lines of text, each once for a model. */
#include <inttypes.h>
#include <string.h>
#include "model.h"

#define SLOTS		4096
#define MAX_FINDINGS	(SLOTS / 2)
#define MAX_OF_MODEL	16	/* of a model with something left out: enough to see it */
#define PAGE_SHIFT	12

static const char *const names[] = {
	[READ_DIRTY] = "read-dirty",
	[WRITE_DIRTY] = "write-dirty",
	[READ_STALE] = "read-stale",
	[WRITE_STALE] = "write-stale",
	[WALK_STALE] = "walk-stale",
	[FETCH_STALE] = "fetch-stale",
	[FETCH_POC] = "fetch-poc",
	[FETCH_POU] = "fetch-pou",
	[FETCH_ICACHE] = "fetch-icache",
	[FETCH_AHEAD] = "fetch-ahead",
	[DROP] = "drop",
	[LIMIT] = "limit",
};

static struct known {
	enum finding_kind kind;
	uint64_t pc, other, page;
	uint64_t models;	/* for which it has been told */
	bool used;
} known[SLOTS];

static unsigned int known_count;
static unsigned int of_model[MODELS];
static uint64_t enough;	/* models that have had MAX_OF_MODEL */
static FILE *file;
static uint64_t size, base, base_key;
static uint64_t base_before, base_key_before;	/* where the image was copied from */

void findings_init(FILE *out, uint64_t image_size)
{
	file = out;
	size = image_size;
}

void findings_base(uint64_t image, uint64_t key)
{
	base_before = base;
	base_key_before = base_key;
	base = image;
	base_key = key;
	fprintf(file, "base 0x%" PRIx64 "\n", image);
	fflush(file);
}

static const char *name_address(uint64_t addr, uint64_t from, uint64_t before)
{
	static char text[4][32];
	static unsigned int next;
	char *buf = text[next++ % 4];

	if (from && addr >= from && addr - from < size)
		snprintf(buf, sizeof(text[0]), "image+0x%" PRIx64, addr - from);
	else if (before && addr >= before && addr - before < size)
		snprintf(buf, sizeof(text[0]), "image+0x%" PRIx64, addr - before);
	else
		snprintf(buf, sizeof(text[0]), "0x%" PRIx64, addr);
	return buf;
}

static const char *name_pc(uint64_t pc)
{
	return name_address(pc, base, base_before);
}

static struct known *find_known(enum finding_kind kind, uint64_t pc, uint64_t other, uint64_t page)
{
	uint64_t mixed = (pc ^ other << 20 ^ page << 40 ^ page >> 24 ^ kind) * 0x9e3779b97f4a7c15ULL;
	unsigned int i = mixed >> 52 & (SLOTS - 1);

	for (; known[i].used; i = (i + 1) & (SLOTS - 1))
		if (known[i].kind == kind && known[i].pc == pc && known[i].other == other &&
		    known[i].page == page)
			break;
	return &known[i];
}

/* Models for which this has not been told yet. */
static uint64_t news(enum finding_kind kind, uint64_t models, uint64_t pc, uint64_t other,
		     uint64_t page)
{
	struct known *k = find_known(kind, pc, other, page);
	static bool is_full;
	uint64_t fresh;

	/* Nothing is told from here on, which must not look as if nothing were found. */
	if (!k->used && known_count == MAX_FINDINGS) {
		if (!is_full)
			fprintf(file, "finding 0 %s cpu 0 pc 0x0 at 0x0 other - cpu 0\n", names[LIMIT]);
		is_full = true;
		return 0;
	}
	if (!k->used) {
		known_count++;
		*k = (struct known){ .kind = kind, .pc = pc, .other = other, .page = page, .used = true };
	}
	fresh = models & ~k->models;
	k->models |= models;
	return fresh;
}

void finding(enum finding_kind kind, uint64_t models, struct place at, uint64_t key,
	     struct place other)
{
	uint64_t fresh;
	unsigned int i;

	/* One that goes without much would fill the table that all share. */
	models &= ~enough;
	if (!models)
		return;
	fresh = news(kind, models, at.pc, other.pc, key >> PAGE_SHIFT);

	/* What is wrong as it is, is not the fault of what a model goes without. */
	if (fresh & 1)
		fresh = 1;
	for (i = 0; i < MODELS; i++) {
		if (!(fresh >> i & 1))
			continue;
		if (i && ++of_model[i] == MAX_OF_MODEL)
			enough |= 1ULL << i;
		fprintf(file, "finding %u %s cpu %u pc %s at %s", i, names[kind], at.cpu,
			name_pc(at.pc), name_address(key, base_key, base_key_before));
		fprintf(file, " other %s cpu %u\n", other.pc ? name_pc(other.pc) : "-",
			other.cpu);
	}
	if (fresh)
		fflush(file);
}
