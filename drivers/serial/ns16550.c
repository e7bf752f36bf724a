// SPDX-License-Identifier: BSD-2-Clause
/*
 * 16550 and its many relatives (National PC16550D data sheet, 1995), with registers
 * that are 1, 2 or 4 bytes apart and take accesses of 1, 2 or 4 bytes.
 */
#include <asm/io.h>
#include <base/printf.h>
#include <base/util.h>
#include <core/log.h>
#include "ns16550.h"

#define REG_DATA	0	/* DLL while LCR.DLAB is set */
#define REG_IER		1	/* DLM likewise */
#define REG_IIR		2	/* FCR when written */
#define REG_LCR		3
#define REG_MCR		4
#define REG_LSR		5

#define IER_RX		(1U << 0)
#define IER_TX		(1U << 1)
#define IIR_NONE	(1U << 0)
#define IIR_ID		0xfU
#define IIR_ID_TX	0x2U
#define IIR_ID_RX	0x4U
#define IIR_ID_TIMEOUT	0xcU	/* fewer than the watermark, and nothing more comes */
#define IIR_FIFO	(3U << 6)
#define FCR_ENABLE	(1U << 0)	/* no reset: what waits in it is kept */
#define LCR_8BIT	3U
#define LCR_BREAK	(1U << 6)
#define LCR_DLAB	(1U << 7)
#define MCR_DTR		(1U << 0)
#define MCR_RTS		(1U << 1)
#define MCR_OUT2	(1U << 3)	/* lets the interrupt out, where that is wired */
#define MCR_LOOP	(1U << 4)
#define LSR_READY	(1U << 0)
#define LSR_BROKEN	(7U << 2)	/* parity, framing, break */
#define LSR_ROOM	(1U << 5)	/* the FIFO, or the one register, is empty */
#define LSR_IDLE	(1U << 6)

#define FIFO_DEPTH	16U	/* of the least of those that have one */

/* Not inlined: three widths, at each of two dozen places. */
static __noinline u32 reg_read(const struct uart *uart, unsigned int reg)
{
	const volatile void __iomem *addr = uart->base + (reg << uart->shift);

	if (uart->width == 4)
		return readl(addr) & 0xff;
	return uart->width == 2 ? readw(addr) & 0xff : readb(addr);
}

static __noinline void reg_write(const struct uart *uart, unsigned int reg, u8 value)
{
	volatile void __iomem *addr = uart->base + (reg << uart->shift);

	if (uart->width == 4)
		writel(value, addr);
	else if (uart->width == 2)
		writew(value, addr);
	else
		writeb(value, addr);
}

static inline unsigned int ns16550_room(struct uart *uart)
{
	return reg_read(uart, REG_LSR) & LSR_ROOM ? uart->fifo : 0;
}

static inline void ns16550_send(struct uart *uart, u8 c)
{
	reg_write(uart, REG_DATA, c);
}

int ns16550_console_write(struct console *con, const char *s, size_t n)
{
	return uart_write_many(con, s, n, ns16550_room, ns16550_send);
}

static int ns16550_receive(struct uart *uart)
{
	u32 line = reg_read(uart, REG_LSR);
	u32 data;

	if (!(line & LSR_READY))
		return -EAGAIN;
	data = reg_read(uart, REG_DATA);
	return line & LSR_BROKEN ? -EIO : (int)data;
}

static bool ns16550_idle(struct uart *uart)
{
	return reg_read(uart, REG_LSR) & LSR_IDLE;
}

/*
 * Without identification: where nobody answers all bits read as 1, where another device
 * does, its registers would have to show an empty transmitter by chance.
 */
static int ns16550_identify(struct uart *uart, char *why, size_t size)
{
	u32 line;

	uart_wait_idle(uart);
	line = reg_read(uart, REG_LSR);
	if (line != 0xff && (line & (LSR_IDLE | LSR_ROOM)) == (LSR_IDLE | LSR_ROOM))
		return 0;
	snprintf(why, size, "its line status (register 5) reads 0x%02x, and not that it has sent everything",
		 line);
	return -ENODEV;
}

static void ns16550_loopback(struct uart *uart, bool on)
{
	u32 modem = reg_read(uart, REG_MCR);

	reg_write(uart, REG_MCR, on ? modem | MCR_LOOP : modem & ~MCR_LOOP);
}

