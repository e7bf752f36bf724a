// SPDX-License-Identifier: BSD-2-Clause
/*
 * Tables changed at random, always the same way. Nothing is expected of what
 * the rules say; the sanitizer sees reads out of bounds, an alarm a hang.
 */
#include <unistd.h>
#include <ctest.h>
#include "check.h"
#include "machine.h"
#include <drivers/pci_host.h>

#define HANG_S	60

static u64 state;

static u64 next(u64 below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

static void change_bytes(struct machine_table *table)
{
	static const u8 values[] = { 0, 1, 2, 0x7f, 0x80, 0xfe, 0xff };

	for (u64 n = 1 + next(4); n; n--) {
		size_t at = next(table->size);

		if (next(2))
			table->data[at] ^= (u8)(1U << next(8));
		else
			table->data[at] = values[next(sizeof(values))];
	}
}

/* Cut off the block's end; its header may still say the old length, or agree. */
static void cut(struct machine_table *table)
{
	u8 *shorter;

	if (!strcmp(table->name, "DSDT"))
		return;
	table->size = 1 + next(table->size);
	shorter = malloc(table->size);
	memcpy(shorter, table->data, table->size);
	free(table->data);
	table->data = shorter;
	if (table->size >= 8 && next(2))
		memcpy(table->data + 4, &(u32){ (u32)table->size }, 4);
}

static void copy_machine(struct machine *to, const struct machine *from)
{
	memset(to, 0, sizeof(*to));
	for (unsigned int i = 0; i < from->count; i++)
		machine_add(to, from->table[i].name, from->table[i].data, from->table[i].size);
	to->mpidr = from->mpidr;
	to->el = from->el;
	to->firmware_type = from->firmware_type;
}

/* The copy's tables lie elsewhere: pointers that led to the original's lead to them. */
static void move_pointers(struct machine *to, const struct machine *from)
{
	struct machine_table *xsdt = machine_find(to, "XSDT");
	struct machine_table *facp = machine_find(to, "FACP");
	struct machine_table *rsdp = machine_find(to, "RSDP");

	for (unsigned int i = 0; i < from->count; i++) {
		u64 old = (uintptr_t)from->table[i].data;
		u64 new = (uintptr_t)to->table[i].data;

		for (size_t at = 36; at + 8 <= xsdt->size; at += 8)
			if (!memcmp(xsdt->data + at, &old, 8))
				memcpy(xsdt->data + at, &new, 8);
		if (!strcmp(to->table[i].name, "DSDT") && facp &&
		    facp->size >= offsetof(struct acpi_fadt, x_pm1a_evt_blk))
			((struct acpi_fadt *)facp->data)->x_dsdt = new;
	}
	if (rsdp->size >= sizeof(struct acpi_rsdp))
		((struct acpi_rsdp *)rsdp->data)->xsdt_address = (uintptr_t)xsdt->data;
}

static void seal_all(struct machine *m)
{
	for (unsigned int i = 0; i < m->count; i++)
		machine_seal_checksum(&m->table[i]);
}

static void run_rules(void)
{
	struct rule_result result;

	for (const struct test_case *test = rule_cases(); test->name; test++)
		rule_run(test, &result);
}

static void ask_host_bridges(void)
{
	const struct device *dev;
	struct pci_msi_route route;

	device_for_each(dev)
		for (u32 rid = 0; dev->acpi_id == ACPI_MCFG_SEGMENT && rid < 0x10000; rid += 0x3fff)
			dev->ops->pci->msi(dev, (u16)rid, &route);
}

void fuzz_machine(struct machine *m, unsigned int rounds, u64 seed)
{
	state = seed * 0x9e3779b97f4a7c15ULL + 1;
	for (unsigned int i = 0; i < rounds; i++) {
		struct machine_table *table;
		struct machine copy;

		alarm(HANG_S);
		copy_machine(&copy, m);
		table = &copy.table[next(copy.count)];
		if (next(4))
			change_bytes(table);
		else
			cut(table);
		move_pointers(&copy, m);
		if (next(4))
			seal_all(&copy);
		machine_boot(&copy);
		run_rules();
		ask_host_bridges();
		machine_free(&copy);
	}
	alarm(0);
	EXPECT(rounds > 0);
}
