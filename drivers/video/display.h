/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the framebuffer's driver. */
#ifndef VIDEO_DISPLAY_H
#define VIDEO_DISPLAY_H

#include <drivers/device.h>
#include "canvas.h"

/* Masks and size of a pixel, where the description has no name for the format. */
#define PROP_RED	"assay,red-mask"
#define PROP_GREEN	"assay,green-mask"
#define PROP_BLUE	"assay,blue-mask"
#define PROP_BYTES	"assay,pixel-bytes"

/**
 * display_describe() - what a device says of its pixels
 * @dev: a simple-framebuffer
 * @canvas: all but its pixels is filled
 *
 * Return: 0; -EINVAL, with a message, when something is missing or cannot be.
 */
int display_describe(const struct device *dev, struct canvas *canvas);

/**
 * screen_console_create() - show a canvas as console
 * @name: of the device
 * @canvas: mapped
 *
 * Return: 0; -ENODEV with screen=off; -ENOMEM; -ERANGE for one that is too small.
 */
int screen_console_create(const char *name, const struct canvas *canvas);

/** screen_console_wanted() - false with screen=off */
bool screen_console_wanted(void);

#endif