static void ns16550_events_enable(struct uart *uart, u32 events)
{
	if (events)
		reg_write(uart, REG_MCR, reg_read(uart, REG_MCR) | MCR_OUT2);
	reg_write(uart, REG_IER, (events & UART_EVENT_RX ? IER_RX : 0) |
		  (events & UART_EVENT_TX ? IER_TX : 0));
}

static u32 ns16550_events_raised(struct uart *uart)
{
	u32 id = reg_read(uart, REG_IIR);

	if (id & IIR_NONE)
		return 0;
	switch (id & IIR_ID) {
	case IIR_ID_TX:
		return UART_EVENT_TX;
	case IIR_ID_RX:
	case IIR_ID_TIMEOUT:
		return UART_EVENT_RX;
	default:
		return 0;
	}
}

/* Reading what is raised has taken it back; a character goes by being read. */
static void ns16550_events_clear(struct uart *uart, u32 events)
{
	(void)uart;
	(void)events;
}

static const u8 kept[] = { REG_LCR, REG_IER, REG_MCR };

_Static_assert(ARRAY_SIZE(kept) <= UART_KEPT, "UART_KEPT");

/* Once an interrupt was wanted it is let out for good. */
static u32 read_kept(const struct uart *uart, unsigned int reg)
{
	return reg_read(uart, reg) & (reg == REG_MCR ? ~MCR_OUT2 : ~0U);
}

static void ns16550_keep(struct uart *uart)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(kept); i++)
		uart->kept[i] = read_kept(uart, kept[i]);
}

/* LCR first: with DLAB set in it IER is another register. */
static int ns16550_mend(struct uart *uart)
{
	int differs = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(kept); i++) {
		if (read_kept(uart, kept[i]) == uart->kept[i])
			continue;
		reg_write(uart, kept[i], uart->kept[i]);
		differs = 1;
	}
	return differs;
}

const struct uart_ops ns16550_ops = {
	.room = ns16550_room,
	.send = ns16550_send,
	.receive = ns16550_receive,
	.idle = ns16550_idle,
	.identify = ns16550_identify,
	.loopback = ns16550_loopback,
	.events_enable = ns16550_events_enable,
	.events_raised = ns16550_events_raised,
	.events_clear = ns16550_events_clear,
	.mend = ns16550_mend,
	.keep = ns16550_keep,
};

static void set_rate(struct uart *uart, u64 baud)
{
	u64 clock, divisor;

	if (device_get_u64(uart->dev, "clock-frequency", &clock) || !clock) {
		pr_warn("%s: %llu baud wanted, but the UART's clock is not known: rate unchanged",
			uart->dev->name, baud);
		return;
	}
	divisor = (clock + 8 * baud) / (16 * baud);
	if (!divisor || divisor > 0xffff) {
		pr_warn("%s: no divisor makes %llu baud of %llu Hz: rate unchanged",
			uart->dev->name, baud, clock);
		return;
	}
	reg_write(uart, REG_LCR, LCR_8BIT | LCR_DLAB);
	reg_write(uart, REG_DATA, divisor & 0xff);
	reg_write(uart, REG_IER, divisor >> 8);
	reg_write(uart, REG_LCR, LCR_8BIT);
}

int ns16550_start(struct uart *uart)
{
	u64 baud = 0;
	int ret = uart_identify(uart);

	if (ret)
		return ret;
	if (uart->dev->source == SOURCE_CMDLINE)
		device_get_u64(uart->dev, "current-speed", &baud);
	/* Whoever used it before may have left the divisor where the data is. */
	if ((reg_read(uart, REG_LCR) & (LCR_DLAB | LCR_BREAK | LCR_8BIT)) != LCR_8BIT)
		reg_write(uart, REG_LCR, LCR_8BIT);
	reg_write(uart, REG_IER, 0);
	if (baud)
		set_rate(uart, baud);
	reg_write(uart, REG_MCR, (reg_read(uart, REG_MCR) & ~MCR_LOOP) | MCR_DTR | MCR_RTS);
	/* Turning the FIFO on empties it, so only where it is off. */
	if ((reg_read(uart, REG_IIR) & IIR_FIFO) != IIR_FIFO)
		reg_write(uart, REG_IIR, FCR_ENABLE);
	uart->fifo = (reg_read(uart, REG_IIR) & IIR_FIFO) == IIR_FIFO ? FIFO_DEPTH : 1;
	return uart_register(uart);
}
