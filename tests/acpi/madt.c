// SPDX-License-Identifier: BSD-2-Clause
/* Multiple APIC Description Table: the walk over its structures, and the CPUs. */
#include "rules.h"

#define GICC_V5_0_LENGTH	40U
#define GICC_V5_1_LENGTH	76U
#define GICC_V6_0_LENGTH	80U
#define GICC_V6_5_LENGTH	82U

static const struct acpi_madt *get_madt(void)
{
	return TABLE(struct acpi_madt, "APIC");
}

/* MADT revision that came with a version of ACPI, so far as there were GIC structures in it. */
static u8 revision_of(unsigned int version)
{
	if (version >= 0x0605)
		return 6;
	if (version >= 0x0603)
		return 5;
	return version >= 0x0602 ? 4 : 3;
}

/* Tables of different versions side by side are common: an operating system looks at lengths. */
void madt_header(void)
{
	const struct acpi_madt *madt = get_madt();
	const struct acpi_fadt *fadt = acpi_fadt_get();
	u8 revision = madt->header.revision;

	CHECK_GE(revision, 3U, AT_TABLE("APIC", struct acpi_header, revision));
	CHECK_EQ(madt->flags & GENMASK(31, 1), 0ULL, AT_TABLE("APIC", struct acpi_madt, flags));
	if (fadt && revision != revision_of(acpi_fadt_version(fadt)))
		test_diag("APIC, offset 0x8 (revision): %u, ACPI %u.%u of the FADT has %u",
			  revision,
			  acpi_fadt_version(fadt) >> 8, acpi_fadt_version(fadt) & 0xff,
			  revision_of(acpi_fadt_version(fadt)));
}

static void check_gicc_length(const struct acpi_sub *sub, u8 revision)
{
	if (revision >= 7)
		CHECK_GE(sub->length, GICC_V6_5_LENGTH,
			 AT_SUB("APIC", sub, struct acpi_madt_gicc, length));
	else if (revision == 6)
		CHECK_EQ(sub->length, GICC_V6_5_LENGTH,
			 AT_SUB("APIC", sub, struct acpi_madt_gicc, length));
	else if (revision >= 4)
		CHECK_EQ(sub->length, GICC_V6_0_LENGTH,
			 AT_SUB("APIC", sub, struct acpi_madt_gicc, length));
	else
		CHECK(sub->length == GICC_V5_0_LENGTH || sub->length == GICC_V5_1_LENGTH ||
		      sub->length == GICC_V6_0_LENGTH,
		      "APIC, offset 0x%x (length): GICC of %u bytes in a MADT of revision %u",
		      sub->offset + 1, sub->length, revision);
}

/* One vendor's distributor structure is a byte too long, in every machine that it is in. */
static void check_gicd_length(const struct acpi_sub *sub)
{
	u32 length = sizeof(struct acpi_madt_gicd);

	if (sub->length == length + 1)
		test_diag("APIC, offset 0x%x (length): GICD of %u bytes, not %u: a byte of padding",
			  sub->offset + 1, sub->length, length);
	else
		CHECK_EQ(sub->length, length, AT_SUB("APIC", sub, struct acpi_madt_gicd, length));
}

static void check_length(const struct acpi_sub *sub, u8 revision)
{
	switch (sub->type) {
	case ACPI_MADT_GICC:
		check_gicc_length(sub, revision);
		break;
	case ACPI_MADT_GICD:
		check_gicd_length(sub);
		break;
	case ACPI_MADT_MSI_FRAME:
		CHECK_EQ(sub->length, (u32)sizeof(struct acpi_madt_msi_frame),
			 AT_SUB("APIC", sub, struct acpi_madt_msi_frame, length));
		break;
	case ACPI_MADT_GICR:
		CHECK_EQ(sub->length, (u32)sizeof(struct acpi_madt_gicr),
			 AT_SUB("APIC", sub, struct acpi_madt_gicr, length));
		break;
	case ACPI_MADT_ITS:
		CHECK_EQ(sub->length, (u32)sizeof(struct acpi_madt_its),
			 AT_SUB("APIC", sub, struct acpi_madt_its, length));
		break;
	default:
		test_diag("APIC, offset 0x%x (type): 0x%02x is none of the GIC's", sub->offset,
			  sub->type);
		break;
	}
}

void madt_structures(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; acpi_walk_next(&walk, &sub); count++)
		check_length(&sub, madt->header.revision);
	CHECK_EQ(walk.end, (enum acpi_walk_end)ACPI_WALK_WHOLE,
		 "APIC, offset 0x%x (length): structure %u: %s", walk.offset + 1, count,
		 acpi_walk_end_name(walk.end));
	CHECK_GT(count, 0U, "APIC without structures");
}

/* Online capable came with ACPI 6.5; before, the bit was reserved. */
static u64 reserved_flags(const struct acpi_madt *madt)
{
	return madt->header.revision >= 6 ? GENMASK(31, 4) : GENMASK(31, 3);
}

