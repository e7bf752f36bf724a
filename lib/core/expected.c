// SPDX-License-Identifier: BSD-2-Clause
/* The words smp= and mem=: always known, so that who always gives them may run any image. */
#include <base/errno.h>
#include <base/parse.h>
#include <core/expected.h>
#include <core/param.h>

static u64 cpus, memory;

static int smp_set(const char *value)
{
	if (!value || parse_u64(value, &cpus) || !cpus)
		return -EINVAL;
	return 0;
}
PARAM(smp, .help = "CPUs that the machine has, for the suite setup to find", .set = smp_set);

static int mem_set(const char *value)
{
	if (!value || parse_size(value, &memory) || !memory)
		return -EINVAL;
	return 0;
}
PARAM(mem, .help = "RAM that the machine has, as in 256M or 8G, for the suite setup to find",
      .set = mem_set);

u64 expected_cpus(void)
{
	return cpus;
}

u64 expected_memory(void)
{
	return memory;
}
