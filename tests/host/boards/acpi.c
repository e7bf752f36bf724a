// SPDX-License-Identifier: BSD-2-Clause
/* Boards by their ACPI tables: boards-acpi DIR..., each with the <TABLE>.dat files of one. */
#include <dirent.h>
#include <host.h>
#include <stdlib.h>
#include "../acpi/machine.h"
#include "report.h"

static int is_table(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len == 8 && !strcmp(entry->d_name + 4, ".dat");
}

static void load(struct machine *machine, const char *dir)
{
	struct dirent **names;
	int count = scandir(dir, &names, is_table, alphasort);

	for (int i = 0; i < count; i++) {
		char path[4096], name[5];
		size_t size;
		u8 *data;

		snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
		snprintf(name, sizeof(name), "%.4s", names[i]->d_name);
		data = host_read_file(path, &size);
		/* Its entries are addresses of that machine; machine_link() makes another. */
		if (strcmp(name, "XSDT"))
			machine_add(machine, name, data, size);
		free(data);
		free(names[i]);
	}
	free(names);
}

static void discover(const char *dir)
{
	static struct machine machine;

	load(&machine, dir);
	machine_link(&machine, "CORPUS");
	machine_defaults(&machine);
	machine_boot(&machine);
	report_run_stages();
}

int main(int argc, char **argv)
{
	return report_each(argc, argv, discover);
}
