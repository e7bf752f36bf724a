// SPDX-License-Identifier: BSD-2-Clause
/* MADT: the distributor, CPU interfaces or redistributors, ITSs and MSI frames. */
#include "rules.h"

#define GICR_FRAMES_SIZE	(2 * SZ_64K)	/* the least a redistributor takes */

static const struct acpi_madt *get_madt(void)
{
	return TABLE(struct acpi_madt, "APIC");
}

static void check_gicd(const struct acpi_sub *sub, unsigned int version)
{
	const struct acpi_madt_gicd *gicd = sub->data;

	CHECK_EQ(gicd->reserved1, 0U, AT_SUB("APIC", sub, struct acpi_madt_gicd, reserved1));
	CHECK_NE(gicd->physical_base_address, 0ULL,
		 AT_SUB("APIC", sub, struct acpi_madt_gicd, physical_base_address));
	CHECK_EQ(gicd->physical_base_address % (version >= 3 ? SZ_64K : SZ_4K), 0ULL,
		 AT_SUB("APIC", sub, struct acpi_madt_gicd, physical_base_address));
	CHECK_EQ(gicd->system_vector_base, 0U,
		 AT_SUB("APIC", sub, struct acpi_madt_gicd, system_vector_base));
	CHECK_LE(gicd->gic_version, 4U, AT_SUB("APIC", sub, struct acpi_madt_gicd, gic_version));
	CHECK_EQ(gicd->reserved2[0] | gicd->reserved2[1] | gicd->reserved2[2], 0,
		 AT_SUB("APIC", sub, struct acpi_madt_gicd, reserved2));
	if (!gicd->gic_version)
		test_diag("APIC, offset 0x%x (gic_version): 0, which leaves it to the hardware",
			  sub->offset + (u32)offsetof(struct acpi_madt_gicd, gic_version));
}

void madt_gicd(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; NEXT_ENTRY(&walk, &sub, ACPI_MADT_GICD, struct acpi_madt_gicd); count++)
		check_gicd(&sub, rules_gic_version(madt));
	CHECK_EQ(count, 1U, "APIC: GICD structures");
}

/* GICv2: a CPU reaches its own interface at the address that its GICC gives. */
void madt_cpu_interfaces(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	if (rules_gic_version(madt) >= 3)
		SKIP("a GICv%u's CPU interface is in system registers", rules_gic_version(madt));
	while (rules_next_gicc(&walk, &sub)) {
		const struct acpi_madt_gicc *gicc = sub.data;
		u32 uid = gicc->acpi_processor_uid;

		if (!rules_gicc_usable(gicc))
			continue;
		CHECK_NE(gicc->physical_base_address, 0ULL,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, physical_base_address,
				   "GICC UID", uid));
		CHECK_EQ(gicc->physical_base_address % SZ_4K, 0ULL,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, physical_base_address,
				   "GICC UID", uid));
		/* The eight CPUs of a GICv2 are bits in a register: the number says which. */
		CHECK_LT(gicc->cpu_interface_number, 8U,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, cpu_interface_number,
				   "GICC UID", uid));
	}
}

/* Number of redistributors that the GICR structures have room for. */
static u64 check_gicr(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;
	u64 frames = 0;

	while (NEXT_ENTRY(&walk, &sub, ACPI_MADT_GICR, struct acpi_madt_gicr)) {
		const struct acpi_madt_gicr *gicr = sub.data;

		CHECK_NE(gicr->discovery_range_base_address, 0ULL,
			 AT_SUB("APIC", &sub, struct acpi_madt_gicr,
				discovery_range_base_address));
		CHECK_EQ(gicr->discovery_range_base_address % SZ_64K, 0ULL,
			 AT_SUB("APIC", &sub, struct acpi_madt_gicr,
				discovery_range_base_address));
		CHECK_GE((u64)gicr->discovery_range_length, GICR_FRAMES_SIZE,
			 AT_SUB("APIC", &sub, struct acpi_madt_gicr, discovery_range_length));
		CHECK_EQ(gicr->discovery_range_length % SZ_64K, 0ULL,
			 AT_SUB("APIC", &sub, struct acpi_madt_gicr, discovery_range_length));
		frames += gicr->discovery_range_length / GICR_FRAMES_SIZE;
	}
	return frames;
}

static u64 count_cpus(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;
	u64 cpus = 0;

	while (rules_next_gicc(&walk, &sub))
		cpus += rules_gicc_usable(sub.data);
	return cpus;
}

