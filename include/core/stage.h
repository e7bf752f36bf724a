/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What start() runs, in link-time order: the way up from lib/core into drivers
 * and the runner.
 */
#ifndef CORE_STAGE_H
#define CORE_STAGE_H

#include <base/table.h>
#include <core/boot.h>

/*
 * When, and what holds then:
 *  DESCRIBE	firmware's or the early page tables, boot services alive if there
 *		are any; completes boot_info from the DT (bootargs, memory, initrd)
 *  DISCOVER	the command line is parsed; tables become devices; no device is touched
 *  SERVICES	boot services are alive and will be left; not with finish=return. Above 0:
 *		results reach somebody even where there is no console
 *  LEAVE	the last calls before ExitBootServices(); afterwards only memory services
 *  PROBE	own page tables and vectors, boot services gone; drivers bind
 *  SUMMARY	a console is there; each part of the tree says what it found
 *  RUN		the machine is set up and summarised; its return value is the verdict
 */
enum stage_when {
	STAGE_DESCRIBE,
	STAGE_DISCOVER,
	STAGE_SERVICES,
	STAGE_LEAVE,
	STAGE_PROBE,
	STAGE_SUMMARY,
	STAGE_RUN,
};

struct stage {
	const char *name;
	enum stage_when when;
	/* 0, or -errno, which start() reports; RUN: the number of failures. */
	int (*run)(struct boot_info *bi);
};

TABLE_DECLARE(struct stage, stage);

/**
 * STAGE() - have start() run a function
 * @id: C identifier
 * @order: two digits in quotes, order among those of the same time
 * @...: fields of struct stage
 */
#define STAGE(id, order, ...)							\
	static const struct stage stage_##id = { .name = #id, __VA_ARGS__ };	\
	TABLE_ENTRY(stage, order "." #id, id, stage_##id)

#endif
