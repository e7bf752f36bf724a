// SPDX-License-Identifier: BSD-2-Clause
/*
 * Boards by their device trees: boards-dt FILE.dtb..., as a boot loader hands them over by the
 * Linux boot protocol.
 */
#include <host.h>
#include <stdlib.h>
#include <core/stage.h>
#include <drivers/of.h>
#include "report.h"

extern const struct stage *const __table_stage_of_describe;
extern const struct stage *const __table_stage_of_offer;
extern const struct stage *const __table_stage_discovery;
extern const struct stage *const __table_stage_of_discover;

static void print_model(void)
{
	const char *model = of_string(OF_ROOT, "model", 0);

	if (model)
		printf("model: %s\n", model);
}

static void discover(const char *name)
{
	struct boot_info *bi = host_boot_info();
	size_t size;
	void *file = host_read_file(name, &size), *fdt = heap_alloc(size);

	memcpy(fdt, file, size);
	free(file);
	bi->method = BOOT_METHOD_IMAGE;
	bi->fdt = fdt;
	bi->fdt_limit = size;
	bi->fdt_origin = "x0";
	__table_stage_of_describe->run(bi);
	__table_stage_of_offer->run(bi);
	__table_stage_discovery->run(bi);
	__table_stage_of_discover->run(bi);
	report_run_stages();
	print_model();
}

int main(int argc, char **argv)
{
	return report_each(argc, argv, discover);
}
