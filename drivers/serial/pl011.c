// SPDX-License-Identifier: BSD-2-Clause
/* Arm PrimeCell UART (PL011). */
#include <base/printf.h>
#include <base/util.h>
#include <core/log.h>
#include "pl011.h"

#define CR_UARTEN	(1U << 0)
#define CR_LBE		(1U << 7)
#define CR_TXE		(1U << 8)
#define CR_RXE		(1U << 9)
#define LCR_H_FEN	(1U << 4)
#define LCR_H_WLEN_8	(3U << 5)

#define CELL_ID		0xb105f00dU
/* Part number and designer, without revision and configuration (DDI 0183G 3.3.15). */
#define PERIPH_MASK	0xfffffU
#define PERIPH_ARM	0x41011U
#define PERIPH_ST	0x80802U	/* ST's, with the same registers */
/* The property leaves the designer out, or has it: only the part counts there. */
#define PART_MASK	0xfffU

/*
 * Divisors change only on demand: the firmware's console works at a rate that
 * somebody's terminal is set to, and the clock is rarely described.
 */
static void pl011_set_rate(struct uart *uart, u64 baud)
{
	u64 clock, divisor;

	if (device_get_u64(uart->dev, "clock-frequency", &clock) || !clock || !baud) {
		pr_warn("%s: %llu baud wanted, but the UART's clock is not known: rate unchanged",
			uart->dev->name, baud);
		return;
	}
	/* Divisor in 64ths: clock / (16 * baud) * 64, rounded (DDI 0183G 3.3.6). */
	divisor = (clock * 4 + baud / 2) / baud;
	/* With 0 as the whole part nothing is sent at all. */
	if (divisor >> 6 < 1 || divisor >> 6 > 0xffff) {
		pr_warn("%s: no divisor makes %llu baud of %llu Hz: rate unchanged",
			uart->dev->name, baud, clock);
		return;
	}
	pl011_write(uart, PL011_IBRD, divisor >> 6);
	pl011_write(uart, PL011_FBRD, divisor & 0x3f);
}

static void pl011_enable(struct uart *uart, u64 baud)
{
	uart_wait_idle(uart);
	pl011_write(uart, PL011_CR, 0);
	if (baud)
		pl011_set_rate(uart, baud);
	/* Writing LCR_H is what takes new divisors over. */
	pl011_write(uart, PL011_LCR_H, LCR_H_FEN | LCR_H_WLEN_8);
	pl011_write(uart, PL011_ICR, 0x7ff);
	pl011_write(uart, PL011_CR, CR_UARTEN | CR_TXE | CR_RXE);
}

static u32 read_id(struct uart *uart, unsigned int offset)
{
	u32 id = 0;
	int i;

	for (i = 3; i >= 0; i--)
		id = id << 8 | (pl011_read(uart, offset + 4 * i) & 0xff);
	return id;
}

static bool is_part(u32 periph)
{
	return (periph & PART_MASK) == (PERIPH_ARM & PART_MASK) ||
	       (periph & PERIPH_MASK) == PERIPH_ST;
}

static int pl011_identify(struct uart *uart, char *why, size_t size)
{
	u64 stated;
	u32 periph, cell;

	/* For hardware that lacks the registers, or has another's values in them. */
	if (!device_get_u64(uart->dev, "arm,primecell-periphid", &stated) && is_part(stated))
		return pl011_flags_plausible(uart, why, size);
	/* Not described, not touched: some describe the first 256 or 512 bytes only. */
	if (device_mem(uart->dev, 0)->size < PL011_CELLID + 0x10)
		return pl011_flags_plausible(uart, why, size);
	periph = read_id(uart, PL011_PERIPHID);
	cell = read_id(uart, PL011_CELLID);
	if (cell == CELL_ID && is_part(periph))
		return pl011_flags_plausible(uart, why, size);
	snprintf(why, size, "identification (0xfe0 to 0xffc) reads 0x%x and 0x%x, a PL011 has 0x%x and 0x%x",
		 periph, cell, PERIPH_ARM, CELL_ID);
	return -ENODEV;
}

static void pl011_loopback(struct uart *uart, bool on)
{
	u32 control = pl011_read(uart, PL011_CR);

	pl011_write(uart, PL011_CR, on ? control | CR_LBE : control & ~CR_LBE);
}

/* LCR_H behind the divisors, which it takes over, and CR last (DDI 0183G 3.3.7, 3.3.8). */
static const u16 kept[] = { PL011_IMSC, PL011_IBRD, PL011_FBRD, PL011_LCR_H, PL011_CR };

_Static_assert(ARRAY_SIZE(kept) <= UART_KEPT, "UART_KEPT");

static void pl011_keep(struct uart *uart)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(kept); i++)
		uart->kept[i] = pl011_read(uart, kept[i]);
}

static int pl011_mend(struct uart *uart)
{
	unsigned int same = 0;

	while (same < ARRAY_SIZE(kept) && pl011_read(uart, kept[same]) == uart->kept[same])
		same++;
	if (same == ARRAY_SIZE(kept))
		return 0;
	/* Divisors and format change while it is disabled. */
	pl011_write(uart, PL011_CR, 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(kept); i++)
		pl011_write(uart, kept[i], uart->kept[i]);
	return 1;
}

static const struct uart_ops pl011_ops = {
	.room = pl011_room,
	.send = pl011_send,
	.receive = pl011_receive,
	.idle = pl011_idle,
	.identify = pl011_identify,
	.flags = pl011_flags,
	.loopback = pl011_loopback,
	.loop_is_seen = true,
	.events_enable = pl011_events_enable,
	.events_raised = pl011_events_raised,
	.events_clear = pl011_events_clear,
	.mend = pl011_mend,
	.keep = pl011_keep,
};

static int pl011_probe(struct device *dev, const struct device_match *match __unused)
{
	const u32 running = CR_UARTEN | CR_TXE | CR_RXE;
	struct uart *uart = uart_create(dev, &pl011_ops, pl011_console_write);
	u64 baud = 0;
	int ret;

	if (!uart)
		return -ENODEV;
	ret = uart_identify(uart);
	if (ret)
		return ret;
	/* Only earlycon= asks for a rate; what a table says is what the firmware has set. */
	if (dev->source == SOURCE_CMDLINE)
		device_get_u64(dev, "current-speed", &baud);
	pl011_write(uart, PL011_IMSC, 0);
	/* With the bit for a loop left on, nobody would see anything. */
	if (baud || (pl011_read(uart, PL011_CR) & (running | CR_LBE)) != running)
		pl011_enable(uart, baud);
	return uart_register(uart);
}

static const struct device_match pl011_match[] = {
	{ .compatible = "arm,pl011", .acpi = ACPI_SPCR(ACPI_DBG2_PL011) },
	{ .acpi = ACPI_DBG2(ACPI_DBG2_PL011) },
	{}
};
DRIVER(pl011, .class = DRIVER_CONSOLE, .match = pl011_match, .probe = pl011_probe);
