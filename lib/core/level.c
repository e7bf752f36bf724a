// SPDX-License-Identifier: BSD-2-Clause
/* Which exception level the run is at. */
#include <base/errno.h>
#include <base/string.h>
#include <core/log.h>
#include <core/param.h>
#include <asm/cpu.h>
#include "core.h"

static unsigned int wanted_el;	/* 0: where we were entered */
static bool without_vhe;
static const char *word;	/* behind el= */

static int el_set(const char *value)
{
	if (value && !strcmp(value, "1"))
		wanted_el = 1;
	else if (value && (!strcmp(value, "2") || !strcmp(value, "nvhe") || !strcmp(value, "vhe")))
		wanted_el = 2;
	else
		return -EINVAL;
	without_vhe = !strcmp(value, "nvhe");
	word = value;
	return 0;
}
PARAM(el, .help = "1 or 2: exception level to run at; nvhe: 2 without VHE; default: where entered, with VHE",
      .set = el_set);

void level_choose(unsigned int *el, bool *vhe)
{
	*el = wanted_el ? wanted_el : cpu_current_el();
	*vhe = !without_vhe;
	if (*el > cpu_current_el()) {
		pr_err("el=%s: the image was entered at EL%u and cannot go up", word,
		       cpu_current_el());
		*el = cpu_current_el();
	}
	if (cpu_current_el() == 2 && cpu_e2h_is_fixed() && (*el == 1 || without_vhe)) {
		pr_err("el=%s: HCR_EL2.E2H is fixed at 1 on this CPU: staying at EL2 with VHE", word);
		*el = 2;
	}
}
