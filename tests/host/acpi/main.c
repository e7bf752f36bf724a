// SPDX-License-Identifier: BSD-2-Clause
/* drivers/acpi and the rules of tests/acpi over tables made here. */
#include "tests.h"

/* Nothing is wrong with the base machine: each rule passes, or says why it does not apply. */
static void base_machine_is_good(void)
{
	struct rule_result result;
	struct machine m;

	base_machine(&m);
	machine_boot(&m);
	EXPECT_EQ(error_count(), 0);
	for (const struct test_case *test = rule_cases(); test->name; test++) {
		rule_run(test, &result);
		if (!strcmp(test->name, "madt_cpu_interfaces"))
			EXPECT_EQ(result.verdict, VERDICT_SKIP);
		else
			EXPECT(result.verdict == VERDICT_PASS, "%s: %s", test->name, result.text);
		EXPECT(test->spec && test->hint && test->needs == NEED_ACPI, "%s", test->name);
	}
	machine_free(&m);
}

static void survives_changes_at_random(void)
{
	const char *rounds = getenv("FUZZ_ROUNDS");
	struct machine m;

	base_machine(&m);
	fuzz_machine(&m, rounds ? (unsigned int)atoi(rounds) : 4000, 1);
	machine_free(&m);
}

int main(void)
{
	CTEST(base_machine_is_good);
	discovery_tests();
	planted_tests();
	pci_tests();
	CTEST(survives_changes_at_random);
	return ctest_end();
}
