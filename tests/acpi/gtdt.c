// SPDX-License-Identifier: BSD-2-Clause
/* Generic Timer Description Table: the CPUs' timers, and every block, frame and watchdog. */
#include "rules.h"

#define GTDT_V1_LENGTH	80U	/* ACPI 5.0 */
#define GTDT_V2_LENGTH	96U	/* ACPI 5.1: platform timers */
#define GTDT_V3_LENGTH	104U	/* ACPI 6.3: virtual EL2 timer */

static const struct acpi_gtdt *get_gtdt(void)
{
	return (const void *)rules_table("GTDT", GTDT_V1_LENGTH);
}

static u32 fixed_length(u8 revision)
{
	if (revision >= 3)
		return GTDT_V3_LENGTH;
	return revision == 2 ? GTDT_V2_LENGTH : GTDT_V1_LENGTH;
}

/* Bytes behind the last platform timer are read by nobody. */
static void check_platform_timers_whole(const struct acpi_gtdt *gtdt)
{
	struct acpi_walk walk = acpi_gtdt_walk(gtdt);
	u32 fixed = fixed_length(gtdt->header.revision);
	struct acpi_sub sub;

	if (gtdt->platform_timer_count)
		CHECK_GE(gtdt->platform_timer_offset, fixed,
			 AT_TABLE("GTDT", struct acpi_gtdt, platform_timer_offset));
	else
		walk.offset = fixed;
	while (acpi_walk_next(&walk, &sub)) {
		CHECK_LE(sub.type, 1U, AT_SUB("GTDT", &sub, struct acpi_gtdt_entry, type));
		if (sub.length >= sizeof(struct acpi_gtdt_entry))
			CHECK_EQ(((const struct acpi_gtdt_entry *)sub.data)->reserved, 0U,
				 AT_SUB("GTDT", &sub, struct acpi_gtdt_entry, reserved));
	}
	CHECK_EQ(walk.end, (enum acpi_walk_end)ACPI_WALK_WHOLE,
		 "GTDT, offset 0x%x (length): platform timer: %s", walk.offset + 1,
		 acpi_walk_end_name(walk.end));
	if (walk.offset < gtdt->header.length)
		test_diag("GTDT, offset 0x%x: %u bytes behind the last structure", walk.offset,
			  gtdt->header.length - walk.offset);
}

void gtdt_structure(void)
{
	const struct acpi_gtdt *gtdt = get_gtdt();
	u8 revision = gtdt->header.revision;

	CHECK_EQ(gtdt->reserved, 0U, AT_TABLE("GTDT", struct acpi_gtdt, reserved));
	REQUIRE_GE(gtdt->header.length, fixed_length(revision),
		   AT_TABLE("GTDT", struct acpi_header, length));
	CHECK_NE(gtdt->cntcontrolbase, 0ULL, AT_TABLE("GTDT", struct acpi_gtdt, cntcontrolbase));
	if (revision >= 2)
		check_platform_timers_whole(gtdt);
}

struct timer {
	const char *field;
	u32 offset;
	u32 gsiv;
	u32 flags;
	bool needed;	/* by any system; the others exist where their exception level does */
};

