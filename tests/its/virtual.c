// SPDX-License-Identifier: BSD-2-Clause
/*
 * GICv4.0 (IHI 0069H 5.3, 6): events that become virtual LPIs of a virtual CPU. While that
 * does not run, the CPU it was last mapped to gets an LPI of its own instead, the
 * doorbell. While it runs, no doorbell comes, and GICR_VPENDBASER says at its end that
 * something is pending for it.
 */
#include <base/errno.h>
#include <asm/cpu.h>
#include "its.h"

#define VPE		5U
#define OTHER_VPE	6U
#define VINTID		LPI_FIRST

static void need_virtual(const struct its *its)
{
	struct its_registers regs;

	its_read(its, &regs);
	if (!ITS_TYPER_VIRTUAL(regs.typer))
		SKIP("GITS_TYPER.Virtual: no virtual LPIs");
	if (ITS_TYPER_VMAPP(regs.typer))
		SKIP("GITS_TYPER.VMAPP: commands of GICv4.1, which no machine here has");
}

/* The line's LPI is a doorbell: it comes from no event of its own. */
static struct line *doorbell_open(struct its *its, u32 n)
{
	struct line *line = line_open(its, last_device(its, n), 0);

	do_command(its, its_discard(line->device, line->event));
	REQUIRE_EQ(lpi_configure(line->intid, true, LPI_PRIORITY), 0);
	do_command(its, its_invall(cpu_this()));
	return line;
}

static void map_vpe(struct its *its, u16 vpe, unsigned int cpu)
{
	REQUIRE_EQ(its_vpe_map(its, vpe, cpu), 0, "virtual CPU %u", vpe);
}

static void finish(struct its *its, struct line *line)
{
	do_command(its, its_discard(line->device, line->event));
	its_vpe_unmap(its, VPE);
	its_vpe_unmap(its, OTHER_VPE);
	line_close(line);
}

EACH_ITS(doorbell_rings)
{
	struct line *line;

	need_virtual(its);
	fresh(its);
	map_vpe(its, VPE, cpu_this());
	line = doorbell_open(its, 0);
	do_command(its, its_vmapti(line->device, line->event, VPE, VINTID, line->intid));
	do_command(its, its_vsync(VPE));
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 1);
	do_command(its, its_clear(line->device, line->event));
	REQUIRE_EQ(raise(line), 0);
	line_came(line, 2);
	finish(its, line);
}

EACH_ITS(vmapi_takes_the_event)
{
	struct its_events *events;
	struct its_registers regs;
	struct line *line;
	u32 device;

	need_virtual(its);
	fresh(its);
	its_read(its, &regs);
	if (ITS_TYPER_EVENT_BITS(regs.typer) < 14)
		SKIP("GITS_TYPER.ID_bits: no EventID is as large as an LPI's number");
	map_vpe(its, VPE, cpu_this());
	line = doorbell_open(its, 0);
	device = last_device(its, 1);
	REQUIRE_EQ(its_events_create(its, device, VINTID + 1, &events), 0);
	do_command(its, its_vmapi(device, VINTID, VPE, line->intid));
	do_command(its, its_vsync(VPE));
	do_command(its, its_int(device, VINTID));
	line_came(line, 1);
	do_command(its, its_discard(device, VINTID));
	its_events_destroy(events);
	its_vpe_unmap(its, VPE);
	line_close(line);
}

EACH_ITS(vmovi_moves_to_another)
{
	struct line *line, *other;

	need_virtual(its);
	fresh(its);
	map_vpe(its, VPE, cpu_this());
	map_vpe(its, OTHER_VPE, cpu_this());
	line = doorbell_open(its, 0);
	other = doorbell_open(its, 1);
	do_command(its, its_vmapti(line->device, line->event, VPE, VINTID, line->intid));
	do_command(its, its_vmovi(line->device, line->event, OTHER_VPE, other->intid));
	do_command(its, its_vsync(VPE));
	REQUIRE_EQ(raise(line), 0);
	line_came(other, 1);
	line_came(line, 0);
	finish(its, line);
	line_close(other);
}

EACH_ITS(vmovp_moves_the_doorbell)
{
	unsigned int cpu;
	struct its_registers regs;
	struct line *line;
	u16 collection;

	need_virtual(its);
	cpu = other_cpu();
	fresh(its);
	its_read(its, &regs);
	if (!ITS_TYPER_VMOVP(regs.typer) && its_get(1))
		SKIP("GITS_TYPER.VMOVP: several ITSs have to be told at once");
	REQUIRE_EQ(its_collection(its, cpu, &collection), 0);
	map_vpe(its, VPE, cpu_this());
	line = doorbell_open(its, 0);
	do_command(its, its_vmapti(line->device, line->event, VPE, VINTID, line->intid));
	do_command(its, its_vmovp(VPE, target_of(its, cpu)));
	do_command(its, its_vsync(VPE));
	do_command(its, its_vinvall(VPE));
	REQUIRE_EQ(raise(line), 0);
	if (line_came(line, 1))
		CHECK_EQ(line->cpu, cpu, "CPU that the doorbell rang at");
	finish(its, line);
}

EACH_ITS(running_vpe_has_no_doorbell)
{
	struct line *line;
	bool pending = true;
	int ret;

	need_virtual(its);
	fresh(its);
	map_vpe(its, VPE, cpu_this());
	line = doorbell_open(its, 0);
	do_command(its, its_vmapti(line->device, line->event, VPE, VINTID, line->intid));
	do_command(its, its_vsync(VPE));
	ret = its_vpe_enter(its, VPE);
	if (ret == -EOPNOTSUPP) {
		finish(its, line);
		SKIP("no frames for virtual LPIs are described of this CPU's redistributor");
	}
	REQUIRE_EQ(ret, 0);
	REQUIRE_EQ(its_vpe_leave(its, &pending), 0);
	CHECK(!pending, "GICR_VPENDBASER.PendingLast of a virtual CPU that nothing was sent to");
	REQUIRE_EQ(its_vpe_enter(its, VPE), 0);
	CHECK_EQ(raise(line), 0);
	line_came(line, 0);
	REQUIRE_EQ(its_vpe_leave(its, &pending), 0);
	CHECK(pending, "GICR_VPENDBASER.PendingLast with a virtual LPI pending");
	line_came(line, 0);
	finish(its, line);
}
