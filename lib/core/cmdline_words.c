// SPDX-License-Identifier: BSD-2-Clause
/* Which words are ours, which are another system's, and which are mistyped. */
#include "cmdline.h"
#include <base/string.h>
#include <base/util.h>

/* What boot loaders, firmware and Linux installations put on a kernel's command line. */
static const char *const foreign_words[] = {
	"BOOT_IMAGE", "acpi_osi", "androidboot", "audit", "bcm2708_fb.fbdepth",
	"bcm2708_fb.fbheight", "bcm2708_fb.fbswap", "bcm2708_fb.fbwidth", "boot",
	"cgroup_disable", "cgroup_enable", "cgroup_memory", "cma", "coherent_pool",
	"console", "consoleblank", "crashkernel", "debug", "default_hugepagesz",
	"earlyprintk", "efi", "elevator", "fsck.mode", "fsck.repair", "hugepages",
	"hugepagesz", "ignore_loglevel", "init", "initcall_debug", "initrd",
	"iommu.passthrough", "iommu.strict", "ip", "irqchip.gicv3_pseudo_nmi", "isolcpus",
	"kaslr", "keep_bootcon", "kgdboc", "kpti", "log_buf_len", "memmap", "mitigations",
	"modules-load", "net.ifnames", "nfsroot", "no_console_suspend", "nohlt", "nohz",
	"nohz_full", "noinitrd", "nokaslr", "nomodeset", "nosmp", "nosplash", "nr_cpus",
	"numa", "numa_balancing", "panic", "panic_on_oops", "pci", "pcie_aspm", "plymouth",
	"plymouth.enable", "preempt", "printk.devkmsg", "printk.time", "quiet", "raid",
	"ramdisk_size", "rcu_nocbs", "rd.break", "rd.luks.uuid", "rd.lvm.lv", "rdinit",
	"resume", "ro", "root", "rootdelay", "rootflags", "rootfstype", "rootwait", "rw",
	"security", "selinux", "single", "smsc95xx.macaddr", "splash", "swiotlb",
	"sysrq_always_enabled", "systemd.unit", "udev.log_level", "vc_mem.mem_base",
	"vc_mem.mem_size", "verbose", "video", "vt.global_cursor_default", "vt.handoff",
	"zswap.enabled",
};

bool word_ends_line(const char *word)
{
	return strcmp(word, "--") == 0;
}

/* Whether @known is the @len characters at @name. */
static bool is_word(const char *known, const char *name, size_t len)
{
	return len && *known == *name && !strncmp(known, name, len) && !known[len];
}

bool word_is_foreign(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(foreign_words); i++)
		if (is_word(foreign_words[i], name, len))
			return true;
	return false;
}

static bool ends_in_efi(const char *word)
{
	static const char suffix[] = ".efi";
	size_t len = strlen(word);

	if (len < 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		char c = word[len - 4 + i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c != suffix[i])
			return false;
	}
	return true;
}

bool word_is_program(const char *word)
{
	if (strchr(word, '='))
		return false;
	return strchr(word, '\\') || ends_in_efi(word);
}

const struct param *param_find(const char *name, size_t len)
{
	const struct param *const *pp;

	table_for_each(pp, param)
		if (is_word((*pp)->name, name, len))
			return *pp;
	return NULL;
}

#define NEAREST_MAX_LEN	24

/*
 * Edits that make b of a: one character put in, left out or replaced, or two
 * neighbours swapped. d[i][j] is what the first i of a and the first j of b take.
 */
static unsigned int edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	u8 d[NEAREST_MAX_LEN + 1][NEAREST_MAX_LEN + 1];

	for (size_t i = 0; i <= a_len; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			unsigned int best = MIN(d[i - 1][j], d[i][j - 1]) + 1;

			best = MIN(best, d[i - 1][j - 1] + (unsigned int)(a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				best = MIN(best, d[i - 2][j - 2] + 1U);
			d[i][j] = best;
		}
	}
	return d[a_len][b_len];
}

const char *param_nearest(const char *name, size_t len)
{
	/* Two slips at most, and fewer than half of what was typed. */
	unsigned int best = MIN((size_t)2, len / 2) + 1;
	const struct param *const *pp;
	const char *nearest = NULL;

	if (len > NEAREST_MAX_LEN)
		return NULL;
	table_for_each(pp, param) {
		size_t param_len = strlen((*pp)->name);
		unsigned int distance;

		if (param_len > NEAREST_MAX_LEN)
			continue;
		distance = edit_distance(name, len, (*pp)->name, param_len);
		if (distance < best) {
			best = distance;
			nearest = (*pp)->name;
		}
	}
	return nearest;
}
