// SPDX-License-Identifier: BSD-2-Clause
#include "progress_mark.h"
#include <base/string.h>
#include <core/boot.h>
#include <drivers/efi_variable.h>

#define VARIABLE	"AssayReset"

struct mark {
	u64 image;		/* of the build-id */
	u64 words;		/* of the command line */
};

static struct {
	bool possible;
	bool set;
	struct mark mark;
} own;

bool progress_mark_begin(u64 image, u64 words)
{
	struct mark found = { .image = 0 };
	size_t size = sizeof(found);
	int ret = efi_variable_read(VARIABLE, &found, &size);

	own.mark = (struct mark){ .image = image, .words = words };
	own.possible = efi_variable_later();
	if (!ret)
		efi_variable_write(VARIABLE, NULL, 0);
	return !ret && size == sizeof(found) && !memcmp(&found, &own.mark, sizeof(found));
}

/* In flash, perhaps: what is there already is not written again. */
void progress_mark_set(void *stack, u64 size)
{
	if (!own.possible || own.set || boot_info_get()->services)
		return;
	own.set = !efi_variable_write_on(stack, size, VARIABLE, &own.mark, sizeof(own.mark));
}

void progress_mark_drop(void *stack, u64 size)
{
	if (own.set)
		efi_variable_write_on(stack, size, VARIABLE, NULL, 0);
	own.set = false;
}
