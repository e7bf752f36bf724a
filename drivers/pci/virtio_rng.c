// SPDX-License-Identifier: BSD-2-Clause
/* Virtio over PCI by its capabilities (virtio 1.2, 4.1), with a split queue of one entry (2.7). */
#include <base/string.h>
#include <core/log.h>
#include <core/time.h>
#include <asm/barrier.h>
#include <asm/io.h>
#include <drivers/pci_dma.h>
#include <drivers/pci_virtio_rng.h>

/* Vendor capability, 4.1.4 */
#define CAP_TYPE		3
#define CAP_BAR			4
#define CAP_OFFSET		8
#define CAP_LENGTH		12
#define CAP_NOTIFY_MULTIPLIER	16
#define TYPE_COMMON		1
#define TYPE_NOTIFY		2
#define TYPE_ISR		3

/* Common configuration, 4.1.4.3 */
#define FEATURE_SELECT		0x08
#define FEATURE			0x0c
#define DEVICE_STATUS		0x14
#define QUEUE_SELECT		0x16
#define QUEUE_SIZE		0x18
#define QUEUE_VECTOR		0x1a
#define QUEUE_ENABLE		0x1c
#define QUEUE_NOTIFY_OFFSET	0x1e
#define QUEUE_DESCRIPTORS	0x20
#define QUEUE_DRIVER		0x28
#define QUEUE_DEVICE		0x30
#define COMMON_LENGTH		0x38

#define STATUS_ACKNOWLEDGE	1
#define STATUS_DRIVER		2
#define STATUS_DRIVER_OK	4
#define STATUS_FEATURES_OK	8
#define FEATURE_VERSION_1	1U	/* bit 32: in the second word */
#define DESCRIPTOR_WRITE	2
#define RESET_US		1000000

struct descriptor {
	u64 address;
	u32 length;
	u16 flags;
	u16 next;
};

/* One page: what the driver writes, then what the device does, apart by more than a cache line. */
struct queue {
	struct descriptor descriptor;
	struct { u16 flags, index, ring[1], event; } driver;
	u8 apart[2048 - sizeof(struct descriptor) - 8];
	struct { u16 flags, index; struct { u32 id, length; } ring[1]; u16 event; } device;
	u8 apart_too[1024];
	u8 data[VIRTIO_RNG_BYTES];
};

static struct pci_function *rng;
static void __iomem *common, *notify, *isr;
static u32 notify_multiplier;
static struct queue *queue;
static u16 asked;

struct pci_function *virtio_rng_get(void)
{
	return rng;
}

/*
 * What a vendor capability of a type points at; its offset in *@at. A list that leads
 * back to where it was is left where one that rises would have ended.
 */
static void __iomem *find_part(struct pci_function *fn, u8 type, u32 length, int *at)
{
	unsigned int left = PCI_CONFIG_SIZE / 4;

	for (*at = pci_capability(fn, PCI_CAP_VENDOR, 0); *at > 0 && left--;
	     *at = pci_capability(fn, PCI_CAP_VENDOR, (u32)*at)) {
		unsigned int bar = pci_read8(fn, (u32)*at + CAP_BAR);
		u32 offset = pci_read32(fn, (u32)*at + CAP_OFFSET);
		void __iomem *base;

		if (pci_read8(fn, (u32)*at + CAP_TYPE) != type || bar >= PCI_BARS ||
		    pci_read32(fn, (u32)*at + CAP_LENGTH) < length ||
		    offset > fn->bar[bar].size || length > fn->bar[bar].size - offset)
			continue;
		base = pci_map_bar(fn, bar);
		return base ? base + offset : NULL;
	}
	return NULL;
}

static int map_parts(struct pci_function *fn)
{
	int at;

	common = find_part(fn, TYPE_COMMON, COMMON_LENGTH, &at);
	isr = find_part(fn, TYPE_ISR, 1, &at);
	notify = find_part(fn, TYPE_NOTIFY, 2, &at);
	if (!common || !isr || !notify)
		return -EOPNOTSUPP;
	notify_multiplier = pci_read32(fn, (u32)at + CAP_NOTIFY_MULTIPLIER);
	return 0;
}

