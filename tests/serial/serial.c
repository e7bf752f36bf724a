// SPDX-License-Identifier: BSD-2-Clause
/*
 * UARTs: the ones that this text goes out by. An operating system takes from the
 * firmware's tables what kind of UART is where and which interrupt it has, and from
 * its manual the rest; a console that works by polling alone, with the firmware's
 * settings, proves little of that. Every console is tested, as it is while text
 * goes by it: rate and format stay untouched, and what is sent in a test goes round
 * inside of the UART, where it can, and mostly not to the terminal.
 */
#include <base/printf.h>
#include <core/log.h>
#include <core/time.h>
#include "serial.h"

static bool lacking;
static char reason[160];

void serial_without(const char *fmt, ...)
{
	va_list args;

	lacking = true;
	va_start(args, fmt);
	vsnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);
}

void serial_each(void (*test)(struct uart *uart))
{
	unsigned int tested = 0;
	struct uart *uart;

	uart_for_each(uart) {
		lacking = false;
		test(uart);
		tested += !lacking;
	}
	if (!tested)
		SKIP("%s", reason);
}

void serial_settle(struct uart *uart)
{
	unsigned int i;

	REQUIRE_EQ(wait_until(uart->ops->idle(uart), SERIAL_LINE_US), 0,
		   "%s: what was printed does not leave", uart->dev->name);
	for (i = 0; i < 256 && uart->ops->receive(uart) != -EAGAIN; i++)
		;
}

int serial_await(struct uart *uart)
{
	int c;

	wait_until((c = uart->ops->receive(uart)) != -EAGAIN, SERIAL_CHAR_US);
	return c;
}

static int serial_init(void)
{
	if (list_empty(uart_list()))
		SKIP("no UART is a console");
	return 0;
}

static void serial_exit(void)
{
	struct uart *uart;

	uart_for_each(uart) {
		if (uart->ops->events_enable)
			uart->ops->events_enable(uart, 0);
		if (uart->ops->loopback)
			uart->ops->loopback(uart, false);
	}
}

static const struct test_case serial_cases[] = {
	TEST_CASE(identification_is_right, .spec = "DDI0183G 3.3.15; DEN0029H appendix B",
		  .hint = "the table names another kind of UART than is at that address"),
	TEST_CASE(flags_read_at_both_widths, .spec = "DEN0029H appendix B; BSA B_PER_05",
		  .hint = "the interconnect in front of the UART drops accesses of 16 bits"),
	TEST_CASE(text_leaves, .spec = "DDI0183G 3.3.3",
		  .hint = "the UART's clock is off or slow, or flow control holds the line"),
	TEST_CASE(loop_returns_what_is_sent, .spec = "DDI0183G 2.4.3; PC16550D 8.6.7",
		  .hint = "word length or parity is not 8N1, or no loop is built in"),
	TEST_CASE(fifo_keeps_the_order, .spec = "DDI0183G 2.4.1; PC16550D 8.4",
		  .hint = "the FIFO is off, or shallower than its kind of UART has it"),
	TEST_CASE(transmit_interrupt_arrives, .needs = NEED_IRQ, .spec = "ACPI SPCR; BSA B_PER_06",
		  .hint = "the table gives the UART another interrupt, or another trigger, than "
			  "it is wired to"),
	TEST_CASE(masked_interrupt_stays_away, .needs = NEED_IRQ,
		  .spec = "DDI0183G 3.3.10",
		  .hint = "the interrupt belongs to something else, or is inverted"),
	TEST_CASE(receive_interrupt_arrives, .needs = NEED_IRQ, .timeout_ms = 10000,
		  .spec = "ACPI SPCR; BSA B_PER_06",
		  .hint = "the receiver is off, or has an interrupt line of its own"),
	TEST_CASE(input_arrives, .timeout_ms = 10000, .spec = "DDI0183G 2.4.2",
		  .hint = "the receiver is off, its pin is not connected, or the rates differ"),
	{}
};
TEST_SUITE(serial, .about = "UARTs that are consoles", .init = serial_init,
	   .exit = serial_exit, .mmu = TEST_MMU_ANY, .cases = serial_cases);