#define TIMERS	5
#define TIMER(gtdt, name, is_needed)						\
	{ #name "_gsiv", offsetof(struct acpi_gtdt, name##_gsiv),		\
	  (gtdt)->name##_gsiv, (gtdt)->name##_flags, is_needed }

static unsigned int list_timers(const struct acpi_gtdt *gtdt, struct timer *timers)
{
	const struct timer list[] = {
		TIMER(gtdt, secure_el1_timer, false),
		TIMER(gtdt, nonsecure_el1_timer, true),
		TIMER(gtdt, virtual_el1_timer, true),
		TIMER(gtdt, el2_timer, false),
	};

	memcpy(timers, list, sizeof(list));
	if (gtdt->header.revision < 3 || gtdt->header.length < GTDT_V3_LENGTH)
		return ARRAY_SIZE(list);
	timers[ARRAY_SIZE(list)] = (struct timer)TIMER(gtdt, virtual_el2_timer, false);
	return ARRAY_SIZE(list) + 1;
}

void gtdt_timer_interrupts(void)
{
	const struct acpi_gtdt *gtdt = get_gtdt();
	struct timer timer[TIMERS];
	unsigned int count = list_timers(gtdt, timer);

	for (unsigned int i = 0; i < count; i++) {
		if (!timer[i].gsiv) {
			CHECK(!timer[i].needed, "GTDT, offset 0x%x (%s): 0", timer[i].offset,
			      timer[i].field);
			continue;
		}
		CHECK(rules_is_ppi(timer[i].gsiv), "GTDT, offset 0x%x (%s): GSIV %u is no PPI",
		      timer[i].offset, timer[i].field, timer[i].gsiv);
		for (unsigned int j = 0; j < i; j++)
			CHECK_NE(timer[i].gsiv, timer[j].gsiv,
				 "GTDT, offset 0x%x (%s): as %s at offset 0x%x", timer[i].offset,
				 timer[i].field, timer[j].field, timer[j].offset);
	}
}

void gtdt_timer_flags(void)
{
	const struct acpi_gtdt *gtdt = get_gtdt();
	struct timer timer[TIMERS];
	unsigned int count = list_timers(gtdt, timer);

	for (unsigned int i = 0; i < count; i++) {
		CHECK_EQ(timer[i].flags & GENMASK(31, 3), 0ULL,
			 "GTDT, offset 0x%x (flags behind %s)", timer[i].offset + 4,
			 timer[i].field);
		/* The architecture's timers hold their line while the condition is true. */
		if (timer[i].gsiv && (timer[i].flags & ACPI_GTDT_EDGE))
			test_diag("GTDT, offset 0x%x (flags behind %s): edge, where the "
				  "architecture's timers are level-sensitive",
				  timer[i].offset + 4, timer[i].field);
	}
}

static void check_frame(const struct acpi_sub *sub, const struct acpi_gtdt_frame *frame)
{
	u32 offset = sub->offset + (u32)((const u8 *)frame - (const u8 *)sub->data);
	const struct acpi_sub at = { .offset = offset };

	CHECK_LT(frame->frame_number, 8U,
		 AT_SUB("GTDT", &at, struct acpi_gtdt_frame, frame_number));
	CHECK_EQ(frame->reserved[0] | frame->reserved[1] | frame->reserved[2], 0,
		 AT_SUB("GTDT", &at, struct acpi_gtdt_frame, reserved));
	CHECK_NE(frame->cntbase, 0ULL, AT_SUB("GTDT", &at, struct acpi_gtdt_frame, cntbase));
	CHECK_EQ(frame->cntbase % SZ_4K, 0ULL,
		 AT_SUB("GTDT", &at, struct acpi_gtdt_frame, cntbase));
	CHECK(rules_is_spi(frame->physical_timer_gsiv),
	      "GTDT, offset 0x%x (physical_timer_gsiv): %u is no SPI",
	      offset + (u32)offsetof(struct acpi_gtdt_frame, physical_timer_gsiv),
	      frame->physical_timer_gsiv);
	CHECK(!frame->virtual_timer_gsiv || rules_is_spi(frame->virtual_timer_gsiv),
	      "GTDT, offset 0x%x (virtual_timer_gsiv): %u is no SPI",
	      offset + (u32)offsetof(struct acpi_gtdt_frame, virtual_timer_gsiv),
	      frame->virtual_timer_gsiv);
	CHECK_EQ((frame->physical_timer_flags | frame->virtual_timer_flags) & GENMASK(31, 2), 0ULL,
		 AT_SUB("GTDT", &at, struct acpi_gtdt_frame, physical_timer_flags));
	CHECK_EQ(frame->common_flags & GENMASK(31, 2), 0ULL,
		 AT_SUB("GTDT", &at, struct acpi_gtdt_frame, common_flags));
}

static void check_frames_differ(const struct acpi_sub *sub, u32 n)
{
	const struct acpi_gtdt_frame *frame = acpi_gtdt_frame(sub, n);

	for (u32 i = 0; i < n; i++) {
		const struct acpi_gtdt_frame *other = acpi_gtdt_frame(sub, i);

		CHECK_NE(frame->frame_number, other->frame_number,
			 "GTDT, timer block at offset 0x%x: frames %u and %u", sub->offset, i, n);
		CHECK_NE(frame->cntbase, other->cntbase,
			 "GTDT, timer block at offset 0x%x: frames %u and %u", sub->offset, i, n);
	}
}

static void check_block(const struct acpi_sub *sub)
{
	const struct acpi_gtdt_block *block = sub->data;

	if (!CHECK_GE(sub->length, (u32)sizeof(*block),
		      AT_SUB("GTDT", sub, struct acpi_gtdt_block, length)))
		return;
	CHECK_NE(block->cntctlbase, 0ULL, AT_SUB("GTDT", sub, struct acpi_gtdt_block, cntctlbase));
	CHECK_GE(block->timer_count, 1U, AT_SUB("GTDT", sub, struct acpi_gtdt_block, timer_count));
	if (!CHECK_LE(block->timer_count, (u32)ACPI_GTDT_MAX_FRAMES,
		      AT_SUB("GTDT", sub, struct acpi_gtdt_block, timer_count)))
		return;
	CHECK_EQ((u64)sub->length,
		 block->timer_offset + (u64)block->timer_count * sizeof(struct acpi_gtdt_frame),
		 AT_SUB("GTDT", sub, struct acpi_gtdt_block, length));
	for (u32 i = 0; i < block->timer_count; i++) {
		const struct acpi_gtdt_frame *frame = acpi_gtdt_frame(sub, i);

		if (!CHECK(frame != NULL,
			   AT_SUB_ID("GTDT", sub, struct acpi_gtdt_block, timer_offset,
				     "beyond the block: frame", i)))
			return;
		check_frame(sub, frame);
		check_frames_differ(sub, i);
	}
}

static const struct acpi_gtdt *gtdt_with_timers(void)
{
	const struct acpi_gtdt *gtdt = get_gtdt();

	if (gtdt->header.revision < 2 || gtdt->header.length < GTDT_V2_LENGTH)
		SKIP("a GTDT of revision %u has no platform timers", gtdt->header.revision);
	return gtdt;
}

void gtdt_timer_blocks(void)
{
	struct acpi_walk walk = acpi_gtdt_walk(gtdt_with_timers());
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; rules_next(&walk, &sub, ACPI_GTDT_BLOCK, 0); count++)
		check_block(&sub);
	if (!count)
		SKIP("no memory-mapped timer described");
}

