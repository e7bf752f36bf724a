// SPDX-License-Identifier: BSD-2-Clause
#include <base/util.h>
#include "canvas.h"
#include "font.h"

#define CELL_DOTS_X	(FONT_COLUMNS + CANVAS_GAP)
#define CELL_DOTS_Y	(FONT_ROWS + CANVAS_GAP)

void canvas_choose_dot(struct canvas *canvas)
{
	canvas->dot_width = 1 + canvas->width / 1280;
	/* Characters are higher than wide. */
	canvas->dot_height = (3 * canvas->dot_width + 1) / 2;
}

unsigned int canvas_columns(const struct canvas *canvas)
{
	return canvas->width / (CELL_DOTS_X * canvas->dot_width);
}

unsigned int canvas_rows(const struct canvas *canvas)
{
	return canvas->height / (CELL_DOTS_Y * canvas->dot_height);
}

/* The upper bits of an eighth-bit value, where the mask has room for them. */
static u32 channel(u32 mask, u32 value)
{
	unsigned int shift, bits;

	if (!mask)
		return 0;
	shift = __builtin_ctz(mask);
	bits = 32 - __builtin_clz(mask) - shift;
	value = bits > 8 ? value << (bits - 8) : value >> (8 - bits);
	return value << shift & mask;
}

u32 canvas_pixel(const struct canvas_format *format, u32 rgb)
{
	return channel(format->red, rgb >> 16 & 0xff) | channel(format->green, rgb >> 8 & 0xff) |
	       channel(format->blue, rgb & 0xff);
}

static void put_pixels(volatile u8 *at, unsigned int bytes, u32 pixel, unsigned int count)
{
	for (; count; count--, at += bytes) {
		if (bytes == 4) {
			*(volatile u32 *)at = pixel;
		} else if (bytes == 2) {
			*(volatile u16 *)at = pixel;
		} else {
			at[0] = pixel;
			at[1] = pixel >> 8;
			at[2] = pixel >> 16;
		}
	}
}

void canvas_clear(const struct canvas *canvas)
{
	unsigned int y;

	for (y = 0; y < canvas->height; y++)
		put_pixels(canvas->pixels + (size_t)y * canvas->stride, canvas->format.bytes, 0,
			   canvas->width);
}

/* One line of dots of a character, of dot_height lines of pixels. */
static void draw_dots(const struct canvas *canvas, volatile u8 *at, char c, unsigned int row,
		      u32 pixel)
{
	const unsigned int step = canvas->dot_width * canvas->format.bytes;
	unsigned int line, column;

	for (line = 0; line < canvas->dot_height; line++, at += canvas->stride)
		for (column = 0; column < CELL_DOTS_X; column++)
			put_pixels(at + column * step, canvas->format.bytes,
				   font_dot(c, row, column) ? pixel : 0, canvas->dot_width);
}

void canvas_draw(const struct canvas *canvas, unsigned int column, unsigned int row, char c,
		 u32 pixel)
{
	size_t x = (size_t)column * CELL_DOTS_X * canvas->dot_width;
	size_t y = (size_t)row * CELL_DOTS_Y * canvas->dot_height;
	volatile u8 *at = canvas->pixels + y * canvas->stride + x * canvas->format.bytes;
	unsigned int dots;

	for (dots = 0; dots < CELL_DOTS_Y; dots++) {
		draw_dots(canvas, at, c, dots, pixel);
		at += (size_t)canvas->dot_height * canvas->stride;
	}
}
