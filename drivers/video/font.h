/* SPDX-License-Identifier: BSD-2-Clause */
/* The characters that the screen shows. */
#ifndef VIDEO_FONT_H
#define VIDEO_FONT_H

#include <base/types.h>

#define FONT_COLUMNS	5
#define FONT_ROWS	8	/* the last one is below the line that characters stand on */
#define FONT_UNKNOWN	0x7f	/* a block, for what is not ASCII */

/**
 * font_dot() - whether a dot of a character is set
 * @c: character; what is not printable ASCII is shown as FONT_UNKNOWN
 * @row: from the top
 * @column: from the left
 */
bool font_dot(char c, unsigned int row, unsigned int column);

#endif
