/* SPDX-License-Identifier: BSD-2-Clause */
/* Pixels of a linear framebuffer, whatever their format, and characters drawn in them. */
#ifndef VIDEO_CANVAS_H
#define VIDEO_CANVAS_H

#include <base/types.h>

/* One colour in a pixel: bits of it, all zero when it has none. */
struct canvas_format {
	u32 red;
	u32 green;
	u32 blue;
	unsigned int bytes;	/* of a pixel: 2, 3 or 4 */
};

struct canvas {
	volatile u8 *pixels;	/* the upper left one; a multiple of its size */
	unsigned int width;	/* pixels */
	unsigned int height;
	unsigned int stride;	/* bytes from one line to the next, a multiple of a pixel's */
	struct canvas_format format;
	unsigned int dot_width;	/* pixels of a dot of the font: canvas_choose_dot() */
	unsigned int dot_height;
};

/* Dots between characters and between lines of text. */
#define CANVAS_GAP	1

/**
 * canvas_choose_dot() - a size of dots that some 100 to 160 characters a line have room with
 * @canvas: width is set
 */
void canvas_choose_dot(struct canvas *canvas);

/** canvas_columns() - characters that fit on a line */
unsigned int canvas_columns(const struct canvas *canvas);

/** canvas_rows() - lines of text that fit */
unsigned int canvas_rows(const struct canvas *canvas);

/**
 * canvas_pixel() - a colour as a pixel of this format
 * @format: masks of adjacent bits each
 * @rgb: 0xrrggbb
 */
u32 canvas_pixel(const struct canvas_format *format, u32 rgb);

/** canvas_clear() - make every pixel that is seen black */
void canvas_clear(const struct canvas *canvas);

/**
 * canvas_draw() - draw one character, its background in black
 * @canvas: where
 * @column: below canvas_columns()
 * @row: below canvas_rows()
 * @c: character
 * @pixel: its colour, from canvas_pixel()
 *
 * Writes only, each of one pixel at its natural alignment, or of its bytes where
 * it has three: fit for Device memory, which it is with the MMU off.
 */
void canvas_draw(const struct canvas *canvas, unsigned int column, unsigned int row, char c,
		 u32 pixel);

#endif
