// SPDX-License-Identifier: BSD-2-Clause
/* What the CPU does with itself, its firmware and a device. */
#include <core/irq.h>
#include <drivers/psci.h>
#include <drivers/uart.h>
#include <asm/exception.h>
#include "bench.h"

#define FN_PSCI_VERSION	0x84000000U	/* of every version from 0.2 on */

static struct samples samples;

/* Inlined, so that a call of @op is no part of what is measured. */
static __always_inline void take(const struct samples_clock *clock, const char *what,
				 bool (*op)(void))
{
	samples_begin_by(&samples, clock, what, samples_wanted(MANY));
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);
		bool done = op();
		u64 took = samples_now(&samples) - start;

		if (done)
			samples_add(&samples, took);
	}
	bench_judge(&samples);
}

/* By the system counter, then in cycles where the CPU counts these. */
static __always_inline void measure(const char *what, const char *in_cycles, bool (*op)(void))
{
	const struct samples_clock *cycles;

	take(&samples_counter, what, op);
	cycles = bench_cycles_begin();
	if (!cycles)
		return;
	take(cycles, in_cycles, op);
	bench_cycles_end();
}

/* What all others have had taken off. */
void counter_read(void)
{
	u64 begin;

	samples_begin(&samples, "counter read", samples_wanted(MANY));
	samples_keep_overhead(&samples);
	begin = samples_now(&samples);
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		samples_add(&samples, samples_now(&samples) - start);
	}
	/* One read may be quicker than a tick; all of them are not. */
	CHECK_GT(samples_now(&samples), begin, "the counter over %u reads", samples.wanted);
	bench_judge(&samples);
}

static bool answer(struct pt_regs *regs, struct exception_info *info)
{
	(void)regs;
	return ESR_EC(info->esr) == EC_SVC;
}

static const struct exception_handler handler = { answer };

/* To the same level: all of the entry, its C code, and all of the return. */
static __always_inline bool supervisor_call(void)
{
	__asm__ volatile("svc #0" ::: "memory");
	return true;
}

void exception_and_return(void)
{
	exception_set_handler(VECTOR_SPX_SYNC, &handler);
	measure("exception and return", "exception and return, in cycles", supervisor_call);
	exception_set_handler(VECTOR_SPX_SYNC, NULL);
}

static s64 version;

static __always_inline bool ask_version(void)
{
	return psci_call(FN_PSCI_VERSION, 0, 0, 0) == version;
}

void firmware_call(void)
{
	version = psci_call(FN_PSCI_VERSION, 0, 0, 0);
	REQUIRE_GT(version, (s64)0, "PSCI_VERSION was answered with an error");
	measure("firmware call (PSCI_VERSION)", "firmware call (PSCI_VERSION), in cycles",
		ask_version);
}

/* The enable bit of an SPI, whatever the controller. */
static __always_inline bool read_controller(void)
{
	return irq_is_enabled(IRQ_SPI_FIRST) >= 0;
}

static struct uart *uart;

/* A hypervisor answers for its interrupt controller itself, for a UART often another process. */
static __always_inline bool read_uart(void)
{
	uart->ops->idle(uart);
	return true;
}

void device_read(void)
{
	struct uart *each;

	measure("device read (interrupt controller)",
		"device read (interrupt controller), in cycles", read_controller);
	uart = NULL;
	uart_for_each(each)
		if (!uart)
			uart = each;
	if (uart)
		measure("device read (UART)", "device read (UART), in cycles", read_uart);
}

/* A write that ends nothing: INTIDs from 1020 on are ignored. */
static __always_inline bool end_nothing(void)
{
	irq_eoi(IRQ_NONE);
	return true;
}

void end_of_interrupt(void)
{
	measure("end of interrupt", "end of interrupt, in cycles", end_nothing);
}
