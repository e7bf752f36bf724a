/* SPDX-License-Identifier: BSD-2-Clause */
/* The check API on the build machine: rules run as functions, and say how they ended. */
#ifndef HOST_ACPI_CHECK_H
#define HOST_ACPI_CHECK_H

#include <host.h>
#include <test/test.h>

#define RULE_TEXT	4096

struct rule_result {
	enum verdict verdict;
	unsigned int checks;
	unsigned int failures;
	char text[RULE_TEXT];	/* failures with their places, diagnostics, reason of a skip */
};

/* Run a case of the suite "acpi". */
void rule_run(const struct test_case *test, struct rule_result *result);

/* The cases; ends with an empty one. */
const struct test_case *rule_cases(void);
const struct test_case *rule_find(const char *name);

#endif
