// SPDX-License-Identifier: BSD-2-Clause
/* Cadence UART of Zynq UltraScale+ and Versal's relatives (UG1087 module UART). */
#include <asm/io.h>
#include <base/printf.h>
#include <base/util.h>
#include <core/log.h>
#include "uart_console.h"

#define CDNS_CR		0x00
#define CDNS_MR		0x04
#define CDNS_IER	0x08
#define CDNS_IDR	0x0c
#define CDNS_IMR	0x10
#define CDNS_ISR	0x14
#define CDNS_BAUDGEN	0x18
#define CDNS_RXTOUT	0x1c
#define CDNS_RXWM	0x20
#define CDNS_SR		0x2c
#define CDNS_FIFO	0x30
#define CDNS_BAUDDIV	0x34

#define CR_RXRST	(1U << 0)
#define CR_TXRST	(1U << 1)
#define CR_RX_EN	(1U << 2)
#define CR_RX_DIS	(1U << 3)
#define CR_TX_EN	(1U << 4)
#define CR_TX_DIS	(1U << 5)

#define MR_CHMODE	(3U << 8)
#define MR_CHMODE_LOOP	(2U << 8)	/* local: transmitter to receiver */
#define MR_8N1		0x20U		/* no parity, 8 bits, 1 stop bit, the clock undivided */

#define SR_REMPTY	(1U << 1)
#define SR_RFUL		(1U << 2)
#define SR_TEMPTY	(1U << 3)
#define SR_TFUL		(1U << 4)
#define SR_TACTIVE	(1U << 11)
#define SR_KNOWN	0x7fffU

#define INT_RTRIG	(1U << 0)	/* at the watermark */
#define INT_TEMPTY	(1U << 3)
#define INT_TIMEOUT	(1U << 8)	/* fewer than the watermark, and nothing more comes */
#define INT_ALL		0x3fffU
#define INT_RX		(INT_RTRIG | INT_TIMEOUT)

static inline u32 cdns_read(const struct uart *uart, unsigned int offset)
{
	return readl(uart->base + offset);
}

static inline void cdns_write(const struct uart *uart, unsigned int offset, u32 value)
{
	writel(value, uart->base + offset);
}

static inline unsigned int cdns_room(struct uart *uart)
{
	return !(cdns_read(uart, CDNS_SR) & SR_TFUL);
}

static inline void cdns_send(struct uart *uart, u8 c)
{
	cdns_write(uart, CDNS_FIFO, c);
}

static int cdns_console_write(struct console *con, const char *s, size_t n)
{
	return uart_write(con, s, n, cdns_room, cdns_send);
}

/* Errors stand apart from the characters, in a register of all of them: not told. */
static int cdns_receive(struct uart *uart)
{
	if (cdns_read(uart, CDNS_SR) & SR_REMPTY)
		return -EAGAIN;
	return cdns_read(uart, CDNS_FIFO) & 0xff;
}

static bool cdns_idle(struct uart *uart)
{
	return (cdns_read(uart, CDNS_SR) & (SR_TEMPTY | SR_TACTIVE)) == SR_TEMPTY;
}

/* It has no identification: the state of its FIFOs must at least make sense. */
static int cdns_identify(struct uart *uart, char *why, size_t size)
{
	u32 status = cdns_read(uart, CDNS_SR);

	if (!(status & ~SR_KNOWN) && (~status & (SR_TEMPTY | SR_TFUL)) &&
	    (~status & (SR_REMPTY | SR_RFUL)) && (status & (SR_REMPTY | SR_TEMPTY | SR_TACTIVE)))
		return 0;
	snprintf(why, size, "its status register (offset 0x2c) reads 0x%x, as no Cadence UART's does",
		 status);
	return -ENODEV;
}

static void cdns_loopback(struct uart *uart, bool on)
{
	u32 mode = cdns_read(uart, CDNS_MR) & ~MR_CHMODE;

	cdns_write(uart, CDNS_MR, on ? mode | MR_CHMODE_LOOP : mode);
}

static u32 events_to_bits(u32 events)
{
	return (events & UART_EVENT_RX ? INT_RX : 0) | (events & UART_EVENT_TX ? INT_TEMPTY : 0);
}

static void cdns_events_enable(struct uart *uart, u32 events)
{
	cdns_write(uart, CDNS_IDR, INT_ALL);
	/* The first character counts, not the first half of a FIFO. */
	if (events & UART_EVENT_RX)
		cdns_write(uart, CDNS_RXWM, 1);
	cdns_write(uart, CDNS_IER, events_to_bits(events));
}

static u32 cdns_events_raised(struct uart *uart)
{
	u32 raised = cdns_read(uart, CDNS_ISR) & cdns_read(uart, CDNS_IMR);

	return (raised & INT_RX ? UART_EVENT_RX : 0) | (raised & INT_TEMPTY ? UART_EVENT_TX : 0);
}