/* No GICR structure: then each CPU's GICC says where its redistributor is. */
static void check_gicc_gicr(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub, other;

	while (rules_next_gicc(&walk, &sub)) {
		const struct acpi_madt_gicc *gicc = sub.data;
		u32 uid = gicc->acpi_processor_uid;
		struct acpi_walk before = acpi_madt_walk(madt);

		if (!rules_gicc_usable(gicc))
			continue;
		if (!CHECK_NE(gicc->gicr_base_address, 0ULL,
			      AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, gicr_base_address,
					"and no GICR structure: GICC UID", uid)))
			continue;
		CHECK_EQ(gicc->gicr_base_address % SZ_64K, 0ULL,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, gicr_base_address,
				   "GICC UID", uid));
		while (rules_next_gicc(&before, &other) && other.offset < sub.offset) {
			const struct acpi_madt_gicc *first = other.data;

			if (rules_gicc_usable(first))
				CHECK_NE(gicc->gicr_base_address, first->gicr_base_address,
					 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc,
						   gicr_base_address, "as that of GICC UID",
						   first->acpi_processor_uid));
		}
	}
}

static bool has_gicr(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	return NEXT_ENTRY(&walk, &sub, ACPI_MADT_GICR, struct acpi_madt_gicr);
}

/* Room for all is not yet the right place; the GIC's own registers say that. */
void madt_redistributors(void)
{
	const struct acpi_madt *madt = get_madt();

	if (rules_gic_version(madt) < 3)
		SKIP("a GICv%u has no redistributors", rules_gic_version(madt));
	if (has_gicr(madt))
		CHECK_GE(check_gicr(madt), count_cpus(madt),
			 "APIC: redistributors in all GICR structures, and CPUs");
	else
		check_gicc_gicr(madt);
}

void madt_its(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int count = 0;
	struct acpi_sub sub, other;

	for (; NEXT_ENTRY(&walk, &sub, ACPI_MADT_ITS, struct acpi_madt_its); count++) {
		const struct acpi_madt_its *its = sub.data;
		struct acpi_walk before = acpi_madt_walk(madt);

		CHECK_EQ(its->reserved1, 0U, AT_SUB("APIC", &sub, struct acpi_madt_its, reserved1));
		CHECK_EQ(its->reserved2, 0U, AT_SUB("APIC", &sub, struct acpi_madt_its, reserved2));
		CHECK_NE(its->physical_base_address, 0ULL,
			 AT_SUB("APIC", &sub, struct acpi_madt_its, physical_base_address));
		CHECK_EQ(its->physical_base_address % SZ_64K, 0ULL,
			 AT_SUB("APIC", &sub, struct acpi_madt_its, physical_base_address));
		while (NEXT_ENTRY(&before, &other, ACPI_MADT_ITS, struct acpi_madt_its) &&
		       other.offset < sub.offset) {
			const struct acpi_madt_its *first = other.data;

			CHECK_NE(its->gic_its_id, first->gic_its_id,
				 AT_SUB("APIC", &sub, struct acpi_madt_its, gic_its_id));
		}
	}
	if (!count)
		SKIP("no ITS described");
}

static void check_msi_frame(const struct acpi_sub *sub)
{
	const struct acpi_madt_msi_frame *frame = sub->data;

	CHECK_EQ(frame->reserved1, 0U, AT_SUB("APIC", sub, struct acpi_madt_msi_frame, reserved1));
	CHECK_NE(frame->physical_base_address, 0ULL,
		 AT_SUB("APIC", sub, struct acpi_madt_msi_frame, physical_base_address));
	CHECK_EQ(frame->physical_base_address % SZ_4K, 0ULL,
		 AT_SUB("APIC", sub, struct acpi_madt_msi_frame, physical_base_address));
	CHECK_EQ(frame->flags & GENMASK(31, 1), 0ULL,
		 AT_SUB("APIC", sub, struct acpi_madt_msi_frame, flags));
	if (!(frame->flags & ACPI_MSI_FRAME_SPI_SELECT))
		return;
	CHECK_GT(frame->spi_count, 0U, AT_SUB("APIC", sub, struct acpi_madt_msi_frame, spi_count));
	CHECK_GE(frame->spi_base, 32U, AT_SUB("APIC", sub, struct acpi_madt_msi_frame, spi_base));
	CHECK_LE((u32)frame->spi_base + frame->spi_count, 1020U,
		 AT_SUB("APIC", sub, struct acpi_madt_msi_frame, spi_count));
}

void madt_msi_frames(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int count = 0;
	struct acpi_sub sub, other;

	for (; NEXT_ENTRY(&walk, &sub, ACPI_MADT_MSI_FRAME, struct acpi_madt_msi_frame); count++) {
		const struct acpi_madt_msi_frame *frame = sub.data;
		struct acpi_walk before = acpi_madt_walk(madt);

		check_msi_frame(&sub);
		while (NEXT_ENTRY(&before, &other, ACPI_MADT_MSI_FRAME,
				  struct acpi_madt_msi_frame) && other.offset < sub.offset) {
			const struct acpi_madt_msi_frame *first = other.data;

			CHECK_NE(frame->gic_msi_frame_id, first->gic_msi_frame_id,
				 AT_SUB("APIC", &sub, struct acpi_madt_msi_frame,
					gic_msi_frame_id));
		}
	}
	if (!count)
		SKIP("no GICv2m frame described");
}
