// SPDX-License-Identifier: BSD-2-Clause
/*
 * QEMU TCG plugin: instructions from the image's entry to a function of it.
 *
 *	-plugin insns.so,entry=OFFSET,code=HEX,stop=OFFSET,size=BYTES,out=FILE
 *
 * entry and stop are offsets in the image; code is what stands at entry, by
 * which the image is found wherever it was loaded; size is the image's.
 * span=BEGIN-END, once or more: a function of the image. Each time it runs, the
 * instructions of all CPUs from its first one to its return are written to
 * FILE.spans, with the number of the span.
 * profile=FILE adds one line "OFFSET COUNT" for each instruction executed.
 * Writes "base 0x... image N outside M": instructions executed inside the image
 * and outside of it, which is firmware called by it.
 *
 * The header of QEMU's plugin interface is not packaged by Debian, so the part
 * of its version 1 that is used is declared here.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;

enum { PLUGIN_ADD_U64 = 0 };		/* enum qemu_plugin_op */
enum { PLUGIN_NO_REGS = 0 };		/* enum qemu_plugin_cb_flags */

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
		void (*cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb));
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t idx);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
		void (*cb)(unsigned int vcpu, void *data), int flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int op,
		void *ptr, uint64_t imm);
typedef void (*atexit_cb)(qemu_plugin_id_t id, void *data);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, atexit_cb cb, void *data);
int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv);

extern int qemu_plugin_version;
int qemu_plugin_version = 1;

/* A block of translation ends at the first branch, so that fewer may have to do. */
#define CODE_WORDS	8
#define MIN_WORDS	3
#define PAGE_MASK	0xfff

static uint64_t entry, stop, size;
static uint32_t code[CODE_WORDS];
static const char *out, *profile;
static uint64_t *counts;	/* by instruction of the image, for profile= */

#define MAX_SPANS	8
#define MAX_TIMES	256	/* that a span ran */
#define INSN_RET	0xd65f03c0u

struct span {
	uint64_t begin, end;	/* in the image */
	uint64_t since;
	uint64_t cost[MAX_TIMES];
	unsigned int times;
	bool open;
};

static struct span spans[MAX_SPANS];
static unsigned int nr_spans;

static uint64_t base;
static bool found;
static uint64_t inside, outside;
static uint64_t inside_at_entry, outside_at_entry;
static bool done;

static bool is_entry(const struct qemu_plugin_tb *tb)
{
	uint64_t at = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
	size_t i, n = qemu_plugin_tb_n_insns(tb);
	/* A block ends with its page, too. */
	size_t left = (PAGE_MASK + 1 - (at & PAGE_MASK)) / 4;
	uint32_t word;

	/* Segments are aligned to pages wherever the image is. */
	if (n < (left < MIN_WORDS ? left : MIN_WORDS) || (at & PAGE_MASK) != (entry & PAGE_MASK))
		return false;
	for (i = 0; i < n && i < CODE_WORDS; i++) {
		memcpy(&word, qemu_plugin_insn_data(qemu_plugin_tb_get_insn(tb, i)), 4);
		if (word != code[i])
			return false;
	}
	return true;
}

static void on_entry(unsigned int vcpu, void *data)
{
	(void)vcpu;
	(void)data;
	inside_at_entry = inside;
	outside_at_entry = outside;
}

static void write_profile(void)
{
	FILE *f = fopen(profile, "w");
	uint64_t i;

	if (!f)
		return;
	for (i = 0; i < size / 4; i++)
		if (counts[i])
			fprintf(f, "0x%" PRIx64 " %" PRIu64 "\n", i * 4, counts[i]);
	fclose(f);
}

static void on_stop(unsigned int vcpu, void *data)
{
	FILE *f;

	(void)vcpu;
	(void)data;
	if (done)
		return;
	done = true;
	if (counts)
		write_profile();
	f = fopen(out, "w");
	if (!f)
		return;
	fprintf(f, "base 0x%" PRIx64 " image %" PRIu64 " outside %" PRIu64 "\n", base,
		inside - inside_at_entry, outside - outside_at_entry);
	fclose(f);
}

