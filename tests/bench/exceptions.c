// SPDX-License-Identifier: BSD-2-Clause
/* What the CPU does with itself, its firmware and a device. */
#include <core/irq.h>
#include <drivers/psci.h>
#include <drivers/uart.h>
#include <asm/exception.h>
#include "bench.h"

#define FN_PSCI_VERSION	0x84000000U	/* of every version from 0.2 on; else an error, at no less cost */

static struct samples samples;

/* What all others have had taken off. */
void counter_read(void)
{
	samples_begin(&samples, "counter read", samples_wanted(MANY));
	samples_keep_overhead(&samples);
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		samples_add(&samples, samples_now(&samples) - start);
	}
	bench_judge(&samples);
}

static bool answer(struct pt_regs *regs, struct exception_info *info)
{
	(void)regs;
	return ESR_EC(info->esr) == EC_SVC;
}

static const struct exception_handler handler = { answer };

/* SVC to the same level: all of the entry, its C code, and all of the return. */
void exception_and_return(void)
{
	samples_begin(&samples, "exception and return", samples_wanted(MANY));
	exception_set_handler(VECTOR_SPX_SYNC, &handler);
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		__asm__ volatile("svc #0" ::: "memory");
		samples_add(&samples, samples_now(&samples) - start);
	}
	exception_set_handler(VECTOR_SPX_SYNC, NULL);
	bench_judge(&samples);
}

void firmware_call(void)
{
	s64 version = psci_call(FN_PSCI_VERSION, 0, 0, 0);

	REQUIRE_GT(version, (s64)0, "PSCI_VERSION was answered with an error");
	samples_begin(&samples, "firmware call (PSCI_VERSION)", samples_wanted(MANY));
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);
		s64 ret = psci_call(FN_PSCI_VERSION, 0, 0, 0);

		if (ret == version)
			samples_add(&samples, samples_now(&samples) - start);
	}
	bench_judge(&samples);
}

/* The enable bit of an SPI, whatever the controller. */
static void interrupt_controller_read(void)
{
	samples_begin(&samples, "device read (interrupt controller)", samples_wanted(MANY));
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);
		int ret = irq_is_enabled(IRQ_SPI_FIRST);

		if (ret >= 0)
			samples_add(&samples, samples_now(&samples) - start);
	}
	bench_judge(&samples);
}

/* A hypervisor answers for its interrupt controller itself, and for a UART often another process. */
static void uart_read(struct uart *uart)
{
	samples_begin(&samples, "device read (UART)", samples_wanted(MANY));
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		uart->ops->idle(uart);
		samples_add(&samples, samples_now(&samples) - start);
	}
	bench_judge(&samples);
}

void device_read(void)
{
	struct uart *uart;

	interrupt_controller_read();
	uart_for_each(uart) {
		uart_read(uart);
		break;
	}
}

/* A write that ends nothing: INTIDs from 1020 on are ignored. */
void end_of_interrupt(void)
{
	samples_begin(&samples, "end of interrupt", samples_wanted(MANY));
	for (unsigned int i = 0; i < samples.wanted; i++) {
		u64 start = samples_now(&samples);

		irq_eoi(IRQ_NONE);
		samples_add(&samples, samples_now(&samples) - start);
	}
	bench_judge(&samples);
}