static void set_status(u8 status)
{
	writeb(status, common + DEVICE_STATUS);
}

static int reset(void)
{
	set_status(0);
	return wait_until(!readb(common + DEVICE_STATUS), RESET_US);
}

static int negotiate(void)
{
	set_status(STATUS_ACKNOWLEDGE);
	set_status(STATUS_ACKNOWLEDGE | STATUS_DRIVER);
	writel(0, common + FEATURE_SELECT);
	writel(0, common + FEATURE);
	writel(1, common + FEATURE_SELECT);
	writel(FEATURE_VERSION_1, common + FEATURE);
	set_status(STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK);
	return readb(common + DEVICE_STATUS) & STATUS_FEATURES_OK ? 0 : -EIO;
}

static void write64(u64 value, u32 offset)
{
	writel((u32)value, common + offset);
	writel((u32)(value >> 32), common + offset + 4);
}

static int start_queue(u16 vector)
{
	writew(0, common + QUEUE_SELECT);
	if (!readw(common + QUEUE_SIZE))
		return -EIO;
	writew(1, common + QUEUE_SIZE);
	writew(vector, common + QUEUE_VECTOR);
	/* A vector that could not be allocated reads as none (4.1.5.1.2). */
	if (readw(common + QUEUE_VECTOR) != vector)
		return -EIO;
	write64((u64)(uintptr_t)&queue->descriptor, QUEUE_DESCRIPTORS);
	write64((u64)(uintptr_t)&queue->driver, QUEUE_DRIVER);
	write64((u64)(uintptr_t)&queue->device, QUEUE_DEVICE);
	pci_dma_sync(queue, sizeof(*queue));
	writew(1, common + QUEUE_ENABLE);
	set_status(STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK | STATUS_DRIVER_OK);
	return 0;
}

int virtio_rng_start(u16 vector)
{
	int ret = map_parts(rng);

	if (ret)
		return ret;
	queue = pci_dma_alloc(rng, sizeof(*queue));
	if (!queue)
		return -ENOMEM;
	asked = 0;
	ret = reset();
	if (!ret)
		ret = negotiate();
	if (!ret)
		ret = start_queue(vector);
	if (ret)
		virtio_rng_stop();
	else
		pci_enable(rng, PCI_COMMAND_MASTER);
	return ret;
}

void virtio_rng_ask(void)
{
	u32 offset;

	memset(queue->data, 0, sizeof(queue->data));
	queue->descriptor = (struct descriptor){
		.address = (u64)(uintptr_t)queue->data, .length = VIRTIO_RNG_BYTES,
		.flags = DESCRIPTOR_WRITE,
	};
	queue->driver.ring[0] = 0;
	/* The entry is there before the index that tells of it. */
	pci_dma_sync(queue, sizeof(*queue));
	queue->driver.index = ++asked;
	pci_dma_sync(queue, sizeof(*queue));
	writew(0, common + QUEUE_SELECT);
	offset = readw(common + QUEUE_NOTIFY_OFFSET) * notify_multiplier;
	writew(0, notify + offset);
}

const u8 *virtio_rng_answer(u32 *bytes)
{
	pci_dma_sync(queue, sizeof(*queue));
	if (READ_ONCE(queue->device.index) != asked)
		return NULL;
	if (bytes)
		*bytes = queue->device.ring[0].length;
	return queue->data;
}

u8 virtio_rng_interrupt_status(void)
{
	return readb(isr);
}

void virtio_rng_stop(void)
{
	if (!queue)
		return;
	/* It may still be writing: memory that it might use is not given back. */
	if (!reset())
		pci_dma_free(queue, sizeof(*queue));
	queue = NULL;
}

static int virtio_rng_probe(struct pci_function *fn)
{
	if (rng)
		return -ENODEV;
	rng = fn;
	return 0;
}

/* Transitional, and of virtio 1.0 alone (4.1.2.1). */
static const struct pci_match virtio_rng_match[] = {
	{ .vendor = 0x1af4, .device = 0x1005 },
	{ .vendor = 0x1af4, .device = 0x1044 },
	{}
};

PCI_DRIVER(virtio_rng, .match = virtio_rng_match, .probe = virtio_rng_probe);
