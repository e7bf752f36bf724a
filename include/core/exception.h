/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef CORE_EXCEPTION_H
#define CORE_EXCEPTION_H

#include <asm/exception.h>

/**
 * exception_dump() - print an exception decoded: registers and a backtrace
 * @heading: first word of the first line: "EXCEPTION" where it ends the run
 * @regs: the interrupted state
 * @info: which vector, syndrome, addresses
 */
void exception_dump(const char *heading, const struct pt_regs *regs,
		    const struct exception_info *info);

/**
 * exception_dump_place() - print where something was interrupted
 * @heading: first line
 * @regs: the interrupted state
 * @info: its callers, by arch_backtrace_fill(); nothing else of it is looked at
 */
void exception_dump_place(const char *heading, const struct pt_regs *regs,
			  const struct exception_info *info);


/**
 * exception_set_rescue() - what becomes of an exception that nobody expected, outside of any case
 * @rescue: called when it is told, with the interrupted state; where it returns, the run
 *	ends. NULL: nothing before that
 */
void exception_set_rescue(void (*rescue)(const struct pt_regs *regs,
					 const struct exception_info *info));

#endif
