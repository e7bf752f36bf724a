/* SPDX-License-Identifier: BSD-2-Clause */
/* Which lines of a run a screen shows: it has room for the last thirty only. */
#ifndef VIDEO_FILTER_H
#define VIDEO_FILTER_H

#include "screen.h"

struct filter {
	bool everything;	/* screen=all */
	bool failing;		/* the last result was a bad one: its comments follow */
};

enum filter_place {
	FILTER_DROP,
	FILTER_LINE,		/* a line as any */
	FILTER_STATUS,		/* what runs now */
	FILTER_LAST,		/* a line, and nothing runs any more */
};

/**
 * filter_line() - what becomes of a line
 * @filter: begins zeroed, but for everything
 * @text: the line; moved on to what is to be shown of it
 * @n: its bytes; likewise
 * @colour: set
 *
 * Kept are the machine's summary, suites, what failed with all that is said of it,
 * totals and messages. Cases that pass are dropped; the one that runs stands in the
 * status line, so that a hang has a name.
 */
enum filter_place filter_line(struct filter *filter, const char **text, size_t *n,
			      enum screen_colour *colour);

#endif
