// SPDX-License-Identifier: BSD-2-Clause
/* MADT: CPUs, the GIC, its MSI frames and its ITSs. */
#include <base/errno.h>
#include <base/util.h>
#include <core/heap.h>
#include <core/log.h>
#include "internal.h"

/* Sizes that the GIC architecture gives and the table does not. */
#define GICV2_GICD_SIZE		SZ_4K
#define GICV2_GICC_SIZE		(2 * SZ_4K)
#define GICV2_GICH_SIZE		SZ_4K
#define GICV2_GICV_SIZE		(2 * SZ_4K)
#define GICV2M_FRAME_SIZE	SZ_4K
#define GICV3_GICD_SIZE		SZ_64K
#define GICV3_GICR_SIZE		(2 * SZ_64K)
#define GICV4_GICR_SIZE		(4 * SZ_64K)
#define GICV3_ITS_SIZE		(2 * SZ_64K)

/* What the MADT says about the one GIC, before it is a device. */
struct gic {
	const struct acpi_madt_gicd *gicd;
	u32 gicd_offset;
	struct acpi_sub gicc;		/* the first enabled one */
	unsigned int nr_gicr;		/* GICR structures */
	unsigned int nr_gicc_gicr;	/* enabled GICCs that give a redistributor */
};

/* Bytes of each type that discovery reads; 0: not one of ours. */
static u32 needed_length(u8 type)
{
	switch (type) {
	case ACPI_MADT_GICC:
		return offsetof(struct acpi_madt_gicc, gicv);
	case ACPI_MADT_GICD:
		return sizeof(struct acpi_madt_gicd);
	case ACPI_MADT_MSI_FRAME:
		return sizeof(struct acpi_madt_msi_frame);
	case ACPI_MADT_GICR:
		return sizeof(struct acpi_madt_gicr);
	case ACPI_MADT_ITS:
		return sizeof(struct acpi_madt_its);
	default:
		return 0;
	}
}

/* The next structure that is one of ours and long enough. */
static bool next_entry(struct acpi_walk *walk, struct acpi_sub *sub)
{
	while (acpi_walk_next(walk, sub)) {
		u32 needed = needed_length(sub->type);

		if (needed && sub->length >= needed)
			return true;
	}
	return false;
}

/* Said once; the other walks then pass over them in silence. */
static void report_entries(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	while (acpi_walk_next(&walk, &sub)) {
		u32 needed = needed_length(sub.type);

		if (needed && sub.length < needed)
			pr_err("ACPI: APIC, offset 0x%x (length): type 0x%02x has %u bytes, needs "
			       "%u; not used\n",
			       sub.offset + 1, sub.type, sub.length, needed);
	}
	if (walk.end != ACPI_WALK_WHOLE)
		pr_err("ACPI: APIC, offset 0x%x (length): structure %s; the rest is not used\n",
		       walk.offset + 1, acpi_walk_end_name(walk.end));
}

static bool gicc_enabled(const struct acpi_sub *sub)
{
	const struct acpi_madt_gicc *gicc = sub->data;

	return gicc->flags & ACPI_GICC_ENABLED;
}

static u64 gicc_gicr(const struct acpi_sub *sub)
{
	const struct acpi_madt_gicc *gicc = sub->data;

	return ACPI_HAS(sub->length, struct acpi_madt_gicc, gicr_base_address) ?
	       gicc->gicr_base_address : 0;
}

static int add_cpu(const struct acpi_sub *sub)
{
	const struct acpi_madt_gicc *gicc = sub->data;
	struct acpi_device *ad;

	if (!ACPI_HAS(sub->length, struct acpi_madt_gicc, mpidr)) {
		pr_err("ACPI: APIC, offset 0x%x (length): GICC UID %u has %u bytes, without "
		       "MPIDR; not used\n",
		       sub->offset + 1, gicc->acpi_processor_uid, sub->length);
		return 0;
	}
	ad = acpi_device_new(ACPI_MADT_CPU, heap_printf("cpu@%llx", gicc->mpidr),
			     heap_printf("MADT GICC UID %u (at offset 0x%x)",
					 gicc->acpi_processor_uid, sub->offset), 0, 3);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)sub->offset;
	if (!gicc_enabled(sub))
		ad->dev.flags |= DEVICE_DISABLED;
	acpi_device_u64(ad, "reg", gicc->mpidr);
	acpi_device_u64(ad, "acpi-processor-uid", gicc->acpi_processor_uid);
	if (gicc->flags & ACPI_GICC_ONLINE_CAPABLE)
		acpi_device_u64(ad, "online-capable", 1);
	acpi_device_add(ad);
	return 0;
}

