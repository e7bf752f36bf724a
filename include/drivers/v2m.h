/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GICv2m: frames that make SPIs of messages (DEN0094, appendix on GICv2m). Drivers
 * of devices use core/msi.h; this is for tests that look at a frame itself.
 */
#ifndef DRIVERS_V2M_H
#define DRIVERS_V2M_H

#include <base/kconfig.h>
#include <base/types.h>

struct msi_parent;

/** struct v2m_info - what a frame says, and what the tables say of it */
struct v2m_info {
	u64 base;		/* physical address of the frame */
	u32 typer;		/* MSI_TYPER as it reads */
	u32 iidr;		/* MSI_IIDR as it reads */
	u32 first, count;	/* SPIs in use: by the tables where they say, else by MSI_TYPER */
	bool described;		/* the tables say which SPIs */
	const char *origin;
};

#if IS_ENABLED(CONFIG_IRQCHIP_V2M)

/** v2m_info() - of a parent; false when it is no GICv2m */
bool v2m_info(const struct msi_parent *parent, struct v2m_info *info);

/** v2m_raise() - write MSI_SETSPI_NS of a frame, as a device would */
void v2m_raise(const struct msi_parent *parent, u32 data);

/** v2m_read_setspi() - what MSI_SETSPI_NS, a write-only register, reads as */
u32 v2m_read_setspi(const struct msi_parent *parent);

#else

static inline bool v2m_info(const struct msi_parent *parent, struct v2m_info *info)
{
	(void)parent;
	(void)info;
	return false;
}

#endif
#endif
