// SPDX-License-Identifier: BSD-2-Clause
/*
 * Watchdog of Intel's 6300ESB I/O controller hub (datasheet 300641-004US), which
 * hypervisors give their guests as a PCI function. Two stages that count a preload
 * down by one of two clocks made from PCI's 33 MHz; a register is written behind two
 * words that unlock it. Its interrupt goes to an APIC, which no Arm machine has.
 */
#include <base/errno.h>
#include <base/util.h>
#include <core/log.h>
#include <core/watchdog.h>
#include <asm/io.h>
#include <drivers/pci.h>

/* Configuration space */
#define SETUP			0x60		/* bit 5 clear: the second stage resets */
#define SETUP_NO_INTERRUPT	0x03
#define SETUP_FAST		0x04	/* about 1 MHz, else about 1 kHz */
#define LOCK			0x68
#define LOCK_LOCKED		0x01
#define LOCK_ENABLE		0x02

/* BAR 0 */
#define PRELOAD(stage)		(0x00 + 4 * (stage))
#define RELOAD			0x0c
#define RELOAD_UNLOCK_1		0x80
#define RELOAD_UNLOCK_2		0x86
#define RELOAD_NOW		0x100

#define PRELOAD_MAX		0xfffffULL
#define PCI_MHZ			33ULL
#define FAST_CYCLES		32ULL
#define SLOW_CYCLES		32768ULL

struct i6300esb {
	struct watchdog wd;
	struct pci_function *fn;
	void __iomem *regs;
};

/* One a machine is all that is driven. */
static struct i6300esb only;

static struct i6300esb *to_i6300esb(struct watchdog *wd)
{
	return container_of(wd, struct i6300esb, wd);
}

static void unlock(const struct i6300esb *esb)
{
	writew(RELOAD_UNLOCK_1, esb->regs + RELOAD);
	writew(RELOAD_UNLOCK_2, esb->regs + RELOAD);
}

static void i6300esb_refresh(struct watchdog *wd)
{
	const struct i6300esb *esb = to_i6300esb(wd);

	unlock(esb);
	writew(RELOAD_NOW, esb->regs + RELOAD);
}

static bool i6300esb_is_running(struct watchdog *wd)
{
	return pci_read8(to_i6300esb(wd)->fn, LOCK) & LOCK_ENABLE;
}

static int i6300esb_stop(struct watchdog *wd)
{
	pci_write8(to_i6300esb(wd)->fn, LOCK, 0);
	return i6300esb_is_running(wd) ? -EIO : 0;
}

static u64 preload(u64 us, u64 cycles)
{
	return MAX((us * PCI_MHZ + cycles - 1) / cycles, 1ULL);
}

static int i6300esb_start(struct watchdog *wd, u64 us)
{
	const struct i6300esb *esb = to_i6300esb(wd);
	u16 setup = SETUP_NO_INTERRUPT | SETUP_FAST;
	u64 count;
	int ret;

	if (!us || us > wd->max_us)
		return -ERANGE;
	ret = i6300esb_stop(wd);
	if (ret)
		return ret;
	count = preload(us, FAST_CYCLES);
	if (count > PRELOAD_MAX) {
		setup &= (u16)~SETUP_FAST;
		count = preload(us, SLOW_CYCLES);
	}
	pci_write16(esb->fn, SETUP, setup);
	for (unsigned int stage = 0; stage < 2; stage++) {
		unlock(esb);
		writel((u32)count, esb->regs + PRELOAD(stage));
	}
	pci_write8(esb->fn, LOCK, LOCK_ENABLE);
	if (!i6300esb_is_running(wd))
		return -EIO;
	i6300esb_refresh(wd);
	return 0;
}

static int i6300esb_probe(struct pci_function *fn)
{
	bool ran;

	if (only.fn)
		return -ENODEV;
	only.regs = pci_map_bar(fn, 0);
	if (!only.regs)
		return -EIO;
	only.fn = fn;
	only.wd = (struct watchdog){
		.name = "i6300esb", .start = i6300esb_start, .refresh = i6300esb_refresh,
		.stop = i6300esb_stop, .is_running = i6300esb_is_running,
		.max_us = PRELOAD_MAX * SLOW_CYCLES / PCI_MHZ,
	};
	ran = i6300esb_is_running(&only.wd);
	if (i6300esb_stop(&only.wd)) {
		pr_err("PCI %s: the watchdog cannot be stopped (%s): it resets the machine before long",
		       pci_name(fn), pci_read8(fn, LOCK) & LOCK_LOCKED ? "locked" : "not locked");
		return -EIO;
	}
	if (ran)
		pr_info("PCI %s: the firmware had left the watchdog running; it is stopped",
			pci_name(fn));
	watchdog_register(&only.wd);
	return 0;
}

static const struct pci_match i6300esb_match[] = {
	{ .vendor = 0x8086, .device = 0x25ab },
	{}
};

PCI_DRIVER(i6300esb, .match = i6300esb_match, .probe = i6300esb_probe);