static void on_span_begin(unsigned int vcpu, void *data)
{
	struct span *span = data;

	(void)vcpu;
	span->open = true;
	span->since = inside + outside;
}

static void on_span_end(unsigned int vcpu, void *data)
{
	struct span *span = data;

	(void)vcpu;
	if (span->open && span->times < MAX_TIMES)
		span->cost[span->times++] = inside + outside - span->since;
	span->open = false;
}

static void watch_spans(struct qemu_plugin_insn *insn, uint64_t at)
{
	struct span *span;
	uint32_t word;

	memcpy(&word, qemu_plugin_insn_data(insn), 4);
	for (span = spans; span < spans + nr_spans; span++) {
		if (at == span->begin)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_span_begin, PLUGIN_NO_REGS,
							       span);
		else if (at > span->begin && at < span->end && word == INSN_RET)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_span_end, PLUGIN_NO_REGS,
							       span);
	}
}

static void write_spans(qemu_plugin_id_t id, void *data)
{
	char name[4096];
	unsigned int i, n;
	FILE *f;

	(void)id;
	(void)data;
	snprintf(name, sizeof(name), "%s.spans", out);
	f = fopen(name, "w");
	if (!f)
		return;
	for (i = 0; i < nr_spans; i++)
		for (n = 0; n < spans[i].times; n++)
			fprintf(f, "%u %" PRIu64 "\n", i, spans[i].cost[n]);
	fclose(f);
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);
	struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, 0);

	(void)id;
	if (is_entry(tb)) {
		found = true;
		base = qemu_plugin_insn_vaddr(insn) - entry;
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_entry, PLUGIN_NO_REGS, NULL);
	}
	for (i = 0; i < n; i++) {
		uint64_t at;

		insn = qemu_plugin_tb_get_insn(tb, i);
		at = qemu_plugin_insn_vaddr(insn) - base;
		qemu_plugin_register_vcpu_insn_exec_inline(insn, PLUGIN_ADD_U64,
				found && at < size ? &inside : &outside, 1);
		if (found && counts && at < size)
			qemu_plugin_register_vcpu_insn_exec_inline(insn, PLUGIN_ADD_U64,
					&counts[at / 4], 1);
		if (found && at < size)
			watch_spans(insn, at);
		if (found && at == stop)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_stop, PLUGIN_NO_REGS, NULL);
	}
}

static void parse_code(const char *hex)
{
	size_t i;
	char word[9] = "";

	for (i = 0; i < CODE_WORDS && strlen(hex) >= 8; i++, hex += 8) {
		memcpy(word, hex, 8);
		code[i] = strtoul(word, NULL, 16);
	}
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
	int i;

	(void)info;
	for (i = 0; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (!value)
			return -1;
		*value++ = '\0';
		if (!strcmp(argv[i], "entry"))
			entry = strtoull(value, NULL, 0);
		else if (!strcmp(argv[i], "stop"))
			stop = strtoull(value, NULL, 0);
		else if (!strcmp(argv[i], "size"))
			size = strtoull(value, NULL, 0);
		else if (!strcmp(argv[i], "code"))
			parse_code(value);
		else if (!strcmp(argv[i], "span") && nr_spans < MAX_SPANS &&
			 sscanf(value, "%" SCNu64 "-%" SCNu64, &spans[nr_spans].begin,
				&spans[nr_spans].end) == 2)
			nr_spans++;
		else if (!strcmp(argv[i], "profile"))
			profile = strdup(value);
		else if (!strcmp(argv[i], "out"))
			out = strdup(value);
		else
			return -1;
	}
	if (profile)
		counts = calloc(size / 4 + 1, sizeof(*counts));
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	if (nr_spans)
		qemu_plugin_register_atexit_cb(id, write_spans, NULL);
	return out ? 0 : -1;
}
