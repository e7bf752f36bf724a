/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Marks that tell the cache audit (docs/cache-audit.md) what QEMU does not: what
 * is maintained, when the MMU goes on and off, which pages are walked. They are
 * HINTs that no architecture has allocated (DDI0487J.a C6.2.115: a NOP), an
 * operand being the address of the load before it. Without CONFIG_AUDIT they are
 * nothing at all.
 *
 * Where they stand:
 *	begin		first instruction of each entry: the image's base (operand), and
 *			with it what is known of caches there
 *	base		the image runs from elsewhere now: its new base (operand)
 *	mmu_on/off	behind the ISB of the write of SCTLR, for this CPU
 *	site		before maintenance, in the caller: its PC names it in reports, and
 *			what is maintained up to the next one is its work
 *	dc, ic		before each operation
 *	table		a 4 KiB piece of memory (operand) is walked from now on; or no more
 */
#ifndef ASM_AUDIT_H
#define ASM_AUDIT_H

#define AUDIT_BEGIN_DIRECT	0x60	/* MMU off, the file's range clean to the PoC */
#define AUDIT_BEGIN_EFI		0x61	/* MMU on, the image clean to the PoU */
#define AUDIT_BEGIN_CPU		0x62	/* a secondary CPU comes, MMU off */
#define AUDIT_BASE		0x63
#define AUDIT_MMU_ON		0x64
#define AUDIT_MMU_OFF		0x65
#define AUDIT_SITE		0x66
#define AUDIT_CPU_GONE		0x67	/* this CPU runs nothing more until it begins again */
#define AUDIT_DC_CVAC		0x68
#define AUDIT_DC_CVAU		0x69
#define AUDIT_DC_CIVAC		0x6a
#define AUDIT_DC_IVAC		0x6b
#define AUDIT_IC_IVAU		0x6c
#define AUDIT_IC_IALLU		0x6d
#define AUDIT_IC_IALLUIS	0x6e
#define AUDIT_TABLE		0x70
#define AUDIT_TABLE_GONE	0x71
#define AUDIT_EL2_ENTER		0x72	/* EL2 runs with its MMU off, whatever EL1's is */
#define AUDIT_EL2_LEAVE		0x73

#define AUDIT_TABLE_PIECE	4096	/* bytes that one mark stands for, whatever the granule */

#ifdef __ASSEMBLER__

.macro	audit_mark number
#ifdef CONFIG_AUDIT
	hint	#\number
#endif
.endm

/* A load into nothing, in an encoding that no compiler uses. */
.macro	audit_operand number, reg
#ifdef CONFIG_AUDIT
	ldursb	xzr, [\reg]
	hint	#\number
#endif
.endm

/* How: DIRECT or EFI begin, or BASE; \tmp is lost. */
.macro	audit_image number, tmp
#ifdef CONFIG_AUDIT
	adrp	\tmp, _image
	add	\tmp, \tmp, :lo12:_image
	audit_operand \number, \tmp
#endif
.endm

.macro	audit_site
	audit_mark AUDIT_SITE
.endm

/* Before "dc \op, \reg". */
.macro	audit_dc op, reg
#ifdef CONFIG_AUDIT
	.ifc	\op, cvac
	audit_operand AUDIT_DC_CVAC, \reg
	.else
	.ifc	\op, cvau
	audit_operand AUDIT_DC_CVAU, \reg
	.else
	.ifc	\op, civac
	audit_operand AUDIT_DC_CIVAC, \reg
	.else
	.ifc	\op, ivac
	audit_operand AUDIT_DC_IVAC, \reg
	.else
	.error	"audit_dc: the model does not know this operation"
	.endif
	.endif
	.endif
	.endif
#endif
.endm

#else

#include <base/kconfig.h>
#include <base/types.h>

static inline __attribute__((always_inline)) void audit_mark(const int number)
{
	if (IS_ENABLED(CONFIG_AUDIT))
		__asm__ volatile("hint #%0" : : "i"(number) : "memory");
}

static inline __attribute__((always_inline)) void audit_operand(const int number, u64 addr)
{
	if (IS_ENABLED(CONFIG_AUDIT))
		__asm__ volatile("ldursb xzr, [%1]\n\thint #%0" : : "i"(number), "r"(addr)
				 : "memory");
}

/* A macro, so that each use has a PC of its own. */
#define audit_site()	audit_mark(AUDIT_SITE)

/* @number: AUDIT_TABLE or AUDIT_TABLE_GONE, for @size bytes that are mapped. */
static inline void audit_table(const int number, const void *table, size_t size)
{
	size_t at;

	if (!IS_ENABLED(CONFIG_AUDIT))
		return;
	for (at = 0; at < size; at += AUDIT_TABLE_PIECE) {
		if (number == AUDIT_TABLE)
			audit_operand(AUDIT_TABLE, (u64)table + at);
		else
			audit_operand(AUDIT_TABLE_GONE, (u64)table + at);
	}
}

#endif
#endif
