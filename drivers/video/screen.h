/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of text on a canvas: they come in below and leave above. */
#ifndef VIDEO_SCREEN_H
#define VIDEO_SCREEN_H

#include "canvas.h"

enum screen_colour {
	SCREEN_PLAIN,
	SCREEN_GOOD,
	SCREEN_BAD,
	SCREEN_COLOURS,
};

struct screen_cell {
	char c;
	u8 colour;
};

struct screen {
	struct canvas canvas;
	unsigned int columns;
	unsigned int rows;		/* without the status line, which is the last one */
	unsigned int next;		/* row that the next line goes to; rows when there is none */
	u32 pixel[SCREEN_COLOURS];
	struct screen_cell *cells;	/* what is shown: (rows + 1) * columns of them */
};

/** screen_bytes() - room that screen_begin() needs for cells */
size_t screen_bytes(const struct canvas *canvas);

/**
 * screen_begin() - clear the canvas and begin at its top
 * @screen: canvas is set
 * @cells: screen_bytes() bytes; stays in use
 *
 * Return: 0; -ERANGE when the canvas has no room for three lines of 20 characters.
 */
int screen_begin(struct screen *screen, struct screen_cell *cells);

/**
 * screen_line() - add a line
 * @screen: the screen
 * @text: without its newline; a longer one is continued on the next row
 * @n: its bytes
 * @colour: of its characters
 *
 * A full screen moves up by half of its rows at once, and only cells that change
 * are drawn: nothing is ever read from the framebuffer, which is slow to read, and a
 * line costs about as much as two.
 */
void screen_line(struct screen *screen, const char *text, size_t n, enum screen_colour colour);

/** screen_status() - show a line at the bottom that does not move; cut where it is too long */
void screen_status(struct screen *screen, const char *text, size_t n);

#endif
