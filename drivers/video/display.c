// SPDX-License-Identifier: BSD-2-Clause
/* Geometry and format of a framebuffer, from the properties of the binding simple-framebuffer. */
#include <base/string.h>
#include <base/util.h>
#include <core/log.h>
#include "display.h"

/* Beyond that it is no display: what is multiplied below stays within 64 bits by far. */
#define MOST_PIXELS	16384U

static const struct {
	const char *name;
	struct canvas_format format;
} formats[] = {
	{ "x8r8g8b8", { 0xff0000, 0xff00, 0xff, 4 } },
	{ "a8r8g8b8", { 0xff0000, 0xff00, 0xff, 4 } },
	{ "x8b8g8r8", { 0xff, 0xff00, 0xff0000, 4 } },
	{ "a8b8g8r8", { 0xff, 0xff00, 0xff0000, 4 } },
	{ "x2r10g10b10", { 0x3ff00000, 0xffc00, 0x3ff, 4 } },
	{ "a2r10g10b10", { 0x3ff00000, 0xffc00, 0x3ff, 4 } },
	{ "r8g8b8", { 0xff0000, 0xff00, 0xff, 3 } },
	{ "r5g6b5", { 0xf800, 0x7e0, 0x1f, 2 } },
	{ "x1r5g5b5", { 0x7c00, 0x3e0, 0x1f, 2 } },
	{ "a1r5g5b5", { 0x7c00, 0x3e0, 0x1f, 2 } },
};

static bool number(const struct device *dev, const char *name, u32 *value)
{
	u64 wide;

	if (device_get_u64(dev, name, &wide) || wide > 0xffffffff)
		return false;
	*value = wide;
	return true;
}

static bool read_format(const struct device *dev, struct canvas_format *format)
{
	const char *name = device_get_string(dev, "format");
	unsigned int i;

	for (i = 0; name && i < ARRAY_SIZE(formats); i++) {
		if (!strcmp(name, formats[i].name)) {
			*format = formats[i].format;
			return true;
		}
	}
	return number(dev, PROP_RED, &format->red) && number(dev, PROP_GREEN, &format->green) &&
	       number(dev, PROP_BLUE, &format->blue) && number(dev, PROP_BYTES, &format->bytes) &&
	       format->bytes >= 2 && format->bytes <= 4;
}

/* Why it cannot be drawn into, NULL when it can. */
static const char *complaint(const struct device *dev, const struct canvas *canvas)
{
	const struct resource *mem = device_mem(dev, 0);
	u32 line = canvas->width * canvas->format.bytes;
	u32 align = canvas->format.bytes == 3 ? 1 : canvas->format.bytes;

	if (!canvas->width || !canvas->height)
		return "no width or no height";
	if (canvas->width > MOST_PIXELS || canvas->height > MOST_PIXELS)
		return "more pixels than any display";
	if (canvas->stride < line)
		return "lines that overlap";
	if (!mem || (u64)canvas->stride * (canvas->height - 1) + line > mem->size)
		return "more lines than its memory holds";
	if (canvas->stride % align || mem->base % align)
		return "pixels that are not aligned";
	return NULL;
}

int display_describe(const struct device *dev, struct canvas *canvas)
{
	const char *why = "no width, height or stride";

	if (number(dev, "width", &canvas->width) && number(dev, "height", &canvas->height) &&
	    number(dev, "stride", &canvas->stride))
		why = read_format(dev, &canvas->format) ? complaint(dev, canvas) :
							  "a format that is not known";
	if (!why)
		return 0;
	pr_err("%s (%s): the framebuffer is described with %s; nothing is shown there",
	       dev->name, dev->origin, why);
	return -EINVAL;
}