static void cdns_events_clear(struct uart *uart, u32 events)
{
	cdns_write(uart, CDNS_ISR, events_to_bits(events));
}

static const u8 kept[] = { CDNS_BAUDGEN, CDNS_BAUDDIV, CDNS_MR, CDNS_CR, CDNS_IMR };

_Static_assert(ARRAY_SIZE(kept) <= UART_KEPT, "UART_KEPT");

static void cdns_keep(struct uart *uart)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(kept); i++)
		uart->kept[i] = cdns_read(uart, kept[i]);
}

/* The mask of interrupts has a register to set bits and one to clear them. */
static int cdns_mend(struct uart *uart)
{
	unsigned int same = 0;

	while (same < ARRAY_SIZE(kept) && cdns_read(uart, kept[same]) == uart->kept[same])
		same++;
	if (same == ARRAY_SIZE(kept))
		return 0;
	cdns_write(uart, CDNS_CR, CR_TX_DIS | CR_RX_DIS);
	for (unsigned int i = 0; kept[i] != CDNS_IMR; i++)
		cdns_write(uart, kept[i], uart->kept[i]);
	cdns_write(uart, CDNS_IDR, INT_ALL);
	cdns_write(uart, CDNS_IER, uart->kept[ARRAY_SIZE(kept) - 1]);
	return 1;
}

static const struct uart_ops cdns_ops = {
	.room = cdns_room,
	.send = cdns_send,
	.receive = cdns_receive,
	.idle = cdns_idle,
	.identify = cdns_identify,
	.loopback = cdns_loopback,
	.events_enable = cdns_events_enable,
	.events_raised = cdns_events_raised,
	.events_clear = cdns_events_clear,
	.mend = cdns_mend,
	.keep = cdns_keep,
};

/* UG1085 chapter 21: rate = clock / (BAUDGEN * (BAUDDIV + 1)), BAUDDIV from 4 to 255. */
static void cdns_set_rate(struct uart *uart, u64 baud)
{
	u64 clock, divisor, best = ~0ULL;
	u32 div, best_div = 0, best_gen = 0;

	if (device_get_u64(uart->dev, "clock-frequency", &clock) || !clock || !baud) {
		pr_warn("%s: %llu baud wanted, but the UART's clock is not known: rate unchanged",
			uart->dev->name, baud);
		return;
	}
	for (div = 4; div < 256; div++) {
		u64 got, off;

		divisor = (clock + baud * (div + 1) / 2) / (baud * (div + 1));
		if (!divisor || divisor > 0xffff)
			continue;
		got = clock / (divisor * (div + 1));
		off = got > baud ? got - baud : baud - got;
		if (off >= best)
			continue;
		best = off;
		best_div = div;
		best_gen = divisor;
	}
	if (!best_gen) {
		pr_warn("%s: no divisor makes %llu baud of %llu Hz: rate unchanged",
			uart->dev->name, baud, clock);
		return;
	}
	cdns_write(uart, CDNS_BAUDGEN, best_gen);
	cdns_write(uart, CDNS_BAUDDIV, best_div);
}

static void cdns_enable(struct uart *uart, u64 baud)
{
	uart_wait_idle(uart);
	cdns_write(uart, CDNS_CR, CR_TX_DIS | CR_RX_DIS);
	if (baud)
		cdns_set_rate(uart, baud);
	cdns_write(uart, CDNS_MR, MR_8N1);
	cdns_write(uart, CDNS_CR, CR_TXRST | CR_RXRST | CR_TX_EN | CR_RX_EN);
}

static int cdns_probe(struct device *dev, const struct device_match *match __unused)
{
	struct uart *uart = uart_create(dev, &cdns_ops, cdns_console_write);
	const u32 enables = CR_TX_EN | CR_TX_DIS | CR_RX_EN | CR_RX_DIS;
	u32 control;
	u64 baud = 0;
	int ret;

	if (!uart)
		return -ENODEV;
	ret = uart_identify(uart);
	if (ret)
		return ret;
	if (dev->source == SOURCE_CMDLINE)
		device_get_u64(dev, "current-speed", &baud);
	cdns_write(uart, CDNS_IDR, INT_ALL);
	control = cdns_read(uart, CDNS_CR);
	if (baud || (control & enables) != (CR_TX_EN | CR_RX_EN) ||
	    (cdns_read(uart, CDNS_MR) & MR_CHMODE))
		cdns_enable(uart, baud);
	return uart_register(uart);
}

static const struct device_match cdns_match[] = {
	{ .compatible = "cdns,uart-r1p12" },
	{ .compatible = "cdns,uart-r1p8" },
	{ .compatible = "xlnx,zynqmp-uart" },
	{ .compatible = "xlnx,xuartps" },
	{}
};
DRIVER(cdns, .class = DRIVER_CONSOLE, .match = cdns_match, .probe = cdns_probe);