static void check_watchdog(const struct acpi_sub *sub)
{
	const struct acpi_gtdt_watchdog *wd = sub->data;

	if (!CHECK_EQ(sub->length, (u32)sizeof(*wd),
		      AT_SUB("GTDT", sub, struct acpi_gtdt_watchdog, length)) &&
	    sub->length < sizeof(*wd))
		return;
	CHECK_NE(wd->refreshframe, 0ULL,
		 AT_SUB("GTDT", sub, struct acpi_gtdt_watchdog, refreshframe));
	CHECK_NE(wd->watchdogcontrolframe, 0ULL,
		 AT_SUB("GTDT", sub, struct acpi_gtdt_watchdog, watchdogcontrolframe));
	CHECK_NE(wd->refreshframe, wd->watchdogcontrolframe,
		 AT_SUB("GTDT", sub, struct acpi_gtdt_watchdog, refreshframe));
	CHECK_EQ((wd->refreshframe | wd->watchdogcontrolframe) % SZ_4K, 0ULL,
		 AT_SUB("GTDT", sub, struct acpi_gtdt_watchdog, refreshframe));
	CHECK(rules_is_spi(wd->watchdog_timer_gsiv),
	      "GTDT, offset 0x%x (watchdog_timer_gsiv): %u is no SPI",
	      sub->offset + (u32)offsetof(struct acpi_gtdt_watchdog, watchdog_timer_gsiv),
	      wd->watchdog_timer_gsiv);
	CHECK_EQ(wd->watchdog_timer_flags & GENMASK(31, 3), 0ULL,
		 AT_SUB("GTDT", sub, struct acpi_gtdt_watchdog, watchdog_timer_flags));
}

void gtdt_watchdogs(void)
{
	struct acpi_walk walk = acpi_gtdt_walk(gtdt_with_timers());
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; rules_next(&walk, &sub, ACPI_GTDT_WATCHDOG, 0); count++)
		check_watchdog(&sub);
	if (!count)
		SKIP("no SBSA generic watchdog described");
}