static int add_msi_frame(const struct acpi_sub *sub)
{
	const struct acpi_madt_msi_frame *frame = sub->data;
	struct acpi_device *ad;

	ad = acpi_device_new(ACPI_MADT(ACPI_MADT_MSI_FRAME),
			     heap_printf("v2m@%llx", frame->physical_base_address),
			     heap_printf("MADT GIC MSI frame %u (at offset 0x%x)",
					 frame->gic_msi_frame_id, sub->offset), 1, 2);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)sub->offset;
	acpi_device_mem(ad, "frame", frame->physical_base_address, GICV2M_FRAME_SIZE);
	if (frame->flags & ACPI_MSI_FRAME_SPI_SELECT) {
		acpi_device_u64(ad, "arm,msi-base-spi", frame->spi_base);
		acpi_device_u64(ad, "arm,msi-num-spis", frame->spi_count);
	}
	acpi_device_add(ad);
	return 0;
}

static int add_its(const struct acpi_sub *sub)
{
	const struct acpi_madt_its *its = sub->data;
	struct acpi_device *ad;

	ad = acpi_device_new(ACPI_MADT(ACPI_MADT_ITS),
			     heap_printf("its@%llx", its->physical_base_address),
			     heap_printf("MADT GIC ITS %u (at offset 0x%x)", its->gic_its_id,
					 sub->offset), 1, 1);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)sub->offset;
	acpi_device_mem(ad, "ITS", its->physical_base_address, GICV3_ITS_SIZE);
	acpi_device_u64(ad, "gic-its-id", its->gic_its_id);
	acpi_device_add(ad);
	return 0;
}

/* GSIVs of the enabled GICCs' performance interrupts, 0 being none. */
struct perf {
	unsigned int count;
	u32 gsiv;		/* the first one's */
	bool alike;		/* all others are that one */
};

static u32 gicc_perf_gsiv(const struct acpi_sub *sub)
{
	const struct acpi_madt_gicc *gicc = sub->data;

	/* Without MPIDR nothing says whose it is. */
	return gicc_enabled(sub) && ACPI_HAS(sub->length, struct acpi_madt_gicc, mpidr) ?
	       gicc->performance_interrupt_gsiv : 0;
}

static struct perf find_perf(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct perf perf = { .alike = true };
	struct acpi_sub sub;
	bool first = true;

	while (next_entry(&walk, &sub)) {
		if (sub.type != ACPI_MADT_GICC || !gicc_enabled(&sub))
			continue;
		if (first)
			perf.gsiv = gicc_perf_gsiv(&sub);
		first = false;
		perf.alike = perf.alike && perf.gsiv == gicc_perf_gsiv(&sub);
		perf.count += gicc_perf_gsiv(&sub) != 0;
	}
	return perf;
}

static void add_perf_irq(struct acpi_device *ad, const struct acpi_sub *sub)
{
	const struct acpi_madt_gicc *gicc = sub->data;

	acpi_device_irq(ad, "performance", gicc->performance_interrupt_gsiv,
			gicc->flags & ACPI_GICC_PERF_EDGE ? RES_IRQ_EDGE : 0);
}

/* One interrupt where it is every CPU's, else each CPU's with its MPIDR. */
static int add_pmu(const struct acpi_madt *madt)
{
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct perf perf = find_perf(madt);
	bool shared = perf.alike && perf.count > 1;
	struct acpi_device *ad;
	struct acpi_sub sub;

	if (!perf.count)
		return 0;
	ad = acpi_device_new(ACPI_MADT_PMU, "pmu", "MADT GICC performance interrupts",
			     shared ? 1 : 2 * perf.count, 0);
	if (!ad)
		return -ENOMEM;
	while (next_entry(&walk, &sub) && !(shared && ad->dev.nr_resources)) {
		const struct acpi_madt_gicc *gicc = sub.data;

		if (sub.type != ACPI_MADT_GICC || !gicc_perf_gsiv(&sub))
			continue;
		add_perf_irq(ad, &sub);
		if (!shared)
			acpi_device_cpu(ad, gicc->mpidr);
	}
	acpi_device_add(ad);
	return 0;
}

static void note_gicd(struct gic *gic, const struct acpi_sub *sub)
{
	if (gic->gicd) {
		pr_err("ACPI: APIC, offset 0x%x: a second GICD, there may be one only; not used\n",
		       sub->offset);
		return;
	}
	gic->gicd = sub->data;
	gic->gicd_offset = sub->offset;
}

static void note_gicc(struct gic *gic, const struct acpi_sub *sub)
{
	if (!gicc_enabled(sub))
		return;
	if (!gic->gicc.data)
		gic->gicc = *sub;
	if (gicc_gicr(sub))
		gic->nr_gicc_gicr++;
}

