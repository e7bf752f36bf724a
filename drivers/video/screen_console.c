// SPDX-License-Identifier: BSD-2-Clause
/* A screen as console: takes text apart into lines, and shows those that matter. */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/console.h>
#include <core/heap.h>
#include <core/param.h>
#include "display.h"
#include "filter.h"

#define LONGEST_LINE	512

struct screen_console {
	struct console console;
	struct screen screen;
	struct filter filter;
	size_t used;
	char line[LONGEST_LINE];
};

static enum { SCREEN_BRIEF, SCREEN_ALL, SCREEN_OFF } wanted;

static int screen_set(const char *value)
{
	static const char *const words[] = {
		[SCREEN_BRIEF] = "brief", [SCREEN_ALL] = "all", [SCREEN_OFF] = "off",
	};
	unsigned int i;

	for (i = 0; value && i < ARRAY_SIZE(words); i++) {
		if (!strcmp(value, words[i])) {
			wanted = i;
			return 0;
		}
	}
	return -EINVAL;
}
PARAM(screen, .set = screen_set,
      .help = "what a display shows: brief (suites and failures), all, or off");

bool screen_console_wanted(void)
{
	return wanted != SCREEN_OFF;
}

static void end_line(struct screen_console *con)
{
	const char *text = con->line;
	size_t n = con->used;
	enum screen_colour colour;
	enum filter_place place;

	place = filter_line(&con->filter, &text, &n, &colour);
	if (place == FILTER_STATUS)
		screen_status(&con->screen, text, n);
	if (place == FILTER_LAST)
		screen_status(&con->screen, "", 0);
	if (place == FILTER_LINE || place == FILTER_LAST)
		screen_line(&con->screen, text, n, colour);
	con->used = 0;
}

static int screen_console_write(struct console *console, const char *s, size_t n)
{
	struct screen_console *con = container_of(console, struct screen_console, console);

	for (; n; s++, n--) {
		if (*s == '\n' || con->used == sizeof(con->line))
			end_line(con);
		if (*s != '\n' && *s != '\r')
			con->line[con->used++] = *s == '\t' ? ' ' : *s;
	}
	return 0;
}

int screen_console_create(const char *name, const struct canvas *canvas)
{
	struct screen_console *con;
	struct screen_cell *cells;
	int ret;

	con = heap_alloc(sizeof(*con));
	if (!con)
		return -ENOMEM;
	con->screen.canvas = *canvas;
	canvas_choose_dot(&con->screen.canvas);
	cells = heap_alloc(screen_bytes(&con->screen.canvas));
	if (!cells)
		return -ENOMEM;
	ret = screen_begin(&con->screen, cells);
	if (ret)
		return ret;
	con->filter.everything = wanted == SCREEN_ALL;
	con->console.name = name;
	con->console.write = screen_console_write;
	con->console.vanishes = true;
	console_register(&con->console);
	return 0;
}
