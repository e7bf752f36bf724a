// SPDX-License-Identifier: BSD-2-Clause
#include "trees.h"
#include <core/stage.h>
#include <drivers/device.h>

extern const char *tree_directory;
extern const struct stage *const __table_stage_of_describe;
extern const struct stage *const __table_stage_of_offer;
extern const struct stage *const __table_stage_discovery;
extern const struct stage *const __table_stage_of_discover;

void *tree_read(const char *name, size_t *size)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s.dtb", tree_directory, name);
	return host_read_file(path, size);
}

void tree_load(const char *name)
{
	struct boot_info *bi = host_boot_info();
	char why[192] = "";
	size_t size;
	void *file = tree_read(name, &size), *fdt = heap_alloc(size);

	/* host_reset() frees that one. */
	memcpy(fdt, file, size);
	free(file);
	bi->fdt = fdt;
	bi->fdt_limit = size;
	bi->fdt_origin = name;
	EXPECT_EQ(of_load(bi->fdt, size, why, sizeof(why)), 0);
	EXPECT_STREQ(why, "");
}

void tree_discover(void)
{
	struct boot_info *bi = host_boot_info();

	__table_stage_of_describe->run(bi);
	__table_stage_of_offer->run(bi);
	__table_stage_discovery->run(bi);
	__table_stage_of_discover->run(bi);
}

static void use_properties(int node)
{
	const char *name, *value;
	unsigned int i;
	size_t len;
	u32 cell;
	u64 number;

	for (i = 0; (value = of_prop_at(node, i, &name, &len)); i++) {
		of_u32(node, name, 3, &cell);
		of_u64(node, name, &number);
		of_string(node, name, 1);
		of_string_index(node, name, "x");
		of_find_path(name);
		/* The sanitizer watches. */
		for (; len; len--)
			number += value[len - 1];
	}
}

static void use_addresses(int node)
{
	u64 base, size;
	unsigned int n;
	int ret;

	for (n = 0; n < 64; n++) {
		ret = of_address(node, n, &base, &size);
		if (ret == -ENOENT || ret == -EINVAL)
			break;
	}
	base = 0x1000;
	of_translate(node, &base, 1, &ret);
	of_clock_rate(node, 1, &base);
}

static void use_interrupts(int node)
{
	struct of_irq irq;
	u32 intid, flags;
	unsigned int n;

	for (n = 0; !of_irq(node, n, &irq); n++)
		of_irq_gic(&irq, &intid, &flags);
	of_irq_parent(node);
}

void tree_use_all(void)
{
	u64 base, size;
	unsigned int n;
	int node;

	for (n = 0; !of_reservation(n, &base, &size); n++)
		;
	of_for_each_node(node) {
		use_properties(node);
		use_addresses(node);
		use_interrupts(node);
		of_path(node);
		of_available(node);
		of_by_phandle(of_phandle(node));
		EXPECT(of_parent(node) < node);
	}
	of_stdout(NULL);
	tree_discover();
	tree_use_pci();
}
