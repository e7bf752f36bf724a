// SPDX-License-Identifier: BSD-2-Clause
/* Identity of the processor. */
#include <base/util.h>
#include <asm/cpu.h>

#define HCR_EL2_E2H	BIT(34)

bool cpu_runs_vhe(void)
{
	return cpu_current_el() == 2 && (read_sysreg(hcr_el2) & HCR_EL2_E2H);
}

struct cpu_part {
	u16 part;		/* MIDR_EL1.PartNum */
	u8 implementer;		/* MIDR_EL1.Implementer */
	const char *name;
};

#define ARM	0x41
#define CAVIUM	0x43
#define FUJITSU	0x46
#define HISI	0x48
#define NVIDIA	0x4e
#define QCOM	0x51
#define APPLE	0x61
#define AMPERE	0xc0

static const struct cpu_part cpu_parts[] = {
	{ 0xd02, ARM, "Cortex-A34" }, { 0xd03, ARM, "Cortex-A53" },
	{ 0xd04, ARM, "Cortex-A35" }, { 0xd05, ARM, "Cortex-A55" },
	{ 0xd06, ARM, "Cortex-A65" }, { 0xd07, ARM, "Cortex-A57" },
	{ 0xd08, ARM, "Cortex-A72" }, { 0xd09, ARM, "Cortex-A73" },
	{ 0xd0a, ARM, "Cortex-A75" }, { 0xd0b, ARM, "Cortex-A76" },
	{ 0xd0c, ARM, "Neoverse-N1" }, { 0xd0d, ARM, "Cortex-A77" },
	{ 0xd0e, ARM, "Cortex-A76AE" }, { 0xd0f, ARM, "AEM-v8 model" },
	{ 0xd40, ARM, "Neoverse-V1" }, { 0xd41, ARM, "Cortex-A78" },
	{ 0xd42, ARM, "Cortex-A78AE" }, { 0xd44, ARM, "Cortex-X1" },
	{ 0xd46, ARM, "Cortex-A510" }, { 0xd47, ARM, "Cortex-A710" },
	{ 0xd48, ARM, "Cortex-X2" }, { 0xd49, ARM, "Neoverse-N2" },
	{ 0xd4a, ARM, "Neoverse-E1" }, { 0xd4b, ARM, "Cortex-A78C" },
	{ 0xd4c, ARM, "Cortex-X1C" }, { 0xd4d, ARM, "Cortex-A715" },
	{ 0xd4e, ARM, "Cortex-X3" }, { 0xd4f, ARM, "Neoverse-V2" },
	{ 0xd80, ARM, "Cortex-A520" }, { 0xd81, ARM, "Cortex-A720" },
	{ 0xd82, ARM, "Cortex-X4" },
	{ 0x0a1, CAVIUM, "ThunderX" }, { 0x0af, CAVIUM, "ThunderX2" },
	{ 0x001, FUJITSU, "A64FX" }, { 0xd01, HISI, "TaiShan v110" },
	{ 0x004, NVIDIA, "Carmel" }, { 0x003, NVIDIA, "Denver 2" },
	{ 0x800, QCOM, "Kryo 2xx Gold" }, { 0x801, QCOM, "Kryo 2xx Silver" },
	{ 0x802, QCOM, "Kryo 3xx Gold" }, { 0x803, QCOM, "Kryo 3xx Silver" },
	{ 0x804, QCOM, "Kryo 4xx Gold" }, { 0x805, QCOM, "Kryo 4xx Silver" },
	{ 0x001, QCOM, "Oryon" },
	{ 0x022, APPLE, "M1 Icestorm" }, { 0x023, APPLE, "M1 Firestorm" },
	{ 0xac3, AMPERE, "Ampere-1" }, { 0xac4, AMPERE, "Ampere-1A" },
};

/* What QEMU's "max" and other models without a part number of their own show. */
#define MIDR_IMPLEMENTER_SOFTWARE	0x00

const char *cpu_name(u64 midr)
{
	unsigned int implementer = midr >> 24 & 0xff, part = midr >> 4 & 0xfff, i;

	for (i = 0; i < ARRAY_SIZE(cpu_parts); i++)
		if (cpu_parts[i].implementer == implementer && cpu_parts[i].part == part)
			return cpu_parts[i].name;
	return implementer == MIDR_IMPLEMENTER_SOFTWARE ? "software model" : "unknown";
}
