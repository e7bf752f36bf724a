// SPDX-License-Identifier: BSD-2-Clause
#include <core/log.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/io.h>
#include <drivers/pci_edu.h>

#define EDU_FACTORIAL		0x08
#define EDU_STATUS		0x20
#define EDU_STATUS_COMPUTING	0x01
#define EDU_IRQ_STATUS		0x24
#define EDU_IRQ_RAISE		0x60
#define EDU_IRQ_ACKNOWLEDGE	0x64
#define EDU_DMA_SOURCE		0x80
#define EDU_DMA_DESTINATION	0x88
#define EDU_DMA_COUNT		0x90
#define EDU_DMA_COMMAND		0x98
#define EDU_DMA_RUN		0x01
#define EDU_DMA_TO_MEMORY	0x02
#define EDU_DMA_BUFFER		0x40000U

/* Another thread of the host computes. */
#define FACTORIAL_US		20000000

static struct pci_function *edu;
static void __iomem *regs;
static bool identified;

struct pci_function *edu_get(void)
{
	return edu;
}

bool edu_is_identified(void)
{
	return identified;
}

u32 edu_read(u32 offset)
{
	return readl(regs + offset);
}

void edu_write_liveness(u32 value)
{
	writel(value, regs + EDU_LIVENESS);
}

void edu_raise(u32 bits)
{
	writel(bits, regs + EDU_IRQ_RAISE);
}

u32 edu_status(void)
{
	return readl(regs + EDU_IRQ_STATUS);
}

void edu_acknowledge(u32 bits)
{
	writel(bits, regs + EDU_IRQ_ACKNOWLEDGE);
	/* The level is down before the interrupt is ended, or it would come again. */
	readl(regs + EDU_IRQ_STATUS);
	dsb(sy);
}

int edu_factorial(u32 n, u32 *result)
{
	int ret;

	writel(n, regs + EDU_FACTORIAL);
	ret = wait_until(!(readl(regs + EDU_STATUS) & EDU_STATUS_COMPUTING), FACTORIAL_US);
	*result = readl(regs + EDU_FACTORIAL);
	return ret;
}

void edu_dma_start(u64 memory, u32 bytes, bool to_memory)
{
	writeq(to_memory ? EDU_DMA_BUFFER : memory, regs + EDU_DMA_SOURCE);
	writeq(to_memory ? memory : EDU_DMA_BUFFER, regs + EDU_DMA_DESTINATION);
	writeq(bytes, regs + EDU_DMA_COUNT);
	dsb(sy);
	writeq(EDU_DMA_RUN | (to_memory ? EDU_DMA_TO_MEMORY : 0), regs + EDU_DMA_COMMAND);
}

bool edu_dma_busy(void)
{
	return readq(regs + EDU_DMA_COMMAND) & EDU_DMA_RUN;
}

static int edu_probe(struct pci_function *fn)
{
	if (edu)
		return -ENODEV;
	regs = pci_map_bar(fn, 0);
	if (!regs)
		return -ENODEV;
	edu = fn;
	identified = (edu_read(EDU_IDENTIFICATION) & 0xff) == 0xed;
	if (!identified)
		pr_err("PCI %s BAR 0 at 0x%llx: its identification reads 0x%08x, which is no edu",
		       pci_name(fn), fn->bar[0].cpu, edu_read(EDU_IDENTIFICATION));
	return 0;
}

static const struct pci_match edu_match[] = {
	{ .vendor = 0x1234, .device = 0x11e8 },
	{}
};

PCI_DRIVER(edu, .match = edu_match, .probe = edu_probe);
