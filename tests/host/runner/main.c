// SPDX-License-Identifier: BSD-2-Clause
/*
 * The image's way from the command line to the verdict, on the build machine:
 *
 *	runner [--config TEXT] [--file PATH] [--boot TEXT] [--initrd PATH]
 *	       [--needs MASK] [--env NAME] [--heap BYTES] [--services 1]
 *	       [--cpus NUMBER] [--irq 1]
 *
 * Its output is the report, messages go to standard error, its exit status is 1
 * when anything failed.
 */
#include <host.h>
#include <core/capability.h>
#include <core/param.h>
#include <core/stage.h>
#include "../../../lib/core/cmdline.h"
#include "machine.h"

static const char *env_name;
static const struct boot_services services;

/* A terminated copy that ends with the file. */
static char *read_text(const char *path)
{
	size_t size;
	char *data = host_read_file(path, &size);
	char *text = malloc(size + 1);

	memcpy(text, data, size);
	text[size] = '\0';
	free(data);
	return text;
}

static void use_option(struct boot_info *bi, const char *name, const char *value)
{
	if (!strcmp(name, "--config"))
		bi->cmdline[CMDLINE_CONFIG] = value;
	else if (!strcmp(name, "--file"))
		bi->cmdline[CMDLINE_FILE] = read_text(value);
	else if (!strcmp(name, "--boot"))
		bi->cmdline[CMDLINE_BOOT] = value;
	else if (!strcmp(name, "--initrd"))
		bi->initrd = host_read_file(value, &bi->initrd_size);
	else if (!strcmp(name, "--needs"))
		capability_provide(strtoul(value, NULL, 0));
	else if (!strcmp(name, "--env"))
		env_name = value;
	else if (!strcmp(name, "--services"))
		bi->services = &services;
	else if (!strcmp(name, "--cpus"))
		machine_set_cpus(strtoul(value, NULL, 0));
	else if (!strcmp(name, "--irq"))
		machine_set_irq();
	else if (!strcmp(name, "--heap"))
		host_heap_limit(strtoul(value, NULL, 0));
	else
		exit(2);
}

int main(int argc, char **argv)
{
	const struct stage *const *stage;
	struct boot_info *bi = host_boot_info();
	int failed = 0;

	machine_init();
	host_log_echo(true);
	for (int i = 1; i + 1 < argc; i += 2)
		use_option(bi, argv[i], argv[i + 1]);
	bi->cmdline_name[CMDLINE_BOOT] = "load options";
	bi->initrd_origin = "LoadFile2";
	cmdline_parse(bi);
	env_load_initrd(bi);
	cmdline_summary();
	if (env_name)
		printf("env %s=%s\n", env_name, env_get(env_name) ? env_get(env_name) : "(unset)");
	table_for_each(stage, stage)
		if ((*stage)->when == STAGE_RUN)
			failed += (*stage)->run(bi);
	return failed != 0;
}
