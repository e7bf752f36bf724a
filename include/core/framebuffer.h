/* SPDX-License-Identifier: BSD-2-Clause */
/* A linear framebuffer that the boot method found, as struct boot_info hands it over. */
#ifndef CORE_FRAMEBUFFER_H
#define CORE_FRAMEBUFFER_H

#include <base/types.h>

struct boot_framebuffer {
	u64 base;		/* physical address; 0 without one that can be drawn into */
	u64 size;		/* bytes */
	u32 width;		/* pixels */
	u32 height;
	u32 stride;		/* bytes from one line to the next */
	u32 pixel_bytes;	/* 2, 3 or 4 */
	u32 red, green, blue;	/* masks of a pixel, in memory least significant byte first */
	const char *origin;	/* "UEFI graphics output"; for people */
	const char *missing;	/* why a display that is there cannot be drawn into, or NULL */
};

#endif
