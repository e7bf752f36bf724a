/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TESTS_EXCEPTIONS_STATE_H
#define TESTS_EXCEPTIONS_STATE_H

#define PATTERNS_NZCV		248
#define PATTERNS_SP		256
#define PATTERNS_AFTER		264
#define PATTERNS_NZCV_AFTER	512
#define PATTERNS_SP_AFTER	520
#define PATTERNS_BRK		0x77

#ifndef __ASSEMBLER__
#include <base/types.h>

struct patterns {
	u64 x[31];
	u64 nzcv;
	u64 sp;
	u64 after[31];
	u64 nzcv_after;
	u64 sp_after;
};

_Static_assert(offsetof(struct patterns, after) == PATTERNS_AFTER, "PATTERNS_AFTER");
_Static_assert(offsetof(struct patterns, sp_after) == PATTERNS_SP_AFTER, "PATTERNS_SP_AFTER");

extern char brk_other[];
void exception_with_patterns(struct patterns *p);
u64 brk_or_other(void);
#endif
#endif
