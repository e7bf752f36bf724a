// SPDX-License-Identifier: BSD-2-Clause
/*
 * Feeds the cache model of scripts/audit with steps from standard input, a line
 * each, and prints what it finds. Code is at 0x40000000 and memory has the same
 * keys as addresses; a step's PC is the number of its line.
 *
 *	begin direct|efi IMAGE		on CPU, off CPU, gone CPU, comes CPU
 *	read|write CPU ADDRESS		fetch CPU ADDRESS
 *	cvac|cvau|civac|ivac|ivau|iallu|ialluis CPU ADDRESS
 *	site CPU PC			barrier CPU
 *	table|untable CPU ADDRESS	enter|leave CPU (EL2)
 */
#include <stdlib.h>
#include <string.h>
#include "../../../scripts/audit/model.h"

static const char *const operations[] = {
	"cvac", "cvau", "civac", "ivac", "ivau", "iallu", "ialluis",
};

static bool operation(struct place at, const char *word, uint64_t addr)
{
	unsigned int i;

	for (i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
		if (strcmp(word, operations[i]))
			continue;
		model_operation(at, (enum operation)i, addr);
		return true;
	}
	return false;
}

static bool step(struct place at, const char *word, uint64_t addr)
{
	if (!strcmp(word, "on"))
		model_cpu(at, CPU_MMU_ON);
	else if (!strcmp(word, "off") || !strcmp(word, "comes"))
		model_cpu(at, CPU_MMU_OFF);
	else if (!strcmp(word, "gone"))
		model_cpu(at, CPU_FOREIGN);
	else if (!strcmp(word, "read") || !strcmp(word, "write"))
		model_access(at, addr, 8, *word == 'w');
	else if (!strcmp(word, "fetch"))
		model_fetch(at, addr, 4);
	else if (!strcmp(word, "site"))
		model_site((struct place){ at.cpu, addr });
	else if (!strcmp(word, "barrier"))
		model_barrier(at.cpu);
	else if (!strcmp(word, "table") || !strcmp(word, "untable"))
		model_table(at, addr, *word == 't');
	else if (!strcmp(word, "enter") || !strcmp(word, "leave"))
		model_el2(at, *word == 'e');
	else
		return operation(at, word, addr);
	return true;
}

int main(int argc, char **argv)
{
	struct config config = {
		.image_size = 0x100000, .file_size = 0x10000, .line = 64, .first_site = 1,
	};
	char line[128], word[32], what[32];
	struct place at = { 0 };

	if (argc > 1)
		config.line = strtoul(argv[1], NULL, 0);
	model_init(&config, stdout);
	while (fgets(line, sizeof(line), stdin)) {
		unsigned long long addr = 0;

		at.pc++;
		at.cpu = 0;
		if (sscanf(line, "begin %31s %llx", what, &addr) == 2) {
			model_begin(at, !strcmp(what, "direct"), addr, addr);
			continue;
		}
		if (sscanf(line, "%31s %u %llx", word, &at.cpu, &addr) < 2 || !step(at, word, addr)) {
			fprintf(stderr, "line %u: no step: %s", (unsigned int)at.pc, line);
			return 1;
		}
	}
	model_end();
	return 0;
}
