/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which INTIDs a GICv3 has, and the index of each in its registers (IHI 0069H 2.2.1,
 * 12.8, 12.10): arithmetic alone.
 */
#ifndef DRIVERS_IRQCHIP_GICV3_PLACE_H
#define DRIVERS_IRQCHIP_GICV3_PLACE_H

#include <base/errno.h>
#include <core/irq.h>
#include "gic.h"

/* Extended SPIs (GICv3.1) */
#define GICD_TYPER_ESPI			(1U << 8)
#define GICD_TYPER_ESPI_WORDS(typer)	(((typer) >> 27) + 1)

/* GICR_TYPER.PPInum: words of extended PPIs, other values are reserved. */
#define GICR_TYPER_PPINUM(typer)	((u32)((typer) >> 27) & 0x1f)
#define EPPI_WORDS			((IRQ_EPPI_END - IRQ_EPPI_FIRST) / 32)

static inline unsigned int gicv3_eppi_words(u64 gicr_typer)
{
	u32 words = GICR_TYPER_PPINUM(gicr_typer);

	return words < EPPI_WORDS ? words : EPPI_WORDS;
}

static inline bool gicv3_is_private(u32 intid)
{
	return intid < IRQ_PRIVATE || (intid >= IRQ_EPPI_FIRST && intid < IRQ_EPPI_END);
}

/**
 * gicv3_place_private() - an SGI or PPI, in a redistributor's SGI frame
 * @gicr_typer: GICR_TYPER
 * @place: its index is filled
 *
 * Extended ones follow the others on in each register of the frame.
 *
 * Return: 0, or -ERANGE where there is no such interrupt.
 */
static inline int gicv3_place_private(u32 intid, u64 gicr_typer, struct gic_place *place)
{
	if (intid >= IRQ_EPPI_FIRST)
		intid = intid - IRQ_EPPI_FIRST + IRQ_PRIVATE;
	if (intid >= IRQ_PRIVATE + 32 * gicv3_eppi_words(gicr_typer))
		return -ERANGE;
	place->index = intid;
	place->espi = false;
	return 0;
}

/**
 * gicv3_place_shared() - an SPI, in the distributor
 * @gicd_typer: GICD_TYPER
 * @place: its index is filled, and whether it is an extended one
 *
 * Return: 0, or -ERANGE where there is no such interrupt.
 */
static inline int gicv3_place_shared(u32 intid, u32 gicd_typer, struct gic_place *place)
{
	u32 lines = 32 * (GICD_TYPER_LINES(gicd_typer) + 1);

	place->espi = intid >= IRQ_ESPI_FIRST && intid < IRQ_ESPI_END;
	place->index = place->espi ? intid - IRQ_ESPI_FIRST : intid;
	if (place->espi)
		return gicd_typer & GICD_TYPER_ESPI &&
		       place->index / 32 < GICD_TYPER_ESPI_WORDS(gicd_typer) ? 0 : -ERANGE;
	return intid >= IRQ_SPI_FIRST && intid < lines && intid < IRQ_SPI_END ? 0 : -ERANGE;
}

#endif
