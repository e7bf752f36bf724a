/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the suite serial. */
#ifndef TESTS_SERIAL_H
#define TESTS_SERIAL_H

#include <drivers/uart.h>
#include <test/test.h>

/* A line of text takes 0.3 s at 2400 baud, a character 4 ms; the deepest FIFOs hold 64. */
#define SERIAL_LINE_US		2000000ULL
#define SERIAL_CHAR_US		50000ULL

/*
 * Run @test on each UART that is a console. It says by serial_without() that one has
 * not what is tested; when none had, the case is a SKIP with the last such reason.
 */
void serial_each(void (*test)(struct uart *uart));
void serial_without(const char *fmt, ...) __printf(1, 2);

/* Let go out what was printed, and drop what came in: REQUIREs that the first ends. */
void serial_settle(struct uart *uart);

/* A character that arrives within SERIAL_CHAR_US, or what receive() said at last. */
int serial_await(struct uart *uart);

/* registers.c */
void identification_is_right(void);
void flags_read_at_both_widths(void);
void text_leaves(void);

/* loop.c */
void loop_returns_what_is_sent(void);
void fifo_keeps_the_order(void);

/* Whether the loop works: turned on then. Off again by serial_loop_off(). */
bool serial_loop_on(struct uart *uart);
void serial_loop_off(struct uart *uart);

/* interrupts.c */
void transmit_interrupt_arrives(void);
void masked_interrupt_stays_away(void);
void receive_interrupt_arrives(void);

/* input.c */
void input_arrives(void);

/*
 * Have somebody type SERIAL_TYPED and a carriage return: the runner answers this
 * prompt (scripts/assay/process.py), on a board a person may.
 */
#define SERIAL_TYPED		"assay 0123456789"
#define SERIAL_PROMPT_US	3000000ULL
void serial_ask(void);

/* Drop what comes up to the Return. */
void serial_drop_line(struct uart *uart);

#endif
