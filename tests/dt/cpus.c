// SPDX-License-Identifier: BSD-2-Clause
/* /cpus: which CPUs there are, and how the secondary ones are started. */
#include <base/string.h>
#include <base/util.h>
#include <drivers/of.h>
#include <test/test.h>
#include "dt.h"

#define MPIDR_AFFINITY	0xff00ffffffULL

bool dt_is_cpu(int node)
{
	const char *type = of_string(node, "device_type", 0);

	return (type && !strcmp(type, "cpu")) || of_name_is(node, "cpu");
}

static int cpus_node(void)
{
	return of_find_path("/cpus");
}

#define for_each_cpu(node)						\
	of_for_each_child(node, cpus_node())				\
		if (dt_is_cpu(node))

void dt_cpus_node_is_complete(void)
{
	unsigned int ac, sc, cpus = 0;
	u64 reg, size;
	int node;

	REQUIRE_GE(cpus_node(), 0, "node /cpus");
	REQUIRE_EQ(of_bus_cells(cpus_node(), &ac, &sc), 0, "node /cpus cells");
	CHECK(ac == 1 || ac == 2, "node /cpus property #address-cells: %u", ac);
	CHECK_EQ(sc, 0U, "node /cpus property #size-cells");
	for_each_cpu(node) {
		cpus++;
		CHECK_STREQ(of_string(node, "device_type", 0), "cpu",
			    "node %s property device_type", of_path(node));
		CHECK_EQ(of_reg(node, 0, &reg, &size), 0, "node %s property reg", of_path(node));
		if (!of_has(node, "compatible"))
			test_diag("node %s has no compatible", of_path(node));
	}
	CHECK_GT(cpus, 0U, "CPUs below /cpus");
}

/* The node before this one with the same reg, or -ENOENT. */
static int same_reg(int node, u64 reg)
{
	u64 other_reg, size;
	int other;

	for_each_cpu(other) {
		if (other == node)
			break;
		if (!of_reg(other, 0, &other_reg, &size) && other_reg == reg)
			return other;
	}
	return -ENOENT;
}

void dt_cpu_reg_is_unique(void)
{
	unsigned int cpus = 0;
	u64 reg, size;
	int node, other;

	for_each_cpu(node) {
		if (of_reg(node, 0, &reg, &size))
			continue;
		cpus++;
		CHECK_EQ(reg & ~MPIDR_AFFINITY, 0ULL,
			 "node %s property reg, 0x%llx: bits outside of MPIDR_EL1's affinity",
			 of_path(node), reg);
		other = same_reg(node, reg);
		CHECK_EQ(other, -ENOENT, "node %s property reg, 0x%llx, is that of %s too",
			 of_path(node), reg, of_path(other));
	}
	if (!cpus)
		SKIP("no CPU has a reg");
}

void dt_boot_cpu_is_described(void)
{
	u64 mpidr = dt_boot_mpidr(), reg, size;
	unsigned int cpus = 0, matches = 0;
	int node;

	for_each_cpu(node) {
		if (of_reg(node, 0, &reg, &size))
			continue;
		cpus++;
		if (reg != mpidr)
			continue;
		matches++;
		CHECK(of_enabled(node), "node %s property status: it is the CPU that runs this",
		      of_path(node));
	}
	CHECK_GE(matches, 1U, "nodes whose reg is MPIDR_EL1's affinity 0x%llx, of %u CPUs",
		 mpidr, cpus);
}

/* A property of the CPU, or of /cpus for all of them (3.8). */
static const char *method_of(int node)
{
	if (of_has(node, "enable-method"))
		return of_string(node, "enable-method", 0);
	return of_string(cpus_node(), "enable-method", 0);
}

static bool has_psci(void)
{
	return of_find_compatible(-1, "arm,psci") >= 0 ||
	       of_find_compatible(-1, "arm,psci-0.2") >= 0 ||
	       of_find_compatible(-1, "arm,psci-1.0") >= 0;
}

static void check_method(int node, const char *method)
{
	u64 address;

	if (!CHECK(!strcmp(method, "psci") || !strcmp(method, "spin-table"),
		   "node %s property enable-method: \"%s\"", of_path(node), method))
		return;
	if (!strcmp(method, "psci"))
		CHECK(has_psci(), "node %s enable-method is psci, which no node describes",
		      of_path(node));
	else
		CHECK_EQ(of_u64(node, "cpu-release-addr", &address), 0,
			 "node %s property cpu-release-addr", of_path(node));
}

void dt_cpu_enable_methods_are_known(void)
{
	u64 mpidr = dt_boot_mpidr(), reg, size;
	unsigned int checked = 0;
	const char *method;
	int node;

	for_each_cpu(node) {
		if (!of_enabled(node) || of_reg(node, 0, &reg, &size))
			continue;
		method = method_of(node);
		/* The boot CPU is running, it needs none. */
		if (!method && reg == mpidr)
			continue;
		checked++;
		if (CHECK(method, "node %s property enable-method", of_path(node)))
			check_method(node, method);
	}
	if (!checked)
		SKIP("there is no CPU to start");
}
