// SPDX-License-Identifier: BSD-2-Clause
/*
 * An LPI: the command INT, which does what a device's message does, until the handler.
 * In between the ITS reads its queue, and its tables of devices, events and collections.
 */
#include <base/compiler.h>
#include <base/errno.h>
#include <core/msi.h>
#include <core/time.h>
#include "bench.h"

#define WAIT_US		1000000ULL

static struct samples samples;

/* Counted by the handler alone. */
static u32 came;
static u64 came_at;

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	(void)intid;
	(void)regs;
	(void)arg;
	came_at = samples_now(&samples);
	WRITE_ONCE(came, came + 1);
	return NULL;
}

static struct msi_parent *find_its(void)
{
	struct msi_parent *parent = msi_parent_next(NULL);

	while (parent && !parent->takes_device_ids)
		parent = msi_parent_next(parent);
	if (!parent)
		SKIP("no ITS is described that has a driver");
	return parent;
}

/* For the highest device that it knows: no machine is likely to have that. */
static int allocate(struct msi_parent *parent, struct msi *msi)
{
	u32 device = 0xffff;
	int ret;

	do {
		ret = msi_alloc(parent, device, 1, note, NULL, msi);
		device >>= 1;
	} while (ret == -ERANGE && device);
	return ret;
}

void lpi(void)
{
	struct msi msi;

	REQUIRE_EQ(allocate(find_its(), &msi), 0);
	samples_begin(&samples, "LPI until its handler", samples_wanted(SOME));
	came = 0;
	for (u32 i = 1; i <= samples.wanted; i++) {
		u64 start = samples_now(&samples);

		if (irq_set_pending(msi.intid, true) ||
		    wait_until(READ_ONCE(came) == i, WAIT_US))
			break;
		samples_add(&samples, came_at - start);
	}
	msi_free(&msi);
	bench_judge(&samples);
}
