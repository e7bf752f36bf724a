// SPDX-License-Identifier: BSD-2-Clause
/* Order by a seed: the same on every machine and with every compiler. */
#include "select.h"

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (SplitMix64). */
static u64 next_random(u64 *state)
{
	u64 z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

static void swap_suites(struct plan_suite *a, struct plan_suite *b)
{
	struct plan_suite tmp = *a;

	*a = *b;
	*b = tmp;
}

static void swap_cases(struct plan_case *a, struct plan_case *b)
{
	struct plan_case tmp = *a;

	*a = *b;
	*b = tmp;
}

void plan_shuffle(struct plan *plan, u64 seed)
{
	u64 state = seed;

	for (unsigned int n = plan->count; n > 1; n--)
		swap_suites(&plan->suites[n - 1], &plan->suites[next_random(&state) % n]);
	for (unsigned int s = 0; s < plan->count; s++) {
		struct plan_case *cases = plan->suites[s].cases;

		for (unsigned int n = plan->suites[s].count; n > 1; n--)
			swap_cases(&cases[n - 1], &cases[next_random(&state) % n]);
	}
}
