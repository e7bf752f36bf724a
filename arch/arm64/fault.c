// SPDX-License-Identifier: BSD-2-Clause
/* What accessors of registers test. In the file: they do so before BSS is cleared. */
#include <core/fault.h>

u32 fault_armed __section(".data");
