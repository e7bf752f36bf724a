// SPDX-License-Identifier: BSD-2-Clause
/*
 * IRQ, FIQ and SError at each of their vectors. At EL1 with EL2 ours all of them
 * are virtual ones (HCR_EL2.VI, VF, VSE). Elsewhere an IRQ is an SGI to
 * ourselves; nothing raises the other two.
 */
#include <base/util.h>
#include <core/irq.h>
#include <asm/cpu.h>
#include <asm/el0.h>
#include <asm/virtual_exception.h>
#include "exceptions.h"

#define DAIF_ALL	0x3c0ULL

enum kind { IRQ = 1, FIQ = 2, SERROR = 3 };	/* as in a group of vectors */

static const struct {
	const char *name;
	unsigned int virtual;
	u64 isr;		/* ISR_EL1: I, F, A */
} kinds[] = {
	[IRQ] = { "IRQ", VIRTUAL_IRQ, BIT(7) },
	[FIQ] = { "FIQ", VIRTUAL_FIQ, BIT(6) },
	[SERROR] = { "SError", VIRTUAL_SERROR, BIT(8) },
};

static struct taken seen;
static unsigned int count;
static bool by_virtual;

static void quiet(void)
{
	if (by_virtual)
		arch_virtual_exceptions_set(0);
	else
		irq_poll();
}

static bool note(struct pt_regs *regs, struct exception_info *info)
{
	count++;
	seen.info = *info;
	seen.regs = *regs;
	quiet();
	return true;
}

static const struct exception_handler handler = { note };

/* Whatever was raised and never came must not come to the next case. */
static void lower(void)
{
	quiet();
	exception_reset_handlers();
}

static void raise(enum kind kind)
{
	by_virtual = !arch_virtual_exceptions_set(kinds[kind].virtual);
	if (by_virtual)
		return;
	if (kind != IRQ)
		SKIP("an %s is raised through HCR_EL2 alone, where the image was entered at EL2 and runs at EL1",
		     kinds[kind].name);
	if (!irqchip_get())
		SKIP("needs an interrupt controller with a driver");
	REQUIRE_EQ(irq_send_sgi(cpu_mpidr(), IRQ_SGI_WAKE), 0);
}

/* Some thousand instructions, so that an SGI is there. */
static void wait_pending(enum kind kind)
{
	unsigned int i;

	for (i = 0; i < 10000 && !(read_sysreg(isr_el1) & kinds[kind].isr); i++)
		isb();
	if (!CHECK_EQ(read_sysreg(isr_el1) & kinds[kind].isr, kinds[kind].isr,
		      "ISR_EL1: no %s is pending", kinds[kind].name)) {
		lower();
		test_end_case();
	}
}

static void unmask_on_spx(void *unused __unused)
{
	__asm__ volatile("msr daifclr, #7\n\tisb\n\tnop\n\tmsr daifset, #7" ::: "memory");
}

/* The handler runs on SP_ELx; nothing here uses SP_EL0's memory. */
static void unmask_on_sp0(void *sp)
{
	__asm__ volatile("msr spsel, #0\n\tmov sp, %0\n\tmsr daifclr, #7\n\tisb\n\tnop\n\t"
			 "msr daifset, #7\n\tmsr spsel, #1" : : "r"(sp) : "memory");
}

static void check_taken(enum kind kind, enum exception_vector vector)
{
	CHECK_EQ(count, 1U, "%s taken", kinds[kind].name);
	CHECK_VECTOR(&seen, vector);
	CHECK_EQ(read_sysreg(isr_el1) & kinds[kind].isr, 0ULL, "ISR_EL1: it is still pending");
	if (kind == SERROR)
		CHECK_CLASS(&seen, EC_SERROR);
}

static void from(enum kind kind, enum exception_vector group, void (*unmask)(void *))
{
	static u64 somewhere[2] __aligned(16);
	enum exception_vector vector = group + (unsigned int)kind;
	u64 daif = read_sysreg(daif);

	count = 0;
	write_sysreg(DAIF_ALL, daif);
	raise(kind);
	wait_pending(kind);
	exception_set_handler(vector, &handler);
	test_guarded_call(unmask, somewhere, NULL, NULL);
	check_taken(kind, vector);
	lower();
	if (group == VECTOR_SP0_SYNC)
		CHECK_EQ(seen.regs.sp, (u64)somewhere, "SP_EL0");
	write_sysreg(daif, daif);
}

static void from_el0(enum kind kind)
{
	enum exception_vector vector = VECTOR_LOWER64_SYNC + (unsigned int)kind;
	u64 daif = read_sysreg(daif);
	struct taken end;

	count = 0;
	write_sysreg(DAIF_ALL, daif);
	raise(kind);
	wait_pending(kind);
	exception_set_handler(vector, &handler);
	el0_run(&end, el0_unmasked, 0, 0);
	check_taken(kind, vector);
	lower();
	/* It went on behind the interrupt to where it returns. */
	CHECK_VECTOR(&end, VECTOR_LOWER64_SYNC);
	CHECK_CLASS(&end, EC_SVC);
	CHECK_EQ(seen.info.spsr & 0xf, 0ULL, "SPSR: EL0");
	write_sysreg(daif, daif);
}

void irq_from_spx(void)
{
	from(IRQ, VECTOR_SPX_SYNC, unmask_on_spx);
}

void irq_from_sp0(void)
{
	from(IRQ, VECTOR_SP0_SYNC, unmask_on_sp0);
}

void irq_from_el0(void)
{
	from_el0(IRQ);
}

void fiq_from_spx(void)
{
	from(FIQ, VECTOR_SPX_SYNC, unmask_on_spx);
}

void fiq_from_sp0(void)
{
	from(FIQ, VECTOR_SP0_SYNC, unmask_on_sp0);
}

void fiq_from_el0(void)
{
	from_el0(FIQ);
}

void serror_from_spx(void)
{
	from(SERROR, VECTOR_SPX_SYNC, unmask_on_spx);
}

void serror_from_sp0(void)
{
	from(SERROR, VECTOR_SP0_SYNC, unmask_on_sp0);
}

void serror_from_el0(void)
{
	from_el0(SERROR);
}

/* PSTATE.I holds it back, and nothing else: it is there when the mask goes. */
void masked_irq_waits(void)
{
	u64 daif = read_sysreg(daif);

	count = 0;
	write_sysreg(DAIF_ALL, daif);
	raise(IRQ);
	wait_pending(IRQ);
	exception_set_handler(VECTOR_SPX_IRQ, &handler);
	__asm__ volatile("msr daifclr, #5\n\tisb\n\tnop\n\tmsr daifset, #5" ::: "memory");
	CHECK_EQ(count, 0U, "taken with PSTATE.I set");
	CHECK_EQ(read_sysreg(isr_el1) & kinds[IRQ].isr, kinds[IRQ].isr);
	unmask_on_spx(NULL);
	CHECK_EQ(count, 1U, "taken with PSTATE.I clear");
	lower();
	write_sysreg(daif, daif);
}
