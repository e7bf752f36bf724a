// SPDX-License-Identifier: BSD-2-Clause
/*
 * Interrupt translation (IHI 0069H chapters 5 and 6): a device sends the number of
 * an event, and an LPI comes to the CPU that the event's collection goes to. The
 * messages of PCI devices all take this way on a machine with an ITS. Here events are
 * raised by the command INT, which does what a message does, for devices that no
 * machine has; that real messages arrive the suite pci shows.
 *
 * Every case starts the ITS anew, so that none depends on another. A device that is
 * in use would lose its events by that: none is while this suite runs.
 */
#include <base/errno.h>
#include <base/string.h>
#include <base/util.h>
#include <core/time.h>
#include <asm/cpu.h>
#include <drivers/device.h>
#include "its.h"

#define LINES	8U

static struct line lines[LINES];
static u32 order;

void each_its(void (*run)(struct its *its))
{
	struct its *its;

	if (!its_get(0))
		SKIP("no ITS has let its driver bind");
	for (unsigned int i = 0; (its = its_get(i)); i++)
		run(its);
}

void fresh(struct its *its)
{
	memset(lines, 0, sizeof(lines));
	order = 0;
	REQUIRE_EQ(its_restart(its, NULL), 0, "%s does not start", its_device(its)->origin);
}

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	struct line *line = arg;

	(void)intid;
	(void)regs;
	line->at = time_ticks();
	line->cpu = cpu_this();
	line->order = ++order;
	WRITE_ONCE(line->count, line->count + 1);
	return NULL;
}

static struct line *line_new(void)
{
	for (unsigned int i = 0; i < LINES; i++)
		if (!lines[i].intid)
			return &lines[i];
	ERROR("more than %u lines at once", LINES);
	return NULL;
}

void line_request(struct line *line, u32 intid)
{
	line->intid = intid;
	REQUIRE_EQ(irq_request(intid, note, line), 0, "LPI %u", intid);
}

struct line *line_open(struct its *its, u32 device, u32 event)
{
	struct line *line = line_new();
	u32 intid;

	*line = (struct line){ .its = its, .device = device, .event = event };
	REQUIRE_EQ(lpi_alloc(1, &intid), 0);
	REQUIRE_EQ(its_events_create(its, device, MAX(event + 1, EVENTS), &line->events), 0,
		   "device 0x%x", device);
	REQUIRE_EQ(its_event_map(line->events, event, intid), 0, "device 0x%x event %u", device,
		   event);
	line_request(line, intid);
	return line;
}

void line_enable(const struct line *line)
{
	REQUIRE_EQ(irq_enable(line->intid), 0, "LPI %u", line->intid);
}

void line_close(struct line *line)
{
	CHECK_EQ(irq_request(line->intid, NULL, NULL), 0, "LPI %u", line->intid);
	its_events_destroy(line->events);
	line->intid = 0;
}

bool line_came(const struct line *line, u32 count)
{
	wait_until(READ_ONCE(line->count) >= count, count ? COMES_US : 0);
	time_delay_us(QUIET_US);
	return CHECK_EQ(READ_ONCE(line->count), count,
			"times that LPI %u came (device 0x%x, event %u)", line->intid,
			line->device, line->event);
}

int raise(const struct line *line)
{
	int ret = its_post(line->its, its_int(line->device, line->event));

	return ret ? ret : its_sync_cpu(line->its, cpu_mpidr());
}

void do_command(struct its *its, struct its_command command)
{
	REQUIRE_EQ(its_post(its, command), 0, "command 0x%llx", command.word[0]);
	REQUIRE_EQ(its_sync_cpu(its, cpu_mpidr()), 0, "command 0x%llx", command.word[0]);
}

void try_command(struct its *its, struct its_command command)
{
	int ret = its_send(its, command);

	REQUIRE(ret == 0 || ret == -EIO, "command 0x%llx: %d", command.word[0], ret);
	REQUIRE_EQ(its_sync_cpu(its, cpu_mpidr()), 0);
}

/* IHI 0069H 5.3 */
void no_refusal(const struct its *its)
{
	struct its_registers regs;

	its_read(its, &regs);
	if (ITS_TYPER_SEIS(regs.typer))
		SKIP("GITS_TYPER.SEIS: a command that is refused raises an SError");
}

u32 last_device(const struct its *its, u32 n)
{
	return (u32)(its_devices(its) - 1) - n;
}

unsigned int other_cpu(void)
{
	unsigned int i;

	cpu_for_each_online(i) {
		if (i != cpu_this() && cpu_get(i)->wakes_by_sgi)
			return i;
	}
	SKIP("no other CPU takes interrupts");
	return 0;
}

