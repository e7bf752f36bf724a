// SPDX-License-Identifier: BSD-2-Clause
#include <host.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <asm/exception.h>
#include <core/console.h>
#include <core/cpu.h>
#include <core/stage.h>
#include <drivers/acpi.h>
#include <drivers/device.h>
#include <drivers/pci_host.h>
#include "report.h"

static int board_probe(struct device *dev __unused, const struct device_match *match __unused)
{
	return 0;
}

/* Written from drivers/ by drivers.py. */
#include <board-drivers.inc>

/* Nothing is probed: what that takes is never called. */
int arch_guarded_call(void (*fn)(void *arg) __unused, void *arg __unused,
		      struct exception_info *info __unused, struct pt_regs *regs __unused)
{
	return -ENOSYS;
}

void exception_describe(char *buf __unused, size_t size __unused,
			const struct exception_info *info __unused)
{
}

void console_drop_broken(void)
{
}

void console_plan(const char *name __unused)
{
}

/* What drivers/cpu/collect.c hands over. */
static unsigned int described, startable;
static u64 first_mpidr;
static const char *why_not, *how;
const struct cpu_ops psci_cpu_ops, spin_table_cpu_ops;

void cpu_add(u64 mpidr, const char *origin __unused, const struct cpu_ops *ops,
	     u64 release_addr __unused, const char *why)
{
	if (!described++)
		first_mpidr = mpidr;
	startable += ops != NULL;
	if (ops)
		how = ops == &psci_cpu_ops ? "psci" : "spin-table";
	else if (!why_not)
		why_not = why;
}

void cpu_check_boot(void)
{
}

/* Ids are four letters of a table, and a number. */
static void print_id(u64 id)
{
	printf("%c%c%c%c %#x", (char)(id >> 56), (char)(id >> 48), (char)(id >> 40),
	       (char)(id >> 32), (u32)id);
}

static void print_device(const char *key, const struct device *dev)
{
	const struct resource *mem = device_mem(dev, 0);

	printf("%s: %s ", key, dev->driver ? dev->driver->name : "-");
	if (dev->compatible)
		printf("%s", dev->compatible);
	else
		print_id(dev->acpi_id);
	printf(" | %s | %#llx\n", dev->origin, (unsigned long long)(mem ? mem->base : 0));
}

static void print_timer(const struct device *dev)
{
	static const char *const names[] = { "sec-phys", "phys", "virt", "hyp-phys", "hyp-virt" };

	printf("timer:");
	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		const struct resource *irq = device_irq_by_name(dev, names[i]);

		if (irq)
			printf(" %s %llu", names[i], (unsigned long long)irq->base);
	}
	printf("\n");
}

static bool is_serial(const struct device *dev)
{
	return !strncmp(dev->name, "serial@", 7) || !strncmp(dev->name, "uart@", 5);
}

static void print_devices(void)
{
	const struct device *dev;

	device_for_each(dev) {
		if (dev->flags & DEVICE_STDOUT)
			print_device(dev->flags & DEVICE_DISABLED ? "stdout-off" : "stdout", dev);
		if (dev->flags & DEVICE_DISABLED)
			continue;
		if (is_serial(dev) && !dev->driver)
			print_device("serial", dev);
		if (!dev->driver)
			continue;
		if (dev->driver->class == DRIVER_IRQCHIP)
			print_device("irqchip", dev);
		else if (!strcmp(dev->driver->name, "arm_timer"))
			print_timer(dev);
		else if (!strcmp(dev->driver->name, "psci"))
			printf("psci: %s\n", device_get_string(dev, "method"));
	}
}

static void print_memory(void)
{
	const struct boot_info *bi = host_boot_info();
	unsigned long long bytes = 0;

	for (unsigned int i = 0; i < bi->map.count; i++)
		if (bi->map.region[i].type == MEM_FREE)
			bytes += bi->map.region[i].size;
	if (bytes)
		printf("memory: %llu KiB\n", bytes >> 10);
}

static void print_log(void)
{
	char *log = strdup(host_log()), *rest = log, *line;

	while ((line = strsep(&rest, "\n")))
		if (*line == 'E' || *line == 'W')
			printf("log: %s\n", line);
	free(log);
}

static void report(void)
{
	const struct device *console = device_console();

	if (console)
		print_device("console", console);
	print_devices();
	printf("cpus: %u %u %s %#llx\n", described, startable, how ? how : "-",
	       (unsigned long long)first_mpidr);
	if (why_not)
		printf("cpus-why: %s\n", why_not);
	print_memory();
	print_log();
}

void report_run_stages(void)
{
	extern const struct stage *const __table_stage_start[], *const __table_stage_end[];
	const struct stage *const *pp;

	/* The table is in their order: what made the devices came before. */
	table_for_each(pp, stage) {
		if ((*pp)->when == STAGE_DISCOVER && (!strcmp((*pp)->name, "cpus_collect") ||
						      !strcmp((*pp)->name, "console_plan")))
			(*pp)->run(host_boot_info());
	}
}

static int one(const char *name, void (*discover)(const char *name))
{
	int status;
	pid_t child;

	printf("board: %s\n", name);
	fflush(stdout);
	child = fork();
	if (!child) {
		host_reset();
		discover(name);
		report();
		fflush(stdout);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return 1;
	if (WIFSIGNALED(status))
		printf("died: %s\n", strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		printf("status: %d\n", WEXITSTATUS(status));
	return status != 0;
}

int report_each(int argc, char **argv, void (*discover)(const char *name))
{
	int failed = 0;

	for (int i = 1; i < argc; i++)
		failed |= one(argv[i], discover);
	return failed;
}
