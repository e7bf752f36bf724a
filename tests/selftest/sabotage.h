/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the saboteurs. */
#ifndef SELFTEST_SABOTAGE_H
#define SELFTEST_SABOTAGE_H

#include <base/types.h>

/** sabotage_is_chosen() - whether sabotage= names this one */
bool sabotage_is_chosen(const char *name);

#endif
