/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef HOST_ACPI_TESTS_H
#define HOST_ACPI_TESTS_H

#include <ctest.h>
#include <base/util.h>
#include "base.h"
#include "check.h"
#include "machine.h"

/* Each runs the cases of its file. */
void discovery_tests(void);
void planted_tests(void);
void pci_tests(void);

#endif
