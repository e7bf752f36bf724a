/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cases of the phase before ExitBootServices(). They run while the firmware's
 * console is the only one; their results are kept, and take their place in the
 * report of the run.
 */
#ifndef LIB_TEST_EARLY_H
#define LIB_TEST_EARLY_H

#include "record.h"

/** early_result() - what a case came to while boot services lived; NULL when it did not run */
const struct test_record *early_result(const struct test_case *test);

#endif
