// SPDX-License-Identifier: BSD-2-Clause
/* The registers that a PL011 and an SBSA generic UART both have (DEN0029H appendix B). */
#include <base/printf.h>
#include "pl011.h"

#define DR_ERRORS	0xf00U		/* framing, parity, break, overrun (DDI 0183G 3.3.1) */

#define INT_RX		(1U << 4)
#define INT_TX		(1U << 5)
#define INT_RT		(1U << 6)	/* fewer than the watermark, and nothing more comes */

static inline unsigned int room(struct uart *uart)
{
	return !(pl011_read(uart, PL011_FR) & PL011_FR_TXFF);
}

static inline void send(struct uart *uart, u8 c)
{
	pl011_write(uart, PL011_DR, c);
}

unsigned int pl011_room(struct uart *uart)
{
	return room(uart);
}

void pl011_send(struct uart *uart, u8 c)
{
	send(uart, c);
}

int pl011_console_write(struct console *con, const char *s, size_t n)
{
	return uart_write(con, s, n, room, send);
}

int pl011_receive(struct uart *uart)
{
	u32 data;

	if (pl011_read(uart, PL011_FR) & PL011_FR_RXFE)
		return -EAGAIN;
	data = pl011_read(uart, PL011_DR);
	return data & DR_ERRORS ? -EIO : (int)(data & 0xff);
}

bool pl011_idle(struct uart *uart)
{
	return (pl011_read(uart, PL011_FR) & (PL011_FR_BUSY | PL011_FR_TXFE)) == PL011_FR_TXFE;
}

u32 pl011_flags(struct uart *uart, unsigned int bytes)
{
	return bytes == 2 ? readw(uart->base + PL011_FR) : pl011_read(uart, PL011_FR);
}

int pl011_flags_plausible(struct uart *uart, char *why, size_t size)
{
	const u32 known = PL011_FR_TXFE | PL011_FR_RXFF | PL011_FR_TXFF | PL011_FR_RXFE |
			  PL011_FR_BUSY | PL011_FR_MODEM;
	u32 flags = pl011_read(uart, PL011_FR);

	/* What is in the FIFO keeps it busy, enabled or not: all zeroes are nobody's flags. */
	if (!(flags & ~known) && (flags & (PL011_FR_TXFE | PL011_FR_BUSY)) &&
	    (~flags & (PL011_FR_TXFE | PL011_FR_TXFF)) &&
	    (~flags & (PL011_FR_RXFE | PL011_FR_RXFF)))
		return 0;
	snprintf(why, size, "its flag register (offset 0x18) reads 0x%x, as no UART's does", flags);
	return -ENODEV;
}

void pl011_events_enable(struct uart *uart, u32 events)
{
	pl011_write(uart, PL011_IMSC, (events & UART_EVENT_RX ? INT_RX | INT_RT : 0) |
		    (events & UART_EVENT_TX ? INT_TX : 0));
}

u32 pl011_events_raised(struct uart *uart)
{
	u32 raised = pl011_read(uart, PL011_MIS);

	return (raised & (INT_RX | INT_RT) ? UART_EVENT_RX : 0) |
	       (raised & INT_TX ? UART_EVENT_TX : 0);
}

void pl011_events_clear(struct uart *uart, u32 events)
{
	pl011_write(uart, PL011_ICR, (events & UART_EVENT_RX ? INT_RX | INT_RT : 0) |
		    (events & UART_EVENT_TX ? INT_TX : 0));
}
