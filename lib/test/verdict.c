// SPDX-License-Identifier: BSD-2-Clause
#include "verdict.h"

static const struct {
	const char *directive;
	bool good;
} outcomes[OUTCOMES] = {
	[OUTCOME_PASS] = { "", true },
	[OUTCOME_SKIP] = { "SKIP", true },
	[OUTCOME_XFAIL] = { "XFAIL", true },
	[OUTCOME_ERROR] = { "ERROR", false },
	[OUTCOME_FAIL] = { "", false },
	[OUTCOME_TIMEOUT] = { "TIMEOUT", false },
	[OUTCOME_CRASHED] = { "CRASHED", false },
	[OUTCOME_XPASS] = { "XPASS", false },
};

enum outcome outcome_of(enum verdict verdict, bool xfail)
{
	switch (verdict) {
	case VERDICT_PASS:
		return xfail ? OUTCOME_XPASS : OUTCOME_PASS;
	case VERDICT_SKIP:
		return OUTCOME_SKIP;
	case VERDICT_ERROR:
		return OUTCOME_ERROR;
	case VERDICT_FAIL:
		return xfail ? OUTCOME_XFAIL : OUTCOME_FAIL;
	case VERDICT_TIMEOUT:
		return xfail ? OUTCOME_XFAIL : OUTCOME_TIMEOUT;
	case VERDICT_CRASHED:
		break;
	}
	return xfail ? OUTCOME_XFAIL : OUTCOME_CRASHED;
}

bool outcome_is_good(enum outcome outcome)
{
	return outcomes[outcome].good;
}

const char *outcome_directive(enum outcome outcome)
{
	return outcomes[outcome].directive;
}

unsigned int totals_failed(const struct test_totals *totals)
{
	unsigned int failed = 0;

	for (unsigned int i = 0; i < OUTCOMES; i++)
		if (!outcomes[i].good)
			failed += totals->count[i];
	return failed;
}