u64 target_of(const struct its *its, unsigned int cpu)
{
	u64 rdbase = 0;

	REQUIRE_EQ(its_target(its, cpu_get(cpu)->mpidr, &rdbase), 0, "CPU %u", cpu);
	return rdbase;
}

static bool is_described(void)
{
	const struct device *dev;

	device_for_each(dev)
		if (dev->driver && !strcmp(dev->driver->name, "its") &&
		    !(dev->flags & DEVICE_DISABLED))
			return true;
	return false;
}

static int its_init(void)
{
	if (!is_described())
		SKIP("no ITS is described");
	return 0;
}

/* Whatever a case left mapped or moved. */
static void its_exit(void)
{
	struct its *its;

	for (unsigned int i = 0; (its = its_get(i)); i++)
		CHECK_EQ(its_restart(its, NULL), 0);
}

#define CASE(fn, ...) TEST_CASE(fn, .mmu = TEST_MMU_ANY, .needs = NEED_IRQ, __VA_ARGS__)

static const struct test_case its_cases[] = {
	CASE(bound_where_described, .spec = "ACPI 6.5 5.2.12.18; binding arm,gic-v3",
	     .hint = "the firmware describes an ITS that this machine does not have"),
	CASE(identified, .spec = "IHI 0069H 12.19 GITS_TYPER",
	     .hint = "the table gives another address than the ITS has"),
	CASE(read_only_registers_stay, .spec = "IHI 0069H 12.19 GITS_IIDR, GITS_TYPER",
	     .hint = "GITS_IIDR or TYPER takes writes: an emulation without its read-only bits, "
		     "or another device there"),
	CASE(tables_are_described, .spec = "IHI 0069H 12.19 GITS_BASER<n>",
	     .hint = "GITS_BASER<n> has no type for devices, or its fixed fields change: no "
		     "driver can set this ITS up"),
	CASE(was_stopped_at_entry, .spec = "IHI 0069H 5.2, 12.19 GITS_CTLR",
	     .hint = "firmware used the ITS and left it running: it goes on writing to its tables"),
	CASE(lpis_were_off_at_entry, .spec = "IHI 0069H 5.1.2, 12.11 GICR_CTLR.EnableLPIs",
	     .hint = "firmware left LPIs enabled, with tables in memory that it hands over as free"),
	CASE(redistributors_take_lpis, .spec = "IHI 0069H 5.1.1, 5.1.2",
	     .hint = "GICR_TYPER.PLPIS is 0, or EnableLPIs does not stay set: firmware "
		     "or the security state keeps it"),
	CASE(int_raises_lpi, .spec = "IHI 0069H 5.3 INT",
	     .hint = "the ITS, or the redistributor, does not see the tables in memory"),
	CASE(disabled_lpi_waits, .spec = "IHI 0069H 5.1.1, 5.3 INV",
	     .hint = "the redistributor does not read the configuration byte, or reads an old "
		     "one: INV lost, or memory not coherent"),
	CASE(inv_reads_one, .spec = "IHI 0069H 5.3 INV",
	     .hint = "INV does not make the redistributor read the byte again"),
	CASE(invall_reads_all, .spec = "IHI 0069H 5.3 INVALL",
	     .hint = "INVALL does not reach the redistributor of the collection"),
	CASE(clear_takes_back, .spec = "IHI 0069H 5.3 CLEAR",
	     .hint = "CLEAR leaves the LPI pending, or takes another's"),
	CASE(discard_ends_event, .spec = "IHI 0069H 5.3 DISCARD",
	     .hint = "DISCARD leaves the mapping: a device that was taken away still interrupts"),
	CASE(discard_drops_pending, .spec = "IHI 0069H 5.3 DISCARD",
	     .hint = "DISCARD leaves the pending bit of the LPI in the redistributor's table"),
	CASE(mapd_ends_device, .spec = "IHI 0069H 5.3 MAPD",
	     .hint = "MAPD with V=0 leaves the device's events: its table may be freed under the "
		     "ITS"),
	CASE(mapi_takes_the_event, .spec = "IHI 0069H 5.3 MAPI",
	     .hint = "MAPI maps the event to another LPI than that of its own number"),
	CASE(priorities_order_lpis, .spec = "IHI 0069H 5.1.1, 4.8",
	     .hint = "the priority in the configuration byte is not heeded, or cut to fewer bits"),
	CASE(devices_are_apart, .spec = "IHI 0069H 5.2",
	     .hint = "two DeviceIDs share a table: Devbits, or the device table's size in "
		     "GITS_BASER"),
	CASE(lpis_reach_cpus, .spec = "IHI 0069H 5.3 MOVI",
	     .hint = "a collection leads to another CPU: RDbase by number or by address "
		     "(GITS_TYPER.PTA)"),
	CASE(movi_moves_one, .spec = "IHI 0069H 5.3 MOVI",
	     .hint = "MOVI moved other events of the device too, or none"),
	CASE(movi_moves_pending, .spec = "IHI 0069H 5.3 MOVI",
	     .hint = "an LPI that was pending is lost when its event moves: an interrupt is lost "
		     "at migration"),
	CASE(mapc_moves_collection, .spec = "IHI 0069H 5.3 MAPC",
	     .hint = "MAPC for a mapped collection is not taken before the SYNC behind it"),
	CASE(movall_moves_pending, .spec = "IHI 0069H 5.3 MOVALL",
	     .hint = "MOVALL leaves pending LPIs on the old CPU: they are lost when it goes off"),
	CASE(unmapped_collection_is_silent, .spec = "IHI 0069H 5.3 MAPC",
	     .hint = "an event of a collection without a CPU is delivered, or stalls the command "
		     "queue"),
	CASE(collection_may_be_mapped_last, .spec = "IHI 0069H 5.3 MAPTI, MAPC",
	     .hint = "MAPTI resolves the collection at once: events mapped before it are lost"),
	CASE(pending_table_is_taken_over, .spec = "IHI 0069H 5.1.2, 12.11 GICR_PENDBASER",
	     .hint = "GICR_CTLR.EnableLPIs does not have the pending table read: LPIs are lost "
		     "over migration, or a sleep with redistributors off"),
	CASE(pending_table_waits_for_enable, .spec = "IHI 0069H 5.1.1, 5.1.2",
	     .hint = "a pending LPI is lost, or signalled, while it is disabled"),
	CASE(queue_wraps, .spec = "IHI 0069H 5.3",
	     .hint = "GITS_CWRITER or CREADR goes wrong at the end of the queue: its size in "
		     "GITS_CBASER"),
	CASE(full_queue_is_read, .spec = "IHI 0069H 5.3",
	     .hint = "the ITS stops at a full queue, or takes it for an empty one; "
		     "GITS_CREADR.Stalled says the former"),
	CASE(tables_of_every_page_size, .spec = "IHI 0069H 12.19 GITS_BASER<n>.Page_Size, Indirect",
	     .hint = "a page size or two-level table that GITS_BASER takes does not work: the "
		     "error names which"),
	CASE(outermost_ids_work, .spec = "IHI 0069H 12.19 GITS_TYPER.Devbits, ID_bits",
	     .hint = "GITS_TYPER.Devbits or ID_bits promises more than the tables hold"),
	CASE(works_after_a_stop, .spec = "IHI 0069H 12.19 GITS_CTLR.Quiescent",
	     .hint = "GITS_CTLR.Quiescent is set too early, or what was mapped is lost over a "
		     "stop"),
	TEST_CASE(works_while_the_mmu_changes, .needs = NEED_IRQ, .mmu = TEST_MMU_ON,
		  .spec = "IHI 0069H 12.11, 12.19: shareability and cacheability",
		  .hint = "GIC and CPU do not see the same memory: an attribute, or maintenance"),
	TEST_CASE(works_without_the_mmu, .needs = NEED_IRQ, .mmu = TEST_MMU_OFF,
		  .spec = "IHI 0069H 12.11, 12.19: shareability and cacheability",
		  .hint = "tables or commands stayed in a cache: the CPU's writes with the MMU "
			  "off and the ITS's reads do not meet"),
	CASE(doorbell_rings, .spec = "IHI 0069H 5.3 VMAPP, VMAPTI",
	     .hint = "no doorbell for a virtual CPU that does not run: VMAPTI's doorbell, or the "
		     "vPE table"),
	CASE(vmapi_takes_the_event, .spec = "IHI 0069H 5.3 VMAPI",
	     .hint = "VMAPI maps another virtual interrupt than that of the event's number"),
	CASE(vmovi_moves_to_another, .spec = "IHI 0069H 5.3 VMOVI",
	     .hint = "VMOVI leaves the event with the old virtual CPU"),
	CASE(vmovp_moves_the_doorbell, .spec = "IHI 0069H 5.3 VMOVP",
	     .hint = "VMOVP leaves the doorbell on the old redistributor"),
	CASE(running_vpe_has_no_doorbell, .spec = "IHI 0069H 12.11 GICR_VPENDBASER",
	     .hint = "GICR_VPENDBASER.Valid is not heeded: the hypervisor gets a doorbell for "
		     "each interrupt"),
	CASE(commands_are_timed, .spec = "IHI 0069H 5.3",
	     .hint = "the ITS reads no commands, or the counter went backwards"),
	{}
};
TEST_SUITE(its, .about = "interrupt translation services, and LPIs", .init = its_init,
	   .exit = its_exit, .cases = its_cases);
