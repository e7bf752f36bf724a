/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What somebody says of the machine on the command line, for tests to hold against
 * what its tables say. It limits nothing: maxcpus= does.
 */
#ifndef CORE_EXPECTED_H
#define CORE_EXPECTED_H

#include <base/types.h>

/** expected_cpus() - CPUs by the word smp=; 0: nobody said */
u64 expected_cpus(void);

/** expected_memory() - bytes of RAM by the word mem=; 0: nobody said */
u64 expected_memory(void);

#endif
