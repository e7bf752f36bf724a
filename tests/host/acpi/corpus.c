// SPDX-License-Identifier: BSD-2-Clause
/*
 * The rules over tables of real machines: acpi-corpus [--damaged] DIR...,
 * where each DIR has <TABLE>.dat files of one. With --damaged they are known
 * to be bad, and something must be found.
 */
#include <dirent.h>
#include "tests.h"

#define ROUNDS	60

static const char *dir;
static bool damaged;
static struct machine machine;
static char oemid[7];

static int is_table(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && dot - entry->d_name == 4 && !strcmp(dot, ".dat");
}

static void load(void)
{
	struct dirent **names;
	int count = scandir(dir, &names, is_table, alphasort);

	memset(&machine, 0, sizeof(machine));
	memset(oemid, 0, sizeof(oemid));
	for (int i = 0; i < count; i++) {
		char path[4096], name[5];
		size_t size;
		u8 *data;

		snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
		snprintf(name, sizeof(name), "%.4s", names[i]->d_name);
		data = host_read_file(path, &size);
		/* Its entries are addresses of that machine; machine_link() makes another. */
		if (!strcmp(name, "XSDT"))
			memcpy(oemid, data + 10, 6);
		else
			machine_add(&machine, name, data, size);
		free(data);
		free(names[i]);
	}
	free(names);
	machine_link(&machine, oemid[0] ? oemid : "CORPUS");
	machine_defaults(&machine);
}

static void is_judged_rightly(void)
{
	unsigned int passed = 0, failed = 0;
	struct rule_result result;

	load();
	machine_boot(&machine);
	EXPECT(damaged == (error_count() != 0), "%s:\n%s", dir, host_log());
	for (const struct test_case *test = rule_cases(); test->name; test++) {
		rule_run(test, &result);
		failed += result.verdict > VERDICT_SKIP;
		passed += result.verdict == VERDICT_PASS;
		if (!damaged)
			EXPECT(result.verdict <= VERDICT_SKIP, "%s: %s:\n%s", dir, test->name,
			       result.text);
		if (getenv("VERBOSE") && result.text[0])
			printf("# %s %s: %s\n", dir, test->name, result.text);
	}
	EXPECT(damaged ? failed : passed > 25, "%s: %u passed, %u failed", dir, passed, failed);
	machine_free(&machine);
}

static void gives_a_machine(void)
{
	struct device *dev;
	unsigned int cpus = 0, gics = 0, timers = 0, psci = 0;

	load();
	machine_boot(&machine);
	device_for_each(dev) {
		cpus += dev->acpi_id == ACPI_MADT_CPU && !(dev->flags & DEVICE_DISABLED);
		gics += dev->acpi_id == ACPI_MADT_GICV3 && device_mem(dev, 1);
		timers += dev->acpi_id == ACPI_GTDT_TIMER && device_irq_by_name(dev, "virt");
		psci += dev->acpi_id == ACPI_FADT_PSCI;
	}
	EXPECT(cpus >= 1, "%s: %u CPUs", dir, cpus);
	EXPECT(gics == 1, "%s: %u GICs", dir, gics);
	EXPECT(timers == !damaged, "%s: %u timers", dir, timers);
	EXPECT(psci == 1, "%s: %u PSCI", dir, psci);
	machine_free(&machine);
}

static void survives_changes_at_random(void)
{
	load();
	fuzz_machine(&machine, ROUNDS, 7);
	machine_free(&machine);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--damaged")) {
			damaged = true;
			continue;
		}
		dir = argv[i];
		CTEST(is_judged_rightly);
		CTEST(gives_a_machine);
		CTEST(survives_changes_at_random);
		damaged = false;
	}
	return ctest_end();
}