void madt_gicc_fields(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int enabled = 0;
	struct acpi_sub sub;

	while (rules_next_gicc(&walk, &sub)) {
		const struct acpi_madt_gicc *gicc = sub.data;
		u32 uid = gicc->acpi_processor_uid;

		CHECK_EQ(gicc->reserved1, 0U, AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc,
							reserved1, "GICC UID", uid));
		CHECK_EQ(gicc->flags & reserved_flags(madt), 0ULL,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, flags, "GICC UID", uid));
		CHECK((gicc->flags & (ACPI_GICC_ENABLED | ACPI_GICC_ONLINE_CAPABLE)) !=
		      (ACPI_GICC_ENABLED | ACPI_GICC_ONLINE_CAPABLE),
		      AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, flags,
				"enabled and online capable: GICC UID", uid));
		CHECK_LE(gicc->parking_protocol_version, 1U,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, parking_protocol_version,
				   "GICC UID", uid));
		if (ACPI_HAS(sub.length, struct acpi_madt_gicc, reserved2))
			CHECK_EQ(gicc->reserved2, 0U,
				 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, reserved2,
					   "GICC UID", uid));
		enabled += gicc->flags & ACPI_GICC_ENABLED;
	}
	CHECK_GT(enabled, 0U, "APIC: no enabled GICC, so no CPU");
}

/* 0 is none. */
static void check_gsiv(const struct acpi_sub *sub, u32 offset, const char *field, u32 gsiv,
		       bool spi_too)
{
	const struct acpi_madt_gicc *gicc = sub->data;

	CHECK(!gsiv || rules_is_ppi(gsiv) || (spi_too && rules_is_spi(gsiv)),
	      "APIC, offset 0x%x (%s): GSIV %u, GICC UID %u", sub->offset + offset, field, gsiv,
	      gicc->acpi_processor_uid);
}

#define CHECK_GSIV(sub, gicc, field, spi_too)					\
	check_gsiv(sub, offsetof(struct acpi_madt_gicc, field), #field, (gicc)->field, spi_too)

/* A performance interrupt may be an SPI: some cores share a PMU's line through one. */
void madt_gicc_interrupts(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	while (rules_next_gicc(&walk, &sub)) {
		const struct acpi_madt_gicc *gicc = sub.data;

		CHECK_GSIV(&sub, gicc, performance_interrupt_gsiv, true);
		CHECK_GSIV(&sub, gicc, vgic_maintenance_interrupt, false);
		if (gicc->vgic_maintenance_interrupt)
			CHECK_NE(gicc->vgic_maintenance_interrupt, gicc->performance_interrupt_gsiv,
				 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc,
					   vgic_maintenance_interrupt, "GICC UID",
					   gicc->acpi_processor_uid));
		/* Since 6.3; older tables have a reserved field there. */
		if (madt->header.revision >= 5 &&
		    ACPI_HAS(sub.length, struct acpi_madt_gicc, spe_overflow_interrupt))
			CHECK_GSIV(&sub, gicc, spe_overflow_interrupt, false);
		if (madt->header.revision >= 6 &&
		    ACPI_HAS(sub.length, struct acpi_madt_gicc, trbe_interrupt))
			CHECK_GSIV(&sub, gicc, trbe_interrupt, false);
	}
}

/* Every usable GICC against each usable one before it. */
static void check_pairs(const struct acpi_madt *madt,
			void (*check)(const struct acpi_sub *a, const struct acpi_sub *b))
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub, other;

	while (rules_next_gicc(&walk, &sub)) {
		struct acpi_walk before = acpi_madt_walk(madt);

		if (!rules_gicc_usable(sub.data))
			continue;
		while (rules_next_gicc(&before, &other) && other.offset < sub.offset)
			if (rules_gicc_usable(other.data))
				check(&sub, &other);
	}
}

static void check_uids(const struct acpi_sub *a, const struct acpi_sub *b)
{
	const struct acpi_madt_gicc *gicc = a->data;
	const struct acpi_madt_gicc *other = b->data;

	CHECK_NE(gicc->acpi_processor_uid, other->acpi_processor_uid,
		 AT_SUB_ID("APIC", a, struct acpi_madt_gicc, acpi_processor_uid,
			   "as in the GICC at offset", b->offset));
}

void madt_gicc_uids_unique(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	REQUIRE(rules_next_gicc(&walk, &sub), "APIC: no GICC structure");
	check_pairs(madt, check_uids);
}

static void check_mpidrs(const struct acpi_sub *a, const struct acpi_sub *b)
{
	const struct acpi_madt_gicc *gicc = a->data;
	const struct acpi_madt_gicc *other = b->data;

	CHECK_NE(gicc->mpidr, other->mpidr,
		 AT_SUB_ID("APIC", a, struct acpi_madt_gicc, mpidr, "as that of GICC UID",
			   other->acpi_processor_uid));
}

/* Affinity fields only: Aff3 in 39:32, Aff2 to Aff0 in 23:0. */
void madt_gicc_mpidrs(void)
{
	const struct acpi_madt *madt = get_madt();
	struct acpi_walk walk = acpi_madt_walk(madt);
	unsigned int count = 0;
	struct acpi_sub sub;

	for (; rules_next_gicc(&walk, &sub); count++) {
		const struct acpi_madt_gicc *gicc = sub.data;

		CHECK_EQ(gicc->mpidr & ~0xff00ffffffULL, 0ULL,
			 AT_SUB_ID("APIC", &sub, struct acpi_madt_gicc, mpidr, "GICC UID",
				   gicc->acpi_processor_uid));
	}
	CHECK_GT(count, 0U, "APIC: GICC structures with an MPIDR");
	check_pairs(madt, check_mpidrs);
}
