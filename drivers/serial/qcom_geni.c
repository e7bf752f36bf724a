// SPDX-License-Identifier: BSD-2-Clause
/*
 * Qualcomm GENI serial engine (QUP v3) with the firmware of a UART. A sequencer
 * works off commands: M sends, S receives. One command sends one character here:
 * it starts when the one before has ended, which is how fast the line is.
 */
#include <asm/io.h>
#include <base/printf.h>
#include <core/log.h>
#include <core/time.h>
#include "uart_console.h"

#define GENI_STATUS		0x040
#define GENI_FW_REVISION	0x068
#define GENI_LOOPBACK		0x22c
#define GENI_BYTE_GRAN		0x254
#define GENI_DMA_MODE		0x258
#define GENI_TX_PACKING0	0x260
#define GENI_TX_PACKING1	0x264
#define GENI_TX_LENGTH		0x270
#define GENI_RX_PACKING0	0x284
#define GENI_RX_PACKING1	0x288
#define GENI_M_CMD		0x600
#define GENI_M_CMD_CTRL		0x604
#define GENI_M_STATUS		0x610
#define GENI_M_ENABLE		0x614
#define GENI_M_CLEAR		0x618
#define GENI_S_CMD		0x630
#define GENI_S_CMD_CTRL		0x634
#define GENI_S_STATUS		0x640
#define GENI_S_ENABLE		0x644
#define GENI_S_CLEAR		0x648
#define GENI_TX_FIFO		0x700
#define GENI_RX_FIFO		0x780
#define GENI_RX_FIFO_STATUS	0x804
#define GENI_RX_WATERMARK	0x810
#define GENI_IRQ_ENABLE		0xe1c

#define STATUS_M_ACTIVE		(1U << 0)
#define STATUS_S_ACTIVE		(1U << 12)
#define FW_PROTOCOL(rev)	((rev) >> 8 & 0xff)
#define FW_PROTOCOL_UART	2U
#define LOOPBACK_TX_RX		1U
/* One character in each word of the FIFOs: bit 0 first, 8 bits, and no second one. */
#define PACKING_ONE		0x0fU
#define CMD_START		(1U << 27)	/* START_TX, START_READ */
#define CMD_CTRL_CANCEL		(1U << 2)
#define CMD_CTRL_ABORT		(1U << 1)
#define M_DONE			(1U << 0)
#define S_WATERMARK		(1U << 26)
#define S_LAST			(1U << 27)	/* nothing more came for a while */
#define RX_WORDS		0x1ffffffU
#define IRQ_ENABLE_M_S		0xcU

#define CANCEL_US		1000	/* a command that waits for characters ends at once */

static inline u32 geni_read(const struct uart *uart, unsigned int offset)
{
	return readl(uart->base + offset);
}

static inline void geni_write(const struct uart *uart, unsigned int offset, u32 value)
{
	writel(value, uart->base + offset);
}

static bool geni_active(const struct uart *uart, u32 which)
{
	return geni_read(uart, GENI_STATUS) & which;
}

static inline unsigned int geni_room(struct uart *uart)
{
	return !geni_active(uart, STATUS_M_ACTIVE);
}

static inline void geni_send(struct uart *uart, u8 c)
{
	geni_write(uart, GENI_TX_LENGTH, 1);
	geni_write(uart, GENI_M_CMD, CMD_START);
	geni_write(uart, GENI_TX_FIFO, c);
}

/* The character that a command was started for never came, when an exception ended a write. */
static void geni_end_command(struct uart *uart, u32 which, unsigned int control)
{
	geni_write(uart, control, CMD_CTRL_CANCEL);
	if (!wait_until(!geni_active(uart, which), CANCEL_US))
		return;
	geni_write(uart, control, CMD_CTRL_ABORT);
	wait_until(!geni_active(uart, which), CANCEL_US);
}

static int geni_console_write(struct console *con, const char *s, size_t n)
{
	struct uart *uart = container_of(con, struct uart, console);
	int ret = uart_write(con, s, n, geni_room, geni_send);

	if (ret)
		geni_end_command(uart, STATUS_M_ACTIVE, GENI_M_CMD_CTRL);
	return ret;
}

static int geni_receive(struct uart *uart)
{
	if (!(geni_read(uart, GENI_RX_FIFO_STATUS) & RX_WORDS))
		return -EAGAIN;
	return geni_read(uart, GENI_RX_FIFO) & 0xff;
}

static bool geni_idle(struct uart *uart)
{
	return !geni_active(uart, STATUS_M_ACTIVE);
}

