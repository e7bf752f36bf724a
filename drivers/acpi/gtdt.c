// SPDX-License-Identifier: BSD-2-Clause
/* GTDT: the CPUs' timers, memory-mapped timers, watchdogs. */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include "internal.h"

/* The architecture's frames are of 4 KiB at least; nothing beyond is touched. */
#define GTDT_FRAME_SIZE		SZ_4K
/* A block has its control frame, and for each timer a frame and two interrupts. */
#define BLOCK_RESOURCES		(1 + 3 * ACPI_GTDT_MAX_FRAMES)

static u32 irq_flags(u32 gtdt)
{
	return (gtdt & ACPI_GTDT_EDGE ? RES_IRQ_EDGE : 0) |
	       (gtdt & ACPI_GTDT_LOW ? RES_IRQ_LOW : 0) |
	       (gtdt & ACPI_GTDT_ALWAYS_ON ? RES_IRQ_ALWAYS_ON : 0);
}

static void add_irq(struct acpi_device *ad, const char *name, u32 gsiv, u32 flags)
{
	if (gsiv)
		acpi_device_irq(ad, name, gsiv, irq_flags(flags));
}

/* In the order and under the names of the binding arm,arch_timer. */
static int add_timer(const struct acpi_gtdt *gtdt)
{
	struct acpi_device *ad = acpi_device_new(ACPI_GTDT_TIMER, "timer", "GTDT", 5, 0);

	if (!ad)
		return -ENOMEM;
	add_irq(ad, "sec-phys", gtdt->secure_el1_timer_gsiv, gtdt->secure_el1_timer_flags);
	add_irq(ad, "phys", gtdt->nonsecure_el1_timer_gsiv, gtdt->nonsecure_el1_timer_flags);
	add_irq(ad, "virt", gtdt->virtual_el1_timer_gsiv, gtdt->virtual_el1_timer_flags);
	add_irq(ad, "hyp-phys", gtdt->el2_timer_gsiv, gtdt->el2_timer_flags);
	if (gtdt->header.revision >= 3 &&
	    ACPI_HAS(gtdt->header.length, struct acpi_gtdt, virtual_el2_timer_flags))
		add_irq(ad, "hyp-virt", gtdt->virtual_el2_timer_gsiv,
			gtdt->virtual_el2_timer_flags);
	acpi_device_add(ad);
	return 0;
}

static void add_frame(struct acpi_device *ad, const struct acpi_gtdt_frame *frame)
{
	u32 always_on = frame->common_flags & ACPI_GTDT_FRAME_ALWAYS_ON ? ACPI_GTDT_ALWAYS_ON : 0;

	/* A secure frame belongs to the firmware. */
	if (frame->common_flags & ACPI_GTDT_FRAME_SECURE)
		return;
	acpi_device_mem(ad, heap_printf("frame%u", frame->frame_number), frame->cntbase,
			GTDT_FRAME_SIZE);
	add_irq(ad, heap_printf("frame%u-phys", frame->frame_number),
		frame->physical_timer_gsiv, frame->physical_timer_flags | always_on);
	add_irq(ad, heap_printf("frame%u-virt", frame->frame_number),
		frame->virtual_timer_gsiv, frame->virtual_timer_flags | always_on);
}

static int add_block(const struct acpi_sub *sub)
{
	const struct acpi_gtdt_block *block = sub->data;
	struct acpi_device *ad;

	ad = acpi_device_new(ACPI_GTDT(ACPI_GTDT_BLOCK),
			     heap_printf("timer-mem@%llx", block->cntctlbase),
			     heap_printf("GTDT timer block (at offset 0x%x)", sub->offset),
			     BLOCK_RESOURCES, 0);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)sub->offset;
	acpi_device_mem(ad, "CNTCTLBase", block->cntctlbase, GTDT_FRAME_SIZE);
	for (u32 i = 0; i < MIN(block->timer_count, (u32)ACPI_GTDT_MAX_FRAMES); i++) {
		const struct acpi_gtdt_frame *frame = acpi_gtdt_frame(sub, i);

		if (!frame) {
			pr_err("ACPI: GTDT, offset 0x%x (timer_count): frame %u lies beyond its "
			       "block\n",
			       sub->offset + (u32)offsetof(struct acpi_gtdt_block, timer_count), i);
			break;
		}
		add_frame(ad, frame);
	}
	acpi_device_add(ad);
	return 0;
}

static int add_watchdog(const struct acpi_sub *sub)
{
	const struct acpi_gtdt_watchdog *wd = sub->data;
	struct acpi_device *ad;

	if (wd->watchdog_timer_flags & ACPI_GTDT_WATCHDOG_SECURE)
		return 0;
	ad = acpi_device_new(ACPI_GTDT(ACPI_GTDT_WATCHDOG),
			     heap_printf("watchdog@%llx", wd->watchdogcontrolframe),
			     heap_printf("GTDT watchdog (at offset 0x%x)", sub->offset), 3, 0);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)sub->offset;
	/* In the order of the binding sbsa,gwdt. */
	acpi_device_mem(ad, "control", wd->watchdogcontrolframe, GTDT_FRAME_SIZE);
	acpi_device_mem(ad, "refresh", wd->refreshframe, GTDT_FRAME_SIZE);
	add_irq(ad, "WS0", wd->watchdog_timer_gsiv,
		wd->watchdog_timer_flags & (ACPI_GTDT_EDGE | ACPI_GTDT_LOW));
	acpi_device_add(ad);
	return 0;
}

static int add_platform_timer(const struct acpi_sub *sub)
{
	if (sub->type == ACPI_GTDT_BLOCK && sub->length >= sizeof(struct acpi_gtdt_block))
		return add_block(sub);
	if (sub->type == ACPI_GTDT_WATCHDOG && sub->length >= sizeof(struct acpi_gtdt_watchdog))
		return add_watchdog(sub);
	pr_err("ACPI: GTDT, offset 0x%x: platform timer of type %u with %u bytes; not used\n",
	       sub->offset, sub->type, sub->length);
	return 0;
}

int acpi_gtdt_populate(void)
{
	const struct acpi_gtdt *gtdt;
	struct acpi_walk walk;
	struct acpi_sub sub;
	int ret;

	gtdt = (const void *)acpi_table_min("GTDT", offsetof(struct acpi_gtdt, cntreadbase));
	if (!gtdt)
		return 0;
	ret = add_timer(gtdt);
	if (ret)
		return ret;
	walk = acpi_gtdt_walk(gtdt);
	while (acpi_walk_next(&walk, &sub)) {
		ret = add_platform_timer(&sub);
		if (ret)
			return ret;
	}
	if (walk.end != ACPI_WALK_WHOLE)
		pr_err("ACPI: GTDT, offset 0x%x (length): platform timer %s; the rest is not "
		       "used\n",
		       walk.offset + 1, acpi_walk_end_name(walk.end));
	return 0;
}
