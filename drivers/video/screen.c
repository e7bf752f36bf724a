// SPDX-License-Identifier: BSD-2-Clause
#include <base/errno.h>
#include <base/util.h>
#include "screen.h"

#define LEAST_COLUMNS	20
#define LEAST_ROWS	3
/* Before what goes on from the row above. */
#define CONTINUED	2

static const u32 colours[SCREEN_COLOURS] = {
	[SCREEN_PLAIN] = 0xd0d0d0,
	[SCREEN_GOOD] = 0x60ff60,
	[SCREEN_BAD] = 0xff6060,
};

size_t screen_bytes(const struct canvas *canvas)
{
	return (size_t)canvas_columns(canvas) * canvas_rows(canvas) * sizeof(struct screen_cell);
}

int screen_begin(struct screen *screen, struct screen_cell *cells)
{
	unsigned int i;

	screen->columns = canvas_columns(&screen->canvas);
	screen->rows = canvas_rows(&screen->canvas);
	if (screen->columns < LEAST_COLUMNS || screen->rows < LEAST_ROWS)
		return -ERANGE;
	for (i = 0; i < screen->columns * screen->rows; i++)
		cells[i] = (struct screen_cell){ .c = ' ', .colour = SCREEN_PLAIN };
	for (i = 0; i < SCREEN_COLOURS; i++)
		screen->pixel[i] = canvas_pixel(&screen->canvas.format, colours[i]);
	screen->cells = cells;
	screen->rows--;
	screen->next = 0;
	canvas_clear(&screen->canvas);
	return 0;
}

static void show(struct screen *screen, unsigned int row, unsigned int column,
		 struct screen_cell cell)
{
	struct screen_cell *shown = &screen->cells[row * screen->columns + column];

	/* A blank has no colour. */
	if (cell.c == shown->c && (cell.colour == shown->colour || cell.c == ' '))
		return;
	*shown = cell;
	canvas_draw(&screen->canvas, column, row, cell.c, screen->pixel[cell.colour]);
}

/* Text from @column on, and blanks behind it up to the end of the row. */
static void show_row(struct screen *screen, unsigned int row, unsigned int column,
		     const char *text, size_t n, enum screen_colour colour)
{
	unsigned int at;

	for (at = 0; at < screen->columns; at++) {
		bool inside = at >= column && at - column < n;

		show(screen, row, at, (struct screen_cell){
			.c = inside ? text[at - column] : ' ', .colour = colour });
	}
}

static void move_up(struct screen *screen)
{
	unsigned int half = screen->rows / 2, row, column;

	for (row = 0; row < screen->rows; row++) {
		if (row + half >= screen->rows) {
			show_row(screen, row, 0, NULL, 0, SCREEN_PLAIN);
			continue;
		}
		for (column = 0; column < screen->columns; column++)
			show(screen, row, column,
			     screen->cells[(row + half) * screen->columns + column]);
	}
	screen->next = screen->rows - half;
}

void screen_line(struct screen *screen, const char *text, size_t n, enum screen_colour colour)
{
	unsigned int column = 0;

	do {
		size_t part = MIN(n, (size_t)(screen->columns - column));

		if (screen->next == screen->rows)
			move_up(screen);
		show_row(screen, screen->next++, column, text, part, colour);
		text += part;
		n -= part;
		column = CONTINUED;
	} while (n);
}

void screen_status(struct screen *screen, const char *text, size_t n)
{
	show_row(screen, screen->rows, 0, text, MIN(n, (size_t)screen->columns), SCREEN_PLAIN);
}
