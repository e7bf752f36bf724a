// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/printf.h>
#include <base/string.h>
#include <core/console.h>
#include <core/lock.h>
#include "core.h"
#include "timestamp.h"

static LIST_HEAD(consoles);
static const char *planned;
static struct console *writing;	/* in its write() */
static struct console *only;	/* what is written is for this one; NULL: for all */
static bool in_line;		/* the last thing written is no newline, or was cut off */
/* Lines of several CPUs do not mix. */
static struct spinlock lock = SPINLOCK("console");

void console_plan(const char *name)
{
	planned = name;
}

const char *console_planned(void)
{
	return planned;
}

bool console_present(void)
{
	return !list_empty(&consoles);
}

bool console_vanishes(void)
{
	const struct console *con;

	list_for_each_entry(con, &consoles, node)
		if (!con->vanishes)
			return false;
	return console_present();
}

void console_register(struct console *con)
{
	list_add_tail(&con->node, &consoles);
	only = con;
	banner_print();
	log_replay();
	only = NULL;
}

static void write_to_all(const char *s, size_t n)
{
	struct console *con;

	list_for_each_entry(con, &consoles, node) {
		if (only && con != only)
			continue;
		writing = con;
		con->write(con, s, n);
		writing = NULL;
	}
}

/* A line or a part of one, as far as @n bytes go; returns how many it took. */
static size_t write_line(const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);
	char stamp[TIMESTAMP_SIZE];
	size_t size = in_line ? 0 : timestamp_format(stamp), taken = end ? (size_t)(end - s) + 1 : n;

	in_line = true;
	if (size)
		write_to_all(stamp, size);
	write_to_all(s, taken);
	in_line = !end;
	return taken;
}

void console_write(const char *s, size_t n)
{
	size_t taken = n;

	spin_lock(&lock);
	if (timestamps_wanted()) {
		for (; n; s += taken, n -= taken)
			taken = write_line(s, n);
	} else {
		in_line = true;
		write_to_all(s, n);
		in_line = n && s[n - 1] != '\n';
	}
	spin_unlock(&lock);
}

void console_end_line(void)
{
	/* Held still: a write of this CPU was left for good. */
	if (in_line || spin_is_held(&lock))
		console_write("\n", 1);
}

void console_drop_broken(void)
{
	/* Another CPU's write goes on. */
	if (!spin_is_held(&lock))
		return;
	if (writing)
		list_del(&writing->node);
	writing = NULL;
	only = NULL;
	spin_unlock(&lock);
}

const char *console_mend(void)
{
	struct console *con;
	const char *name = NULL;

	list_for_each_entry(con, &consoles, node)
		if (con->mend && con->mend(con))
			name = con->name;
	return name;
}

int console_read(void)
{
	struct console *con;

	list_for_each_entry(con, &consoles, node) {
		int c = con->read ? con->read(con) : -EAGAIN;

		if (c >= 0)
			return c;
	}
	return -EAGAIN;
}

void console_printf(const char *fmt, ...)
{
	char text[1024];
	va_list args;
	size_t n;

	va_start(args, fmt);
	n = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	console_write(text, n < sizeof(text) ? n : sizeof(text) - 1);
}
