/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Commands of an ITS, four doublewords each (IHI 0069H 5.3). An RDbase is a
 * CPU as its_target() gives it, fields and all.
 */
#ifndef DRIVERS_ITS_COMMANDS_H
#define DRIVERS_ITS_COMMANDS_H

#include <base/types.h>

enum its_opcode {
	ITS_MOVI	= 0x01,
	ITS_INT		= 0x03,
	ITS_CLEAR	= 0x04,
	ITS_SYNC	= 0x05,
	ITS_MAPD	= 0x08,
	ITS_MAPC	= 0x09,
	ITS_MAPTI	= 0x0a,
	ITS_MAPI	= 0x0b,
	ITS_INV		= 0x0c,
	ITS_INVALL	= 0x0d,
	ITS_MOVALL	= 0x0e,
	ITS_DISCARD	= 0x0f,
	ITS_VMOVI	= 0x21,
	ITS_VMOVP	= 0x22,
	ITS_VSYNC	= 0x25,
	ITS_VMAPP	= 0x29,
	ITS_VMAPTI	= 0x2a,
	ITS_VMAPI	= 0x2b,
	ITS_VINVALL	= 0x2d,
};

#define ITS_VALID	(1ULL << 63)

struct its_command {
	u64 word[4];
};

#define ITS_COMMAND(opcode, first, second, third, fourth)			\
	((struct its_command){ { (opcode) | (u64)(first) << 32, second, third, fourth } })

/** its_mapd() - a device's table of events; @itt: 256-byte aligned; @bits: size of its EventIDs */
static inline struct its_command its_mapd(u32 device, u64 itt, unsigned int bits)
{
	return ITS_COMMAND(ITS_MAPD, device, bits - 1, ITS_VALID | itt, 0);
}

/** its_unmapd() - all of a device's events are gone; nothing becomes of pending ones */
static inline struct its_command its_unmapd(u32 device)
{
	return ITS_COMMAND(ITS_MAPD, device, 0, 0, 0);
}

/** its_mapc() - a collection goes to this CPU */
static inline struct its_command its_mapc(u16 collection, u64 rdbase)
{
	return ITS_COMMAND(ITS_MAPC, 0, 0, ITS_VALID | rdbase | collection, 0);
}

/** its_unmapc() - it goes nowhere */
static inline struct its_command its_unmapc(u16 collection)
{
	return ITS_COMMAND(ITS_MAPC, 0, 0, collection, 0);
}

/** its_mapti() - an event is an LPI of a collection */
static inline struct its_command its_mapti(u32 device, u32 event, u32 intid, u16 collection)
{
	return ITS_COMMAND(ITS_MAPTI, device, event | (u64)intid << 32, collection, 0);
}

/** its_mapi() - the same with an INTID that is the event's number */
static inline struct its_command its_mapi(u32 device, u32 event, u16 collection)
{
	return ITS_COMMAND(ITS_MAPI, device, event, collection, 0);
}

/** its_movi() - an event goes to another collection, and takes its pending state along */
static inline struct its_command its_movi(u32 device, u32 event, u16 collection)
{
	return ITS_COMMAND(ITS_MOVI, device, event, collection, 0);
}

/** its_movall() - all that is pending at one CPU is pending at another */
static inline struct its_command its_movall(u64 from, u64 to)
{
	return ITS_COMMAND(ITS_MOVALL, 0, 0, from, to);
}

/** its_discard() - an event is no interrupt any more, nor a pending one */
static inline struct its_command its_discard(u32 device, u32 event)
{
	return ITS_COMMAND(ITS_DISCARD, device, event, 0, 0);
}

/** its_inv() - an LPI's configuration is read anew */
static inline struct its_command its_inv(u32 device, u32 event)
{
	return ITS_COMMAND(ITS_INV, device, event, 0, 0);
}

/** its_invall() - that of all LPIs of a collection */
static inline struct its_command its_invall(u16 collection)
{
	return ITS_COMMAND(ITS_INVALL, 0, 0, collection, 0);
}

/** its_int() - as if the device had written the event's number to GITS_TRANSLATER */
static inline struct its_command its_int(u32 device, u32 event)
{
	return ITS_COMMAND(ITS_INT, device, event, 0, 0);
}

/** its_clear() - an event is not pending */
static inline struct its_command its_clear(u32 device, u32 event)
{
	return ITS_COMMAND(ITS_CLEAR, device, event, 0, 0);
}

/** its_sync() - what was sent before has taken effect at a CPU */
static inline struct its_command its_sync(u64 rdbase)
{
	return ITS_COMMAND(ITS_SYNC, 0, 0, rdbase, 0);
}

/** its_vmapp() - a virtual CPU, its table of pending interrupts, and where it runs (GICv4.0) */
static inline struct its_command its_vmapp(u16 vpe, u64 rdbase, u64 pending, unsigned int bits)
{
	return ITS_COMMAND(ITS_VMAPP, 0, (u64)vpe << 32, ITS_VALID | rdbase, pending | (bits - 1));
}

/** its_unvmapp() - it is gone */
static inline struct its_command its_unvmapp(u16 vpe)
{
	return ITS_COMMAND(ITS_VMAPP, 0, (u64)vpe << 32, 0, 0);
}

/** its_vmapti() - an event is a virtual LPI; @doorbell: LPI to raise while it does not run */
static inline struct its_command its_vmapti(u32 device, u32 event, u16 vpe, u32 vintid,
					    u32 doorbell)
{
	return ITS_COMMAND(ITS_VMAPTI, device, event | (u64)vpe << 32,
			   vintid | (u64)doorbell << 32, 0);
}

/** its_vmapi() - the same with a virtual INTID that is the event's number */
static inline struct its_command its_vmapi(u32 device, u32 event, u16 vpe, u32 doorbell)
{
	return ITS_COMMAND(ITS_VMAPI, device, event | (u64)vpe << 32, (u64)doorbell << 32, 0);
}

/** its_vmovi() - an event goes to another virtual CPU, with a doorbell of its own */
static inline struct its_command its_vmovi(u32 device, u32 event, u16 vpe, u32 doorbell)
{
	return ITS_COMMAND(ITS_VMOVI, device, event | (u64)vpe << 32, 1 | (u64)doorbell << 32, 0);
}

/** its_vmovp() - a virtual CPU goes to another CPU; of one ITS alone, without a list of them */
static inline struct its_command its_vmovp(u16 vpe, u64 rdbase)
{
	return ITS_COMMAND(ITS_VMOVP, 0, (u64)vpe << 32, rdbase, 0);
}

/** its_vinvall() - the configuration of all its virtual LPIs is read anew */
static inline struct its_command its_vinvall(u16 vpe)
{
	return ITS_COMMAND(ITS_VINVALL, 0, (u64)vpe << 32, 0, 0);
}

/** its_vsync() - what was sent before has taken effect for it */
static inline struct its_command its_vsync(u16 vpe)
{
	return ITS_COMMAND(ITS_VSYNC, 0, (u64)vpe << 32, 0, 0);
}

#endif
