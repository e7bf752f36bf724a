// SPDX-License-Identifier: BSD-2-Clause
/*
 * The firmware's display: a framebuffer that goes on to be one after boot
 * services (UEFI 2.10 12.9.2: its address, and no function of the protocol).
 */
#include "efi.h"

static EFI_GUID gop_guid = EFI_GRAPHICS_OUTPUT_PROTOCOL_GUID;

static u32 pixel_bytes(const EFI_PIXEL_BITMASK *mask)
{
	u32 all = mask->RedMask | mask->GreenMask | mask->BlueMask | mask->ReservedMask;

	return all ? (32 - __builtin_clz(all) + 7) / 8 : 0;
}

/* 12.9.1.1: which byte of a pixel is which; false without a framebuffer. */
static bool format_take(struct boot_framebuffer *fb, const EFI_GRAPHICS_OUTPUT_MODE_INFORMATION *mode)
{
	switch (mode->PixelFormat) {
	case PixelRedGreenBlueReserved8BitPerColor:
		fb->red = 0xff;
		fb->green = 0xff00;
		fb->blue = 0xff0000;
		fb->pixel_bytes = 4;
		return true;
	case PixelBlueGreenRedReserved8BitPerColor:
		fb->red = 0xff0000;
		fb->green = 0xff00;
		fb->blue = 0xff;
		fb->pixel_bytes = 4;
		return true;
	case PixelBitMask:
		fb->red = mode->PixelInformation.RedMask;
		fb->green = mode->PixelInformation.GreenMask;
		fb->blue = mode->PixelInformation.BlueMask;
		fb->pixel_bytes = pixel_bytes(&mode->PixelInformation);
		return true;
	default:
		return false;
	}
}

static bool gop_take(struct boot_framebuffer *fb, const EFI_GRAPHICS_OUTPUT_PROTOCOL *gop)
{
	const EFI_GRAPHICS_OUTPUT_PROTOCOL_MODE *mode = gop->Mode;

	if (!mode || !mode->Info)
		return false;
	fb->origin = "UEFI graphics output";
	if (!format_take(fb, mode->Info) || !mode->FrameBufferBase) {
		fb->missing = "it has no framebuffer but only the firmware's own functions "
			      "(PixelBltOnly), so nothing is shown there";
		return false;
	}
	fb->missing = NULL;
	fb->base = mode->FrameBufferBase;
	fb->size = mode->FrameBufferSize;
	fb->width = mode->Info->HorizontalResolution;
	fb->height = mode->Info->VerticalResolution;
	fb->stride = mode->Info->PixelsPerScanLine * fb->pixel_bytes;
	return true;
}

/*
 * The first of all displays that has a framebuffer. The one that the console
 * itself is on may be a splitter over several, which has none.
 */
void efi_gop_read(struct boot_info *bi)
{
	EFI_HANDLE *handles = NULL;
	UINTN count = 0, i;

	if (BS->LocateHandleBuffer(ByProtocol, &gop_guid, NULL, &count, &handles))
		return;
	for (i = 0; i < count; i++) {
		EFI_GRAPHICS_OUTPUT_PROTOCOL *gop;

		if (!BS->HandleProtocol(handles[i], &gop_guid, (void **)&gop) &&
		    gop_take(&bi->framebuffer, gop))
			break;
	}
	FreePool(handles);
}
