// SPDX-License-Identifier: BSD-2-Clause
/*
 * The mini-UART of BCM2835 to BCM2711 (BCM2835 ARM Peripherals 2.2, with its errata):
 * registers like those of a 16550, four bytes apart, and its own state of the FIFOs. Its
 * rate hangs on the core clock, and the bit that turns it on lies in another
 * device's registers: both stay as the firmware has set them.
 */
#include <asm/io.h>
#include <base/printf.h>
#include "uart_console.h"

#define AUX_IO		0x00
#define AUX_IER		0x04
#define AUX_IIR		0x08
#define AUX_LCR		0x0c
#define AUX_LSR		0x14
#define AUX_CNTL	0x20
#define AUX_STAT	0x24

/* The manual has these two the wrong way round. */
#define IER_RX		(1U << 0)
#define IER_TX		(1U << 1)
/* Said not to matter; without them the receiver raises nothing (errata of the manual). */
#define IER_RX_GATE	(3U << 2)
#define IIR_NONE	(1U << 0)
#define IIR_ID		(3U << 1)
#define IIR_ID_TX	(1U << 1)
#define IIR_ID_RX	(2U << 1)
#define LCR_8BIT	3U		/* both bits, unlike what the manual says */
#define LSR_RX_READY	(1U << 0)
#define LSR_RX_OVERRUN	(1U << 1)
#define LSR_TX_ROOM	(1U << 5)
#define LSR_TX_IDLE	(1U << 6)
#define LSR_KNOWN	0x63U
#define CNTL_RX		(1U << 0)
#define CNTL_TX		(1U << 1)

static inline u32 aux_read(const struct uart *uart, unsigned int offset)
{
	return readl(uart->base + offset);
}

static inline void aux_write(const struct uart *uart, unsigned int offset, u32 value)
{
	writel(value, uart->base + offset);
}

static inline unsigned int aux_room(struct uart *uart)
{
	return !!(aux_read(uart, AUX_LSR) & LSR_TX_ROOM);
}

static inline void aux_send(struct uart *uart, u8 c)
{
	aux_write(uart, AUX_IO, c);
}

static int aux_console_write(struct console *con, const char *s, size_t n)
{
	return uart_write(con, s, n, aux_room, aux_send);
}

static int aux_receive(struct uart *uart)
{
	if (!(aux_read(uart, AUX_LSR) & LSR_RX_READY))
		return -EAGAIN;
	return aux_read(uart, AUX_IO) & 0xff;
}

static bool aux_idle(struct uart *uart)
{
	return aux_read(uart, AUX_LSR) & LSR_TX_IDLE;
}

/* Turned off, all of it reads as 0; it has no identification. */
static int aux_identify(struct uart *uart, char *why, size_t size)
{
	u32 line = aux_read(uart, AUX_LSR);
	u32 state = aux_read(uart, AUX_STAT);

	if (!line && !state) {
		snprintf(why, size,
			 "the mini-UART is off, its registers read as 0 (enable_uart=1 in config.txt turns it on)");
		return -ENODEV;
	}
	if (!(line & ~LSR_KNOWN))
		return 0;
	snprintf(why, size, "its line status (offset 0x14) reads 0x%x, as no mini-UART's does",
		 line);
	return -ENODEV;
}

static void aux_events_enable(struct uart *uart, u32 events)
{
	aux_write(uart, AUX_IER, (events & UART_EVENT_RX ? IER_RX | IER_RX_GATE : 0) |
		  (events & UART_EVENT_TX ? IER_TX : 0));
}

static u32 aux_events_raised(struct uart *uart)
{
	u32 id = aux_read(uart, AUX_IIR);

	if (id & IIR_NONE)
		return 0;
	return (id & IIR_ID) == IIR_ID_RX ? UART_EVENT_RX :
	       (id & IIR_ID) == IIR_ID_TX ? UART_EVENT_TX : 0;
}

/* By their cause alone: a character read, or written. */
static void aux_events_clear(struct uart *uart, u32 events)
{
	(void)uart;
	(void)events;
}

static const struct uart_ops aux_ops = {
	.room = aux_room,
	.send = aux_send,
	.receive = aux_receive,
	.idle = aux_idle,
	.identify = aux_identify,
	.events_enable = aux_events_enable,
	.events_raised = aux_events_raised,
	.events_clear = aux_events_clear,
};

static int aux_probe(struct device *dev, const struct device_match *match __unused)
{
	struct uart *uart = uart_create(dev, &aux_ops, aux_console_write);
	const u32 running = CNTL_RX | CNTL_TX;
	int ret;

	if (!uart)
		return -ENODEV;
	ret = uart_identify(uart);
	if (ret)
		return ret;
	aux_write(uart, AUX_IER, 0);
	if ((aux_read(uart, AUX_CNTL) & running) != running) {
		aux_write(uart, AUX_LCR, LCR_8BIT);
		aux_write(uart, AUX_CNTL, running);
	}
	return uart_register(uart);
}

static const struct device_match aux_match[] = {
	{ .compatible = "brcm,bcm2835-aux-uart", .acpi = ACPI_SPCR(ACPI_DBG2_BCM2835) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_BCM2835) },
	{}
};
DRIVER(bcm2835aux, .class = DRIVER_CONSOLE, .match = aux_match, .probe = aux_probe);
