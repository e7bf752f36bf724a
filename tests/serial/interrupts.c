// SPDX-License-Identifier: BSD-2-Clause
/* A UART's events, as the interrupt that a table describes. */
#include <core/console.h>
#include <core/time.h>
#include <drivers/device_irq.h>
#include "serial.h"

#define COMES_US	200000ULL
#define STAYS_AWAY_US	20000ULL

struct came {
	struct uart *uart;
	unsigned int count;
	u32 events;		/* all that were raised */
};

static irq_after_t note(u32 intid, struct pt_regs *regs, void *arg)
{
	struct came *came = arg;
	u32 raised = came->uart->ops->events_raised(came->uart);

	(void)intid;
	(void)regs;
	came->events |= raised;
	came->uart->ops->events_enable(came->uart, 0);
	came->uart->ops->events_clear(came->uart, raised);
	WRITE_ONCE(came->count, came->count + 1);
	return NULL;
}

/* The INTID, disabled; below 0 when it was said why not. */
static int request(struct came *came)
{
	struct uart *uart = came->uart;
	int intid;

	if (!uart->ops->events_enable) {
		serial_without("its driver knows no interrupt");
		return -ENOENT;
	}
	intid = device_irq_request(uart->dev, 0, note, came);
	if (intid == -ENOENT)
		serial_without("no interrupt of a GIC is described for it");
	else
		CHECK_GE(intid, 0, "%s: its interrupt cannot be requested", uart->dev->name);
	return intid;
}

static void release(struct came *came, int intid)
{
	irq_disable(intid);
	came->uart->ops->events_enable(came->uart, 0);
	irq_request(intid, NULL, NULL);
}

/* What else is pending now is most likely what should have come. */
static void report_others(int intid)
{
	u32 other;

	for (other = IRQ_SPI_FIRST; other < IRQ_SPI_END; other++)
		if (other != (u32)intid && irq_is_pending(other) == 1)
			test_diag("INTID %u is pending, which nobody has enabled", other);
}

static void check_came(struct came *came, int intid, u32 event)
{
	const char *name = came->uart->dev->name;
	int missing = wait_until(READ_ONCE(came->count), COMES_US);

	if (!CHECK_EQ(missing, 0, "%s: INTID %d does not come", name, intid))
		report_others(intid);
	else
		CHECK_EQ(came->events & event, event, "%s: what was raised at INTID %d", name,
			 intid);
	came->uart->ops->events_enable(came->uart, 0);
	if (!missing)
		CHECK_EQ(irq_is_pending(intid), 0, "%s: INTID %d once it is masked", name, intid);
	release(came, intid);
}

/*
 * What was printed is the event: it filled the FIFO beyond any watermark, and it
 * has left.
 */
static void transmit(struct uart *uart)
{
	struct came came = { .uart = uart };
	int intid = request(&came);

	if (intid < 0)
		return;
	serial_settle(uart);
	CHECK_EQ(irq_enable(intid), 0, "%s: INTID %d", uart->dev->name, intid);
	uart->ops->events_enable(uart, UART_EVENT_TX);
	check_came(&came, intid, UART_EVENT_TX);
	CHECK_EQ(came.count, 1U, "%s: times that INTID %d came", uart->dev->name, intid);
}

void transmit_interrupt_arrives(void)
{
	test_diag("%066d", 0);
	serial_each(transmit);
}

static void stay_away(struct uart *uart)
{
	struct came came = { .uart = uart };
	int intid = request(&came);

	if (intid < 0)
		return;
	serial_settle(uart);
	uart->ops->events_enable(uart, 0);
	CHECK_EQ(irq_enable(intid), 0, "%s: INTID %d", uart->dev->name, intid);
	CHECK_NE(wait_until(READ_ONCE(came.count), STAYS_AWAY_US), 0,
		 "%s: INTID %d came, and every event is masked", uart->dev->name, intid);
	CHECK_EQ(irq_is_pending(intid), 0, "%s: INTID %d", uart->dev->name, intid);
	release(&came, intid);
}

void masked_interrupt_stays_away(void)
{
	test_diag("%066d", 0);
	serial_each(stay_away);
}

/* Whether somebody does; the first character may come without an interrupt. */
static bool is_typed_at(struct came *came)
{
	struct uart *uart = came->uart;
	bool typed;

	serial_ask();
	typed = !wait_until(READ_ONCE(came->count) || uart->ops->receive(uart) >= 0,
			    SERIAL_PROMPT_US);
	if (typed)
		serial_drop_line(uart);
	console_end_line();
	return typed;
}

/* Of what goes round, or of what is typed. */
static void receive(struct uart *uart)
{
	struct came came = { .uart = uart };
	int intid = request(&came);
	bool loop;

	if (intid < 0)
		return;
	loop = serial_loop_on(uart);
	uart->ops->events_clear(uart, UART_EVENT_RX | UART_EVENT_TX);
	CHECK_EQ(irq_enable(intid), 0, "%s: INTID %d", uart->dev->name, intid);
	uart->ops->events_enable(uart, UART_EVENT_RX);
	if (loop) {
		uart->ops->send(uart, 'r');
		wait_until(READ_ONCE(came.count), COMES_US);
		serial_loop_off(uart);
	} else if (!is_typed_at(&came)) {
		serial_without("nobody types at a console");
		release(&came, intid);
		return;
	}
	check_came(&came, intid, UART_EVENT_RX);
	serial_settle(uart);
}

void receive_interrupt_arrives(void)
{
	serial_each(receive);
}