/* Version 0 leaves it to the hardware; only GICv3 and later have redistributors. */
static u32 gic_version(const struct gic *gic)
{
	if (gic->gicd->gic_version)
		return gic->gicd->gic_version;
	return gic->nr_gicr || gic->nr_gicc_gicr ? 3 : 2;
}

/* ACPI 6.5 5.2.12.14: GICCs give redistributors only where no GICR structure does. */
static void add_redistributors(struct acpi_device *ad, const struct gic *gic,
			       const struct acpi_madt *madt)
{
	u64 size = gic_version(gic) >= 4 ? GICV4_GICR_SIZE : GICV3_GICR_SIZE;
	struct acpi_walk walk = acpi_madt_walk(madt);
	struct acpi_sub sub;

	while (next_entry(&walk, &sub)) {
		const struct acpi_madt_gicr *gicr = sub.data;

		if (sub.type == ACPI_MADT_GICR)
			acpi_device_mem(ad, "GICR", gicr->discovery_range_base_address,
					gicr->discovery_range_length);
		else if (sub.type == ACPI_MADT_GICC && !gic->nr_gicr && gicc_enabled(&sub) &&
			 gicc_gicr(&sub))
			acpi_device_mem(ad, "GICR of GICC", gicc_gicr(&sub), size);
	}
}

/* The CPU interface and the virtual ones, of a GICv2 or of a later one that can act as such. */
static void add_cpu_interface(struct acpi_device *ad, const struct acpi_sub *sub)
{
	const struct acpi_madt_gicc *gicc = sub->data;
	bool virt;

	if (!gicc)
		return;
	virt = ACPI_HAS(sub->length, struct acpi_madt_gicc, vgic_maintenance_interrupt);
	if (gicc->physical_base_address)
		acpi_device_mem(ad, "GICC", gicc->physical_base_address, GICV2_GICC_SIZE);
	if (virt && gicc->gich)
		acpi_device_mem(ad, "GICH", gicc->gich, GICV2_GICH_SIZE);
	if (virt && gicc->gicv)
		acpi_device_mem(ad, "GICV", gicc->gicv, GICV2_GICV_SIZE);
	if (virt && gicc->vgic_maintenance_interrupt)
		acpi_device_irq(ad, "maintenance", gicc->vgic_maintenance_interrupt,
				gicc->flags & ACPI_GICC_VGIC_EDGE ? RES_IRQ_EDGE : 0);
}

static int add_gic(const struct acpi_madt *madt, const struct gic *gic)
{
	unsigned int regions = gic->nr_gicr ? gic->nr_gicr : gic->nr_gicc_gicr;
	u64 base = gic->gicd->physical_base_address;
	u32 version = gic_version(gic);
	struct acpi_device *ad;

	ad = acpi_device_new(version >= 3 ? ACPI_MADT_GICV3 : ACPI_MADT_GICV2,
			     heap_printf("gic@%llx", base),
			     heap_printf("MADT GICD (at offset 0x%x)", gic->gicd_offset),
			     5 + regions, 2);
	if (!ad)
		return -ENOMEM;
	ad->dev.source_node = (int)gic->gicd_offset;
	acpi_device_mem(ad, "GICD", base, version >= 3 ? GICV3_GICD_SIZE : GICV2_GICD_SIZE);
	acpi_device_u64(ad, "version", version);
	if (version >= 3) {
		acpi_device_u64(ad, "#redistributor-regions", regions);
		add_redistributors(ad, gic, madt);
	}
	add_cpu_interface(ad, &gic->gicc);
	acpi_device_add(ad);
	return 0;
}

static int add_entry(struct gic *gic, const struct acpi_sub *sub)
{
	switch (sub->type) {
	case ACPI_MADT_GICC:
		note_gicc(gic, sub);
		return add_cpu(sub);
	case ACPI_MADT_GICD:
		note_gicd(gic, sub);
		return 0;
	case ACPI_MADT_GICR:
		gic->nr_gicr++;
		return 0;
	case ACPI_MADT_MSI_FRAME:
		return add_msi_frame(sub);
	default:
		return add_its(sub);
	}
}

int acpi_madt_populate(void)
{
	const struct acpi_madt *madt = acpi_table_as(struct acpi_madt, "APIC");
	struct gic gic = {};
	struct acpi_walk walk;
	struct acpi_sub sub;
	int ret;

	if (!madt)
		return 0;
	report_entries(madt);
	walk = acpi_madt_walk(madt);
	while (next_entry(&walk, &sub)) {
		ret = add_entry(&gic, &sub);
		if (ret)
			return ret;
	}
	ret = add_pmu(madt);
	if (ret)
		return ret;
	if (!gic.gicd) {
		pr_err("ACPI: APIC: no GICD structure, so no interrupt controller\n");
		return 0;
	}
	return add_gic(madt, &gic);
}