static int geni_identify(struct uart *uart, char *why, size_t size)
{
	u32 revision = geni_read(uart, GENI_FW_REVISION);

	if (FW_PROTOCOL(revision) == FW_PROTOCOL_UART)
		return 0;
	snprintf(why, size, "its firmware revision (offset 0x68) reads 0x%x: protocol %u, a UART's is %u",
		 revision, FW_PROTOCOL(revision), FW_PROTOCOL_UART);
	return -ENODEV;
}

static void geni_loopback(struct uart *uart, bool on)
{
	geni_write(uart, GENI_LOOPBACK, on ? LOOPBACK_TX_RX : 0);
}

static void geni_events_enable(struct uart *uart, u32 events)
{
	geni_write(uart, GENI_M_ENABLE, events & UART_EVENT_TX ? M_DONE : 0);
	geni_write(uart, GENI_S_ENABLE, events & UART_EVENT_RX ? S_WATERMARK | S_LAST : 0);
	geni_write(uart, GENI_IRQ_ENABLE, events ? IRQ_ENABLE_M_S : 0);
}

static u32 geni_events_raised(struct uart *uart)
{
	u32 m = geni_read(uart, GENI_M_STATUS) & geni_read(uart, GENI_M_ENABLE);
	u32 s = geni_read(uart, GENI_S_STATUS) & geni_read(uart, GENI_S_ENABLE);

	return (m & M_DONE ? UART_EVENT_TX : 0) |
	       (s & (S_WATERMARK | S_LAST) ? UART_EVENT_RX : 0);
}

static void geni_events_clear(struct uart *uart, u32 events)
{
	if (events & UART_EVENT_TX)
		geni_write(uart, GENI_M_CLEAR, M_DONE);
	if (events & UART_EVENT_RX)
		geni_write(uart, GENI_S_CLEAR, S_WATERMARK | S_LAST);
}

static const struct uart_ops geni_ops = {
	.room = geni_room,
	.send = geni_send,
	.receive = geni_receive,
	.idle = geni_idle,
	.identify = geni_identify,
	.loopback = geni_loopback,
	.loop_is_seen = true,
	.events_enable = geni_events_enable,
	.events_raised = geni_events_raised,
	.events_clear = geni_events_clear,
};

/* Rate, word length, pins and clocks stay the firmware's; how the FIFOs are filled is ours. */
static void geni_start(struct uart *uart)
{
	geni_events_enable(uart, 0);
	if (uart_wait_idle(uart))
		geni_end_command(uart, STATUS_M_ACTIVE, GENI_M_CMD_CTRL);
	if (geni_active(uart, STATUS_S_ACTIVE))
		geni_end_command(uart, STATUS_S_ACTIVE, GENI_S_CMD_CTRL);
	geni_write(uart, GENI_DMA_MODE, 0);
	geni_write(uart, GENI_LOOPBACK, 0);
	geni_write(uart, GENI_BYTE_GRAN, 0);
	geni_write(uart, GENI_TX_PACKING0, PACKING_ONE);
	geni_write(uart, GENI_TX_PACKING1, 0);
	geni_write(uart, GENI_RX_PACKING0, PACKING_ONE);
	geni_write(uart, GENI_RX_PACKING1, 0);
	geni_write(uart, GENI_RX_WATERMARK, 1);
	geni_write(uart, GENI_M_CLEAR, ~0U);
	geni_write(uart, GENI_S_CLEAR, ~0U);
	geni_write(uart, GENI_S_CMD, CMD_START);
}

static int geni_probe(struct device *dev, const struct device_match *match __unused)
{
	struct uart *uart = uart_create(dev, &geni_ops, geni_console_write);
	u64 baud;
	int ret;

	if (!uart)
		return -ENODEV;
	ret = uart_identify(uart);
	if (ret)
		return ret;
	if (dev->source == SOURCE_CMDLINE && !device_get_u64(dev, "current-speed", &baud))
		pr_warn("%s: a GENI's rate is the firmware's to set: %llu baud is not, it stays",
			dev->name, baud);
	geni_start(uart);
	return uart_register(uart);
}

static const struct device_match geni_match[] = {
	{ .compatible = "qcom,geni-debug-uart", .acpi = ACPI_SPCR(ACPI_DBG2_SDM845_1M8) },
	{ .acpi = ACPI_SPCR(ACPI_DBG2_SDM845_7M3) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_SDM845_1M8) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_SDM845_7M3) },
	{}
};
DRIVER(qcom_geni, .class = DRIVER_CONSOLE, .match = geni_match, .probe = geni_probe);
