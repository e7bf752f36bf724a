/* SPDX-License-Identifier: BSD-2-Clause */
/* From verdicts to the run's result. */
#ifndef LIB_TEST_VERDICT_H
#define LIB_TEST_VERDICT_H

#include <test/test.h>

/* A verdict as the report has it: known failures are told apart. */
enum outcome {
	OUTCOME_PASS,
	OUTCOME_SKIP,
	OUTCOME_XFAIL,		/* a failure that xfail= announced */
	OUTCOME_ERROR,
	OUTCOME_FAIL,
	OUTCOME_TIMEOUT,
	OUTCOME_CRASHED,
	OUTCOME_XPASS,		/* passed although xfail= said it would not */
	OUTCOMES,
};

struct test_totals {
	unsigned int count[OUTCOMES];
};

/**
 * outcome_of() - outcome of a verdict
 * @verdict: of the case
 * @xfail: a failure was announced; an ERROR or a SKIP stays what it is
 */
enum outcome outcome_of(enum verdict verdict, bool xfail);

/** outcome_is_good() - "ok", or "not ok" without failing the run: PASS, SKIP, XFAIL */
bool outcome_is_good(enum outcome outcome);

/** outcome_directive() - what stands behind the name: "SKIP", ...; "" for PASS and FAIL */
const char *outcome_directive(enum outcome outcome);

/** totals_failed() - what fails the run: FAIL, TIMEOUT, CRASHED, XPASS and ERROR */
unsigned int totals_failed(const struct test_totals *totals);

#endif
