/* SPDX-License-Identifier: BSD-2-Clause */
/* Consoles: where text goes. Drivers register; several may be active at once. */
#ifndef CORE_CONSOLE_H
#define CORE_CONSOLE_H

#include <base/compiler.h>
#include <base/list.h>
#include <base/types.h>
#include <stdarg.h>

struct console {
	struct list_head node;		/* for lib/core */
	const char *name;		/* of the device, for the summary */
	void *priv;			/* the driver's */
	/*
	 * Write @n bytes; "\n" is to go out as "\r\n". Waits for room in the
	 * FIFO within a bound and drops the rest then: -ETIMEDOUT, else 0.
	 */
	int (*write)(struct console *con, const char *s, size_t n);
	/* A character that has arrived, or -EAGAIN at once; NULL without input. */
	int (*read)(struct console *con);
	/*
	 * Put its registers back as they were when it was registered: 1 when any differed,
	 * else 0. NULL where nothing can be told.
	 */
	int (*mend)(struct console *con);
	bool vanishes;			/* what it shows is gone with the power: a screen */
};

/**
 * console_register() - make a console active
 * @con: stays the driver's
 *
 * It gets the version line, and everything that was logged before it came.
 */
void console_register(struct console *con);

/**
 * console_plan() - tell that a described device will become a console once it is probed
 * @name: of the device
 *
 * start() leaves UEFI's boot services, and with them the firmware's console,
 * only when it knows of another one.
 */
void console_plan(const char *name);

/** console_planned() - name given to console_plan(), or NULL */
const char *console_planned(void);

/**
 * console_drop_broken() - forget the console whose write() an exception ended
 *
 * Does nothing when none was being written to.
 */
void console_drop_broken(void);

/** console_mend() - put back what somebody has set otherwise; the last such console's name, NULL without */
const char *console_mend(void);

/** console_present() - whether any console is active */
bool console_present(void);

/** console_vanishes() - whether there are consoles, and nobody can read any once the power is off */
bool console_vanishes(void);

/** console_write() - write raw text to every active console */
void console_write(const char *s, size_t n);

/** console_end_line() - begin a new line where something was stopped in the middle of one */
void console_end_line(void);

/** console_read() - a character that has arrived at any console, or -EAGAIN at once */
int console_read(void);

/** console_printf() - formatted console_write(), at most 1023 bytes a call */
void console_printf(const char *fmt, ...) __printf(1, 2);

/** firmware_console_use() - have output on the firmware's console, for runs that end before boot services do */
void firmware_console_use(void);

#endif
