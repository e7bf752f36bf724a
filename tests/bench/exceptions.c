// SPDX-License-Identifier: BSD-2-Clause
/* What the CPU does with itself, its firmware and a device. */
#include <core/irq.h>
#include <drivers/psci.h>
#include <asm/exception.h>
#include "bench.h"

#define FN_PSCI_VERSION	0x84000000U	/* of every version from 0.2 on; else an error, at no less cost */

static struct samples samples;

void counter_read(void)
{
	samples_begin(&samples, "counter read");
	for (unsigned int i = 0; i < MANY; i++) {
		u64 start = time_ticks();

		samples_add(&samples, time_ticks() - start);
	}
	bench_judge(&samples, MANY);
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
	samples_begin(&samples, "exception and return");
	exception_set_handler(VECTOR_SPX_SYNC, &handler);
	for (unsigned int i = 0; i < MANY; i++) {
		u64 start = time_ticks();

		__asm__ volatile("svc #0" ::: "memory");
		samples_add(&samples, time_ticks() - start);
	}
	exception_set_handler(VECTOR_SPX_SYNC, NULL);
	bench_judge(&samples, MANY);
}

void firmware_call(void)
{
	s64 version = psci_call(FN_PSCI_VERSION, 0, 0, 0);

	samples_begin(&samples, "firmware call (PSCI_VERSION)");
	for (unsigned int i = 0; i < MANY; i++) {
		u64 start = time_ticks();
		s64 ret = psci_call(FN_PSCI_VERSION, 0, 0, 0);

		if (ret == version)
			samples_add(&samples, time_ticks() - start);
	}
	bench_judge(&samples, MANY);
}

void device_read(void)
{
	samples_begin(&samples, "device read (interrupt controller)");
	for (unsigned int i = 0; i < MANY; i++) {
		u64 start = time_ticks();
		int ret = irq_is_enabled(IRQ_SPI_FIRST);

		if (ret >= 0)
			samples_add(&samples, time_ticks() - start);
	}
	bench_judge(&samples, MANY);
}
